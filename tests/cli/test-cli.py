#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real `lanyard` in a private session: a real keyring, the demo provider, a person who pastes.

Usage: test-cli.py PROGRAM [NAMES OF TESTS]
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import ClassVar

from cli_session import (
    Lanyard,
    Person,
    PrivateSession,
    Provider,
    Result,
    Terminal,
    Watchdog,
    interrupt,
    look_into_processes,
    read_files,
    skip_where_impossible,
)

PLANTED = "planted-client-secret-4711"
WEB_CLIENT = ("--set", "client_id=demo-web")
WEB_SECRET = "demo-s3cret: &+/%"
# How the demo provider's tokens begin.
TOKEN_MARKS = ("demo-at-", "demo-rt-")
# Margin of the engine, before which a token counts as expired, and a second.
SOON = {"match": "^POST /token", "kind": "json", "set": {"expires_in": 11}, "times": 1}


class CliCase(unittest.TestCase):
    """What all tests share: one session, and names that no other test has."""

    lanyard: ClassVar[Lanyard]
    session: ClassVar[PrivateSession]
    provider: ClassVar[Provider]

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = PrivateSession()
        cls.lanyard = Lanyard(PROGRAM, cls.session.environment)
        cls.provider = Provider("--scripted", "--token-lifetime", "3600")
        cls.session.write_provider(cls.provider)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.provider.stop()
        cls.session.end()

    def setUp(self) -> None:
        self.name = f"Žluťoučký {self.id().rsplit('.', 1)[1]}"
        self.provider.script()

    def expect(self, code: int, result: Result, *words: str) -> Result:
        """The exit code, and words on standard error; a failure is told by name, on one line."""
        self.assertEqual(result.code, code, result.err)
        for word in words:
            self.assertIn(word, result.err)
        for sign in ("CRITICAL", "WARNING", "Sanitizer"):
            self.assertNotIn(sign, result.err)
        if code not in (0, 130):
            self.assertEqual(result.out, "")
            # The hint about --help may follow.
            said = [line for line in result.err.splitlines() if line.startswith("lanyard: ")]
            self.assertEqual(len(said), 1, result.err)
        return result

    def run_ok(self, *arguments: str, **options: str) -> str:
        """A command that works; what it prints."""
        return self.expect(0, self.lanyard.run(*arguments, **options)).out

    def get_token(self, *arguments: str) -> str:
        """The token, without looking for it in what is printed."""
        result = self.lanyard.run("token", self.name, *arguments, may_print_secrets=True)
        return self.expect(0, result).out

    def add(self, *arguments: str) -> None:
        """Add the demo provider's authorization."""
        self.run_ok("add", "--name", self.name, "--provider", "demo", *arguments)

    def add_and_authorize(self, *arguments: str) -> None:
        """Add it and sign in."""
        self.add(*arguments)
        self.expect(0, self.lanyard.authorize(self.provider, self.name))

    def show(self) -> dict[str, object]:
        """What `show --json` says."""
        return json.loads(self.run_ok("show", self.name, "--json"))

    def assert_accepted(self, token: str) -> None:
        """The provider takes the token."""
        answer = self.provider.send("GET", "/userinfo", Authorization=f"Bearer {token}")
        self.assertEqual(answer.status, 200)


