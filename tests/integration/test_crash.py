#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed in the middle of it: the next program finds a state that it understands."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import time
from typing import Any, Callable, Iterator

from harness import (
    EXIT_AUTHORIZE,
    EXIT_DONE,
    PATIENCE,
    DemoCase,
    Person,
    main,
    read_address,
)

KILLS = 20
# In seconds: how long the server thinks, and the last moment to kill, when all is done.
DELAY = 0.1
LAST_MOMENT = 0.25


class CrashTest(DemoCase):
    """`kill -9` at random moments, and at those that matter."""

    def wait_until(self, is_so: Callable[[], Any], what: str) -> None:
        """Wait for something that another program does."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > deadline:
                self.fail(f"never happened: {what}")
            time.sleep(0.01)

    def kill(self, process: subprocess.Popen[str]) -> None:
        """End a command in a way that it cannot notice."""
        process.kill()
        self.desktop.finish(process)

    def open_database(self) -> sqlite3.Connection:
        """The database, as another program sees it."""
        folder = self.desktop.environment["XDG_DATA_HOME"]
        path = os.path.join(folder, "lanyard", "lanyard.db")
        return sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)

    @contextlib.contextmanager
    def busy_database(self) -> Iterator[None]:
        """Nobody else can write to the database meanwhile."""
        with contextlib.closing(self.open_database()) as database:
            database.execute("BEGIN IMMEDIATE")
            yield
            database.execute("ROLLBACK")

    @contextlib.contextmanager
    def stopped_keyring(self) -> Iterator[None]:
        """The keyring does not answer meanwhile."""
        keyring = self.desktop.session.processes[-1]
        keyring.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            keyring.send_signal(signal.SIGCONT)

    def is_server_idle(self) -> bool:
        """Whether every token request was carried out, also one whose client is gone."""
        return all(request["status"] is not None for request in self.demo.requests("/token"))

    def works(self, token: str) -> bool:
        """Whether the server takes the token."""
        answer = self.demo.send("GET", "/userinfo", Authorization=f"Bearer {token}")
        return answer.status == 200

    def assert_usable(self, name: str) -> bool:
        """It works, or says that the person must sign in again, which then works."""
        with contextlib.closing(self.open_database()) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertIn(name, self.desktop.do("list", "--all").out)
        result = self.desktop.run("token", name)
        if result.code == EXIT_DONE:
            self.assertTrue(self.works(result.out), result)
            return True
        self.assert_fails(result, EXIT_AUTHORIZE, name, "authorize it again")
        self.assert_status(name, "refused")
        self.desktop.sign_in(name)
        self.assertTrue(self.works(self.desktop.get_token(name)))
        return False

    def test_at_random_moments(self) -> None:
        # What was drawn is told, so that a failure can be had again.
        seed = int(os.environ.get("SEED", random.randrange(1 << 32)))
        draw = random.Random(seed)
        name = self.add_demo()
        expired = {"match": "^POST /token", "kind": "json", "set": {"expires_in": 1}}
        late = {"match": "^POST /token", "kind": "delay", "s": DELAY}
        for _kill in range(KILLS):
            moment = draw.uniform(0, LAST_MOMENT)
            with self.subTest(seed=seed, moment=moment):
                self.demo.script(expired)
                self.desktop.sign_in(name)
                self.demo.script({**late, "times": 1})
                process = self.desktop.start("token", name)
                time.sleep(moment)
                self.kill(process)
                # A server that is asked once more while it thinks would see a stolen token.
                self.wait_until(self.is_server_idle, "the end of a request")
                self.assert_usable(name)

    def test_while_the_server_thinks(self) -> None:
        name = self.sign_in_demo(1)
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        process = self.desktop.start("token", name)
        self.wait_until(self.count_tokens, "the token request")
        self.kill(process)
        # The server does not know, and gives new tokens to nobody.
        self.demo.send("POST", "/_release")
        self.wait_until(self.is_server_idle, "an answer")
        self.assertFalse(self.assert_usable(name))

    def test_before_the_server_was_asked(self) -> None:
        name = self.sign_in_demo(1)
        with self.stopped_keyring():
            process = self.desktop.start("token", name)
            time.sleep(0.3)
            self.kill(process)
        self.assertEqual(self.count_tokens(), 0)
        self.assertTrue(self.assert_usable(name))

    def test_between_answer_and_keyring(self) -> None:
        name = self.sign_in_demo(1)
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        process = self.desktop.start("token", name)
        self.wait_until(self.count_tokens, "the token request")
        with self.stopped_keyring():
            self.demo.send("POST", "/_release")
            self.wait_until(self.is_server_idle, "an answer")
            time.sleep(0.2)
            self.assertIsNone(process.poll())
            self.kill(process)
        # What nobody kept is lost; that is said, and no more than one sign-in is needed.
        self.assertFalse(self.assert_usable(name))

    def test_between_keyring_and_database(self) -> None:
        name = self.sign_in_demo(1)
        old = self.desktop.read_keyring(name)["refresh_token"]
        row = self.desktop.show(name)["id"]
        with self.busy_database():
            process = self.desktop.start("token", name)
            self.wait_until(
                lambda: self.desktop.find_item(row)["refresh_token"] != old, "the keyring's turn"
            )
            self.assertIsNone(process.poll())
            self.kill(process)
        self.assertTrue(self.assert_usable(name))
        self.assertEqual(self.count_tokens(), 1)

    def test_sign_in_between_keyring_and_database(self) -> None:
        name = self.add_demo()
        row = self.desktop.show(name)["id"]
        process = self.desktop.start("authorize", name, "--paste")
        redirect = self.answer(process)
        with self.busy_database():
            assert process.stdin is not None
            process.stdin.write(redirect + "\n")
            process.stdin.flush()
            self.wait_until(lambda: self.desktop.find_item(row), "the keyring's turn")
            self.kill(process)
        result = self.desktop.run("token", name)
        if result.code != EXIT_DONE:
            self.assert_fails(result, EXIT_AUTHORIZE, name, "authorize it")
        self.desktop.sign_in(name)
        self.assertTrue(self.works(self.desktop.get_token(name)))

    def answer(self, process: subprocess.Popen[str]) -> str:
        """What the person would paste."""
        _said, address = read_address(process)
        assert address is not None
        return Person().authorize(address)

    def test_add_between_keyring_and_database(self) -> None:
        name = self.make_name()
        command = ["add", "--name", name, "--type", "oauth2", "--secret", "client_secret"]
        self.desktop.do("list")
        with self.busy_database():
            process = self.desktop.start(*command)
            assert process.stdin is not None
            process.stdin.write("a secret\n")
            process.stdin.flush()
            time.sleep(0.3)
            self.kill(process)
        self.assertNotIn(name, self.desktop.do("list", "--all").out)
        self.desktop.do(*command, text="a secret\n")

    def test_the_lock_goes_with_its_owner(self) -> None:
        name = self.sign_in_demo(1)
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        owner = self.desktop.start("token", name)
        self.wait_until(self.count_tokens, "the token request")
        waiting = self.desktop.start("token", name)
        time.sleep(0.2)
        self.assertIsNone(waiting.poll())
        self.kill(owner)
        # The server still holds the first request: the second is not kept waiting for it.
        result = self.desktop.finish(waiting)
        self.assertEqual(result.code, EXIT_DONE, result)
        self.demo.send("POST", "/_release")

    def test_interrupted(self) -> None:
        # Ctrl+C while the server thinks: the answer is waited for and kept.
        name = self.sign_in_demo(1)
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        process = self.desktop.start("token", name)
        self.wait_until(self.count_tokens, "the token request")
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        self.demo.send("POST", "/_release")
        result = self.desktop.finish(process)
        self.assertEqual((result.code, result.out), (130, ""), result)
        self.assertTrue(self.assert_usable(name), "the new refresh token was lost")

    def test_interrupted_twice(self) -> None:
        # Who insists is obeyed, whatever it costs.
        name = self.sign_in_demo(1)
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        process = self.desktop.start("token", name)
        self.wait_until(self.count_tokens, "the token request")
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.desktop.finish(process).code, -signal.SIGINT)
        self.demo.send("POST", "/_release")
        self.wait_until(self.is_server_idle, "an answer")
        self.assert_usable(name)


if __name__ == "__main__":
    main()
