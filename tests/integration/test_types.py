#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All eight authorization types through the same life, each at a real server."""

from __future__ import annotations

import json
import subprocess
from typing import Callable, ClassVar

from harness import (
    BJOERN,
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_INACTIVE,
    EXIT_KEYRING,
    EXIT_NETWORK,
    EXIT_NOT_FOUND,
    EXIT_USAGE,
    REDIRECT_URI,
    Desktop,
    DesktopCase,
    Person,
    main,
    run_servers,
)
from person import send
from session import Session

ADA = ("ada", "Lovelace-1815")
KEY = "k-plain-42"
NOWHERE = "http://127.0.0.1:9"
TYPES = ("oauth1", "oauth2", "api-key", "api-key-secret", "api-key-url", "jwt", "basic-url", "basic")
# Those whose requests carry what the person typed in.
TYPED_IN = ("api-key", "api-key-secret", "api-key-url", "basic-url", "basic")
LOCK = ["--method", "org.freedesktop.Secret.Service.Lock"]
LOGIN = "['/org/freedesktop/secrets/collection/login']"


class TypesCase(DesktopCase):
    """Three servers, and an authorization of any type for one of them."""

    django: ClassVar[str]
    nginx: ClassVar[str]
    oauth1: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        kinds = ("django", "nginx", "oauth1-oauthlib")
        servers = cls.enterClassContext(run_servers(*kinds, AT_TTL="600"))
        cls.django, cls.nginx, cls.oauth1 = (servers[kind] for kind in kinds)
        login = {"username": BJOERN[0], "password": BJOERN[1]}
        cls.rest_token = send("POST", cls.django + "/token/", form=login).json()["token"]

    def get_url(self, type_id: str) -> str:
        """The request that only whoever is authorized may make."""
        return {
            "oauth1": self.oauth1 + "/api/me",
            "oauth2": self.django + "/api/me",
            "api-key": self.django + "/token/me",
            "api-key-secret": self.nginx + "/key/header",
            "api-key-url": self.nginx + "/key/authorization",
            "jwt": self.django + "/jwt/me",
            "basic-url": self.nginx + "/basic/me",
            "basic": self.django + "/basic/me",
        }[type_id]

    def get_settings(self, type_id: str) -> dict[str, str]:
        """What is no secret."""
        return {
            "oauth1": {
                "request_token_endpoint": self.oauth1 + "/oauth/request_token",
                "authorization_endpoint": self.oauth1 + "/oauth/authorize",
                "access_token_endpoint": self.oauth1 + "/oauth/access_token",
                "redirect_uri": REDIRECT_URI,
                "consumer_key": "ck-desktop",
                "signature_method": "HMAC-SHA256",
            },
            "oauth2": {
                "authorization_endpoint": self.django + "/o/authorize/",
                "token_endpoint": self.django + "/o/token/",
                "redirect_uri": REDIRECT_URI,
                "client_id": "web",
            },
            "api-key": {"placement": "header:Authorization=Token {api_key}"},
            "api-key-secret": {
                "placement": "header:X-Api-Key={api_key}; header:X-Api-Secret={api_secret}"
            },
            "api-key-url": {
                "placement": "header:Authorization=ApiKey {api_key}",
                "base_url": self.nginx + "/key/",
            },
            "jwt": {
                "token_endpoint": self.django + "/jwt/",
                "refresh_endpoint": self.django + "/jwt/refresh/",
                "username": BJOERN[0],
            },
            "basic-url": {"username": BJOERN[0], "base_url": self.nginx + "/basic/"},
            "basic": {"username": BJOERN[0]},
        }[type_id]

    def get_secrets(self, type_id: str) -> dict[str, str]:
        """What is asked for unseen."""
        return {
            "oauth1": {"consumer_secret": "cs-desktop&+ %/é"},
            "oauth2": {"client_secret": "w3b: s&cret/+%"},
            "api-key": {"api_key": self.rest_token},
            "api-key-secret": {"api_key": KEY, "api_secret": "s3cret: ü&%"},
            "api-key-url": {"api_key": KEY},
            "jwt": {"password": BJOERN[1]},
            "basic-url": {"password": BJOERN[1]},
            "basic": {"password": BJOERN[1]},
        }[type_id]

    def add(self, type_id: str, test_url: str = "", **changes: str) -> str:
        """An authorization that nobody has signed in to."""
        name = self.make_name()
        settings = {**self.get_settings(type_id), **changes}
        settings["test_url"] = test_url or self.get_url(type_id)
        self.desktop.add_entry(name, type_id, self.get_secrets(type_id), **settings)
        return name

    def make(self, type_id: str, test_url: str = "") -> str:
        """One that works."""
        name = self.add(type_id, test_url)
        if type_id in ("oauth1", "oauth2"):
            self.desktop.sign_in(name, Person(*BJOERN))
        elif type_id == "jwt":
            self.desktop.do("authorize", name)
        self.assert_status(name, "authorized")
        return name

    def get_commands(self, name: str, type_id: str) -> list[list[str]]:
        """All that hands something out."""
        url = self.get_url(type_id)
        header = ["header", name, "GET", url] if type_id == "oauth1" else ["header", name]
        return [["token", name], header, ["curl", name, "-s", "-f", url], ["test", name]]

    def assert_codes(self, name: str, type_id: str, code: int) -> None:
        """They all end like that, and say nothing on standard output unless they are done."""
        for command in self.get_commands(name, type_id):
            result = self.desktop.run(*command)
            if code == EXIT_DONE:
                self.assertEqual(result.code, code, result)
                self.assertTrue(result.out, result)
            else:
                self.assert_fails(result, code, name)
                self.assertEqual(result.out, "")

    def for_each(self, check: Callable[[str], None]) -> None:
        """Every type is a subtest."""
        for type_id in TYPES:
            with self.subTest(type_id):
                check(type_id)