class UsageTest(CliCase):
    """Commands that are called wrong, and what needs no authorization."""

    def test_wrong_usage(self) -> None:
        """Exit code 2, before anything is asked or changed."""
        add = ("add", "--name", self.name, "--provider", "demo")
        cases = [
            ("frobnicate",),
            ("tokne", "x"),
            ("list", "--nope"),
            ("list", "too", "many"),
            ("show",),
            ("token", "a", "b"),
            ("token", "a", "--min-valid", "-1"),
            ("token", "a", "--min-valid", "soon"),
            ("header", "a", "GET"),
            ("authorize", "a", "--browser", "--paste"),
            ("provider", "nobody"),
            ("add", "--provider", "demo"),
            ("add", "--name", self.name),
            ("add", "--name", self.name, "--provider", "nobody"),
            ("add", "--name", self.name, "--type", "oauth3"),
            (*add, "--issuer", "https://example.org"),
            (*add, "--type", "basic"),
            (*add, "--set", "nonsense"),
            (*add, "--set", "nonsense=1"),
            (*add, "--set", f"client_secret={PLANTED}"),
            (*add, "--secret", "client_id"),
            (*add, "--secret", "nonsense"),
            (*add, "--connector", "nonsense"),
            (*add, "--secret", "client_secret"),
            ("curl", "a"),
            ("curl", "a", "-K", "file", "https://example.org/"),
            ("curl", "a", "https://example.org/", "https://example.com/"),
        ]
        for arguments in cases:
            with self.subTest(" ".join(arguments)):
                self.expect(2, self.lanyard.run(*arguments))
        self.expect(6, self.lanyard.run("show", self.name))

    def test_unencrypted(self) -> None:
        """Nothing is sent over http to another computer, unless the person said so of it."""
        self.add()
        for command in (("curl", self.name), ("header", self.name, "GET")):
            self.expect(2, self.lanyard.run(*command, "http://example.org/"), "http")

    def test_without_command(self) -> None:
        """The help, but not as an answer."""
        result = self.lanyard.run()
        self.assertEqual((result.code, result.out), (2, ""))
        self.assertIn("authorize", result.err)

    def test_help(self) -> None:
        """Help for every command, with a line on each."""
        lines = self.run_ok("--help").splitlines()
        commands = [line.split()[0] for line in lines if line.startswith("  ")][1:]
        self.assertGreaterEqual(len(commands), 17)
        for command in commands:
            with self.subTest(command):
                text = self.run_ok(command, "--help")
                self.assertIn(f"lanyard {command}", text)
        self.assertRegex(self.run_ok("--version"), r"^lanyard \d+\.\d+\.\d+\n$")

    def test_suggestion(self) -> None:
        """A slip is recognized."""
        self.expect(2, self.lanyard.run("tokn", "x"), "“token”")

    def test_unknown_name(self) -> None:
        """Exit code 6, for each command that wants a name."""
        commands = "show set authorize token header test refresh revoke deactivate activate remove"
        for command in commands.split():
            with self.subTest(command):
                self.expect(6, self.lanyard.run(command, "nobody's"), "nobody's")
        self.expect(6, self.lanyard.run("curl", "nobody's", "https://example.org/"), "nobody's")

    def test_bad_values(self) -> None:
        """What cannot be stored is refused, and nothing is stored."""
        for name in ("", "a\nb", "x" * 10000):
            self.expect(1, self.lanyard.run("add", "--name", name, "--provider", "demo"))
        add = ("add", "--name", self.name, "--provider", "demo")
        self.expect(1, self.lanyard.run(*add, "--set", "token_endpoint=http://example.org/token"))
        self.expect(6, self.lanyard.run("show", self.name))

    def test_providers(self) -> None:
        """The catalogue, the person's own provider among it."""
        self.assertIn("demo ", self.run_ok("providers", "demo"))
        self.assertEqual(self.run_ok("providers", "no", "such"), "")
        listed = json.loads(self.run_ok("providers", "--json"))
        self.assertIn("demo", [provider["id"] for provider in listed])
        provider = json.loads(self.run_ok("provider", "demo", "--json"))
        self.assertEqual([c["id"] for c in provider["connectors"]], ["notes", "address"])
        fields = {field["name"]: field for field in provider["methods"][0]["fields"]}
        self.assertEqual(fields["client_secret"]["kind"], "secret")
        self.assertIn("oauth2", self.run_ok("types").splitlines())

    def write_file(self, name: str, text: str) -> str:
        """A file that is not among the person's providers."""
        path = Path(self.session.root) / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def test_check(self) -> None:
        """What is wrong in a file, where compilers would say it is."""
        method = '"methods": [{"type": "basic"}]'
        broken = self.write_file(
            "broken.json", '{"id": "broken",\n  "nmae": 1,\n  "hint": 7, ' + method + "}"
        )
        fine = self.write_file("fine.json", '{"id": "fine", "name": "Fine", ' + method + "}")
        github = self.write_file("github.json", '{"id": "github", "name": "G", ' + method + "}")

        self.assertEqual(self.run_ok("check", fine), "")
        self.assertIn("github.json:1:2: warning: id: ", self.run_ok("check", github))
        result = self.lanyard.run("check", fine, broken, str(Path(self.session.root) / "none.json"))
        self.assertEqual((result.code, result.err), (1, ""))
        self.assertIn(broken + ":2:3: error: nmae: ", result.out)
        self.assertIn(broken + ":3:3: error: hint: ", result.out)
        self.assertIn("none.json:1:1: error: ", result.out)
        self.assertNotIn(fine, result.out)

        problems = json.loads(self.lanyard.run("check", "--json", broken).out)
        self.assertEqual(
            [(p["path"], p["line"], p["column"], p["severity"]) for p in problems],
            [("name", 1, 1, "error"), ("nmae", 2, 3, "error"), ("hint", 3, 3, "error")],
        )
        self.expect(2, self.lanyard.run("check"))

    def test_save_provider(self) -> None:
        """What was entered becomes a provider, without what is the person's."""
        settings = {
            "client_id": "my-client",
            "authorization_endpoint": "https://own.example/a",
            "token_endpoint": "https://own.example/t",
        }
        options = [f"--set={field}={value}" for field, value in settings.items()]
        add = ("add", "--name", self.name, "--type", "oauth2", "--scope", "read")
        self.run_ok(*add, *options)
        save = ("save-provider", self.name, "--id", "own-server", "--provider-name", "Own Server")
        path = self.run_ok(*save).strip()
        with open(path, encoding="utf-8") as file:
            self.assertNotIn("my-client", file.read())
        self.assertEqual(self.run_ok("check", path), "")
        provider = json.loads(self.run_ok("provider", "own-server", "--json"))
        self.assertEqual(provider["name"], "Own Server")
        self.assertEqual([scope["name"] for scope in provider["scopes"]], ["read"])
        self.expect(1, self.lanyard.run(*save))
        self.run_ok(*save, "--replace")
        self.expect(1, self.lanyard.run("save-provider", self.name, "--id", "github"))

    def test_several_methods(self) -> None:
        """Two ways of one type (quirk F17): which one is used is chosen, kept and changed."""
        provider = {
            "id": "several",
            "name": "Several",
            "methods": [{"type": "api-key"}, {"type": "api-key", "id": "second"}],
        }
        config = Path(self.session.environment["XDG_CONFIG_HOME"])
        folder = config / "lanyard" / "providers"
        (folder / "several.json").write_text(json.dumps(provider), encoding="utf-8")
        self.assertIn("--method second", self.run_ok("provider", "several"))
        add = ("add", "--name", self.name, "--provider", "several")
        for wrong in (("--method", "third"), ("--method", "second", "--type", "basic")):
            self.expect(2, self.lanyard.run(*add, *wrong))

        self.run_ok(*add, "--method", "second")
        self.assertEqual(self.show()["settings"], {"method": "second"})
        self.run_ok("set", self.name, "--method", "api-key")
        self.assertEqual(self.show()["settings"], {})
        self.expect(2, self.lanyard.run("set", self.name, "--set", "method=second"))

    def test_locale(self) -> None:
        """A name is the same in every locale, also in one that knows ASCII only."""
        self.add()
        self.assertIn(self.name, self.run_ok("list", LC_ALL="C"))
        self.assertIn(self.name, self.run_ok("show", self.name, LC_ALL="C"))


