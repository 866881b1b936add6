#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate: what sandboxed apps get and see, and those who claim to be another."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any

import raw_bus
from gi.repository import GLib
from service_session import (
    ERROR,
    NAME,
    ROOT,
    SERVICE,
    Client,
    Failure,
    ServiceCase,
    main,
    run_until,
)

from fake_person import FakePerson
from sandbox import Sandbox, can_sandbox, make_info

APP = "org.example.Calendar"
OTHER_APP = "org.example.Mail"


class GateCase(ServiceCase):
    """With a person who is asked."""

    @classmethod
    def setUpClass(cls) -> None:
        if not can_sandbox():
            raise unittest.SkipTest("bubblewrap does not work here")
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
        self.person = FakePerson(self.session)
        self.person.__enter__()
        self.addCleanup(self.person.__exit__)
        # The gate remembers for a while what was dismissed; each case has an authorization of its own.
        self.name = self.add_key("planted-gate-key")
        self.query("DELETE FROM permission")
        self.uuid = self.show(self.name)["id"]
        self.path = f"{ROOT}/{self.uuid.replace('-', '_')}"

    def start_app(self, app_id: str = APP, **options: Any) -> Sandbox:
        """A program in a sandbox."""
        app = Sandbox(self.session, app_id, **options)
        self.addCleanup(app.close)
        return app

    def query(self, sql: str, *values: Any) -> list[Any]:
        """Ask or change the database, as another program would."""
        folder = Path(self.session.environment["XDG_DATA_HOME"])
        database = sqlite3.connect(folder / "lanyard" / "lanyard.db", timeout=20)
        with contextlib.closing(database), database:
            return database.execute(sql, values).fetchall()

    def get_verdicts(self) -> list[Any]:
        """What is kept about this authorization."""
        return self.query(
            "SELECT app_id, verdict FROM permission WHERE authorization_id = ?", self.uuid
        )

    def assert_denied(self, app: Sandbox, name: str) -> None:
        """Nothing is given."""
        with self.fails("Denied"):
            app.get_token(name)


class AnswerTest(GateCase):
    """What the person says."""

    def test_no(self) -> None:
        app = self.start_app()
        self.assert_denied(app, self.name)
        self.assert_denied(app, self.name)
        app.reconnect()
        self.assert_denied(app, self.uuid)
        self.assertEqual(self.person.calls, [("AskAccess", APP, self.uuid)])
        self.assertEqual(self.get_verdicts(), [(APP, "no")])
        self.assertEqual(app.get_objects(), {})

    def test_once(self) -> None:
        self.person.answer = "once"
        app = self.start_app()
        self.assertEqual(app.get_token(self.name), "planted-gate-key")
        self.assertEqual(self.get_verdicts(), [])
        self.assertEqual(app.get_objects(), {})
        self.person.answer = "no"
        self.assert_denied(app, self.name)

    def test_always(self) -> None:
        self.person.answer = "always"
        app = self.start_app()
        self.assertEqual(app.get_token(self.name), "planted-gate-key")
        self.assertEqual(app.get_token(self.uuid), "planted-gate-key")
        self.assertEqual(self.person.count("AskAccess"), 1)
        self.assertEqual(self.get_verdicts(), [(APP, "always")])
        self.assertEqual(list(app.get_objects()), [self.path])
        self.assertEqual(app.get_properties(self.path)["Name"], self.name)
        # It is given to this app alone.
        self.person.answer = "no"
        self.assert_denied(self.start_app(OTHER_APP), self.name)

    def test_last_use(self) -> None:
        self.person.answer = "always"
        app = self.start_app()
        app.get_token(self.name)
        ((used_at,),) = self.query(
            "SELECT used_at FROM permission WHERE authorization_id = ?", self.uuid
        )
        self.assertLessEqual(abs(used_at - time.time()), 10)

    def test_taken_back(self) -> None:
        self.person.answer = "always"
        app = self.start_app()
        app.get_token(self.name)
        self.assertEqual(list(app.get_objects()), [self.path])
        # As the editor does.
        self.query("DELETE FROM permission WHERE authorization_id = ?", self.uuid)
        run_until(lambda: app.signals, "the signal")
        self.assertEqual(app.signals[0][1], "InterfacesRemoved")
        self.person.answer = "no"
        self.assert_denied(app, self.name)
        with self.assertRaises(Failure):
            app.get_properties(self.path)

    def test_dismissed(self) -> None:
        self.person.answer = "dismissed"
        app = self.start_app()
        self.assert_denied(app, self.name)
        self.assertEqual(self.get_verdicts(), [])
        # An app that asks in a loop does not nag.
        self.assert_denied(app, self.name)
        self.assertEqual(self.person.count("AskAccess"), 1)

    def test_nonsense(self) -> None:
        for answer in ("", "yes", "ALWAYS", "always\n"):
            self.person.answer = answer
            with self.subTest(answer):
                self.assert_denied(self.start_app("org.example.App" + str(len(answer))), self.name)
        self.assertEqual(self.get_verdicts(), [])

    def test_nobody_to_ask(self) -> None:
        self.person.error = "org.freedesktop.DBus.Error.ServiceUnknown"
        self.assert_denied(self.start_app(), self.name)
        self.assertEqual(self.get_verdicts(), [])


