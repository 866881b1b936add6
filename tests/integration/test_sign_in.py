#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with a code and PKCE, at servers whose protocol code is not ours."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from harness import (
    BJOERN,
    EXIT_AUTHORIZE,
    EXIT_FAILED,
    Person,
    Result,
    ServerCase,
    main,
)
from person import send


def change(redirect: str, **changes: str) -> str:
    """A redirect with other parameters."""
    base, _, query = redirect.partition("?")
    return base + "?" + urlencode({**dict(parse_qsl(query)), **changes})


class SignInMixin:
    """The same cases for both servers; a recorder is before their token endpoints."""

    token_path: str
    scope: str
    code_refused: str
    code_refused_exit: int

    def add(self, **changes: str) -> str:
        """An authorization of the public client."""
        raise NotImplementedError

    def sign_in(self) -> tuple[str, str]:
        """An authorization that works, and its token."""
        name = self.add()
        self.desktop.sign_in(name)
        return name, self.desktop.get_token(name)

    def assert_untouched(self, name: str, token: str) -> None:
        """A failed sign-in costs nothing."""
        self.assert_status(name, "authorized")
        self.assertEqual(self.desktop.read_keyring(name)["access_token"], token)

    def assert_code_refused(self, result: Result) -> None:
        """What is said when the server does not take the code."""
        self.assert_fails(result, self.code_refused_exit, self.code_refused)

    def test_wrong_code(self) -> None:
        name, token = self.sign_in()
        result = self.desktop.authorize(name, forge=lambda uri: change(uri, code="no-such-code"))
        self.assert_code_refused(result)
        self.assertNotIn("no-such-code", result.err.splitlines()[-1])
        self.assert_untouched(name, token)

    def test_wrong_code_first_time(self) -> None:
        name = self.add()
        result = self.desktop.authorize(name, forge=lambda uri: change(uri, code="no-such-code"))
        self.assert_code_refused(result)
        self.assert_status(name, "new")
        self.assert_fails(self.desktop.run("token", name), EXIT_AUTHORIZE, name)

    def test_code_used_twice(self) -> None:
        name = self.add()
        codes: list[str] = []

        def keep(redirect: str) -> str:
            codes.extend(parse_qs(urlsplit(redirect).query)["code"])
            return redirect

        self.assertEqual(self.desktop.authorize(name, forge=keep).code, 0)
        second = self.add()
        result = self.desktop.authorize(second, forge=lambda uri: change(uri, code=codes[0]))
        self.assert_code_refused(result)
        self.assert_status(second, "new")

    def test_tampered_state(self) -> None:
        name, token = self.sign_in()
        self.recorder.forget()
        result = self.desktop.authorize(name, forge=lambda uri: change(uri, state="x" * 43))
        self.assert_fails(result, EXIT_FAILED, name, "state")
        self.assertEqual(self.recorder.find(self.token_path), [])
        self.assert_untouched(name, token)

    def test_giving_up(self) -> None:
        name, token = self.sign_in()
        process = self.desktop.start("authorize", name, "--paste")
        # The person gives up: the terminal is closed.
        self.assert_fails(self.desktop.finish(process), EXIT_AUTHORIZE, name)
        self.assert_untouched(name, token)

    def test_code_with_pkce(self) -> None:
        name = self.add()
        result = self.desktop.authorize(name, Person(*BJOERN))
        self.assertEqual(result.code, 0, result)
        self.assertEqual(result.out, "")
        address = next(line for line in result.messages if line.startswith(self.base))
        asked = dict(parse_qsl(urlsplit(address).query))
        (exchange,) = self.recorder.find(self.token_path)
        self.assertEqual(asked["code_challenge_method"], "S256")
        self.assertEqual(asked["response_type"], "code")
        self.assertGreaterEqual(len(asked["state"]), 22)
        self.assertGreaterEqual(len(exchange.form["code_verifier"]), 43)
        self.assertEqual(exchange.form["redirect_uri"], asked["redirect_uri"])
        self.assertNotIn("code_verifier", asked)
        shown = self.desktop.show(name)
        self.assertEqual(shown["status"], "authorized")
        self.assertEqual(shown["granted_scopes"], self.scope.split())
        token = self.desktop.get_token(name)
        self.assertEqual(self.desktop.read_keyring(name)["access_token"], token)
        self.assert_token_of(token, "björn")

    def test_each_attempt_is_new(self) -> None:
        name = self.add()
        seen = set()
        for _attempt in range(2):
            result = self.desktop.sign_in(name)
            address = next(line for line in result.messages if line.startswith(self.base))
            asked = dict(parse_qsl(urlsplit(address).query))
            seen |= {asked["state"], asked["code_challenge"]}
        self.assertEqual(len(seen), 4)

    def assert_token_of(self, token: str, user: str) -> None:
        """The server knows the token for that person's."""
        raise NotImplementedError


