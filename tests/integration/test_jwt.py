#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JWT: fetched from simplejwt with a user name and a password, or signed here."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

from harness import (
    BJOERN,
    EXIT_AUTHORIZE,
    EXIT_FAILED,
    DesktopCase,
    Result,
    main,
    run_servers,
)
from recorder import Recorder

# Lanyard renews what ends within 10 seconds: this is good for two.
TOKEN_LIFETIME = 12
SECRET = "0123456789abcdef0123456789abcdef"


def read_claims(token: str) -> dict[str, Any]:
    """What a token says."""
    part = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


class FetchedCase(DesktopCase):
    """A login at Django with simplejwt, which rotates refresh tokens and knows the used ones."""

    lifetime = TOKEN_LIFETIME

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        servers = run_servers("django", AT_TTL=str(cls.lifetime))
        cls.base = cls.enterClassContext(servers)["django"]
        cls.recorder = Recorder(cls.base)
        cls.addClassCleanup(cls.recorder.close)

    def setUp(self) -> None:
        self.recorder.forget()

    def add(self, password: str = BJOERN[1], **changes: str) -> str:
        """An authorization that nobody has authorized."""
        name = self.make_name()
        settings = {
            "token_endpoint": self.recorder.base + "/jwt/",
            "refresh_endpoint": self.recorder.base + "/jwt/refresh/",
            "test_url": self.base + "/jwt/me",
            "username": BJOERN[0],
            **changes,
        }
        arguments = ["add", "--name", name, "--type", "jwt", "--secret", "password"]
        for field, value in settings.items():
            if value:
                arguments += ["--set", f"{field}={value}"]
        self.desktop.do(*arguments, text=f"{password}\n")
        return name

    def sign_in(self, **changes: str) -> str:
        """One that works."""
        name = self.add(**changes)
        result = self.desktop.do("authorize", name)
        self.assertIn(BJOERN[0], result.err)
        return name

    def count(self, path: str) -> int:
        """How often that path was asked."""
        return len(self.recorder.find(path))

    def wait_for_end(self, name: str) -> None:
        """Until the token must be renewed."""
        end = self.desktop.read_keyring(name)["expires_at"]
        time.sleep(max(0.0, end - 10 - time.time()) + 1)

    def authorize(self, name: str) -> Result:
        """Try it; there is nothing to paste."""
        return self.desktop.run("authorize", name)


class FetchedTest(FetchedCase):
    """What goes well, and what does not."""

    def test_wrong_password(self) -> None:
        name = self.add(password="wrong password")
        result = self.authorize(name)
        self.assert_fails(result, EXIT_AUTHORIZE, name, "check user name and password")
        self.assertNotIn("wrong password", result.err)
        self.assert_status(name, "new")
        self.assertNotIn("access_token", self.desktop.read_keyring(name))

    def test_never_authorized(self) -> None:
        name = self.add()
        self.assert_status(name, "new")
        self.assert_fails(self.desktop.run("token", name), EXIT_AUTHORIZE, name)
        self.assertEqual(self.count("/jwt/"), 0)

    def test_login(self) -> None:
        name = self.sign_in()
        self.assert_status(name, "authorized")
        self.assertEqual(read_claims(self.desktop.get_token(name))["token_type"], "access")
        answer = self.desktop.do("curl", name, "-s", self.base + "/jwt/me").json()
        self.assertEqual(answer["user"], BJOERN[0])
        self.desktop.do("test", name)

    def test_form(self) -> None:
        name = self.sign_in(login_body="form")
        self.assertEqual(self.count("/jwt/"), 1)
        self.desktop.do("test", name)

    def test_renewed_and_rotated(self) -> None:
        name = self.sign_in()
        before = self.desktop.read_keyring(name)
        self.wait_for_end(name)
        token = self.desktop.get_token(name).strip()
        after = self.desktop.read_keyring(name)
        self.assertNotEqual(token, before["access_token"])
        self.assertEqual(token, after["access_token"])
        self.assertNotEqual(after["refresh_token"], before["refresh_token"])
        self.assertEqual((self.count("/jwt/"), self.count("/jwt/refresh/")), (1, 1))

    def test_refresh_token_used_up(self) -> None:
        name = self.sign_in()
        self.desktop.do("refresh", name)
        self.desktop.do("refresh", name)
        self.assertEqual((self.count("/jwt/"), self.count("/jwt/refresh/")), (1, 2))
        # An address that refuses every refresh token: one login follows.
        self.desktop.do(
            "set", name, "--set", f"refresh_endpoint={self.recorder.base}/jwt/verify/"
        )
        self.recorder.forget()
        self.desktop.do("refresh", name)
        self.assertEqual((self.count("/jwt/verify/"), self.count("/jwt/")), (1, 1))

    def test_renewed_by_login(self) -> None:
        name = self.sign_in(refresh_endpoint="")
        self.desktop.do("refresh", name)
        self.assertEqual((self.count("/jwt/"), self.count("/jwt/refresh/")), (2, 0))

    def test_checked_with_key_set(self) -> None:
        name = self.sign_in(
            jwks_uri=self.base + "/o/.well-known/jwks.json", issuer=self.base + "/jwt"
        )
        self.desktop.do("test", name)

    def test_wrong_issuer(self) -> None:
        name = self.add(
            jwks_uri=self.base + "/o/.well-known/jwks.json", issuer="https://id.example.org"
        )
        self.assert_fails(self.authorize(name), EXIT_FAILED, name, "(iss)")
        self.assertNotIn("access_token", self.desktop.read_keyring(name))

    def test_wrong_key(self) -> None:
        name = self.add()
        self.desktop.do(
            "set", name, "--secret", "verification_key", text=json.dumps(WRONG_KEY) + "\n"
        )
        self.assert_fails(self.authorize(name), EXIT_FAILED, name, "signature is wrong")
        self.assert_status(name, "new")
        self.assertNotIn("access_token", self.desktop.read_keyring(name))

    def test_no_key_set(self) -> None:
        name = self.add(jwks_uri=self.base + "/o/.well-known/nothing")
        self.assert_fails(self.authorize(name), EXIT_FAILED, name, "keys", "404")
        self.assertNotIn("access_token", self.desktop.read_keyring(name))


