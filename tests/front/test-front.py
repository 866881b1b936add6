#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`lanyard` on a real bus, with a scripted service behind it and the real lanyard-cli beside it.

There is no authorization, so that whatever lanyard-cli answers is that it finds none: what comes from
the service and what does not can be told apart.

Usage: test-front.py LANYARD SCRIPTED-SERVICE [NAMES OF TESTS]
"""

from __future__ import annotations

import os
import pty
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
import bubble  # noqa: E402
from session import Session  # noqa: E402

SKIPPED = 77
PATIENCE = 60
NOT_FOUND = 6
FAILED = 1
ERRORS = "io.github.lanyard.Lanyard.Error."


class FrontCase(unittest.TestCase):
    """A bus, and a service when a test starts one."""

    session: ClassVar[Session]
    environment: ClassVar[dict[str, str]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = Session(standard_services=False)
        cls.environment = cls.session.environment
        cls.environment["LANG"] = "C.UTF-8"
        cls.environment["ASAN_OPTIONS"] = "detect_leaks=0"

    @classmethod
    def tearDownClass(cls) -> None:
        cls.session.end()

    def start_service(self) -> None:
        """Start the service; it ends with the test."""
        service = self.session.start([SERVICE], stdout=subprocess.PIPE, text=True)
        assert service.stdout is not None
        self.assertEqual(service.stdout.readline(), "ready\n")

        def end() -> None:
            service.kill()
            service.wait()
            service.stdout.close()

        self.addCleanup(end)

    def run_front(
        self, *arguments: str, environment: dict[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        """Run it to its end, in the session's own folder: a relative HOME leads to files there."""
        return subprocess.run(
            [os.path.abspath(LANYARD), *arguments],
            cwd=self.session.root,
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
            **options,
        )

    def expect(self, out: bytes, *arguments: str, **environment: str) -> None:
        """An answer of the service."""
        done = self.run_front(*arguments, environment=environment)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, out, b""))

    def expect_cli(self, *arguments: str, **environment: str) -> None:
        """That lanyard-cli does it, and finds nothing."""
        done = self.run_front(*arguments, environment=environment)
        self.assertEqual((done.returncode, done.stdout), (NOT_FOUND, b""), done.stderr)
        self.assertIn(b"There is no authorization", done.stderr)


class TestNoService(FrontCase):
    """Nobody answers."""

    def test_nobody_owns_the_name(self) -> None:
        self.expect_cli("token", "Name")
        self.expect_cli("header", "Name")

    def test_no_bus(self) -> None:
        for address in ("", "unix:path=/nonexistent/bus", "nonsense", "tcp:host=localhost,port=9"):
            self.expect_cli("token", "Name", DBUS_SESSION_BUS_ADDRESS=address)

    def test_other_commands(self) -> None:
        """They are lanyard-cli's, with everything that they are given."""
        done = self.run_front("types")
        self.assertEqual((done.returncode, done.stdout.split()[0]), (0, b"oauth1"))
        done = self.run_front("token", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"lanyard token", done.stdout)
        self.assertEqual(self.run_front().returncode, 2)
        self.assertEqual(self.run_front("token").returncode, 2)
        self.assertEqual(self.run_front("token", "Name", "--min-valid=-1").returncode, 2)

    def test_without_the_cli(self) -> None:
        """A program that lies alone says what is missing; one in a folder of everybody's trusts nobody there."""
        folder = Path(self.session.root) / "alone"
        folder.mkdir()
        lanyard = folder / "lanyard"
        shutil.copy(LANYARD, lanyard)
        (folder / "lanyard-cli").write_text("#!/bin/sh\necho mine\n", encoding="utf-8")
        (folder / "lanyard-cli").chmod(0o755)
        done = subprocess.run([lanyard], env=self.environment, capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b"mine\n"))

        folder.chmod(0o1777)
        done = subprocess.run([lanyard], env=self.environment, capture_output=True, check=False)
        self.assertNotIn(b"mine", done.stdout)


