#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Using an authorization: `curl`, `header` and `test`, and what a 401 leads to."""

from __future__ import annotations

import json
import subprocess
from typing import ClassVar

from harness import (
    BJOERN,
    EXIT_FAILED,
    EXIT_NETWORK,
    EXIT_USAGE,
    DemoCase,
    Person,
    ServerCase,
    main,
)


class DjangoTest(ServerCase):
    """An API that is protected by somebody else's code."""

    server = "django"
    me: ClassVar[str]
    name: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.me = cls.base + "/api/me"
        cls.desktop.write_provider(
            "notes",
            authorize={"url": cls.base + "/o/authorize/"},
            token={"url": cls.base + "/o/token/", "auth": "none"},
            verify={"url": cls.me, "account": ["user"]},
        )
        cls.name = "Björn's notes"
        cls.desktop.add(cls.name, provider="notes", client_id="native", scope="read")
        cls.desktop.sign_in(cls.name, Person(*BJOERN))

    def test_missing_scope(self) -> None:
        name = self.make_name()
        self.desktop.add(name, provider="notes", client_id="native", scope="write")
        self.desktop.sign_in(name)
        self.assert_fails(self.desktop.run("test", name), EXIT_FAILED, name)
        self.assert_status(name, "authorized")

    def test_who(self) -> None:
        result = self.desktop.do("test", self.name)
        self.assertIn("björn", result.out)
        self.assertEqual(self.desktop.show(self.name)["account"], "björn")

    def test_curl(self) -> None:
        result = self.desktop.do("curl", self.name, "-s", self.me)
        self.assertEqual(result.json()["user"], "björn")

    def test_curl_with_a_method(self) -> None:
        answer = self.desktop.do("curl", self.name, "-s", "-X", "OPTIONS", self.me).json()
        self.assertEqual(answer["method"], "OPTIONS")

    def test_header(self) -> None:
        header = self.desktop.do("header", self.name).out
        self.assertEqual(header, f"Authorization: Bearer {self.desktop.get_token(self.name)}\n")
        answer = subprocess.run(
            ["curl", "-s", "-H", "@-", self.me],
            input=header,
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(json.loads(answer.stdout)["user"], "björn")

    def test_header_for_an_address(self) -> None:
        header = self.desktop.do("header", self.name, "GET", self.me).out
        self.assertEqual(header, f"Authorization: Bearer {self.desktop.get_token(self.name)}\n")


class DemoTest(DemoCase):
    """One renewal and one more try."""

    def count(self, path: str) -> int:
        """How often that path was asked."""
        return len(self.demo.requests(path))

    def expire(self) -> None:
        """The server ends all access tokens, whatever it said before."""
        self.demo.send("POST", "/_expire")

    def test_curl_to_http(self) -> None:
        name = self.sign_in_demo()
        result = self.desktop.run("curl", name, "-s", "http://example.org/")
        self.assert_fails(result, EXIT_USAGE, "http")

    def test_curl_refused_for_ever(self) -> None:
        name = self.sign_in_demo()
        rule = {"match": "^GET /userinfo", "kind": "status", "code": 401, "body": "never"}
        self.demo.script(rule)
        result = self.desktop.run("curl", name, "-s", self.demo.base + "/userinfo")
        self.assertEqual((result.code, result.out), (0, "never"), result)
        self.assertEqual((self.count("/userinfo"), self.count("/token")), (2, 1))
        self.assert_status(name, "authorized")

    def test_test_refused_for_ever(self) -> None:
        name = self.sign_in_demo()
        self.demo.script({"match": "^GET /userinfo", "kind": "status", "code": 401})
        self.assert_fails(self.desktop.run("test", name), EXIT_FAILED, name, "401")
        self.assertEqual((self.count("/userinfo"), self.count("/token")), (2, 1))

    def test_curl_when_the_renewal_is_refused(self) -> None:
        name = self.sign_in_demo()
        self.expire()
        refusal = '{"error": "invalid_grant"}'
        self.demo.script({"match": "^POST /token", "kind": "body", "code": 400, "text": refusal})
        result = self.desktop.run("curl", name, "-s", "-f", self.demo.base + "/userinfo")
        self.assertEqual(self.count("/userinfo"), 1)
        self.assertIn(name, result.err)
        # What curl itself makes of a 401.
        self.assertEqual(result.code, 22, result)
        self.assert_status(name, "refused")

    def test_forbidden_renews_nothing(self) -> None:
        name = self.sign_in_demo()
        self.demo.script({"match": "^GET /userinfo", "kind": "status", "code": 403})
        self.desktop.do("curl", name, "-s", self.demo.base + "/userinfo")
        self.assert_fails(self.desktop.run("test", name), EXIT_FAILED, name, "403")
        self.assertEqual((self.count("/userinfo"), self.count("/token")), (2, 0))

    def test_curl_renews_once(self) -> None:
        name = self.sign_in_demo()
        self.expire()
        result = self.desktop.do("curl", name, "-s", self.demo.base + "/userinfo")
        self.assertIn("name", result.json())
        self.assertEqual((self.count("/userinfo"), self.count("/token")), (2, 1))

    def test_test_renews_once(self) -> None:
        name = self.sign_in_demo()
        self.expire()
        self.assertIn("Ada Lovelace", self.desktop.do("test", name).out)
        self.assertEqual((self.count("/userinfo"), self.count("/token")), (2, 1))

    def test_curl_posts_once_when_the_token_is_good(self) -> None:
        name = self.sign_in_demo(scope="profile notes.write offline_access")
        body = json.dumps({"text": "ä note"})
        notes = self.demo.base + "/api/notes"
        self.desktop.do("curl", name, "-s", "-d", body, notes)
        (request,) = self.demo.requests("/api/notes")
        self.assertEqual((request["method"], request["body"]), ("POST", body))

    def test_curl_takes_the_token_nowhere_else(self) -> None:
        name = self.sign_in_demo()
        # The same server under a name that counts as another.
        other = self.demo.base.replace("127.0.0.1", "localhost") + "/landed"
        self.demo.script({"match": "^GET /userinfo", "kind": "redirect", "url": other})
        self.desktop.do("curl", name, "-s", "-L", self.demo.base + "/userinfo")
        (request,) = self.demo.requests("/landed")
        self.assertNotIn("authorization", request["headers"])

    def test_server_is_gone(self) -> None:
        name = self.sign_in_demo()
        result = self.desktop.run("curl", name, "-s", "http://127.0.0.1:9/")
        # curl's own exit code: the connection was refused.
        self.assertEqual(result.code, 7, result)
        self.desktop.do("set", name, "--set", "userinfo_endpoint=http://127.0.0.1:9/")
        self.assert_fails(self.desktop.run("test", name), EXIT_NETWORK, name, "127.0.0.1:9")

    def test_who_has_a_name_that_is_none(self) -> None:
        name = self.sign_in_demo()
        for text in ('{"name": "\\u001b[31mred"}', "[]", "<html>", '{"name": 7}', ""):
            with self.subTest(text):
                self.demo.script({"match": "^GET /userinfo", "kind": "body", "text": text})
                result = self.desktop.do("test", name)
                self.assertNotIn("\x1b", result.out)


if __name__ == "__main__":
    main()
