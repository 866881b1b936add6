# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small HTTP client and form filler for the self-test, and what its cases share.

It shares no code with the provider, so that a mistake in one does not hide behind the same
mistake in the other.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import secrets
import subprocess
import sys
import unittest
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Optional
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
REDIRECT_URI = "http://127.0.0.1:18099/callback"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """A header's value, or an empty string."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), "")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def redirect_params(self) -> dict[str, list[str]]:
        """The parameters of the address that we are sent to."""
        return parse_qs(urlsplit(self.header("Location")).query, keep_blank_values=True)


class Provider:
    """The program under test, as a process of its own."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "demo-provider.py"), "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        word, self.base = self.process.stdout.readline().split()
        assert word == "ready"

    def stop(self) -> int:
        """End it as a service manager does; its exit status."""
        self.process.terminate()
        status = self.process.wait(5)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def send(
        self,
        method: str,
        target: str,
        form: Any = None,
        body: Any = None,
        **headers: str,
    ) -> Answer:
        """One request on a connection of its own; target is a path or a whole address."""
        parts = urlsplit(urljoin(self.base, target))
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        data: Optional[bytes] = None
        if form is not None:
            data = urlencode(form, doseq=True).encode()
            names.setdefault("Content-Type", "application/x-www-form-urlencoded")
        elif body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target, data, names)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def script(self, *rules: dict[str, Any]) -> None:
        """Replace the rules and forget the requests."""
        assert self.send("POST", "/_script", body=list(rules)).status == 200
        assert self.send("POST", "/_reset").status == 200

    def requests(self, path: str) -> list[dict[str, Any]]:
        """What was asked at that path."""
        return [r for r in self.send("GET", "/_requests").json() if r["path"] == path]


class Page(HTMLParser):
    """The form of a page: its fields and what identifies its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.action = ""
        self.ids: set[str] = set()
        self.hidden: dict[str, str] = {}
        self.scopes: list[tuple[str, bool]] = []
        self.external: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        a = {name: value or "" for name, value in attrs}
        self.ids.add(a.get("id", ""))
        if tag in ("script", "img", "iframe") or (tag == "link" and a["href"] != "data:,"):
            self.external.append(tag)
        if tag == "form":
            self.action = a["action"]
        elif tag == "input" and a.get("type") == "hidden":
            self.hidden[a["name"]] = a["value"]
        elif tag == "input" and a.get("name") == "scope":
            self.scopes.append((a["value"], "checked" in a))


@dataclass
class Person:
    """Somebody with a browser that keeps cookies, follows no redirect by itself, fills forms."""

    provider: Provider
    cookies: dict[str, str] = field(default_factory=dict)

    def go(self, method: str, target: str, form: Any = None) -> Answer:
        """A request with the cookies."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.provider.send(method, target, form, Cookie=cookie)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer

    def submit(self, page: Answer, **fields: Any) -> Answer:
        """Send the form of a page."""
        form = Page(page.text)
        return self.go("POST", form.action, {**form.hidden, **fields})

    def sign_in(self, target: str, username: str = "demo", password: str = "demo") -> Answer:
        """Through the sign-in page to the consent page."""
        page = self.go("GET", target)
        answer = self.submit(page, username=username, password=password, action="sign-in")
        return self.go("GET", answer.header("Location"))

    def allow(self, target: str, username: str = "demo", password: str = "demo") -> Answer:
        """Sign in and allow all that is checked; the redirect to the application."""
        page = self.sign_in(target, username, password)
        scopes = [name for name, checked in Page(page.text).scopes if checked]
        return self.submit(page, scope=scopes, action="allow")


def make_pkce() -> tuple[str, str]:
    """A code verifier and its challenge."""
    verifier = secrets.token_urlsafe(32)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).decode().rstrip("=")


def make_authorize(challenge: str, **changes: Any) -> str:
    """The address of an authorization request; None as a change leaves a parameter out."""
    params: dict[str, Any] = {
        "response_type": "code",
        "client_id": "demo-app",
        "redirect_uri": REDIRECT_URI,
        "scope": "profile email notes.read offline_access",
        "state": "st&te =1",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **changes,
    }
    kept = {name: value for name, value in params.items() if value is not None}
    return "/authorize?" + urlencode(kept, doseq=True)


def make_basic(username: str, password: str) -> str:
    """An Authorization header."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


class ProviderCase(unittest.TestCase):
    """One scripted provider for the cases of a class, without rules at the start of each."""

    provider: Provider

    @classmethod
    def setUpClass(cls) -> None:
        cls.provider = Provider("--scripted")
        cls.addClassCleanup(cls.provider.stop)

    def setUp(self) -> None:
        self.provider.script()

    def token(self, authorization: str = "", **form: Any) -> Answer:
        """A token request."""
        headers = {"Authorization": authorization} if authorization else {}
        return self.provider.send("POST", "/token", form, **headers)

    def get_code(self, client_id: str = "demo-app", **changes: Any) -> dict[str, str]:
        """A code with all that the token request needs."""
        verifier, challenge = make_pkce()
        target = make_authorize(challenge, client_id=client_id, **changes)
        params = Person(self.provider).allow(target).redirect_params()
        return {
            "grant_type": "authorization_code",
            "client_id": client_id,
            "code": params["code"][0],
            "redirect_uri": changes.get("redirect_uri", REDIRECT_URI),
            "code_verifier": verifier,
        }

    def get_tokens(self, **changes: Any) -> dict[str, Any]:
        """Tokens of demo-app."""
        return self.token(**self.get_code(**changes)).json()

    def refresh(self, token: str, **form: Any) -> Answer:
        """A refresh request of demo-app."""
        form = {"client_id": "demo-app", "refresh_token": token, **form}
        return self.token(grant_type="refresh_token", **form)

    def call(self, token: str, path: str = "/userinfo", **more: Any) -> Answer:
        """An API request."""
        method = "POST" if "body" in more else "GET"
        return self.provider.send(method, path, Authorization=f"Bearer {token}", **more)

    def assert_error(self, answer: Answer, error: str, status: int = 400) -> None:
        """An error as RFC 6749 section 5.2 wants it."""
        self.assertEqual((answer.status, answer.json()["error"]), (status, error))
        self.assertEqual(answer.header("Cache-Control"), "no-store")
