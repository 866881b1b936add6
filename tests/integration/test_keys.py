#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""API keys at nginx: where they are put, and where they never go."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from harness import (
    EXIT_AUTHORIZE,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_NETWORK,
    EXIT_USAGE,
    Result,
    ServerCase,
    main,
)

KEY = "k-1f9c/+= 0a"
PLAIN_KEY = "k-plain-42"
SECRET = "s3cret: ü&%"
IN_HEADER = "header:X-Api-Key"
IN_QUERY = "query:api_key"
# What curl says of a server that refuses when it was told to fail (-f).
CURL_REFUSED = 22


class NginxCase(ServerCase):
    """With nginx, whose second port is another origin."""

    server = "nginx"
    path = "/seen"

    @property
    def other(self) -> str:
        """The other origin."""
        parts = urlsplit(self.base)
        return f"http://{parts.hostname}:{(parts.port or 0) + 1}"

    def add_key(self, key: str = KEY, type_id: str = "api-key", **settings: str) -> str:
        """An authorization with a key."""
        name = self.make_name()
        secrets = {"api_key": key}
        if type_id == "api-key-secret":
            secrets["api_secret"] = SECRET
        self.desktop.add_entry(name, type_id, secrets, **settings)
        return name

    def curl(self, name: str, *arguments: str) -> Result:
        """Ask."""
        return self.desktop.run("curl", name, "-s", *arguments)

    def see(self, name: str, *arguments: str) -> dict[str, str]:
        """What the server saw."""
        seen: dict[str, str] = self.desktop.do("curl", name, "-s", "-f", *arguments).json()
        return seen


class PlaceTest(NginxCase):
    """Into a header, the query, a cookie, the content."""

    def test_wrong_key(self) -> None:
        for placement, path in ((IN_HEADER, "/key/header"), (IN_QUERY, "/key/query")):
            with self.subTest(placement):
                url = self.base + path
                name = self.add_key("a wrong key", placement=placement, test_url=url)
                self.assertEqual(self.curl(name, "-f", url).code, CURL_REFUSED)
                result = self.desktop.run("test", name)
                self.assert_fails(result, EXIT_FAILED, name, "bad or missing")
                self.assertNotIn("a wrong key", result.err)

    def test_no_place(self) -> None:
        name = self.add_key(placement="footer:X-Api-Key")
        for command in (["curl", name, "-s", self.base], ["header", name], ["test", name]):
            result = self.desktop.run(*command)
            self.assertNotEqual(result.code, EXIT_DONE, result)
            self.assert_fails(result, result.code, name)
        self.assert_status(name, "new")

    def test_header(self) -> None:
        url = self.base + "/key/header"
        for key in (KEY, PLAIN_KEY):
            name = self.add_key(key, placement=IN_HEADER, test_url=url)
            self.assert_status(name, "authorized")
            self.assertEqual(self.see(name, url)["x_api_key"], key)
            self.assertEqual(self.desktop.do("header", name).out, f"X-Api-Key: {key}\n")
            self.assertEqual(self.desktop.get_token(name), key)
            self.desktop.do("test", name)

    def test_template(self) -> None:
        placement = "header:Authorization=ApiKey {api_key}"
        name = self.add_key(PLAIN_KEY, placement=placement)
        seen = self.see(name, self.base + "/key/authorization")
        self.assertEqual(seen["authorization"], f"ApiKey {PLAIN_KEY}")

    def test_query(self) -> None:
        url = self.base + "/key/query"
        name = self.add_key(placement=IN_QUERY, test_url=url)
        seen = self.see(name, "-G", "-d", "b=2", url + "?a=1")
        self.assertTrue(seen["uri"].startswith("/key/query?a=1&b=2&api_key="), seen)
        self.assertEqual(self.see(name, "-d", "b=2", url)["length"], "3")
        self.desktop.do("test", name)
        self.assert_fails(self.desktop.run("header", name), EXIT_FAILED, name, "lanyard curl")
        # Which of the two would count?
        result = self.curl(name, url + "?api_key=mine")
        self.assert_fails(result, EXIT_FAILED, name, "api_key")

    def test_key_and_secret(self) -> None:
        placement = "header:X-Api-Key={api_key}; header:Authorization=Secret {api_secret}"
        name = self.add_key(type_id="api-key-secret", placement=placement)
        seen = self.see(name, self.base + "/key/header")
        self.assertEqual((seen["x_api_key"], seen["authorization"]), (KEY, f"Secret {SECRET}"))
        header = self.desktop.do("header", name).out
        self.assertEqual(header, f"X-Api-Key: {KEY}\nAuthorization: Secret {SECRET}\n")

    def test_cookie(self) -> None:
        name = self.add_key(PLAIN_KEY, placement="cookie:key")
        self.assertEqual(self.see(name, self.base + "/seen")["cookie"], f"key={PLAIN_KEY}")

    def test_content(self) -> None:
        name = self.add_key(placement="body:api_key")
        url = self.recorder.base + "/seen"
        self.see(name, "-d", "a=b", "-d", "c", url)
        self.see(name, "--json", '{"a": 1}', url)
        form, json = self.recorder.find("/seen")
        self.assertEqual(form.form, {"a": "b", "c": "", "api_key": KEY})
        self.assertIn(f'"{KEY}"', json.body)
        self.assertEqual(json.headers["Content-Type"], "application/json")
        self.assert_fails(self.curl(name, url), EXIT_USAGE, "-X POST")
        self.assert_fails(self.curl(name, "-F", "a=b", url), EXIT_USAGE, "input")
        self.assertEqual(len(self.recorder.all()), 2)


