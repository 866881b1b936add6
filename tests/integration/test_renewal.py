#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access tokens that are renewed without being asked, and refresh tokens that no longer work."""

from __future__ import annotations

import time
from typing import Any

from harness import (
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_INACTIVE,
    EXIT_USAGE,
    DemoCase,
    Result,
    ServerCase,
    main,
)
from person import send

# Lanyard renews what ends within ten seconds: this is good for one or two, and then for renewal.
TOKEN_LIFETIME = 12
UNTIL_STALE = 2.2


class RefusalMixin:
    """What follows when the provider no longer accepts a refresh token."""

    def count_requests(self) -> int:
        """How often the provider was asked for a token."""
        raise NotImplementedError

    def assert_refused(self, name: str) -> None:
        """It is said once, kept in mind, and the provider is not asked again."""
        before = self.count_requests()
        result = self.desktop.run("token", name)
        self.assert_fails(result, EXIT_AUTHORIZE, name, "authorize it again")
        self.assertEqual(len(result.messages), 1, result)
        self.assertEqual(result.out, "")
        self.assert_status(name, "refused")
        self.assertEqual(self.count_requests(), before + 1)
        for command in (["token"], ["header"], ["test"], ["refresh"]):
            again = self.desktop.run(*command, name)
            self.assert_fails(again, EXIT_AUTHORIZE, name)
        self.assertEqual(self.count_requests(), before + 1)
        self.desktop.sign_in(name)
        self.assert_status(name, "authorized")


class GlewlwydTest(RefusalMixin, ServerCase):
    """glewlwyd: a refresh token works once, and using one twice ends the grant."""

    server = "glewlwyd"
    settings = {"AT_TTL": str(TOKEN_LIFETIME)}

    def count_requests(self) -> int:
        return len(self.recorder.find("/api/oidc/token")) + len(
            self.recorder.find("/api/short/token")
        )

    def sign_in(self, issuer: str = "oidc") -> str:
        """An authorization that works."""
        name = self.make_name()
        self.desktop.add(
            name,
            authorization_endpoint=f"{self.base}/api/{issuer}/auth",
            token_endpoint=f"{self.recorder.base}/api/{issuer}/token",
            userinfo_endpoint=f"{self.base}/api/{issuer}/userinfo",
            client_id="native",
            scope="files:read",
        )
        self.desktop.sign_in(name)
        self.recorder.forget()
        return name

    def use_elsewhere(self, token: str) -> Any:
        """The refresh token in somebody else's hands."""
        form = {"grant_type": "refresh_token", "client_id": "native", "refresh_token": token}
        return send("POST", self.base + "/api/oidc/token", form)

    def test_reused_refresh_token(self) -> None:
        name = self.sign_in()
        stolen = self.desktop.read_keyring(name)["refresh_token"]
        self.assertEqual(self.use_elsewhere(stolen).status, 200)
        time.sleep(UNTIL_STALE)
        self.assert_refused(name)

    def test_expired_refresh_token(self) -> None:
        name = self.sign_in("short")
        time.sleep(3)
        self.assert_refused(name)

    def test_rotation(self) -> None:
        name = self.sign_in()
        kept = self.desktop.read_keyring(name)
        seen, tokens = [kept["refresh_token"]], [kept["access_token"]]
        for _renewal in range(3):
            time.sleep(UNTIL_STALE)
            tokens.append(self.desktop.get_token(name))
            kept = self.desktop.read_keyring(name)
            self.assertEqual(kept["access_token"], tokens[-1])
            seen.append(kept["refresh_token"])
            headers = {"Authorization": f"Bearer {tokens[-1]}"}
            answer = send("GET", self.base + "/api/oidc/userinfo", headers=headers)
            self.assertEqual(answer.status, 200)
        self.assertEqual((len(set(tokens)), len(set(seen))), (4, 4))
        sent = [
            exchange.form["refresh_token"] for exchange in self.recorder.find("/api/oidc/token")
        ]
        self.assertEqual(sent, seen[:-1])


class DjangoTest(RefusalMixin, ServerCase):
    """django-oauth-toolkit: rotation, and revocation by somebody else."""

    server = "django"
    settings = {"AT_TTL": str(TOKEN_LIFETIME)}

    def count_requests(self) -> int:
        return len(self.recorder.find("/o/token/"))

    def sign_in(self) -> str:
        """An authorization that works."""
        name = self.make_name()
        self.desktop.add(
            name,
            authorization_endpoint=self.base + "/o/authorize/",
            token_endpoint=self.recorder.base + "/o/token/",
            client_id="native",
            test_url=self.base + "/api/me",
            scope="read",
        )
        self.desktop.sign_in(name)
        self.recorder.forget()
        return name

    def test_revoked_at_the_provider(self) -> None:
        name = self.sign_in()
        token = self.desktop.read_keyring(name)["refresh_token"]
        form = {"client_id": "native", "token": token}
        self.assertEqual(send("POST", self.base + "/o/revoke_token/", form).status, 200)
        time.sleep(UNTIL_STALE)
        self.assert_refused(name)

    def test_rotation(self) -> None:
        name = self.sign_in()
        seen = {self.desktop.read_keyring(name)["refresh_token"]}
        for _renewal in range(2):
            time.sleep(UNTIL_STALE)
            self.desktop.get_token(name)
            seen.add(self.desktop.read_keyring(name)["refresh_token"])
        self.assertEqual(len(seen), 3)
        self.assertEqual(self.count_requests(), 2)


