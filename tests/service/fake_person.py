# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In place of the windows: owns their name, and answers as a test wants."""

from __future__ import annotations

import threading
from typing import Any, Optional

from gi.repository import Gio, GLib
from service_session import APP_ID, DATA, PERSON_PATH, Client, ServiceSession


class FakePerson:
    """A person who answers; in a thread, so that a test can wait for a method meanwhile."""

    def __init__(self, session: ServiceSession) -> None:
        self.session = session
        self.calls: list[tuple[str, ...]] = []
        # What AskAccess answers; None lets the question wait.
        self.answer: Optional[str] = "no"
        # The name of an error that everything answers.
        self.error: Optional[str] = None
        self._waiting: list[Gio.DBusMethodInvocation] = []
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> FakePerson:
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, *_arguments: object) -> None:
        self.do(self._loop.quit)
        self._thread.join()

    def do(self, action: Any, *arguments: Any) -> None:
        """Do something in the thread, and wait until it is done."""
        done = threading.Event()

        def run() -> bool:
            action(*arguments)
            done.set()
            return False

        source = GLib.idle_source_new()
        source.set_callback(lambda _data: run())
        source.attach(self._context)
        assert done.wait(20)

    def answer_all(self, answer: str) -> None:
        """Answer the questions that wait, as one does who clicks."""

        def reply() -> None:
            for invocation in self._waiting:
                invocation.return_value(GLib.Variant("(s)", (answer,)))
            self._waiting.clear()

        self.do(reply)

    def count(self, method: str) -> int:
        """How often a method was called."""
        return len([call for call in self.calls if call[0] == method])

    def _run(self) -> None:
        self._context = GLib.MainContext()
        self._context.push_thread_default()
        self._loop = GLib.MainLoop(self._context)
        client = Client(self.session)
        xml = (DATA / (APP_ID + ".Person.xml")).read_text(encoding="utf-8")
        info = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        client.connection.register_object(PERSON_PATH, info, self._call, None, None)
        client.call_object(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "RequestName",
            GLib.Variant("(su)", (APP_ID, 4)),
        )
        self._ready.set()
        self._loop.run()
        client.close()
        self._context.pop_thread_default()

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