class LifeTest(CliCase):
    """The whole life of an authorization."""

    def test_add_and_show(self) -> None:
        """What was entered is there, and can be changed."""
        self.add("--connector", "notes", "--scope", "email", "--set", "client_id=demo-web")
        shown = self.show()
        self.assertEqual(shown["name"], self.name)
        self.assertEqual(shown["provider"], "demo")
        self.assertEqual(shown["type"], "oauth2")
        self.assertEqual(shown["status"], "new")
        self.assertEqual(shown["connectors"], ["notes"])
        self.assertEqual(shown["scopes"], ["email"])
        self.assertEqual(shown["settings"], {"client_id": "demo-web"})

        removal = ("--set", "client_id=", "--connector", "")
        self.run_ok("set", self.name, *removal, "--scope", "profile")
        shown = self.show()
        self.assertEqual(shown.get("settings", {}), {})
        self.assertEqual(shown.get("connectors", []), [])
        self.assertEqual(shown["scopes"], ["profile"])

        identifier = str(shown["id"])
        self.run_ok("set", identifier, "--name", self.name + " 2")
        self.expect(6, self.lanyard.run("show", self.name))
        self.assertIn(self.name + " 2", self.run_ok("show", identifier[:8]))

    def test_same_name(self) -> None:
        """A name stands for one authorization."""
        self.add()
        self.expect(1, self.lanyard.run("add", "--name", self.name.upper(), "--provider", "demo"))
        self.assertEqual(self.run_ok("list").count(self.name), 1)

    def test_never_authorized(self) -> None:
        """Exit code 3, where the person must sign in first."""
        self.add()
        for command in ("token", "header", "test", "refresh"):
            with self.subTest(command):
                self.expect(3, self.lanyard.run(command, self.name), self.name)
        address = self.provider.base + "/userinfo"
        self.expect(3, self.lanyard.run("curl", self.name, address), self.name)

    def test_whole_life(self) -> None:
        """From the first sign-in to the removal."""
        self.add("--connector", "notes")
        result = self.lanyard.authorize(self.provider, self.name)
        self.expect(0, result, "signed in")
        self.assertEqual(self.show()["status"], "authorized")
        self.assertIn("Authorized", self.run_ok("list"))

        token = self.get_token()
        self.assertNotIn("\n", token)
        self.assert_accepted(token)
        self.assertEqual(self.get_token(), token)
        answer = json.loads(self.get_token("--json"))
        self.assertEqual(answer["access_token"], token)
        self.assertEqual(answer["token_type"].lower(), "bearer")
        self.assertAlmostEqual(answer["expires_at"], time.time() + 3600, delta=120)

        header = self.lanyard.run("header", self.name, may_print_secrets=True)
        self.assertEqual(self.expect(0, header).out, f"Authorization: Bearer {token}\n")
        self.assertIn("Demo Person", self.run_ok("test", self.name))

        self.run_ok("deactivate", self.name)
        self.expect(7, self.lanyard.run("token", self.name), self.name)
        self.expect(7, self.lanyard.run("curl", self.name, self.provider.base + "/userinfo"))
        self.assertNotIn(self.name, self.run_ok("list"))
        self.assertIn(self.name, self.run_ok("list", "--all"))
        self.run_ok("activate", self.name)
        self.assertEqual(self.get_token(), token)

        self.run_ok("revoke", self.name)
        self.expect(3, self.lanyard.run("token", self.name), self.name)
        answer = self.provider.send("GET", "/userinfo", Authorization=f"Bearer {token}")
        self.assertEqual(answer.status, 401)

        self.run_ok("remove", self.name)
        self.expect(6, self.lanyard.run("token", self.name), self.name)
        self.assertNotIn(self.name, self.run_ok("list", "--all"))

    def test_renewal(self) -> None:
        """An expired token is renewed, once, whoever asks; and again when it is asked for."""
        self.add()
        self.provider.script(SOON)
        self.expect(0, self.lanyard.authorize(self.provider, self.name))
        self.provider.script()
        time.sleep(1.5)

        processes = [self.lanyard.start("token", self.name) for _ in range(10)]
        answers = [process.communicate(timeout=60) for process in processes]
        self.assertEqual([process.returncode for process in processes], [0] * 10, answers)
        token = answers[0][0]
        self.assertEqual({answer[0] for answer in answers}, {token})
        self.assert_accepted(token)
        self.assertEqual(len(self.provider.requests("/token")), 1)

        self.assertEqual(self.get_token("--min-valid", "300"), token)
        self.assertNotEqual(self.get_token("--min-valid", "4000"), token)
        self.run_ok("refresh", self.name)
        self.assertEqual(len(self.provider.requests("/token")), 3)
        self.assert_accepted(self.get_token())

    def test_refused_renewal(self) -> None:
        """The provider's no is said once, and the person must sign in."""
        self.add_and_authorize()
        refusal = '{"error": "invalid_grant"}'
        self.provider.script(
            {"match": "^POST /token", "kind": "body", "code": 400, "text": refusal}
        )
        self.expect(3, self.lanyard.run("refresh", self.name), self.name)
        self.assertEqual(self.show()["status"], "refused")
        self.expect(3, self.lanyard.run("token", self.name), self.name)
        self.provider.script()
        self.expect(0, self.lanyard.authorize(self.provider, self.name))
        self.assert_accepted(self.get_token())

    def test_refused_sign_in(self) -> None:
        """The person says no at the provider, and what was authorized stays so."""
        self.add_and_authorize()
        token = self.get_token()
        self.provider.script({
            "match": "^POST /authorize",
            "kind": "location",
            "params": {"code": None, "error": "access_denied"},
        })
        self.expect(3, self.lanyard.authorize(self.provider, self.name), self.name)
        self.provider.script()
        self.assertEqual(self.get_token(), token)

    def test_foreign_redirect(self) -> None:
        """Another address, or the answer to another attempt, is not taken."""
        self.add()
        result = self.lanyard.run("authorize", self.name, "--paste", stdin="a\nb\nc\n")
        self.expect(1, result, self.name)
        forged = {"state": "forged"}
        self.provider.script({"match": "^POST /authorize", "kind": "location", "params": forged})
        result = self.lanyard.authorize(self.provider, self.name)
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.show()["status"], "new")

    def test_nobody_there(self) -> None:
        """Without a display, and nobody at standard input: the person must do it elsewhere."""
        self.add()
        process = self.lanyard.start("authorize", self.name, stdin=subprocess.DEVNULL)
        _out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3)
        self.assertIn(self.name, err)
        # Something that ends is a person who went away.
        self.expect(3, self.lanyard.run("authorize", self.name), self.name)

    def test_interrupted(self) -> None:
        """Ctrl+C ends the wait at once, without a word."""
        self.add()
        process = self.lanyard.start("authorize", self.name, "--paste")
        assert process.stderr is not None
        with Watchdog(process):
            while not process.stderr.readline().startswith("http"):
                pass
            interrupt(process)
            # Standard input stays open until it has ended: that is another way to go away.
            process.wait()
            _out, err = process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertNotIn("lanyard:", err)

    def test_secret_from_input(self) -> None:
        """A client secret, read from standard input, with all that form encoding must not spoil."""
        self.add(*WEB_CLIENT, "--set", "token_endpoint_auth_method=client_secret_basic")
        self.run_ok("set", self.name, "--secret", "client_secret", stdin=WEB_SECRET + "\nrest\n")
        result = self.lanyard.authorize(self.provider, self.name, "björn", "pässwörd & 100%")
        self.expect(0, result)
        self.run_ok("refresh", self.name)
        self.run_ok("set", self.name, "--secret", "client_secret", stdin="wrong\n")
        result = self.lanyard.run("refresh", self.name)
        self.assertNotEqual(result.code, 0)

    def test_server_gone(self) -> None:
        """Exit code 5, and nobody is signed out by it."""
        gone = Provider("--scripted", "--token-lifetime", "3600")
        try:
            self.session.write_provider(gone)
            self.add()
            self.expect(0, self.lanyard.authorize(gone, self.name))
        finally:
            gone.stop()
        try:
            self.expect(5, self.lanyard.run("refresh", self.name), self.name)
            self.expect(5, self.lanyard.run("test", self.name), self.name)
            self.expect(5, self.lanyard.run("revoke", self.name), self.name)
            self.assertEqual(self.show()["status"], "authorized")
            self.assertTrue(self.get_token())
        finally:
            self.session.write_provider(self.provider)

    def test_tired_server(self) -> None:
        """A server that cannot answer now is no refusal."""
        self.add_and_authorize()
        self.provider.script({"match": "^POST /token", "kind": "status", "code": 503})
        self.expect(5, self.lanyard.run("refresh", self.name), self.name)
        self.assertEqual(self.show()["status"], "authorized")


