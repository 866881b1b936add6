#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole life of an authorization, and then a search for its secrets where they must not be."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qs, quote_plus, urlsplit

from harness import (
    BJOERN,
    PATIENCE,
    SECRET_SCHEMA,
    DemoCase,
    DesktopCase,
    Person,
    ServerCase,
    main,
    read_address,
)
from planted import assert_no_core_dump, dump_core, find, let_dump, read_processes

WEB_SECRET = "w3b: s&cret/+%"
DEMO_SECRET = "demo-s3cret: &+/%"
TOKENS = ("access_token", "refresh_token", "id_token")
# What these commands are for: only here may a secret be told.
TELLING = ("token", "header")
KEYRINGS = "/keyrings/"


class SearchMixin:
    """Looks for planted secrets."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Whoever looks for a fault lets the program tell all it can.
        cls.desktop.environment["G_MESSAGES_DEBUG"] = "all"

    def find_in_files(self, secrets: set[str]) -> list[str]:
        """Files of the session that hold one, the keyring's own apart."""
        root = Path(self.desktop.session.root)
        return [
            f"{path}: {form!r}"
            for path in root.rglob("*")
            if path.is_file() and KEYRINGS not in str(path)
            for form in find(secrets, path.read_bytes())
        ]

    def find_in_output(self, secrets: set[str]) -> list[str]:
        """Commands that said one, where that is not what they are for."""
        found = []
        for result in self.desktop.results:
            told = result.err if result.arguments[0] in TELLING else result.out + result.err
            found += [f"{form!r} in {result}" for form in find(secrets, told.encode())]
        return found

    def assert_hidden(self, secrets: set[str]) -> None:
        """Nothing is found."""
        self.assertTrue(all(len(secret) > 5 for secret in secrets), secrets)
        self.assertEqual(self.find_in_files(secrets), [])
        self.assertEqual(self.find_in_output(secrets), [])


class SearchTest(SearchMixin, DesktopCase):
    """The search itself: one that finds nothing would pass for a proof."""

    def test_forms(self) -> None:
        for text in (
            f"client_secret={quote_plus(WEB_SECRET)}",
            json.dumps({"client_secret": WEB_SECRET}),
            base64.b64encode(f"web:{WEB_SECRET}".encode()).decode(),
            base64.b64encode(f"client:{WEB_SECRET}".encode()).decode(),
            base64.b64encode(f"id:{WEB_SECRET} and more".encode()).decode(),
            base64.b64encode(f"web:{quote_plus(WEB_SECRET)}".encode()).decode(),
        ):
            with self.subTest(text):
                self.assertTrue(find({WEB_SECRET}, text.encode()))

    def test_files_and_output(self) -> None:
        path = Path(self.desktop.environment["XDG_CACHE_HOME"]) / "leak"
        path.write_text(quote_plus(WEB_SECRET), encoding="utf-8")
        self.addCleanup(path.unlink)
        self.assertEqual(len(self.find_in_files({WEB_SECRET})), 1)
        self.desktop.run("show", WEB_SECRET)
        self.addCleanup(self.desktop.results.pop)
        self.assertTrue(self.find_in_output({WEB_SECRET}))


