#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One refresh at a time, across all programs; and what becomes of it when the service is killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from service_session import ERROR, PATIENCE, Failure, ServiceCase, main, run_until

HOLD = {"match": "^POST /token", "kind": "hold", "times": 1}
CROWDS = 4
CALLERS = 75
COMMANDS = 10


class CrowdTest(ServiceCase):
    """Hundreds of askers in several programs, one expired token."""

    def start_crowd(self, name: str) -> subprocess.Popen[str]:
        """Callers of the service, each with a connection of its own."""
        program = str(Path(__file__).with_name("crowd.py"))
        return self.session.start(
            [sys.executable, program, str(CALLERS), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_waiting(self, process: subprocess.Popen[str]) -> bool:
        """Whether a command has come to where it waits for the one that renews."""
        with contextlib.suppress(OSError):
            files = list(Path(f"/proc/{process.pid}/fd").iterdir())
            return any(os.readlink(file).endswith(".lock") for file in files)
        return False

    def ask(self, name: str) -> tuple[set[str], list[subprocess.Popen[str]]]:
        """Ask by the service and by the command line; what the service answered, and the ended
        commands. The provider answers when all of them wait."""
        crowds = [self.start_crowd(name) for _crowd in range(CROWDS)]
        for crowd in crowds:
            self.assertEqual(crowd.stdout.readline(), "ready\n")
        for crowd in crowds:
            crowd.stdin.write("\n")
            crowd.stdin.flush()
        for crowd in crowds:
            self.assertEqual(crowd.stdout.readline(), "asked\n")
        run_until(self.count_tokens, "the token request")
        commands = [self.start_lanyard("token", name) for _command in range(COMMANDS)]
        run_until(lambda: all(map(self.is_waiting, commands)), "the wait for the lock")
        self.provider.send("POST", "/_release")

        answers = [json.loads(crowd.communicate(timeout=PATIENCE)[0]) for crowd in crowds]
        self.assertEqual([len(answer) for answer in answers], [CALLERS] * CROWDS)
        return set().union(*answers), commands

    def assert_fail(self, name: str, error: str, code: int) -> None:
        """All are told of the one failure."""
        answers, commands = self.ask(name)
        self.assertEqual(answers, {ERROR + error})
        for command in commands:
            _out, err = command.communicate(timeout=PATIENCE)
            self.assertEqual(command.returncode, code, err)
        self.assertEqual(self.count_tokens(), 1)

    def test_one_request(self) -> None:
        name = self.sign_in(1)
        self.provider.script(HOLD)
        tokens, commands = self.ask(name)
        for command in commands:
            out, err = command.communicate(timeout=PATIENCE)
            self.assertEqual(command.returncode, 0, err)
            tokens.add(out)
        self.assertEqual(tokens, {self.read_keyring(name)["access_token"]})
        self.assertEqual(self.count_tokens(), 1)

    def test_one_request_that_fails(self) -> None:
        name = self.sign_in(1)
        time.sleep(1.1)
        self.provider.script({**HOLD, "code": 503})
        self.assert_fail(name, "Unavailable", 5)
        # Later it is tried again, and nobody was signed out.
        self.provider.script()
        time.sleep(1.1)
        self.client.call("GetAccessToken", name)

    def test_one_request_that_is_refused(self) -> None:
        name = self.sign_in(1)
        refusal = json.dumps({"error": "invalid_grant"})
        self.provider.script({**HOLD, "code": 400, "type": "application/json", "body": refusal})
        self.assert_fail(name, "NotAuthorized", 3)


class KillTest(ServiceCase):
    """`kill -9` in the middle."""

    def kill(self) -> None:
        """End the service in a way that it cannot notice."""
        os.kill(self.client.get_service_pid(), signal.SIGKILL)
        run_until(lambda: self.client.get_service_pid() == 0, "the end of the service")

    def test_while_the_server_thinks(self) -> None:
        name = self.sign_in(1)
        self.provider.script(HOLD)
        answers: list[Any] = []
        self.client.start("GetAccessToken", name, done=answers.append)
        run_until(self.count_tokens, "the token request")
        waiting = self.start_lanyard("token", name)
        time.sleep(0.5)
        self.kill()
        self.provider.send("POST", "/_release")
        run_until(lambda: answers, "an answer")
        self.assertIsInstance(answers[0], Failure)
        # Whoever waited for the lock has it now: it gets a token, or is told to sign in again.
        _out, _err = waiting.communicate(timeout=60)
        self.assertIn(waiting.returncode, (0, 3))

    def test_before_the_server_was_asked(self) -> None:
        name = self.sign_in(1)
        self.client.call("GetAccessToken", self.add_key())
        self.session.keyring.send_signal(signal.SIGSTOP)
        try:
            answers: list[Any] = []
            self.client.start("GetAccessToken", name, done=answers.append)
            time.sleep(0.3)
            self.kill()
        finally:
            self.session.keyring.send_signal(signal.SIGCONT)
        run_until(lambda: answers, "an answer")
        self.assertEqual(self.count_tokens(), 0)
        self.assertEqual(
            self.client.call("GetAccessToken", name)[0], self.read_keyring(name)["access_token"]
        )


if __name__ == "__main__":
    main()
