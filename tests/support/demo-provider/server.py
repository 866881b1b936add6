# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP layer: one thread for each connection, on loopback only."""

from __future__ import annotations

import socket
import socketserver
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable, Iterable, Optional

from exchange import Reply, Request, make_text

HOST = "127.0.0.1"
IDLE_TIMEOUT = 60
MAX_BODY = 1 << 20

Answer = Callable[[Request], Optional[Reply]]


class Server(ThreadingHTTPServer):
    """Listens at once; answers when `answer` is set and serve_forever() runs."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, verbose: bool = False) -> None:
        super().__init__((HOST, port), Handler)
        self.answer: Answer = lambda _request: None
        self.verbose = verbose

    @property
    def base_url(self) -> str:
        """The address of the server, with the port that it really has."""
        return f"http://{HOST}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without the name look-up of HTTPServer, which waits when there is no network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of ours."""
        if not isinstance(sys.exc_info()[1], (OSError, ValueError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Reads one request after the other from a connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_TIMEOUT
    disable_nagle_algorithm = True

    def version_string(self) -> str:
        """What the Server header says."""
        return "LanyardDemoProvider"

    def handle_any(self) -> None:
        """Read a request completely, have it answered, send the answer."""
        body = self._read_body()
        if body is None:
            return
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        try:
            reply = self.server.answer(Request(self.command, self.path, headers, body))
        except Exception:  # noqa: BLE001 - a bug must show as an answer, not as a silence
            traceback.print_exc()
            reply = make_text(500, "The demo provider made a mistake.\n")
        if reply is None:
            self._drop()
        else:
            self._send(reply)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_any

    def _read_body(self) -> Optional[bytes]:
        """The body, or None when there was something wrong with it, which has been said."""
        if "Transfer-Encoding" in self.headers:
            return self._refuse(411, "Send a Content-Length.\n")
        announced = self.headers.get("Content-Length", "0").strip()
        if not (announced.isascii() and announced.isdigit()):
            return self._refuse(400, "That is no Content-Length.\n")
        length = int(announced)
        if length > MAX_BODY:
            return self._refuse(413, "That is too much.\n")
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def _refuse(self, status: int, text: str) -> None:
        """Answer and close, because the rest of the connection cannot be understood."""
        self.close_connection = True
        self._send(make_text(status, text))

    def _drop(self) -> None:
        """Close without a byte."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _send(self, reply: Reply) -> None:
        """Send head and body; closes after an answer whose length is not the true one."""
        pieces: Iterable[bytes] = (reply.body,) if isinstance(reply.body, bytes) else reply.body
        if reply.length is not None:
            self.close_connection = True
            length = reply.length
        else:
            length = len(reply.body) if isinstance(reply.body, bytes) else 0
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            for piece in pieces:
                self.wfile.write(piece)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """One line for each request, without its query: that is where codes are."""
        if self.server.verbose:
            path = self.path.partition("?")[0]
            print(f"{self.command} {path} {code}", file=sys.stderr, flush=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Whatever else http.server wants to say is of no use to anybody."""
