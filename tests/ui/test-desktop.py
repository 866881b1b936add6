#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rest of the desktop asks of the windows over the bus: the service, notifications, search."""

from __future__ import annotations

import json
import re
from typing import Any, Optional

from gi.repository import Gio, GLib

from desktop import wait_until
from harness import APP_ID, UiTestCase, Widget, main

SERVICE = APP_ID + ".Service"
PERSON = ("/io/github/lanyard/Lanyard/Person", APP_ID + ".Person1")
SEARCH = ("/io/github/lanyard/Lanyard/SearchProvider", "org.gnome.Shell.SearchProvider2")
NOTIFICATIONS = """<node><interface name='org.freedesktop.Notifications'>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>
<arg type='u' direction='out'/></method>
<method name='CloseNotification'><arg type='u' direction='in'/></method>
<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
</interface></node>"""


def spin() -> None:
    """Let what has come over the bus be handled."""
    while GLib.MainContext.default().iteration(False):
        pass


class Peer:
    """Another program on the session's bus."""

    def __init__(self, address: str, name: Optional[str] = None) -> None:
        flags = (
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        )
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        if name is not None:
            self.call_bus("RequestName", GLib.Variant("(su)", (name, 0)))

    def call_bus(self, method: str, parameters: GLib.Variant) -> GLib.Variant:
        """Ask the bus itself."""
        bus = "org.freedesktop.DBus"
        return self.connection.call_sync(
            bus, "/org/freedesktop/DBus", bus, method, parameters, None, 0, -1, None
        )

    def start(self, target: tuple[str, str], method: str, *arguments: GLib.Variant) -> list[Any]:
        """Call a method; the answer, or the name of its error, is put into what is returned."""
        answer: list[Any] = []

        def done(connection: Gio.DBusConnection, result: Gio.AsyncResult) -> None:
            try:
                answer.append(connection.call_finish(result).unpack())
            except GLib.Error as error:
                answer.append(Gio.dbus_error_get_remote_error(error))

        self.connection.call(
            APP_ID, *target, method, GLib.Variant.new_tuple(*arguments), None, 0, -1, None, done
        )
        return answer

    def call(self, target: tuple[str, str], method: str, *arguments: GLib.Variant) -> Any:
        """Call a method and wait for the answer."""
        return wait_answer(self.start(target, method, *arguments))

    def close(self) -> None:
        """Leave the bus."""
        self.connection.close_sync(None)


def wait_answer(answer: list[Any]) -> Any:
    """The answer of a call."""

    def is_there() -> bool:
        spin()
        return bool(answer)

    wait_until(is_there, "the answer")
    return answer[0]


def text(value: str) -> GLib.Variant:
    """A text as an argument."""
    return GLib.Variant("s", value)


def texts(*values: str) -> GLib.Variant:
    """A list of texts as an argument."""
    return GLib.Variant("as", values)