class QuestionTest(GateCase):
    """Questions that wait."""

    def setUp(self) -> None:
        super().setUp()
        self.person.answer = None

    def wait_for_questions(self, number: int) -> None:
        """Until the person sees as many questions."""
        run_until(lambda: self.person.count("AskAccess") == number, f"{number} questions")

    def test_joined(self) -> None:
        apps = [self.start_app() for _program in range(3)]
        for app in apps:
            app.send_token(self.name)
            app.send_token(self.name)
        self.wait_for_questions(1)
        time.sleep(0.3)
        self.person.answer_all("once")
        for app in apps:
            for _call in range(2):
                self.assertEqual(app.receive()[0], "planted-gate-key")
        self.assertEqual(self.person.count("AskAccess"), 1)

    def test_one_at_a_time(self) -> None:
        second = self.add_key("second-key")
        app, other = self.start_app(), self.start_app(OTHER_APP)
        app.send_token(self.name)
        self.wait_for_questions(1)
        app.send_token(second)
        other.send_token(second)
        self.wait_for_questions(2)
        time.sleep(0.3)
        self.assertEqual([call[1] for call in self.person.calls], [APP, OTHER_APP])
        self.person.answer_all("no")
        self.wait_for_questions(3)
        self.person.answer_all("once")
        with self.fails("Denied"):
            app.receive()
        self.assertEqual(app.receive()[0], "second-key")

    def test_leaving(self) -> None:
        app = self.start_app()
        app.send_token(self.name)
        self.wait_for_questions(1)
        app.close()
        run_until(lambda: self.person.count("CancelAsk"), "the end of the question")
        self.assertEqual(self.person.calls[-1], ("CancelAsk", APP, self.uuid))
        # An answer that comes too late decides nothing.
        self.person.answer_all("always")
        time.sleep(0.3)
        self.assertEqual(self.get_verdicts(), [])

    def test_one_of_two_leaves(self) -> None:
        leaving, staying = self.start_app(), self.start_app()
        for app in (leaving, staying):
            app.send_token(self.name)
        self.wait_for_questions(1)
        time.sleep(0.3)
        leaving.close()
        time.sleep(0.3)
        self.assertEqual(self.person.count("CancelAsk"), 0)
        self.person.answer_all("once")
        self.assertEqual(staying.receive()[0], "planted-gate-key")

    def test_deactivated_meanwhile(self) -> None:
        app = self.start_app()
        app.send_token(self.name)
        self.wait_for_questions(1)
        self.lanyard("deactivate", self.name)
        self.person.answer_all("once")
        with self.fails("Inactive"):
            app.receive()


