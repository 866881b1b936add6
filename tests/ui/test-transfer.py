#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes out of the windows and comes back: exports, imports, and the answers that apps got."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import time
from pathlib import Path
from typing import Optional

from desktop import wait_until
from harness import UiTestCase, Widget, main

PASSPHRASE = "correct horse battery"
SECRET = "planted-secret-0815"
SEALED_MAGIC = b"LANYARD-SEALED\n"


class TestTransfer(UiTestCase):
    """The real windows with a real keyring."""

    def add(self, name: str, secret: str = SECRET) -> str:
        """An authorization with a key; its id."""
        self.lanyard("add", "--name", name, "--type", "api-key", "--secret", "api_key",
                     input=secret + "\n")
        return self.show(name)["id"]

    def show(self, name: str) -> dict:
        """What the command line says of it."""
        return json.loads(self.lanyard("show", name, "--json"))

    def names(self) -> list[str]:
        """What there is."""
        found = json.loads(self.lanyard("list", "--all", "--json"))
        rows = found["authorizations"] if isinstance(found, dict) else found
        return sorted(row["name"] for row in rows)

    @property
    def file(self) -> Path:
        """Where exports go."""
        return self.session.directory / "home" / "out.lanyard"

    def open_menu(self, item: str) -> None:
        """The program's menu."""
        window = self.programs[-1].window()
        self.programs[-1].focus()
        self.programs[-1].key("F10")
        window.find("menu item", re.compile(item)).press()

    def choose_file(self, title: str, path: Path) -> None:
        """Enters a path in the file chooser."""
        program = self.programs[-1]
        if title == "Choose an Export":
            program.choose_file(title, path)
            return
        program.focus(title)
        time.sleep(0.5)
        program.key("ctrl+a")
        program.type(str(path))
        time.sleep(0.3)
        program.key("Return")

    def export_all(self, passphrase: Optional[str] = None) -> None:
        """Exports everything into the file."""
        self.open_menu("Export All")
        dialog = self.find_dialog("Export")
        if passphrase is not None:
            self.enter_passphrase(dialog, passphrase, passphrase)
        dialog.find("button", "Export…").press()
        self.choose_file("Save the Export", self.file)
        wait_until(self.file.exists, "the file")

    def find_dialog(self, title: str) -> Widget:
        """The window of an export or an import."""
        return self.programs[-1].window(title)

    def enter_passphrase(self, dialog: Widget, first: str, second: str) -> None:
        """Switches the secrets on and types the passphrase twice."""
        dialog.find("check box", "Include secrets").press()
        self.programs[-1].focus("Export")
        wait_until(lambda: dialog.find("entry").is_shown(), "the entries")
        self.type_over(first)
        self.programs[-1].key("Return")
        self.type_over(second)

    def type_over(self, text: str) -> None:
        """Types in place of what is entered."""
        self.programs[-1].key("ctrl+a")
        self.programs[-1].type(text)

    def open_import(self) -> Widget:
        """Imports the file; the dialog."""
        self.open_menu("Import")
        self.choose_file("Choose an Export", self.file)
        return self.find_dialog("Import")

    def test_without_secrets(self) -> None:
        self.add("Work")
        self.add("Home")
        self.start_window()
        self.export_all()
        text = self.file.read_text(encoding="utf-8")
        self.assertNotIn(SECRET, text)
        self.assertIn("Work", text)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        window = self.programs[0].window()
        window.find("label", re.compile("2 authorizations were exported to .*out.lanyard"))

        self.lanyard("remove", "Work")
        self.lanyard("remove", "Home")
        dialog = self.open_import()
        dialog.find("status bar", re.compile("no secrets"))
        dialog.find("button", "Import").press()
        window.find("label", "2 authorizations were imported")
        self.assertEqual(self.names(), ["Home", "Work"])
        self.assertNotEqual(self.show("Work")["status"], "authorized")

    def test_one_row(self) -> None:
        self.add("Work")
        self.add("Home")
        window = self.start_window()
        window.find("row", re.compile("^Work")).find("button", re.compile("More|Actions")).press()
        window.find("menu item", "Export…").press()
        dialog = self.find_dialog("Export")
        dialog.find("label", "Work")
        dialog.find("button", "Export…").press()
        self.choose_file("Save the Export", self.file)
        wait_until(self.file.exists, "the file")
        self.assertNotIn("Home", self.file.read_text(encoding="utf-8"))

    def test_what_is_wrong_with_a_passphrase(self) -> None:
        self.add("Work")
        self.start_window()
        self.open_menu("Export All")
        dialog = self.find_dialog("Export")
        self.enter_passphrase(dialog, "short", "short")
        dialog.find("button", "Export…").press()
        dialog.find("label", re.compile("8 characters"))
        # The focus is where something is wrong.
        self.type_over(PASSPHRASE)
        dialog.wait_gone("label", re.compile("8 characters"))
        dialog.find("label", re.compile("not the same"))
        self.programs[0].key("Return")
        self.type_over(PASSPHRASE[:-1])
        dialog.wait_gone("label", re.compile("not the same"))
        dialog.find("button", "Export…").press()
        dialog.find("label", re.compile("not the same"))
        self.assertEqual([w.name for w in self.programs[0].find_application().children()
                          if w.matches("file chooser")], [])
        self.type_over(PASSPHRASE)
        dialog.wait_gone("label", re.compile("not the same"))
        self.assertFalse(self.file.exists())

    def test_with_secrets(self) -> None:
        identifier = self.add("Work")
        self.start_window()
        self.export_all(PASSPHRASE)
        wait_until(lambda: self.file.stat().st_size > 0, "the content")
        content = self.file.read_bytes()
        self.assertTrue(content.startswith(SEALED_MAGIC))
        self.assertNotIn(SECRET.encode(), content)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        self.assertEqual(os.listdir(self.file.parent).count(self.file.name), 1)

        self.lanyard("remove", "Work")
        dialog = self.open_import()
        program = self.programs[0]
        program.focus("Import")
        program.type("wrong passphrase")
        program.key("Return")
        dialog.find("label", re.compile("passphrase.*wrong|wrong.*passphrase|changed"))
        self.assertEqual(self.names(), [])
        # What was typed is selected: typing goes on in its place.
        program.type(PASSPHRASE)
        program.key("Return")
        dialog.find("status bar", re.compile("holds the secrets"))
        dialog.find("button", "Import").press()
        program.window().find("label", "1 authorization was imported")
        self.assertEqual(self.show("Work")["id"], identifier)
        self.assertEqual(self.lanyard("token", "Work").strip(), SECRET)

    def test_clashes(self) -> None:
        self.add("Work")
        self.add("Home")
        self.start_window()
        self.export_all(PASSPHRASE)
        wait_until(lambda: self.file.stat().st_size > 0, "the content")
        self.lanyard("set", "Work", "--secret", "api_key", input="changed\n")
        self.lanyard("set", "Home", "--secret", "api_key", input="changed\n")
        dialog = self.open_import()
        program = self.programs[0]
        program.focus("Import")
        program.type(PASSPHRASE)
        program.key("Return")
        dialog.find("label", re.compile("there already"))
        button = dialog.find("button", "Import")
        # Nothing that is there is touched unless the person says so.
        self.assertFalse(button.has_state("sensitive"))
        # The first row is Home, the second one Work.
        program.key("Down", "Return")
        wait_until(lambda: button.has_state("sensitive"), "the button")
        button.press()
        program.window().find("label", "1 authorization was imported")
        self.assertEqual(self.names(), ["Home", "Work", "Work 2"])
        self.assertEqual(self.lanyard("token", "Work 2").strip(), SECRET)
        self.assertEqual(self.lanyard("token", "Work").strip(), "changed")
        self.assertEqual(self.lanyard("token", "Home").strip(), "changed")

    def test_no_export(self) -> None:
        self.add("Work")
        self.file.write_text("this is no export\n", encoding="utf-8")
        self.start_window()
        self.open_menu("Import")
        self.choose_file("Choose an Export", self.file)
        program = self.programs[0]
        dialog = program.dialog("Could Not Open the Export")
        dialog.find("button", "Close").press()
        wait_until(lambda: [w.name for w in program.find_application().children()] == ["Lanyard"],
                   "the dialogs to go")
        self.assertEqual(self.names(), ["Work"])

    def test_apps_with_access(self) -> None:
        identifier = self.add("Work")
        path = next((self.session.directory / "data" / "lanyard").glob("*.sqlite*"), None)
        path = path or next((self.session.directory / "data" / "lanyard").glob("*.db"))
        database = sqlite3.connect(path)

        def decide(app: str, verdict: str) -> None:
            database.execute(
                "INSERT INTO permission (app_id, authorization_id, verdict, decided_at, used_at)"
                " VALUES (?, ?, ?, ?, ?)", (app, identifier, verdict, int(time.time()), 0))
            database.commit()

        def apps() -> list[str]:
            return [row[0] for row in database.execute("SELECT app_id FROM permission")]

        self.start_window()
        program = self.programs[0]
        program.window().find("row", re.compile("^Work"))
        program.focus()
        program.key("Down", "Down", "Return")
        editor = program.window("Work")
        self.assertEqual([w for w in editor.search("label", "Apps with Access") if w.is_shown()], [])
        decide("org.example.Mail", "always")
        decide("org.example.Nosy", "no")
        editor.find("label", "Apps with Access")
        editor.find("label", "Allowed, not used yet")
        editor.find("label", "Refused")
        editor.find("button", "Remove “org.example.Nosy”").press()
        wait_until(lambda: apps() == ["org.example.Mail"], "the answer to be taken back")
        editor.find("button", "Undo").press()
        wait_until(lambda: len(apps()) == 2, "the answer to be back")
        database.execute("DELETE FROM permission")
        database.commit()
        editor.wait_gone("label", "Apps with Access")
        database.close()


if __name__ == "__main__":
    main()
