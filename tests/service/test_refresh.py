#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One refresh at a time, across all programs; and what becomes of it when the service is killed."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from service_session import ERROR, Client, Failure, ServiceCase, main, run_until

HOLD = {"match": "^POST /token", "kind": "hold", "times": 1}
CALLS = 200
PROGRAMS = 10


class CrowdTest(ServiceCase):
    """Many askers, one expired token."""

    def ask(self, name: str) -> tuple[list[Any], list[Any]]:
        """Ask over and over, by the service and by other programs; the answers come later."""
        answers: list[Any] = []
        clients = [Client(self.session) for _client in range(4)]
        for client in clients:
            self.addCleanup(client.close)
        for number in range(CALLS):
            clients[number % 4].start("GetAccessToken", name, done=answers.append)
        processes = [self.start_lanyard("token", name) for _program in range(PROGRAMS)]
        run_until(self.count_tokens, "the token request")
        # Each has found that the token has expired, and waits.
        time.sleep(2)
        return answers, processes

    def test_one_request(self) -> None:
        name = self.sign_in(1)
        self.provider.script(HOLD)
        answers, processes = self.ask(name)
        self.provider.send("POST", "/_release")
        run_until(lambda: len(answers) == CALLS, "all answers")
        self.assertEqual([answer for answer in answers if isinstance(answer, Failure)], [])
        tokens = {answer[0] for answer in answers}
        for process in processes:
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, err)
            tokens.add(out)
        self.assertEqual(tokens, {self.read_keyring(name)["access_token"]})
        self.assertEqual(self.count_tokens(), 1)

    def test_one_request_that_fails(self) -> None:
        name = self.sign_in(1)
        time.sleep(1.1)
        self.provider.script({"match": "^POST /token", "kind": "status", "code": 503})
        answers: list[Any] = []
        clients = [Client(self.session) for _client in range(4)]
        for client in clients:
            self.addCleanup(client.close)
        for number in range(CALLS):
            clients[number % 4].start("GetAccessToken", name, done=answers.append)
        run_until(lambda: len(answers) == CALLS, "all answers")
        names = {answer.name for answer in answers if isinstance(answer, Failure)}
        self.assertEqual(names, {ERROR + "Unavailable"})
        self.assertEqual(self.count_tokens(), 1)
        # Later it is tried again, and nobody was signed out.
        self.provider.script()
        time.sleep(1.1)
        self.client.call("GetAccessToken", name)


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
