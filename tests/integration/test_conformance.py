#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenID Foundation's client tests, as far as they concern OAuth 2.0, under their names.

The server misbehaves, and what counts is what the client does next: after a fault in the redirect
it must not go to the token endpoint. "oidcc" are those of OpenID Connect Core's client plans,
"fapi2" those of the FAPI 2.0 Security Profile.
"""

from __future__ import annotations

from typing import Any, Optional
from urllib.parse import parse_qs, urlsplit

from harness import EXIT_DONE, EXIT_FAILED, REDIRECT_URI, DemoCase, DemoProvider, main, make_options

LOCATION = {"match": "^POST /authorize", "kind": "location"}


class ConformanceCase(DemoCase):
    """The demo provider, with an issuer that the client knows."""

    def add(self, **changes: str) -> str:
        """An authorization of which only the issuer's address is known."""
        name = self.make_name()
        settings = {"redirect_uri": REDIRECT_URI, "client_id": "demo-app", **changes}
        scopes = ["--scope=profile", "--scope=offline_access"]
        options = [*scopes, *make_options({}, settings)]
        self.desktop.do("add", "--name", name, "--issuer", self.demo.base, *options)
        return name

    def sign_in(self, **changes: str) -> str:
        """One that works."""
        name = self.add(**changes)
        self.desktop.sign_in(name)
        return name

    def assert_stops(self, params: dict[str, Optional[str]], *words: str) -> None:
        """After a redirect with this fault, neither a token nor anybody's name is asked for."""
        name = self.add()
        self.demo.script({**LOCATION, "params": params})
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name, *words)
        for path in ("/token", "/userinfo"):
            self.assertEqual(self.demo.requests(path), [])
        self.assert_status(name, "new")

    def answer_with(self, *drop: str, **changes: Any) -> None:
        """Change what the token endpoint answers."""
        rule = {"match": "^POST /token", "kind": "json", "set": changes, "drop": list(drop)}
        self.demo.script(rule)

    def assert_usable(self, name: str) -> None:
        """Its token is taken, in the header."""
        self.desktop.do("curl", name, "-s", "-f", self.demo.base + "/userinfo")
        request = self.demo.requests("/userinfo")[-1]
        token = self.desktop.get_token(name)
        self.assertEqual(request["headers"]["authorization"], f"Bearer {token}")
        self.assertNotIn("access_token", request["body"])


class Fapi2Test(ConformanceCase):
    """fapi2-security-profile-final-client-test-…"""

    def test_ensure_authorization_response_with_invalid_state_fails(self) -> None:
        self.assert_stops({"state": "x" * 43}, "state")

    def test_ensure_authorization_response_with_invalid_missing_state_fails(self) -> None:
        self.assert_stops({"state": None}, "state")

    def test_invalid_authorization_response_iss(self) -> None:
        self.assert_stops({"iss": self.demo.base + "/other"}, "issuer")
        self.assert_stops({"iss": "https://attacker.example"}, "issuer")

    def test_remove_authorization_response_iss(self) -> None:
        # The server's metadata says that it always sends one (RFC 9207 section 2.4).
        self.assert_stops({"iss": None}, "issuer")

    def test_token_type_case_insensitivity(self) -> None:
        for token_type in ("bEARER", "bearer", "BEARER"):
            with self.subTest(token_type):
                self.answer_with(token_type=token_type)
                self.assert_usable(self.sign_in())

    def test_token_endpoint_response_without_expires_in(self) -> None:
        self.answer_with("expires_in")
        name = self.sign_in()
        self.assert_usable(name)
        self.assertEqual(self.count_tokens(), 1)
        self.assertNotIn("expires_at", self.desktop.do("token", name, "--json").json())

    def test_refresh_token(self) -> None:
        # Twice, with the refresh token replaced in between.
        name = self.sign_in()
        seen = []
        for _time in range(2):
            self.demo.script()
            self.demo.send("POST", "/_expire")
            self.assert_usable(name)
            (request,) = self.demo.requests("/token")
            seen.append(parse_qs(request["body"])["refresh_token"][0])
            self.assertEqual(len(self.demo.requests("/userinfo")), 2)
        self.assertNotEqual(*seen)
        self.assertNotIn(self.desktop.read_keyring(name)["refresh_token"], seen)


class OidccTest(ConformanceCase):
    """oidcc-client-test-…: what does not need an id_token."""

    def test_happy_path(self) -> None:
        name = self.add()
        result = self.desktop.authorize(name)
        self.assertEqual(result.code, EXIT_DONE, result)
        address = next(line for line in result.messages if line.startswith(self.demo.base))
        asked = parse_qs(urlsplit(address).query)
        (token,) = self.demo.requests("/token")
        sent = parse_qs(token["body"])
        self.assertEqual(asked["response_type"], ["code"])
        self.assertEqual(asked["client_id"], ["demo-app"])
        self.assertEqual(sent["redirect_uri"], asked["redirect_uri"])
        self.assertEqual(sent["grant_type"], ["authorization_code"])
        self.assertEqual(len(sent["code"]), 1)
        self.assertNotIn("client_secret", sent)

    def test_userinfo_bearer_header(self) -> None:
        self.assert_usable(self.sign_in())

    def test_client_secret_basic(self) -> None:
        name = self.add(client_id="demo-web")
        self.desktop.change(name, {"client_secret": "demo-s3cret: &+/%"})
        self.desktop.sign_in(name)
        (token,) = self.demo.requests("/token")
        self.assertTrue(token["headers"]["authorization"].startswith("Basic "))
        self.assertNotIn("client_secret", token["body"])

    def test_refresh_token(self) -> None:
        name = self.sign_in()
        before = self.desktop.get_token(name)
        self.desktop.do("refresh", name)
        self.assertNotEqual(self.desktop.get_token(name), before)
        self.assert_usable(name)


class DiscoveryTest(ConformanceCase):
    """oidcc-client-test-discovery-…: each with a server of its own, of which nothing is known yet."""

    def setUp(self) -> None:
        self.demo = DemoProvider("--scripted", "--token-lifetime", "3600")
        self.addCleanup(self.demo.stop)

    def find_metadata(self) -> list[dict[str, Any]]:
        """How it was asked what it is; RFC 8414 and OpenID Connect have an address each."""
        paths = ("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")
        return [request for path in paths for request in self.demo.requests(path)]

    def assert_mismatch(self, **change: Any) -> None:
        """Nobody is sent to a server that does not say that it is the one that was asked."""
        self.demo.script({"match": "^GET /.well-known", "kind": "json", **change})
        name = self.add()
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name)
        self.assertTrue(self.find_metadata())
        self.assertEqual(self.demo.requests("/authorize"), [])
        self.assert_status(name, "new")

    def test_openid_config(self) -> None:
        self.assert_usable(self.sign_in())
        paths = [request["path"] for request in self.find_metadata()]
        self.assertIn("/.well-known/oauth-authorization-server", paths)
        self.assertEqual(len(paths), len(set(paths)))

    def test_issuer_mismatch(self) -> None:
        self.assert_mismatch(set={"issuer": "https://attacker.example"})

    def test_issuer_mismatch_in_the_path(self) -> None:
        self.assert_mismatch(set={"issuer": self.demo.base + "/other"})

    def test_issuer_missing(self) -> None:
        self.assert_mismatch(drop=["issuer"])


if __name__ == "__main__":
    main()
