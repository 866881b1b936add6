#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the person in front of the browser, for tests without one.

Opens an authorization address, signs in, allows (or denies), and prints the address that the
browser would be sent to in the end, or the PIN that the last page shows. Knows plain forms,
whoever made them, and glewlwyd, whose pages are a JavaScript application: there it calls the
JSON API that this application calls.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Optional
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

MAX_STEPS = 25
SIGN_IN_BUTTON = r"^(go=login|action=sign-in)$"
ALLOW_BUTTON = r"^(allow=.*|(decision|action)=allow)$"
# Django's Cancel button has no name.
DENY_BUTTON = r"^((decision|action)=deny|=Cancel)$"


class StuckError(Exception):
    """The person does not know what to do on this page."""


@dataclass
class Answer:
    """What came back for a request."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> Optional[str]:
        """The first header of that name."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def send(
    method: str,
    url: str,
    form: Any = None,
    body: Any = None,
    headers: Optional[dict[str, str]] = None,
) -> Answer:
    """One request; redirects are not followed."""
    parts = urlsplit(url)
    names = dict(headers or {})
    data: Optional[bytes] = None
    if form is not None:
        data = urlencode(form).encode()
        names.setdefault("Content-Type", "application/x-www-form-urlencoded")
    elif body is not None:
        data = json.dumps(body).encode()
        names.setdefault("Content-Type", "application/json")
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        target = quote(parts.path or "/", safe="%/:=&+!$,;'@()*~")
        connection.request(method, f"{target}?{parts.query}".rstrip("?"), data, names)
        response = connection.getresponse()
        return Answer(url, response.status, response.getheaders(), response.read())
    finally:
        connection.close()


@dataclass
class Form:
    """A form of a page."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    checkboxes: list[tuple[str, str, bool]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """The forms of a page, and the PIN if there is one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.pin: Optional[str] = None
        self._in_pin = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        """Collect what a form sends."""
        a = {name: value or "" for name, value in attrs}
        self._in_pin = a.get("id") == "pin"
        if tag == "form":
            self.forms.append(Form(a.get("action", "")))
        elif tag in ("input", "button") and self.forms:
            kind = a.get("type", "submit" if tag == "button" else "text").lower()
            name, value = a.get("name", ""), a.get("value", "")
            if kind == "submit":
                self.forms[-1].buttons.append((name, value))
            elif kind == "checkbox":
                self.forms[-1].checkboxes.append((name, value or "on", "checked" in a))
            elif name:
                self.forms[-1].fields.append((name, value))

    def handle_data(self, data: str) -> None:
        """The PIN is the text of its element."""
        if self._in_pin:
            self.pin, self._in_pin = data.strip(), False


class Person:
    """Somebody with a name, a password, an opinion, and a browser that keeps cookies."""

    def __init__(
        self,
        username: str = "ada",
        password: str = "Lovelace-1815",
        allow: bool = True,
        scopes: Optional[list[str]] = None,
    ) -> None:
        self.username = username
        self.password = password
        self.allow = allow
        self.scopes = scopes
        self._cookies: dict[str, str] = {}

    def authorize(self, url: str) -> str:
        """Go through all pages; the address that leaves the server, or the PIN."""
        start = urlsplit(url)
        answer = self._go("GET", url)
        for _step in range(MAX_STEPS):
            location = answer.header("Location")
            if 300 <= answer.status < 400 and location:
                address = urljoin(answer.url, location)
                parts = urlsplit(address)
                if (parts.scheme, parts.netloc) != (start.scheme, start.netloc):
                    return address
                if parts.path == "/login.html":
                    answer = self._use_glewlwyd(address)
                else:
                    answer = self._go("GET", address)
                continue
            page = Page(answer.text)
            if page.pin:
                return page.pin
            answer = self._fill(answer, page)
        raise StuckError("This never ends")

    def enter_code(self, url: str) -> None:
        """Enter the code that is in a device's address, at glewlwyd, and allow."""
        answer = self._go("GET", url)
        answer = self._use_glewlwyd(urljoin(url, answer.header("Location") or ""))
        if "prompt=deviceComplete" not in (answer.header("Location") or ""):
            raise StuckError(f"The code was not accepted: {answer.status}")

    def _go(self, method: str, url: str, form: Any = None, body: Any = None) -> Answer:
        """A request with the cookies, whose names are enough for one server."""
        headers = {"Accept": "text/html"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{n}={v}" for n, v in self._cookies.items())
        answer = send(method, url, form, body, headers)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.split(";")[0]
        return answer

    def _fill(self, answer: Answer, page: Page) -> Answer:
        """Fill the form whose button is the one to press."""
        wanted = f"{SIGN_IN_BUTTON}|{ALLOW_BUTTON if self.allow else DENY_BUTTON}"
        for form in page.forms:
            for name, value in form.buttons:
                if re.search(wanted, f"{name}={value}"):
                    return self._submit(answer, form, (name, value))
        text = re.sub(r"\s+", " ", re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", answer.text))
        raise StuckError(f"{answer.status} {answer.url}: {text.strip()[:500]}")

    def _submit(self, answer: Answer, form: Form, button: tuple[str, str]) -> Answer:
        """Send a form with our answers; a page that comes back as it was would never end."""
        mine = {"username": self.username, "password": self.password}
        data = [(name, mine.get(name, value)) for name, value in form.fields]
        for name, value, checked in form.checkboxes:
            if checked if self.scopes is None else value in self.scopes:
                data.append((name, value))
        if button[0]:
            data.append(button)
        result = self._go("POST", urljoin(answer.url, form.action), form=data)
        if result.status == 200 and any(name == "password" for name, _value in form.fields):
            if any(name == "password" for f in Page(result.text).forms for name, _v in f.fields):
                raise StuckError("The password was not accepted")
        return result

    def _use_glewlwyd(self, address: str) -> Answer:
        """What glewlwyd's page does when somebody signs in and grants."""
        query = dict(parse_qsl(urlsplit(address).query))
        login = {"username": self.username, "password": self.password}
        signed_in = self._go("POST", urljoin(address, "/api/auth/"), body=login)
        if signed_in.status != 200:
            raise StuckError("The password was not accepted")
        if not self.allow:
            raise StuckError("glewlwyd's page has no button to refuse")
        scopes = query["scope"] if self.scopes is None else " ".join(self.scopes)
        grant = urljoin(address, f"/api/auth/grant/{query['client_id']}")
        self._go("PUT", grant, body={"scope": scopes})
        callback = query["callback_url"]
        return self._go("GET", callback + ("&" if "?" in callback else "?") + "g_continue")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("url", metavar="AUTHORIZATION_URL")
    parser.add_argument("--username", default="ada")
    parser.add_argument("--password", default="Lovelace-1815")
    parser.add_argument("--deny", action="store_true", help="press the other button")
    parser.add_argument("--scope", metavar="SCOPES", help="grant only these, with spaces between")
    arguments = parser.parse_args()
    scopes = None if arguments.scope is None else arguments.scope.split()
    person = Person(arguments.username, arguments.password, not arguments.deny, scopes)
    try:
        print(person.authorize(arguments.url))
    except StuckError as error:
        print(f"person: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