class TypesTest(TypesCase):
    """One table, one life."""

    def test_types(self) -> None:
        listed = self.desktop.do("types").out.split("\n")
        self.assertEqual([line.split()[0] for line in listed if line], list(TYPES))

    def test_nothing_entered(self) -> None:
        def check(type_id: str) -> None:
            name = self.make_name()
            self.desktop.do("add", "--name", name, "--type", type_id)
            self.assert_status(name, "new")
            for command in (["token", name], ["header", name], ["test", name]):
                result = self.desktop.run(*command)
                self.assertIn(result.code, (EXIT_AUTHORIZE, EXIT_FAILED), result)
                self.assert_fails(result, result.code, name)
                self.assertEqual(result.out, "")

        self.for_each(check)

    def test_not_signed_in(self) -> None:
        for type_id in set(TYPES) - set(TYPED_IN):
            with self.subTest(type_id):
                name = self.add(type_id)
                self.assert_status(name, "new")
                self.assert_codes(name, type_id, EXIT_AUTHORIZE)

    def test_nothing_to_sign_in_to(self) -> None:
        for type_id in TYPED_IN:
            with self.subTest(type_id):
                name = self.add(type_id)
                self.assert_fails(self.desktop.run("authorize", name), EXIT_FAILED, name)
                self.assert_status(name, "authorized")

    def test_wrong_usage(self) -> None:
        def check(type_id: str) -> None:
            name = self.add(type_id)
            for command in (
                ["token"],
                ["header", name, "GET"],
                ["curl", name],
                ["curl", name, "http://api.example/"],
                ["header", name, "GET", "http://api.example/"],
                ["set", name, "--set", "no_such_field=1"],
                ["set", name, "--set", f"{next(iter(self.get_secrets(type_id)))}=1"],
            ):
                result = self.desktop.run(*command)
                self.assert_fails(result, EXIT_USAGE)

        self.for_each(check)

    def test_life(self) -> None:
        def check(type_id: str) -> None:
            name = self.make(type_id)
            shown = self.desktop.show(name)
            self.assert_codes(name, type_id, EXIT_DONE)
            kept = self.desktop.read_keyring(name)
            self.desktop.do("deactivate", name)
            self.assert_codes(name, type_id, EXIT_INACTIVE)
            self.assertEqual(self.desktop.read_keyring(name), kept)
            self.desktop.do("activate", name)
            self.assert_codes(name, type_id, EXIT_DONE)
            self.assertEqual(self.desktop.show(name)["settings"], shown["settings"])
            self.desktop.do("remove", name)
            self.assert_codes(name, type_id, EXIT_NOT_FOUND)
            self.assertEqual(self.desktop.find_item(shown["id"]), {})

        self.for_each(check)

    def test_who(self) -> None:
        def check(type_id: str) -> None:
            url = self.get_url(type_id)
            answer = self.desktop.do("curl", self.make(type_id), "-s", "-f", url).json()
            # nginx knows of a key no more than that it is good.
            if not type_id.startswith("api-key-"):
                self.assertEqual(answer["user"], BJOERN[0])

        self.for_each(check)

    def test_header(self) -> None:
        def check(type_id: str) -> None:
            name = self.make(type_id)
            command = next(c for c in self.get_commands(name, type_id) if c[0] == "header")
            answer = subprocess.run(
                ["curl", "-s", "-f", "-H", "@-", self.get_url(type_id)],
                input=self.desktop.do(*command).out,
                capture_output=True,
                text=True,
                check=True,
            )
            self.assertTrue(json.loads(answer.stdout))

        self.for_each(check)

    def test_server_is_gone(self) -> None:
        def check(type_id: str) -> None:
            name = self.make(type_id)
            settings = ["--set", f"test_url={NOWHERE}/me"]
            if type_id.endswith("-url"):
                settings += ["--set", f"base_url={NOWHERE}/"]
            self.desktop.do("set", name, *settings)
            self.assert_fails(self.desktop.run("test", name), EXIT_NETWORK, "127.0.0.1:9")
            self.assert_status(name, "authorized")

        self.for_each(check)

    def test_no_keyring(self) -> None:
        bus = f"unix:path={self.desktop.session.root}/nowhere"

        def check(type_id: str) -> None:
            name = self.make(type_id)
            for command in self.get_commands(name, type_id):
                process = self.desktop.start(*command, DBUS_SESSION_BUS_ADDRESS=bus)
                self.assert_fails(self.desktop.finish(process), EXIT_KEYRING, name)
            self.assert_codes(name, type_id, EXIT_DONE)

        self.for_each(check)


class LockedTest(TypesCase):
    """A keyring that is locked, in a session of its own."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        session = Session(standard_services=False)
        cls.addClassCleanup(session.end)
        session.start_keyring("the password of the keyring")
        cls.desktop = Desktop(session)

    def test_locked(self) -> None:
        names = {type_id: self.make(type_id) for type_id in TYPES}
        service = ["--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"]
        subprocess.run(
            ["gdbus", "call", "--session", *service, *LOCK, LOGIN],
            env=self.desktop.environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        for type_id, name in names.items():
            with self.subTest(type_id):
                self.assert_codes(name, type_id, EXIT_KEYRING)
                self.assert_status(name, "authorized")


if __name__ == "__main__":
    main()
