#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole life of an authorization of each type, and then a search for its secrets."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

from harness import BJOERN, PATIENCE, DemoCase, Person, main
from person import send
from planted import find, read_processes
from test_secrets import SearchMixin
from test_types import TYPED_IN, TYPES, TypesCase

SIGNING_KEY = "0123456789abcdef 0123456789 äbcdef"
PASSPHRASE = "a pass phrase: ü&+/%"
API_KEY = "k-1f9c/+= 0a & more"
API_SECRET = "s3cret: ü&%+/="
PLACES = ("header:X-Api-Key", "query:api_key", "cookie:key", "body:api_key")


def make_pem(passphrase: str) -> str:
    """A private key that is only there for this test, in PEM form."""
    made = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "RSA", "-aes256", "-pass", "stdin"],
        input=passphrase.encode(),
        capture_output=True,
        check=True,
    )
    return made.stdout.decode().strip()


def get_lines(secrets: dict[str, Any]) -> set[str]:
    """What to look for: a key in PEM form may be torn to its lines."""
    lines = {line for text in secrets.values() for line in str(text).splitlines()}
    return {line for line in lines if len(line) > 5 and not line.startswith("-----")}


class LifeTest(SearchMixin, TypesCase):
    """At the real servers."""

    def live(self, name: str, type_id: str, secrets: dict[str, str]) -> None:
        """All that one does, slips included."""
        do, run = self.desktop.do, self.desktop.run
        url = self.get_url(type_id)
        for field, secret in secrets.items():
            run("set", name, "--set", f"{field}={secret}")
        for command in (
            ["list", "--all"],
            ["list", "--json"],
            ["show", name],
            ["show", name, "--json"],
            ["token", name, "--json"],
            ["header", name, "GET", url],
            ["curl", name, "-s", "-o", "/dev/null", url],
            ["curl", name, "-s", "-o", "/dev/null", self.django + "/jwt/nothing"],
            ["test", name],
            ["export", name],
            ["deactivate", name],
            ["activate", name],
        ):
            # A key that belongs to one address is refused for another, without being told.
            run(*command)
        do("set", name, "--set", f"test_url={self.django}/o/nothing")
        run("test", name)
        do("set", name, "--set", "test_url=http://127.0.0.1:9/")
        run("test", name)

    def get_kept(self, name: str) -> dict[str, Any]:
        """What is secret of that which is kept."""
        kept = self.desktop.read_keyring(name)
        return {n: v for n, v in kept.items() if n not in ("token_type", "expires_at")}

    def test_each(self) -> None:
        def check(type_id: str) -> None:
            name = self.make(type_id)
            typed = self.get_secrets(type_id)
            self.live(name, type_id, typed)
            kept = self.get_kept(name)
            self.assertEqual(typed.items() & kept.items(), typed.items())
            self.assertEqual(len(kept) > len(typed), type_id not in TYPED_IN, kept)
            self.assert_hidden(get_lines(kept))
            self.desktop.do("remove", name)
            self.assert_hidden(get_lines(kept))

        self.for_each(check)

    def test_each_in_vain(self) -> None:
        for type_id in TYPES:
            with self.subTest(type_id):
                wrong = {field: API_SECRET for field in self.get_secrets(type_id)}
                name = self.make_name()
                settings = {**self.get_settings(type_id), "test_url": self.get_url(type_id)}
                self.desktop.add_entry(name, type_id, wrong, **settings)
                if type_id not in TYPED_IN:
                    self.desktop.authorize(name, Person(*BJOERN))
                self.live(name, type_id, wrong)
                self.assert_hidden({API_SECRET})

    def test_private_key_of_oauth1(self) -> None:
        key = send("GET", self.oauth1 + "/rsa-private.pem").text.strip()
        name = self.make_name()
        settings = {
            **self.get_settings("oauth1"),
            "consumer_key": "ck-rsa",
            "signature_method": "RSA-SHA256",
            "test_url": self.get_url("oauth1"),
        }
        self.desktop.add_entry(name, "oauth1", {"private_key": key}, **settings)
        self.desktop.sign_in(name)
        self.desktop.do("test", name)
        self.live(name, "oauth1", {"private_key": key})
        kept = self.get_kept(name)
        self.assertEqual(kept["private_key"], key)
        self.assertGreater(len(get_lines(kept)), 20)
        self.assert_hidden(get_lines(kept))

    def test_signing_keys(self) -> None:
        pem = {"signing_key": make_pem(PASSPHRASE), "signing_key_passphrase": PASSPHRASE}
        for algorithm, secrets in (("HS256", {"signing_key": SIGNING_KEY}), ("RS256", pem)):
            with self.subTest(algorithm):
                name = self.make_name()
                self.desktop.add_entry(name, "jwt", secrets, algorithm=algorithm)
                token = self.desktop.get_token(name)
                self.live(name, "jwt", secrets)
                self.assert_hidden(get_lines(secrets) | {token})

    def test_search_finds_a_key(self) -> None:
        # The search itself: the lines of a key that lies about.
        key = make_pem(PASSPHRASE)
        path = Path(self.desktop.environment["XDG_CACHE_HOME"]) / "leak"
        path.write_text(key.splitlines()[3], encoding="utf-8")
        self.addCleanup(path.unlink)
        self.assertEqual(len(self.find_in_files(get_lines({"signing_key": key}))), 1)


