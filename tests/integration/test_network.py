#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that cannot be reached or trusted: named, and nobody is signed out for it."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
import threading
from typing import Callable, ClassVar
from urllib.parse import urlsplit

from harness import (
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_NETWORK,
    EXIT_USAGE,
    DemoCase,
    Result,
    main,
    run_servers,
)

# RFC 2606: there is no such host, and there never will be.
NO_HOST = "no-such-host.invalid"


class UnreachableCase(DemoCase):
    """A renewal at another address than the one of the sign-in."""

    def move(self, address: str) -> str:
        """An authorization whose token has ended and whose token endpoint has moved."""
        name = self.sign_in_demo(1)
        self.desktop.do("set", name, "--set", f"token_endpoint={address}")
        return name

    def assert_kept(self, name: str) -> None:
        """It works again as soon as the server does."""
        self.assert_status(name, "authorized")
        self.desktop.do("set", name, "--set", f"token_endpoint={self.demo.base}/token")
        self.desktop.do("refresh", name)

    def fail_at(self, address: str, *words: str) -> Result:
        """Neither a renewal nor a sign-in works, and both say why."""
        name = self.move(address)
        before = self.desktop.read_keyring(name)
        for result in (self.desktop.run("refresh", name), self.desktop.authorize(name)):
            self.assert_fails(result, EXIT_NETWORK, name, *words)
            self.assertEqual(self.desktop.read_keyring(name), before)
        self.assert_kept(name)
        return result


