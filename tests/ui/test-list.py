#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of authorizations, driven as a person does."""

from __future__ import annotations

import os
import re
import socket

from desktop import TooLate, wait_until
from harness import APP_ID, UiTestCase, Widget, main
from rows import copy_rows


class TestList(UiTestCase):
    """One window, from the empty list to the last row."""

    def add(self, name: str, provider: str = "github", *options: str) -> None:
        """Adds an authorization as the person does in a shell."""
        self.lanyard("add", "--name", name, "--provider", provider, *options)

    def row_names(self, window: Widget) -> list[str]:
        """The names of the rows that are shown, from top to bottom."""
        rows = [row for row in window.search("row") if row.is_shown()]
        rows.sort(key=lambda row: row.get_extents()[1])
        return [row.name.split(",")[0] for row in rows]

    def wait_rows(self, window: Widget, names: list[str]) -> None:
        """Waits until exactly these rows are shown."""
        try:
            wait_until(lambda: self.row_names(window) == names, f"the rows {names}")
        except TooLate as error:
            raise TooLate(f"{error}; there are {self.row_names(window)}") from None

    def test_rows_appear_when_another_program_adds_them(self) -> None:
        window = self.start_window()
        window.find("label", "No Authorizations Yet")
        window.find("button", "Add an Authorization")
        self.add("Release scripts")
        window.find("row", re.compile("^Release scripts, GitHub, Not authorized, never authorized$"))
        self.add("Work calendar", "google", "--connector", "calendar")
        self.wait_rows(window, ["Release scripts", "Work calendar"])
        window.wait_gone("label", "No Authorizations Yet")

    def test_search(self) -> None:
        self.add("Release scripts")
        self.add("Work calendar", "google")
        window = self.start_window()
        self.wait_rows(window, ["Release scripts", "Work calendar"])
        # By just typing, wherever the focus is.
        self.programs[0].type("CAL")
        self.wait_rows(window, ["Work calendar"])
        self.assertEqual(window.find("entry").text, "CAL")
        self.programs[0].key("ctrl+a")
        self.programs[0].type("google work")
        self.wait_rows(window, ["Work calendar"])
        self.programs[0].key("ctrl+a")
        self.programs[0].type("nothing like it")
        window.find("label", "No Results Found")
        self.assertEqual(self.row_names(window), [])
        self.programs[0].key("Escape")
        self.wait_rows(window, ["Release scripts", "Work calendar"])

    def test_search_finds_the_inactive_ones_elsewhere(self) -> None:
        self.add("Release scripts")
        self.add("Work calendar", "google")
        self.lanyard("deactivate", "Work calendar")
        window = self.start_window()
        self.wait_rows(window, ["Release scripts"])
        self.programs[0].type("calendar")
        window.find("label", re.compile("1 inactive authorization matches"))
        window.find("button", "Show Inactive").press()
        self.wait_rows(window, ["Work calendar"])

    def test_deactivate_and_activate(self) -> None:
        self.add("Release scripts")
        self.add("Work calendar", "google")
        window = self.start_window()
        row = window.find("row", re.compile("^Work calendar"))
        row.find("button", "Deactivate").press()
        self.wait_rows(window, ["Release scripts"])
        window.find("toggle", "Show Inactive").press()
        self.wait_rows(window, ["Work calendar"])
        self.assertIn('"active":false', self.lanyard("show", "Work calendar", "--json").replace(" ", ""))
        window.find("row").find("button", "Activate").press()
        window.find("label", "No Inactive Authorizations")
        window.find("toggle", "Show Inactive").press()
        self.wait_rows(window, ["Release scripts", "Work calendar"])
        self.assertIn('"active":true', self.lanyard("show", "Work calendar", "--json").replace(" ", ""))

    def test_undo_deactivate(self) -> None:
        self.add("Release scripts")
        window = self.start_window()
        window.find("row").find("button", "Deactivate").press()
        window.find("label", "No Active Authorizations")
        window.find("button", "Undo").press()
        self.wait_rows(window, ["Release scripts"])

    def test_sort(self) -> None:
        self.add("Alpha", "slack")
        self.add("beta", "dropbox")
        self.add("Gamma", "github")
        window = self.start_window()
        self.wait_rows(window, ["Alpha", "beta", "Gamma"])
        window.find("button", "Name").press()
        self.wait_rows(window, ["Gamma", "beta", "Alpha"])
        window.find("button", "Provider").press()
        self.wait_rows(window, ["beta", "Gamma", "Alpha"])
        window.find("button", "Provider").press()
        self.wait_rows(window, ["Alpha", "Gamma", "beta"])
        # A narrow list has no titles: the menu orders it too.
        self.programs[0].key("F10")
        window.find("menu item", "Sort By").press()
        window.find("menu item", "Name").press()
        self.wait_rows(window, ["Alpha", "beta", "Gamma"])

    def test_keyboard(self) -> None:
        self.add("Alpha")
        self.add("Beta")
        window = self.start_window()
        self.wait_rows(window, ["Alpha", "Beta"])
        program = self.programs[0]
        # From the search field into the list, down, and a row opens with Enter.
        program.key("ctrl+f", "Down", "Down")
        wait_until(lambda: window.find("row", re.compile("^Beta")).has_state("focused"),
                   "the focus on Beta")
        program.key("Tab")
        wait_until(lambda: window.find("row", re.compile("^Beta")).find("button", "Deactivate")
                   .has_state("focused"), "the focus on the button")
        program.key("Left", "Right", "Right")
        wait_until(lambda: window.find("row", re.compile("^Beta")).find("button", "More Actions")
                   .has_state("focused"), "the focus on the menu's button")
        program.key("Left", "shift+Tab", "Return")
        program.window("Beta")
        program.focus("Beta")
        program.key("ctrl+w")
        program.focus()
        program.key("Up", "Menu")
        window.find("menu item", re.compile("Edit"))
        program.key("Escape")
        window.wait_gone("menu item", re.compile("Edit"))
        program.key("Delete")
        program.dialog(re.compile("Delete “Alpha”"))
        program.key("Escape")
        program.key("ctrl+q")
        self.assertEqual(program.process.wait(10), 0)

    def test_delete(self) -> None:
        self.add("Alpha")
        self.add("Beta")
        window = self.start_window()
        window.find("row", re.compile("^Alpha")).find("button", "More Actions").press()
        window.find("menu item", re.compile("Delete")).press()
        self.programs[0].dialog(re.compile("Delete “Alpha”")).find("button", re.compile("Delete")).press()
        self.wait_rows(window, ["Beta"])
        self.assertNotIn("Alpha", self.lanyard("list", "--all"))

    def test_duplicate(self) -> None:
        self.add("Alpha", "github", "--set", "client_id=abc", "--scope", "repo")
        window = self.start_window()
        window.find("row").find("button", "More Actions").press()
        window.find("menu item", re.compile("Duplicate")).press()
        self.programs[0].window("Alpha (copy)")
        self.wait_rows(window, ["Alpha", "Alpha (copy)"])
        self.assertIn("abc", self.lanyard("show", "Alpha (copy)", "--json"))

    def test_one_editor_for_each(self) -> None:
        self.add("Alpha")
        self.add("Beta")
        window = self.start_window()
        for name in ("Alpha", "Beta", "Alpha"):
            window.find("row", re.compile(f"^{name}")).find("button", "More Actions").press()
            window.find("menu item", re.compile("Edit")).press()
            self.programs[0].window(name)
        titles = [child.name for child in self.programs[0].find_application().children()]
        self.assertEqual(sorted(titles), ["Alpha", "Beta", "Lanyard"])

    def test_narrow(self) -> None:
        self.add("Release scripts")
        window = self.start_window()
        window.find("row").find("button", "Deactivate")
        self.programs[0].resize(360, 600)
        row = window.find("row", re.compile("^Release scripts, GitHub"))
        row.find("label", re.compile("^GitHub · "))
        # The word has become an icon, of the same name.
        wait_until(lambda: row.find("button", "Deactivate").get_extents()[2] < 60, "a small button")
        # The window is as narrow as it was asked to be, its frame of five pixels aside.
        self.assertLessEqual(window.get_extents()[2], 370)
        for widget in window.walk():
            if widget.is_shown():
                x, _, width, _ = widget.get_extents()
                self.assertLessEqual(x + width, 365, widget.name)
        row.find("button", "Deactivate").press()
        window.find("label", "No Active Authorizations")

    def test_add_from_the_command_line(self) -> None:
        window = self.start_window()
        window.find("label", "No Authorizations Yet")
        second = self.start_program("--add")
        self.assertEqual(second.process.wait(10), 0)
        wait_until(lambda: len(list(self.programs[0].find_application().children())) == 2,
                   "the editor in the first instance")

    def test_unreadable_database(self) -> None:
        directory = self.session.directory / "data" / "lanyard"
        directory.mkdir()
        (directory / "lanyard.db").write_bytes(b"this is no database" * 100)
        window = self.start_window()
        window.find("label", "The Authorizations Cannot Be Opened")
        (directory / "lanyard.db").unlink()
        window.find("button", "Try Again").press()
        wait_until(lambda: self.programs[0].window().search("label", "No Authorizations Yet"),
                   "the empty list in a new window")

    def test_locked_keyring(self) -> None:
        self.add("Alpha")
        self.session.lock_keyring()
        window = self.start_window()
        window.find("label", "The keyring is locked")
        self.assertTrue(window.find("button", "Unlock…").has_state("sensitive"))
        self.wait_rows(window, ["Alpha"])

    def choose(self, row: Widget, item: str) -> None:
        """Chooses from the menu of a row."""
        row.find("button", "More Actions").press()
        self.programs[0].window().find("menu item", item).press()

    def paste(self) -> str:
        """What is in the clipboard, as the search field gets it."""
        entry = self.programs[0].window().find("entry")
        self.programs[0].key("ctrl+f", "ctrl+a", "ctrl+v")
        return wait_until(lambda: entry.text, "something to paste")

    def add_key(self, test_url: str) -> None:
        """Adds an API key that works without a sign-in."""
        self.lanyard("add", "--name", "Alpha", "--provider", "custom-api-key", "--set",
                     "placement=header:X-Api-Key", "--set", f"test_url={test_url}", "--secret",
                     "api_key", input="k-5e1f\n")

    def test_copy(self) -> None:
        self.add_key("http://127.0.0.1:1/me")
        window = self.start_window()
        self.choose(window.find("row", re.compile("^Alpha, .*, Authorized, does not expire$")),
                    "Copy as cURL")
        window.find("label", re.compile("no secret in it"))
        self.assertEqual(self.paste(), "lanyard curl 'Alpha' 'http://127.0.0.1:1/me'")
        self.programs[0].key("Escape")
        self.choose(window.find("row"), "Copy Token")
        window.find("label", re.compile("Token copied"))
        self.assertEqual(self.paste(), "k-5e1f")
        self.assertNotIn("k-5e1f", self.session.read_log("lanyard-gtk"))

    def test_a_test_that_fails(self) -> None:
        self.add_key("http://127.0.0.1:1/me")
        window = self.start_window()
        self.choose(window.find("row"), "Test")
        dialog = self.programs[0].dialog("The Test Failed")
        dialog.find("label", re.compile("Alpha"))
        dialog.find("button", "Close").press()
        window.find("row", re.compile("Authorized, does not expire$"))

    def test_cancel_a_test(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.add_key(f"http://127.0.0.1:{server.getsockname()[1]}/me")
            window = self.start_window()
            self.choose(window.find("row"), "Test")
            window.find("row", re.compile("Testing…$")).find("button", "Cancel").press()
            row = window.find("row", re.compile("Authorized, does not expire$"))
            row.find("button", "Deactivate")
        self.assertEqual(len(list(self.programs[0].find_application().children())), 1)

    def test_started_by_the_bus(self) -> None:
        program = self.start_program("--gapplication-service")
        path = "/" + APP_ID.replace(".", "/")
        wait_until(lambda: APP_ID in self.session.call(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames"),
            "the program on the bus")
        self.assertIsNone(program.process.poll())
        self.session.call(APP_ID, path, "org.freedesktop.Application.ActivateAction", "add", "[]",
                          "{}")
        wait_until(lambda: program.find_application()
                   and len(list(program.find_application().children())) == 2, "list and editor")
        program.quit()

    def test_version(self) -> None:
        self.assertRegex(self.session.run([os.environ["LANYARD_GTK"], "--version"]),
                         r"^Lanyard \d+\.\d+")

    def test_preferences(self) -> None:
        window = self.start_window()
        window.find("label", "No Authorizations Yet")
        self.programs[0].key("ctrl+comma")
        preferences = self.programs[0].window("Preferences")
        preferences.find("label", "Sign in with")
        self.programs[0].focus("Preferences")
        self.programs[0].key("ctrl+w")
        wait_until(lambda: len(list(self.programs[0].find_application().children())) == 1,
                   "the preferences to close")

    def test_many_rows(self) -> None:
        self.add("Alpha")
        copy_rows(str(self.session.directory / "data" / "lanyard" / "lanyard.db"), 2000)
        window = self.start_window()
        window.find("row", re.compile("^Alpha,"))
        self.programs[0].type("copy 1999")
        self.wait_rows(window, ["Alpha copy 1999"])

    def test_shortcuts(self) -> None:
        window = self.start_window()
        window.find("label", "No Authorizations Yet")
        program = self.programs[0]
        for key in ("F1", "ctrl+question"):
            program.focus()
            program.key(key)
            # GTK 4.18 does not say the title to a screen reader.
            shortcuts = program.window(re.compile("^(Keyboard Shortcuts)?$"))
            for text in ("Search", "Delete", "Save", "Reload the page"):
                shortcuts.find("label", text)
            program.focus("Keyboard Shortcuts")
            program.key("Escape")
            wait_until(lambda: len(list(program.find_application().children())) == 1,
                       "the shortcuts to close")

    def test_size_is_kept(self) -> None:
        window = self.start_window()
        window.find("label", "No Authorizations Yet")
        self.programs[0].resize(700, 500)
        wait_until(lambda: window.get_extents()[2] < 710, "the new size")
        self.programs[0].key("ctrl+w")
        self.assertEqual(self.programs[0].process.wait(10), 0)
        again = self.start_window()
        self.assertAlmostEqual(again.get_extents()[2], 700, delta=12)


if __name__ == "__main__":
    main()