class TestHostileBus(FrontCase):
    """Something that is no bus listens where the bus should be."""

    ANSWERS = (
        b"",
        b"\0",
        b"OK",
        b"OK 0123\r\n",
        b"REJECTED EXTERNAL\r\n",
        b"OK 0123\r\n" + b"l\2\1\1" + b"\xff" * 12,
        b"OK 0123\r\n" + b"B\2\1\1" + b"\0" * 12,
        b"OK 0123\r\n" + b"x" * 100000,
        b"O" * 100000,
        bytes(range(256)) * 500,
    )

    def listen(self, answer: bytes) -> str:
        """Give everybody the same answer, then hang up."""
        path = os.path.join(self.session.root, "hostile")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            while True:
                try:
                    caller = listener.accept()[0]
                except OSError:
                    return
                with caller:
                    try:
                        caller.sendall(answer)
                        caller.shutdown(socket.SHUT_WR)
                        while caller.recv(65536):
                            pass
                    except OSError:
                        pass

        def end() -> None:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            listener.close()
            os.unlink(path)

        thread = threading.Thread(target=serve)
        thread.start()
        self.addCleanup(end)
        return f"unix:path={path}"

    def test_answers(self) -> None:
        for answer in self.ANSWERS:
            with self.subTest(answer=answer[:40]):
                address = self.listen(answer)
                self.expect_cli("token", "Name", DBUS_SESSION_BUS_ADDRESS=address)
                self.doCleanups()