class LifeTest(SearchMixin, ServerCase):
    """django-oauth-toolkit, with a recorder that knows every secret that was ever sent."""

    server = "django"

    def collect_secrets(self) -> set[str]:
        """All that went to and fro."""
        secrets = {WEB_SECRET, "wrong: s&cret", BJOERN[1]}
        for exchange in self.recorder.find("/o/token/"):
            form = exchange.form
            answer = json.loads(exchange.answer)
            sent = [form.get(name) for name in ("code", "code_verifier", "refresh_token")]
            given = [answer.get(name) for name in TOKENS]
            secrets.update(secret for secret in sent + given if secret)
        return secrets

    def live(self, name: str) -> None:
        """All that one does in a life, slips included."""
        do, run = self.desktop.do, self.desktop.run
        self.desktop.add(
            name,
            "wrong: s&cret",
            authorization_endpoint=self.base + "/o/authorize/",
            token_endpoint=self.recorder.base + "/o/token/",
            revocation_endpoint=self.recorder.base + "/o/revoke_token/",
            client_id="web",
            test_url=self.recorder.base + "/api/me",
            scope="openid read",
        )
        self.desktop.authorize(name, Person(*BJOERN))
        do("set", name, "--secret", "client_secret", text=WEB_SECRET + "\n")
        self.desktop.authorize(
            name, Person(*BJOERN), lambda uri: uri.replace("state=", "state=x")
        )
        self.desktop.authorize(name, Person(*BJOERN), lambda uri: uri + "&code=twice")
        self.desktop.sign_in(name, Person(*BJOERN))
        for command in (
            ["list", "--all"],
            ["list", "--json"],
            ["show", name],
            ["test", name],
            ["show", name, "--json"],
            ["token", name],
            ["token", name, "--json"],
            ["header", name],
            ["refresh", name],
            ["deactivate", name],
            ["activate", name],
        ):
            do(*command)
        run("set", name, "--set", f"client_secret={WEB_SECRET}")
        run("set", name, "--set", WEB_SECRET)
        do("curl", name, "-s", self.recorder.base + "/api/me")
        do("curl", name, "-s", "-o", "/dev/null", "-w", "%{http_code}", self.base + "/api/me")
        do("set", name, "--set", f"token_endpoint={self.recorder.base}/no-such-endpoint")
        run("refresh", name)
        do("set", name, "--set", "token_endpoint=https://no-such-host.invalid/")
        run("refresh", name)
        do("revoke", name)
        run("token", name)
        self.desktop.read_keyring(name)

    def test_whole_life(self) -> None:
        name = self.make_name()
        self.live(name)
        self.assert_hidden(self.collect_secrets())
        self.desktop.do("remove", name)
        secrets = self.collect_secrets()
        # Two sign-ins and a renewal, of which each gave three secrets or more.
        self.assertGreater(len(secrets), 10)
        self.assert_hidden(secrets)

    def test_nothing_in_addresses(self) -> None:
        name = self.make_name()
        self.live(name)
        targets = " ".join(exchange.target for exchange in self.recorder.all())
        self.assertIn("/o/token/", targets)
        self.assertEqual(find(self.collect_secrets(), targets.encode()), set())

    def test_label_and_attributes(self) -> None:
        name = self.make_name()
        self.desktop.add(name, WEB_SECRET, client_id="web")
        row = self.desktop.show(name)["id"]
        found = subprocess.run(
            ["secret-tool", "search", "--all", "xdg:schema", SECRET_SCHEMA, "id", row],
            capture_output=True,
            text=True,
            env=self.desktop.session.environment,
            check=True,
        )
        # Where it prints attributes differs with its version.
        lines = (found.stdout + found.stderr).splitlines()
        seen = dict(line.split(" = ", 1) for line in lines if " = " in line)
        self.assertEqual(seen["label"], name)
        attributes = {n: v for n, v in seen.items() if n.startswith("attribute.")}
        self.assertEqual(attributes, {"attribute.id": row})
        self.assertIn(WEB_SECRET, seen["secret"])


