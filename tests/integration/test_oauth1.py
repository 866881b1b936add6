#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth 1.0 at oauthlib's server: the three legs by every signature method, and its refusals."""

from __future__ import annotations

import re
from typing import ClassVar, Optional
from urllib.parse import parse_qsl, unquote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from harness import (
    BJOERN,
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_INACTIVE,
    EXIT_USAGE,
    REDIRECT_URI,
    Person,
    ServerCase,
    main,
)
from person import send
from recorder import Exchange
from test_browser import ANY_PORT, BrowserMixin

HMAC = ("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512")
RSA = ("RSA-SHA1", "RSA-SHA256", "RSA-SHA512")
CONSUMER_SECRET = "cs-desktop&+ %/é"
LEGS = ("/oauth/request_token", "/oauth/access_token")


def make_key() -> str:
    """A private key that nobody knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def read_oauth(exchange: Exchange) -> tuple[str, dict[str, str]]:
    """Where the OAuth parameters of a request are, and which: each place is looked at."""
    header = exchange.headers.get("Authorization", "")
    places = {
        "header": {n: unquote(v) for n, v in re.findall(r'(\w+)="([^"]*)"', header)},
        "query": dict(parse_qsl(urlsplit(exchange.target).query)),
        "body": exchange.form,
    }
    found = {place: p for place, p in places.items() if "oauth_signature" in p}
    assert len(found) == 1, found
    return next(iter(found.items()))


class OAuth1Case(ServerCase):
    """With oauthlib's server, reached through the recorder."""

    server = "oauth1-oauthlib"
    private_key: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.private_key = send("GET", cls.base + "/rsa-private.pem").text

    def add(self, method: str = "HMAC-SHA1", secret: Optional[str] = None, **changes: str) -> str:
        """An authorization that nobody has signed in to."""
        name = self.make_name()
        settings = {
            "request_token_endpoint": self.recorder.base + LEGS[0],
            "authorization_endpoint": self.base + "/oauth/authorize",
            "access_token_endpoint": self.recorder.base + LEGS[1],
            "redirect_uri": REDIRECT_URI,
            "signature_method": method,
            "test_url": self.recorder.base + "/api/me",
            **changes,
        }
        if method in RSA:
            settings.setdefault("consumer_key", "ck-rsa")
            secrets = {"private_key": secret or self.private_key.strip()}
        elif method == "PLAINTEXT":
            settings.setdefault("consumer_key", "ck-plain")
            secrets = {"consumer_secret": secret or "cs-plain"}
        else:
            settings.setdefault("consumer_key", "ck-desktop")
            secrets = {"consumer_secret": secret or CONSUMER_SECRET}
        self.desktop.add_entry(name, "oauth1", secrets, **settings)
        return name

    def sign_in(self, method: str = "HMAC-SHA1", **changes: str) -> str:
        """One that works."""
        name = self.add(method, **changes)
        self.desktop.sign_in(name, Person(*BJOERN))
        return name

    def find_legs(self) -> list[Exchange]:
        """The requests of the first and the third leg, in order."""
        return [exchange for leg in LEGS for exchange in self.recorder.find(leg)]


