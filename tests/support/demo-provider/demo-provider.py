#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small, real OAuth 2.0 authorization server on loopback, to try and to test sign-ins with.

Needs nothing but Python 3. Prints "ready http://127.0.0.1:PORT" and runs until SIGTERM; the
page at that address says the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading

from provider import Provider
from script import BadScript, Rule, Script, check_rules
from server import Server


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--port", type=int, default=8401, help="0 picks a free one (8401)")
    parser.add_argument(
        "--token-lifetime", type=int, default=60, metavar="S", help="of access tokens (60)"
    )
    parser.add_argument("--script", metavar="FILE", help="rules to start with; see script.py")
    parser.add_argument(
        "--scripted", action="store_true", help="open the control endpoints, for tests only"
    )
    parser.add_argument(
        "--ready-fd", type=int, metavar="N", help="write the ready line there instead"
    )
    parser.add_argument("--verbose", action="store_true", help="a line for each request")
    arguments = parser.parse_args()
    if not 0 <= arguments.port <= 65535:
        parser.error("--port must be between 0 and 65535")
    if arguments.token_lifetime < 1:
        parser.error("--token-lifetime must be at least a second")
    return arguments


def read_rules(path: str) -> list[Rule]:
    """The rules of a script file."""
    with open(path, encoding="utf-8") as file:
        return check_rules(json.load(file))


def say_ready(base_url: str, ready_fd: int | None) -> None:
    """Tell whoever started us; a descriptor of its own keeps standard output free."""
    line = f"ready {base_url}\n"
    if ready_fd is None:
        print(line, end="", flush=True)
        return
    with os.fdopen(ready_fd, "w") as ready:
        ready.write(line)


def main() -> int:
    """Serve until told to stop."""
    arguments = parse_arguments()
    try:
        rules = read_rules(arguments.script) if arguments.script else []
    except (OSError, ValueError) as error:
        kind = "script" if isinstance(error, BadScript) else "file"
        print(f"demo-provider: bad {kind} {arguments.script}: {error}", file=sys.stderr)
        return 1
    try:
        server = Server(arguments.port, arguments.verbose)
    except OSError as error:
        print(
            f"demo-provider: cannot listen on 127.0.0.1 port {arguments.port}: {error.strerror}",
            file=sys.stderr,
        )
        return 1
    provider = Provider(server.base_url, arguments.token_lifetime)
    server.answer = Script(
        provider.answer, provider.oauth.expire_access_tokens, rules, arguments.scripted
    ).answer

    def stop(_signal: int, _frame: object) -> None:
        # shutdown() waits for the loop that this very thread runs.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    say_ready(server.base_url, arguments.ready_fd)
    server.serve_forever(poll_interval=0.2)
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
