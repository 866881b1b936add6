# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stops a program at each step of a refresh, so that it can be looked at, or killed, there.

    with self.at_write(target):
        target.kill()

The program is stopped from outside, by whom it waits for: the lock, a keyring that does what the
test wants, the demo provider, the database, whoever reads what it hands out.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import sqlite3
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any, Callable, ClassVar, ContextManager, Iterator, NamedTuple

from gi.repository import Gio, GLib

SUPPORT = Path(__file__).resolve().parent
sys.path.insert(0, str(SUPPORT / "demo-provider"))

from test_client import Person, Provider  # noqa: E402

PATIENCE = int(os.environ.get("PATIENCE", "60"))
# In seconds: whoever hands out too early does it at once.
SILENCE = 0.3
PIPE_SIZE = 4096
HOLD = {"match": "^POST /token", "kind": "hold", "times": 1}

Environment = dict[str, str]


def wait_until(is_so: Callable[[], Any], what: str) -> None:
    """Wait for something that another program does; calls over the bus go on meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"never happened: {what}")
        while GLib.MainContext.default().iteration(False):
            pass
        time.sleep(0.01)


def has_open(pid: int, path: Path) -> bool:
    """Whether a process has opened a file."""
    with contextlib.suppress(OSError):
        return any(
            os.readlink(f"/proc/{pid}/fd/{fd}") == str(path) for fd in os.listdir(f"/proc/{pid}/fd")
        )
    return False


class ScriptedKeyring:
    """secret-service.py on the bus of a session."""

    def __init__(self, environment: Environment) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SUPPORT / "secret-service.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Debug messages go to standard output.
            env={**environment, "G_MESSAGES_DEBUG": ""},
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        flags = (
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        )
        self.connection = Gio.DBusConnection.new_for_address_sync(
            environment["DBUS_SESSION_BUS_ADDRESS"], flags, None, None
        )
        self.connection.set_exit_on_close(False)

    def _call(self, method: str, parameters: Any = None) -> tuple[Any, ...]:
        reply = self.connection.call_sync(
            "org.freedesktop.secrets",
            "/counts",
            "io.github.lanyard.Test",
            method,
            parameters,
            None,
            Gio.DBusCallFlags.NONE,
            PATIENCE * 1000,
            None,
        )
        return tuple(reply.unpack())

    def stop(self) -> None:
        """End it."""
        self.connection.close_sync(None)
        self.process.kill()
        self.process.communicate()

    def hold(self, method: str, is_after: bool = False) -> None:
        """Let the next call of a method wait, before or after it is carried out."""
        self._call("Hold", GLib.Variant("(sb)", (method, is_after)))

    def wait_held(self) -> None:
        """Until that call has come."""
        wait_until(lambda: self._call("CountHeld")[0], "a call of the keyring that waits")

    def release(self) -> None:
        """Let it be answered."""
        self._call("Release")

    def forget(self) -> None:
        """Let it never be answered, nor carried out."""
        self._call("Forget")

    def read(self, identifier: str) -> dict[str, Any]:
        """The credentials of an authorization: one JSON object that is whole."""
        (text,) = self._call("GetItem", GLib.Variant("(s)", (identifier,)))
        return dict(json.loads(text)["credentials"])


class Target:
    """A program that needs a new token for an authorization."""

    name: str
    # The process that makes the refresh.
    pid: int

    def start(self) -> None:
        """Let it begin."""
        raise NotImplementedError

    def has_handed_out(self) -> bool:
        """Whether anything was handed out yet."""
        raise NotImplementedError

    def kill(self) -> None:
        """End it in a way that it cannot notice."""
        raise NotImplementedError


class Command(Target):
    """A command that prints the token; into a pipe that is full, it waits there."""

    def __init__(self, environment: Environment, *arguments: str, is_stuck: bool = False) -> None:
        self.name = arguments[-1]
        self.is_stuck = is_stuck
        self._arguments = arguments
        self._environment = environment
        self._out = -1

    def start(self) -> None:
        self._out, writer = os.pipe()
        if self.is_stuck:
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
            os.write(writer, b" " * PIPE_SIZE)
        self._process = subprocess.Popen(
            self._arguments,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            env=self._environment,
        )
        os.close(writer)
        self.pid = self._process.pid

    def has_handed_out(self) -> bool:
        return not self.is_stuck and bool(select.select([self._out], [], [], 0)[0])

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()
        code, out, _err = self.finish()
        assert (code, out) == (-9, ""), "it had ended, or had handed something out"

    def finish(self) -> tuple[int, str, str]:
        """Its exit code, standard output and standard error."""
        _out, err = self._process.communicate(timeout=PATIENCE)
        with open(self._out, "rb") as file:
            out = file.read().strip()
        return self._process.returncode, out.decode(), err.decode()


class Step(NamedTuple):
    """Where a program can be killed, and what comes of it."""

    stop: Callable[[Any, Target], ContextManager[None]]
    # How often the provider was asked when everybody has an answer.
    n_requests: int
    # Whether the provider gave a token that nobody could keep.
    is_lost: bool
    # Whether others wait for the database then, and not for the lock.
    is_in_database: bool = False


class RefreshCase(unittest.TestCase):
    """What the tests of the programs share. Whoever inherits sets what is declared here."""

    environment: Environment
    # lanyard-cli, which works in its own process.
    cli: ClassVar[str]
    provider: ClassVar[Provider]
    keyring: ScriptedKeyring
    # What the provider does with whoever uses the new token.
    hand_out_rules: ClassVar[list[dict[str, Any]]] = []

    def setUp(self) -> None:
        super().setUp()
        self.ids: dict[str, str] = {}

    def run_cli(self, *arguments: str, text: str = "") -> str:
        """A command that must succeed; what it prints."""
        done = subprocess.run(
            [self.cli, *arguments],
            input=text,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=PATIENCE,
            check=False,
        )
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stderr}")
        return done.stdout

    def make_command(self, name: str, is_stuck: bool = False) -> Command:
        """A command that wants a token."""
        return Command(self.environment, self.cli, "token", name, is_stuck=is_stuck)

    def sign_in(self, name: str, lifetime: int = 3600) -> None:
        """Sign in at the demo provider; the first token may be said to end sooner."""
        if lifetime != 3600:
            rule = {"match": "^POST /token", "kind": "json", "set": {"expires_in": lifetime}}
            self.provider.script(rule)
        with subprocess.Popen(
            [self.cli, "authorize", name, "--paste"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        ) as process:
            assert process.stderr is not None
            addresses = (line.strip() for line in process.stderr if "/authorize?" in line)
            address = next(line for line in addresses if line.startswith("http"))
            location = Person(self.provider).allow(address).header("Location")
            _out, err = process.communicate(location + "\n", PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        self.provider.script()

    def add_expired(self, name: str) -> str:
        """An authorization whose access token must be replaced; its id."""
        self.run_cli("add", "--name", name, "--provider", "demo")
        self.sign_in(name, 1)
        return self.get_id(name)

    def get_id(self, name: str) -> str:
        """The id of an authorization; asked once, since a busy database does not answer."""
        if name not in self.ids:
            self.ids[name] = str(json.loads(self.run_cli("show", name, "--json"))["id"])
        return self.ids[name]

    def get_status(self, name: str) -> str:
        """The status of an authorization."""
        return str(json.loads(self.run_cli("show", name, "--json"))["status"])

    def count_tokens(self) -> int:
        """How many token requests came since the script was set."""
        return len(self.provider.requests("/token"))

    def count_held(self) -> int:
        """How many requests the provider lets wait."""
        return int(self.provider.send("GET", "/_held").json()["held"])

    def get_lock_path(self, name: str) -> Path:
        """The file by which programs take turns."""
        folder = Path(self.environment["XDG_RUNTIME_DIR"]) / "lanyard"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{self.get_id(name)}.lock"

    def get_database_path(self) -> Path:
        """Where the database is."""
        return Path(self.environment["XDG_DATA_HOME"]) / "lanyard" / "lanyard.db"

    def open_database(self) -> sqlite3.Connection:
        """The database, as another program sees it."""
        path = self.get_database_path()
        return sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)

    @contextlib.contextmanager
    def busy_database(self) -> Iterator[None]:
        """Nobody else can write to the database meanwhile."""
        with contextlib.closing(self.open_database()) as database:
            database.execute("BEGIN IMMEDIATE")
            yield
            database.execute("ROLLBACK")

    def wait_for_new_token(self, row: str, old: dict[str, Any]) -> None:
        """Until it is in the keyring."""
        wait_until(
            lambda: self.keyring.read(row)["refresh_token"] != old["refresh_token"],
            "the new token in the keyring",
        )

    # The steps, in their order.

    @contextlib.contextmanager
    def at_lock(self, target: Target) -> Iterator[None]:
        """It has the lock, and looks whether there is a new token already."""
        path = self.get_lock_path(target.name)
        self.provider.script()
        with open(path, "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            target.start()
            wait_until(lambda: has_open(target.pid, path), "somebody who waits for the lock")
            self.keyring.hold("GetSecrets")
        self.keyring.wait_held()
        with open(path, "ab") as lock, self.assertRaises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
        self.keyring.forget()

    @contextlib.contextmanager
    def at_request(self, target: Target) -> Iterator[None]:
        """The provider has read the request, and does not do anything yet."""
        n_held = self.count_held()
        self.provider.script(HOLD)
        target.start()
        wait_until(lambda: self.count_held() > n_held, "the token request")
        yield

    @contextlib.contextmanager
    def at_silence(self, target: Target) -> Iterator[None]:
        """The provider has made new tokens, and does not say so."""
        n_held = self.count_held()
        self.provider.script({**HOLD, "after": True})
        target.start()
        wait_until(lambda: self.count_held() > n_held, "the token request")
        yield

    @contextlib.contextmanager
    def at_answer(self, target: Target) -> Iterator[None]:
        """The answer has come; the keyring was asked to take it and does not do it yet."""
        self.provider.script()
        self.keyring.hold("SetSecret")
        target.start()
        self.keyring.wait_held()
        yield
        self.keyring.forget()

    @contextlib.contextmanager
    def at_write(self, target: Target) -> Iterator[None]:
        """The keyring has it, and does not say so."""
        self.provider.script()
        self.keyring.hold("SetSecret", is_after=True)
        target.start()
        self.keyring.wait_held()
        yield
        self.keyring.forget()

    @contextlib.contextmanager
    def at_database(self, target: Target) -> Iterator[None]:
        """The keyring has said so, and the database cannot be written."""
        row = self.get_id(target.name)
        old = self.keyring.read(row)
        self.provider.script()
        with self.busy_database():
            target.start()
            self.wait_for_new_token(row, old)
            yield

    def read_expiry(self, name: str) -> int:
        """What the database says."""
        with contextlib.closing(self.open_database()) as database:
            sql = "SELECT expires_at FROM authorization WHERE name = ?"
            return int(database.execute(sql, (name,)).fetchone()[0])

    @contextlib.contextmanager
    def at_hand_out(self, target: Target) -> Iterator[None]:
        """All is stored; whoever wants the token does not take it. The target sees to that."""
        before = self.read_expiry(target.name)
        self.provider.script(*self.hand_out_rules)
        target.start()
        wait_until(lambda: self.read_expiry(target.name) != before, "the end of the refresh")
        yield

    STEPS: ClassVar[dict[str, Step]] = {
        "lock": Step(at_lock, 1, False),
        "request": Step(at_request, 2, False),
        "silence": Step(at_silence, 2, True),
        "answer": Step(at_answer, 2, True),
        "write": Step(at_write, 1, False),
        "database": Step(at_database, 1, False, is_in_database=True),
        "hand-out": Step(at_hand_out, 1, False),
    }

    # What is checked.

    def start_waiting(self, name: str, step: Step) -> Command:
        """Another program that needs the token, and has come to wait for it, or has it."""
        path = self.get_database_path() if step.is_in_database else self.get_lock_path(name)
        command = self.make_command(name)
        command.start()
        wait_until(
            lambda: has_open(command.pid, path) or not command.is_running(), "somebody who waits"
        )
        return command

    def works(self, token: str) -> bool:
        """Whether the provider takes an access token."""
        answer = self.provider.send("GET", "/userinfo", Authorization=f"Bearer {token}")
        return answer.status == 200

    def assert_whole(self, name: str) -> None:
        """The database is, and so is the item: both of its tokens are of one answer."""
        with contextlib.closing(self.open_database()) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        token = self.keyring.read(self.get_id(name))["access_token"]
        self.assertTrue(self.works(token))
        self.assertEqual(self.run_cli("token", name), token)
        self.run_cli("refresh", name)

    def use_again(self, name: str) -> None:
        """A new start of the program that was killed: it understands what it finds."""

    def kill_at(self, step: Step, target: Target) -> None:
        """Kill a program at a step; the others go on, and the next start finds its way."""
        name = target.name
        with step.stop(self, target):
            waiting = self.start_waiting(name, step)
            self.assertFalse(target.has_handed_out())
            target.kill()
        code, out, err = waiting.finish()
        self.assertEqual(self.count_tokens(), step.n_requests)
        if step.is_lost:
            # The known limit: what nobody kept is lost; that is said, and a sign-in mends it.
            self.assertEqual((code, out), (3, ""), err)
            self.assertIn(name, err)
            self.assertEqual(self.get_status(name), "refused")
            self.sign_in(name)
        else:
            self.assertEqual(code, 0, err)
            self.assertEqual(out, self.keyring.read(self.get_id(name))["access_token"])
        self.use_again(name)
        self.assert_whole(name)

    def assert_silent(self, target: Target) -> None:
        """Nothing is handed out for a while."""
        deadline = time.monotonic() + SILENCE
        wait_until(lambda: time.monotonic() > deadline, "the end of a while")
        self.assertFalse(target.has_handed_out())

    def store_then_hand_out(self, target: Target) -> None:
        """First the keyring, then the database, and only then does anybody get the token."""
        row = self.get_id(target.name)
        old = self.keyring.read(row)
        before = self.read_expiry(target.name)
        self.provider.script()
        self.keyring.hold("SetSecret")
        with self.busy_database():
            target.start()
            self.keyring.wait_held()
            self.assert_silent(target)
            self.assertEqual(self.keyring.read(row), old)
            self.keyring.release()
            self.wait_for_new_token(row, old)
            self.assert_silent(target)
            self.assertEqual(self.read_expiry(target.name), before)
        wait_until(target.has_handed_out, "the new token")
        self.assertNotEqual(self.read_expiry(target.name), before)
        self.assertEqual(self.count_tokens(), 1)
