# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks share: a session with the service in it, times in turn, tables and JSON.

Times of one machine say nothing on another and drift on the same: what counts is the ratio of two
medians of one run in which both took turns, and instructions where valgrind is installed.
"""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Iterable

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from session import Session  # noqa: E402

SKIPPED = 77
PATIENCE = 20
PASSWORD = "benchmark"
SERVICE_NAME = "io.github.lanyard.Lanyard.Service"
SERVICE_PATH = "/io/github/lanyard/Lanyard/Service"
GET_TOKEN = "io.github.lanyard.Lanyard.Service1.GetAccessToken"


class Desktop(Session):
    """A session with a keyring, in which the bus starts what it is told."""

    def __init__(self) -> None:
        super().__init__(standard_services=False)
        self.environment["LANG"] = "C.UTF-8"
        # What the loopback server answers must not go through a proxy.
        for name in [name for name in self.environment if name.lower().endswith("_proxy")]:
            del self.environment[name]
        self.environment["no_proxy"] = "*"
        self.start_keyring(PASSWORD)

    def __enter__(self) -> "Desktop":
        return self

    def __exit__(self, *_arguments: object) -> None:
        self.end()

    def add_service(self, name: str, command: str) -> None:
        """Let the bus start a program when its name is called."""
        folder = Path(self.root) / "services"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.service").write_text(
            f"[D-BUS Service]\nName={name}\nExec={command}\n", encoding="utf-8")
        # None of those that are installed: the bus would start a keyring that is locked, for one.
        config = Path(self.root) / "bus.conf"
        text = config.read_text(encoding="utf-8")
        if "<servicedir>" not in text:
            config.write_text(text.replace("<auth>", f"<servicedir>{folder}</servicedir>\n  <auth>"),
                              encoding="utf-8")
        self.call_bus("ReloadConfig")

    def call_bus(self, method: str, *arguments: str) -> str:
        """Ask the bus itself."""
        return self.run_text(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus",
                              "--object-path", "/org/freedesktop/DBus",
                              "--method", f"org.freedesktop.DBus.{method}", *arguments])

    def run_text(self, command: list[str], text: str | None = None) -> str:
        """What a program prints."""
        return subprocess.run(command, input=text, env=self.environment, stdout=subprocess.PIPE,
                              text=True, check=True).stdout

    def start_printing(self, command: list[str]) -> str:
        """Start a program that stays; the first line that it prints."""
        process = self.start(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        return process.stdout.readline().strip()

    def get_pid(self, name: str) -> int:
        """Who owns a name on the bus."""
        answer = self.call_bus("GetConnectionUnixProcessID", name)
        return int(re.search(r"uint32 (\d+)", answer).group(1))

    def end_service(self, name: str) -> None:
        """End who owns a name, at once."""
        os.kill(self.get_pid(name), signal.SIGKILL)
        wait_for(lambda: "true" not in self.call_bus("NameHasOwner", name))

    def authorize(self, lanyard: str, name: str, issuer: str) -> None:
        """Add an authorization of OAuth 2.0 and sign in, at a server that grants everything."""
        self.run_text([lanyard, "add", "--name", name, "--type", "oauth2",
                       "--set", f"authorization_endpoint={issuer}/authorize",
                       "--set", f"token_endpoint={issuer}/token", "--set", "client_id=benchmark"])
        process = subprocess.Popen([lanyard, "authorize", name, "--paste"], env=self.environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        address = next(line for line in process.stderr if "/authorize?" in line)
        query = dict(re.findall(r"[?&]([a-z_]+)=([^&\s]*)", address))
        redirect = query["redirect_uri"].replace("%3A", ":").replace("%2F", "/")
        process.communicate(f"{redirect}?code=benchmark&state={query['state']}\n", timeout=PATIENCE)
        assert process.returncode == 0, "the sign-in failed"


def read_times(environment: dict[str, str], command: Iterable[str]) -> list[list[float]]:
    """What spawn-times and call-times print, in microseconds."""
    output = subprocess.run(list(command), env=environment, stdout=subprocess.PIPE, text=True,
                            check=True).stdout
    return [[int(word) / 1000 for word in line.split()] for line in output.splitlines()]


def get_medians(names: Iterable[str], times: list[list[float]]) -> dict[str, float]:
    """The median of each case."""
    return {name: statistics.median(row) for name, row in zip(names, times)}


def count_instructions(environment: dict[str, str], command: list[str]) -> int:
    """How many instructions a process takes, without those of whoever answers it."""
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                             *command], env=environment, capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", result.stderr).group(1))


def get_memory(pid: int) -> dict[str, int]:
    """PSS and private memory of a process and its children, in KiB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    sizes = {name: int(size) for name, size in re.findall(r"(\w+):\s+(\d+) kB", text)}
    memory = {"pss": sizes["Pss"], "private": sizes["Private_Clean"] + sizes["Private_Dirty"]}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        for kind, size in get_memory(int(child)).items():
            memory[kind] += size
    return memory


class Report:
    """Prints a row: ours beside the others', as a table and as JSON."""

    def __init__(self, row: int, title: str) -> None:
        self.values: dict[str, Any] = {"row": row, "title": title}
        print(f"\nrow {row}: {title}")

    def add(self, what: str, unit: str, figures: dict[str, float]) -> None:
        """Figures of one kind."""
        self.values[what] = figures
        for name, figure in figures.items():
            print(f"  {name:36} {figure:12.2f} {unit}")

    def add_ratio(self, what: str, ours: float, other: float, goal: float | None) -> None:
        """Ours over another's, and what it should be at most."""
        ratio = ours / other
        self.values.setdefault("ratios", {})[what] = {"ratio": ratio, "goal": goal}
        verdict = "" if goal is None else f"  (goal {goal}: {'met' if ratio <= goal else 'MISSED'})"
        print(f"  {what:36} {ratio:12.3f}{verdict}")

    def end(self) -> None:
        """Print what a program reads."""
        print(json.dumps(self.values))


def wait_for(condition: Any) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.01)
