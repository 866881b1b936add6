#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests signed for OAuth 1.0: what oauthlib's server makes of them, by curl and by header."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, ClassVar

from harness import EXIT_FAILED, EXIT_USAGE, main
from test_oauth1 import OAuth1Case, read_oauth

# What is hard to sign: encoded in more than one way, empty, twice, in no order.
QUERY = "b=2&a=%C3%A4+%26&a=1&c&d=%2f~*%2A"
PAIRS = [["b", "2"], ["a", "ä &"], ["a", "1"], ["c", ""], ["d", "/~**"]]


class SignedCase(OAuth1Case):
    """One authorization for each place of the signature."""

    names: ClassVar[dict[str, str]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        case = cls()
        cls.names = {p: case.sign_in(transmission=p) for p in ("header", "query", "body")}

    def ask(self, place: str, *arguments: str, text: str = "") -> dict[str, Any]:
        """What the server saw; curl fails where it refuses."""
        command = ["curl", self.names[place], "-s", "-f", *arguments]
        seen: dict[str, Any] = self.desktop.do(*command, text=text).json()
        return seen

    def without_oauth(self, pairs: list[list[str]]) -> list[list[str]]:
        """The parameters that are not the signature's."""
        return [pair for pair in pairs if not pair[0].startswith("oauth_")]


class CurlTest(SignedCase):
    """`lanyard curl`."""

    def setUp(self) -> None:
        super().setUp()
        self.api = self.recorder.base + "/api/me"

    def test_query(self) -> None:
        for place in ("header", "query"):
            with self.subTest(place):
                seen = self.ask(place, f"{self.api}?{QUERY}")
                self.assertEqual(self.without_oauth(seen["query"]), PAIRS)
                self.assertEqual(read_oauth(self.recorder.all()[-1])[0], place)

    def test_form(self) -> None:
        for place in ("header", "query", "body"):
            with self.subTest(place):
                seen = self.ask(place, "-d", QUERY, "--data-urlencode", "e=ž=&", self.api + "?x=y")
                self.assertEqual(self.without_oauth(seen["form"]), [*PAIRS, ["e", "ž=&"]])
                self.assertEqual(self.without_oauth(seen["query"]), [["x", "y"]])
                self.assertEqual(seen["method"], "POST")
                self.assertEqual(read_oauth(self.recorder.all()[-1])[0], place)

    def test_form_from_a_file(self) -> None:
        path = Path(self.desktop.session.root) / "form"
        path.write_text("a=1&b=%20\n", encoding="utf-8")
        for place in ("header", "body"):
            with self.subTest(place):
                seen = self.ask(place, "-X", "PUT", "-d", f"@{path}", self.api)
                self.assertEqual(self.without_oauth(seen["form"]), [["a", "1"], ["b", " "]])
                self.assertEqual(seen["method"], "PUT")

    def test_data_in_the_address(self) -> None:
        for place in ("header", "query"):
            with self.subTest(place):
                seen = self.ask(place, "-G", "-sd", QUERY, self.api + "?x=y")
                self.assertEqual(self.without_oauth(seen["query"]), [["x", "y"], *PAIRS])
                self.assertEqual((seen["method"], seen["form"]), ("GET", []))

    def test_json_is_not_signed(self) -> None:
        for place in ("header", "query"):
            with self.subTest(place):
                seen = self.ask(place, "--json", '{"a": "ä"}', self.api)
                self.assertEqual(json.loads(seen["body"]), {"a": "ä"})
        content = "Content-Type: text/plain"
        seen = self.ask("header", "-H", content, "-d", "@-", self.api, text="a=1&b=2")
        self.assertEqual(seen["body"], "a=1&b=2")

    def test_empty_post(self) -> None:
        self.assertEqual(self.ask("body", "-X", "POST", self.api)["method"], "POST")

    def test_no_place_for_the_signature(self) -> None:
        result = self.desktop.run("curl", self.names["body"], "-s", self.api)
        self.assert_fails(result, EXIT_USAGE, "-X POST")
        result = self.desktop.run("curl", self.names["body"], "-s", "--json", "{}", self.api)
        self.assert_fails(result, EXIT_FAILED, "form")
        self.assertEqual(self.recorder.all(), [])

    def test_form_that_is_not_known(self) -> None:
        for place in ("header", "body"):
            command = ["curl", self.names[place], "-s", "-d", "@-", self.api]
            self.assert_fails(self.desktop.run(*command, text="a=b"), EXIT_USAGE, "input")
        self.assertEqual(self.recorder.all(), [])


class HeaderTest(SignedCase):
    """`lanyard header`, fed to a curl that knows nothing of us."""

    def curl(self, header: str, *arguments: str) -> tuple[int, str]:
        """The status and the body of the answer."""
        found = subprocess.run(
            ["curl", "-s", "-H", "@-", "-w", "\n%{http_code}", *arguments],
            input=header,
            capture_output=True,
            text=True,
            check=True,
        )
        body, _, status = found.stdout.rpartition("\n")
        return int(status), body

    def make(self, *arguments: str) -> str:
        """The header."""
        return self.desktop.do("header", self.names["header"], *arguments).out

    def test_signed(self) -> None:
        url = f"{self.base}/api/me?{QUERY}"
        status, body = self.curl(self.make("GET", url), url)
        self.assertEqual((status, json.loads(body)["query"]), (200, PAIRS))
        status, body = self.curl(self.make("DELETE", url), "-X", "DELETE", url)
        self.assertEqual((status, json.loads(body)["method"]), (200, "DELETE"))

    def test_used_twice(self) -> None:
        url = self.base + "/api/me"
        header = self.make("GET", url)
        self.assertEqual(self.curl(header, url)[0], 200)
        self.assertEqual(self.curl(header, url), (401, "oauth_problem=nonce_used"))
        self.assertNotEqual(self.make("GET", url), header)

    def test_for_another_request(self) -> None:
        url = self.base + "/api/me"
        for arguments in (["-X", "POST", url], [url + "?a=b"], [self.base + "/api/you"]):
            with self.subTest(arguments):
                answer = self.curl(self.make("GET", url), *arguments)
                self.assertEqual(answer, (401, "oauth_problem=signature_invalid"))

    def test_no_header(self) -> None:
        for place in ("query", "body"):
            result = self.desktop.run("header", self.names[place], "POST", self.base + "/api/me")
            self.assert_fails(result, EXIT_FAILED, self.names[place], "lanyard curl")

    def test_without_an_address(self) -> None:
        result = self.desktop.run("header", self.names["header"])
        self.assert_fails(result, EXIT_USAGE, self.names["header"], "METHOD")
        self.assertEqual(result.out, "")


if __name__ == "__main__":
    main()
