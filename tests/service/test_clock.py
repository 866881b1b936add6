#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that somebody sets, and a computer that was asleep: what expires meanwhile is noticed at
once, by those who are told and by those who ask."""

from __future__ import annotations

import os
import struct
import time
from typing import Any, Optional

from fake_person import FakePerson
from service_session import BUILD, Client, ServiceCase, ServiceSession, main, run_until

HOUR = 3600


class ClockSession(ServiceSession):
    """A computer whose wall clock the test sets; all of its programs see it."""

    def start_bus(self, standard_services: bool) -> None:
        super().start_bus(standard_services)
        self.clock_path = os.path.join(self.root, "clock")
        self.set_clock(0)
        options = self.environment["ASAN_OPTIONS"]
        variables = {
            "FAKE_CLOCK": self.clock_path,
            "LD_PRELOAD": str(BUILD / "tests" / "support" / "libfake-clock.so"),
            # The library comes before that of the sanitizer.
            "ASAN_OPTIONS": f"{options}:verify_asan_link_order=0",
            # The computer is online, whatever network the tests run in.
            "GIO_USE_NETWORK_MONITOR": "base",
        }
        self.environment.update(variables)
        self.pass_on(**variables)

    def set_clock(self, seconds: int) -> None:
        """Put it forward by so much."""
        with open(self.clock_path, "r+b" if os.path.exists(self.clock_path) else "w+b") as file:
            file.write(struct.pack("=q", seconds))


class ClockTest(ServiceCase):
    """With a service that runs while the clock is set."""

    session_type = ClockSession
    session: ClockSession

    def setUp(self) -> None:
        super().setUp()
        self.session.set_clock(0)
        self.changes: list[dict[str, Any]] = []

    def listen(self, client: Client, path: str) -> None:
        """Hear what an object becomes."""
        client.connection.signal_subscribe(
            None,
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            path,
            None,
            0,
            lambda *arguments: self.changes.append(arguments[5].unpack()[1]),
        )

    def wait_for_status(self, status: str) -> None:
        """Until it is what was told last."""

        def get_last() -> Optional[str]:
            told = [change["Status"] for change in self.changes if "Status" in change]
            return told[-1] if told else None

        run_until(lambda: get_last() == status, f"the status {status}")

    def test_told_at_once(self) -> None:
        name = self.sign_in()
        path = self.get_path(name)
        identifier = self.show(name)["id"]
        with FakePerson(self.session) as person:
            self.listen(self.client, path)
            self.client.get_objects()
            end = int(time.time()) + HOUR // 2
            self.change_row(name, renewable=0, expires_at=end)
            run_until(
                lambda: any(change.get("ExpiresAt") == end for change in self.changes), "the end"
            )
            # Nobody asks meanwhile: an hour and more have passed in the computer's sleep.
            self.session.set_clock(2 * HOUR)
            self.wait_for_status("expired")
            run_until(lambda: ("Notify", identifier) in person.calls, "what the person is told")
            # It was set to the wrong day, and is set back.
            self.session.set_clock(0)
            self.wait_for_status("authorized")
            run_until(lambda: ("Withdraw", identifier) in person.calls, "that it is taken back")
            self.assertEqual(person.count("Notify"), 1)

    def test_renewed_when_somebody_asks(self) -> None:
        name = self.sign_in()
        before = self.client.call("GetAccessToken", name)[0]
        self.assertEqual(self.client.call("GetAccessToken", name)[0], before)
        self.assertEqual(self.count_tokens(), 0)
        self.session.set_clock(2 * HOUR)
        token = self.client.call("GetAccessToken", name)[0]
        self.assertNotEqual(token, before)
        self.assertEqual(self.count_tokens(), 1)
        # The command line sees the same clock, and what was renewed is good by it.
        self.assertEqual(self.lanyard("token", name), token)
        self.session.set_clock(4 * HOUR)
        self.assertNotEqual(self.lanyard("token", name), token)
        self.assertEqual(self.count_tokens(), 2)


if __name__ == "__main__":
    main()
