#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the person is told when an authorization needs her, and when that is taken back."""

from __future__ import annotations

import os
import signal
import time
from typing import Callable, ClassVar

import fake_network
from fake_person import FakePerson
from service_session import ServiceCase, main, run_for, run_until

REFUSAL = {
    "match": "^POST /token",
    "kind": "body",
    "code": 400,
    "text": '{"error": "invalid_grant"}',
}


class AttentionCase(ServiceCase):
    """The windows are a fake, which notes what it is told."""

    # The computer is online, whatever network the tests run in.
    network: ClassVar[dict[str, str]] = {"GIO_USE_NETWORK_MONITOR": "base"}

    @classmethod
    def setUpClass(cls) -> None:
        # Before the bus starts, which hands it on.
        for name, value in cls.network.items():
            os.environ[name] = value
            cls.addClassCleanup(os.environ.pop, name)
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
        self.ids: dict[str, str] = {}
        self.person = FakePerson(self.session)
        self.person.__enter__()
        self.addCleanup(self.person.__exit__)

    def count(self, method: str, name: str) -> int:
        """How often that was said of an authorization."""
        identifier = self.ids[name]
        return len([call for call in self.person.calls if call == (method, identifier)])

    def sign_in_noted(self, lifetime: int) -> str:
        """A sign-in that the service has seen."""
        name = self.sign_in(lifetime)
        self.ids[name] = self.show(name)["id"]
        self.client.get_objects()
        return name

    def refuse(self, name: str) -> None:
        """The provider takes the authorization back, and somebody asks for a token."""
        time.sleep(1.1)
        self.provider.script(REFUSAL)
        with self.fails("NotAuthorized"):
            self.client.call("GetAccessToken", name)

    def wait_for(self, method: str, name: str) -> None:
        """Until it is said, for the first time."""
        run_until(lambda: self.count(method, name) == 1, f"{method} of {name}")

    def expire(self, name: str, seconds: int = 0) -> None:
        """It ends, so many seconds from now, and cannot be renewed."""
        self.change_row(name, renewable=0, expires_at=int(time.time()) + seconds)

    def end_service(self) -> None:
        """End the service, as one does that is idle."""
        pid = self.client.get_service_pid()
        os.kill(pid, signal.SIGTERM)
        run_until(lambda: self.client.get_service_pid() == 0, "the end of the service")

    def notify_then(self, settle: Callable[[str], None]) -> str:
        """A notification, and what takes it back."""
        name = self.sign_in_noted(1)
        self.refuse(name)
        self.wait_for("Notify", name)
        self.assertEqual(self.count("Withdraw", name), 0)
        self.provider.script()
        settle(name)
        self.wait_for("Withdraw", name)
        return name


class AttentionTest(AttentionCase):
    """While the service runs."""

    def test_nothing_to_tell(self) -> None:
        name = self.sign_in_noted(1)
        time.sleep(1.1)
        # It is renewed, cannot be reached, is deactivated, is revoked: nobody is called for that.
        self.client.call("GetAccessToken", name)
        self.provider.script({"match": "^POST /token", "kind": "status", "code": 503})
        with self.fails("Unavailable"):
            self.client.call("Refresh", name)
        self.provider.script()
        self.lanyard("deactivate", name)
        self.lanyard("activate", name)
        self.lanyard("revoke", name)
        key = self.add_key()
        self.lanyard("remove", key)
        run_for(1.5)
        self.assertEqual(self.person.calls, [])

    def test_once(self) -> None:
        name = self.sign_in_noted(1)
        self.refuse(name)
        for _time in range(3):
            with self.fails("NotAuthorized"):
                self.client.call("GetAccessToken", name)
        self.wait_for("Notify", name)
        run_for(1)
        self.assertEqual(self.count("Notify", name), 1)
        self.assertEqual(self.count("Withdraw", name), 0)

    def test_each_episode(self) -> None:
        name = self.notify_then(lambda name: self.sign_in(1, name) and None)
        self.client.get_objects()
        self.refuse(name)
        run_until(lambda: self.count("Notify", name) == 2, "the second episode")

    def test_expired(self) -> None:
        name = self.sign_in_noted(3600)
        self.expire(name, 2)
        self.wait_for("Notify", name)

    def test_deactivated(self) -> None:
        self.notify_then(lambda name: self.lanyard("deactivate", name) and None)

    def test_removed(self) -> None:
        self.notify_then(lambda name: self.lanyard("remove", name) and None)

    def test_windows_fail(self) -> None:
        self.person.error = "org.freedesktop.DBus.Error.Failed"
        name = self.sign_in_noted(1)
        self.refuse(name)
        self.wait_for("Notify", name)
        with self.fails("NotAuthorized"):
            self.client.call("GetAccessToken", name)

    def test_windows_fail_once(self) -> None:
        # What could not be told is told by the next service.
        self.person.error = "org.freedesktop.DBus.Error.Failed"
        name = self.sign_in_noted(3600)
        self.expire(name)
        self.wait_for("Notify", name)
        self.end_service()
        self.person.error = None
        self.client.get_objects()
        run_until(lambda: self.count("Notify", name) == 2, "another notification")


