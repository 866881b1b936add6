#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred askers of every kind at once: one of them asks the provider, and what comes of it is the
answer to all, also when nothing does."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable, NamedTuple

from gi.repository import Gio, GLib

from harness import Program, UiTestCase, main

HERE = Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent / "support"), str(HERE.parent / "service")]
# pylint: disable=wrong-import-position
from refresh_steps import SUPPORT, has_open, wait_until  # noqa: E402
from service_session import ERROR, NAME, ROOT, Client, Failure  # noqa: E402
from test_client import Person, Provider  # noqa: E402

BUILD = Path(os.environ["LANYARD_BUILD"])
CLI = str(BUILD / "src" / "cli" / "lanyard-cli")
FRONT = str(BUILD / "src" / "cli" / "lanyard")
SERVICE = str(BUILD / "src" / "service" / "lanyard-service")

NOTIFICATIONS = """<node><interface name='org.freedesktop.Notifications'>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>
<arg type='u' direction='out'/></method>
</interface></node>"""

N_CLIENTS = 4
CALLS = ["GetAccessToken"] * 15 + ["GetHeaders"] * 4 + ["Refresh"]
FRONTS = [("token", "--min-valid", "60"), ("header",)] * 5
COMMANDS = [("token",), ("header",), ("test",)] * 2 + [("token", "--json"), ("test",), ("refresh",)]
# In seconds: for so long nobody asks again on her own after a failure.
PAUSE = 1.1
# What is left of a hundred is the window.
assert N_CLIENTS * len(CALLS) + len(FRONTS) + len(COMMANDS) + 1 == 100


class Outcome(NamedTuple):
    """What the provider does, and what everybody is told then."""

    rule: dict[str, Any]
    error: str
    exit_code: int
    status: str


def make_rule(**rule: Any) -> dict[str, Any]:
    """What comes of the token request, when all are there."""
    return {"match": "^POST /token", "wait": True, **rule}


OUTCOMES = {
    "unavailable": Outcome(make_rule(kind="status", code=503), "Unavailable", 5, "authorized"),
    "hang-up": Outcome(make_rule(kind="drop"), "Network", 5, "authorized"),
    "malformed": Outcome(
        make_rule(kind="body", text='{"access_token": "x'), "Protocol", 1, "authorized"
    ),
    "success": Outcome(make_rule(kind="json", set={"expires_in": 1}), "", 0, "authorized"),
    "refusal": Outcome(
        make_rule(kind="body", code=400, text='{"error": "invalid_grant"}'),
        "NotAuthorized",
        3,
        "refused",
    ),
}


def is_waiting(pid: int) -> bool:
    """Whether a process sleeps until it hears from somebody."""
    folder = Path(f"/proc/{pid}")
    with contextlib.suppress(FileNotFoundError):
        has_socket = any(os.readlink(fd).startswith("socket:") for fd in (folder / "fd").iterdir())
        status = (folder / "stat").read_text(encoding="ascii")
        return has_socket and status.rpartition(")")[2].split()[0] == "S"
    return False


