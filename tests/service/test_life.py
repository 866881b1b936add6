#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of the service: it comes when it is called, and goes when nobody does."""

from __future__ import annotations

import os
import signal
import time

from service_session import ServiceCase, main, run_for, run_until


def is_running(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class IdleTest(ServiceCase):
    """With a short patience."""

    idle_timeout = 1

    def test_idle(self) -> None:
        name = self.add_key("key-of-idle")
        self.client.call("GetAccessToken", name)
        pid = self.client.get_service_pid()
        self.assertTrue(is_running(pid))
        run_until(lambda: not is_running(pid), "the end of the service", 20)
        # The next one starts it again.
        self.assertEqual(self.client.call("GetAccessToken", name)[0], "key-of-idle")
        self.assertNotEqual(self.client.get_service_pid(), pid)

    def test_not_while_an_answer_is_due(self) -> None:
        name = self.sign_in(1)
        self.provider.script({"match": "^POST /token", "kind": "hold", "times": 1})
        answers: list[object] = []
        self.client.start("GetAccessToken", name, done=answers.append)
        run_until(self.count_tokens, "the token request")
        pid = self.client.get_service_pid()
        run_for(3)
        self.assertTrue(is_running(pid))
        self.provider.send("POST", "/_release")
        run_until(lambda: answers, "the answer")
        self.assertEqual(answers[0][0], self.read_keyring(name)["access_token"])

    def test_not_while_it_renews(self) -> None:
        # Nobody waits any more, but the new refresh token must not get lost.
        name = self.sign_in(1)
        self.provider.script({"match": "^POST /token", "kind": "hold", "times": 1})
        self.client.start("GetAccessToken", name, done=lambda _answer: None)
        run_until(self.count_tokens, "the token request")
        pid = self.client.get_service_pid()
        self.client.close()
        run_for(3)
        self.assertTrue(is_running(pid))
        before = self.read_keyring(name)["refresh_token"]
        self.provider.send("POST", "/_release")
        run_until(lambda: not is_running(pid), "the end of the service", 20)
        self.assertNotEqual(self.read_keyring(name)["refresh_token"], before)

    def test_never_without_an_answer(self) -> None:
        # Calls that arrive just when it ends start the next one.
        name = self.add_key("key-at-the-end")
        for _round in range(3):
            self.assertEqual(self.client.call("GetAccessToken", name)[0], "key-at-the-end")
            time.sleep(0.99)


class EndTest(ServiceCase):
    """Ends that come from outside."""

    def test_keyring_restart(self) -> None:
        name, other = self.add_key("first"), self.add_key("second")
        self.client.call("GetAccessToken", name)
        self.session.stop_keyring()
        with self.fails("KeyringAbsent", other):
            self.client.call("GetAccessToken", other)
        self.session.restart_keyring()
        self.assertEqual(self.client.call("GetAccessToken", other)[0], "second")

    def test_terminated(self) -> None:
        self.client.call("GetAccessToken", self.add_key())
        pid = self.client.get_service_pid()
        os.kill(pid, signal.SIGTERM)
        run_until(lambda: not is_running(pid), "the end of the service", 20)


class BusTest(ServiceCase):
    """The end of everything."""

    def test_bus_gone(self) -> None:
        name = self.add_key()
        self.client.call("GetAccessToken", name)
        pid = self.client.get_service_pid()
        self.session.bus.kill()
        run_until(lambda: not is_running(pid), "the end of the service", 20)
        log = open(self.session.log_path, encoding="utf-8")
        with log:
            self.assertNotIn("CRITICAL", log.read())
        self.assertFalse(os.path.exists(f"/proc/{pid}/exe"))


if __name__ == "__main__":
    main()
