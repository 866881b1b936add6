#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sandboxed app asks the service, the service asks the person, and the person answers.

All of it is real: the sandbox, the service and the windows, both started by the bus, and what is
pressed in the windows.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from desktop import wait_until
from harness import APP_ID, DEMO_PROVIDER, SKIPPED, Activated, Program, UiTestCase, Widget, main

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))
# pylint: disable=wrong-import-position
from sandbox import ERROR, ROOT, SERVICE, Failure, Sandbox, can_sandbox  # noqa: E402

BROWSER = Path(__file__).parent / "browser.py"
APP = "org.example.Calendar"
OTHER_APP = "org.example.Mail"
THIRD_APP = "org.example.Notes"
# How long nothing must happen for it to count as nothing.
QUIET = 0.5


class TestAccess(UiTestCase):
    """Each test has a new person, and programs that the bus has yet to start."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # What the bus starts has the environment that the bus has.
        schemas = os.environ["LANYARD_SCHEMAS"]
        cls.service = ["env", f"GSETTINGS_SCHEMA_DIR={schemas}", os.environ["LANYARD_SERVICE"]]
        cls.windows = ["env", f"GSETTINGS_SCHEMA_DIR={schemas}",
                       f"DISPLAY={cls.session.environment['DISPLAY']}", os.environ["LANYARD_GTK"],
                       "--gapplication-service"]
        cls.session.write_service(APP_ID + ".Service", cls.service, "lanyard-service")

    def setUp(self) -> None:
        super().setUp()
        self.session.write_service(APP_ID, self.windows, "lanyard-gtk")
        self.addCleanup(self.end_programs)
        self.key = self.add("Mail", "planted-key")

    def end_programs(self) -> None:
        """Ends what the bus started, so that the next person's is new."""
        for name in (APP_ID + ".Service", APP_ID):
            pid = self.session.find_process(name)
            if pid != 0:
                os.kill(pid, signal.SIGKILL)
            wait_until(lambda name=name: self.session.find_process(name) == 0, f"the end of {name}")
        self.check_log(self.take_log())

    def add(self, name: str, key: str) -> str:
        """An authorization that hands out a key."""
        self.lanyard("add", "--name", name, "--type", "api-key", "--secret", "api_key",
                     input=key + "\n")
        return key

    def start_app(self, app_id: str = APP) -> Sandbox:
        """A program in a sandbox."""
        app = Sandbox(self.session, app_id)
        self.addCleanup(app.close)
        return app

    def find_windows(self) -> Program:
        """The windows, once the bus has started them."""
        pid = wait_until(lambda: self.session.find_process(APP_ID), "the windows on the bus")
        return Program(self.session, Activated(pid))

    def find_question(self, app_id: str, name: str = "Mail") -> Widget:
        """What the person is asked."""
        dialog = self.find_windows().window(re.compile(f"^Let “{app_id}” Use “{name}”"))
        dialog.find("label", re.compile(app_id))
        return dialog

    def count_questions(self) -> int:
        """How many dialogs there are."""
        application = self.find_windows().find_application()
        return len([w for w in application.children() if w.matches("dialog")]) if application else 0

    def answer(self, dialog: Widget, button: str) -> None:
        """Presses a button as soon as it can be pressed; the dialog goes."""
        widget = dialog.find("button", button)
        wait_until(lambda: widget.has_state("sensitive"), f"{button} to be sensitive")
        name = dialog.name
        widget.press()
        wait_until(lambda: not [w for w in dialog.program.find_application().children()
                                if w.name == name], "the dialog to go")

    def ask(self, app: Sandbox, button: str, name: str = "Mail") -> None:
        """The app asks, the person answers."""
        app.send_token(name)
        self.answer(self.find_question(APP, name), button)

    def assert_denied(self, app: Sandbox) -> None:
        """The answer to what was asked is no."""
        with self.assertRaises(Failure) as caught:
            app.receive()
        self.assertEqual(caught.exception.name, ERROR + "Denied")
        self.assertIn(APP, caught.exception.message)

    def get_verdicts(self) -> list[Any]:
        """What is kept."""
        path = self.session.directory / "data" / "lanyard" / "lanyard.db"
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as database:
            return database.execute("SELECT app_id, verdict FROM permission").fetchall()

    def open_editor(self, name: str) -> Widget:
        """Opens an authorization, as the desktop's search does."""
        identifier = json.loads(self.lanyard("show", name, "--json"))["id"]
        windows = self.find_windows()
        self.session.call(APP_ID, "/" + APP_ID.replace(".", "/"), "org.gtk.Actions.Activate",
                          "open-authorization", f"[<'{identifier}'>]", "{}")
        return windows.window(name)

    def test_once_and_no(self) -> None:
        app = self.start_app()
        for _time in range(2):
            self.ask(app, "Allow Once")
            self.assertEqual(app.receive()[0], self.key)
        self.assertEqual(self.get_verdicts(), [])
        self.assertEqual(app.get_objects(), {})

        self.ask(app, "Don't Allow")
        self.assert_denied(app)
        # Neither this program nor another one of the same app makes it come up again.
        for program in (app, self.start_app()):
            program.send_token("Mail")
            self.assert_denied(program)
        self.assertEqual(self.count_questions(), 0)
        self.assertEqual(self.get_verdicts(), [(APP, "no")])
        editor = self.open_editor("Mail")
        editor.find("label", "Refused")

    def test_always_until_taken_back(self) -> None:
        app = self.start_app()
        self.ask(app, "Always Allow")
        self.assertEqual(app.receive()[0], self.key)
        self.assertEqual(self.start_app().get_token("Mail"), self.key)
        self.assertEqual(self.count_questions(), 0)
        self.assertEqual(len(app.get_objects()), 1)

        editor = self.open_editor("Mail")
        editor.find("label", "Apps with Access")
        editor.find("label", APP)
        editor.find("label", "Allowed, used just now")
        editor.find("button", f"Remove “{APP}”").press()
        editor.find("label", f"“{APP}” has to ask again")
        wait_until(lambda: app.signals, "the app to be told")
        self.assertEqual(app.get_objects(), {})
        self.ask(app, "Don't Allow")
        self.assert_denied(app)
        editor.find("label", "Refused")

    def test_not_answered(self) -> None:
        app = self.start_app()
        app.send_token("Mail")
        self.find_question(APP)
        app.close()
        wait_until(lambda: self.count_questions() == 0, "the dialog to go")
        # It was not refused: the next one is asked about at once.
        app = self.start_app()
        app.send_token("Mail")
        dialog = self.find_question(APP)
        dialog.program.focus("Let .*")
        dialog.program.key("Escape")
        self.assert_denied(app)
        self.assertEqual(self.get_verdicts(), [])

    def test_one_at_a_time(self) -> None:
        apps = [self.start_app(app_id) for app_id in (APP, THIRD_APP, OTHER_APP)]
        apps[0].send_token("Mail")
        dialog = self.find_question(APP)
        once = dialog.find("button", "Allow Once")
        wait_until(lambda: once.has_state("sensitive"), "the moment to pass")
        apps[1].send_token("Mail")
        apps[2].send_token("Mail")
        time.sleep(QUIET)
        self.assertEqual(self.count_questions(), 1)
        # Who leaves while it waits is never asked about.
        apps[1].close()
        time.sleep(QUIET)
        self.answer(dialog, "Allow Once")
        self.assertEqual(apps[0].receive()[0], self.key)
        self.answer(self.find_question(OTHER_APP), "Always Allow")
        self.assertEqual(apps[2].receive()[0], self.key)
        self.assertEqual(self.count_questions(), 0)
        self.assertEqual(self.get_verdicts(), [(OTHER_APP, "always")])

    def test_no_windows(self) -> None:
        app = self.start_app()
        app.send_token("Mail")
        self.find_question(APP)
        os.kill(self.session.find_process(APP_ID), signal.SIGKILL)
        self.assert_denied(app)
        # What else it asks for, new windows ask about.
        key = self.add("Calendar", "another-key")
        self.ask(app, "Allow Once", "Calendar")
        self.assertEqual(app.receive()[0], key)

        # Where they are not installed, nobody is asked, and nothing is given.
        self.session.write_service(APP_ID)
        os.kill(self.session.find_process(APP_ID), signal.SIGKILL)
        wait_until(lambda: self.session.find_process(APP_ID) == 0, "the end of the windows")
        app.send_token("Calendar")
        self.assert_denied(app)
        self.assertEqual(self.get_verdicts(), [])

    def list_provider(self) -> None:
        """The demo provider, which lets only browsers in, and a browser with a person in it."""
        config = self.session.directory / "config"
        address = self.start_demo_provider()
        text = (DEMO_PROVIDER.parent / "demo.json").read_text(encoding="utf-8")
        provider = json.loads(text.replace("@PORT@", address.rsplit(":", 1)[1]))
        provider["methods"][0]["redirect"] = {"embedded": False}
        folder = config / "lanyard" / "providers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "demo.json").write_text(json.dumps(provider), encoding="utf-8")
        folder = self.session.directory / "data" / "applications"
        folder.mkdir(parents=True)
        (folder / "browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Browser\nExec={BROWSER} %u\n"
            "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n", encoding="utf-8")
        (config / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=browser.desktop\n"
            "x-scheme-handler/https=browser.desktop\n", encoding="utf-8")

    def test_sign_in(self) -> None:
        """What the app may use, but nobody has signed in to: the windows see to that."""
        self.list_provider()
        self.lanyard("add", "--name", "Demo", "--provider", "demo")
        app = self.start_app()
        app.send(ROOT, SERVICE, "RequestAuthorization", "(sa{sv})", "Demo", {})
        self.answer(self.find_question(APP, "Demo"), "Always Allow")
        self.assertEqual(app.receive(), [])
        token = app.get_token("Demo")
        self.assertEqual(token, self.lanyard("token", "Demo").strip())
        (path,) = app.get_objects()
        self.assertEqual(app.get_properties(path)["Status"], "authorized")


if __name__ == "__main__":
    if not can_sandbox():
        print("bubblewrap does not work here")
        sys.exit(SKIPPED)
    main()
