#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each step of a refresh by the service, the front and the command line: what is stored when
something is handed out, and what is left by a program that is killed there."""

from __future__ import annotations

import os
import signal
from typing import Any

from service_session import BUILD, Client, Failure, ServiceCase, ServiceSession, main

from refresh_steps import (  # isort: skip - found by what is above
    Command,
    RefreshCase,
    ScriptedKeyring,
    Step,
    Target,
    wait_until,
)

LANYARD = str(BUILD / "src" / "cli" / "lanyard")


class StepSession(ServiceSession):
    """With a keyring that does what the test wants."""

    keyring: Any

    def start_keyring(self, password: str) -> None:
        self.scripted = ScriptedKeyring(self.environment)
        self.processes.append(self.scripted.process)

    def end(self) -> None:
        self.scripted.stop()
        super().end()


class Call(Target):
    """A program that calls the service, which makes the refresh."""

    def __init__(self, client: Client, name: str) -> None:
        self.name = name
        self.answers: list[Any] = []
        self._client = client

    def start(self) -> None:
        # It is started, and has looked at its caller.
        self._client.get_objects()
        self.pid = self._client.get_service_pid()
        self._client.start("GetAccessToken", self.name, done=self.answers.append)

    def has_handed_out(self) -> bool:
        return bool(self.answers)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        wait_until(lambda: self.answers, "what the bus says of the service")
        assert isinstance(self.answers[0], Failure)


class StepTest(RefreshCase, ServiceCase):
    """`kill -9` at every step, and nothing handed out before its time."""

    session_type = StepSession
    session: StepSession

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.cli = str(BUILD / "src" / "cli" / "lanyard-cli")

    def setUp(self) -> None:
        super().setUp()
        self.keyring = self.session.scripted
        self.environment = {**self.session.environment, "G_MESSAGES_DEBUG": ""}

    def add(self) -> str:
        """An authorization whose access token must be replaced."""
        name = self.make_name()
        self.add_expired(name)
        return name

    def make_front(self, name: str, is_stuck: bool = False) -> Command:
        """The front, for which the service works."""
        return Command(self.environment, LANYARD, "token", name, is_stuck=is_stuck)

    def use_again(self, name: str) -> None:
        # By a service that is started anew, where it was the one that was killed.
        token = self.client.call("GetAccessToken", name)[0]
        self.assertEqual(token, self.read_token(name))

    def test_command_line_killed(self) -> None:
        for where, step in self.STEPS.items():
            with self.subTest(where):
                self.kill_at(step, self.make_command(self.add(), where == "hand-out"))

    def test_service_killed(self) -> None:
        for where, step in self.STEPS.items():
            # When it has stored the token, it answers in the same breath.
            if where != "hand-out":
                with self.subTest(where):
                    self.kill_at(step, Call(self.client, self.add()))

    def test_front_killed(self) -> None:
        # Whoever asked is gone; the service goes on, and nothing is lost.
        for where in ("request", "answer", "hand-out"):
            with self.subTest(where):
                self.kill_front_at(self.STEPS[where], self.add(), where == "hand-out")

    def kill_front_at(self, step: Step, name: str, is_stuck: bool) -> None:
        """Kill the front while the service works for it."""
        row = self.get_id(name)
        old = self.keyring.read(row)
        front = self.make_front(name, is_stuck)
        with step.stop(self, front):
            self.assertFalse(front.has_handed_out())
            front.kill()
            self.keyring.release()
            self.provider.send("POST", "/_release")
            self.wait_for_new_token(row, old)
        token = self.client.call("GetAccessToken", name)[0]
        self.assertEqual(token, self.keyring.read(row)["access_token"])
        self.assertEqual(self.count_tokens(), 1)
        self.assert_whole(name)

    def test_stored_before_it_is_handed_out(self) -> None:
        call = Call(self.client, self.add())
        self.store_then_hand_out(call)
        self.assertEqual(call.answers[0][0], self.read_token(call.name))
        for make in (self.make_command, self.make_front):
            command = make(self.add())
            self.store_then_hand_out(command)
            code, out, err = command.finish()
            self.assertEqual((code, out), (0, self.read_token(command.name)), err)

    def read_token(self, name: str) -> str:
        """The access token in the keyring."""
        return str(self.keyring.read(self.get_id(name))["access_token"])


if __name__ == "__main__":
    main()
