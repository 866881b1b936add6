#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several services at once, and a bus or a keyring that goes and comes back."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

from service_session import (
    BUILD,
    ERROR,
    PATIENCE,
    Client,
    Failure,
    ServiceCase,
    main,
    run_for,
    run_until,
)

SERVICE = BUILD / "src" / "service" / "lanyard-service"
FRONT = BUILD / "src" / "cli" / "lanyard"
HOLD = {"match": "^POST /token", "kind": "hold", "times": 1}


class RestartCase(ServiceCase):
    """With the private socket."""

    def find_sockets(self) -> list[str]:
        """The sockets that there are."""
        folder = Path(self.session.environment["XDG_RUNTIME_DIR"]) / "lanyard"
        return [str(path) for path in folder.glob("*") if stat.S_ISSOCK(path.lstat().st_mode)]

    def assert_serves(self, name: str, key: str) -> None:
        """There is one socket, at which somebody listens, and both ways lead to the key."""
        self.assertEqual(self.client.call("GetAccessToken", name)[0], key)
        run_until(self.find_sockets, "the socket")
        (path,) = self.find_sockets()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(path)
        self.assertEqual(self.run_front(name), key)

    def run_front(self, name: str) -> str:
        """`lanyard token`."""
        done = subprocess.run([FRONT, "token", name], env=self.session.environment, check=True,
                              capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout

    def is_running(self, pid: int) -> bool:
        """Whether there is such a process."""
        try:
            text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return False
        return text.rpartition(")")[2].split()[0] != "Z"


class TwoServicesTest(RestartCase):
    """Only one of them serves."""

    def start_services(self, number: int) -> list[subprocess.Popen[str]]:
        """Start services by hand, all at once; they say what they would say on a screen."""
        environment = {**self.session.environment}
        del environment["G_MESSAGES_DEBUG"]
        services = []
        for _service in range(number):
            service = subprocess.Popen([SERVICE], env=environment, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True)
            self.addCleanup(service.communicate)
            self.addCleanup(service.kill)
            services.append(service)
        return services

    def assert_one_stays(self, services: list[subprocess.Popen[str]]) -> None:
        """All but the one that has the name end, in peace and quiet."""
        run_until(self.client.get_service_pid, "a service")
        pid = self.client.get_service_pid()
        for service in services:
            if service.pid != pid:
                out, _err = service.communicate(timeout=PATIENCE)
                self.assertEqual((service.returncode, out), (0, ""))
        self.assertEqual(self.client.get_service_pid(), pid)
        self.assertTrue(self.is_running(pid))

    def end_service(self) -> None:
        """End the one that serves."""
        pid = self.client.get_service_pid()
        os.kill(pid, signal.SIGTERM)
        run_until(lambda: self.client.get_service_pid() == 0, "the end of the service")

    def test_by_hand(self) -> None:
        # The first ones make the database, too.
        for _round in range(2):
            services = self.start_services(6)
            self.assert_one_stays(services)
            self.assert_serves(self.add_key("key-of-one"), "key-of-one")
            self.end_service()
            self.assertEqual(self.find_sockets(), [])

    def test_by_hand_and_by_the_bus(self) -> None:
        name = self.add_key("key-of-either")
        for _round in range(3):
            answers: list[Any] = []
            services = self.start_services(1)
            for _call in range(3):
                self.client.start("GetAccessToken", name, done=answers.append)
            services += self.start_services(1)
            run_until(lambda answers=answers: len(answers) == 3, "the answers")
            self.assertEqual({answer[0] for answer in answers}, {"key-of-either"})
            self.assert_one_stays(services)
            self.assert_serves(name, "key-of-either")
            self.end_service()


class BusTest(RestartCase):
    """A bus that ends, and another one at the same address."""

    def restart_bus(self) -> None:
        """Start another bus, with another keyring."""
        self.session.restart_bus()
        self.client = Client(self.session)
        self.addCleanup(self.client.close)

    def test_idle(self) -> None:
        name = self.add_key("key-after-the-bus")
        self.assert_serves(name, "key-after-the-bus")
        pid = self.client.get_service_pid()
        before = self.find_sockets()
        self.session.stop_bus()
        run_until(lambda: not self.is_running(pid), "the end of the service")
        self.assertEqual(self.find_sockets(), [])
        self.restart_bus()
        self.assertEqual(self.run_front(name), "key-after-the-bus")
        self.assert_serves(name, "key-after-the-bus")
        self.assertEqual(self.find_sockets(), before)

    def test_killed_with_the_bus(self) -> None:
        # Nobody has tidied up.
        name = self.add_key("key-after-all")
        self.assert_serves(name, "key-after-all")
        os.kill(self.client.get_service_pid(), signal.SIGKILL)
        self.session.stop_bus()
        self.assertEqual(len(self.find_sockets()), 1)
        self.restart_bus()
        self.assertEqual(self.run_front(name), "key-after-all")
        self.assert_serves(name, "key-after-all")

    def test_while_it_renews(self) -> None:
        name = self.sign_in(1)
        before = self.read_keyring(name)["refresh_token"]
        time.sleep(1.1)
        self.provider.script(HOLD)
        answers: list[Any] = []
        self.client.start("GetAccessToken", name, done=answers.append)
        run_until(self.count_tokens, "the token request")
        pid = self.client.get_service_pid()
        self.session.stop_bus()
        run_until(lambda: answers, "the end of the call")
        self.assertIsInstance(answers[0], Failure)
        self.restart_bus()
        self.assertTrue(self.is_running(pid))
        # What comes now is the only token that is good: it goes to the keyring on the new bus.
        self.provider.send("POST", "/_release")
        run_until(lambda: not self.is_running(pid), "the end of the service")
        credentials = self.read_keyring(name)
        self.assertNotEqual(credentials["refresh_token"], before)
        self.assertEqual(self.run_front(name), credentials["access_token"])
        self.assertEqual(self.count_tokens(), 1)


class KeyringTest(RestartCase):
    """A keyring that ends in the middle of a call, and comes back."""

    idle_timeout = 1

    def test_while_it_reads(self) -> None:
        name = self.add_key("key-of-a-keyring")
        # The service knows this keyring already.
        self.client.call("GetAccessToken", self.add_key())
        answers: list[Any] = []
        self.session.keyring.send_signal(signal.SIGSTOP)
        self.client.start("GetAccessToken", name, done=answers.append)
        run_for(0.5)
        self.assertEqual(answers, [])
        self.session.stop_keyring()
        run_until(lambda: answers, "an answer")
        self.assertIsInstance(answers[0], Failure)
        self.assertEqual(answers[0].name, ERROR + "KeyringAbsent")
        self.assertIn(name, answers[0].message)
        self.session.restart_keyring()
        self.assertEqual(self.client.call("GetAccessToken", name)[0], "key-of-a-keyring")

    def renew_without_keyring(self) -> str:
        """A new token, and nowhere to put it."""
        name = self.sign_in(1)
        time.sleep(1.1)
        self.provider.script(HOLD)
        answers: list[Any] = []
        self.client.start("Refresh", name, done=answers.append)
        run_until(self.count_tokens, "the token request")
        self.session.stop_keyring()
        self.provider.send("POST", "/_release")
        run_until(lambda: answers, "an answer")
        self.assertIsInstance(answers[0], Failure)
        self.assertIn("could not be stored yet", answers[0].message)
        return name

    def test_before_it_writes(self) -> None:
        name = self.renew_without_keyring()
        pid = self.client.get_service_pid()
        # However long nobody calls.
        run_for(2.5)
        self.assertTrue(self.is_running(pid))
        self.session.restart_keyring()
        run_until(lambda: not self.is_running(pid), "the end of the service")
        self.assertEqual(
            self.client.call("GetAccessToken", name)[0], self.read_keyring(name)["access_token"]
        )
        self.assertEqual(self.count_tokens(), 1)

    def test_next_call_writes(self) -> None:
        name = self.renew_without_keyring()
        with self.fails("KeyringAbsent", name):
            self.client.call("GetAccessToken", name)
        self.session.restart_keyring()
        self.assertEqual(
            self.client.call("GetAccessToken", name)[0], self.read_keyring(name)["access_token"]
        )
        self.assertEqual(self.count_tokens(), 1)


if __name__ == "__main__":
    main()
