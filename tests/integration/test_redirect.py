#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Redirects that were changed on the way: none leads to a token request, none costs a token."""

from __future__ import annotations

from typing import Callable
from urllib.parse import parse_qsl, urlencode

from harness import (
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_FAILED,
    REDIRECT_URI,
    DemoCase,
    Person,
    Result,
    main,
)


def change(redirect: str, *drop: str, **changes: str) -> str:
    """A redirect without some parameters, and with others."""
    base, _, query = redirect.partition("?")
    pairs = {name: value for name, value in parse_qsl(query) if name not in drop}
    return base + "?" + urlencode({**pairs, **changes})


class RedirectTest(DemoCase):
    """The demo provider's redirects, forged."""

    def refuse(self, forge: Callable[[str], str], code: int, *words: str) -> Result:
        """Sign in again with a forged redirect: what was there before stays as it was."""
        name = self.sign_in_demo()
        before = self.desktop.read_keyring(name)
        result = self.desktop.authorize(name, forge=forge)
        self.assert_fails(result, code, name, *words)
        self.assertEqual(self.count_tokens(), 0)
        self.assert_status(name, "authorized")
        self.assertEqual(self.desktop.read_keyring(name), before)
        return result

    def test_wrong_state(self) -> None:
        self.refuse(lambda uri: change(uri, state="x" * 43), EXIT_FAILED, "state is wrong")

    def test_missing_state(self) -> None:
        self.refuse(lambda uri: change(uri, "state"), EXIT_FAILED, "state", "missing")

    def test_empty_state(self) -> None:
        self.refuse(lambda uri: change(uri, state=""), EXIT_FAILED, "state")

    def test_state_of_another_attempt(self) -> None:
        seen: list[str] = []

        def keep(redirect: str) -> str:
            seen.append(redirect)
            return redirect

        self.assertEqual(self.desktop.authorize(self.add_demo(), forge=keep).code, EXIT_DONE)
        self.refuse(lambda _uri: seen[0], EXIT_FAILED, "state is wrong")

    def test_repeated_parameter(self) -> None:
        for name in ("code", "state", "unknown"):
            with self.subTest(name):
                forge = lambda uri: change(uri, **{name: "1"}) + f"&{name}=2"
                self.refuse(forge, EXIT_FAILED, "twice")

    def test_foreign_host(self) -> None:
        foreign = lambda uri: uri.replace("127.0.0.1", "attacker.example")
        self.refuse(foreign, EXIT_AUTHORIZE)

    def test_other_address_of_this_computer(self) -> None:
        for wrong in (
            REDIRECT_URI.replace("8765", "8766"),
            REDIRECT_URI.replace("http", "https"),
            REDIRECT_URI.replace("127.0.0.1", "localhost"),
            REDIRECT_URI.replace("127.0.0.1", "user@127.0.0.1"),
            REDIRECT_URI.replace("127.0.0.1:8765", "127.0.0.1:8765.attacker.example"),
            REDIRECT_URI + "/more",
            REDIRECT_URI.replace("/callback", "/Callback"),
        ):
            with self.subTest(wrong):
                forge = lambda uri: uri.replace(REDIRECT_URI, wrong)
                self.refuse(forge, EXIT_AUTHORIZE)

    def test_wrong_address_three_times(self) -> None:
        self.refuse(lambda _uri: "https://a.example/\nno\nno", EXIT_FAILED, "not the address")

    def test_right_address_after_a_slip(self) -> None:
        name = self.add_demo()
        result = self.desktop.authorize(name, forge=lambda uri: f"\nno\n  {uri}  ")
        self.assertEqual(result.code, EXIT_DONE, result)

    def test_missing_code(self) -> None:
        self.refuse(lambda uri: change(uri, "code"), EXIT_FAILED, "code is missing")

    def test_empty_code(self) -> None:
        self.refuse(lambda uri: change(uri, code=""), EXIT_FAILED, "code is missing")

    def test_access_denied(self) -> None:
        denial = {"error": "access_denied", "error_description": "The person said no"}
        forge = lambda uri: change(uri, "code", **denial)
        self.refuse(forge, EXIT_AUTHORIZE, "access_denied", "The person said no")

    def test_denied_by_the_person(self) -> None:
        name = self.add_demo()
        result = self.desktop.authorize(name, Person(allow=False))
        self.assert_fails(result, EXIT_AUTHORIZE, name, "access_denied")
        self.assert_status(name, "new")

    def test_error_of_the_server(self) -> None:
        forge = lambda uri: change(uri, "code", error="temporarily_unavailable")
        self.refuse(forge, EXIT_FAILED, "temporarily_unavailable")

    def test_error_with_wrong_state(self) -> None:
        forge = lambda uri: change(uri, "code", error="access_denied", state="x")
        result = self.refuse(forge, EXIT_FAILED, "state is wrong")
        self.assertNotIn("access_denied", result.messages[-1])

    def test_error_that_would_write_on_the_terminal(self) -> None:
        text = "\x1b]0;owned\x07\u202e" + "x" * 2000
        forge = lambda uri: change(uri, "code", error="server_error", error_description=text)
        result = self.refuse(forge, EXIT_FAILED, "server_error")
        self.assertNotRegex(result.err, "[\x1b\x07\u202e]")
        self.assertLess(len(result.messages[-1]), 1000)

    def test_wrong_issuer(self) -> None:
        name = self.add_demo(issuer="https://other.example")
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name, "issuer")
        self.assertEqual(self.count_tokens(), 0)

    def test_huge_redirect(self) -> None:
        # The code is not the server's, which says so; nothing worse happens.
        name = self.add_demo()
        result = self.desktop.authorize(name, forge=lambda uri: change(uri, code="x" * 200000))
        self.assertIn(result.code, (EXIT_FAILED, EXIT_AUTHORIZE), result)
        self.assertLess(len(result.messages[-1]), 1000)

    def test_more_parameters_than_needed(self) -> None:
        # RFC 6749 section 4.1.2: what is not known is passed over.
        name = self.add_demo()
        forge = lambda uri: change(uri, session_state="1", hd="example.org") + "#_"
        result = self.desktop.authorize(name, forge=forge)
        self.assertEqual(result.code, EXIT_DONE, result)


if __name__ == "__main__":
    main()