class SightTest(GateCase):
    """What an app that was given nothing, or something, learns."""

    def test_nothing(self) -> None:
        app = self.start_app()
        self.assertEqual(app.get_objects(), {})
        with self.assertRaises(Failure) as hidden:
            app.get_properties(self.path)
        with self.assertRaises(Failure) as absent:
            app.get_properties(ROOT + "/00000000_0000_4000_8000_000000000000")
        self.assertEqual(hidden.exception.name, absent.exception.name)
        app.send(ROOT, "org.freedesktop.DBus.Introspectable", "Introspect", "")
        self.assertNotIn(self.path.rpartition("/")[2], app.receive()[0])

    def test_guesses(self) -> None:
        app = self.start_app()
        with self.assertRaises(Failure) as denied:
            app.get_token(self.name)
        for guess in ("Nobody", self.uuid[:8], self.uuid[:20].upper(), "", "%"):
            with self.subTest(guess), self.assertRaises(Failure) as caught:
                app.get_token(guess)
            self.assertEqual(str(caught.exception), str(denied.exception))
        self.assertEqual(self.person.count("AskAccess"), 1)

    def test_no_revoking(self) -> None:
        self.person.answer = "always"
        app = self.start_app()
        app.get_token(self.name)
        app.send(ROOT, SERVICE, "Revoke", "(sa{sv})", self.name, {})
        with self.fails("Denied"):
            app.receive()
        self.assertEqual(self.show(self.name)["status"], "authorized")

    def test_every_method(self) -> None:
        arguments = {
            "GetAccessToken": ("(sa{sv})",),
            "GetHeaders": ("(sssa{sv})", "GET", "https://api.example.org/"),
            "SignRequest": ("(sssa(ss)aya{sv})", "GET", "https://api.example.org/", [], []),
            "Test": ("(sa{sv})",),
            "Refresh": ("(sa{sv})",),
            "Revoke": ("(sa{sv})",),
            "RequestAuthorization": ("(sa{sv})",),
        }
        app = self.start_app()
        for method, (signature, *rest) in arguments.items():
            app.send(ROOT, SERVICE, method, signature, self.name, *rest, {})
            with self.subTest(method), self.fails("Denied"):
                app.receive()
        self.assertEqual(self.person.count("Authorize"), 0)

    def test_signals(self) -> None:
        self.person.answer = "always"
        app = self.start_app()
        self.assertEqual(app.get_objects(), {})
        other = self.add_key()
        self.lanyard("deactivate", other)
        app.get_token(self.name)
        run_until(lambda: app.signals, "a signal")
        path, name, values = app.signals[0]
        self.assertEqual((path, name, values[0]), (ROOT, "InterfacesAdded", self.path))
        self.lanyard("deactivate", other)
        self.lanyard("deactivate", self.name)
        run_until(lambda: len(app.signals) > 1, "another signal")
        self.assertEqual(app.signals[1][:2], [self.path, "PropertiesChanged"])
        self.assertNotIn(self.show(other)["id"].replace("-", "_"), str(app.signals))


