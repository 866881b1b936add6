#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server at home without TLS, which the person confirmed: it is used, and nothing else is.

Usage: test-home-server.py PROGRAM [NAMES OF TESTS]
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cli_session import Lanyard, PrivateSession, skip_where_impossible

PASSWORD = "planted-home-pass-4711"
CONFIRMED = "allow_http=yes"
# How the command ends.
FAILED = 1
WRONG_USAGE = 2
NOT_AUTHORIZED = 3


def find_address() -> str | None:
    """An address of this computer that is not the loopback's; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("198.51.100.1", 9))
        except OSError:
            return None
        address = sock.getsockname()[0]
    return None if address.startswith("127.") else address


class Handler(BaseHTTPRequestHandler):
    """Who says who it is gets in."""

    def do_GET(self) -> None:  # noqa: N802
        """Note what came."""
        self.server.seen.append((self.path, self.headers.get("Authorization")))
        body = b'{"name": "Ada"}'
        self.send_response(200 if self.headers.get("Authorization") else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class HomeServerTest(unittest.TestCase):
    """Basic with URL, over http to another address than the loopback's."""

    @classmethod
    def setUpClass(cls) -> None:
        address = find_address()
        if address is None:
            raise unittest.SkipTest("this computer has no address but the loopback's")
        cls.server = ThreadingHTTPServer((address, 0), Handler)
        cls.server.seen = []
        cls.base = f"http://{address}:{cls.server.server_port}/dav"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.session = PrivateSession()
        cls.lanyard = Lanyard(PROGRAM, cls.session.environment)
        provider = {
            "id": "home",
            "name": "Home",
            "methods": [{"type": "basic-url", "verify": {"url": "{base_url}/me"}}],
        }
        config = Path(cls.session.environment["XDG_CONFIG_HOME"])
        folder = config / "lanyard" / "providers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "home.json").write_text(json.dumps(provider), encoding="utf-8")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.session.end()
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self) -> None:
        self.server.seen.clear()

    def expect(self, code: int, *arguments: str, stdin: str = "") -> str:
        """Run a command that ends so."""
        result = self.lanyard.run(*arguments, stdin=stdin)
        self.assertEqual(result.code, code, result.err)
        return result.out

    def add(self, name: str, *settings: str) -> None:
        """Add an authorization for the server."""
        options = [f"--set={setting}" for setting in ("username=ada", *settings)]
        secret = ("--secret", "password")
        add = ("add", "--name", name, "--provider", "home")
        self.expect(0, *add, *options, *secret, stdin=PASSWORD + "\n")

    def test_unconfirmed(self) -> None:
        """Nothing leaves for it, whatever is asked."""
        self.add("Other", f"base_url={self.base}")
        for command in ("curl", "header"):
            words = ("Other", "GET", self.base) if command == "header" else ("Other", self.base)
            self.expect(WRONG_USAGE, command, *words)
        self.expect(NOT_AUTHORIZED, "test", "Other")
        self.assertEqual(self.server.seen, [])

    def test_confirmed(self) -> None:
        """Test and curl reach it, inside its URL alone."""
        self.add("Home", f"base_url={self.base}", CONFIRMED)
        self.assertIn("Ada", self.expect(0, "test", "Home"))
        self.assertIn("Ada", self.expect(0, "curl", "Home", "-s", f"{self.base}/file"))
        self.assertEqual([path for path, _ in self.server.seen], ["/dav/me", "/dav/file"])
        self.assertTrue(all(value.startswith("Basic ") for _, value in self.server.seen))

        elsewhere = self.base.removesuffix("/dav")
        self.expect(FAILED, "curl", "Home", "-s", f"{elsewhere}/other")
        self.expect(FAILED, "curl", "Home", "-s", "http://nas.example/dav/file")
        self.assertEqual(len(self.server.seen), 2)


if __name__ == "__main__":
    skip_where_impossible()
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
