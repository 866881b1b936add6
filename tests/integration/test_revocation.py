#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking an authorization back (RFC 7009), and removing it."""

from __future__ import annotations

import base64
from typing import Any, ClassVar, Optional

from harness import (
    EXIT_AUTHORIZE,
    EXIT_FAILED,
    EXIT_NETWORK,
    EXIT_NOT_FOUND,
    DemoCase,
    ServerCase,
    main,
)
from person import send

WEB_SECRET = "w3b: s&cret/+%"
TOKENS = ("access_token", "refresh_token")


def make_basic(username: str, password: str) -> dict[str, str]:
    """A header, for the two of which no character is encoded."""
    pair = base64.b64encode(f"{username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


class DjangoTest(ServerCase):
    """django-oauth-toolkit: the refresh token is taken back, and with it the access token."""

    server = "django"
    bearer: ClassVar[dict[str, str]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        form = {"grant_type": "client_credentials", "scope": "introspection"}
        header = make_basic("service", "service-secret")
        answer = send("POST", cls.base + "/o/token/", form, headers=header)
        cls.bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def is_active(self, token: str) -> bool:
        """What introspection says (RFC 7662)."""
        answer = send("POST", self.base + "/o/introspect/", {"token": token}, headers=self.bearer)
        return bool(answer.json()["active"])

    def sign_in(self, secret: Optional[str] = None, **changes: str) -> str:
        """An authorization that works."""
        name = self.make_name()
        fields = {
            "authorization_endpoint": self.base + "/o/authorize/",
            "token_endpoint": self.base + "/o/token/",
            "revocation_endpoint": self.base + "/o/revoke_token/",
            "client_id": "native",
            "scope": "read",
            **changes,
        }
        self.desktop.add(name, secret, **fields)
        self.desktop.sign_in(name)
        return name

    def assert_revoked(self, name: str) -> None:
        """Introspection says that it is gone, and nothing of it is kept."""
        kept = self.desktop.read_keyring(name)
        self.assertTrue(self.is_active(kept["access_token"]))
        self.desktop.do("revoke", name)
        self.assertFalse(self.is_active(kept["access_token"]))
        form = {"grant_type": "refresh_token", "refresh_token": kept["refresh_token"]}
        answer = send("POST", self.base + "/o/token/", {"client_id": "native", **form})
        self.assertGreaterEqual(answer.status, 400)
        self.assert_status(name, "revoked")
        self.assertFalse(set(TOKENS) & set(self.desktop.read_keyring(name)))
        self.assert_fails(self.desktop.run("token", name), EXIT_AUTHORIZE, name, "revoked")

    def test_public_client(self) -> None:
        name = self.sign_in()
        self.assert_revoked(name)
        self.desktop.sign_in(name)
        self.desktop.get_token(name)

    def test_confidential_client(self) -> None:
        name = self.sign_in(WEB_SECRET, client_id="web")
        self.assert_revoked(name)
        # What the person entered stays, so that one sign-in is all that is needed.
        self.assertEqual(self.desktop.read_keyring(name)["client_secret"], WEB_SECRET)
        self.desktop.sign_in(name)

    def test_remove_takes_nothing_back(self) -> None:
        # A script that removes is not asked; the grant is the provider's to end.
        name = self.sign_in()
        token = self.desktop.get_token(name)
        self.desktop.do("remove", name)
        self.assertTrue(self.is_active(token))
        self.assert_fails(self.desktop.run("token", name), EXIT_NOT_FOUND, name)


class GlewlwydTest(ServerCase):
    """glewlwyd: a public client may not take its tokens back."""

    server = "glewlwyd"
    settings = {"AT_TTL": "60"}

    def sign_in(self, client_id: str, secret: Optional[str] = None) -> str:
        """An authorization that works."""
        name = self.make_name()
        self.desktop.add(
            name,
            secret,
            authorization_endpoint=self.base + "/api/oidc/auth",
            token_endpoint=self.base + "/api/oidc/token",
            revocation_endpoint=self.base + "/api/oidc/revoke",
            client_id=client_id,
            scope="files:read",
        )
        self.desktop.sign_in(name)
        return name

    def is_active(self, token: str) -> bool:
        """What introspection says."""
        header = make_basic("web-basic", "basic-s3cret.glwd")
        url = self.base + "/api/oidc/introspect"
        return bool(send("POST", url, {"token": token}, headers=header).json()["active"])

    def test_refused(self) -> None:
        name = self.sign_in("native")
        before = self.desktop.read_keyring(name)
        self.assert_fails(self.desktop.run("revoke", name), EXIT_FAILED, name, "401")
        self.assert_status(name, "authorized")
        self.assertEqual(self.desktop.read_keyring(name), before)

    def test_confidential_client(self) -> None:
        name = self.sign_in("web-basic", "basic-s3cret.glwd")
        kept = self.desktop.read_keyring(name)
        self.assertTrue(all(self.is_active(kept[token]) for token in TOKENS))
        self.desktop.do("revoke", name)
        self.assertFalse(any(self.is_active(kept[token]) for token in TOKENS))
        self.assert_status(name, "revoked")


class DemoTest(DemoCase):
    """What goes wrong while something is taken back."""

    def fail_to_revoke(self, rule: dict[str, Any], code: int, *words: str) -> None:
        """Nothing changes when the provider could not be told."""
        name = self.sign_in_demo()
        before = self.desktop.read_keyring(name)
        self.demo.script({"match": "^POST /revoke", **rule})
        self.assert_fails(self.desktop.run("revoke", name), code, name, *words)
        self.assert_status(name, "authorized")
        self.assertEqual(self.desktop.read_keyring(name), before)
        self.demo.script()
        self.desktop.do("revoke", name)

    def test_server_is_down(self) -> None:
        self.fail_to_revoke({"kind": "status", "code": 503}, EXIT_NETWORK, "503")

    def test_connection_lost(self) -> None:
        self.fail_to_revoke({"kind": "drop"}, EXIT_NETWORK)

    def test_refused(self) -> None:
        text = '{"error": "unsupported_token_type"}'
        rule = {"kind": "body", "code": 400, "text": text}
        self.fail_to_revoke(rule, EXIT_FAILED, "unsupported_token_type")

    def test_redirect_is_not_followed(self) -> None:
        rule = {"kind": "redirect", "url": self.demo.base + "/userinfo", "code": 307}
        self.fail_to_revoke(rule, EXIT_FAILED)
        self.assertEqual(self.demo.requests("/userinfo"), [])

    def test_no_endpoint(self) -> None:
        name = self.sign_in_demo(revocation_endpoint="")
        self.assert_fails(self.desktop.run("revoke", name), EXIT_FAILED, name)
        self.assert_status(name, "authorized")

    def test_remove_in_a_script(self) -> None:
        name = self.sign_in_demo()
        self.desktop.do("remove", name)
        self.assertEqual(self.demo.requests("/revoke"), [])
        self.assert_fails(self.desktop.run("show", name), EXIT_NOT_FOUND, name)


if __name__ == "__main__":
    main()