class BoundsTest(NginxCase):
    """A key that belongs to one address."""

    def add_bound(self, base_url: str, **settings: str) -> str:
        """Its placement is that of the tests' server."""
        settings.setdefault("placement", IN_HEADER)
        return self.add_key(type_id="api-key-url", base_url=base_url, **settings)

    def assert_not_sent(self, name: str, url: str) -> None:
        """Neither curl nor a header is to be had for it."""
        for command in (["curl", name, "-s", url], ["header", name, "GET", url]):
            with self.subTest(command):
                result = self.desktop.run(*command)
                self.assert_fails(result, EXIT_FAILED, name, "no other address")
                self.assertEqual(result.out, "")

    def test_another_origin(self) -> None:
        base = self.recorder.base
        name = self.add_bound(base)
        self.assert_not_sent(name, self.other + "/seen")
        self.assert_not_sent(name, base.replace("127.0.0.1", "localhost") + "/seen")
        self.assert_not_sent(name, base.replace("http:", "https:") + "/seen")
        self.assert_not_sent(name, "https://127.0.0.1.example.org/")

    def test_another_path(self) -> None:
        base = self.recorder.base
        name = self.add_bound(base + "/key/header/")
        for path in ("/seen", "/key", "/key/headers", "/key/header/../query"):
            self.assert_not_sent(name, base + path)
        for path in ("/key/header/%2e%2e/query", "/key/header/.%2E/"):
            self.assert_not_sent(name, base + path)
        self.assertEqual(self.recorder.all(), [])

    def test_several_addresses_in_one(self) -> None:
        name = self.add_bound(self.recorder.base + "/key/header")
        self.see(name, self.recorder.base + "/key/header/{.}{.}/[1-2]")
        # To curl alone these would be two, both of them "/key/…".
        (exchange,) = self.recorder.all()
        self.assertEqual(exchange.target, "/key/header/{.}{.}/[1-2]")

    def test_test_of_another_address(self) -> None:
        name = self.add_bound(self.base + "/key", test_url=self.other + "/seen")
        self.assert_fails(self.desktop.run("test", name), EXIT_FAILED, name)

    def test_without_tls(self) -> None:
        """It can be entered, and is not used before the person says that it may be."""
        name = self.make_name()
        url = "http://api.example/"
        options = ["--type=api-key-url", f"--set=base_url={url}", "--secret=api_key"]
        self.desktop.run("add", "--name", name, *options, text=f"{KEY}\n")
        for code, command in (
            (EXIT_USAGE, ["curl", name, "-s", url]),
            (EXIT_AUTHORIZE, ["header", name]),
            (EXIT_AUTHORIZE, ["test", name]),
        ):
            with self.subTest(command):
                result = self.desktop.run(*command)
                self.assert_fails(result, code)
                self.assertEqual(result.out, "")

    def test_within(self) -> None:
        for base_url in (self.base, self.base + "/", self.base + "/key", self.base + "/key/"):
            with self.subTest(base_url):
                name = self.add_bound(base_url, test_url=self.base + "/key/header")
                self.see(name, self.base + "/key/header")
                self.desktop.do("test", name)
                self.assertEqual(self.desktop.do("header", name).out, f"X-Api-Key: {KEY}\n")


