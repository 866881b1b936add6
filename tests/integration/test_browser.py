#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in in the person's own browser, which comes back to a port of this computer (RFC 8252)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from harness import (
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_NETWORK,
    HERE,
    PATIENCE,
    DemoCase,
    Result,
    ServerCase,
    main,
)

DESKTOP_ENTRY = """[Desktop Entry]
Type=Application
Name=Person
Exec=/usr/bin/python3 {browser} %u
MimeType=x-scheme-handler/http;
"""
# Any port will do, as for most providers.
ANY_PORT = "http://127.0.0.1/callback"


def find_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class BrowserMixin:
    """A default browser, and what it shows."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.shown = Path(cls.desktop.session.root) / "shown"
        applications = Path(cls.desktop.environment["XDG_DATA_HOME"]) / "applications"
        applications.mkdir(exist_ok=True)
        entry = DESKTOP_ENTRY.format(browser=os.path.join(HERE, "browser.py"))
        (applications / "person.desktop").write_text(entry, encoding="utf-8")
        cls.defaults = Path(cls.desktop.environment["XDG_CONFIG_HOME"]) / "mimeapps.list"
        cls.defaults.write_text(
            "[Default Applications]\nx-scheme-handler/http=person.desktop\n", encoding="utf-8"
        )

    def setUp(self) -> None:
        super().setUp()
        self.shown.unlink(missing_ok=True)

    def start(self, name: str, does: str = "", *options: str) -> subprocess.Popen[str]:
        """Begin to sign in."""
        return self.desktop.start(
            "authorize",
            name,
            *(options or ("--browser",)),
            BROWSER_DOES=does,
            BROWSER_SHOWS=str(self.shown),
        )

    def authorize(self, name: str, does: str = "") -> Result:
        """Sign in in the browser."""
        return self.desktop.finish(self.start(name, does))

    def assert_page(self, *words: str) -> None:
        """What the person sees in the browser at the end."""
        deadline = time.monotonic() + PATIENCE
        while not self.shown.exists() or not self.shown.read_text(encoding="utf-8"):
            self.assertLess(time.monotonic(), deadline, "the browser shows nothing")
            time.sleep(0.02)
        page = self.shown.read_text(encoding="utf-8")
        self.assertIn("text/html", page.splitlines()[0])
        for word in words:
            self.assertIn(word, page)


class DemoTest(BrowserMixin, DemoCase):
    """The demo provider."""

    def test_no_browser(self) -> None:
        saved = self.defaults.read_text(encoding="utf-8")
        folder = Path(self.desktop.environment["XDG_DATA_HOME"]) / "applications"
        entry = folder / "person.desktop"
        content = entry.read_text(encoding="utf-8")
        self.defaults.unlink()
        entry.unlink()
        try:
            process = self.desktop.start(
                "authorize",
                self.add_demo(redirect_uri=ANY_PORT),
                "--browser",
                XDG_DATA_DIRS="/nil",
            )
            result = self.desktop.finish(process)
        finally:
            self.defaults.write_text(saved, encoding="utf-8")
            entry.write_text(content, encoding="utf-8")
        self.assert_fails(result, EXIT_FAILED, "browser")

    def test_denied(self) -> None:
        name = self.add_demo(redirect_uri=ANY_PORT)
        self.assert_fails(self.authorize(name, "deny"), EXIT_AUTHORIZE, name, "access_denied")
        self.assert_status(name, "new")

    def test_forged_state(self) -> None:
        name = self.add_demo(redirect_uri=ANY_PORT)
        self.assert_fails(self.authorize(name, "forge"), EXIT_FAILED, name, "state")
        self.assertEqual(self.count_tokens(), 0)

    def test_port_is_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            name = self.add_demo(redirect_uri=f"http://127.0.0.1:{port}/callback")
            self.assert_fails(self.authorize(name), EXIT_NETWORK, name, str(port))

    def test_cancelled(self) -> None:
        name = self.add_demo(redirect_uri=f"http://127.0.0.1:{find_port()}/callback")
        process = self.start(name, "nothing")
        time.sleep(0.5)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.desktop.finish(process).code, 130)
        self.assert_status(name, "new")
        # The port is free again at once.
        self.assertEqual(self.authorize(name).code, EXIT_DONE)

    def test_stray_requests(self) -> None:
        name = self.add_demo(redirect_uri=ANY_PORT)
        result = self.authorize(name, "stray")
        self.assertEqual(result.code, EXIT_DONE, result)
        self.assertEqual(self.count_tokens(), 1)

    def test_without_an_option(self) -> None:
        name = self.add_demo(redirect_uri=ANY_PORT)
        process = self.desktop.start(
            "authorize", name, BROWSER_SHOWS=str(self.shown), DISPLAY=":nowhere"
        )
        self.assertEqual(self.desktop.finish(process).code, EXIT_DONE)
        self.assertIn(
            "name", self.desktop.do("curl", name, "-s", self.demo.base + "/userinfo").out
        )


class DjangoTest(BrowserMixin, ServerCase):
    """django-oauth-toolkit: any port, on IPv4 and on IPv6."""

    server = "django"

    def test_any_port(self) -> None:
        for host in ("127.0.0.1", "[::1]"):
            with self.subTest(host):
                name = self.make_name()
                self.desktop.add(
                    name,
                    authorization_endpoint=self.base + "/o/authorize/",
                    token_endpoint=self.base + "/o/token/",
                    redirect_uri=f"http://{host}/callback",
                    client_id="native",
                    scope="read",
                )
                result = self.authorize(name)
                self.assertEqual(result.code, EXIT_DONE, result)
                self.assert_page()
                answer = self.desktop.do("curl", name, "-s", self.base + "/api/me").json()
                self.assertEqual(answer["user"], "ada")


class GlewlwydTest(BrowserMixin, ServerCase):
    """glewlwyd: the port that was registered, and no other."""

    server = "glewlwyd"
    port = find_port()
    settings = {"REDIRECT_PORTS": str(port)}

    def test_registered_port(self) -> None:
        name = self.make_name()
        self.desktop.add(
            name,
            authorization_endpoint=self.base + "/api/oidc/auth",
            token_endpoint=self.base + "/api/oidc/token",
            redirect_uri=f"http://127.0.0.1:{self.port}/callback",
            issuer=self.base + "/api/oidc",
            client_id="native",
            scope="files:read",
        )
        result = self.authorize(name)
        self.assertEqual(result.code, EXIT_DONE, result)
        self.assert_page()
        self.desktop.do("refresh", name)


if __name__ == "__main__":
    main()