class ProcessTest(SearchMixin, DemoCase):
    """What other programs can see while a command runs."""

    def hold(
        self, path: str, *command: str, **environment: str
    ) -> subprocess.Popen[str]:
        """A command that waits for an answer."""
        self.demo.script({"match": f" {path}", "kind": "hold", "times": 1})
        process = self.desktop.start(*command, **environment)
        deadline = time.monotonic() + PATIENCE
        while not self.demo.requests(path):
            self.assertLess(time.monotonic(), deadline, "the request never came")
            time.sleep(0.02)
        return process

    def release(self, process: subprocess.Popen[str]) -> None:
        """Let it end."""
        self.demo.send("POST", "/_release")
        self.assertEqual(self.desktop.finish(process).code, 0)

    def sign_in_web(self, lifetime: Optional[int] = None) -> str:
        """With a client secret."""
        name = self.add_demo(client_id="demo-web")
        self.desktop.do("set", name, "--secret", "client_secret", text=DEMO_SECRET + "\n")
        if lifetime is not None:
            rule = {"match": "^POST /token", "kind": "json", "set": {"expires_in": lifetime}}
            self.demo.script(rule)
        self.desktop.sign_in(name)
        return name

    def find_children(self, process: subprocess.Popen[str]) -> list[int]:
        """The processes that a command started."""
        path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        return [int(child) for child in path.read_text(encoding="ascii").split()]

    def assert_private(self, secrets: set[str], seen: bytes) -> None:
        """No process tells a secret, and the one that we look for was looked at."""
        for name in ("cmdline", "environ"):
            told = b"\n".join(read_processes(name).values())
            self.assertEqual(find(secrets, told), set())
            if name == "cmdline":
                self.assertIn(seen, told)

    def test_curl(self) -> None:
        name = self.sign_in_web()
        kept = self.desktop.read_keyring(name)
        address = self.demo.base + "/userinfo"
        process = self.hold("/userinfo", "curl", name, "-s", address)
        secrets = {kept["access_token"], kept["refresh_token"], DEMO_SECRET}
        # The command's own line, then that of curl.
        lines = [line for line in read_processes("cmdline").values() if address.encode() in line]
        self.assertEqual(len(lines), 2)
        self.assert_private(secrets, address.encode())
        self.release(process)
        self.assertEqual(self.find_in_files(secrets), [])

    def test_debug_messages_are_no_answer(self) -> None:
        name = self.sign_in_web(1)
        told = self.desktop.do("token", name)
        self.assertEqual(told.out, self.desktop.read_keyring(name)["access_token"])
        self.assertIn("DEBUG", told.err)

    def test_renewal(self) -> None:
        name = self.sign_in_web(1)
        kept = self.desktop.read_keyring(name)
        process = self.hold("/token", "token", name)
        self.assert_private(
            {kept["access_token"], kept["refresh_token"], DEMO_SECRET}, name.encode()
        )
        self.release(process)

    def test_core_dumps(self) -> None:
        name = self.sign_in_web()
        process = self.hold("/userinfo", "curl", name, "-s", self.demo.base + "/userinfo")
        children = self.find_children(process)
        self.assertEqual(len(children), 1)
        for pid in (process.pid, *children):
            assert_no_core_dump(pid)
        self.release(process)

    def test_core_dumps_without_a_limit(self) -> None:
        name = self.sign_in_web()
        kept = self.desktop.read_keyring(name)
        secrets = {kept["access_token"], kept["refresh_token"], DEMO_SECRET}
        command = ("curl", name, "-s", self.demo.base + "/userinfo")
        process = self.hold("/userinfo", *command, **let_dump(self.desktop.environment))
        # The command would end with curl.
        process.send_signal(signal.SIGSTOP)
        for pid in (*self.find_children(process), process.pid):
            dump = dump_core(pid)
            # The kernel's own page is there in any case.
            self.assertTrue(dump)
            self.assertEqual(find(secrets, dump), set())
        self.demo.send("POST", "/_release")
        self.desktop.finish(process)

    def test_core_dumps_while_a_person_signs_in(self) -> None:
        process = self.desktop.start("authorize", self.add_demo(), "--paste")
        read_address(process)
        assert_no_core_dump(process.pid)
        self.desktop.finish(process)

    def test_server_that_repeats_what_it_was_sent(self) -> None:
        for path, command in (
            ("/token", "refresh"),
            ("/userinfo", "test"),
            ("/revoke", "revoke"),
        ):
            with self.subTest(path):
                self.demo.script()
                name = self.sign_in_web()
                kept = self.desktop.read_keyring(name)
                secrets = {kept["access_token"], kept["refresh_token"], DEMO_SECRET}
                error = {"error": "server_error", "error_description": " ".join(secrets)}
                rule: dict[str, Any] = {"kind": "body", "code": 400, "text": json.dumps(error)}
                self.demo.script({"match": path, **rule})
                self.assertNotEqual(self.desktop.run(command, name).code, 0)
                self.assertTrue(self.demo.requests(path))
                self.assert_hidden(secrets)

    def test_redirect_with_the_code_in_an_error(self) -> None:
        codes: list[str] = []

        def forge(redirect: str) -> str:
            codes.extend(parse_qs(urlsplit(redirect).query)["code"])
            return redirect + "&error=server_error"

        self.assertNotEqual(self.desktop.authorize(self.add_demo(), forge=forge).code, 0)
        self.assert_hidden(set(codes))


if __name__ == "__main__":
    main()
