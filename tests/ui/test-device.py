#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with a code that is entered on another device, in the real window."""

from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from desktop import wait_until
from harness import UiTestCase, Widget, main

CODE = "WDJB-MJHT"


class DeviceServer(ThreadingHTTPServer):
    """Gives out one code, and tokens once somebody has entered it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), DeviceHandler)
        self.is_allowed = False
        self.times: list[float] = []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str) -> tuple[int, dict[str, object]]:
        """What a POST gets."""
        if path == "/device":
            return 200, {"device_code": "d3v1ce", "user_code": CODE, "interval": 1,
                         "expires_in": 600, "verification_uri": self.base + "/enter"}
        self.times.append(time.monotonic())
        if self.is_allowed:
            return 200, {"access_token": "t0k3n", "token_type": "Bearer"}
        return 400, {"error": "authorization_pending"}


class DeviceHandler(BaseHTTPRequestHandler):
    """One request."""

    server: DeviceServer

    def do_POST(self) -> None:  # pylint: disable=invalid-name
        """Every request is one."""
        self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = self.server.answer(self.path)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # pylint: disable=redefined-builtin
        """Nobody reads it."""


class TestDevice(UiTestCase):
    """A server that has no page which leads back."""

    def setUp(self) -> None:
        super().setUp()
        self.server = DeviceServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.lanyard("add", "--name", "Console", "--type", "oauth2", "--set", "client_id=app",
                     "--set", f"device_authorization_endpoint={self.server.base}/device",
                     "--set", f"token_endpoint={self.server.base}/token")

    def begin(self) -> tuple[Widget, Widget]:
        """Presses Authorize; the editor, and the window with the code."""
        window = self.start_window()
        window.find("row", re.compile("Console"))
        window.program.key("Down", "Return")
        editor = window.program.window("Console")
        editor.find("button", "Authorize").press()
        return editor, window.program.window("Sign In")

    def test_signed_in(self) -> None:
        editor, shown = self.begin()
        label = shown.find("label", CODE)
        self.assertEqual(label.text, CODE)
        shown.find("label", self.server.base + "/enter")
        shown.find("label", re.compile(r"good for 9:\d\d"))
        shown.find("button", "Open Page")
        shown.find("button", "Copy Code").press()
        shown.find("button", "Copied")
        wait_until(lambda: len(self.server.times) >= 2, "the server to be asked twice")
        self.server.is_allowed = True
        editor.find("label", "Authorized")
        wait_until(lambda: not [w for w in editor.program.find_application().children()
                                if w.name == "Sign In"], "the window with the code to close")
        for earlier, later in zip(self.server.times, self.server.times[1:]):
            self.assertGreaterEqual(later - earlier, 1)
        self.assertEqual(self.lanyard("token", "Console").strip(), "t0k3n")

    def test_cancelled(self) -> None:
        editor, shown = self.begin()
        shown.find("label", CODE)
        shown.find("button", "Cancel").press()
        wait_until(lambda: not [w for w in editor.program.find_application().children()
                                if w.name == "Sign In"], "the window with the code to close")
        editor.find("button", "Authorize")
        asked = len(self.server.times)
        time.sleep(2)
        self.assertEqual(len(self.server.times), asked)


if __name__ == "__main__":
    main()
