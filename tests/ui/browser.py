#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the person's browser, and the person in it, for the demo provider: browser.py ADDRESS.

It signs in and does what the file `$XDG_CONFIG_HOME/person` says: `allow` (as without the file),
`deny`, or `leave`, which does nothing at all. Beside the file it notes each address it was given.
"""

from __future__ import annotations

import os
import sys
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Optional
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener


class Form(HTMLParser):
    """What a page would send if its form was submitted as it is."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        if tag == "form":
            self.action = values["action"]
        elif tag == "input" and (values.get("type") == "hidden"
                                 or values.get("type") == "checkbox" and "checked" in values):
            self.fields.append((values["name"], values["value"]))


def main(address: str) -> int:
    """Goes to the address and on from there."""
    folder = Path(os.environ["XDG_CONFIG_HOME"])
    with open(folder / "addresses", "a", encoding="utf-8") as file:
        file.write(address + "\n")
    wish = folder / "person"
    action = wish.read_text(encoding="utf-8").strip() if wish.exists() else "allow"
    if action == "leave":
        return 0

    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    answer = opener.open(address)
    form = Form(answer.read().decode())
    while form.action:
        if "username" in form.ids:
            extra = [("username", "demo"), ("password", "demo"), ("action", "sign-in")]
        else:
            extra = [("action", action)]
        answer = opener.open(urljoin(answer.geturl(), form.action),
                             urlencode(form.fields + extra).encode())
        form = Form(answer.read().decode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
