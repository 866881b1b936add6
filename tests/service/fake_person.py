# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In place of the windows: owns their name, and answers as a test wants."""

from __future__ import annotations

from typing import Any, Optional

from gi.repository import Gio, GLib
from service_session import APP_ID, DATA, PERSON_PATH, BusThread, Client, ServiceSession


class FakePerson(BusThread):
    """A person who answers."""

    def __init__(self, session: ServiceSession) -> None:
        super().__init__(session)
        self.calls: list[tuple[str, ...]] = []
        # What AskAccess answers; None lets the question wait.
        self.answer: Optional[str] = "no"
        # The name of an error that everything answers.
        self.error: Optional[str] = None
        self._waiting: list[Gio.DBusMethodInvocation] = []

    def answer_all(self, answer: str) -> None:
        """Answer the questions that wait, as one does who clicks."""

        def reply() -> None:
            for invocation in self._waiting:
                invocation.return_value(GLib.Variant("(s)", (answer,)))
            self._waiting.clear()

        self.do(reply)

    def leave(self) -> None:
        """Give the name away."""
        parameters = GLib.Variant("(s)", (APP_ID,))
        bus = "org.freedesktop.DBus"
        self.do(self.client.call_object, bus, "/org/freedesktop/DBus", bus, "ReleaseName", parameters)

    def count(self, method: str) -> int:
        """How often a method was called."""
        return len([call for call in self.calls if call[0] == method])

    def join(self, client: Client) -> None:
        xml = (DATA / (APP_ID + ".Person.xml")).read_text(encoding="utf-8")
        info = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        client.connection.register_object(PERSON_PATH, info, self._call, None, None)
        client.own_name(APP_ID)

    def _call(
        self,
        _connection: Gio.DBusConnection,
        _sender: str,
        _path: str,
        _interface: str,
        method: str,
        parameters: GLib.Variant,
        invocation: Gio.DBusMethodInvocation,
    ) -> None:
        self.calls.append((method, *parameters.unpack()))
        if self.error is not None:
            invocation.return_dbus_error(self.error, "the person did not want to")
        elif method != "AskAccess":
            invocation.return_value(None)
        elif self.answer is None:
            self._waiting.append(invocation)
        else:
            invocation.return_value(GLib.Variant("(s)", (self.answer,)))