class ForgeryTest(GateCase):
    """Those who say that they are another."""

    def setUp(self) -> None:
        super().setUp()
        # This app has something worth stealing.
        self.person.answer = "always"
        self.start_app().get_token(self.name)
        self.person.answer = "no"

    def assert_refused(self, app: Sandbox) -> None:
        """Nothing is given, and nobody is asked."""
        before = len(self.person.calls)
        with self.fails("UnknownCaller"):
            app.get_token(self.name)
        with self.fails("UnknownCaller"):
            app.get_objects()
        self.assertEqual(len(self.person.calls), before)

    def test_without_info(self) -> None:
        self.assert_refused(self.start_app(info=""))

    def test_info_that_flatpak_did_not_write(self) -> None:
        self.assert_refused(self.start_app(is_known=False))

    def test_name_of_another(self) -> None:
        self.assert_refused(self.start_app(known_id=OTHER_APP))

    def test_broken_info(self) -> None:
        number = str(Sandbox.number + 1)
        for info in (
            "rubbish",
            "[Application]\n",
            make_info("Calendar", number),
            make_info("org.Calendar", number),
            make_info("", number),
            make_info(APP + "/../x", number),
            make_info(APP, "../" + number),
            make_info(APP, ""),
            f"[Runtime]\nname={APP}\n[Instance]\ninstance-id={number}\n",
            "[Application]\n" + "#" * 70000 + "\n" + make_info(APP, number),
        ):
            with self.subTest(info[:40]):
                self.assert_refused(self.start_app(info=info))

    def test_link_to_info(self) -> None:
        with tempfile.NamedTemporaryFile("w", dir=self.session.root) as file:
            file.write(make_info(APP, "1"))
            file.flush()
            options = ("--ro-bind", file.name, "/info", "--symlink", "/info", "/.flatpak-info")
            self.assert_refused(self.start_app(info="", options=options))

    def test_sandbox_within(self) -> None:
        # A sandboxed program that hides where it is: its new root has no file.
        options = ("--tmpfs", "/empty", "bwrap", "--die-with-parent", "--tmpfs", "/")
        options += ("--ro-bind", "/usr", "/usr", "--proc", "/proc")
        options += ("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64")
        options += ("--symlink", "usr/bin", "/bin", "--dev", "/dev")
        here = str(Path(__file__).resolve().parent)
        options += ("--ro-bind", here, here)
        runtime = self.session.environment["XDG_RUNTIME_DIR"]
        options += ("--ro-bind", runtime, runtime)
        try:
            app = self.start_app(options=options)
        except Exception as error:  # pylint: disable=broad-except
            self.skipTest(f"no sandbox within a sandbox: {error}")
        self.assert_refused(app)

    def test_claims_outside(self) -> None:
        # Whoever is in no sandbox stays what it is, whatever lies around.
        folder = self.session.environment["HOME"]
        Path(folder, ".flatpak-info").write_text(make_info(OTHER_APP, "1"), encoding="utf-8")
        before = os.getcwd()
        os.chdir(folder)
        self.addCleanup(os.chdir, before)
        client = Client(self.session)
        self.addCleanup(client.close)
        self.assertEqual(client.call("GetAccessToken", self.name)[0], "planted-gate-key")
        self.assertIn(self.path, client.get_objects())

    def test_answers_itself(self) -> None:
        # Whoever gets hold of the name of the windows is asked about others, and about itself.
        self.person.leave()
        thief = self.start_app(OTHER_APP)
        self.assertTrue(thief.play_person("always"))
        self.assert_denied(thief, self.name)
        self.assert_denied(self.start_app("org.example.Notes"), self.name)
        self.assertEqual(self.get_verdicts(), [(APP, "always")])

    def get_token_raw(self, connection: socket.socket) -> Any:
        """GetAccessToken; the name of the error."""
        raw_bus.say_hello(connection)
        parameters = GLib.Variant("(sa{sv})", (self.name, {}))
        return raw_bus.call(connection, NAME, ROOT, SERVICE, "GetAccessToken", parameters)

    def test_through_a_proxy(self) -> None:
        # As each Flatpak is: the proxy is who is on the bus, and the proxy is in a sandbox.
        folder = tempfile.mkdtemp(dir=self.session.root)
        proxy = self.start_app(OTHER_APP, options=("--bind", folder, folder))
        proxy.relay(folder + "/bus")
        with raw_bus.authenticate("unix:path=" + folder + "/bus") as connection:
            self.assertEqual(self.get_token_raw(connection), ERROR + "Denied")
        self.assertEqual(self.person.calls[-1], ("AskAccess", OTHER_APP, self.uuid))

    def test_maker_is_gone(self) -> None:
        # Whose process ended is nobody, whoever has its connection now.
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            made = raw_bus.authenticate(self.session.environment["DBUS_SESSION_BUS_ADDRESS"])
            socket.send_fds(theirs, [b"x"], [made.fileno()])
            os._exit(0)
        os.waitpid(child, 0)
        with ours, theirs:
            _data, fds, _flags, _from = socket.recv_fds(ours, 1, 1)
        with socket.socket(fileno=fds[0]) as connection:
            connection.settimeout(raw_bus.PATIENCE)
            self.assertEqual(self.get_token_raw(connection), ERROR + "UnknownCaller")

    def test_option_is_no_identity(self) -> None:
        app = self.start_app(OTHER_APP)
        app.send(ROOT, SERVICE, "GetAccessToken", "(sa{sv})", self.name, {})
        with self.fails("Denied"):
            app.receive()
        self.assertEqual(self.person.calls[-1], ("AskAccess", OTHER_APP, self.uuid))


if __name__ == "__main__":
    main()