class SignedTest(DesktopCase):
    """Signed here: nobody is asked."""

    def add(self, secret: str, **settings: str) -> str:
        """An authorization with a key."""
        name = self.make_name()
        arguments = ["add", "--name", name, "--type", "jwt", "--secret", "signing_key"]
        for field, value in settings.items():
            arguments += ["--set", f"{field}={value}"]
        self.desktop.do(*arguments, text=f"{secret}\n")
        return name

    def test_key_too_short(self) -> None:
        name = self.add("short", algorithm="HS256")
        self.assert_status(name, "new")
        self.assert_fails(self.desktop.run("authorize", name), EXIT_FAILED, name, "too short")

    def test_token(self) -> None:
        name = self.add(SECRET, algorithm="HS256", claims='{"sub": "björn"}', lifetime="60")
        self.assert_status(name, "authorized")
        first = self.desktop.get_token(name)
        claims = read_claims(first)
        self.assertEqual((claims["sub"], claims["exp"] - claims["iat"]), ("björn", 60))
        self.assertNotEqual(self.desktop.get_token(name), first)
        self.assertTrue(
            self.desktop.do("header", name).out.startswith("Authorization: Bearer ey")
        )
        self.assertNotIn("access_token", self.desktop.read_keyring(name))

    def test_mended_settings(self) -> None:
        name = self.add(SECRET, algorithm="HS256", claims='{"exp": "soon"}')
        self.assert_status(name, "new")
        self.assertEqual(self.desktop.run("token", name).code, EXIT_AUTHORIZE)
        self.desktop.do("set", name, "--set", 'claims={"sub": "anna"}')
        self.assert_status(name, "authorized")
        self.assertEqual(read_claims(self.desktop.get_token(name))["sub"], "anna")

    def test_settings_count_at_once(self) -> None:
        name = self.add(SECRET, algorithm="HS256", claims='{"sub": "anna"}')
        self.desktop.do("authorize", name)
        self.assertEqual(self.desktop.show(name)["account"], "anna")
        self.desktop.do("set", name, "--set", 'claims={"sub": "bela"}')
        self.assertEqual(read_claims(self.desktop.get_token(name))["sub"], "bela")


# Somebody else's, of the right kind: RFC 7515 appendix A.2.
WRONG_KEY = {
    "kty": "RSA",
    "e": "AQAB",
    "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0B"
    "m4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5r"
    "exMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxX"
    "FvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
}


if __name__ == "__main__":
    main()
