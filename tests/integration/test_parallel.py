#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many programs at once: one refresh, and no saved change is lost."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from harness import (
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_NETWORK,
    DemoCase,
    Result,
    main,
)

CROWD = 20
LATE = {"match": "^POST /token", "kind": "delay", "s": 0.5}


class ParallelTest(DemoCase):
    """Twenty processes on one authorization, or on one database."""

    def run_all(self, *commands: tuple[str, ...]) -> list[Result]:
        """Start all commands, then wait for all."""
        processes = [self.desktop.start(*command) for command in commands]
        return [self.desktop.finish(process) for process in processes]

    def run_crowd(self, *command: str) -> list[Result]:
        """One command many times at once."""
        return self.run_all(*[command] * CROWD)

    def test_refused_once(self) -> None:
        name = self.sign_in_demo(1)
        refusal = '{"error": "invalid_grant"}'
        self.demo.script({"match": "^POST /token", "kind": "body", "code": 400, "text": refusal})
        for result in self.run_crowd("token", name):
            self.assert_fails(result, EXIT_AUTHORIZE, name)
        self.assertEqual(self.count_tokens(), 1)
        self.assert_status(name, "refused")

    def test_unavailable(self) -> None:
        name = self.sign_in_demo(1)
        # For as long as the old one is good, it does.
        time.sleep(1.1)
        self.demo.script({"match": "^POST /token", "kind": "status", "code": 503})
        for result in self.run_crowd("token", name):
            self.assert_fails(result, EXIT_NETWORK, name, "503")
        self.demo.script()
        self.desktop.get_token(name)

    def test_one_refresh(self) -> None:
        name = self.sign_in_demo(1)
        old = self.desktop.read_keyring(name)["access_token"]
        self.demo.script(LATE)
        results = self.run_crowd("token", name)
        self.assertEqual({result.code for result in results}, {EXIT_DONE})
        tokens = {result.out for result in results}
        self.assertEqual(len(tokens), 1)
        self.assertNotIn(old, tokens)
        self.assertEqual(self.count_tokens(), 1)
        self.assertEqual({self.desktop.read_keyring(name)["access_token"]}, tokens)

    def test_one_refresh_whatever_the_command(self) -> None:
        name = self.sign_in_demo(1)
        self.demo.script(LATE)
        commands = [("token", name), ("header", name), ("test", name)] * 5
        results = self.run_all(*commands)
        self.assertEqual({result.code for result in results}, {EXIT_DONE})
        self.assertEqual(self.count_tokens(), 1)

    def test_one_refresh_of_what_was_refused(self) -> None:
        name = self.sign_in_demo()
        self.demo.send("POST", "/_expire")
        self.demo.script(LATE)
        results = self.run_crowd("curl", name, "-s", self.demo.base + "/userinfo")
        self.assertEqual({result.code for result in results}, {EXIT_DONE})
        for result in results:
            self.assertIn("name", result.json())
        self.assertEqual(self.count_tokens(), 1)

    def test_refused_late(self) -> None:
        name = self.sign_in_demo()
        self.demo.script(
            {"match": "^GET /userinfo", "kind": "hold", "code": 401, "body": "no", "times": 1}
        )
        refused = self.desktop.start("curl", name, "-s", self.demo.base + "/userinfo")
        while self.demo.send("GET", "/_held").json()["held"] == 0:
            time.sleep(0.02)
        self.desktop.do("refresh", name)
        self.demo.send("POST", "/_release")
        self.assertIn("name", self.desktop.finish(refused).json())
        self.assertEqual(self.count_tokens(), 1)

    def test_others_do_not_wait(self) -> None:
        slow, quick = self.sign_in_demo(1), self.sign_in_demo()
        self.demo.script({"match": "^POST /token", "kind": "hold"})
        waiting = self.desktop.start("token", slow)
        self.wait_for_token_request()
        self.desktop.get_token(quick)
        self.demo.send("POST", "/_release")
        self.assertEqual(self.desktop.finish(waiting).code, EXIT_DONE)

    def wait_for_token_request(self) -> None:
        """Until the provider was asked; a test that never sees it fails at its time-out."""
        while self.count_tokens() == 0:
            time.sleep(0.02)

    def run_during_refresh(self, name: str, *commands: tuple[str, ...]) -> list[Result]:
        """What happens while somebody waits for a token that has ended."""
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        waiting = self.desktop.start("token", name)
        self.wait_for_token_request()
        results = [self.desktop.run(*command) for command in commands]
        self.demo.send("POST", "/_release")
        return [*results, self.desktop.finish(waiting)]

    def test_change_during_refresh(self) -> None:
        name = self.sign_in_demo(1)
        command = ("set", name, "--set", "authorization_params=prompt=login")
        changed, token = self.run_during_refresh(name, command)
        self.assertEqual((changed.code, token.code), (EXIT_DONE, EXIT_DONE))
        self.assertEqual(
            self.desktop.show(name)["settings"]["authorization_params"], "prompt=login"
        )
        self.assertEqual(self.desktop.get_token(name), token.out)
        self.assertEqual(self.count_tokens(), 1)

    def test_deactivate_during_refresh(self) -> None:
        name = self.sign_in_demo(1)
        self.run_during_refresh(name, ("deactivate", name))
        self.assertFalse(self.desktop.show(name)["active"])
        self.desktop.do("activate", name)
        # The new refresh token was kept, whatever the one who waited was told.
        self.desktop.do("refresh", name)

    def test_rename_during_refresh(self) -> None:
        name = self.sign_in_demo(1)
        renamed, token = self.run_during_refresh(name, ("set", name, "--name", name + " (new)"))
        self.assertEqual((renamed.code, token.code), (EXIT_DONE, EXIT_DONE))
        self.assertEqual(self.desktop.get_token(name + " (new)"), token.out)

    def test_remove_during_refresh(self) -> None:
        name = self.sign_in_demo(1)
        shown = self.desktop.show(name)
        process = self.start_holding(name)
        removing = self.desktop.start("remove", name)
        time.sleep(0.3)
        self.demo.send("POST", "/_release")
        removed = self.desktop.finish(removing)
        self.desktop.finish(process)
        self.assertEqual(removed.code, EXIT_DONE, removed)
        ids = [row["id"] for row in self.desktop.do("list", "--all", "--json").json()]
        self.assertNotIn(shown["id"], ids)
        self.assertEqual(self.desktop.find_item(shown["id"]), {})

    def start_holding(self, name: str) -> Any:
        """A token that is waited for."""
        self.demo.script({"match": "^POST /token", "kind": "hold", "times": 1})
        process = self.desktop.start("token", name)
        self.wait_for_token_request()
        return process

    def test_saving_at_once(self) -> None:
        # Each says whether it was saved; what was saved is there.
        name = self.sign_in_demo()
        fields = {
            "authorization_params": "prompt=login",
            "token_params": "audience=a",
            "refresh_params": "audience=b",
            "test_url": self.demo.base + "/userinfo",
        }
        commands = [("set", name, "--set", f"{n}={v}") for n, v in fields.items()] * 3
        results = self.run_all(*commands)
        saved = {
            result.arguments[3].partition("=")[0]
            for result in results
            if result.code == EXIT_DONE
        }
        for result in results:
            if result.code != EXIT_DONE:
                self.assert_fails(result, EXIT_FAILED, name)
        settings = self.desktop.show(name)["settings"]
        self.assertTrue(saved)
        for field in saved:
            self.assertEqual(settings[field], fields[field])

    def test_first_start_at_once(self) -> None:
        # All of them find that there is no database yet.
        for attempt in range(30):
            folder = os.path.join(self.desktop.session.root, f"first-start-{attempt}")
            started = [self.desktop.start("list", XDG_DATA_HOME=folder) for _program in range(8)]
            results = [self.desktop.finish(process) for process in started]
            self.assertEqual([str(r) for r in results if r.code != EXIT_DONE], [])

    def test_adding_at_once(self) -> None:
        names = [self.make_name() for _entry in range(CROWD)]
        results = self.run_all(*[("add", "--name", n, "--type", "oauth2") for n in names])
        self.assertEqual([str(r) for r in results if r.code != EXIT_DONE], [])
        listed = {row["name"] for row in self.desktop.do("list", "--all", "--json").json()}
        self.assertLessEqual(set(names), listed)

    def test_adding_the_same_name(self) -> None:
        name = self.make_name()
        results = self.run_all(*[("add", "--name", name, "--type", "oauth2")] * CROWD)
        done = [result for result in results if result.code == EXIT_DONE]
        self.assertEqual(len(done), 1)
        for result in results:
            if result.code != EXIT_DONE:
                self.assert_fails(result, EXIT_FAILED, name)

    def test_signing_in_twice_at_once(self) -> None:
        name = self.add_demo()
        results: list[Result] = []
        threads = [
            threading.Thread(target=lambda: results.append(self.desktop.authorize(name)))
            for _person in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertIn(EXIT_DONE, [result.code for result in results])
        for result in results:
            if result.code != EXIT_DONE:
                self.assert_fails(result, EXIT_FAILED, name)
        self.assertIn(
            "name", self.desktop.do("curl", name, "-s", self.demo.base + "/userinfo").json()
        )
        self.desktop.do("refresh", name)


if __name__ == "__main__":
    main()