class ProcessTest(SearchMixin, DemoCase):
    """What other programs can see while curl runs with the credentials."""

    def assert_private(self, name: str, secrets: set[str], *arguments: str) -> dict[str, Any]:
        """While the server takes its time, no process tells a secret; what it was sent."""
        address = self.demo.base + "/userinfo"
        self.demo.script({"match": " /userinfo", "kind": "hold", "times": 1})
        process = self.desktop.start("curl", name, "-s", *arguments, address)
        self.addCleanup(self.demo.send, "POST", "/_release")
        deadline = time.monotonic() + PATIENCE
        while not self.demo.requests("/userinfo"):
            self.assertLess(time.monotonic(), deadline, "the request never came")
            self.assertIsNone(process.poll(), "curl does not ask")
            time.sleep(0.02)
        for file in ("cmdline", "environ"):
            told = b"\n".join(read_processes(file).values())
            self.assertEqual(find(secrets, told), set())
            if file == "cmdline":
                self.assertIn(name.encode(), told)
        self.demo.send("POST", "/_release")
        self.desktop.finish(process)
        self.assertEqual(self.find_in_files(secrets), [])
        # The demo provider knows none of these: a token of one's own is tried twice.
        return dict(self.demo.requests("/userinfo")[0])

    def test_keys(self) -> None:
        for place in PLACES:
            with self.subTest(place):
                name = self.make_name()
                placement = f"{place}={{api_key}}~{{api_secret}}".replace(" ", "")
                if place.startswith("cookie"):
                    # A cookie holds neither spaces nor signs.
                    secrets = {"api_key": "plain-key", "api_secret": "plain-secret"}
                else:
                    secrets = {"api_key": API_KEY, "api_secret": API_SECRET}
                self.desktop.add_entry(name, "api-key-secret", secrets, placement=placement)
                body = ["-d", "a=b"] if place.startswith("body") else []
                seen = self.assert_private(name, set(secrets.values()), *body)
                self.assertTrue(find(set(secrets.values()), str(seen).encode()), seen)

    def test_basic(self) -> None:
        name = self.make_name()
        self.desktop.add_entry(name, "basic", {"password": BJOERN[1]}, username=BJOERN[0])
        self.assert_private(name, {BJOERN[1]})

    def test_signed_tokens(self) -> None:
        name = self.make_name()
        self.desktop.add_entry(name, "jwt", {"signing_key": SIGNING_KEY}, algorithm="HS256")
        seen = self.assert_private(name, {SIGNING_KEY})
        header = next(v for n, v in seen["headers"].items() if n.lower() == "authorization")
        self.assertTrue(header.startswith("Bearer ey"))


if __name__ == "__main__":
    main()
