# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be learned from a program that died, or that a sanitizer holds just before it dies.

The address sanitizer cannot tell who called a function that is not there: its stack begins and ends
at address 0. gdb can, but Lanyard's programs leave no cores, which would hold secrets. So the tests
have the sanitizer wait until gdb has looked at the program.
"""

from __future__ import annotations

import shutil
import signal
import subprocess

# Whoever ends a program by one of these wants its end.
WANTED_ENDS = (0, -signal.SIGTERM, -signal.SIGKILL)
PATIENCE = 120


def make_wait(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a program that waits for five minutes before a sanitizer ends it."""
    options = environment.get("ASAN_OPTIONS", "")
    return {**environment, "ASAN_OPTIONS": f"{options}:sleep_before_dying=300".lstrip(":")}


def is_dying(process: subprocess.Popen, log: str) -> bool:
    """Whether a sanitizer has found something and waits."""
    return process.poll() is None and f"=={process.pid}==ERROR" in log


def has_died(process: subprocess.Popen) -> bool:
    """Whether a program ended as nobody wanted it to."""
    return process.poll() is not None and process.returncode not in WANTED_ENDS


def describe_stacks(process: subprocess.Popen) -> str:
    """Where each thread of a running program is."""
    if shutil.which("gdb") is None:
        return "Where it died is not known: gdb is not installed."
    try:
        return subprocess.run(["gdb", "-batch", "-nx", "-p", str(process.pid),
                               "-ex", "thread apply all backtrace"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE,
                              check=False, encoding="utf-8", errors="replace").stdout
    except subprocess.TimeoutExpired:
        return "Where it died is not known: gdb took too long."
