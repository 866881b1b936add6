#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a client proves itself: not at all, in the header in two encodings, in the body."""

from __future__ import annotations

import base64
from typing import Optional
from urllib.parse import quote_plus

from harness import EXIT_FAILED, EXIT_USAGE, DemoCase, ServerCase, main

WEB_SECRET = "w3b: s&cret/+%"
RAW_SECRET = "raw-secret:+/%"


def read_basic(header: str) -> str:
    """What was joined and encoded."""
    scheme, _, encoded = header.partition(" ")
    assert scheme == "Basic", header
    return base64.b64decode(encoded, validate=True).decode()


class DjangoTest(ServerCase):
    """django-oauth-toolkit takes the header form-encoded (RFC 6749 section 2.3.1), or the body."""

    server = "django"

    def add(self, secret: Optional[str], **changes: str) -> str:
        """An authorization of the confidential client, unless told otherwise."""
        name = self.make_name()
        fields = {
            "authorization_endpoint": self.base + "/o/authorize/",
            "token_endpoint": self.recorder.base + "/o/token/",
            "client_id": "web",
            "scope": "read",
            **changes,
        }
        self.desktop.add(name, secret, **fields)
        return name

    def test_wrong_secret(self) -> None:
        name = self.add("wrong: s&cret/+%")
        result = self.desktop.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "invalid_client", "client secret")
        self.assertNotIn("wrong: s&cret", result.err)
        self.assert_status(name, "new")

    def test_missing_secret(self) -> None:
        name = self.add(None)
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name, "invalid_client")

    def test_secret_as_argument(self) -> None:
        name = self.add(None)
        result = self.desktop.run("set", name, "--set", f"client_secret={WEB_SECRET}")
        self.assert_fails(result, EXIT_USAGE, "client_secret", "--secret")
        self.assertNotIn(WEB_SECRET, result.err)
        self.assertEqual(self.desktop.read_keyring(name), {})

    def test_secret_that_became_wrong(self) -> None:
        name = self.add(WEB_SECRET)
        self.desktop.sign_in(name)
        self.desktop.do("set", name, "--secret", "client_secret", text="wrong\n")
        self.assert_fails(self.desktop.run("refresh", name), EXIT_FAILED, name, "client secret")
        self.assert_status(name, "authorized")
        self.desktop.do("set", name, "--secret", "client_secret", text=WEB_SECRET + "\n")
        self.desktop.do("refresh", name)

    def test_secret_corrected(self) -> None:
        name = self.add("wrong")
        self.assertEqual(self.desktop.authorize(name).code, EXIT_FAILED)
        self.desktop.do("set", name, "--secret", "client_secret", text=WEB_SECRET + "\n")
        self.desktop.sign_in(name)

    def test_basic(self) -> None:
        name = self.add(WEB_SECRET)
        self.desktop.sign_in(name)
        self.desktop.do("refresh", name)
        code, refresh = self.recorder.find("/o/token/")
        for exchange in (code, refresh):
            pair = read_basic(exchange.headers["Authorization"])
            self.assertEqual(pair, f"web:{quote_plus(WEB_SECRET)}")
            self.assertNotIn("client_secret", exchange.form)

    def test_post(self) -> None:
        name = self.add(WEB_SECRET, token_endpoint_auth_method="client_secret_post")
        self.desktop.sign_in(name)
        self.desktop.do("refresh", name)
        for exchange in self.recorder.find("/o/token/"):
            self.assertEqual(exchange.form["client_id"], "web")
            self.assertEqual(exchange.form["client_secret"], WEB_SECRET)
            self.assertNotIn("Authorization", exchange.headers)

    def test_none(self) -> None:
        name = self.add(None, client_id="native")
        self.desktop.sign_in(name)
        (exchange,) = self.recorder.find("/o/token/")
        self.assertEqual(exchange.form["client_id"], "native")
        self.assertNotIn("client_secret", exchange.form)
        self.assertNotIn("Authorization", exchange.headers)


class GlewlwydTest(ServerCase):
    """glewlwyd takes the header raw, as a provider's data can say."""

    server = "glewlwyd"

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        authorize = {"url": cls.base + "/api/oidc/auth"}
        token = {"url": cls.recorder.base + "/api/oidc/token"}
        cls.desktop.write_provider("encoded", authorize=authorize, token=token)
        token["basic_encoding"] = "raw"
        cls.desktop.write_provider("raw", authorize=authorize, token=token)

    def add(self, secret: str, **changes: str) -> str:
        """An authorization of a client with a secret."""
        name = self.make_name()
        self.desktop.add(name, secret, **{"scope": "files:read", "provider": "raw", **changes})
        return name

    def test_wrong_secret(self) -> None:
        name = self.add("wrong", client_id="web-raw")
        result = self.desktop.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "unauthorized_client", "client secret")
        self.assert_status(name, "new")

    def test_encoded_where_raw_is_wanted(self) -> None:
        name = self.add(RAW_SECRET, client_id="web-raw", provider="encoded")
        result = self.desktop.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "unauthorized_client")

    def test_raw(self) -> None:
        name = self.add(RAW_SECRET, client_id="web-raw")
        self.desktop.sign_in(name)
        self.desktop.do("refresh", name)
        for exchange in self.recorder.find("/api/oidc/token"):
            pair = read_basic(exchange.headers["Authorization"])
            self.assertEqual(pair, f"web-raw:{RAW_SECRET}")

    def test_secret_that_both_encodings_share(self) -> None:
        for provider in ("raw", "encoded"):
            name = self.add("basic-s3cret.glwd", client_id="web-basic", provider=provider)
            self.desktop.sign_in(name)
            self.desktop.do("refresh", name)

    def test_post(self) -> None:
        post = {"client_id": "web-post", "token_endpoint_auth_method": "client_secret_post"}
        name = self.add("post-secret", **post)
        self.desktop.sign_in(name)
        self.desktop.do("refresh", name)
        for exchange in self.recorder.find("/api/oidc/token"):
            self.assertEqual(exchange.form["client_secret"], "post-secret")


class DemoTest(DemoCase):
    """Both in one: the demo provider is as strict as the standard, but for one client."""

    def test_two_ways_are_never_used_at_once(self) -> None:
        secret = "demo-s3cret: &+/%"
        for method in ("client_secret_basic", "client_secret_post"):
            name = self.make_name()
            self.desktop.add(
                name,
                secret,
                authorization_endpoint=self.demo.base + "/authorize",
                token_endpoint=self.demo.base + "/token",
                client_id="demo-web",
                token_endpoint_auth_method=method,
                scope="profile",
            )
            self.desktop.sign_in(name)
            request = self.demo.requests("/token")[-1]
            in_header = "authorization" in request["headers"]
            in_body = "client_secret" in request["form"]
            self.assertNotEqual(in_header, in_body)


if __name__ == "__main__":
    main()
