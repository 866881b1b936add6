#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Basic at nginx, with and without a URL; and what its answers and certificates do to all keys."""

from __future__ import annotations

import base64
import os
import tempfile
import unicodedata
from typing import ClassVar
from urllib.parse import urlsplit

from harness import (
    BJOERN,
    EXIT_FAILED,
    EXIT_NETWORK,
    EXIT_USAGE,
    DesktopCase,
    Result,
    main,
    run_servers,
)
from test_keys import CURL_REFUSED, IN_HEADER, PLAIN_KEY, NginxCase

PEOPLE = (("ada", "Lovelace-1815"), BJOERN, ("colon", "a:b:c"), ("empty", ""))
BUSY = {"/busy": ("429", "2"), "/down": ("503", "1")}
# curl's own: the certificate is not good.
CURL_CERTIFICATE = 60


class BasicTest(NginxCase):
    """RFC 7617."""

    def add(self, person: tuple[str, str], **settings: str) -> str:
        """An authorization; one with a base URL is of the type that has one."""
        name = self.make_name()
        type_id = "basic-url" if "base_url" in settings else "basic"
        secrets = {"password": person[1]} if person[1] else {}
        settings.setdefault("test_url", self.base + "/basic/me")
        self.desktop.add_entry(name, type_id, secrets, username=person[0], **settings)
        return name

    def test_wrong_password(self) -> None:
        for settings in ({}, {"base_url": self.base}):
            name = self.add(("ada", "wrong password"), **settings)
            self.assertEqual(self.curl(name, "-f", self.base + "/basic/x").code, CURL_REFUSED)
            result = self.desktop.run("test", name)
            self.assert_fails(result, EXIT_FAILED, name, "401")
            self.assertNotIn("wrong password", result.err)

    def test_colon_in_the_user_name(self) -> None:
        name = self.add(("ada:lovelace", "password"))
        self.assert_status(name, "new")
        for command in (["test", name], ["curl", name, "-s", self.base], ["header", name]):
            result = self.desktop.run(*command)
            self.assertNotEqual(result.code, 0)
            self.assert_fails(result, result.code, name)

    def test_people(self) -> None:
        for person in PEOPLE:
            for settings in ({}, {"base_url": self.base + "/basic/"}):
                with self.subTest((person, settings)):
                    name = self.add(person, **settings)
                    self.assert_status(name, "authorized")
                    self.assertEqual(self.see(name, self.base + "/basic/a")["user"], person[0])
                    self.desktop.do("test", name)
                    pair = base64.b64encode(":".join(person).encode()).decode()
                    header = self.desktop.do("header", name).out
                    self.assertEqual(header, f"Authorization: Basic {pair}\n")

    def test_composed(self) -> None:
        # RFC 7617 section 2.1: the same letters, however the keyboard makes them.
        name = self.add(tuple(unicodedata.normalize("NFD", text) for text in BJOERN))
        self.assertEqual(self.see(name, self.base + "/basic/a")["user"], BJOERN[0])

    def test_bounds(self) -> None:
        base = self.recorder.base
        name = self.add(PEOPLE[0], base_url=base + "/basic/")
        for url in (base + "/seen", base + "/basics/", self.other + "/basic/"):
            for command in (["curl", name, "-s", url], ["header", name, "GET", url]):
                result = self.desktop.run(*command)
                self.assert_fails(result, EXIT_FAILED, name, "no other address")
        result = self.curl(name, "-L", base + "/basic/")
        self.assert_fails(result, EXIT_USAGE, "-L")
        self.assertEqual(self.recorder.all(), [])

    def test_redirects(self) -> None:
        for settings in ({}, {"base_url": self.base}):
            name = self.add(PEOPLE[0], **settings)
            same = self.see(name, "-L", self.base + "/redirect/same")
            self.assertTrue(same["authorization"].startswith("Basic "))
            for path in ("/redirect/other", "/redirect/307"):
                seen = self.see(name, "-L", self.base + path)
                self.assertEqual((seen["uri"], seen["authorization"]), ("/seen", ""))


