#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the test servers on free ports and holds them.

Prints one line of JSON, {"name": "http://127.0.0.1:PORT", …}, when all are ready. Ends them
all when standard input closes, on SIGTERM, or when one of them dies. Exit status 77, which
meson counts as skipped, when what they need is not installed.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import json
import os
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import IO, Optional

HERE = os.path.dirname(os.path.abspath(__file__))
EXIT_SKIPPED = 77
READY_TIMEOUT = 60
STOP_TIMEOUT = 10
ATTEMPTS = 4
# Below the range from which Linux takes the ports of outgoing connections and of "any port":
# a port that was free a moment ago is then still free.
PORTS = range(20000, 32000)
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Kind:
    """A server that can be started: how many ports it uses, and what it needs."""

    name: str
    ports: int
    programs: tuple[str, ...]
    modules: tuple[str, ...] = ()


KINDS = {
    kind.name: kind
    for kind in (
        Kind("glewlwyd", 1, ("glewlwyd", "openssl", "curl")),
        Kind(
            "django",
            1,
            (),
            ("oauth2_provider", "rest_framework", "rest_framework_simplejwt", "cryptography"),
        ),
        Kind("oauth1-oauthlib", 1, (), ("oauthlib", "jwt", "cryptography")),
        Kind("nginx", 7, ("/usr/sbin/nginx", "openssl", "curl")),
    )
}


class StartFailed(Exception):
    """A server did not become ready."""


class Child:
    """One running start.sh."""

    def __init__(self, kind: Kind, port: int, environment: dict[str, str]) -> None:
        self.kind = kind
        self.port = port
        # A file without a name: nothing to read from a full pipe, nothing to delete.
        self.log: IO[bytes] = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [os.path.join(HERE, kind.name, "start.sh"), str(port)],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            env=environment,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def read_log(self) -> str:
        """What it said so far."""
        return os.pread(self.log.fileno(), 1 << 16, 0).decode("utf-8", "replace")

    @property
    def is_ready(self) -> bool:
        """Whether it said so."""
        return "ready" in self.read_log().splitlines()

    def ask_to_stop(self) -> None:
        """Let it clean up after itself."""
        if self.is_running:
            self.process.terminate()

    def make_sure_it_stopped(self) -> None:
        """Wait; in the end, kill it with what it started: the session is its own."""
        try:
            self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()


def die_with_parent() -> None:
    """Ask for SIGTERM when we are killed and cannot send it any more."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def is_free(port: int) -> bool:
    """Whether somebody could listen there now."""
    with socket.socket() as probe:
        # As the servers do; else a port whose last connection just ended counts as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Fleet:
    """The servers of one run."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._taken: set[int] = set()
        self.children: list[Child] = []

    def start(self, kinds: list[Kind]) -> None:
        """Start all at once and wait until all are ready."""
        attempts = {kind.name: 1 for kind in kinds}
        for kind in kinds:
            self._start_one(kind)
        deadline = time.monotonic() + READY_TIMEOUT
        while not all(child.is_ready for child in self.children):
            for child in [child for child in self.children if not child.is_running]:
                name = child.kind.name
                if attempts[name] == ATTEMPTS:
                    raise StartFailed(f"{name} did not start:\n{child.read_log()}")
                # Mostly somebody else was quicker to take the port.
                attempts[name] += 1
                self.children.remove(child)
                child.make_sure_it_stopped()
                self._start_one(child.kind)
            if time.monotonic() > deadline:
                slow = [child.kind.name for child in self.children if not child.is_ready]
                raise StartFailed(f"not ready after {READY_TIMEOUT} s: {', '.join(slow)}")
            time.sleep(0.02)

    def find_dead(self) -> Optional[Child]:
        """A server that ended by itself."""
        return next((child for child in self.children if not child.is_running), None)

    def stop(self) -> None:
        """End all of them, at the same time."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.make_sure_it_stopped()

    def _start_one(self, kind: Kind) -> None:
        self.children.append(Child(kind, self._pick_port(kind.ports), self._environment))

    def _pick_port(self, count: int) -> int:
        """The first of so many free ports in a row."""
        for _attempt in range(1000):
            first = random.randrange(PORTS.start, PORTS.stop - count)
            block = range(first, first + count)
            if self._taken.isdisjoint(block) and all(map(is_free, block)):
                self._taken.update(block)
                return first
        raise StartFailed("there is no free port")


def find_missing(kinds: list[Kind]) -> list[str]:
    """Programs and modules that are not installed."""
    programs = {program for kind in kinds for program in kind.programs}
    modules = {module for kind in kinds for module in kind.modules}
    return sorted(program for program in programs if shutil.which(program) is None) + sorted(
        module for module in modules if importlib.util.find_spec(module) is None
    )


def hold(fleet: Fleet) -> int:
    """Wait for the end of standard input."""
    while True:
        readable, _, _ = select.select([0], [], [], 0.5)
        if readable and not os.read(0, 4096):
            return 0
        dead = fleet.find_dead()
        if dead is not None:
            print(f"{dead.kind.name} ended by itself:\n{dead.read_log()}", file=sys.stderr)
            return 1


def main() -> int:
    """Start, tell, hold, stop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    # Not "choices": argparse holds the empty list of "all" against them.
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(KINDS)}; all")
    parser.add_argument("--tls", metavar="DIR", help="nginx with TLS, its certificates there")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in KINDS]
    if unknown:
        parser.error(f"unknown server {unknown[0]}; there are {', '.join(KINDS)}")
    kinds = [KINDS[name] for name in dict.fromkeys(arguments.names or KINDS)]
    missing = find_missing(kinds)
    if missing:
        print(f"not installed: {', '.join(missing)}; see packages.txt", file=sys.stderr)
        return EXIT_SKIPPED

    environment = dict(os.environ)
    if arguments.tls:
        environment.update({"TLS": "1", "TLS_DIR": os.path.abspath(arguments.tls)})
    fleet = Fleet(environment)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: sys.exit(0))
    try:
        fleet.start(kinds)
        addresses = {child.kind.name: child.base_url for child in fleet.children}
        print(json.dumps(addresses), flush=True)
        return hold(fleet)
    except StartFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        # Told twice to stop, we still stop properly.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        fleet.stop()


if __name__ == "__main__":
    sys.exit(main())
