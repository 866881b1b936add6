# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to look for secrets where they must not be: in texts, in processes, in core dumps."""

from __future__ import annotations

import base64
import functools
import json
import os
import re
import resource
import signal
import struct
import subprocess
import sys
import time
import unittest
from pathlib import Path
from urllib.parse import quote, quote_plus

PATIENCE = 60
PT_LOAD = 1
CORE_PATTERN = Path("/proc/sys/kernel/core_pattern")


def make_forms(secret: str) -> set[bytes]:
    """How a secret may look: as it is, encoded for an address, a form, JSON or a header."""
    plain = secret.encode()
    forms = {
        plain,
        quote(secret).encode(),
        quote(secret, safe="").encode(),
        quote_plus(secret).encode(),
        json.dumps(secret)[1:-1].encode(),
        secret.encode("utf-16-le"),
        plain.hex().encode(),
    }
    # What Base64 looks like depends on how much stands before; only the ends depend on what.
    for text in {plain, quote_plus(secret).encode()}:
        for before in range(3):
            encoded = base64.b64encode(b"\0" * before + text)
            forms.add(encoded[(before * 8 + 5) // 6 : len(encoded) - 4])
    return forms


def find(secrets: set[str], content: bytes) -> set[bytes]:
    """The forms of secrets that are in there."""
    forms = {form for secret in secrets for form in make_forms(secret)}
    return {form for form in forms if form in content}


def read_processes(name: str) -> dict[int, bytes]:
    """One file of /proc of every process that is there now."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found[int(folder.name)] = (folder / name).read_bytes()
        except OSError:
            continue
    return found


def assert_no_core_dump(pid: int) -> None:
    """Neither a file, nor anything for a program that collects core dumps, which one byte forbids;
    and no memory where there were none allowed before, and so nothing could be changed."""
    folder = Path(f"/proc/{pid}")
    mask = int((folder / "coredump_filter").read_text(encoding="ascii"), 16)
    assert mask == 0, f"{mask:x}"
    expected = 0 if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 else 1
    limits = (folder / "limits").read_text(encoding="ascii")
    assert re.search(rf"Max core file size +{expected} +{expected} ", limits), limits


def list_cores(folder: Path) -> set[Path]:
    """The core dumps in a folder."""
    return {path for path in folder.iterdir() if path.name.startswith("core") and path.is_file()}


def is_over(pid: int) -> bool:
    """Whether a process has ended, or only waits to be told of."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def read_memory(dump: bytes) -> bytes:
    """The memory that is in a core dump. What was in registers is not: only the limit sees to that."""
    assert dump.startswith(b"\x7fELF\x02\x01"), "not of a 64-bit machine"
    (table,) = struct.unpack_from("<Q", dump, 32)
    size, count = struct.unpack_from("<HH", dump, 54)
    memory = b""
    for at in range(table, table + size * count, size):
        kind, _flags, offset, _address, _physical, length = struct.unpack_from("<IIQQQQ", dump, at)
        if kind == PT_LOAD:
            memory += dump[offset : offset + length]
    return memory


def abort(pid: int) -> bytes:
    """Abort a process; what memory the kernel writes down then."""
    try:
        folder = Path(os.readlink(f"/proc/{pid}/cwd"))
    except PermissionError:
        # One that nobody may look at runs where it was started.
        folder = Path.cwd()
    before = list_cores(folder)
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_CORE)
    resource.prlimit(pid, resource.RLIMIT_CORE, (hard, hard))
    os.kill(pid, signal.SIGABRT)
    # Also one that was stopped.
    os.kill(pid, signal.SIGCONT)
    deadline = time.monotonic() + PATIENCE
    while not is_over(pid):
        assert time.monotonic() < deadline, "it does not end"
        time.sleep(0.01)
    dump = b""
    for path in list_cores(folder) - before:
        dump += read_memory(path.read_bytes())
        path.unlink()
    return dump


@functools.lru_cache(maxsize=None)
def is_dumping() -> bool:
    """Whether a process that holds a secret, and does nothing about it, leaves it in a core dump."""
    if CORE_PATTERN.read_text(encoding="utf-8").strip() not in ("core", "core.%p"):
        return False
    if sys.byteorder != "little" or sys.maxsize < 1 << 32:
        return False
    script = "import sys; word = sys.argv[1][::-1]; print(flush=True); input()"
    command = [sys.executable, "-c", script, "tercesdetnalp"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return b"plantedsecret" in abort(process.pid)


def let_dump(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a program that cannot limit its core dumps; where none are written in any
    case, the test is skipped: then nothing is to be found, either."""
    if not is_dumping():
        raise unittest.SkipTest("no core dumps are written here")
    library = Path(os.environ["LANYARD_BUILD"], "tests", "support", "libno-core-limit.so").resolve()
    options = environment.get("ASAN_OPTIONS", "")
    return {
        **environment,
        "LD_PRELOAD": str(library),
        # The library comes before that of the sanitizer, which has a limit of its own.
        "ASAN_OPTIONS": f"{options}:verify_asan_link_order=0:disable_coredump=0",
    }


def dump_core(pid: int) -> bytes:
    """The core dump of such a program, which ends."""
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_CORE)
    assert hard != 0, "it could limit its core dumps"
    return abort(pid)