class RedirectTest(NginxCase):
    """An answer that points to another address."""

    def test_refused(self) -> None:
        for placement in (IN_HEADER, IN_QUERY, "cookie:key", "body:key"):
            name = self.add_key(PLAIN_KEY, placement=placement)
            for path in ("/redirect/same", "/redirect/other", "/redirect/307"):
                with self.subTest((placement, path)):
                    url = self.recorder.base + path
                    result = self.curl(name, "-L", "-d", "a=b", url)
                    self.assert_fails(result, EXIT_USAGE, "-L")
        self.assertEqual(self.recorder.all(), [])

    def test_not_followed(self) -> None:
        name = self.add_key(placement=IN_HEADER)
        out = self.curl(name, "-i", self.base + "/redirect/other").out
        self.assertIn("302", out.splitlines()[0])

    def test_own_configuration_of_curl(self) -> None:
        path = Path(self.desktop.environment["HOME"]) / ".curlrc"
        path.write_text("location-trusted\n", encoding="utf-8")
        self.addCleanup(path.unlink)
        bearer = "header:Authorization=Bearer {api_key}"
        for placement in (IN_HEADER, bearer):
            name = self.add_key(PLAIN_KEY, placement=placement)
            result = self.curl(name, "-i", self.base + "/redirect/other")
            self.assertIn("302", result.out.splitlines()[0])
            self.assertNotIn(PLAIN_KEY, result.out)
        seen = self.see(name, "-L", self.base + "/redirect/other")
        self.assertEqual((seen["uri"], seen["authorization"]), ("/seen", ""))

    def test_trusted(self) -> None:
        name = self.add_key(placement="header:Authorization=Bearer {api_key}")
        result = self.curl(name, "--location-trusted", self.base + "/redirect/other")
        self.assert_fails(result, EXIT_USAGE, "--location-trusted")

    def test_authorization(self) -> None:
        # curl itself knows to whom this header belongs.
        placement = "header:Authorization=Bearer {api_key}"
        name = self.add_key(PLAIN_KEY, placement=placement)
        for path, sent in (
            ("/redirect/same", f"Bearer {PLAIN_KEY}"),
            ("/redirect/other", ""),
            ("/redirect/307", ""),
        ):
            with self.subTest(path):
                seen = self.see(name, "-L", self.base + path)
                self.assertEqual((seen["uri"], seen["authorization"]), ("/seen", sent))

    def test_out_of_the_path(self) -> None:
        placement = "header:Authorization=Bearer {api_key}"
        settings = {"placement": placement, "type_id": "api-key-url"}
        name = self.add_key(base_url=self.recorder.base + "/redirect", **settings)
        result = self.curl(name, "-L", self.recorder.base + "/redirect/same")
        self.assert_fails(result, EXIT_USAGE, "-L")
        self.assertEqual(self.recorder.all(), [])
        name = self.add_key(PLAIN_KEY, base_url=self.base, **settings)
        seen = self.see(name, "-L", self.base + "/redirect/same")
        self.assertEqual(seen["authorization"], f"Bearer {PLAIN_KEY}")

    def test_test(self) -> None:
        for path in ("/redirect/other", "/redirect/307", "/redirect/same", "/redirect/loop"):
            with self.subTest(path):
                url = self.base + path
                name = self.add_key(placement=IN_HEADER, test_url=url)
                result = self.desktop.run("test", name)
                self.assertIn(result.code, (EXIT_FAILED, EXIT_NETWORK), result)
                self.assert_fails(result, result.code, name)
                self.assert_status(name, "authorized")


if __name__ == "__main__":
    main()
