# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real `lanyard` in a session of its own, with a keyring and the demo provider."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SUPPORT = Path(__file__).resolve().parent.parent / "support"
DEMO = SUPPORT / "demo-provider"
sys.path[:0] = [str(SUPPORT), str(DEMO)]

# pylint: disable=wrong-import-position
from session import Session  # noqa: E402
from test_client import Person, Provider  # noqa: E402

SKIPPED = 77
PASSWORD = "keyring password"
NEEDED = ("dbus-daemon", "gnome-keyring-daemon", "gdbus", "curl")
# What decides how a person can be asked, and in which language.
PERSONAL = re.compile(r"^(DISPLAY$|WAYLAND_|SSH_|LANGUAGE$|LC_)")
# Sanitizers make everything slow, a busy machine even more.
PATIENCE = 60


def skip_where_impossible() -> None:
    """Say what is missing, where something is."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        print("not installed: " + " ".join(missing))
        sys.exit(SKIPPED)


class PrivateSession:
    """Folders, a bus and a keyring."""

    def __init__(self) -> None:
        self._session = Session(standard_services=False)
        environment = self._session.environment
        for name in [name for name in environment if PERSONAL.match(name)]:
            del environment[name]
        environment["LANG"] = "C.UTF-8"
        # A proxy of libsecret keeps its names until the end; the unit tests look for our own leaks.
        environment.setdefault("ASAN_OPTIONS", "detect_leaks=0")
        self.environment = environment
        self.root = self._session.root
        self.start_keyring()

    def end(self) -> None:
        """End everything."""
        self._session.end()

    def start_keyring(self) -> None:
        """Start a real keyring, unlocked."""
        self._session.start_keyring(PASSWORD)
        self._keyring = self._session.processes[-1]

    def stop_keyring(self) -> None:
        """End it; a locked one ignores every politer signal."""
        self._keyring.kill()
        self._keyring.wait()

    def lock_keyring(self) -> None:
        """Lock it, as a person does when she leaves."""
        service = ["--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"]
        subprocess.run(
            ["gdbus", "call", "--session", *service]
            + ["--method", "org.freedesktop.Secret.Service.Lock"]
            + ["['/org/freedesktop/secrets/collection/login']"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def write_provider(self, provider: Provider) -> None:
        """Add the demo provider to the person's own ones, as src/run.sh does."""
        directory = Path(self.environment["XDG_CONFIG_HOME"]) / "lanyard" / "providers"
        directory.mkdir(parents=True, exist_ok=True)
        text = (DEMO / "demo.json").read_text(encoding="utf-8")
        port = provider.base.rsplit(":", 1)[1]
        (directory / "demo.json").write_text(text.replace("@PORT@", port), encoding="utf-8")


@dataclass
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


class Lanyard:
    """The real command, and a memory of all that it printed where no secret may be."""

    def __init__(self, program: str, environment: dict[str, str]) -> None:
        self.program = program
        self.environment = environment
        self.printed: list[str] = []

    def run(
        self, *arguments: str, stdin: str = "", may_print_secrets: bool = False, **env: str
    ) -> Result:
        """Run it to its end."""
        done = subprocess.run(
            [self.program, *arguments],
            input=stdin.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**self.environment, **env},
            timeout=PATIENCE,
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        self.printed.append(result.err)
        if not may_print_secrets:
            self.printed.append(result.out)
        return result

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Run it beside us."""
        pipe = subprocess.PIPE
        pipes = {"stdin": pipe, "stdout": pipe, "stderr": pipe, "text": True}
        options = {**pipes, "env": self.environment, **options}
        return subprocess.Popen([self.program, *arguments], **options)

    def authorize(
        self, provider: Provider, name: str, username: str = "demo", password: str = "demo"
    ) -> Result:
        """Sign in as a person does over SSH: open the address elsewhere, paste the redirect."""
        process = self.start("authorize", name, "--paste")
        printed = []
        assert process.stderr is not None
        with Watchdog(process):
            for line in process.stderr:
                printed.append(line)
                if line.startswith("http") and "/authorize?" in line:
                    break
            address = printed[-1].strip() if printed else ""
            if not address.startswith("http"):
                out, err = process.communicate()
                return Result(process.returncode, out, "".join(printed) + err)
            location = Person(provider).allow(address, username, password).header("Location")
            out, err = process.communicate(location + "\n")
        result = Result(process.returncode, out, "".join(printed) + err)
        self.printed += [result.out, result.err]
        return result


class Terminal:
    """A terminal with a command in it, and a person who types."""

    def __init__(self, lanyard: Lanyard, *arguments: str) -> None:
        self._person, program = pty.openpty()
        # A session of its own makes it the terminal that Ctrl+C comes from.
        self.process = lanyard.start(
            *arguments, stdin=program, stdout=program, stderr=program, start_new_session=True
        )
        os.close(program)
        self.seen = ""

    def wait_for(self, words: str) -> None:
        """Read until the words are there."""
        end = time.monotonic() + PATIENCE
        while words not in self.seen:
            ready, _, _ = select.select([self._person], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"“{words}” does not come; there is: {self.seen}"
            self.seen += os.read(self._person, 4096).decode()

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._person, text.encode())

    def end(self) -> int:
        """Read the rest; the exit code."""
        try:
            while True:
                if not select.select([self._person], [], [], PATIENCE)[0]:
                    self.process.kill()
                part = os.read(self._person, 4096)
                if not part:
                    break
                self.seen += part.decode()
        except OSError:
            # How Linux says that nobody is at the other side any more.
            pass
        os.close(self._person)
        return self.process.wait(PATIENCE)


class Watchdog:
    """Ends a process that hangs, so that reading from it ends too."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._timer = threading.Timer(PATIENCE, process.kill)

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_arguments: object) -> None:
        self._timer.cancel()


def look_into_processes() -> str:
    """Arguments and environment of every other process, as any program of the person sees them."""
    texts = []
    for directory in Path("/proc").iterdir():
        if directory.name.isdigit() and int(directory.name) != os.getpid():
            for name in ("cmdline", "environ"):
                try:
                    texts.append((directory / name).read_bytes().decode("utf-8", "replace"))
                except OSError:
                    pass
    return "\0".join(texts)


def read_files(directory: str) -> str:
    """Everything below a directory, in one text."""
    texts = []
    for path in Path(directory).rglob("*"):
        if path.is_file():
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\0".join(texts)


def interrupt(process: subprocess.Popen[str]) -> None:
    """Press Ctrl+C."""
    process.send_signal(signal.SIGINT)