class LegsTest(OAuth1Case):
    """What goes well."""

    def test_every_method(self) -> None:
        for method in (*HMAC, *RSA, "PLAINTEXT"):
            with self.subTest(method):
                self.recorder.forget()
                name = self.sign_in(method)
                self.assert_status(name, "authorized")
                for exchange in self.find_legs():
                    place, oauth = read_oauth(exchange)
                    self.assertEqual((place, oauth["oauth_signature_method"]), ("header", method))
                self.assertEqual(len(self.find_legs()), 2)
                url = self.recorder.base + "/api/me?b=2&a=%C3%A4+%26&a=1"
                answer = self.desktop.do("curl", name, "-s", url).json()
                self.assertEqual((answer["user"], answer["signature_method"]), (BJOERN[0], method))
                self.desktop.do("test", name)

    def test_every_place(self) -> None:
        for place in ("header", "query", "body"):
            for verb in ("POST", "GET"):
                if (place, verb) == ("body", "GET"):
                    continue
                with self.subTest((place, verb)):
                    self.recorder.forget()
                    name = self.sign_in(transmission=place, request_method=verb)
                    legs = self.find_legs()
                    self.assertEqual([leg.method for leg in legs], [verb, verb])
                    self.assertEqual([read_oauth(leg)[0] for leg in legs], [place, place])
                    self.assert_status(name, "authorized")

    def test_parameters_of_the_legs(self) -> None:
        self.sign_in()
        (_place, first), (_place, third) = map(read_oauth, self.find_legs())
        self.assertEqual(first["oauth_callback"], REDIRECT_URI)
        self.assertNotIn("oauth_token", first)
        self.assertNotIn("oauth_callback", third)
        self.assertTrue(third["oauth_verifier"])
        self.assertNotEqual(first["oauth_nonce"], third["oauth_nonce"])

    def test_realm(self) -> None:
        name = self.sign_in(realm="files mail")
        header = self.find_legs()[0].headers["Authorization"]
        self.assertIn('realm="files mail"', header)
        self.desktop.do("curl", name, "-s", "-f", self.base + "/api/mail")

    def test_query_in_an_endpoint(self) -> None:
        self.sign_in(
            request_token_endpoint=self.recorder.base + LEGS[0] + "?scope=a%20b&z",
            access_token_endpoint=self.recorder.base + LEGS[1] + "?c=%2F",
        )
        self.assertEqual(
            [leg.target for leg in self.find_legs()],
            [LEGS[0] + "?scope=a%20b&z", LEGS[1] + "?c=%2F"],
        )

    def test_parameters_of_the_page(self) -> None:
        name = self.add(authorization_params="scope=read&expiration=never")
        said = self.desktop.sign_in(name).messages
        address = next(line for line in said if line.startswith(self.base))
        query = dict(parse_qsl(urlsplit(address).query))
        self.assertEqual((query["scope"], query["expiration"]), ("read", "never"))

    def test_signed_in_again_keeps_everything(self) -> None:
        name = self.sign_in(realm="mail")
        before = self.desktop.show(name)["settings"]
        token = self.desktop.get_token(name)
        self.desktop.sign_in(name)
        self.assertEqual(self.desktop.show(name)["settings"], before)
        self.assertNotEqual(self.desktop.get_token(name), token)

    def test_token_typed_in(self) -> None:
        kept = self.desktop.read_keyring(self.sign_in())
        self.desktop.write_provider("typed-in", type="oauth1", flow="manual")
        name = self.make_name()
        options = ["--provider=typed-in", "--set=consumer_key=ck-desktop"]
        fields = ("consumer_secret", "token", "token_secret")
        options += [f"--secret={field}" for field in fields]
        text = "".join(f"{kept[field]}\n" for field in fields)
        self.desktop.do("add", "--name", name, *options, text=text)
        self.recorder.forget()
        answer = self.desktop.do("curl", name, "-s", self.recorder.base + "/api/me").json()
        self.assertEqual(answer["user"], BJOERN[0])
        self.assertEqual(self.find_legs(), [])
        self.assert_status(name, "authorized")

    def test_custom_with_tokens_typed_in(self) -> None:
        kept = self.desktop.read_keyring(self.sign_in())
        fields = ("consumer_secret", "token", "token_secret")
        secrets = {field: kept[field] for field in fields}
        url = self.recorder.base + "/api/me"
        # With the setting, and without anything but the tokens that says it.
        for flow in ("manual", ""):
            with self.subTest(flow):
                self.recorder.forget()
                name = self.make_name()
                self.desktop.add_entry(
                    name, "oauth1", secrets, consumer_key="ck-desktop", flow=flow, test_url=url
                )
                self.assertEqual(self.desktop.show(name)["provider"], "custom-oauth1")
                self.assert_status(name, "authorized")
                self.assertEqual(self.desktop.get_token(name).strip(), kept["token"])
                header = self.desktop.do("header", name, "GET", url).out
                field, _colon, value = header.strip().partition(": ")
                self.assertEqual(send("GET", url, headers={field: value}).status, 200)
                answer = self.desktop.do("curl", name, "-s", url).json()
                self.assertEqual(answer["user"], BJOERN[0])
                self.desktop.do("test", name)
                self.assertEqual(self.find_legs(), [])

    def test_custom_without_tokens(self) -> None:
        url = self.recorder.base + "/api/me"
        for secrets in ({}, {"token": "alone"}):
            with self.subTest(secrets):
                name = self.make_name()
                secrets = {"consumer_secret": CONSUMER_SECRET, **secrets}
                self.desktop.add_entry(name, "oauth1", secrets, consumer_key="ck-desktop")
                self.assert_status(name, "new")
                self.assert_fails(self.desktop.run("curl", name, "-s", url), EXIT_AUTHORIZE, name)
        # Two-legged: a client that wants none signs for itself.
        name = self.make_name()
        secrets = {"consumer_secret": CONSUMER_SECRET}
        settings = {"consumer_key": "ck-desktop", "flow": "two_legged"}
        self.desktop.add_entry(name, "oauth1", secrets, **settings)
        self.assert_status(name, "authorized")
        header = self.desktop.do("header", name, "GET", url).out
        self.assertIn('oauth_consumer_key="ck-desktop"', header)
        self.assertNotIn("oauth_token=", header)

    def test_life(self) -> None:
        name = self.sign_in()
        self.desktop.do("deactivate", name)
        self.assert_fails(self.desktop.run("token", name), EXIT_INACTIVE, name)
        self.desktop.do("activate", name)
        self.desktop.do("test", name)
        self.desktop.do("remove", name)


