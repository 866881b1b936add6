#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three ways of Django to sign in, on loopback.   usage: server.py PORT STATE_DIRECTORY

The port is taken first: preparing the database takes two seconds, and whoever starts us on a
port that is not free should not wait for them.
"""

from __future__ import annotations

import os
import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

HOST = "127.0.0.1"
PEOPLE = (
    ("ada", "ada@example.org", "Lovelace-1815", "Ada", "Lovelace"),
    ("björn", "bjorn@example.org", "pässwörd & 100%", "Björn", "Ünïcode"),
)
REDIRECT_URIS = (
    "http://127.0.0.1/callback",
    "http://[::1]/callback",
    "http://localhost:8765/callback",
    "com.example.app:/callback",
)
# client_id, secret, grant, algorithm of the id_token
CLIENTS = (
    ("native", "", "authorization-code", "RS256"),
    ("web", "w3b: s&cret/+%", "authorization-code", "RS256"),
    ("web-hs256", "hs256-secret-hs256-secret-hs256!", "authorization-code", "HS256"),
    ("implicit", "", "implicit", "RS256"),
    ("service", "service-secret", "client-credentials", ""),
    ("legacy", "legacy-secret", "password", ""),
)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Bind without the name look-up, which waits when there is no network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]
        self.setup_environ()


class Handler(WSGIRequestHandler):
    """Silent unless asked."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """One line for each request."""
        if os.environ.get("DEBUG"):
            super().log_message(format, *args)


def fill_database() -> None:
    """Tables, people and clients."""
    # Django's models can be imported only once it is set up.
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0, interactive=False)
    for username, email, password, first, last in PEOPLE:
        User.objects.create_user(username, email, password, first_name=first, last_name=last)
    for client_id, secret, grant, algorithm in CLIENTS:
        redirects = grant in ("authorization-code", "implicit")
        Application.objects.create(
            client_id=client_id,
            client_secret=secret,
            client_type="confidential" if secret else "public",
            name=client_id.title(),
            authorization_grant_type=grant,
            algorithm=algorithm,
            redirect_uris=" ".join(REDIRECT_URIS) if redirects else "",
        )


def main() -> int:
    """Serve until told to stop."""
    port, state = int(sys.argv[1]), sys.argv[2]
    try:
        server = Server((HOST, port), Handler)
    except OSError as error:
        print(f"django: cannot listen on port {port}: {error.strerror}", file=sys.stderr)
        return 1
    os.environ["LANYARD_TEST_PORT"] = str(port)
    os.environ["LANYARD_TEST_STATE"] = state
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    fill_database()
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print("ready", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
