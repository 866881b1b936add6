#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the person is told when an authorization needs her, and when that is taken back."""

from __future__ import annotations

import os
import time
from typing import Callable

from fake_person import FakePerson
from service_session import ServiceCase, main, run_for, run_until

REFUSAL = {
    "match": "^POST /token",
    "kind": "body",
    "code": 400,
    "text": '{"error": "invalid_grant"}',
}


class AttentionTest(ServiceCase):
    """The windows are a fake, which notes what it is told."""

    @classmethod
    def setUpClass(cls) -> None:
        # The computer is online, whatever network the tests run in; before the bus starts.
        os.environ["GIO_USE_NETWORK_MONITOR"] = "base"
        cls.addClassCleanup(os.environ.pop, "GIO_USE_NETWORK_MONITOR")
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
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
        self.ids = {**getattr(self, "ids", {}), name: self.show(name)["id"]}
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
        self.change_row(name, renewable=0, expires_at=int(time.time()) + 2)
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


if __name__ == "__main__":
    main()