class PinTest(OAuth1Case):
    """Out of band: the page shows a code, which the person types in."""

    def test_wrong_pin(self) -> None:
        name = self.add(redirect_uri="oob")
        result = self.desktop.authorize(name, forge=lambda pin: pin[::-1])
        self.assert_fails(result, EXIT_FAILED, name, "verifier_invalid")
        self.assert_status(name, "new")

    def test_no_pin(self) -> None:
        name = self.add(redirect_uri="oob")
        result = self.desktop.authorize(name, forge=lambda _pin: "")
        self.assert_fails(result, EXIT_AUTHORIZE, name)
        self.assertEqual(self.recorder.find(LEGS[1]), [])

    def test_pin(self) -> None:
        for method in ("HMAC-SHA1", "RSA-SHA256", "PLAINTEXT"):
            with self.subTest(method):
                self.recorder.forget()
                name = self.sign_in(method, redirect_uri="oob")
                self.assertEqual(read_oauth(self.find_legs()[0])[1]["oauth_callback"], "oob")
                self.desktop.do("test", name)
                self.assert_status(name, "authorized")


class RefusalsTest(OAuth1Case):
    """What the server refuses, in its words, and what we refuse ourselves."""

    def assert_refused(self, name: str, *words: str, code: int = EXIT_FAILED) -> None:
        """The sign-in fails with these words, and nothing is kept."""
        result = self.desktop.authorize(name)
        self.assert_fails(result, code, name, *words)
        self.assert_status(name, "new")
        self.assertNotIn("token", self.desktop.read_keyring(name))

    def test_wrong_consumer_secret(self) -> None:
        self.assert_refused(self.add(secret="wrong"), "signature_invalid")
        self.assertEqual(len(self.find_legs()), 1)

    def test_wrong_consumer_key(self) -> None:
        self.assert_refused(self.add(consumer_key="ck-nobody"), "consumer_key_rejected")

    def test_method_of_another_client(self) -> None:
        name = self.add("HMAC-SHA1", consumer_key="ck-plain", secret="cs-plain")
        self.assert_refused(name, "consumer_key_rejected")

    def test_wrong_private_key(self) -> None:
        key = make_key().strip()
        for method in RSA:
            with self.subTest(method):
                self.assert_refused(self.add(method, key), "signature_invalid")

    def test_key_that_is_none(self) -> None:
        self.assert_refused(self.add("RSA-SHA256", "no key at all"), "key")
        self.assertEqual(self.find_legs(), [])

    def test_realm_that_is_not_allowed(self) -> None:
        name = self.sign_in()
        result = self.desktop.run("curl", name, "-s", "-f", self.base + "/api/mail")
        # curl's own exit code.
        self.assertEqual(result.code, 22, result)
        self.assert_refused(self.add(realm="calendar"), "permission_denied")

    def test_callback_that_is_not_registered(self) -> None:
        name = self.add(redirect_uri="https://evil.example/callback")
        self.assert_refused(name, "callback_rejected")

    def test_denied(self) -> None:
        name = self.sign_in()
        token = self.desktop.get_token(name)
        result = self.desktop.authorize(name, Person(allow=False))
        self.assert_fails(result, EXIT_AUTHORIZE, name)
        self.assertEqual(len(self.recorder.find(LEGS[1])), 1)
        self.assertEqual(self.desktop.get_token(name), token)

    def test_wrong_verifier(self) -> None:
        name = self.sign_in()
        kept = self.desktop.read_keyring(name)
        forge = lambda uri: uri.replace("oauth_verifier=", "oauth_verifier=x")
        result = self.desktop.authorize(name, forge=forge)
        self.assert_fails(result, EXIT_FAILED, name, "verifier_invalid")
        self.assertEqual(self.desktop.read_keyring(name), kept)
        self.assert_status(name, "authorized")

    def test_no_verifier(self) -> None:
        name = self.add()
        forge = lambda uri: re.sub("oauth_verifier=[^&]*", "x=1", uri)
        self.assert_fails(self.desktop.authorize(name, forge=forge), EXIT_FAILED, "verifier")
        self.assertEqual(self.recorder.find(LEGS[1]), [])

    def test_redirect_of_another_attempt(self) -> None:
        redirects: list[str] = []

        def keep(redirect: str) -> str:
            redirects.append(redirect)
            return redirects[0]

        self.assertEqual(self.desktop.authorize(self.add(), forge=keep).code, EXIT_DONE)
        self.recorder.forget()
        name = self.add()
        self.assert_fails(self.desktop.authorize(name, forge=keep), EXIT_FAILED, name, "token")
        self.assertEqual(self.recorder.find(LEGS[1]), [])
        self.assert_status(name, "new")

    def test_redirect_that_says_something_twice(self) -> None:
        name = self.add()
        forge = lambda uri: uri + "&oauth_verifier=twice"
        self.assert_fails(self.desktop.authorize(name, forge=forge), EXIT_FAILED, name, "twice")
        self.assertEqual(self.recorder.find(LEGS[1]), [])

    def test_temporary_token_used_twice(self) -> None:
        self.sign_in()
        (third,) = self.recorder.find(LEGS[1])
        again = send("POST", self.recorder.base + LEGS[1], headers=third.headers)
        self.assertEqual(again.status, 401)
        # By its nonce, or by its token: both are used up.
        self.assertRegex(again.text, "nonce_used|token_rejected")

    def test_token_that_is_not_good(self) -> None:
        name = self.sign_in()
        for secrets, problem in (
            ({"token": "no-such-token"}, "token_rejected"),
            ({"token_secret": "wrong secret"}, "401"),
        ):
            with self.subTest(problem):
                self.desktop.change(name, secrets)
                self.assert_fails(self.desktop.run("test", name), EXIT_FAILED, name)
                answer = self.desktop.do("curl", name, "-si", self.base + "/api/me").out
                self.assertIn(problem, answer)

    def test_addresses_without_tls(self) -> None:
        name = self.sign_in("PLAINTEXT")
        far = "http://api.example/me"
        for command in (["curl", name, "-s", far], ["header", name, "GET", far]):
            self.assert_fails(self.desktop.run(*command), EXIT_USAGE, "https")
        setting = f"access_token_endpoint={far}"
        result = self.desktop.run("set", name, "--set", setting)
        self.assert_fails(result, EXIT_FAILED, "https")


