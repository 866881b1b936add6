# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""git's own HTTP server (git http-backend) behind a check of the Authorization header."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# What the server says of a request: the user name and the password, and whether they are right.
# A bearer token comes without a user name.
Check = Callable[[str, str], bool]


def run_git(*arguments: str, folder: Path) -> None:
    """Run git for the test itself, without asking anybody."""
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def make_repository(folder: Path) -> None:
    """A bare repository `project.git` with one file in it."""
    work = folder / "work"
    work.mkdir(parents=True)
    run_git("init", "--quiet", folder=work)
    (work / "hello").write_text("hello\n", encoding="utf-8")
    run_git("add", "hello", folder=work)
    run_git("commit", "--quiet", "--message", "Hello", folder=work)
    run_git("clone", "--quiet", "--bare", str(work), str(folder / "project.git"), folder=folder)
    # Who is let in may push.
    run_git("config", "http.receivepack", "true", folder=folder / "project.git")


class GitServer:
    """Serves a folder of bare repositories on this computer."""

    def __init__(self, folder: Path, check: Check, wanted_scheme: str = "Basic") -> None:
        self.attempts: list[tuple[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            """One request: checked, then given to git."""

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

            def _read_credentials(self) -> tuple[str, str] | None:
                scheme, _, value = self.headers.get("Authorization", "").partition(" ")
                if scheme != wanted_scheme:
                    return None
                user, password = "", value
                if scheme == "Basic":
                    user, _, password = base64.b64decode(value).decode().partition(":")
                server.attempts.append((user, password))
                return user, password

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                credentials = self._read_credentials()
                if credentials is None or not check(*credentials):
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", f'{wanted_scheme} realm="git"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self._run_backend(body)

            def _run_backend(self, body: bytes) -> None:
                path, _, query = self.path.partition("?")
                environment = {
                    "PATH": os.environ["PATH"],
                    "GIT_PROJECT_ROOT": str(folder),
                    "GIT_HTTP_EXPORT_ALL": "1",
                    "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                    "PATH_INFO": path,
                    "QUERY_STRING": query,
                    "REQUEST_METHOD": self.command,
                    "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                    "CONTENT_LENGTH": str(len(body)),
                    "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                    "REMOTE_ADDR": "127.0.0.1",
                }
                done = subprocess.run(
                    ["git", "http-backend"],
                    input=body,
                    env=environment,
                    capture_output=True,
                    check=False,
                )
                header, _, content = done.stdout.partition(b"\r\n\r\n")
                status, fields = 200, []
                for line in header.decode().split("\r\n"):
                    name, _, value = line.partition(": ")
                    if name == "Status":
                        status = int(value.split()[0])
                    else:
                        fields.append((name, value))
                self.send_response(status)
                for name, value in fields:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = _serve  # noqa: N815
            do_POST = _serve  # noqa: N815

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