class CurlTest(CliCase):
    """`lanyard curl` against the provider's API."""

    def curl(self, *arguments: str, **options: str) -> Result:
        """Run curl, silent but for errors."""
        return self.lanyard.run("curl", self.name, "-sS", *arguments, **options)

    def setUp(self) -> None:
        super().setUp()
        self.add_and_authorize("--connector", "notes")
        self.provider.script()
        self.api = self.provider.base + "/api/notes"

    def test_request(self) -> None:
        """GET and POST with the token, curl's own exit code."""
        self.assertIn("notes", json.loads(self.expect(0, self.curl(self.api)).out))
        note = json.dumps({"text": "from the shell"})
        result = self.curl("-d", "@-", "-H", "Content-Type: application/json", self.api, stdin=note)
        self.assertEqual(json.loads(self.expect(0, result).out), {"text": "from the shell"})
        result = self.curl("-f", self.provider.base + "/nothing")
        self.assertEqual(result.code, 22)
        self.assertEqual(self.curl("http://127.0.0.1:1/").code, 7)

    def test_refused_token(self) -> None:
        """A 401 leads to one renewal and one more request, and to one answer."""
        self.provider.send("POST", "/_expire")
        result = self.expect(0, self.curl(self.api))
        self.assertIn("notes", json.loads(result.out))
        self.assertEqual([r["status"] for r in self.provider.requests("/api/notes")], [401, 200])
        self.assertEqual(len(self.provider.requests("/token")), 1)

    def test_refused_token_with_content(self) -> None:
        """Content from an argument can be sent again; from standard input it is gone."""
        note = json.dumps({"text": "again"})
        self.provider.send("POST", "/_expire")
        result = self.curl("-d", note, self.api)
        self.assertEqual(json.loads(self.expect(0, result).out), {"text": "again"})

        self.provider.send("POST", "/_expire")
        self.provider.send("POST", "/_reset")
        result = self.expect(0, self.curl("-d", "@-", self.api, stdin=note))
        self.assertIn("invalid_token", result.out)
        self.assertEqual(len(self.provider.requests("/api/notes")), 1)

    def test_refused_for_good(self) -> None:
        """When renewing does not help, the provider's answer is shown, once."""
        self.provider.script({"match": "/api/notes", "kind": "status", "code": 401, "body": "no\n"})
        self.assertEqual(self.expect(0, self.curl(self.api)).out, "no\n")
        self.assertEqual(len(self.provider.requests("/api/notes")), 2)

        self.provider.script(
            {"match": "/api/notes", "kind": "status", "code": 401, "body": "no\n"},
            {"match": "^POST /token", "kind": "status", "code": 503},
        )
        result = self.curl(self.api)
        self.assertEqual((result.code, result.out), (0, "no\n"))
        self.assertIn(self.name, result.err)

    def test_not_in_processes(self) -> None:
        """While curl waits, no argument and no environment holds the token."""
        token = self.get_token()
        self.provider.script({"match": "/api/notes", "kind": "hold"})
        process = self.lanyard.start("curl", self.name, "-sS", self.api)
        with Watchdog(process):
            while not self.provider.requests("/api/notes"):
                time.sleep(0.05)
            seen = look_into_processes()
            self.provider.send("POST", "/_release")
            out, _err = process.communicate()
        self.assertIn("/dev/fd/", seen)
        self.assertNotIn(token, seen)
        self.assertIn("notes", json.loads(out))
        request = self.provider.requests("/api/notes")[0]
        self.assertEqual(request["headers"]["authorization"], f"Bearer {token}")