class TestCrowd(UiTestCase):
    """The service, the front, the command line and the window, with a real keyring."""

    def setUp(self) -> None:
        super().setUp()
        self.provider = Provider("--scripted", "--token-lifetime", "3600")
        self.addCleanup(self.provider.stop)
        folder = self.session.directory / "config" / "lanyard" / "providers"
        folder.mkdir(parents=True)
        text = (SUPPORT / "demo-provider" / "demo.json").read_text(encoding="utf-8")
        port = self.provider.base.rsplit(":", 1)[1]
        (folder / "demo.json").write_text(text.replace("@PORT@", port), encoding="utf-8")
        self.sign_in()
        self.start_notifications()
        self.start_service()
        self.start_program()
        self.find_row("Authorized")

    @property
    def program(self) -> Program:
        """The window."""
        return self.programs[0]

    def sign_in(self) -> None:
        """One authorization, whose access token ends in a second."""
        self.lanyard("add", "--name", "Mail", "--provider", "demo")
        self.provider.script(
            {"match": "^POST /token", "kind": "json", "set": {"expires_in": 1}}
        )
        process = self.start_command(CLI, "authorize", "Mail", "--paste")
        addresses = (line.strip() for line in process.stderr if "/authorize?" in line)
        address = next(line for line in addresses if line.startswith("http"))
        location = Person(self.provider).allow(address).header("Location")
        _out, err = process.communicate(location + "\n")
        self.assertEqual(process.returncode, 0, err)
        identifier = json.loads(self.lanyard("show", "Mail", "--json"))["id"]
        self.lock = self.session.directory / "run" / "lanyard" / f"{identifier}.lock"

    def start_service(self) -> None:
        """The service, and the clients that have come to it."""
        service = self.session.start([SERVICE])
        self.addCleanup(self.session.end, service)
        self.clients = [Client(self.session) for _client in range(N_CLIENTS)]
        for client in self.clients:
            self.addCleanup(client.close)
            wait_until(client.get_service_pid, "the service")
            client.get_objects()

    def start_notifications(self) -> None:
        """Who shows notifications."""
        self.notified: list[str] = []
        desktop = Client(self.session)
        self.addCleanup(desktop.close)

        def called(*arguments: Any) -> None:
            parameters, invocation = arguments[5:7]
            self.notified.append(parameters.unpack()[3])
            invocation.return_value(GLib.Variant("(u)", (1,)))

        info = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
        desktop.connection.register_object(
            "/org/freedesktop/Notifications", info, called, None, None
        )
        bus = "org.freedesktop.DBus"
        parameters = GLib.Variant("(su)", ("org.freedesktop.Notifications", 0))
        desktop.call_object(bus, "/org/freedesktop/DBus", bus, "RequestName", parameters)

    def start_command(self, *arguments: str) -> subprocess.Popen[str]:
        """A command that runs while the test goes on."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True,
            env=self.session.environment,
        )

    def find_row(self, status: str) -> None:
        """Wait until the row says that."""
        self.program.window().find("row", re.compile(f"^Mail, Demo, {status}"))

    def count_tokens(self) -> int:
        """How many token requests came since the script was set."""
        return len(self.provider.requests("/token"))

    # The askers. Each kind starts, and sees to it that all of them wait.

    def call(self) -> None:
        """Eighty calls over the bus."""
        self.answers: list[Any] = []
        for client in self.clients:
            for method in CALLS:
                arguments = ("Mail", "", "") if method == "GetHeaders" else ("Mail",)
                client.start(method, *arguments, done=self.answers.append)
            # They have been taken up when this is answered.
            client.get_properties(ROOT, NAME + "1")

    def start_fronts(self) -> None:
        """Commands for which the service works."""
        self.fronts = [
            self.start_command(FRONT, command, "Mail", *options) for command, *options in FRONTS
        ]
        for process in self.fronts:
            wait_until(lambda pid=process.pid: is_waiting(pid), "a front that waits")
        self.clients[0].get_properties(ROOT, NAME + "1")

    def start_commands(self) -> None:
        """Commands that work in their own processes."""
        self.commands = [
            self.start_command(CLI, command, "Mail", *options) for command, *options in COMMANDS
        ]
        for process in self.commands:
            wait_until(lambda pid=process.pid: has_open(pid, self.lock), "a command at the lock")

    def press(self) -> None:
        """Somebody at the window."""
        window = self.program.window()
        window.find("row").find("button", "More Actions").press()
        window.find("menu item", "Test").press()
        pid = self.program.process.pid
        wait_until(lambda: has_open(pid, self.lock), "the window at the lock")

    def ask(self, kinds: list[Callable[[], None]]) -> None:
        """All at once; the first of them gets the lock."""
        kinds[0]()
        wait_until(lambda: self.provider.send("GET", "/_held").json()["held"], "the token request")
        for kind in kinds[1:]:
            kind()
        self.assertEqual(self.answers, [])
        self.provider.send("POST", "/_release")

    # What they are told.

    def check(self, outcome: Outcome) -> None:
        """Everybody is told the same, and nobody asked on her own."""
        wait_until(lambda: len(self.answers) == N_CLIENTS * len(CALLS), "all answers")
        failures = [answer for answer in self.answers if isinstance(answer, Failure)]
        self.assertEqual({failure.name.removeprefix(ERROR) for failure in failures},
                         {outcome.error} - {""})
        self.assertIn(len(failures), (0, len(self.answers)))
        results = [(*process.communicate(timeout=60), process.returncode, process.args)
                   for process in self.fronts + self.commands]
        self.assertEqual({result[2] for result in results}, {outcome.exit_code}, results)
        if outcome.exit_code == 0:
            self.check_tokens(results)
            self.program.window().find("label", re.compile("It works"))
        else:
            dialog = self.program.dialog("The Test Failed")
            dialog.find("label", re.compile("Mail"))
            dialog.find("button", "Close").press()
        self.assertEqual(self.count_tokens(), 1)
        shown = json.loads(self.lanyard("show", "Mail", "--json"))
        self.assertEqual(shown["status"], outcome.status)

    def check_tokens(self, results: list[tuple[str, str, int, list[str]]]) -> None:
        """One token for all."""
        tokens = {answer[0] for answer in self.answers
                  if isinstance(answer[0], str)}
        tokens |= {out for out, _err, _code, arguments in results
                   if arguments[1] == "token" and "--json" not in arguments}
        self.assertEqual(len(tokens), 1)
        told = str(self.answers) + str([result[0] for result in results])
        self.assertEqual(set(re.findall("demo-at-[A-Za-z0-9_-]+", told)), tokens)

    def try_again(self) -> None:
        """A new wish is a new attempt, at once; the token that it brings ends soon, too."""
        self.provider.script({**OUTCOMES["success"].rule, "wait": False})
        self.clients[0].call("Refresh", "Mail")
        self.assertEqual(self.count_tokens(), 1)

    def wait_for_expiry(self) -> None:
        """Until the token cannot serve any more, as it does as long as it can; and until those who
        were told of a failure try again."""
        end = json.loads(self.lanyard("show", "Mail", "--json"))["expires_at"]
        pause_end = time.monotonic() + PAUSE
        wait_until(
            lambda: time.time() > end and time.monotonic() > pause_end, "the end of the token"
        )

    def test_one_request(self) -> None:
        kinds = [self.call, self.start_commands, self.press, self.start_fronts]
        for name, outcome in OUTCOMES.items():
            with self.subTest(name):
                self.wait_for_expiry()
                self.answers = []
                self.provider.script(outcome.rule)
                self.ask(kinds)
                self.check(outcome)
                if outcome.status == "authorized":
                    self.assertEqual(self.notified, [])
                    self.try_again()
                kinds = kinds[1:] + kinds[:1]
        wait_until(lambda: self.notified, "what the person is told")
        self.find_row("Sign in again")
        # Nobody asks again with a token that was refused, nor is the person told again.
        with self.assertRaises(Failure):
            self.clients[0].call("Refresh", "Mail")
        self.assertEqual(self.count_tokens(), 1)
        self.assertEqual(len(self.notified), 1)
        self.assertIn("Mail", self.notified[0])


if __name__ == "__main__":
    main()
