#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An OAuth 1.0a provider on loopback: oauthlib's server behind http.server.  usage: server.py PORT

    GET, POST  /oauth/request_token    temporary credentials
    GET, POST  /oauth/authorize        sign-in and consent, in plain forms
    GET, POST  /oauth/access_token     token credentials
    any        /api/…                  tells what was signed; /api/mail needs the realm "mail"
    GET        /rsa-private.pem        the key of the client ck-rsa, a new one at every start
"""

from __future__ import annotations

import html
import json
import os
import secrets
import socketserver
import sys
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from oauthlib.common import Request
from oauthlib.oauth1 import WebApplicationServer
from oauthlib.oauth1.rfc5849.errors import OAuth1Error

from validator import CLIENTS, RSA_PRIVATE_KEY, USERS, Validator

HOST = "127.0.0.1"
FORM_TYPE = "application/x-www-form-urlencoded"
# RFC 5849 leaves the method of the first and the third leg to the server.
LEG_METHODS = ("GET", "POST")
SAY_PROBLEMS = os.environ.get("PROBLEMS", "1") == "1"

# What oauthlib found wrong, in the words of the OAuth Problem Reporting extension.
PROBLEMS = {
    "client": "consumer_key_rejected",
    "signature": "signature_invalid",
    "nonce": "nonce_used",
    "resource_owner": "token_rejected",
    "request_token": "token_rejected",
    "verifier": "verifier_invalid",
    "callback": "callback_rejected",
    "realm": "permission_denied",
}

SIGN_IN_FORM = """<form method="post">
<label>User <input name="username" type="text" autofocus></label>
<label>Password <input name="password" type="password"></label>
<button type="submit" name="go" value="login">Sign in</button>
</form>"""

CONSENT_FORM = """<form method="post">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button>
</form>"""


class RememberingServer(WebApplicationServer):
    """Keeps the request that is being checked: oauthlib notes there what was wrong with it."""

    def __init__(self, validator: Validator) -> None:
        super().__init__(validator)
        self.last: Optional[Request] = None

    def _create_request(self, *arguments: Any, **named: Any) -> Request:
        self.last = super()._create_request(*arguments, **named)
        return self.last

    @property
    def wrong(self) -> str:
        """The first check that failed."""
        log = getattr(self.last, "validator_log", None) or {}
        return next((name for name, good in log.items() if good is False), "")


validator = Validator()
sessions: dict[str, str] = {}


def find_problem(error: OAuth1Error) -> str:
    """The name of the problem that made oauthlib refuse before it checked anything."""
    return name_problem(str(error.description or ""), str(error.error))


def name_problem(description: str, otherwise: str) -> str:
    """The name of a problem that oauthlib only describes."""
    if "imestamp" in description:
        return "timestamp_refused"
    if "signature" in description.lower():
        return "signature_method_rejected"
    if "Missing" in description:
        return "parameter_absent"
    if "realm" in description:
        return "permission_denied"
    return otherwise


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: "Server"
    protocol_version = "HTTP/1.1"
    timeout = 60

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Silent unless asked."""
        if os.environ.get("DEBUG"):
            sys.stderr.write(f"{format % args}\n")

    def reply(self, status: int, text: str = "", content_type: str = "", **headers: str) -> None:
        """Send an answer."""
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", content_type or "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def reply_page(self, title: str, body: str, status: int = 200, **headers: str) -> None:
        """Send a page."""
        text = (
            '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
            f"<title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
        )
        self.reply(status, text, "text/html; charset=utf-8", **headers)

    def reply_problem(self, status: int, problem: str) -> None:
        """Refuse, and say why unless told not to."""
        body = urlencode({"oauth_problem": problem}) if SAY_PROBLEMS else ""
        challenge = f'OAuth realm="{self.server.base}"'
        self.reply(status, body, FORM_TYPE, WWW_Authenticate=challenge)

    def handle_any(self) -> None:
        """Read the request and pass it on by its path."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        oauth = RememberingServer(validator)
        path = urlsplit(self.path).path
        try:
            if path == "/oauth/request_token" and self.command in LEG_METHODS:
                self.answer_token(oauth, oauth.create_request_token_response, body)
            elif path == "/oauth/access_token" and self.command in LEG_METHODS:
                self.answer_token(oauth, oauth.create_access_token_response, body)
            elif path == "/oauth/authorize":
                self.answer_authorize(oauth, body)
            elif path.startswith("/api/"):
                self.answer_api(oauth, path, body)
            elif path == "/rsa-private.pem":
                self.reply(200, RSA_PRIVATE_KEY, "application/x-pem-file")
            else:
                self.reply(404, "not found")
        except OAuth1Error as error:
            status = error.status_code if 400 <= error.status_code < 500 else 400
            self.reply_problem(status, find_problem(error))
        except ValueError as error:
            why = urlencode({"oauth_problem": "parameter_rejected", "why": str(error)})
            self.reply(400, why, FORM_TYPE)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def read_signed(self, body: str) -> tuple[str, str, str, dict[str, str]]:
        """What oauthlib needs: the address, the method, a form body, the headers."""
        headers = dict(self.headers.items())
        is_form = FORM_TYPE in self.headers.get("Content-Type", "")
        # Whoever stands before us and passes requests on says where they were sent to.
        host = self.headers.get("X-Forwarded-Host")
        base = f"http://{host}" if host else self.server.base
        return base + self.path, self.command, body if is_form else "", headers

    def answer_refusal(self, oauth: RememberingServer) -> None:
        """A 401 that names the first thing that oauthlib found wrong."""
        try:
            # For API requests, oauthlib keeps to itself what these checks say.
            if oauth.last is not None:
                oauth._check_mandatory_parameters(oauth.last)
        except OAuth1Error as error:
            self.reply_problem(401, find_problem(error))
            return
        self.reply_problem(401, PROBLEMS.get(oauth.wrong, "unauthorized"))

    def answer_token(self, oauth: RememberingServer, create: Any, body: str) -> None:
        """Temporary or token credentials."""
        headers, text, status = create(*self.read_signed(body))
        if status == 401:
            self.answer_refusal(oauth)
        elif status >= 400:
            description = dict(parse_qsl(text or "")).get("error_description", "")
            self.reply_problem(status, name_problem(description, "parameter_rejected"))
        else:
            self.reply(status, text, headers.get("Content-Type", FORM_TYPE))

    def answer_api(self, oauth: RememberingServer, path: str, body: str) -> None:
        """Tell a client whose signature is right what arrived."""
        realms = ["mail"] if path.startswith("/api/mail") else []
        signed = self.read_signed(body)
        valid, request = oauth.validate_protected_resource_request(*signed, realms)
        if not valid:
            self.answer_refusal(oauth)
            return
        seen = {
            "user": validator.access_tokens[request.resource_owner_key]["user"],
            "client": request.client_key,
            "method": self.command,
            "signature_method": request.signature_method,
            "query": parse_qsl(urlsplit(self.path).query, keep_blank_values=True),
            "form": parse_qsl(signed[2], keep_blank_values=True),
            "body": "" if signed[2] else body,
        }
        self.reply(200, json.dumps(seen, ensure_ascii=False), "application/json")

    def answer_authorize(self, oauth: RememberingServer, body: str) -> None:
        """The pages of the second leg."""
        query = parse_qs(urlsplit(self.path).query)
        token = validator.request_tokens.get(query.get("oauth_token", [""])[0])
        if token is None or token.get("used") or token.get("verifier"):
            self.reply_page("Error", "<p>This request is not valid any more.</p>", 400)
            return
        form = dict(parse_qsl(body, keep_blank_values=True))
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("sid")
        user = sessions.get(cookie.value) if cookie else None
        if self.command == "POST" and "username" in form:
            self.sign_in(token, form["username"], form.get("password", ""))
        elif user is None:
            self.reply_page("Sign in", SIGN_IN_FORM)
        elif self.command == "POST" and "decision" in form:
            self.decide(oauth, token, user, form["decision"] == "allow")
        else:
            self.show_consent(token)

    def sign_in(self, token: dict[str, Any], username: str, password: str) -> None:
        """Check the password; then ask for consent."""
        if USERS.get(username) != password:
            message = '<p class="error">Wrong user or password.</p>\n'
            self.reply_page("Sign in", message + SIGN_IN_FORM)
            return
        session = secrets.token_hex(16)
        sessions[session] = username
        cookie = f"sid={session}; Path=/; HttpOnly; SameSite=Lax"
        self.show_consent(token, Set_Cookie=cookie)

    def show_consent(self, token: dict[str, Any], **headers: str) -> None:
        """Ask what the application may do."""
        name = html.escape(CLIENTS[token["client"]]["name"])
        realms = html.escape(", ".join(token["realms"]))
        text = f"<p>{name} wants: {realms}</p>\n{CONSENT_FORM}"
        self.reply_page("Allow access?", text, **headers)

    def decide(
        self, oauth: RememberingServer, token: dict[str, Any], user: str, allow: bool
    ) -> None:
        """Go back to the application, or show the PIN when it has no address."""
        callback = token["callback"]
        if not allow:
            token["used"] = True
            if callback == "oob":
                self.reply_page("Refused", "<p>Nothing was shared.</p>")
                return
            params = {"oauth_token": token["oauth_token"], "oauth_problem": "user_refused"}
            joint = "&" if "?" in callback else "?"
            self.reply(302, Location=callback + joint + urlencode(params))
            return
        token["user"] = user
        address = self.server.base + self.path
        headers, _body, status = oauth.create_authorization_response(
            address, "GET", realms=token["realms"]
        )
        if status == 302:
            self.reply(302, Location=headers["Location"])
        else:
            pin = html.escape(token["verifier"])
            text = f'<p>Type this code in the app: <code id="pin">{pin}</code></p>'
            self.reply_page("Your PIN", text)


class Server(ThreadingHTTPServer):
    """A thread for each connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    @property
    def base(self) -> str:
        """The address that is signed."""
        return f"http://{HOST}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without the name look-up, which waits when there is no network."""
        socketserver.TCPServer.server_bind(self)


def main() -> int:
    """Serve until told to stop."""
    port = int(sys.argv[1])
    try:
        server = Server((HOST, port), Handler)
    except OSError as error:
        print(f"oauth1: cannot listen on port {port}: {error.strerror}", file=sys.stderr)
        return 1
    print("ready", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
