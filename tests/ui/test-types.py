#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new person enters one authorization of each type in the windows, by keyboard, and uses each.

The servers are real ones (tests/integration/servers), the keyring and the command line as well.
Pictures of each form are left in the folder LANYARD_PICTURES, where it is set.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from desktop import PATIENCE, TooLate, wait_until
from harness import UiTestCase, Widget, main

INTEGRATION = Path(__file__).parent.parent / "integration"
SERVERS = INTEGRATION / "servers"
DESKTOP_FILE = """[Desktop Entry]
Type=Application
Name=Browser
Exec=env BROWSER_SHOWS={shows} /usr/bin/python3 {browser} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""
# In which sizes and styles each form is looked at.
LOOKS = {"light": (620, 940, {}), "dark": (620, 940, {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
         "narrow": (360, 940, {})}


@dataclass
class Entry:
    """What the person enters, and what comes of it."""

    search: str
    values: dict[str, str]
    url: str
    shows: str
    advanced: dict[str, str] = field(default_factory=dict)
    sign_in: bool = False
    scope: Optional[str] = None
    wrong: dict[str, str] = field(default_factory=dict)


def find_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def make_entries(servers: dict[str, str]) -> dict[str, Entry]:
    """One of each of the eight types, by the name that the person gives it."""
    nginx, django, oauth1 = (servers[name] for name in ("nginx", "django", "oauth1-oauthlib"))
    key_url, basic_url = nginx + "/key/header", nginx + "/basic/me"
    place = {"Place of the key": "header:X-Api-Key", "Test address": key_url}
    return {
        "Photos": Entry("custom oauth 2", {
            "Authorization endpoint": django + "/o/authorize/",
            "Token endpoint": django + "/o/token/",
            "Callback URL": f"http://127.0.0.1:{find_port()}/callback",
            "Client ID": "native",
        }, django + "/api/me", "ada", {
            "Revocation endpoint": django + "/o/revoke_token/",
            "Test address": django + "/api/me",
        }, True, "read"),
        "Archive": Entry("custom oauth 1", {
            "Request token endpoint": oauth1 + "/oauth/request_token",
            "Authorization endpoint": oauth1 + "/oauth/authorize",
            "Access token endpoint": oauth1 + "/oauth/access_token",
            "Callback URL": f"http://127.0.0.1:{find_port()}/callback",
            "Consumer key": "ck-desktop",
            "Consumer secret": "cs-desktop&+ %/é",
        }, oauth1 + "/api/me", "ada", {"Test address": oauth1 + "/api/me"}, True),
        "Weather": Entry("custom api key", {"API key": "k-plain-42"}, key_url, "k-plain-42", place,
                         wrong={"API key": "k-plain-43"}),
        "Exchange": Entry("custom api key and secret", {
            "API key": "k-plain-42",
            "API secret": "s3cret",
        }, key_url, "Second s3cret", {
            "Place of the key":
                "header:X-Api-Key={api_key}; header:Authorization=Second {api_secret}",
            "Test address": key_url,
        }),
        "Home Server": Entry("custom api key with url", {
            "API key": "k-plain-42",
            "Address of the server": nginx,
        }, key_url, "k-plain-42", place),
        "Shop": Entry("custom jwt", {
            "Token endpoint": django + "/jwt/",
            "User name": "ada",
            "Password": "Lovelace-1815",
        }, django + "/jwt/me", "ada", {"Test address": django + "/jwt/me"}, True),
        "Wiki": Entry("custom basic", {
            "User name": "ada",
            "Password": "Lovelace-1815",
        }, basic_url, "ada", {"Test address": basic_url}, wrong={"Password": "Lovelace-1816"}),
        "Cloud": Entry("custom basic with url", {
            "User name": "ada",
            "Password": "Lovelace-1815",
            "Address of the server": nginx,
        }, basic_url, "ada", {"Test address": basic_url}),
    }


class TestTypes(UiTestCase):
    """One person, who begins with nothing and ends with eight authorizations."""

    size = "1280x2000"

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.environment["LC_ALL"] = "C.UTF-8"
        process = subprocess.Popen(
            [str(SERVERS / "start-all.py"), "nginx", "django", "oauth1-oauthlib"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.stdout.close)
        cls.addClassCleanup(process.stdin.close)
        line = process.stdout.readline()
        if not line:
            sys.exit(process.wait())
        cls.entries = make_entries(json.loads(line))

    def setUp(self) -> None:
        super().setUp()
        config = self.session.directory / "config"
        folder = self.session.directory / "data" / "applications"
        folder.mkdir(parents=True)
        (folder / "browser.desktop").write_text(
            DESKTOP_FILE.format(browser=INTEGRATION / "browser.py", shows=config / "shown"),
            encoding="utf-8")
        (config / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=browser.desktop\n", encoding="utf-8")
        settings = config / "glib-2.0" / "settings"
        settings.mkdir(parents=True)
        (settings / "keyfile").write_text(
            "[io/github/lanyard/Lanyard]\nconsent-method='browser'\n", encoding="utf-8")

    def picture(self, name: str) -> None:
        """Leaves a picture of the focused window."""
        folder = os.environ.get("LANYARD_PICTURES")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        time.sleep(0.4)
        window = self.session.run(["xdotool", "getactivewindow"]).strip()
        self.session.run(["import", "-window", window, str(Path(folder) / f"{name}.png")])

    def click(self, widget: Widget) -> None:
        """Clicks into it; the window is high enough to show all of the form."""
        place: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]

        def has_settled() -> bool:
            place.append(widget.get_extents())
            return place[-1] == place[-2] and place[-1][2] > 0

        wait_until(has_settled, f"{widget.name} to stand still")
        x, y, width, height = place[-1]
        window = self.session.run(["xdotool", "getactivewindow"]).strip()
        self.session.run(["xdotool", "mousemove", "--window", window, str(x + width // 4),
                          str(y + height // 2), "click", "1"])

    def type_over(self, entry: Widget, value: str) -> None:
        """Types in place of what is there. A letter that is not on the keyboard is put there for a
        moment, of which a busy display may hear too late: then it is typed again."""
        for patience in (3, 3, PATIENCE):
            entry.program.key("ctrl+a")
            entry.program.type(value)
            try:
                wait_until(lambda: len(entry.text) == len(value), f"{entry.name} to be typed",
                           patience)
                return
            except TooLate:
                if patience == PATIENCE:
                    raise

    def enter(self, editor: Widget, values: dict[str, str]) -> None:
        """Clicks into each row, and types."""
        editor.find("entry", list(values)[-1])
        entries = {entry.name: entry for entry in editor.search("entry")}
        for label, value in values.items():
            self.click(entries[label])
            self.type_over(entries[label], value)

    def unfold(self, editor: Widget) -> None:
        """Opens what is seldom needed."""
        self.click(editor.find("label", "Advanced"))
        editor.find("entry", "Test address")

    def add_scope(self, editor: Widget, scope: str) -> None:
        """Adds a scope that the provider's data does not know."""
        editor.find("button", "Add scopes").find("button", "Add scopes")
        editor.search("button", "Add scopes")[-1].press()
        editor.find("entry", "Search or type a scope")
        editor.program.type(scope)
        editor.find("label", re.compile(f"Add .*{scope}"))
        editor.program.key("Return")
        editor.find("list item", scope)

    def add(self, window: Widget, name: str, entry: Entry) -> None:
        """Enters one authorization, and saves it."""
        program = window.program
        window.find("button", "Add").press()
        editor = program.window("New Authorization")
        editor.find("button", "Choose a Provider").press()
        editor.find("entry", "Search providers")
        program.focus("New Authorization")
        program.type(entry.search)
        program.key("Return")
        editor = program.window(re.compile("^Custom "))
        program.focus(editor.name)
        active = self.session.run(["xdotool", "getactivewindow"]).strip()
        self.session.run(["xdotool", "windowsize", "--sync", active, "620", "1900"])
        self.enter(editor, {"Name": name, **entry.values})
        editor = program.window(name)
        if entry.advanced:
            self.unfold(editor)
            self.enter(editor, entry.advanced)
        if entry.scope is not None:
            self.add_scope(editor, entry.scope)
        if entry.sign_in:
            editor.find("button", "Authorize").press()
            editor.find("label", "Authorized")
        self.close(editor, "Save")

    def close(self, editor: Widget, button: str) -> None:
        """Presses what closes an editor, and waits until it has."""
        program, name = editor.program, editor.name
        editor.find("button", button).press()
        wait_until(lambda: not [w for w in program.find_application().children()
                                if w.name == name], "the editor to close")

    def open(self, window: Widget, name: str) -> Widget:
        """Opens the editor of one that is in the list."""
        program = window.program
        program.focus()
        row = window.find("row", re.compile(f"^{name},|, {name},"))
        row.find("button", "More Actions").press()
        window.find("menu item", re.compile("Edit")).press()
        editor = program.window(name)
        program.focus(name)
        return editor

    def try_it(self, window: Widget, name: str, entry: Entry) -> None:
        """Presses Test; with something wrong first, which is refused, where there is such."""
        editor = self.open(window, name)
        editor.program.resize(620, 1900)
        if entry.wrong:
            self.enter(editor, entry.wrong)
            editor.find("button", re.compile("Test$")).press()
            editor.find("label", re.compile("refused|does not accept|not accepted"))
            self.enter(editor, {label: entry.values[label] for label in entry.wrong})
        editor.find("button", re.compile("Test$")).press()
        editor.find("label", re.compile("^It works"))
        self.picture(f"{name.lower().replace(' ', '-')}-tested")
        if "Revocation endpoint" in entry.advanced:
            self.revoke(editor)
        self.close(editor, "Close")

    def revoke(self, editor: Widget) -> None:
        """Takes it back at the provider, after which nothing is handed out, and signs in again."""
        editor.find("button", "Revoke…").press()
        editor.program.dialog("Revoke?").find("button", re.compile("Revoke")).press()
        editor.find("label", "Not authorized")
        with self.assertRaises(AssertionError):
            self.lanyard("token", editor.name)
        editor.find("button", re.compile("^Authorize")).press()
        editor.find("label", "Authorized")

    def use(self, name: str, entry: Entry) -> None:
        """Uses it as a script does."""
        self.lanyard("test", name)
        answer = self.lanyard("curl", name, "-s", "-f", entry.url)
        self.assertIn(entry.shows, answer, name)
        header = self.lanyard("header", name, "GET", entry.url)
        self.assertRegex(header, r"^(Authorization|X-Api-Key): \S", name)

    def look(self, style: str, width: int, height: int, environment: dict[str, str]) -> None:
        """Leaves a picture of the list and of each form."""
        window = self.start_window(**environment)
        program = window.program
        program.resize(max(width, 360), 640)
        self.picture(f"list-{style}")
        for name in self.entries:
            editor = self.open(window, name)
            program.resize(width, height)
            self.picture(f"{name.lower().replace(' ', '-')}-{style}")
            self.close(editor, "Close")
        program.quit()

    def test_one_of_each(self) -> None:
        """From an empty list to eight authorizations that work."""
        window = self.start_window()
        for name, entry in self.entries.items():
            with self.subTest(name):
                self.add(window, name, entry)
                self.use(name, entry)
                self.try_it(window, name, entry)
        types = sorted(row["type"] for row in json.loads(self.lanyard("list", "--json")))
        self.assertEqual(types, sorted(line.split()[0]
                                       for line in self.lanyard("types").splitlines()))
        window.program.quit()
        log = self.session.read_log("lanyard-gtk")
        for secret in ("k-plain-42", "s3cret", "Lovelace-1815", "cs-desktop"):
            self.assertNotIn(secret, log)
        if os.environ.get("LANYARD_PICTURES"):
            for style, (width, height, environment) in LOOKS.items():
                self.look(style, width, height, environment)


if __name__ == "__main__":
    main()