class DjangoTest(SignInMixin, ServerCase):
    """django-oauth-toolkit."""

    server = "django"
    token_path = "/o/token/"
    scope = "read write"
    code_refused = "invalid_grant"
    code_refused_exit = EXIT_AUTHORIZE

    def add(self, **changes: str) -> str:
        name = self.make_name()
        fields = {
            "authorization_endpoint": self.base + "/o/authorize/",
            "token_endpoint": self.recorder.base + self.token_path,
            "client_id": "native",
            "test_url": self.base + "/api/me",
            "scope": self.scope,
            **changes,
        }
        self.desktop.add(name, **fields)
        return name

    def assert_token_of(self, token: str, user: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self.assertEqual(send("GET", self.base + "/api/me", headers=headers).json()["user"], user)

    def test_access_denied(self) -> None:
        name, token = self.sign_in()
        self.recorder.forget()
        result = self.desktop.authorize(name, Person(allow=False))
        self.assert_fails(result, EXIT_AUTHORIZE, name, "access_denied")
        self.assertEqual(self.recorder.find(self.token_path), [])
        self.assert_untouched(name, token)

    def test_unknown_scope(self) -> None:
        name = self.add(scope="read no-such-scope")
        result = self.desktop.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "invalid_scope")
        self.assert_status(name, "new")


class GlewlwydTest(SignInMixin, ServerCase):
    """glewlwyd, which says who it is in the redirect (RFC 9207)."""

    server = "glewlwyd"
    token_path = "/api/oidc/token"
    scope = "files:read files:write"
    # It does not use the error of RFC 6749 section 5.2.
    code_refused = "invalid_code"
    code_refused_exit = EXIT_FAILED

    def add(self, **changes: str) -> str:
        name = self.make_name()
        fields = {
            "authorization_endpoint": self.base + "/api/oidc/auth",
            "token_endpoint": self.recorder.base + self.token_path,
            "userinfo_endpoint": self.base + "/api/oidc/userinfo",
            "issuer": self.base + "/api/oidc",
            "client_id": "native",
            "scope": self.scope,
            **changes,
        }
        self.desktop.add(name, **fields)
        return name

    def assert_token_of(self, token: str, user: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        answer = send("GET", self.base + "/api/oidc/userinfo", headers=headers)
        self.assertEqual(answer.status, 200)

    def test_wrong_issuer(self) -> None:
        name = self.add(issuer=self.base + "/api/somebody-else")
        result = self.desktop.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "issuer")
        self.assertEqual(self.recorder.find(self.token_path), [])
        self.assert_status(name, "new")

    def test_forged_issuer(self) -> None:
        name, token = self.sign_in()
        self.recorder.forget()
        forge = lambda uri: change(uri, iss="https://attacker.example")
        result = self.desktop.authorize(name, forge=forge)
        self.assert_fails(result, EXIT_FAILED, name, "issuer")
        self.assertEqual(self.recorder.find(self.token_path), [])
        self.assert_untouched(name, token)

    def test_right_issuer(self) -> None:
        name = self.add()
        redirects: list[str] = []

        def keep(redirect: str) -> str:
            redirects.append(redirect)
            return redirect

        self.assertEqual(self.desktop.authorize(name, forge=keep).code, 0)
        said = parse_qs(urlsplit(redirects[0]).query)["iss"]
        self.assertEqual(said, [self.base + "/api/oidc"])


if __name__ == "__main__":
    main()