class DemoTest(RefusalMixin, DemoCase):
    """What a server could answer to a refresh request."""

    def count_requests(self) -> int:
        return self.count_tokens()

    def renew(self, *rules: dict[str, Any], lifetime: int = 1) -> tuple[str, Result]:
        """Ask for a token that has ended, of a server that answers by rules."""
        name = self.sign_in_demo(lifetime)
        self.demo.script(*rules)
        return name, self.desktop.run("token", name)

    def test_refused(self) -> None:
        name = self.sign_in_demo(1)
        refusal = '{"error": "invalid_grant", "error_description": "expired"}'
        self.demo.script(
            {
                "match": "grant|^POST /token",
                "kind": "body",
                "code": 400,
                "text": refusal,
                "times": 1,
            }
        )
        self.assert_refused(name)

    def test_refused_while_the_old_one_is_good(self) -> None:
        # The grant is over, so that the token is, too, whatever was said of it before.
        name = self.sign_in_demo(8)
        refusal = '{"error": "invalid_grant"}'
        self.demo.script({"match": "^POST /token", "kind": "body", "code": 400, "text": refusal})
        self.assert_fails(self.desktop.run("token", name), EXIT_AUTHORIZE, name)

    def test_other_errors_sign_nobody_out(self) -> None:
        for error in ("invalid_client", "invalid_request", "invalid_scope", "server_error"):
            with self.subTest(error):
                text = '{"error": "%s"}' % error
                rule = {"match": "^POST /token", "kind": "body", "code": 400, "text": text}
                name, result = self.renew({**rule, "times": 1})
                self.assert_fails(result, 1, name, error)
                self.assertNotIn(self.desktop.show(name)["status"], ("refused", "revoked"))
                self.assertEqual(self.desktop.run("token", name).code, EXIT_DONE)

    def test_without_refresh_token(self) -> None:
        name = self.add_demo(scope="profile")
        self.demo.script(
            {
                "match": "^POST /token",
                "kind": "json",
                "set": {"expires_in": 1},
                "drop": ["refresh_token"],
            }
        )
        self.desktop.sign_in(name)
        self.demo.script()
        time.sleep(1.2)
        result = self.desktop.run("token", name)
        self.assert_fails(result, EXIT_AUTHORIZE, name, "expired", "authorize it again")
        self.assertEqual(self.count_tokens(), 0)
        self.assert_status(name, "expired")

    def test_inactive(self) -> None:
        name = self.sign_in_demo(1)
        self.desktop.do("deactivate", name)
        for command in (["token"], ["header"], ["test"], ["refresh"]):
            self.assert_fails(self.desktop.run(*command, name), EXIT_INACTIVE, name)
        self.assertEqual(self.count_tokens(), 0)
        self.desktop.do("activate", name)
        self.desktop.get_token(name)

    def test_bad_min_valid(self) -> None:
        name = self.sign_in_demo()
        for value in ("-1", "soon", ""):
            with self.subTest(value):
                result = self.desktop.run("token", name, "--min-valid", value)
                self.assertEqual(result.code, EXIT_USAGE, result)

    def test_fresh_token_asks_nobody(self) -> None:
        name = self.sign_in_demo()
        self.assertEqual(len({self.desktop.get_token(name) for _time in range(3)}), 1)
        self.assertEqual(self.count_requests(), 0)

    def test_min_valid(self) -> None:
        name = self.sign_in_demo(300)
        first = self.desktop.do("token", name, "--min-valid", "200").out
        self.assertEqual(self.count_tokens(), 0)
        second = self.desktop.do("token", name, "--min-valid", "600").out
        self.assertEqual(self.count_tokens(), 1)
        self.assertNotEqual(first, second)

    def test_no_new_refresh_token_keeps_the_old(self) -> None:
        name = self.sign_in_demo(1)
        old = self.desktop.read_keyring(name)["refresh_token"]
        self.demo.script({"match": "^POST /token", "kind": "json", "drop": ["refresh_token"]})
        self.desktop.get_token(name)
        self.assertEqual(self.desktop.read_keyring(name)["refresh_token"], old)

    def test_lifetime_as_text(self) -> None:
        name, result = self.renew(
            {"match": "^POST /token", "kind": "json", "set": {"expires_in": "3600"}}
        )
        self.assertEqual(result.code, EXIT_DONE)
        left = self.desktop.show(name)["expires_at"] - time.time()
        self.assertTrue(3500 < left <= 3600, left)

    def test_lifetime_that_is_none(self) -> None:
        for lifetime in (0, -5, "soon", None, 1e300, 99999999999999):
            with self.subTest(lifetime):
                rule = {"match": "^POST /token", "kind": "json", "set": {"expires_in": lifetime}}
                name, result = self.renew(rule)
                self.assertEqual(result.code, EXIT_DONE, result)
                self.assertNotIn("expires_at", self.desktop.show(name))
                self.assertEqual(self.desktop.get_token(name), result.out)
                self.assertEqual(self.count_tokens(), 1)

    def test_narrower_scopes(self) -> None:
        name = self.sign_in_demo(1, scope="profile email offline_access")
        self.demo.script({"match": "^POST /token", "kind": "json", "set": {"scope": "profile"}})
        self.desktop.get_token(name)
        self.assertEqual(self.desktop.show(name)["granted_scopes"], ["profile"])

    def test_token_as_json(self) -> None:
        name = self.sign_in_demo()
        told = self.desktop.do("token", name, "--json").json()
        self.assertEqual(told["access_token"], self.desktop.get_token(name))
        self.assertEqual(told["token_type"].lower(), "bearer")
        self.assertGreater(told["expires_at"], time.time())


if __name__ == "__main__":
    main()