class SilentTest(OAuth1Case):
    """A server that does not say why it refuses."""

    settings = {"PROBLEMS": "0"}

    def test_refused(self) -> None:
        name = self.add(secret="wrong")
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name, "401")


class ClockTest(OAuth1Case):
    """A server for which every timestamp is too far off."""

    settings = {"SKEW": "-1"}

    def test_refused(self) -> None:
        name = self.add()
        result = self.desktop.authorize(name)
        self.assert_fails(result, EXIT_FAILED, name, "timestamp_refused")
        self.assertEqual(len(self.find_legs()), 1)


class BrowserTest(BrowserMixin, OAuth1Case):
    """In the person's own browser, which comes back to a port of this computer."""

    def test_signed_in(self) -> None:
        for method in ("HMAC-SHA256", "RSA-SHA512"):
            with self.subTest(method):
                name = self.add(method, redirect_uri=ANY_PORT)
                result = self.authorize(name)
                self.assertEqual(result.code, EXIT_DONE, result)
                self.assert_page()
                self.desktop.do("test", name)

    def test_denied(self) -> None:
        name = self.add(redirect_uri=ANY_PORT)
        self.assert_fails(self.authorize(name, "deny"), EXIT_AUTHORIZE, name)
        self.assertEqual(self.recorder.find(LEGS[1]), [])


if __name__ == "__main__":
    main()
