# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands before a server that cannot tell what it was asked: passes everything on, and remembers.

The demo provider has a memory of its own; glewlwyd and Django get one here. A test gives Lanyard
the recorder's address for the endpoint whose requests it wants to count.
"""

from __future__ import annotations

import http.client
import socketserver
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional
from urllib.parse import parse_qsl, urlsplit

HOST = "127.0.0.1"
# Headers that belong to one connection, not to what is said over it (RFC 9110 section 7.6.1).
OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@dataclass
class Exchange:
    """One request and what came back."""

    method: str
    target: str
    headers: dict[str, str]
    body: str
    at: float = field(default_factory=time.monotonic)
    status: int = 0
    answer: str = ""

    @property
    def path(self) -> str:
        """The path alone."""
        return urlsplit(self.target).path

    @property
    def form(self) -> dict[str, str]:
        """The parameters of the body."""
        return dict(parse_qsl(self.body, keep_blank_values=True))


class Recorder(ThreadingHTTPServer):
    """Listens in a thread of its own until it is closed."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, upstream: str) -> None:
        super().__init__((HOST, 0), Handler)
        self.upstream = urlsplit(upstream)
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._refusals: dict[str, int] = {}
        self._forgers: dict[str, Callable[[str], str]] = {}
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without the name look-up of HTTPServer, which waits when there is no network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed, or a server that ended, is part of a test."""

    def find(self, path: str, **form: str) -> list[Exchange]:
        """What was asked at that path, with these parameters in the form."""
        with self._lock:
            return [
                exchange
                for exchange in self._exchanges
                if exchange.path == path and form.items() <= exchange.form.items()
            ]

    def all(self) -> list[Exchange]:
        """What was asked, in order."""
        with self._lock:
            return list(self._exchanges)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._exchanges = []
            self._refusals = {}
            self._forgers = {}

    def refuse(self, path: str, times: int = 1) -> None:
        """Answer so many requests there with 401, as if the server had changed its mind."""
        with self._lock:
            self._refusals[path] = times

    def forge(self, path: str, forger: Callable[[str], str]) -> None:
        """Change what the server answers there."""
        with self._lock:
            self._forgers[path] = forger

    def refuses(self, path: str) -> bool:
        """Called by the threads of the connections: whether this one is refused."""
        with self._lock:
            left = self._refusals.get(path, 0)
            self._refusals[path] = left - 1
            return left > 0

    def change(self, path: str, content: bytes) -> bytes:
        """Called by the threads of the connections: the answer as it is passed on."""
        with self._lock:
            forger = self._forgers.get(path)
        return content if forger is None else forger(content.decode()).encode()

    def remember(self, exchange: Exchange) -> None:
        """Called by the threads of the connections."""
        with self._lock:
            self._exchanges.append(exchange)

    def close(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """Passes one request on."""

    server: Recorder
    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True

    def pass_on(self) -> None:
        """Ask the server behind us the same, and answer the same."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {n: v for n, v in self.headers.items() if n.lower() not in OF_THE_CONNECTION}
        exchange = Exchange(self.command, self.path, headers, body.decode("utf-8", "replace"))
        self.server.remember(exchange)
        if self.server.refuses(exchange.path):
            self._refuse(exchange)
            return
        # A signature covers the address that the client sees.
        forwarded = {**headers, "X-Forwarded-Host": self.headers.get("Host", "")}
        answer = self._ask(body, forwarded)
        if answer is None:
            self.close_connection = True
            return
        response, content = answer
        content = self.server.change(exchange.path, content)
        exchange.status = response.status
        exchange.answer = content.decode("utf-8", "replace")
        self.send_response_only(response.status)
        for name, value in response.getheaders():
            if name.lower() not in OF_THE_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

    def _refuse(self, exchange: Exchange) -> None:
        """Say 401 without asking anybody."""
        exchange.status = 401
        self.send_response_only(401)
        self.send_header("WWW-Authenticate", "Bearer")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _ask(
        self, body: bytes, headers: dict[str, str]
    ) -> Optional[tuple[http.client.HTTPResponse, bytes]]:
        """The answer of the server behind us; None when there is none."""
        upstream = self.server.upstream
        connection = http.client.HTTPConnection(
            upstream.hostname or "", upstream.port, timeout=30
        )
        try:
            connection.request(self.command, self.path, body or None, headers)
            response = connection.getresponse()
            return response, response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Silent."""
