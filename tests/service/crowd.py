#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""crowd.py CALLERS NAME: so many programs, as the bus sees it, that ask for one token at once.

Prints "ready" when all are connected, asks when a line comes in, prints "asked" when the service
has all calls, and then what each was answered, as JSON: a token, or the name of an error.
"""

from __future__ import annotations

import json
import os
import sys
from types import SimpleNamespace
from typing import Any

from gi.repository import GLib
from service_session import (
    NAME,
    PROPERTIES,
    ROOT,
    SERVICE,
    Client,
    Failure,
    run_until,
)


def main() -> None:
    """Ask, and tell."""
    n_callers, name = int(sys.argv[1]), sys.argv[2]
    session: Any = SimpleNamespace(environment=os.environ)
    clients = [Client(session) for _caller in range(n_callers)]
    print("ready", flush=True)
    sys.stdin.readline()

    answers: list[Any] = []
    for client in clients:
        client.start("GetAccessToken", name, done=answers.append)
    # What comes later over the same connection is answered later, if both need no waiting.
    version = GLib.Variant("(ss)", (SERVICE, "Version"))
    for client in clients:
        client.call_object(NAME, ROOT, PROPERTIES, "Get", version)
    print("asked", flush=True)

    run_until(lambda: len(answers) == n_callers, "all answers")
    print(json.dumps([a.name if isinstance(a, Failure) else a[0] for a in answers]))


if __name__ == "__main__":
    main()