class TerminalTest(CliCase):
    """What is asked and shown on a terminal."""

    def test_list(self) -> None:
        """A head over the columns."""
        self.add()
        terminal = Terminal(self.lanyard, "list")
        self.assertEqual(terminal.end(), 0)
        self.assertRegex(terminal.seen, r"^Name +Provider +Status +Account\s")

    def test_secret_is_not_shown(self) -> None:
        """A secret is asked for by its name, and not echoed."""
        self.add()
        terminal = Terminal(self.lanyard, "set", self.name, "--secret", "client_secret")
        terminal.wait_for("client_secret: ")
        terminal.type(PLANTED + "\n")
        self.assertEqual(terminal.end(), 0)
        self.assertNotIn("planted", terminal.seen)

    def test_removal_is_confirmed(self) -> None:
        """No is no; yes removes, and takes back what the person wants to take back."""
        self.add_and_authorize()
        for answer in ("n\n", "\n", "\x04"):
            terminal = Terminal(self.lanyard, "remove", self.name)
            terminal.wait_for("[y/N]")
            terminal.type(answer)
            self.assertEqual(terminal.end(), 130)
        self.assertEqual(self.show()["status"], "authorized")

        token = self.get_token()
        terminal = Terminal(self.lanyard, "remove", self.name)
        terminal.wait_for("[y/N]")
        terminal.type("y\n")
        terminal.wait_for("too? [y/N]")
        terminal.type("yes\n")
        self.assertEqual(terminal.end(), 0)
        self.expect(6, self.lanyard.run("show", self.name))
        answer = self.provider.send("GET", "/userinfo", Authorization=f"Bearer {token}")
        self.assertEqual(answer.status, 401)

    def test_wrong_address_is_asked_again(self) -> None:
        """Whoever pastes the wrong thing may paste once more."""
        self.add()
        terminal = Terminal(self.lanyard, "authorize", self.name, "--paste")
        terminal.wait_for("press Enter:")
        address = next(line for line in terminal.seen.split() if "/authorize?" in line)
        terminal.type(address + "\n")
        terminal.wait_for("Paste it once more:")
        terminal.type(Person(self.provider).allow(address).header("Location") + "\n")
        self.assertEqual(terminal.end(), 0)
        self.assert_accepted(self.get_token())


