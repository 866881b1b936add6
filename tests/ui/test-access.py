#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every window as somebody meets it who sees none of it, or has no mouse."""

from __future__ import annotations

import json
import re
from typing import Optional

from desktop import wait_until
from harness import APP_ID, UiTestCase, Widget, main

TYPES = ("oauth2", "oauth1", "api-key", "api-key-secret", "api-key-url", "jwt", "basic",
         "basic-url")
# What only holds other widgets tells by what is in it.
CONTAINERS = ("scroll pane", "list", "panel", "filler", "page tab", "frame")
# What GTK says where there is no name: that of a class.
NO_NAME = re.compile(r"^(Gtk|Adw|Lanyard)[A-Z]|^\s*$")


class TestAccess(UiTestCase):
    """A screen reader's view, and the keys."""

    def add(self, name: str, *options: str, **more: object) -> str:
        """An authorization; its id."""
        self.lanyard("add", "--name", name, *options, **more)
        return str(json.loads(self.lanyard("show", name, "--json"))["id"])

    def open(self, identifier: str, name: str) -> Widget:
        """Its window."""
        program = self.programs[0]
        program.window().find("row", re.compile(f"^{name}"))
        self.session.call(APP_ID, "/" + APP_ID.replace(".", "/"), "org.gtk.Actions.Activate",
                          "open-authorization", f"[<'{identifier}'>]", "{}")
        editor = program.window(name)
        program.focus(name)
        return editor

    def titles(self) -> list[str]:
        """The windows that there are."""
        application = self.programs[0].find_application()
        return [child.name for child in application.children()] if application else []

    def wait_closed(self, title: str) -> None:
        """Waits until no window has that title."""
        wait_until(lambda: title not in self.titles(), f"{title} to close")

    def has_name_within(self, widget: Widget) -> bool:
        """Whether there is something to read in it."""
        return any(not NO_NAME.search(child.name) for child in widget.walk())

    def check(self, window: Widget) -> None:
        """Whatever the keyboard reaches has a name."""
        nameless = []
        for widget in window.walk():
            if (widget.role not in CONTAINERS and widget.has_state("focusable")
                    and widget.is_shown() and NO_NAME.search(widget.name)
                    # What is around a row tells by what is in it, too.
                    and not (widget.role == "list item" and self.has_name_within(widget))):
                nameless.append(f"{widget.role} {widget.name!r} at {widget.get_extents()}")
        self.assertEqual(nameless, [], window.name)
        self.assertFalse(NO_NAME.search(window.name), f"a window is called {window.name!r}")

    def check_popover(self, window: Widget, button: str) -> None:
        """Opens what a button opens, looks, and goes back to the button."""
        window.search("button", button)[-1].press()
        wait_until(lambda: self.get_focus(window) not in (None, button), f"what {button} opens")
        self.check(window)
        window.program.key("Escape")
        wait_until(lambda: self.get_focus(window) == button, f"the focus on {button} again")

    def get_focus(self, window: Widget) -> Optional[str]:
        """The name of what has the focus. GTK does not say so of what text is entered into."""
        return next((w.name for w in window.walk() if w.has_state("focused")), None)

    def open_menu(self, item: str) -> None:
        """The program's menu."""
        program = self.programs[0]
        program.focus()
        program.key("F10")
        program.window().find("menu item", item).press()

    def test_names_in_the_list(self) -> None:
        self.add("Mail", "--provider", "google")
        window = self.start_window()
        window.find("row", re.compile("^Mail"))
        self.check(window)
        window.find("row").find("button", "More Actions").press()
        window.find("menu item", re.compile("Edit"))
        self.check(window)
        window.program.key("Escape")
        window.program.focus()
        window.program.key("F10")
        window.find("menu item", "Export All…")
        self.check(window)

    def test_names_in_the_editors(self) -> None:
        identifiers = {f"My {name}": self.add(f"My {name}", "--provider", f"custom-{name}")
                       for name in TYPES}
        self.start_window()
        for name, identifier in identifiers.items():
            editor = self.open(identifier, name)
            editor.program.key("alt+d")
            editor.find("entry", "Test address")
            self.check(editor)
            editor.program.key("Escape")
            self.wait_closed(name)

    def test_descriptions(self) -> None:
        identifier = self.add("My server", "--provider", "custom-oauth2")
        self.start_window()
        editor = self.open(identifier, "My server")
        entry = editor.find("entry", "Client ID")
        self.assertRegex(entry.accessible.get_description() or "", "register")
        editor.find("button", "Authorize").press()
        wait_until(lambda: "needed to authorize" in (entry.accessible.get_description() or ""),
                   "what is wrong to be said of the entry")

    def test_names_in_the_pickers(self) -> None:
        identifier = self.add("Work", "--provider", "google", "--connector", "calendar")
        self.start_window()
        editor = self.open(identifier, "Work")
        for button in ("Add connectors", "Add scopes", "Where to Sign In", "Provider: Google"):
            self.check_popover(editor, button)

    def test_transfer(self) -> None:
        self.add("Work", "--provider", "google")
        window = self.start_window()
        window.find("row")
        self.open_menu("Export All…")
        dialog = window.program.window("Export")
        dialog.find("check box", "Include secrets").press()
        dialog.find("entry", "Passphrase again")
        self.check(dialog)
        window.program.focus("Export")
        dialog.find("button", "Export…").press()
        entry = dialog.find("entry", "Passphrase")
        wait_until(lambda: "8 characters" in (entry.accessible.get_description() or ""),
                   "what is wrong to be said of the entry")
        window.program.key("Escape")
        self.wait_closed("Export")

    def test_escape(self) -> None:
        self.add("Work", "--provider", "google")
        window = self.start_window()
        window.find("row")
        program = window.program
        for key, title in (("ctrl+comma", "Preferences"), ("F1", "Keyboard Shortcuts")):
            program.focus()
            program.key(key)
            program.window(title)
            program.focus(title)
            program.key("Escape")
            self.wait_closed(title)
        program.focus()
        program.key("ctrl+f", "Down", "Delete")
        dialog = program.dialog(re.compile("Delete “Work”"))
        self.check(dialog)
        # What deletes is not what Enter does.
        program.key("Return")
        wait_until(lambda: len(self.titles()) == 1, "the question to go")
        self.assertIn("Work", self.lanyard("list"))

    def test_letters(self) -> None:
        window = self.start_window()
        window.find("label", "No Authorizations Yet")
        program = window.program
        program.key("ctrl+n")
        editor = program.window("New Authorization")
        editor.find("button", "Choose a Provider")
        program.focus("New Authorization")
        program.key("alt+p")
        editor.find("entry", "Search providers")
        self.check(editor)
        program.type("google")
        program.key("Return")
        editor = program.window("Google")
        editor.find("entry", "Client ID")
        program.key("alt+p")
        editor.find("entry", "Search providers")
        program.key("Escape")
        editor.wait_gone("entry", "Search providers")
        program.key("Escape")
        dialog = program.dialog("Save Changes?")
        self.check(dialog)
        program.key("alt+d")
        self.wait_closed("Google")

    def test_tab(self) -> None:
        identifier = self.add("Work", "--provider", "google", "--connector", "calendar")
        self.start_window()
        editor = self.open(identifier, "Work")
        editor.find("button", "Authorize")
        wanted = ["Help on “Client ID”", "Advanced", "Add connectors", "Add scopes", "Authorize",
                  "Where to Sign In", "Close", "Save", "Provider: Google", "Register at Google",
                  "Copy “Callback URL”", "Help on “Client ID”"]
        seen: list[Optional[str]] = []
        for _ in range(60):
            before = seen[-1] if seen else None
            editor.program.key("Tab")
            # Entries do not say that they have it: then nothing has.
            wait_until(lambda: self.get_focus(editor) != before, "the focus to go on")
            seen.append(self.get_focus(editor))
            if seen.count(wanted[0]) == 2:
                break
        self.assertEqual([name for name in seen if name in wanted], wanted)


if __name__ == "__main__":
    main()
