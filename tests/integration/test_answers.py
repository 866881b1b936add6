#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Token answers that no client should swallow: a clear message, and nothing is lost."""

from __future__ import annotations

import json
import time
from typing import Any

from harness import EXIT_AUTHORIZE, EXIT_DONE, EXIT_FAILED, EXIT_NETWORK, DemoCase, main

TOKEN = "^POST /token"


class AnswerTest(DemoCase):
    """The demo provider answers nonsense, to a renewal and to a sign-in."""

    def refuse(self, rule: dict[str, Any], *words: str) -> None:
        """Renew and sign in: both fail clearly, and what was there before stays."""
        name = self.sign_in_demo(1)
        before = self.desktop.read_keyring(name)
        self.demo.script({"match": TOKEN, **rule})
        for result in (self.desktop.run("refresh", name), self.desktop.authorize(name)):
            self.assert_fails(result, EXIT_FAILED, name, *words)
            self.assertLess(len(result.messages[-1]), 1000, result)
            self.assertNotRegex(result.messages[-1], "[\x00-\x1f\x7f<>]")
            self.assertEqual(self.desktop.read_keyring(name), before)
            self.assert_status(name, "authorized")
        self.assertEqual(self.count_tokens(), 2)
        self.demo.script()
        self.desktop.do("refresh", name)

    def refuse_text(self, text: str, *words: str, **more: Any) -> None:
        """The same for an answer of 200 with that body."""
        self.refuse({"kind": "body", "text": text, **more}, *words)

    def test_not_json(self) -> None:
        for text in (
            "",
            " ",
            "null",
            "true",
            "7",
            '"text"',
            "[]",
            "{",
            '{"access_token": "a"',
            "\x00",
        ):
            with self.subTest(text):
                self.refuse_text(text)

    def test_json_that_breaks_rfc_8259(self) -> None:
        for text in (
            "{'access_token': 'a'}",
            '{"access_token": "a",}',
            '{"access_token": "a"} trailing',
            '{"access_token": "a", "access_token": "b", "token_type": "bearer"}',
            '{"access_token": NaN}',
            '// comment\n{"access_token": "a"}',
            "\ufeff[]",
        ):
            with self.subTest(text):
                self.refuse_text(text)

    def test_no_usable_token(self) -> None:
        for token in (
            None,
            7,
            True,
            "",
            [],
            {},
            ["a"],
            {"a": "b"},
            "a\nb",
            "a\u0000b",
            "t\u00f6ken",
        ):
            with self.subTest(token):
                self.refuse_text(json.dumps({"access_token": token, "token_type": "bearer"}))

    def test_token_that_would_add_a_header(self) -> None:
        self.refuse_text(json.dumps({"access_token": "a\r\nX-Evil: 1", "token_type": "bearer"}))

    def test_token_that_is_too_long(self) -> None:
        self.refuse_text(json.dumps({"access_token": "x" * 100000, "token_type": "bearer"}))

    def test_unknown_type_of_token(self) -> None:
        text = json.dumps({"access_token": "a", "token_type": "pop"})
        self.refuse_text(text, "pop")

    def test_web_page(self) -> None:
        page = "<!DOCTYPE html><html><body><h1>Welcome to the hotel</h1></body></html>"
        self.refuse_text(page, "web page", type="text/html")
        self.refuse_text(page, type="application/json")

    def test_web_page_with_an_error_status(self) -> None:
        rule = {"kind": "status", "code": 404, "body": "<html>not found</html>"}
        self.refuse(rule, "404")

    def test_nested(self) -> None:
        started = time.monotonic()
        self.refuse({"kind": "nested", "depth": 1000})
        self.refuse({"kind": "nested", "depth": 200000})
        self.assertLess(time.monotonic() - started, 30)

    def test_huge(self) -> None:
        self.refuse({"kind": "huge", "mb": 64})

    def test_many_members(self) -> None:
        members = {f"member-{number}": number for number in range(20000)}
        self.refuse_text(json.dumps(members))

    def test_cut_off(self) -> None:
        name = self.sign_in_demo(1)
        before = self.desktop.read_keyring(name)
        self.demo.script({"match": TOKEN, "kind": "truncate", "n": 20})
        self.assert_fails(self.desktop.run("refresh", name), EXIT_NETWORK, name, "lost")
        self.assertEqual(self.desktop.read_keyring(name), before)
        self.assert_status(name, "authorized")
        # The server has given new tokens all the same, of which nobody knows.
        self.demo.script()
        self.assert_fails(self.desktop.run("refresh", name), EXIT_AUTHORIZE, name)
        self.desktop.sign_in(name)

    def test_error_with_status_200(self) -> None:
        text = json.dumps({"error": "server_error", "error_description": "so sorry"})
        self.refuse_text(text, "server_error", "so sorry")

    def test_error_that_would_write_on_the_terminal(self) -> None:
        text = "\x1b]0;owned\x07\r\n\u202egnirts" + "x" * 50000
        error = {"error": "invalid_scope", "error_description": text}
        self.refuse({"kind": "body", "code": 400, "text": json.dumps(error)}, "invalid_scope")

    def test_error_that_is_a_format(self) -> None:
        error = {"error": "%s%n%d", "error_description": "%1$s %99999999d"}
        self.refuse({"kind": "body", "code": 400, "text": json.dumps(error)}, "%s%n%d")

    def test_strange_members_are_passed_over(self) -> None:
        name = self.sign_in_demo(1)
        strange = {"scope": 7, "id_token": [], "expires_in": {}, "token_type": None}
        self.demo.script({"match": TOKEN, "kind": "json", "set": strange})
        result = self.desktop.run("refresh", name)
        self.assertEqual(result.code, EXIT_DONE, result)
        self.assertEqual(
            self.desktop.do("curl", name, "-s", self.demo.base + "/userinfo").json()["name"],
            "Ada Lovelace",
        )

    def test_form_instead_of_json(self) -> None:
        name = self.sign_in_demo(1)
        self.demo.script(
            {
                "match": TOKEN,
                "kind": "body",
                "text": "access_token=from-a-form&token_type=bearer&expires_in=3600",
                "type": "application/x-www-form-urlencoded",
            }
        )
        self.assertEqual(self.desktop.get_token(name), "from-a-form")


if __name__ == "__main__":
    main()
