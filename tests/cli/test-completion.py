#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the shells complete, and whether the manual page knows all that there is.

Usage: test-completion.py PROGRAM DATA [NAMES OF TESTS]
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from cli_session import PATIENCE, Lanyard, PrivateSession, skip_where_impossible

BASIC = ("--type", "basic", "--set", "username=me")


class CompletionTest(unittest.TestCase):
    """Words on a command line that is not finished."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = PrivateSession()
        cls.lanyard = Lanyard(PROGRAM, cls.session.environment)
        for name in ("One", "Two words"):
            result = cls.lanyard.run("add", "--name", name, *BASIC)
            assert result.code == 0, result.err

    @classmethod
    def tearDownClass(cls) -> None:
        cls.session.end()

    def complete(self, *words: str) -> list[str]:
        """What the last word can become."""
        result = self.lanyard.run("__complete", *words)
        self.assertEqual((result.code, result.err), (0, ""))
        return [line.partition("\t")[0] for line in result.out.splitlines()]

    def in_shell(self, *command: str) -> str:
        """What a real shell makes of it."""
        if shutil.which(command[0]) is None:
            self.skipTest(f"{command[0]} is not installed")
        environment = {
            **self.session.environment,
            "PATH": f"{Path(PROGRAM).parent}:{self.session.environment['PATH']}",
        }
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=PATIENCE, check=False, text=True
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_nothing(self) -> None:
        """Words that lead nowhere, and those of other programs."""
        for words in (
            (),
            ("frobnicate", ""),
            ("frob",),
            ("show", "x"),
            ("show", "One", ""),
            ("token", "One", "--min-valid", ""),
            ("add", "--name", "O"),
            ("add", "--provider", "nobody", "--set", ""),
            ("add", "--nonsense=x"),
            ("run", "One", "--", ""),
            ("import", ""),
        ):
            with self.subTest(" ".join(words)):
                self.assertEqual(self.complete(*words), [])

    def test_words(self) -> None:
        """Commands, options, names and values."""
        self.assertEqual(self.complete("li"), ["list"])
        self.assertIn("git-credential", self.complete(""))
        self.assertEqual(self.complete("token", "One", "--m"), ["--min-valid"])
        self.assertEqual(self.complete("token", ""), ["One", "Two words"])
        self.assertEqual(self.complete("run", "One", "T"), ["Two words"])
        self.assertEqual(self.complete("token", "--min-valid", "3", "O"), ["One"])
        self.assertIn("github", self.complete("provider", "githu"))
        self.assertEqual(self.complete("add", "--type=basic-"), ["--type=basic-url"])
        self.assertIn("repositories", self.complete("add", "--provider=github", "--connector", ""))
        self.assertIn("oauth2", self.complete("add", "--provider=github", "--method", ""))
        self.assertIn("repo", self.complete("add", "--provider", "github", "--scope", "rep"))
        self.assertEqual(self.complete("set", "One", "--secret", "pass"), ["password"])
        self.assertEqual(self.complete("set", "One", "--set", "user"), ["username="])
        self.assertEqual(self.complete("git-credential", "--name", "O"), ["One"])
        self.assertEqual(self.complete("git-credential", "e"), ["erase"])

    def test_bash(self) -> None:
        """Names with spaces are quoted; an option and its value are two words to bash."""
        script = """
            source "$1"; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }
            _lanyard; printf '%s\\n' "${COMPREPLY[@]}"
        """
        file = str(DATA / "completions" / "lanyard.bash")
        bash = ("bash", "-c", script, "bash", file, "lanyard")
        self.assertEqual(self.in_shell(*bash, "token", "T"), "Two\\ words\n")
        self.assertEqual(self.in_shell(*bash, "add", "--type", "=", "basic-"), "basic-url\n")
        self.assertEqual(self.in_shell(*bash, "set", "One", "--set", "user"), "username=\n")

    def test_fish(self) -> None:
        """fish itself says what it would offer."""
        file = DATA / "completions" / "lanyard.fish"
        script = f"source {file}; complete --do-complete 'lanyard token T'"
        self.assertIn("Two words", self.in_shell("fish", "--no-config", "-c", script))

    def test_zsh(self) -> None:
        """zsh reads the file without complaint."""
        self.in_shell("zsh", "-n", str(DATA / "completions" / "_lanyard"))

    def test_manual(self) -> None:
        """Every command, and every option of one, is in the manual page."""
        text = (DATA / "man" / "lanyard.1").read_text(encoding="utf-8")
        plain = re.sub(r"\\f[BIRP]", "", text).replace("\\-", "-")
        commands = [word for word in self.complete("") if not word.startswith("-")]
        self.assertGreater(len(commands), 20)
        for command in commands:
            self.assertRegex(plain, rf"(?m)^\.(B|BR|BI) .*\b{command}\b")
            for option in self.complete(command, "-"):
                if option != "--help":
                    self.assertIn(option, plain, command)


if __name__ == "__main__":
    skip_where_impossible()
    PROGRAM = sys.argv.pop(1)
    DATA = Path(sys.argv.pop(1))
    unittest.main(verbosity=2)