class KeyringTest(CliCase):
    """A keyring that is locked, or gone: a state that passes, and takes nothing with it."""

    def test_locked_and_gone(self) -> None:
        """Exit code 4, and everything is there afterwards."""
        self.add_and_authorize()
        token = self.get_token()
        self.session.lock_keyring()
        try:
            for command in ("token", "header", "test", "refresh", "revoke", "remove"):
                with self.subTest(command):
                    self.expect(4, self.lanyard.run(command, self.name), self.name)
            self.expect(4, self.lanyard.run("authorize", self.name, "--paste"), self.name)
            # What can be seen does not need it.
            self.assertEqual(self.show()["status"], "authorized")
            self.assertIn(self.name, self.run_ok("list"))
            self.run_ok("deactivate", self.name)
            self.run_ok("activate", self.name)
        finally:
            self.session.stop_keyring()
            self.session.start_keyring()
        self.assertEqual(self.get_token(), token)

    def test_lost_row(self) -> None:
        """What a crash left in the keyring alone is found by its name, and only then looked for."""
        self.add_and_authorize()
        token = self.get_token()
        identifier = self.show()["id"]
        path = os.path.join(self.session.environment["XDG_DATA_HOME"], "lanyard", "lanyard.db")
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            database.execute("DELETE FROM authorization WHERE id = ?", (identifier,))
        self.assertNotIn(self.name, self.run_ok("list", "--all"))
        self.expect(6, self.lanyard.run("show", "no such name"))
        self.assertEqual(self.show()["id"], identifier)
        self.assertEqual(self.get_token(), token)

    def test_absent(self) -> None:
        """No keyring, and no bus: neither is a missing secret."""
        self.add_and_authorize()
        nowhere = f"unix:path={self.session.root}/nowhere"
        result = self.lanyard.run("token", self.name, DBUS_SESSION_BUS_ADDRESS=nowhere)
        self.expect(4, result, self.name)
        self.session.stop_keyring()
        try:
            self.expect(4, self.lanyard.run("token", self.name), self.name)
        finally:
            self.session.start_keyring()
        self.assertEqual(self.show()["status"], "authorized")
        self.assertTrue(self.get_token())