class AnswersTest(NginxCase):
    """A server that cannot answer now, or makes no sense: nobody loses a key for it."""

    def add_tested_at(self, url: str) -> list[str]:
        """One of each type that carries what was typed in."""
        settings = {"test_url": url, "placement": IN_HEADER}
        name = self.make_name()
        self.desktop.add_entry(
            name, "basic", {"password": PEOPLE[0][1]}, username="ada", test_url=url
        )
        bound = {**settings, "type_id": "api-key-url", "base_url": self.base}
        secret = {**settings, "type_id": "api-key-secret"}
        return [name, self.add_key(**settings), self.add_key(**bound), self.add_key(**secret)]

    def test_busy(self) -> None:
        for path, words in BUSY.items():
            for name in self.add_tested_at(self.base + path):
                with self.subTest((path, name)):
                    result = self.desktop.run("test", name)
                    self.assert_fails(result, EXIT_NETWORK, name, *words)
                    self.assertNotIn("<html>", result.err)
                    self.assert_status(name, "authorized")
                    out = self.curl(name, "-i", self.base + path)
                    self.assertEqual(out.code, 0, out)
                    self.assertIn(words[0], out.out.splitlines()[0])

    def test_no_answer(self) -> None:
        for name in self.add_tested_at(self.base + "/drop"):
            self.assert_fails(self.desktop.run("test", name), EXIT_NETWORK, name)
            self.assert_status(name, "authorized")
            # curl's own: an empty reply.
            self.assertEqual(self.curl(name, self.base + "/drop").code, 52)

    def test_no_json(self) -> None:
        for name in self.add_tested_at(self.base + "/not-json"):
            self.assertNotIn("oops", self.desktop.do("test", name).out)


class CertificateTest(DesktopCase):
    """Keys and passwords go to no server that cannot prove who it is."""

    folder: ClassVar[str]
    port: ClassVar[int]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="lanyard-tls-"))
        servers = cls.enterClassContext(run_servers("nginx", "--tls", cls.folder))
        cls.port = urlsplit(servers["nginx"]).port or 0

    def add(self, type_id: str, offset: int) -> tuple[str, str]:
        """An authorization for one of the servers, and its address."""
        name = self.make_name()
        url = f"https://localhost:{self.port + offset}"
        settings = {"test_url": url + "/me"}
        secrets = {"password": "password"} if type_id.startswith("basic") else {}
        if type_id.startswith("basic"):
            settings["username"] = "ada"
        else:
            secrets = {"api_key": PLAIN_KEY}
            settings["placement"] = IN_HEADER
        if type_id.endswith("-url"):
            settings["base_url"] = url
        self.desktop.add_entry(name, type_id, secrets, **settings)
        return name, url + "/me"

    def test_wrong(self) -> None:
        for type_id in ("api-key", "api-key-url", "basic", "basic-url"):
            for offset, word in ((2, "Lanyard test CA"), (3, "other.example"), (5, "self-signed")):
                with self.subTest((type_id, word)):
                    name, url = self.add(type_id, offset)
                    host = f"localhost:{self.port + offset}"
                    self.assert_fails(self.desktop.run("test", name), EXIT_NETWORK, host, word)
                    self.assert_status(name, "authorized")
                    result = self.desktop.run("curl", name, "-s", url)
                    self.assertEqual((result.code, result.out), (CURL_CERTIFICATE, ""))
                    result = self.desktop.run("curl", name, "-sk", url)
                    self.assert_fails(result, EXIT_USAGE, "--cacert")

    def test_expired(self) -> None:
        for type_id in ("api-key-url", "basic"):
            name, url = self.add(type_id, 4)
            result = self.run_trusting("test", name)
            self.assert_fails(result, EXIT_NETWORK, name, "expired")
            result = self.run_trusting("curl", name, "-s", url)
            self.assertEqual((result.code, result.out), (CURL_CERTIFICATE, ""))

    def test_good(self) -> None:
        # The rest of this class would pass for a program that trusts nobody.
        for type_id in ("api-key", "api-key-url", "basic", "basic-url"):
            name, url = self.add(type_id, 2)
            result = self.run_trusting("test", name)
            self.assertEqual(result.code, 0, result)
            authority = os.path.join(self.folder, "ca.crt")
            self.desktop.do("curl", name, "-s", "-f", "--cacert", authority, url)

    def run_trusting(self, *arguments: str) -> Result:
        """On a computer that trusts the test's authority."""
        return self.desktop.run_trusting(os.path.join(self.folder, "ca.crt"), *arguments)


if __name__ == "__main__":
    main()