class TestDesktop(UiTestCase):
    """The program as the bus starts it, without a window."""

    def setUp(self) -> None:
        super().setUp()
        self.start_program("--gapplication-service")
        self.address = self.session.environment["DBUS_SESSION_BUS_ADDRESS"]
        self.service = self.join(SERVICE)
        wait_until(self.is_running, "the program on the bus")

    def join(self, name: Optional[str] = None) -> Peer:
        """Somebody on the bus."""
        peer = Peer(self.address, name)
        self.addCleanup(peer.close)
        return peer

    def is_running(self) -> bool:
        """Whether the program has its name."""
        answer = self.service.call_bus("NameHasOwner", GLib.Variant("(s)", (APP_ID,)))
        return bool(answer.unpack()[0])

    def add(self, name: str, key: Optional[str] = None) -> str:
        """An authorization; its id."""
        arguments = ["add", "--name", name, "--type", "api-key"]
        if key is None:
            self.lanyard(*arguments)
        else:
            self.lanyard(*arguments, "--secret", "api_key", input=key + "\n")
        return str(json.loads(self.lanyard("show", name, "--json"))["id"])

    def ask(self, identifier: str, app: str = "org.example.App") -> tuple[list[Any], Widget]:
        """The service asks; the dialog."""
        answer = self.service.start(PERSON, "AskAccess", text(app), text(identifier))
        dialog = self.programs[0].window(re.compile("^Let “"))
        return answer, dialog

    def answer(self, dialog: Widget, button: str) -> None:
        """Press a button as soon as it can be pressed."""
        widget = dialog.find("button", button)
        wait_until(lambda: widget.has_state("sensitive"), f"{button} to be sensitive")
        widget.press()

    def test_only_the_service_asks(self) -> None:
        identifier = self.add("Mail")
        stranger = self.join()
        denied = "org.freedesktop.DBus.Error.AccessDenied"
        for method, arguments in (
            ("AskAccess", (text("a.b.c"), text(identifier))),
            ("CancelAsk", (text("a.b.c"), text(identifier))),
            ("Authorize", (text(identifier),)),
            ("Notify", (text(identifier),)),
            ("Withdraw", (text(identifier),)),
        ):
            self.assertEqual(stranger.call(PERSON, method, *arguments), denied)
        missing = APP_ID + ".Error.NotFound"
        self.assertEqual(self.service.call(PERSON, "Notify", text("nothing")), missing)

    def test_answers(self) -> None:
        identifier = self.add("Mail")
        for button, expected in (
            ("Allow Once", "once"),
            ("Always Allow", "always"),
            ("Don’t Allow", "no"),
        ):
            answer, dialog = self.ask(identifier)
            self.assertFalse(answer)
            dialog.find("label", re.compile("org.example.App"))
            self.answer(dialog, button)
            self.assertEqual(wait_answer(answer), (expected,))
        answer, _ = self.ask(identifier)
        self.programs[0].focus("Let .*")
        self.programs[0].key("Escape")
        self.assertEqual(wait_answer(answer), ("dismissed",))

    def test_a_yes_takes_a_moment(self) -> None:
        identifier = self.add("Mail")
        answer, dialog = self.ask(identifier)
        once = dialog.find("button", "Allow Once")
        wait_until(lambda: once.has_state("sensitive"), "the moment to pass")
        self.answer(dialog, "Don’t Allow")
        self.assertEqual(wait_answer(answer), ("no",))

    def test_taken_back(self) -> None:
        identifier = self.add("Mail")
        answer, _ = self.ask(identifier)
        self.service.call(PERSON, "CancelAsk", text("org.example.Other"), text(identifier))
        self.assertFalse(answer)
        self.service.call(PERSON, "CancelAsk", text("org.example.App"), text(identifier))
        self.assertEqual(wait_answer(answer), ("dismissed",))

    def test_service_ends(self) -> None:
        identifier = self.add("Mail")
        service = Peer(self.address)
        self.service.call_bus("ReleaseName", GLib.Variant("(s)", (SERVICE,)))
        service.call_bus("RequestName", GLib.Variant("(su)", (SERVICE, 0)))
        service.start(PERSON, "AskAccess", text("a.b.c"), text(identifier))
        self.programs[0].window(re.compile("^Let “"))
        service.close()
        program = self.programs[0]
        wait_until(lambda: not program.find_application().search("dialog"), "the dialog to go")

    def test_authorize_opens_the_editor(self) -> None:
        identifier = self.add("Mail")
        answer = self.service.start(PERSON, "Authorize", text(identifier))
        self.programs[0].window(re.compile("Mail"))
        self.assertFalse(answer)
        self.lanyard("set", "Mail", "--secret", "api_key", input="secret\n")
        self.assertEqual(wait_answer(answer), ())
        # Now there is nothing that is missing.
        self.assertEqual(self.service.call(PERSON, "Authorize", text(identifier)), ())

    def test_authorize_is_stopped(self) -> None:
        identifier = self.add("Mail")
        answer = self.service.start(PERSON, "Authorize", text(identifier))
        self.programs[0].window(re.compile("Mail"))
        self.programs[0].focus("Mail.*")
        self.programs[0].key("ctrl+w")
        self.assertEqual(wait_answer(answer), APP_ID + ".Error.Cancelled")

    def test_notification(self) -> None:
        identifier = self.add("Mail")
        notified: list[tuple[Any, ...]] = []
        closed: list[int] = []

        def called(*arguments: Any) -> None:
            method, parameters, invocation = arguments[4:7]
            if method == "Notify":
                notified.append(parameters.unpack())
                invocation.return_value(GLib.Variant("(u)", (7,)))
            else:
                closed.append(parameters.unpack()[0])
                invocation.return_value(None)

        desktop = self.join("org.freedesktop.Notifications")
        info = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
        path = "/org/freedesktop/Notifications"
        desktop.connection.register_object(path, info, called, None, None)
        # The one that the session was started with has no notifications: it looks once.
        self.service.call(PERSON, "Notify", text(identifier))

        def is_notified() -> bool:
            spin()
            return bool(notified)

        wait_until(is_notified, "the notification")
        self.assertIn("Mail", notified[0][3])
        self.assertIn("Authorize", notified[0][5])
        self.service.call(PERSON, "Withdraw", text(identifier))

        def is_closed() -> bool:
            spin()
            return closed == [7]

        wait_until(is_closed, "the notification to be withdrawn")

    def test_open_at_once(self) -> None:
        # The list is there before what is added to it.
        self.service.call(SEARCH, "GetInitialResultSet", texts("mail"))
        for number in range(5):
            identifier = self.add(f"Mail {number}")
            self.service.call(
                SEARCH, "ActivateResult", text(identifier), texts("m"), GLib.Variant("u", 0)
            )
            self.programs[0].window(re.compile(f"Mail {number}"))

    def assert_told_of_missing(self, action: str) -> None:
        """Act on an authorization that is not there, and read why nothing opens."""
        path = "/" + APP_ID.replace(".", "/")
        self.session.call(APP_ID, path, "org.gtk.Actions.Activate", action, "[<'nothing'>]", "{}")
        window = self.programs[0].window()

        def is_told() -> bool:
            return any("id nothing" in widget.name for widget in window.walk())

        wait_until(is_told, "the sentence")

    def test_open_what_is_gone(self) -> None:
        self.assert_told_of_missing("open-authorization")

    def test_authorize_what_is_gone(self) -> None:
        self.assert_told_of_missing("authorize")

    def test_search(self) -> None:
        mail = self.add("Work Mail", "secret")
        self.add("Calendar")
        results = self.service.call(SEARCH, "GetInitialResultSet", texts("wORK", "mail"))
        self.assertEqual(results, ([mail],))
        for words in (("nothing",), ("",), ()):
            results = self.service.call(SEARCH, "GetInitialResultSet", texts(*words))
            self.assertEqual(results, ([],))
        narrowed = self.service.call(SEARCH, "GetSubsearchResultSet", texts(), texts("mail"))
        self.assertEqual(narrowed, ([],))
        (metas,) = self.service.call(SEARCH, "GetResultMetas", texts(mail, "gone"))
        self.assertEqual([meta["id"] for meta in metas], [mail])
        self.assertEqual(metas[0]["name"], "Work Mail")
        self.assertIn("Authorized", metas[0]["description"])
        self.service.call(SEARCH, "ActivateResult", text(mail), texts("w"), GLib.Variant("u", 0))
        self.programs[0].window(re.compile("Work Mail"))
        self.service.call(SEARCH, "LaunchSearch", texts("cal", "en"), GLib.Variant("u", 0))
        window = self.programs[0].window()
        wait_until(lambda: window.find("entry").text == "cal en", "the words in the search field")


if __name__ == "__main__":
    main()