class SecretsTest(CliCase):
    """Where secrets are not."""

    def test_nowhere_to_be_seen(self) -> None:
        """Neither in files, nor in what is printed, nor in an error."""
        self.add(*WEB_CLIENT, "--set", "token_endpoint_auth_method=client_secret_post")
        self.run_ok("set", self.name, "--secret", "client_secret", stdin=PLANTED + "\n")
        self.lanyard.run("set", self.name, "--set", f"client_secret={PLANTED}")
        self.lanyard.run("set", self.name, "--set", PLANTED)
        self.assertNotEqual(self.lanyard.authorize(self.provider, self.name).code, 0)
        self.run_ok("set", self.name, "--secret", "client_secret", stdin=WEB_SECRET + "\n")
        self.expect(0, self.lanyard.authorize(self.provider, self.name))
        self.run_ok("refresh", self.name)
        self.run_ok("test", self.name)
        token = self.get_token()
        self.run_ok("show", self.name)
        self.run_ok("show", self.name, "--json")
        self.run_ok("list", "--json", "--all")

        secrets = [PLANTED, WEB_SECRET, token, *TOKEN_MARKS]
        files = read_files(self.session.root)
        printed = "\n".join(self.lanyard.printed)
        self.assertIn("demo-web", files)
        self.assertTrue(token.startswith(TOKEN_MARKS[0]))
        for secret in secrets:
            self.assertNotIn(secret, files)
            self.assertNotIn(secret, printed)

    def test_database_is_private(self) -> None:
        """Nobody else may read what can be seen."""
        self.add()
        directory = Path(self.session.environment["XDG_DATA_HOME"]) / "lanyard"
        self.assertEqual(directory.stat().st_mode & 0o777, 0o700)
        databases = list(directory.glob("*.db"))
        self.assertEqual(len(databases), 1)
        self.assertEqual(databases[0].stat().st_mode & 0o777, 0o600)
        with sqlite3.connect(databases[0]) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))


if __name__ == "__main__":
    skip_where_impossible()
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
