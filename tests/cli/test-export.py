#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`lanyard export` and `lanyard import` between two sessions with a keyring each.

Usage: test-export.py PROGRAM [NAMES OF TESTS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import unittest
from pathlib import Path

from cli_session import PATIENCE, Lanyard, PrivateSession, Result, Terminal, skip_where_impossible

PLANTED = "planted-password-4711"
PASSPHRASE = "correct horse battery"
BASIC = ("--type", "basic-url", "--set", "base_url=https://example.org/", "--set", "username=me")


class ExportCase(unittest.TestCase):
    """One computer to export from, one to import on."""

    def setUp(self) -> None:
        self.sessions = [PrivateSession(), PrivateSession()]
        for session in self.sessions:
            self.addCleanup(session.end)
        self.here, self.there = (
            Lanyard(PROGRAM, session.environment) for session in self.sessions
        )
        self.file = Path(self.sessions[0].root) / "lanyard.export"

    def expect(self, code: int, result: Result, *words: str) -> Result:
        """The exit code, and words on standard error."""
        self.assertEqual(result.code, code, result.err)
        for word in words:
            self.assertIn(word, result.err)
        for sign in ("CRITICAL", "WARNING", "Sanitizer", PLANTED, PASSPHRASE):
            self.assertNotIn(sign, result.err)
        return result

    def add(self, lanyard: Lanyard, name: str, password: str = PLANTED) -> str:
        """An authorization; its id."""
        arguments = ("add", "--name", name, *BASIC, "--secret", "password")
        self.expect(0, lanyard.run(*arguments, stdin=password + "\n"))
        return str(json.loads(lanyard.run("show", name, "--json").out)["id"])

    def export(self, *arguments: str, stdin: str = "") -> Result:
        """Export into the file."""
        with self.file.open("wb") as output:
            done = subprocess.run(
                [PROGRAM, "export", *arguments],
                input=stdin.encode(),
                stdout=output,
                stderr=subprocess.PIPE,
                env=self.here.environment,
                timeout=PATIENCE,
                check=False,
            )
        return Result(done.returncode, "", done.stderr.decode())

    def take(self, *arguments: str, stdin: str = "") -> Result:
        """Import from the file."""
        return self.there.run("import", str(self.file), *arguments, stdin=stdin)

    def get_password(self, name: str) -> str:
        """What a request there would carry."""
        return self.expect(0, self.there.run("token", name, may_print_secrets=True)).out


class RefusedTest(ExportCase):
    """What must not work, and must change nothing."""

    def test_refused_export(self) -> None:
        """Nothing comes out of an export that failed."""
        self.add(self.here, "One")
        cases = [
            (6, ("nobody",), ""),
            (1, ("--with-secrets",), "short\n"),
            (2, ("--with-secrets",), ""),
        ]
        for code, arguments, stdin in cases:
            with self.subTest(" ".join(arguments)):
                self.expect(code, self.export(*arguments, stdin=stdin))
                self.assertEqual(self.file.read_bytes(), b"")
        self.sessions[0].lock_keyring()
        self.expect(4, self.export("--with-secrets", stdin=PASSPHRASE + "\n"))
        self.assertEqual(self.file.read_bytes(), b"")

    def test_refused_import(self) -> None:
        """A wrong passphrase, a changed or a cut file, and other files."""
        self.add(self.here, "One")
        self.expect(0, self.export("--with-secrets", stdin=PASSPHRASE + "\n"))
        whole = self.file.read_bytes()
        line = PASSPHRASE + "\n"
        self.expect(3, self.take(stdin="correct horse batterY\n"), "passphrase")
        self.expect(2, self.take())
        for content in (whole[:-1], whole + b"x", whole[:60] + bytes([whole[60] ^ 1]) + whole[61:]):
            self.file.write_bytes(content)
            self.expect(3, self.take(stdin=line))
        for content in (whole[:20], b"", b"{}", b"\x00\xff"):
            self.file.write_bytes(content)
            self.expect(1, self.take(stdin=line))
        self.file.unlink()
        self.expect(1, self.take())
        self.expect(2, self.there.run("import"))
        self.expect(2, self.there.run("import", "x", "--skip", "--replace"))
        self.assertEqual(self.there.run("list").out, "")

    def test_clash(self) -> None:
        """Nobody can be asked: nothing is imported, not even what is new."""
        self.add(self.here, "One")
        self.add(self.here, "Two")
        self.add(self.there, "Two", "other")
        self.expect(0, self.export("--with-secrets", stdin=PASSPHRASE + "\n"))
        self.expect(1, self.take(stdin=PASSPHRASE + "\n"), "“Two”", "--rename")
        self.expect(6, self.there.run("show", "One"))


class CarriedTest(ExportCase):
    """What arrives."""

    def test_without_secrets(self) -> None:
        """The settings arrive, under the same id, and no secret is in the file."""
        identifier = self.add(self.here, "One")
        self.expect(0, self.export())
        self.assertNotIn(PLANTED, self.file.read_text())
        self.expect(0, self.take(), "1 authorization")
        shown = json.loads(self.there.run("show", "One", "--json").out)
        self.assertEqual(shown["id"], identifier)
        self.assertEqual(shown["settings"]["username"], "me")
        self.assertEqual(shown["status"], "new")
        self.expect(3, self.there.run("token", "One"))

    def test_with_secrets(self) -> None:
        """Everything arrives, and the file shows nothing."""
        self.add(self.here, "One")
        self.add(self.here, "Žluťoučký")
        self.expect(0, self.export("--with-secrets", stdin=PASSPHRASE + "\n"))
        content = self.file.read_bytes()
        for word in (PLANTED, "One", "example.org"):
            self.assertNotIn(word.encode(), content)
        self.expect(0, self.take(stdin=PASSPHRASE + "\n"), "2 authorizations")
        self.assertEqual(self.get_password("Žluťoučký"), PLANTED)

    def test_chosen(self) -> None:
        """Only what was named."""
        self.add(self.here, "One")
        self.add(self.here, "Two")
        self.expect(0, self.export("Two", "--with-secrets", stdin=PASSPHRASE + "\n"))
        self.expect(0, self.take(stdin=PASSPHRASE + "\n"))
        self.expect(6, self.there.run("show", "One"))
        self.assertEqual(self.get_password("Two"), PLANTED)

    def test_modes(self) -> None:
        """Skip, rename and replace."""
        self.add(self.here, "One")
        there = self.add(self.there, "One", "other")
        line = PASSPHRASE + "\n"
        self.expect(0, self.export("--with-secrets", stdin=line))
        self.expect(0, self.take("--skip", stdin=line))
        self.assertEqual(self.get_password("One"), "other")
        self.expect(0, self.take("--rename", stdin=line))
        self.assertEqual(self.get_password("One"), "other")
        self.assertEqual(self.get_password("One 2"), PLANTED)
        # The one that came from here is replaced, not the one that has its name.
        self.expect(0, self.take("--replace", stdin=line), "1 authorization")
        self.assertEqual(self.get_password("One"), "other")
        self.expect(0, self.there.run("remove", "One 2"))
        self.expect(0, self.take("--replace", stdin=line))
        self.assertEqual(self.get_password(there), PLANTED)

    def test_asked(self) -> None:
        """On a terminal: the passphrase unseen, then what is to become of the one that is there."""
        self.add(self.here, "One")
        self.add(self.there, "One", "other")
        self.expect(0, self.export("--with-secrets", stdin=PASSPHRASE + "\n"))
        terminal = Terminal(self.there, "import", str(self.file))
        terminal.wait_for("Passphrase")
        terminal.type(PASSPHRASE + "\n")
        terminal.wait_for("skip, rename or replace")
        terminal.type("what\n")
        terminal.wait_for("skip, rename or replace")
        terminal.type("n\n")
        self.assertEqual(terminal.end(), 0)
        self.assertEqual(self.get_password("One 2"), PLANTED)


if __name__ == "__main__":
    skip_where_impossible()
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
