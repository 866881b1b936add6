#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the test servers and proves that each does what the integration tests count on.

When a test of ours fails, this says whether the server is to blame. Exit status 77 when the
servers are not installed. The protocols are spelled out here, with none of the servers' own
libraries, so that both sides cannot share a mistake.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from typing import Any, Callable, Optional
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from person import Answer, Person, StuckError, send

HERE = os.path.dirname(os.path.abspath(__file__))
EXIT_SKIPPED = 77
REDIRECT_URI = "http://127.0.0.1:8765/callback"
BJOERN = ("björn", "pässwörd & 100%")

bases: dict[str, str] = {}
tls_directory = ""


def make_basic(username: str, password: str) -> dict[str, str]:
    """The header of RFC 7617."""
    pair = base64.b64encode(f"{username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def make_bearer(token: str) -> dict[str, str]:
    """The header of RFC 6750."""
    return {"Authorization": f"Bearer {token}"}


def escape(text: str) -> str:
    """The percent-encoding of RFC 5849 section 3.6."""
    return quote(text, safe="-._~")


class OAuth2Mixin:
    """Code and PKCE, against any server that has discovery."""

    discovery = ""
    scope = ""

    def setUp(self) -> None:
        self.metadata = send("GET", self.discovery).json()

    def get_code(self, client_id: str, person: Optional[Person] = None) -> dict[str, str]:
        """The form of a token request with a fresh code."""
        verifier = secrets.token_urlsafe(32)
        digest = hashlib.sha256(verifier.encode()).digest()
        params = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": REDIRECT_URI,
            "scope": self.scope,
            "state": "a state",
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        address = self.metadata["authorization_endpoint"] + "?" + urlencode(params)
        redirect = (person or Person()).authorize(address)
        answer = dict(parse_qsl(urlsplit(redirect).query))
        assert answer["state"] == "a state", redirect
        return {
            "grant_type": "authorization_code",
            "client_id": client_id,
            "code": answer["code"],
            "redirect_uri": REDIRECT_URI,
            "code_verifier": verifier,
        }

    def token(self, headers: Optional[dict[str, str]] = None, **form: str) -> Answer:
        """A token request."""
        return send("POST", self.metadata["token_endpoint"], form, headers=headers)

    def refresh(self, token: str) -> Answer:
        """A refresh request of the public client."""
        return self.token(grant_type="refresh_token", client_id="native", refresh_token=token)


class GlewlwydTest(OAuth2Mixin, unittest.TestCase):
    """glewlwyd: code, rotation, and its deviations."""

    scope = "openid files:read"

    @classmethod
    def setUpClass(cls) -> None:
        cls.discovery = bases["glewlwyd"] + "/api/oidc/.well-known/openid-configuration"

    def test_code_and_rotation(self) -> None:
        tokens = self.token(**self.get_code("native")).json()
        bearer = make_bearer(tokens["access_token"])
        answer = send("GET", self.metadata["userinfo_endpoint"], headers=bearer)
        self.assertEqual(answer.status, 200)
        second = self.refresh(tokens["refresh_token"]).json()
        reused = self.refresh(tokens["refresh_token"])
        self.assertEqual((reused.status, reused.body), (400, b""))
        self.assertEqual(self.refresh(second["refresh_token"]).status, 400)

    def test_people(self) -> None:
        self.assertEqual(self.token(**self.get_code("native", Person(*BJOERN))).status, 200)
        with self.assertRaises(StuckError):
            self.get_code("native", Person("ada", "wrong"))

    def test_wrong_verifier(self) -> None:
        answer = self.token(**{**self.get_code("native"), "code_verifier": "x" * 43})
        self.assertEqual((answer.status, answer.json()["error"]), (403, "invalid_code"))

    def test_basic_is_raw(self) -> None:
        form = {"grant_type": "client_credentials", "scope": "files:read"}
        raw = make_basic("web-raw", "raw-secret:+/%")
        encoded = make_basic("web-raw", quote_plus("raw-secret:+/%"))
        self.assertEqual(self.token(raw, **form).status, 200)
        self.assertEqual(self.token(encoded, **form).status, 403)

    def test_strict_issuers(self) -> None:
        for name in ("par", "nonce"):
            address = f"{bases['glewlwyd']}/api/{name}/.well-known/openid-configuration"
            metadata = send("GET", address).json()
            self.assertEqual(metadata["issuer"], f"{bases['glewlwyd']}/api/{name}")
            required = metadata["require_pushed_authorization_requests"]
            self.assertIs(required, name == "par")


class DjangoTest(OAuth2Mixin, unittest.TestCase):
    """Django: code through plain forms, form-encoded Basic, JWT, Basic, Token."""

    scope = "openid profile read introspection"

    @classmethod
    def setUpClass(cls) -> None:
        cls.discovery = bases["django"] + "/o/.well-known/openid-configuration/"

    def test_code_and_rotation(self) -> None:
        tokens = self.token(**self.get_code("native")).json()
        bearer = make_bearer(tokens["access_token"])
        me = send("GET", bases["django"] + "/api/me", headers=bearer)
        self.assertEqual(me.json()["user"], "ada")
        second = self.refresh(tokens["refresh_token"]).json()
        self.assertNotEqual(second["refresh_token"], tokens["refresh_token"])
        self.assertEqual(self.refresh(tokens["refresh_token"]).json()["error"], "invalid_grant")

    def test_people(self) -> None:
        self.assertEqual(self.token(**self.get_code("native", Person(*BJOERN))).status, 200)
        with self.assertRaises(StuckError):
            self.get_code("native", Person("ada", "wrong"))
        with self.assertRaises(KeyError):
            self.get_code("native", Person(allow=False))

    def test_basic_is_encoded(self) -> None:
        secret = "w3b: s&cret/+%"
        for basic, status in (
            (make_basic("web", quote_plus(secret)), 200),
            (make_basic("web", secret), 401),
        ):
            self.assertEqual(self.token(basic, **self.get_code("web")).status, status)

    def test_other_schemes(self) -> None:
        base = bases["django"]
        login = {"username": BJOERN[0], "password": BJOERN[1]}
        pair = send("POST", base + "/jwt/", body=login).json()
        me = send("GET", base + "/jwt/me", headers=make_bearer(pair["access"]))
        self.assertEqual(me.json()["user"], "björn")
        old = {"refresh": pair["refresh"]}
        self.assertEqual(send("POST", base + "/jwt/refresh/", body=old).status, 200)
        self.assertEqual(send("POST", base + "/jwt/refresh/", body=old).status, 401)
        basic = make_basic(*BJOERN)
        self.assertEqual(send("GET", base + "/basic/me", headers=basic).status, 200)
        token = send("POST", base + "/token/", login).json()["token"]
        for scheme, status in (("Token", 200), ("Bearer", 401)):
            headers = {"Authorization": f"{scheme} {token}"}
            self.assertEqual(send("GET", base + "/token/me", headers=headers).status, status)


class OAuth1Test(unittest.TestCase):
    """OAuth 1.0a: three legs with each family of signatures."""

    def sign(
        self, key: str, method: str, url: str, token: dict[str, str], **extra: str
    ) -> dict[str, str]:
        """The Authorization header of RFC 5849 for a POST without a form."""
        params = {
            "oauth_consumer_key": key,
            "oauth_signature_method": method,
            "oauth_timestamp": str(int(time.time())),
            "oauth_nonce": secrets.token_hex(8),
            "oauth_version": "1.0",
            **extra,
        }
        if "oauth_token" in token:
            params["oauth_token"] = token["oauth_token"]
        parts = urlsplit(url)
        pairs = [*params.items(), *parse_qsl(parts.query, keep_blank_values=True)]
        sorted_pairs = sorted((escape(name), escape(value)) for name, value in pairs)
        normalized = "&".join(f"{name}={value}" for name, value in sorted_pairs)
        address = f"{parts.scheme}://{parts.netloc}{parts.path}"
        text = f"POST&{escape(address)}&{escape(normalized)}"
        secret = token.get("oauth_token_secret", "")
        params["oauth_signature"] = self.make_signature(key, method, text, secret)
        listed = ", ".join(f'{escape(n)}="{escape(v)}"' for n, v in params.items())
        return {"Authorization": f"OAuth {listed}"}

    def make_signature(self, key: str, method: str, text: str, token_secret: str) -> str:
        """Section 3.4.2 to 3.4.4."""
        client_secret = {"ck-desktop": "cs-desktop&+ %/é", "ck-plain": "cs-plain"}.get(key, "")
        both = f"{escape(client_secret)}&{escape(token_secret)}"
        if method == "PLAINTEXT":
            return both
        family, _, digest = method.partition("-")
        if family == "HMAC":
            value = hmac.new(both.encode(), text.encode(), digest.lower()).digest()
        else:
            pem = send("GET", bases["oauth1-oauthlib"] + "/rsa-private.pem").body
            private_key = serialization.load_pem_private_key(pem, None)
            algorithm = getattr(hashes, digest)()
            value = private_key.sign(text.encode(), padding.PKCS1v15(), algorithm)
        return base64.b64encode(value).decode()

    def dance(self, key: str, method: str, callback: str = REDIRECT_URI) -> dict[str, str]:
        """All three legs; the token credentials."""
        base = bases["oauth1-oauthlib"] + "/oauth"
        url = f"{base}/request_token"
        headers = self.sign(key, method, url, {}, oauth_callback=callback)
        temporary = dict(parse_qsl(send("POST", url, headers=headers).text))
        self.assertEqual(temporary["oauth_callback_confirmed"], "true")
        page = f"{base}/authorize?oauth_token={quote(temporary['oauth_token'])}"
        result = Person(*BJOERN).authorize(page)
        verifier = result
        if callback != "oob":
            verifier = parse_qs(urlsplit(result).query)["oauth_verifier"][0]
        url = f"{base}/access_token"
        headers = self.sign(key, method, url, temporary, oauth_verifier=verifier)
        return dict(parse_qsl(send("POST", url, headers=headers).text))

    def test_three_legs(self) -> None:
        url = bases["oauth1-oauthlib"] + "/api/echo?b=%C3%BC&a=1%202&a="
        for key, method in (
            ("ck-desktop", "HMAC-SHA1"),
            ("ck-desktop", "HMAC-SHA256"),
            ("ck-plain", "PLAINTEXT"),
            ("ck-rsa", "RSA-SHA1"),
            ("ck-rsa", "RSA-SHA256"),
        ):
            with self.subTest(method):
                token = self.dance(key, method)
                answer = send("POST", url, headers=self.sign(key, method, url, token)).json()
                self.assertEqual((answer["user"], answer["signature_method"]), ("björn", method))

    def test_refusals(self) -> None:
        url = bases["oauth1-oauthlib"] + "/api/echo"
        token = self.dance("ck-desktop", "HMAC-SHA256", "oob")
        headers = self.sign("ck-desktop", "HMAC-SHA256", url, token)
        self.assertEqual(send("POST", url, headers=headers).status, 200)
        replayed = send("POST", url, headers=headers)
        self.assertEqual((replayed.status, replayed.text), (401, "oauth_problem=nonce_used"))
        token["oauth_token_secret"] += "x"
        headers = self.sign("ck-desktop", "HMAC-SHA256", url, token)
        self.assertIn("signature_invalid", send("POST", url, headers=headers).text)
        headers = self.sign("ck-desktop", "HMAC-SHA256", url, token, oauth_timestamp="1")
        self.assertIn("timestamp_refused", send("POST", url, headers=headers).text)


class NginxTest(unittest.TestCase):
    """nginx: passwords, keys, and certificates."""

    def get_status(self, path: str, headers: Optional[dict[str, str]] = None) -> int:
        """The status of a GET."""
        return send("GET", bases["nginx"] + path, headers=headers).status

    def test_basic(self) -> None:
        for username, password in (BJOERN, ("colon", "a:b:c"), ("empty", "")):
            headers = make_basic(username, password)
            self.assertEqual(self.get_status("/basic/x", headers), 200, username)
        self.assertEqual(self.get_status("/basic/x", make_basic("ada", "no")), 401)
        self.assertEqual(self.get_status("/basic/x"), 401)

    def test_keys(self) -> None:
        key = "k-1f9c/+= 0a"
        self.assertEqual(self.get_status("/key/header", {"X-Api-Key": key}), 200)
        self.assertEqual(self.get_status("/key/header"), 401)
        for query in (quote(key, safe=""), quote_plus(key)):
            self.assertEqual(self.get_status(f"/key/query?api_key={query}"), 200)
        bearer = make_bearer("b-0123456789.abc-DEF_~+/==")
        self.assertEqual(self.get_status("/bearer", bearer), 200)
        self.assertEqual((self.get_status("/busy"), self.get_status("/down")), (429, 503))

    def test_tls(self) -> None:
        port = urlsplit(bases["nginx"]).port or 0
        context = ssl.create_default_context(cafile=os.path.join(tls_directory, "ca.crt"))
        for offset, good in ((2, True), (3, False), (4, False), (5, False)):
            url = f"https://localhost:{port + offset}/"
            fetch: Callable[[], Any] = lambda: urllib.request.urlopen(url, context=context).close()
            with self.subTest(offset=offset):
                if good:
                    fetch()
                else:
                    self.assertRaises(urllib.request.URLError, fetch)
        names = [os.path.join(tls_directory, f"client.{end}") for end in ("crt", "key")]
        context.load_cert_chain(*names)
        urllib.request.urlopen(f"https://localhost:{port + 6}/", context=context).close()


def run_with_servers(directory: str) -> int:
    """Start all, run the cases, and see that nothing is left."""
    global tls_directory
    tls_directory = directory
    with subprocess.Popen(
        [os.path.join(HERE, "start-all.py"), "--tls", directory],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as fleet:
        assert fleet.stdin is not None and fleet.stdout is not None
        line = fleet.stdout.readline()
        if not line:
            return fleet.wait()
        bases.update(json.loads(line))
        good = unittest.main(exit=False).result.wasSuccessful()
        fleet.stdin.close()
        if fleet.wait(30) != 0:
            print("start-all.py did not end well", file=sys.stderr)
            good = False
    for name, base in bases.items():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", urlsplit(base).port or 0)) == 0:
                print(f"{name} is still there", file=sys.stderr)
                good = False
    return 0 if good else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="lanyard-check-") as tls:
        sys.exit(run_with_servers(tls))
