#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JWT that a server refuses, or that must not be believed."""

from __future__ import annotations

import base64
import json
from typing import Any, Callable
from urllib.parse import urlsplit

from harness import BJOERN, EXIT_AUTHORIZE, EXIT_DONE, EXIT_FAILED, main, run_servers
from test_jwt import FetchedCase, read_claims

KEYS = "/o/.well-known/jwks.json"
ME = "/jwt/me"


def encode(part: dict[str, Any]) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def forge_access(forger: Callable[[str], str]) -> Callable[[str], str]:
    """Changes the access token in a login's answer."""

    def forge(answer: str) -> str:
        pair = json.loads(answer)
        return json.dumps({**pair, "access": forger(pair["access"])})

    return forge


def change_claims(token: str) -> str:
    """Somebody else's name under the same signature."""
    header, _claims, signature = token.split(".")
    return f"{header}.{encode({**read_claims(token), 'user_id': 1})}.{signature}"


def sign_with_nothing(token: str) -> str:
    """RFC 8725 section 2.1."""
    return f"{encode({'alg': 'none', 'typ': 'JWT'})}.{token.split('.')[1]}."


def cut_signature(token: str) -> str:
    """The end is missing."""
    return token[:-10]


def change_algorithm(token: str) -> str:
    """The public key as a secret that everybody knows (RFC 8725 section 2.1)."""
    _header, claims, signature = token.split(".")
    return f"{encode({'alg': 'HS256', 'typ': 'JWT'})}.{claims}.{signature}"


def demand_extension(token: str) -> str:
    """What is not understood must not be ignored (RFC 7515 section 4.1.11)."""
    _header, claims, signature = token.split(".")
    return f"{encode({'alg': 'RS256', 'crit': ['exp'], 'exp': 1})}.{claims}.{signature}"


class RenewalTest(FetchedCase):
    """One refusal leads to one renewal and one more try."""

    lifetime = 600

    def assert_counts(self, me: int, refresh: int, login: int) -> None:
        """How often each was asked since the sign-in."""
        counts = (self.count(ME), self.count("/jwt/refresh/"), self.count("/jwt/"))
        self.assertEqual(counts, (me, refresh, login))

    def sign_in_here(self, **changes: str) -> str:
        """One whose API is behind the recorder too."""
        name = self.sign_in(test_url=self.recorder.base + ME, **changes)
        self.recorder.forget()
        return name

    def test_refused_for_ever(self) -> None:
        for command in (["test"], ["curl"]):
            with self.subTest(command):
                name = self.sign_in_here()
                self.recorder.refuse(ME, 5)
                url = [] if command == ["test"] else ["-s", "-f", self.recorder.base + ME]
                result = self.desktop.run(*command, name, *url)
                self.assertEqual(result.code, 22 if url else EXIT_FAILED, result)
                self.assert_counts(2, 1, 0)
                self.assert_status(name, "authorized")

    def test_test(self) -> None:
        name = self.sign_in_here()
        before = self.desktop.get_token(name)
        self.recorder.refuse(ME)
        self.desktop.do("test", name)
        self.assert_counts(2, 1, 0)
        self.assertNotEqual(self.desktop.get_token(name), before)

    def test_curl(self) -> None:
        name = self.sign_in_here()
        self.recorder.refuse(ME)
        answer = self.desktop.do("curl", name, "-s", "-d", "a=b", self.recorder.base + ME).json()
        self.assertEqual((answer["user"], answer["method"]), (BJOERN[0], "POST"))
        self.assert_counts(2, 1, 0)
        self.assertEqual([e.body for e in self.recorder.find(ME)], ["a=b", "a=b"])

    def test_refresh_token_refused(self) -> None:
        name = self.sign_in_here()
        self.recorder.refuse(ME)
        self.recorder.refuse("/jwt/refresh/")
        self.desktop.do("test", name)
        self.assert_counts(2, 1, 1)

    def test_password_changed(self) -> None:
        name = self.sign_in_here()
        for path in (ME, "/jwt/refresh/", "/jwt/"):
            self.recorder.refuse(path)
        result = self.desktop.run("test", name)
        self.assert_fails(result, EXIT_AUTHORIZE, name)
        self.assert_counts(1, 1, 1)
        self.assert_status(name, "refused")
        self.assert_fails(self.desktop.run("token", name), EXIT_AUTHORIZE, name)

    def test_server_with_other_keys(self) -> None:
        # All tokens are worth nothing, and so is the key set that was read before.
        name = self.sign_in_here(jwks_uri=self.recorder.base + KEYS)
        self.desktop.do("curl", name, "-s", "-f", self.recorder.base + ME)
        upstream = self.recorder.upstream
        with run_servers("django", AT_TTL="600") as servers:
            self.recorder.upstream = urlsplit(servers["django"])
            try:
                self.recorder.forget()
                address = self.recorder.base + ME
                answer = self.desktop.do("curl", name, "-s", "-f", address).json()
            finally:
                self.recorder.upstream = upstream
        self.assertEqual(answer["user"], BJOERN[0])
        self.assert_counts(2, 1, 1)
        self.assertGreaterEqual(self.count(KEYS), 1)


class ForgedTest(FetchedCase):
    """Tokens that somebody changed on the way, checked with the server's key set."""

    lifetime = 600

    def add_checked(self) -> str:
        """An authorization that knows where the keys are."""
        return self.add(jwks_uri=self.recorder.base + KEYS)

    def test_first_login(self) -> None:
        for forger in (
            change_claims,
            sign_with_nothing,
            cut_signature,
            change_algorithm,
            demand_extension,
        ):
            with self.subTest(forger.__name__):
                name = self.add_checked()
                self.recorder.forget()
                self.recorder.forge("/jwt/", forge_access(forger))
                result = self.authorize(name)
                self.assert_fails(result, EXIT_FAILED, name)
                self.assertEqual(self.count("/jwt/"), 1)
                self.assertNotIn("access_token", self.desktop.read_keyring(name))
                self.assert_status(name, "new")

    def test_renewal(self) -> None:
        name = self.add_checked()
        self.desktop.do("authorize", name)
        before = self.desktop.read_keyring(name)
        for path in ("/jwt/refresh/", "/jwt/"):
            self.recorder.forge(path, forge_access(change_claims))
        result = self.desktop.run("refresh", name)
        self.assertNotEqual(result.code, EXIT_DONE, result)
        self.assert_fails(result, result.code, name)
        self.assertEqual(self.desktop.read_keyring(name)["access_token"], before["access_token"])

    def test_key_set_that_is_none(self) -> None:
        for text in ("", "[]", "{}", '{"keys": []}', '{"keys": [{"kty": "RSA"}]}', "<html>"):
            with self.subTest(text):
                name = self.add_checked()
                self.recorder.forget()
                self.recorder.forge(KEYS, lambda _answer: text)
                self.assert_fails(self.authorize(name), EXIT_FAILED, name)
                self.assertNotIn("access_token", self.desktop.read_keyring(name))


class ExpiredTest(FetchedCase):
    """A server whose tokens have ended when they are issued."""

    lifetime = -600

    def test_login(self) -> None:
        name = self.add(jwks_uri=self.base + KEYS)
        result = self.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "expired")
        self.assertEqual(self.count("/jwt/"), 1)
        self.assertNotIn("access_token", self.desktop.read_keyring(name))


if __name__ == "__main__":
    main()
