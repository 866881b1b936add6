#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each step of a refresh by the window: what is stored when the new token is used, and what is left
when the program is killed there."""

from __future__ import annotations

import itertools
import os
import re
import sys
from pathlib import Path

from desktop import wait_until
from harness import Program, UiTestCase, main

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from refresh_steps import SUPPORT, RefreshCase, ScriptedKeyring, Target  # noqa: E402
from test_client import Provider  # noqa: E402

BUILD = Path(os.environ["LANYARD_BUILD"])


def choose(program: Program, name: str, item: str) -> None:
    """Choose from the menu of a row."""
    window = program.window()
    window.find("row", re.compile(f"^{name},")).find("button", "More Actions").press()
    window.find("menu item", item).press()


class Window(Target):
    """A window in which Test is pressed. With the new token it asks who is connected."""

    def __init__(self, program: Program, provider: Provider, name: str, is_stuck: bool) -> None:
        self.name = name
        self._program = program
        self._provider = provider
        self._is_stuck = is_stuck
        self.pid = program.process.pid

    def start(self) -> None:
        choose(self._program, self.name, "Test")

    def has_handed_out(self) -> bool:
        return not self._is_stuck and bool(self._provider.requests("/userinfo"))

    def kill(self) -> None:
        self._program.process.kill()
        self._program.process.wait()


class TestRefresh(RefreshCase, UiTestCase):
    """`kill -9` at every step, and nothing used before its time."""

    keyring = None
    # Who asks with the new token waits for the answer.
    hand_out_rules = [{"match": "^GET /userinfo", "kind": "hold", "times": 1}]
    numbers = itertools.count(1)

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.cli = str(BUILD / "src" / "cli" / "lanyard-cli")
        cls.provider = Provider("--scripted", "--token-lifetime", "3600")
        cls.addClassCleanup(cls.provider.stop)

    def setUp(self) -> None:
        super().setUp()
        self.environment = self.session.environment
        self.keyring = ScriptedKeyring(self.environment)
        self.addCleanup(self.keyring.stop)
        folder = self.session.directory / "config" / "lanyard" / "providers"
        folder.mkdir(parents=True)
        text = (SUPPORT / "demo-provider" / "demo.json").read_text(encoding="utf-8")
        port = self.provider.base.rsplit(":", 1)[1]
        (folder / "demo.json").write_text(text.replace("@PORT@", port), encoding="utf-8")

    def get_program(self) -> Program:
        """The program, started where it does not run."""
        if not self.programs or self.programs[-1].process.poll() is not None:
            self.start_program()
        return self.programs[-1]

    def make_window(self, is_stuck: bool = False) -> Window:
        """A window with an authorization whose access token must be replaced."""
        name = f"Entry {next(self.numbers)}"
        self.add_expired(name)
        return Window(self.get_program(), self.provider, name, is_stuck)

    def use_again(self, name: str) -> None:
        self.provider.script()
        program = self.get_program()
        program.window().find("row", re.compile(f"^{name}, .*, Authorized"))
        choose(program, name, "Test")
        program.window().find("label", re.compile("It works"))
        self.assertEqual(self.count_tokens(), 0)

    def test_killed(self) -> None:
        for where, step in self.STEPS.items():
            with self.subTest(where):
                self.kill_at(step, self.make_window(where == "hand-out"))

    def test_stored_before_it_is_used(self) -> None:
        window = self.make_window()
        self.store_then_hand_out(window)
        token = self.keyring.read(self.get_id(window.name))["access_token"]
        (request,) = self.provider.requests("/userinfo")
        self.assertEqual(request["headers"]["authorization"], f"Bearer {token}")
        program = self.programs[-1]
        wait_until(lambda: program.window().search("label", re.compile("It works")), "the answer")


if __name__ == "__main__":
    main()
