#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted secrets that a window uses, searched for where everybody can look, and in its core dump."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from harness import Program, UiTestCase, main

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from planted import (  # noqa: E402
    assert_no_core_dump,
    dump_core,
    find,
    is_dumping,
    let_dump,
    read_processes,
)

KEY = "planted: k&y/%+3395"
OTHER_KEY = "planted: k&y/%+8841"
KEYRINGS = "/keyrings/"
ADDRESS = "http://127.0.0.1:1/me"


class TestSecrets(UiTestCase):
    """A life in the windows: a test that fails, a token that is copied, an editor."""

    def setUp(self) -> None:
        super().setUp()
        self.lanyard("add", "--name", "Alpha", "--type", "api-key", "--set",
                     f"test_url={ADDRESS}", "--secret", "api_key", input=KEY + "\n")

    def start(self, is_dumped: bool) -> None:
        """The window, which tells all that it can to who looks for a fault."""
        environment = {**self.session.environment, "G_MESSAGES_DEBUG": "all"}
        if is_dumped:
            environment = let_dump(environment)
        # Debug messages go to standard output.
        self.told = self.session.directory / "told"
        with open(self.told, "wb") as file:
            process = self.session.start(
                [os.environ["LANYARD_GTK"]], "lanyard-gtk", stdout=file, env=environment)
        self.program = Program(self.session, process)
        self.programs.append(self.program)
        self.program.window().find("row", re.compile("^Alpha, "))

    def choose(self, item: str) -> None:
        """Choose from the menu of the row."""
        window = self.program.window()
        window.find("row").find("button", "More Actions").press()
        window.find("menu item", re.compile(item)).press()

    def ask(self) -> None:
        """A request with the secret, which nobody answers."""
        self.choose("^Test$")
        dialog = self.program.dialog("The Test Failed")
        dialog.find("button", "Close").press()

    def use(self) -> None:
        """All that one does with a secret."""
        self.ask()
        self.choose("^Copy Token$")
        self.program.window().find("label", re.compile("Token copied"))
        self.choose("^Copy as cURL$")
        self.choose("Edit")
        self.program.window("Alpha")
        # What another program changes is taken up.
        self.lanyard("set", "Alpha", "--secret", "api_key", input=OTHER_KEY + "\n")
        self.ask()

    def find_in_files(self, secrets: set[str]) -> list[str]:
        """Files of the session that hold one, the keyring's own apart."""
        return [
            f"{path}: {form!r}"
            for path in self.session.directory.rglob("*")
            if path.is_file() and KEYRINGS not in str(path)
            for form in find(secrets, path.read_bytes())
        ]

    def test_nobody_else_sees_them(self) -> None:
        heard = self.session.directory / "heard"
        with open(heard, "wb") as file:
            monitor = self.session.start(
                ["dbus-monitor", "--session", "type='signal'", "type='error'"], stdout=file)
        self.addCleanup(self.session.end, monitor)
        self.start(False)
        self.use()
        pid = self.program.process.pid
        assert_no_core_dump(pid)
        for name in ("cmdline", "environ"):
            told = read_processes(name)
            self.assertIn(pid, told)
            self.assertEqual(find({KEY, OTHER_KEY}, b"\n".join(told.values())), set())
        # What is searched is there: the log, the database, what the bus carried.
        self.assertIn(b"DEBUG", self.told.read_bytes())
        self.assertIn(b"signal", heard.read_bytes())
        self.assertEqual(self.find_in_files({KEY, OTHER_KEY}), [])

    def test_core_dump(self) -> None:
        if not is_dumping():
            self.skipTest("no core dumps are written here")
        self.start(True)
        self.use()
        # Its end is wanted.
        self.programs.remove(self.program)
        dump = dump_core(self.program.process.pid)
        self.program.process.wait()
        # The kernel's own page is there in any case.
        self.assertTrue(dump)
        self.assertEqual(find({KEY, OTHER_KEY}, dump), set())


if __name__ == "__main__":
    main()
