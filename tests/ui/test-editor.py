#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The editor as a person uses it: with a real provider, a real keyring and a browser."""

from __future__ import annotations

import http.server
import json
import re
import threading
from pathlib import Path

from desktop import wait_until
from harness import DEMO_PROVIDER, UiTestCase, Widget, main

BROWSER = Path(__file__).parent / "browser.py"
DESKTOP_FILE = """[Desktop Entry]
Type=Application
Name=Browser
Exec={browser} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""


class TestEditor(UiTestCase):
    """Each test has a new person, who knows the demo provider."""

    def setUp(self) -> None:
        super().setUp()
        address = self.start_demo_provider()
        self.config = self.session.directory / "config"
        self.list_provider(address)
        self.install_browser()

    def list_provider(self, address: str) -> None:
        """Puts the demo provider into the catalogue; it is one that refuses embedded views."""
        text = (DEMO_PROVIDER.parent / "demo.json").read_text(encoding="utf-8")
        provider = json.loads(text.replace("@PORT@", address.rsplit(":", 1)[1]))
        provider["methods"][0]["redirect"] = {"embedded": False}
        folder = self.config / "lanyard" / "providers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "demo.json").write_text(json.dumps(provider), encoding="utf-8")

    def install_browser(self) -> None:
        """Makes our browser the one of the desktop."""
        folder = self.session.directory / "data" / "applications"
        folder.mkdir(parents=True)
        (folder / "browser.desktop").write_text(DESKTOP_FILE.format(browser=BROWSER),
                                                encoding="utf-8")
        (self.config / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=browser.desktop\n"
            "x-scheme-handler/https=browser.desktop\n", encoding="utf-8")

    def wish(self, action: str) -> None:
        """Tells the person in the browser what to do."""
        (self.config / "person").write_text(action, encoding="utf-8")

    def open_new(self) -> Widget:
        """Opens an editor for a new authorization, and chooses the demo provider."""
        window = self.start_window()
        window.find("button", "Add").press()
        editor = window.program.window("New Authorization")
        editor.find("button", "Choose a Provider").press()
        editor.find("entry", "Search providers")
        window.program.focus("New Authorization")
        window.program.type("dem")
        window.program.key("Return")
        return window.program.window("Demo")

    def open_again(self) -> Widget:
        """Ends the program, and opens the only authorization in a new one."""
        self.programs[-1].quit()
        window = self.start_window()
        window.find("row", re.compile("Demo"))
        window.program.key("Down", "Return")
        return window.program.window("Demo")

    def authorize(self, editor: Widget) -> None:
        """Presses Authorize, which goes through."""
        editor.find("button", "Authorize").press()
        editor.find("label", "Authorized")

    def press_menu(self, editor: Widget, name: str) -> None:
        """Opens what a button opens: it is a button in a button, of which the inner one acts."""
        editor.find("button", name).find("button", name)
        editor.search("button", name)[-1].press()

    def test_from_nothing_to_a_token(self) -> None:
        """A person adds, chooses, signs in, saves; the command hands out the token."""
        editor = self.open_new()
        self.press_menu(editor, "Add connectors")
        editor.find("check box", "Demo Notes")
        editor.program.key("Return", "Escape")
        editor.find("list item", "notes.read")

        self.authorize(editor)
        editor.find("button", "Authorize Again")
        self.assertEqual(len(editor.search("label", "granted")), 4)
        editor.find("label", "Demo Person")
        token = self.lanyard("token", "Demo").strip()
        self.assertGreater(len(token), 10)
        self.assertNotIn(token, self.session.read_log("lanyard-gtk"))

        editor.find("button", "Save").press()
        wait_until(lambda: not [w for w in editor.program.find_application().children()
                                if w.name == "Demo"], "the editor to close")

        again = self.open_again()
        again.find("label", "Authorized")
        again.find("list item", "notes.read")

    def check_names(self, window: Widget) -> None:
        """Whatever the keyboard reaches has a name; GTK gives the name of a class where there is none.
        Lists, what scrolls, and rows that only hold others tell by what is in them."""
        for widget in window.walk():
            if widget.role in ("push button", "toggle button", "entry", "text", "password text",
                               "check box", "combo box") and widget.is_shown():
                self.assertRegex(widget.name, r"^(?!Gtk|Adw|Lanyard)\S", f"a {widget.role}")

    def test_names(self) -> None:
        """A screen reader has something to say for each control, in each window."""
        self.lanyard("add", "--name", "Mail", "--provider", "google", "--connector", "calendar")
        window = self.start_window()
        window.find("row", re.compile("Mail"))
        self.check_names(window)
        window.find("row").find("button", "More Actions").press()
        window.find("menu item", re.compile("Edit")).press()
        editor = window.program.window("Mail")
        editor.find("list item", "openid")
        self.check_names(editor)
        window.find("button", "Add").press()
        new = window.program.window("New Authorization")
        new.find("button", "Choose a Provider").press()
        new.find("entry", "Search providers")
        self.check_names(new)

    def test_fast_fingers(self) -> None:
        """What is typed and entered in one go is what is taken, not what was first before."""
        editor = self.open_new()
        self.press_menu(editor, "Add scopes")
        editor.find("entry", "Search or type a scope")
        editor.program.type("notes.w")
        editor.program.key("Return", "ctrl+a")
        editor.program.type('quo"te')
        editor.program.key("Return")
        editor.find("label", re.compile("cannot be a scope"))
        editor.program.key("Escape")
        editor.find("list item", "notes.write")
        self.assertEqual(editor.search("list item", "email"), [])

    def test_test_and_revoke(self) -> None:
        """What a test says stands in the window; what was revoked is not authorized."""
        editor = self.open_new()
        self.authorize(editor)
        editor.find("button", "Test").press()
        editor.find("label", re.compile("It works.*Demo Person"))
        editor.find("button", "Revoke…").press()
        editor.program.dialog("Revoke?").find("button", re.compile("Revoke")).press()
        editor.find("label", "Not authorized")

    def test_person_denies(self) -> None:
        """The reason is shown, and nothing is saved."""
        self.wish("deny")
        editor = self.open_new()
        editor.find("button", "Authorize").press()
        dialog = editor.program.dialog("Not Authorized")
        dialog.find("button", re.compile("Close")).press()
        editor.find("label", "Not authorized")
        self.assertEqual(json.loads(self.lanyard("list", "--json")), [])

    def test_cancel_while_the_browser_waits(self) -> None:
        """Cancel always works, and everything that was entered is still there."""
        self.wish("leave")
        editor = self.open_new()
        editor.find("button", "Authorize").press()
        waiting = editor.program.window("Sign In")
        waiting.find("button", "Open Again").press()
        addresses = self.config / "addresses"
        wait_until(lambda: addresses.exists() and len(addresses.read_text().split()) == 2,
                   "the browser to be opened again")
        waiting.find("button", "Cancel").press()
        wait_until(lambda: editor.find("button", "Save").has_state("sensitive"), "the form")
        self.assertEqual(json.loads(self.lanyard("list", "--json")), [])
        self.wish("allow")
        self.authorize(editor)

    def test_key_from_a_file(self) -> None:
        """A key is chosen as a file; the window says what it is, and only its content is kept."""
        path = self.session.directory / "home" / "signing.pem"
        self.session.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt",
                          "rsa_keygen_bits:2048", "-out", str(path)])
        window = self.start_window()
        program = window.program
        window.find("button", "Add").press()
        editor = program.window("New Authorization")
        editor.find("button", "Choose a Provider").press()
        editor.find("entry", "Search providers")
        program.focus("New Authorization")
        program.type("custom jwt")
        program.key("Return")
        editor = program.window("Custom JWT")
        editor.find("button", "Choose a file for “Signing key”").press()
        program.choose_file("Choose a File: Signing key", path)
        editor.find("label", "RSA private key, 2048 bits")
        path.unlink()
        editor.find("button", "Save").press()
        wait_until(lambda: "Custom JWT" in self.lanyard("list"), "the authorization to be saved")
        self.assertEqual(self.lanyard("token", "Custom JWT").count("."), 2)

    def start_issuer(self) -> str:
        """An issuer that says where to sign in, and nothing else."""
        class Issuer(http.server.BaseHTTPRequestHandler):
            """Answers with its metadata."""

            def do_GET(self) -> None:  # pylint: disable=invalid-name
                """The metadata, wherever it is looked for."""
                base = f"http://127.0.0.1:{self.server.server_address[1]}"
                body = json.dumps({"issuer": base, "authorization_endpoint": base + "/authorize",
                                   "token_endpoint": base + "/token", "jwks_uri": base + "/keys",
                                   "response_types_supported": ["code"],
                                   "code_challenge_methods_supported": ["S256"]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def test_from_an_issuer(self) -> None:
        """The endpoints come from the issuer, and what was found can be kept as a provider."""
        issuer = self.start_issuer()
        window = self.start_window()
        program = window.program
        window.find("button", "Add").press()
        editor = program.window("New Authorization")
        editor.find("button", "Choose a Provider").press()
        editor.find("button", "From an Issuer Address…").press()
        dialog = program.dialog("From an Issuer Address")
        self.assertFalse(dialog.find("button", "Look Up").has_state("sensitive"))
        program.type(issuer)
        wait_until(lambda: dialog.find("button", "Look Up").has_state("sensitive"), "the button")
        program.key("Return")
        editor = program.window("Custom OAuth 2.0")
        wait_until(lambda: editor.find("entry", "Token endpoint").text == issuer + "/token",
                   "the token endpoint")
        self.assertEqual(editor.find("entry", "Authorization endpoint").text,
                         issuer + "/authorize")

        self.press_menu(editor, "More Actions")
        editor.find("menu item", re.compile("Save as Provider")).press()
        dialog = program.dialog("Save as Provider")
        program.key("ctrl+a")
        program.type("House Keys")
        dialog.find("button", "Save").press()
        wait_until(lambda: "House Keys" in self.lanyard("providers"), "the new provider")

    def test_keys(self) -> None:
        """Control+S saves and closes; Escape closes, and asks when there is something to lose."""
        editor = self.open_new()
        program = editor.program
        program.focus("Demo")
        program.key("Escape")
        program.dialog("Save Changes?").find("button", re.compile("Keep Editing")).press()
        program.focus("Demo")
        program.key("ctrl+s")
        wait_until(lambda: "Demo" in self.lanyard("list"), "the authorization to be saved")
        window = program.window()
        program.focus()
        window.find("row", re.compile("Demo"))
        program.key("Down", "Return")
        program.window("Demo")
        program.focus("Demo")
        program.key("Escape")
        wait_until(lambda: not [w for w in program.find_application().children()
                                if w.name == "Demo"], "the editor to close")


if __name__ == "__main__":
    main()
