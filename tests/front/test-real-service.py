#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`lanyard` before the real lanyard-service: what a person sees is what lanyard-cli alone shows.

Usage: test-real-service.py LANYARD LANYARD-CLI LANYARD-SERVICE [NAMES OF TESTS]
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
import bubble  # noqa: E402
from session import Session  # noqa: E402

SKIPPED = 77
PATIENCE = 60
NAME = "io.github.lanyard.Lanyard.Service"
KEY = "planted-key-4711"


class TestRealService(unittest.TestCase):
    """A keyring, some authorizations, and the service, which the bus starts."""

    session: ClassVar[Session]

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = Session(standard_services=False)
        cls.session.environment.update(LANG="C.UTF-8", ASAN_OPTIONS="detect_leaks=0")
        cls.session.start_keyring("password")
        for name in ("Key", "Žluť", "Twice", "Asleep"):
            cls.run_program(LANYARD_CLI, "add", "--name", name, "--provider", "custom-api-key",
                            "--secret", "api_key", text=KEY + "\n")
        cls.run_program(LANYARD_CLI, "deactivate", "Asleep")
        cls.run_program(LANYARD_CLI, "add", "--name", "Empty", "--type", "oauth2", "--set",
                        "authorization_endpoint=http://127.0.0.1:9/a", "--set",
                        "token_endpoint=http://127.0.0.1:9/t", "--set", "client_id=c")
        folder = Path(cls.session.root) / "services"
        folder.mkdir()
        (folder / f"{NAME}.service").write_text(
            f"[D-BUS Service]\nName={NAME}\nExec={LANYARD_SERVICE}\n", encoding="utf-8")
        config = Path(cls.session.root) / "bus.conf"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("<auth>", f"<servicedir>{folder}</servicedir>\n  <auth>"),
                          encoding="utf-8")
        cls.call_bus("ReloadConfig")

    @classmethod
    def tearDownClass(cls) -> None:
        owner = re.search(r"uint32 (\d+)", cls.call_bus("GetConnectionUnixProcessID", NAME))
        if owner is not None:
            os.kill(int(owner.group(1)), 15)
        cls.session.end()

    @classmethod
    def call_bus(cls, method: str, *arguments: str) -> str:
        """Ask the bus itself."""
        return subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
             "/org/freedesktop/DBus", "--method", f"org.freedesktop.DBus.{method}", *arguments],
            env=cls.session.environment, capture_output=True, text=True, check=False).stdout

    @classmethod
    def run_program(
        cls, program: str, *arguments: str, text: str = "", **environment: str
    ) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        done = subprocess.run([program, *arguments], input=text, text=True, capture_output=True,
                              env={**cls.session.environment, **environment}, timeout=PATIENCE,
                              check=False)
        return done.returncode, done.stdout, done.stderr

    def expect_same(self, *arguments: str) -> tuple[int, str, str]:
        """By way of the service and without it."""
        expected = self.run_program(LANYARD_CLI, *arguments)
        self.assertEqual(self.run_program(LANYARD, *arguments), expected)
        return expected

    def expect_service(self) -> None:
        """That the service is there, so that it was asked."""
        self.assertIn("true", self.call_bus("NameHasOwner", NAME))

    def test_failures(self) -> None:
        """The same words and exit codes."""
        codes = {"Nobody": 6, "Asleep": 7, "Empty": 3}
        for name, code in codes.items():
            for command in ("token", "header"):
                with self.subTest(name=name, command=command):
                    self.assertEqual(self.expect_same(command, name)[0], code)
        self.expect_service()

    def test_wrong_use(self) -> None:
        for arguments in (("header", "Key", "GET", "nonsense"), ("header", "Key", "GET"),
                          ("token", "Key", "--min-valid", "-1"), ("token", "Key", "Key")):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.expect_same(*arguments)[0], 2)

    def test_answers(self) -> None:
        for name in ("Key", "Žluť"):
            self.assertEqual(self.expect_same("token", name), (0, KEY, ""))
            self.assertEqual(self.expect_same("token", name, "--min-valid", "60"), (0, KEY, ""))
            self.assertEqual(self.expect_same("header", name)[0], 0)
            self.assertEqual(
                self.expect_same("header", name, "GET", "https://example.org/")[0], 0)
            self.assertEqual(self.expect_same("token", name, "--json")[0], 0)
        self.expect_service()

    def test_changes_count_at_once(self) -> None:
        """What was deactivated or changed a moment ago is not handed out of anybody's memory."""
        self.assertEqual(self.run_program(LANYARD, "token", "Twice"), (0, KEY, ""))
        self.run_program(LANYARD_CLI, "set", "Twice", "--secret", "api_key", text="other-key\n")
        self.assertEqual(self.run_program(LANYARD, "token", "Twice"), (0, "other-key", ""))
        self.run_program(LANYARD_CLI, "deactivate", "Twice")
        self.assertEqual(self.run_program(LANYARD, "token", "Twice")[:2], (7, ""))
        self.run_program(LANYARD_CLI, "activate", "Twice")
        self.assertEqual(self.run_program(LANYARD, "token", "Twice"), (0, "other-key", ""))

    def test_other_data(self) -> None:
        """Whoever has another data folder works on that one, with the same keyring."""
        self.run_program(LANYARD, "token", "Key")
        self.expect_service()
        folder = os.path.join(self.session.root, "other")
        self.assertEqual(self.run_program(LANYARD, "list", XDG_DATA_HOME=folder)[:2], (0, ""))
        # What has no row there gets one again from the keyring, and is answered from there.
        self.assertEqual(self.run_program(LANYARD, "token", "Key", XDG_DATA_HOME=folder)[:2], (0, KEY))
        self.assertIn("Key", self.run_program(LANYARD, "list", XDG_DATA_HOME=folder)[1])

    @unittest.skipUnless(bubble.is_possible(), "bubblewrap does not work here")
    def test_unknown_caller(self) -> None:
        """A program that systemd or a container hides files from reaches the keyring by itself."""
        self.run_program(LANYARD, "token", "Key")
        self.expect_service()
        wrapping = bubble.wrap()
        done = self.run_program(
            *wrapping, "gdbus", "call", "--session", "--dest", NAME, "--object-path",
            "/io/github/lanyard/Lanyard/Service", "--method",
            "io.github.lanyard.Lanyard.Service1.GetAccessToken", "Key", "{}")
        self.assertIn("io.github.lanyard.Lanyard.Error.UnknownCaller", done[2])
        self.assertEqual(self.run_program(*wrapping, LANYARD, "token", "Key"), (0, KEY, ""))
        self.assertEqual(self.run_program(*wrapping, LANYARD, "header", "Nobody")[:2], (6, ""))

    @unittest.skipUnless(bubble.is_possible(), "bubblewrap does not work here")
    def test_service_in_a_flatpak(self) -> None:
        """It does not even start where it cannot tell callers apart."""
        info = Path(self.session.root) / "flatpak-info"
        info.write_text("[Application]\nname=io.github.lanyard.Lanyard\n", encoding="utf-8")
        done = self.run_program(*bubble.wrap(str(info)), LANYARD_SERVICE)
        self.assertEqual(done[:2], (1, ""))
        self.assertIn("flatpak run --command=lanyard", done[2])


def main() -> int:
    """Runs the tests that are named, or all."""
    missing = [name for name in ("dbus-daemon", "gnome-keyring-daemon", "gdbus")
               if shutil.which(name) is None]
    if missing:
        print("not installed:", *missing)
        return SKIPPED
    program = unittest.main(argv=sys.argv[:1] + sys.argv[4:], exit=False, verbosity=2)
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    LANYARD, LANYARD_CLI, LANYARD_SERVICE = sys.argv[1:4]
    sys.exit(main())