class TestService(FrontCase):
    """The service answers."""

    def setUp(self) -> None:
        self.start_service()

    def test_surprises(self) -> None:
        """Wrong types, foreign errors, too much, nobody any more."""
        self.expect_cli("token", "Types")
        self.expect_cli("header", "Types")
        self.expect_cli("token", "Token 0")
        self.expect_cli("token", "Token 40000")
        self.expect_cli("header", "line\nbreak")
        for name in ("OtherData", "UnknownCaller", "Usage"):
            self.expect_cli("token", f"Error {ERRORS}{name}")
        self.expect_cli("token", "Error org.freedesktop.DBus.Error.Failed")
        self.expect_cli("token", "Leave")

    @unittest.skipUnless(bubble.is_possible(), "bubblewrap does not work here")
    def test_in_a_flatpak(self) -> None:
        """The service could not see who asks there; elsewhere it is asked, whatever else differs."""
        info = Path(self.session.root) / "flatpak-info"
        info.write_text("[Application]\nname=io.github.lanyard.Lanyard\n", encoding="utf-8")
        for wrapping, code in ((bubble.wrap(), 0), (bubble.wrap(str(info)), NOT_FOUND)):
            done = subprocess.run([*wrapping, LANYARD, "token", "Token 9"], env=self.environment,
                                  capture_output=True, timeout=PATIENCE, check=False)
            self.assertEqual((done.returncode, done.stdout), (code, b"" if code else b"t" * 9))

    def test_not_for_the_service(self) -> None:
        self.expect_cli("token", "Name", "--json")
        self.expect_cli("token", "--", "Name")
        self.expect_cli("token", "Name", HOME="relative", XDG_DATA_HOME="")
        done = self.run_front("token", os.fsdecode(b"\xff"))
        self.assertEqual(done.stdout, b"")

    def test_errors(self) -> None:
        """As lanyard-cli prints them, with its exit code."""
        codes = {"Failed": 1, "NotAuthorized": 3, "KeyringLocked": 4, "Network": 5, "NotFound": 6,
                 "Inactive": 7, "Ambiguous": 2}
        for name, code in codes.items():
            for command in ("token", "header"):
                done = self.run_front(command, f"Error {ERRORS}{name}")
                self.assertEqual((done.returncode, done.stdout), (code, b""))
                self.assertEqual(done.stderr.decode(), "lanyard: Žluť: what to do\nnext\n")

    def test_cancelled(self) -> None:
        """Whoever cancels knows it."""
        done = self.run_front("token", f"Error {ERRORS}Cancelled")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (130, b"", b""))

    def test_token(self) -> None:
        self.expect(b"Name", "token", "Name")
        self.expect("Žluťoučký".encode(), "token", "Žluťoučký")
        self.expect(b"t" * 30000, "token", "Token 30000")

    def test_options(self) -> None:
        """The folder is where lanyard-cli would look."""
        folder = self.environment["XDG_DATA_HOME"] + "/lanyard"
        self.expect(f"{{'data-home': <'{folder}'>}}".encode(), "token", "Options")
        self.expect(f"{{'data-home': <'{folder}'>, 'min-valid': <uint32 300>}}".encode(),
                    "token", "Options", "--min-valid", "300")
        self.expect(b"{'data-home': <'/her/.local/share/lanyard'>}",
                    "token", "Options", HOME="/her", XDG_DATA_HOME="")

    def test_header(self) -> None:
        self.expect(b"Authorization: Name\n", "header", "Name")
        self.expect(b"Authorization: Name\nX-Method: GET\nX-Uri: https://example.org/\n",
                    "header", "Name", "GET", "https://example.org/")

    def test_default_address(self) -> None:
        """Without the variable, the bus is where the session's runtime folder has it."""
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        path = re.search(r"path=([^,]*)", address).group(1)
        link = os.path.join(self.environment["XDG_RUNTIME_DIR"], "bus")
        os.symlink(path, link)
        self.addCleanup(os.unlink, link)
        environment = dict(self.environment)
        del environment["DBUS_SESSION_BUS_ADDRESS"]
        done = subprocess.run([LANYARD, "token", "Name"], env=environment, capture_output=True,
                              check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b"Name"))

    def test_terminal(self) -> None:
        """The prompt comes on a line of its own."""
        person, program = pty.openpty()
        self.addCleanup(os.close, person)
        done = self.run_front("token", "Name", stdout=program)
        os.close(program)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(os.read(person, 100), b"Name\r\n")

    def test_output_fails(self) -> None:
        """A full disk and a pipe that nobody reads are told."""
        with open("/dev/full", "wb") as full:
            done = self.run_front("token", "Name", stdout=full)
        self.assertEqual(done.returncode, FAILED)
        self.assertIn(b"could not be written", done.stderr)

        reading, writing = os.pipe()
        os.close(reading)
        done = self.run_front("token", "Name", stdout=writing)
        os.close(writing)
        self.assertEqual(done.returncode, FAILED)
        self.assertIn(b"could not be written", done.stderr)

    def test_closed_output(self) -> None:
        """With standard streams closed, no answer goes to the bus."""
        done = subprocess.run(
            ["sh", "-c", '"$0" token Name <&- >&-', LANYARD],
            env=self.environment, capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual((done.returncode, done.stdout), (NOT_FOUND, b""))

    def start_waiting(self, **options: Any) -> subprocess.Popen[bytes]:
        """A call that is not answered."""
        process = subprocess.Popen([LANYARD, "token", "Nothing"], env=self.environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        end = time.monotonic() + PATIENCE
        # It sleeps in poll() once it has asked.
        while time.monotonic() < end:
            where = Path(f"/proc/{process.pid}/wchan").read_text(encoding="ascii")
            state = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii")
            caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{process.pid}/status").read_text(
                encoding="ascii")).group(1)
            if int(caught, 16) & 1 << signal.SIGTERM - 1 and ("poll" in where or ") S " in state):
                break
            time.sleep(0.01)
        return process

    def test_signals(self) -> None:
        """Whoever stops it gets the exit code of lanyard-cli, at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = self.start_waiting()
            process.send_signal(number)
            self.assertEqual(process.communicate(timeout=PATIENCE), (b"", b""))
            self.assertEqual(process.returncode, 130)

    def test_links_libc_alone(self) -> None:
        """What is mapped while it waits: the program, libc and the loader."""
        process = self.start_waiting()
        maps = Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")
        self.assertEqual(os.readlink(f"/proc/{process.pid}/exe"), os.path.realpath(LANYARD))
        process.kill()
        process.communicate()
        mapped = {os.path.basename(path) for path in re.findall(r"(/\S+)$", maps, re.M)}
        libraries = {name for name in mapped if ".so" in name}
        if any(name.startswith("libasan") for name in libraries):
            # A sanitizer brings libraries of its own.
            for name in libraries:
                self.assertNotRegex(name, "glib|gobject|gio|crypto|ssl|systemd|lanyard|locale")
        else:
            self.assertIn("libc.so.6", libraries)
            for name in libraries:
                self.assertRegex(name, r"^(libc\.so|ld)")

    def test_limits(self) -> None:
        """No core dump, and the answer's memory is not swapped where that is allowed."""
        process = self.start_waiting()
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        maps = Path(f"/proc/{process.pid}/smaps").read_text(encoding="ascii")
        process.kill()
        process.communicate()
        # One byte: the kernel then dumps to no program, either.
        expected = 0 if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 else 1
        self.assertRegex(limits, rf"Max core file size\s+{expected}\s+{expected}\s")
        # "dd": not dumped, "lo": locked.
        self.assertRegex(maps, r"VmFlags:.* dd\b")
        if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] >= 65536:
            self.assertRegex(maps, r"VmFlags:.* lo .*dd|VmFlags:.* dd .*lo")


def main() -> int:
    """Runs the tests that are named, or all."""
    if shutil.which("dbus-daemon") is None:
        print("dbus-daemon is not installed")
        return SKIPPED
    program = unittest.main(argv=sys.argv[:1] + sys.argv[3:], exit=False, verbosity=2)
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    LANYARD, SERVICE = sys.argv[1:3]
    sys.exit(main())
