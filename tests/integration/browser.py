#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser with a person in front of it, for a session without a desktop.   usage: browser.py URL

Signs in and follows the redirect to the application, as a browser does. What is seen there is
written to $BROWSER_SHOWS; $BROWSER_DOES says what else happens.

    deny     the person presses the other button
    stray    a page of somebody else asks the application first
    forge    the state is not the one that was sent
    nothing  the person goes for lunch
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urljoin, urlsplit

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "servers"))

from person import Person, send  # noqa: E402


def main() -> int:
    """One sign-in."""
    does = os.environ.get("BROWSER_DOES", "")
    if does == "nothing":
        return 0
    redirect = Person(allow=does != "deny").authorize(sys.argv[1])
    if does == "forge":
        redirect = redirect.replace("state=", "state=x")
    if does == "stray":
        for path in ("/favicon.ico", "/", urlsplit(redirect).path + "/more?code=1&state=2"):
            send("GET", urljoin(redirect, path))
        send("POST", redirect, {"code": "posted"})
    answer = send("GET", redirect)
    with open(os.environ["BROWSER_SHOWS"], "w", encoding="utf-8") as file:
        file.write(f"{answer.status} {answer.header('Content-Type')}\n{answer.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
