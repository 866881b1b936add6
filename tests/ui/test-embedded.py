#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sign-in from the empty list to the shell, in the embedded view on the pages of real servers."""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Callable, Optional

from desktop import wait_until
from harness import SKIPPED, UiTestCase, Widget, main

SERVERS = Path(__file__).parent.parent / "integration" / "servers" / "start-all.py"
# A page is not in the accessibility tree: the person clicks where things are, and again until it is over.
PATIENCE = 120
# The colours of glewlwyd's login button, of its Continue button, and behind the name of a client.
GLEWLWYD_OK = "#007bff"
GLEWLWYD_CONTINUE = "#28a745"
GLEWLWYD_CLIENT = "#6c757d"


class TestEmbedded(UiTestCase):
    """Each test has a new person, and servers of its own."""

    provider = "Custom OAuth 2.0"

    @property
    def sign_in_title(self) -> str:
        """The title of the window in which the person signs in."""
        return f"Sign In to {self.provider}"

    def start_server(self, name: str) -> str:
        """Starts a real authorization server, and returns its address."""
        process = self.session.start(["/usr/bin/python3", str(SERVERS), name], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        line = process.stdout.readline()
        if not line and process.wait() == SKIPPED:
            self.skipTest(f"{name} is not installed")
        return json.loads(line)[name]

    def fill_in(self, editor: Widget, name: str, text: str) -> None:
        """Types into a field, as a person who has clicked on it."""
        entry = editor.find("entry", name)
        entry.click()
        self.programs[0].key("ctrl+a")
        self.programs[0].type(text)

    def open_editor(self, window: Widget, name: str, settings: dict[str, str]) -> Widget:
        """Adds an authorization of a provider that Lanyard does not know."""
        window.find("button", "Add").press()
        program = self.programs[0]
        editor = program.window("New Authorization")
        editor.find("button", "Choose a Provider").press()
        editor.find("entry", "Search providers")
        program.focus("New Authorization")
        program.type(self.provider.lower())
        program.key("Return")
        editor = program.window(self.provider)
        self.fill_in(editor, "Name", name)
        for field, value in settings.items():
            self.fill_in(editor, field, value)
        return program.window(name)

    def try_until_done(self, window: Widget, attempt: Callable[[], None]) -> None:
        """Does what the person does on a page until the window of the sign-in is gone."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.is_signing_in():
                return
            attempt()
            time.sleep(1)
        self.fail("the sign-in did not end:\n" + window.describe())

    def is_signing_in(self) -> bool:
        """Whether the window of the sign-in is there."""
        return self.has_window(self.sign_in_title)

    def find_page(self) -> tuple[int, int]:
        """Where the page begins: the view is a filler of that name, or what the page's own is in."""
        def find_view() -> Optional[Widget]:
            for widget in self.programs[0].window(self.sign_in_title).walk():
                if (widget.matches("filler", "WebKitWebView")
                        or any(child.matches("filler", "") for child in widget.children())):
                    return widget
            return None

        return wait_until(find_view, "the page").get_extents()[:2]

    def click_on_page(self, x: int, y: int) -> None:
        """Clicks on the page, from its upper left corner."""
        left, top = self.find_page()
        self.programs[0].click(left + x, top + y)

    def type_on_page(self, x: int, y: int, text: str) -> None:
        """Types into a field of the page."""
        self.click_on_page(x, y)
        self.programs[0].key("ctrl+a")
        self.programs[0].type(text)

    def sign_in(self, editor: Widget, person: Callable[[], None]) -> None:
        """Presses Authorize, and lets the person act on the pages until the sign-in has ended."""
        program = self.programs[0]
        editor.find("button", "Authorize").press()
        program.window(self.sign_in_title).find("button", "Reload")
        program.focus(self.sign_in_title)
        self.try_until_done(editor, person)
        editor.find("label", "Authorized")

    def act_at_django(self) -> None:
        """Plain forms: log in, then Authorize. Where one page has its buttons the other has nothing."""
        self.type_on_page(185, 91, "ada")
        self.type_on_page(178, 128, "Lovelace-1815")
        self.click_on_page(35, 164)
        time.sleep(1)
        if self.is_signing_in():
            self.click_on_page(160, 193)

    def test_django(self) -> None:
        """From the empty list over the real pages to a token, and still authorized after a restart."""
        base = self.start_server("django")
        window = self.start_window()
        editor = self.open_editor(window, "Notes", {
            "Authorization endpoint": base + "/o/authorize/",
            "Token endpoint": base + "/o/token/",
            "Callback URL": "http://127.0.0.1:8765/callback",
            "Client ID": "web",
            "Client secret": "w3b: s&cret/+%",
        })
        self.sign_in(editor, self.act_at_django)
        self.check_afterwards(editor, base + "/api/me", '"user": "ada"')

    def act_at_oauthlib(self) -> None:
        """One line with user name, password and button, then a page with Allow below its text."""
        self.type_on_page(120, 98, "ada")
        self.programs[0].key("Tab")
        self.programs[0].type("Lovelace-1815")
        self.programs[0].key("Return")
        time.sleep(1)
        if self.is_signing_in():
            self.click_on_page(30, 132)

    def test_oauth1(self) -> None:
        """The three legs of OAuth 1.0, with the second on a real page; then requests are signed."""
        self.provider = "Custom OAuth 1.0"
        base = self.start_server("oauth1-oauthlib")
        window = self.start_window()
        editor = self.open_editor(window, "Notes", {
            "Request token endpoint": base + "/oauth/request_token",
            "Authorization endpoint": base + "/oauth/authorize",
            "Access token endpoint": base + "/oauth/access_token",
            "Callback URL": "http://127.0.0.1:8765/callback",
            "Consumer key": "ck-desktop",
            "Consumer secret": "cs-desktop&+ %/é",
        })
        self.sign_in(editor, self.act_at_oauthlib)
        self.check_afterwards(editor, base + "/api/me?b=2&a=1", '"user": "ada"')

    def check_afterwards(self, editor: Widget, api: str, answer: str) -> None:
        """Saves, starts anew, uses the token in a shell, deactivates and finds it again."""
        editor.find("button", "Save").press()
        wait_until(lambda: not self.has_window("Notes"), "the editor to close")
        self.programs[0].quit()

        window = self.start_window()
        row = window.find("row", re.compile(f"^Notes, {self.provider}, Authorized"))
        self.assertIn(answer, self.lanyard("curl", "Notes", "-s", api))
        row.find("button", "Deactivate").press()
        window.wait_gone("row", re.compile("^Notes"))
        self.programs[-1].type("note")
        window.find("button", "Show Inactive").press()
        window.find("row", re.compile("^Notes"))

    def has_window(self, name: str) -> bool:
        """Whether there is a window of this name."""
        return any(window.name == name for window in self.programs[0].find_application().children())

    def get_color(self, x: int, y: int) -> str:
        """The colour of the page there, by which its buttons are known: `#rrggbb`."""
        left, top = self.find_page()
        text = self.session.run(["import", "-window", self.programs[0].get_x_window(),
                                 "-crop", f"1x1+{left + x}+{top + y}", "-depth", "8", "txt:-"])
        return re.search("#[0-9A-F]{6}", text).group(0).lower()

    def act_at_glewlwyd(self) -> None:
        """Pages that a JavaScript program draws: the login, the grant with its check box, and Continue."""
        if self.get_color(255, 280) == GLEWLWYD_OK:
            self.type_on_page(255, 184, "ada")
            self.type_on_page(255, 238, "Lovelace-1815")
            self.programs[0].key("Return")
        elif self.get_color(200, 412) == GLEWLWYD_CONTINUE:
            self.click_on_page(191, 424)
        elif self.get_color(41, 497) == GLEWLWYD_CLIENT:
            self.click_on_page(62, 393)
            self.programs[0].key("Tab", "Return")

    def test_glewlwyd(self) -> None:
        """What was added in a shell is opened by its row, and signed in to."""
        base = self.start_server("glewlwyd")
        self.lanyard("add", "--name", "Notes", "--provider", "custom-oauth2", "--scope", "files:read",
                     "--set", f"authorization_endpoint={base}/api/oidc/auth",
                     "--set", f"token_endpoint={base}/api/oidc/token",
                     "--set", "redirect_uri=http://127.0.0.1:8765/callback", "--set", "client_id=native")
        window = self.start_window()
        window.find("row", re.compile("^Notes, Custom OAuth 2.0, Not authorized"))
        window.program.key("Down", "Return")
        editor = window.program.window("Notes")
        self.sign_in(editor, self.act_at_glewlwyd)
        editor.find("list item", "files:read").find("label", "granted")
        # Access tokens of this server last for seconds: this one was renewed.
        time.sleep(6)
        self.assertGreater(len(self.lanyard("token", "Notes")), 40)

    def test_cancel(self) -> None:
        """Escape ends a sign-in, and everything that was entered is still there."""
        base = self.start_server("django")
        window = self.start_window()
        editor = self.open_editor(window, "Notes", {
            "Authorization endpoint": base + "/o/authorize/",
            "Token endpoint": base + "/o/token/",
            "Client ID": "native",
        })
        editor.find("button", "Authorize").press()
        sign_in = window.program.window(self.sign_in_title)
        sign_in.find("button", "Cancel").press()
        wait_until(lambda: not self.has_window(self.sign_in_title), "the sign-in to end")
        editor.find("label", "Not authorized")
        self.assertEqual(editor.find("entry", "Client ID").text, "native")
        self.assertEqual(self.lanyard("list", "--json").strip(), "[]")


if __name__ == "__main__":
    main()