class ComingAndGoingTest(AttentionCase):
    """An episode is longer than the life of a service."""

    def test_told_before(self) -> None:
        name = self.sign_in_noted(3600)
        self.expire(name)
        self.wait_for("Notify", name)
        for _service in range(2):
            self.end_service()
            self.client.get_objects()
        other = self.sign_in_noted(3600)
        self.expire(other)
        # Whoever looks at the one looks at the other.
        self.wait_for("Notify", other)
        self.assertEqual(self.count("Notify", name), 1)
        self.assertEqual(self.count("Withdraw", name), 0)

    def test_began_meanwhile(self) -> None:
        name = self.sign_in_noted(3600)
        self.end_service()
        self.expire(name)
        self.client.get_objects()
        self.wait_for("Notify", name)

    def test_settled_meanwhile(self) -> None:
        settled, removed = self.sign_in_noted(3600), self.sign_in_noted(3600)
        for name in (settled, removed):
            self.expire(name)
            self.wait_for("Notify", name)
        self.end_service()
        self.sign_in(3600, settled)
        self.lanyard("remove", removed)
        self.client.get_objects()
        for name in (settled, removed):
            self.wait_for("Withdraw", name)
        # The next time is another one.
        self.expire(settled)
        run_until(lambda: self.count("Notify", settled) == 2, "the second episode")


class OfflineTest(AttentionCase):
    """Who is offline cannot sign in."""

    network = fake_network.ENVIRONMENT

    def setUp(self) -> None:
        super().setUp()
        self.portal = fake_network.FakeNetwork(self.session, True)
        self.portal.__enter__()
        self.addCleanup(self.portal.__exit__)

    def expire_offline(self) -> str:
        """One that needs the person, who is not told."""
        name, settled = self.sign_in_noted(3600), self.sign_in_noted(3600)
        self.expire(settled)
        self.wait_for("Notify", settled)
        self.portal.set_online(False)
        self.expire(name)
        # What is settled is taken back also now, by the look that finds the other one.
        self.sign_in(3600, settled)
        self.wait_for("Withdraw", settled)
        self.assertEqual(self.count("Notify", name), 0)
        return name

    def test_online_again(self) -> None:
        name = self.expire_offline()
        self.portal.set_online(True)
        self.wait_for("Notify", name)

    def test_settled_offline(self) -> None:
        name = self.expire_offline()
        self.lanyard("deactivate", name)
        self.portal.set_online(True)
        other = self.sign_in_noted(3600)
        self.expire(other)
        self.wait_for("Notify", other)
        self.assertEqual(self.count("Notify", name), 0)
        self.assertEqual(self.count("Withdraw", name), 0)

    def test_next_service(self) -> None:
        name = self.expire_offline()
        self.end_service()
        self.client.get_objects()
        run_for(0.5)
        self.assertEqual(self.count("Notify", name), 0)
        self.portal.set_online(True)
        self.wait_for("Notify", name)


if __name__ == "__main__":
    main()