class NetworkTest(UnreachableCase):
    """No server, or one that says nothing."""

    def listen(self, answer: Callable[[socket.socket], None]) -> str:
        """A server that reads a request and then does what it is told."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def serve() -> None:
            while True:
                try:
                    connection, _address = listener.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    connection.recv(65536)
                    answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/token"

    def test_http_is_refused(self) -> None:
        for address in (
            "http://example.org/token",
            "http://127.0.0.1.example.org/token",
            "http://localhost.example.org/token",
            "http://10.0.0.1/token",
            "ftp://127.0.0.1/token",
            "file:///etc/passwd",
            "//127.0.0.1/token",
            "javascript:alert(1)",
        ):
            with self.subTest(address):
                for field in ("token_endpoint", "authorization_endpoint", "userinfo_endpoint"):
                    name = self.make_name()
                    command = ["add", "--name", name, "--type", "oauth2", "--set"]
                    result = self.desktop.run(*command, f"{field}={address}")
                    self.assertIn(result.code, (EXIT_FAILED, EXIT_USAGE), result)
                    self.assert_fails(result, result.code)
                    self.assertNotIn(name, self.desktop.do("list", "--all").out)

    def test_http_is_refused_in_a_provider_file(self) -> None:
        # The grammar may let a template pass; the request must not.
        self.desktop.write_provider(
            "plain",
            authorize={"url": "http://example.org/authorize"},
            token={"url": "http://example.org/token"},
        )
        name = self.make_name()
        result = self.desktop.run("add", "--name", name, "--provider", "plain")
        if result.code == EXIT_DONE:
            result = self.desktop.authorize(name)
        self.assertNotEqual(result.code, EXIT_DONE, result)
        self.assertNotIn("example.org/authorize?", result.err)

    def test_server_is_gone(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.fail_at(f"http://127.0.0.1:{port}/token", f"127.0.0.1:{port}", "refused")

    def test_no_such_host(self) -> None:
        self.fail_at(f"https://{NO_HOST}/token", NO_HOST)

    def test_connection_lost_before_the_answer(self) -> None:
        self.fail_at(self.listen(lambda _connection: None), "127.0.0.1", "lost")

    def test_connection_lost_in_the_answer(self) -> None:
        def cut(connection: socket.socket) -> None:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
            connection.sendall(head + b'{"access_token": "cut-off", "token_ty')

        result = self.fail_at(self.listen(cut), "127.0.0.1", "lost")
        self.assertNotIn("cut-off", result.err)

    def test_connection_lost_in_a_form(self) -> None:
        # Nothing in a form says that it is not complete: half a token would pass for a whole one.
        def cut(connection: socket.socket) -> None:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            head += b"Content-Length: 900\r\nConnection: close\r\n\r\n"
            connection.sendall(head + b"token_type=bearer&access_token=cut-off")

        self.fail_at(self.listen(cut), "127.0.0.1", "lost")

    def test_not_http(self) -> None:
        name = self.move(self.listen(lambda peer: peer.sendall(b"220 mail ready\r\n")))
        self.assert_fails(self.desktop.run("refresh", name), EXIT_FAILED, name, "127.0.0.1")
        self.assert_kept(name)

    def test_endless_headers(self) -> None:
        def pour(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for _line in range(20000):
                connection.sendall(b"X-Pad: " + b"x" * 1000 + b"\r\n")

        name = self.move(self.listen(pour))
        result = self.desktop.run("refresh", name)
        self.assertIn(result.code, (EXIT_FAILED, EXIT_NETWORK), result)
        self.assert_fails(result, result.code, name)
        self.assert_kept(name)

    def test_server_comes_back(self) -> None:
        name = self.sign_in_demo(1)
        self.demo.script({"match": "^POST /token", "kind": "drop", "times": 1})
        self.assert_fails(self.desktop.run("refresh", name), EXIT_NETWORK, name)
        self.desktop.do("refresh", name)

    def test_unavailable(self) -> None:
        for code in (500, 502, 503, 504, 429, 408):
            with self.subTest(code):
                name = self.sign_in_demo(1)
                rule = {"match": "^POST /token", "kind": "status", "code": code}
                self.demo.script({**rule, "body": "<html>sorry</html>"})
                result = self.desktop.run("refresh", name)
                self.assert_fails(result, EXIT_NETWORK, name, str(code))
                self.assertNotIn("<html>", result.err)
                self.assert_status(name, "authorized")

    def test_asks_to_wait(self) -> None:
        name = self.sign_in_demo(1)
        rule = {"match": "^POST /token", "kind": "status", "code": 503}
        self.demo.script({**rule, "headers": {"Retry-After": "120"}})
        self.assert_fails(self.desktop.run("refresh", name), EXIT_NETWORK, name, "120")

    def test_redirect_is_not_followed(self) -> None:
        name = self.sign_in_demo(1)
        for code in (301, 302, 303, 307, 308):
            with self.subTest(code):
                rule = {"match": "^POST /token", "kind": "redirect", "code": code}
                self.demo.script({**rule, "url": self.demo.base + "/landed"})
                result = self.desktop.run("refresh", name)
                self.assertNotEqual(result.code, EXIT_DONE)
                self.assert_fails(result, result.code, name)
                self.assertEqual(self.demo.requests("/landed"), [])
        self.assert_status(name, "authorized")


class CertificateTest(UnreachableCase):
    """nginx with every kind of wrong certificate."""

    folder: ClassVar[str]
    port: ClassVar[int]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="lanyard-tls-"))
        servers = cls.enterClassContext(run_servers("nginx", "--tls", cls.folder))
        cls.port = urlsplit(servers["nginx"]).port or 0

    def address(self, offset: int) -> str:
        """One of the servers with TLS."""
        return f"https://localhost:{self.port + offset}/token"

    def refresh_trusting(self, name: str) -> Result:
        """Renew on a computer that trusts the test's authority."""
        authority = os.path.join(self.folder, "ca.crt")
        return self.desktop.run_trusting(authority, "refresh", name)

    def test_unknown_authority(self) -> None:
        self.fail_at(self.address(2), f"localhost:{self.port + 2}", "Lanyard test CA")

    def test_wrong_host(self) -> None:
        self.fail_at(self.address(3), f"localhost:{self.port + 3}", "other.example")

    def test_expired(self) -> None:
        name = self.move(self.address(4))
        self.assert_fails(self.desktop.run("refresh", name), EXIT_NETWORK, name)
        self.assert_fails(self.refresh_trusting(name), EXIT_NETWORK, name, "expired")
        self.assert_kept(name)

    def test_self_signed(self) -> None:
        self.fail_at(self.address(5), f"localhost:{self.port + 5}", "self-signed")

    def test_wrong_host_of_a_trusted_authority(self) -> None:
        name = self.move(self.address(3))
        self.assert_fails(self.refresh_trusting(name), EXIT_NETWORK, name, "other.example")

    def test_not_tls(self) -> None:
        self.fail_at(f"https://localhost:{self.port}/token", f"localhost:{self.port}")

    def test_good(self) -> None:
        # The rest of this class would pass for a program that trusts nobody.
        name = self.move(self.address(2))
        result = self.refresh_trusting(name)
        self.assert_fails(result, EXIT_FAILED, name, "token")
        self.assert_kept(name)


if __name__ == "__main__":
    main()
