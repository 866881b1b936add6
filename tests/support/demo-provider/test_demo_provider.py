#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo provider's self-test: the pages, the protocol, the scripts, the program."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import unittest
from typing import Any
from urllib.parse import quote_plus

from test_client import (
    HERE,
    REDIRECT_URI,
    Answer,
    Page,
    Person,
    Provider,
    ProviderCase,
    make_authorize,
    make_basic,
    make_pkce,
)

WEB_SECRET = "demo-s3cret: &+/%"


class PagesTest(ProviderCase):
    """What people see and do."""

    def test_sign_in_and_consent(self) -> None:
        person = Person(self.provider)
        target = make_authorize(make_pkce()[1])
        page = person.go("GET", target)
        form = Page(page.text)
        self.assertLessEqual({"username", "password", "sign-in"}, form.ids)
        self.assertEqual(form.external, [])
        self.assertIn("frame-ancestors 'none'", page.header("Content-Security-Policy"))
        wrong = person.submit(page, username="demo", password="no", action="sign-in")
        self.assertIn("Wrong user name or password", wrong.text)
        consent = person.sign_in(target)
        form = Page(consent.text)
        self.assertLessEqual({"allow", "deny"}, form.ids)
        self.assertEqual([s for s, on in form.scopes if on], [s for s, _on in form.scopes])
        none = person.submit(consent, action="allow")
        self.assertIn("at least one", none.text)
        answer = person.submit(consent, action="allow", scope=["email", "notes.write"])
        params = answer.redirect_params()
        self.assertTrue(answer.header("Location").startswith(REDIRECT_URI + "?"))
        self.assertEqual(params["state"], ["st&te =1"])
        self.assertEqual(params["iss"], [self.provider.base])

    def test_fewer_scopes(self) -> None:
        person = Person(self.provider)
        verifier, challenge = make_pkce()
        consent = person.sign_in(make_authorize(challenge))
        answer = person.submit(consent, action="allow", scope=["email"])
        tokens = self.token(
            grant_type="authorization_code",
            client_id="demo-app",
            code=answer.redirect_params()["code"][0],
            redirect_uri=REDIRECT_URI,
            code_verifier=verifier,
        ).json()
        self.assertEqual(tokens["scope"], "email")
        self.assertNotIn("refresh_token", tokens)
        self.assertNotIn("name", self.call(tokens["access_token"]).json())

    def test_deny_and_prompt(self) -> None:
        person = Person(self.provider)
        challenge = make_pkce()[1]
        silent = person.go("GET", make_authorize(challenge, prompt="none"))
        self.assertEqual(silent.redirect_params()["error"], ["login_required"])
        consent = person.sign_in(make_authorize(challenge))
        denied = person.submit(consent, action="deny").redirect_params()
        self.assertEqual((denied["error"], denied["state"]), (["access_denied"], ["st&te =1"]))
        self.assertIn("allow", Page(person.go("GET", make_authorize(challenge)).text).ids)
        again = person.go("GET", make_authorize(challenge, prompt="login", login_hint='a"b'))
        self.assertIn("sign-in", Page(again.text).ids)
        self.assertIn('value="a&quot;b"', again.text)
        other = person.submit(consent, action="switch-user")
        self.assertIn("sign-in", Page(other.text).ids)

    def test_people(self) -> None:
        for name, password in (("ada", "Lovelace-1815"), ("björn", "pässwörd & 100%")):
            answer = Person(self.provider).allow(make_authorize(make_pkce()[1]), name, password)
            self.assertIn("code", answer.redirect_params())

    def test_csrf(self) -> None:
        person = Person(self.provider)
        target = make_authorize(make_pkce()[1])
        person.sign_in(target)
        answer = person.go("POST", target, {"action": "allow", "scope": "profile", "csrf": "x"})
        self.assertEqual(answer.status, 403)
        before = dict(person.cookies)
        person.sign_in(target.replace("?", "?prompt=login&"))
        self.assertNotEqual(before, person.cookies)

    def test_welcome(self) -> None:
        welcome = self.provider.send("GET", "/")
        self.assertIn("demo-app", welcome.text)
        self.assertEqual(Page(welcome.text).external, [])


class AuthorizeTest(ProviderCase):
    """The authorization endpoint's checks."""

    def ask(self, **changes: Any) -> Answer:
        """An authorization request without a person."""
        return self.provider.send("GET", make_authorize(make_pkce()[1], **changes))

    def test_unsafe_redirects(self) -> None:
        for uri in (
            "https://example.org/callback",
            "http://127.0.0.1.example.org/callback",
            "http://127.0.0.1@example.org/callback",
            "http://127.0.0.1\\@example.org/",
            "http://127.0.0.1/cb\r\nX: y",
            "http://127.0.0.1/cb#fragment",
            "http://127.0.0.1:port/",
            "io.github.lanyard.lanyard:/other",
            "javascript:alert(1)",
            None,
        ):
            with self.subTest(uri):
                answer = self.ask(redirect_uri=uri)
                self.assertEqual((answer.status, answer.header("Location")), (400, ""))
        self.assertEqual(self.ask(client_id="nobody").status, 400)
        self.assertEqual(self.ask(client_id=["demo-app", "demo-web"]).status, 400)

    def test_good_redirects(self) -> None:
        for uri in (
            "http://[::1]:5/x/y",
            "http://localhost/",
            "http://127.0.0.1:1?keep=me",
            "io.github.lanyard.lanyard:/callback",
        ):
            location = self.ask(redirect_uri=uri, scope="nonsense").header("Location")
            self.assertTrue(location.startswith(uri + ("&" if "?" in uri else "?")), location)

    def test_errors(self) -> None:
        for changes, error in (
            ({"response_type": None}, "invalid_request"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge": "short"}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"code_challenge_method": None}, "invalid_request"),
            ({"scope": 'profile "ö'}, "invalid_scope"),
            ({"scope": ["profile", "email"]}, "invalid_request"),
        ):
            with self.subTest(changes):
                params = self.ask(**changes).redirect_params()
                self.assertEqual(params["error"], [error])
                self.assertEqual(params["state"], ["st&te =1"])
                self.assertEqual(params["iss"], [self.provider.base])

    def test_metadata(self) -> None:
        metadata = self.provider.send("GET", "/.well-known/oauth-authorization-server").json()
        self.assertEqual(metadata["issuer"], self.provider.base)
        self.assertEqual(metadata["code_challenge_methods_supported"], ["S256"])
        self.assertIs(metadata["authorization_response_iss_parameter_supported"], True)


class TokenTest(ProviderCase):
    """Codes, tokens, clients, the API."""

    def test_tokens(self) -> None:
        answer = self.token(**self.get_code())
        tokens = answer.json()
        self.assertEqual(answer.header("Cache-Control"), "no-store")
        self.assertEqual((tokens["token_type"], tokens["expires_in"]), ("Bearer", 60))
        self.assertEqual(tokens["scope"], "profile email notes.read offline_access")
        claims = self.call(tokens["access_token"]).json()
        self.assertEqual((claims["name"], claims["email"]), ("Demo Person", "demo@example.org"))

    def test_code_is_bound_and_used_once(self) -> None:
        for changes in (
            {"code_verifier": "x" * 43},
            {"redirect_uri": REDIRECT_URI + "/"},
            {"redirect_uri": ""},
            {"code": "guess"},
        ):
            self.assert_error(self.token(**{**self.get_code(), **changes}), "invalid_grant")
        form = self.get_code()
        basic = make_basic("demo-raw", "raw:+/%")
        self.assert_error(self.token(basic, **{**form, "client_id": ""}), "invalid_grant")
        tokens = self.token(**form).json()
        self.assert_error(self.token(**form), "invalid_grant")
        self.assertEqual(self.call(tokens["access_token"]).status, 401)
        self.assert_error(self.refresh(tokens["refresh_token"]), "invalid_grant")

    def test_refresh(self) -> None:
        first = self.get_tokens()
        self.assert_error(
            self.refresh(first["refresh_token"], scope="profile notes.write"), "invalid_scope"
        )
        second = self.refresh(first["refresh_token"], scope="profile").json()
        self.assertEqual(second["scope"], "profile")
        third = self.refresh(second["refresh_token"]).json()
        self.assertEqual(third["scope"], first["scope"])
        self.assert_error(self.refresh(second["refresh_token"]), "invalid_grant")
        self.assert_error(self.refresh(third["refresh_token"]), "invalid_grant")
        self.assertEqual(self.call(third["access_token"]).status, 401)

    def test_errors(self) -> None:
        form = {"grant_type": "authorization_code", "client_id": "demo-app"}
        self.assert_error(self.token(**form), "invalid_request")
        self.assert_error(self.token(client_id="demo-app"), "invalid_request")
        self.assert_error(self.token(**{**form, "grant_type": "x"}), "unsupported_grant_type")
        self.assert_error(self.token(**{**form, "code": ["a", "b"]}), "invalid_request")
        self.assert_error(self.token(**{**form, "client_id": "x"}), "invalid_client", 401)
        self.assert_error(self.provider.send("POST", "/token", body=form), "invalid_request")
        self.assertEqual(self.provider.send("GET", "/token").status, 405)
        self.assertEqual(self.provider.send("GET", "/nowhere").status, 404)

    def test_client_authentication(self) -> None:
        encoded = quote_plus(WEB_SECRET)
        for client_id, basic, secret, works in (
            ("demo-web", make_basic("demo-web", encoded), "", True),
            ("demo-web", make_basic("demo-web", WEB_SECRET), "", False),
            ("demo-web", "", WEB_SECRET, True),
            ("demo-web", "", "wrong", False),
            ("demo-web", "", "", False),
            ("demo-raw", make_basic("demo-raw", "raw:+/%"), "", True),
            ("demo-raw", make_basic("demo-raw", quote_plus("raw:+/%")), "", False),
            ("demo-raw", "", "raw:+/%", False),
            ("demo-app", make_basic("demo-app", ""), "", False),
            ("demo-web", "Basic ???", "", False),
        ):
            with self.subTest(client_id=client_id, basic=basic, secret=secret):
                form = {**self.get_code(client_id), "client_secret": secret}
                answer = self.token(basic, **form)
                self.assertEqual(answer.status, 200 if works else 401)
                if not works:
                    self.assert_error(answer, "invalid_client", 401)
                    self.assertTrue(answer.header("WWW-Authenticate").startswith("Basic "))
        basic = make_basic("demo-web", encoded)
        form = {"grant_type": "refresh_token", "refresh_token": "x"}
        self.assert_error(self.token(basic, client_secret="x", **form), "invalid_request")
        self.assert_error(self.token(basic, client_id="demo-app", **form), "invalid_request")

    def test_revoke_and_introspect(self) -> None:
        web = {"client_id": "demo-web", "client_secret": WEB_SECRET}
        tokens = self.get_tokens()

        def look(name: str) -> dict[str, Any]:
            return self.provider.send("POST", "/introspect", {**web, "token": tokens[name]}).json()

        def revoke(token: str, **client: str) -> Answer:
            return self.provider.send("POST", "/revoke", {**client, "token": token})

        seen = look("access_token")
        self.assertEqual((seen["active"], seen["username"]), (True, "demo"))
        self.assertEqual((seen["client_id"], seen["scope"]), ("demo-app", tokens["scope"]))
        self.assertIs(look("refresh_token")["active"], True)
        public = {"client_id": "demo-app", "token": tokens["access_token"]}
        self.assert_error(self.provider.send("POST", "/introspect", public), "invalid_client", 401)
        self.assert_error(revoke(tokens["access_token"], **web), "invalid_grant")
        self.assert_error(revoke("", client_id="demo-app"), "invalid_request")
        self.assertEqual(revoke("unknown", client_id="demo-app").status, 200)
        self.assertEqual(revoke(tokens["access_token"], client_id="demo-app").status, 200)
        self.assertEqual(look("access_token"), {"active": False})
        tokens.update(self.refresh(tokens["refresh_token"]).json())
        self.assertEqual(revoke(tokens["refresh_token"], client_id="demo-app").status, 200)
        self.assertEqual(look("access_token"), {"active": False})
        self.assertEqual(look("refresh_token"), {"active": False})

    def test_api(self) -> None:
        reader = self.get_tokens(scope="notes.read")["access_token"]
        writer = self.get_tokens(scope="notes.write")["access_token"]
        self.assertEqual(self.call(writer, "/api/notes", body={"text": "nöte"}).status, 201)
        self.assertEqual(self.call(writer, "/api/notes", body={"text": 1}).status, 400)
        self.assertIn("nöte", self.call(reader, "/api/notes").json()["notes"])
        refused = self.call(writer, "/api/notes")
        self.assertEqual(refused.status, 403)
        self.assertIn('error="insufficient_scope"', refused.header("WWW-Authenticate"))
        self.assertIn('scope="notes.read"', refused.header("WWW-Authenticate"))
        wrong = self.call("x", "/api/notes").header("WWW-Authenticate")
        self.assertIn('error="invalid_token"', wrong)
        nobody = self.provider.send("GET", "/userinfo")
        self.assertEqual(nobody.status, 401)
        self.assertNotIn("error", nobody.header("WWW-Authenticate"))


class ScriptTest(ProviderCase):
    """The provider misbehaves as told."""

    def test_record(self) -> None:
        self.provider.send("POST", "/token?a=1&a=2", {"code": "ü"}, X_Test="yes")
        (seen,) = self.provider.requests("/token")
        self.assertEqual((seen["method"], seen["query"]), ("POST", {"a": ["1", "2"]}))
        self.assertEqual((seen["form"], seen["headers"]["x-test"]), ({"code": "ü"}, "yes"))
        self.assertEqual(seen["status"], 401)
        self.provider.send("POST", "/_reset")
        self.assertEqual(self.provider.requests("/token"), [])

    def test_status_times_and_order(self) -> None:
        self.provider.script(
            {"match": "^POST /token", "kind": "status", "code": 503, "body": "tired",
             "headers": {"Retry-After": "7", "Content-Type": None}, "times": 1},
            {"match": "^POST /token", "kind": "body", "text": "error=x", "type": "text/plain"},
        )
        first, second, third = (self.token() for _ in range(3))
        self.assertEqual((first.status, first.text), (503, "tired"))
        self.assertEqual((first.header("Retry-After"), first.header("Content-Type")), ("7", ""))
        self.assertEqual((second.status, second.text, third.text), (200, "error=x", "error=x"))

    def test_json(self) -> None:
        rule = {"match": "^POST /token", "kind": "json", "set": {"expires_in": "9"}}
        self.provider.script({**rule, "drop": ["token_type"]})
        tokens = self.get_tokens()
        self.assertEqual(tokens["expires_in"], "9")
        self.assertNotIn("token_type", tokens)

    def test_broken_connections(self) -> None:
        self.provider.script(
            {"match": "^GET /$", "kind": "truncate", "n": 9, "times": 1},
            {"match": "^GET /$", "kind": "drop"},
        )
        with self.assertRaises(http.client.IncompleteRead) as cut:
            self.provider.send("GET", "/")
        self.assertEqual(cut.exception.partial, b"<!DOCTYPE")
        with self.assertRaises(ConnectionError):
            self.provider.send("GET", "/")

    def test_lost_answer(self) -> None:
        """The worst case of rotation: the new token is issued and never arrives."""
        tokens = self.get_tokens()
        self.provider.script({"match": "/token", "kind": "drop", "after": True, "times": 1})
        with self.assertRaises(ConnectionError):
            self.refresh(tokens["refresh_token"])
        self.assert_error(self.refresh(tokens["refresh_token"]), "invalid_grant")

    def test_sizes_and_redirect(self) -> None:
        self.provider.script(
            {"match": "/huge", "kind": "huge", "mb": 2},
            {"match": "/nested", "kind": "nested", "depth": 50000},
            {"match": "/token", "kind": "redirect", "url": "http://127.0.0.1:9/", "code": 307},
        )
        self.assertEqual(len(self.provider.send("GET", "/huge").json()["pad"]), 2 << 20)
        nested = self.provider.send("GET", "/nested").body
        self.assertEqual((nested.count(b"{"), nested.count(b"}")), (50000, 50000))
        answer = self.token()
        self.assertEqual((answer.status, answer.header("Location")), (307, "http://127.0.0.1:9/"))

    def test_location(self) -> None:
        params = {"state": "forged", "iss": None, "code": ["a", "b"]}
        rule = {"match": "^POST /authorize", "kind": "location", "params": params}
        self.provider.script({**rule, "base": "http://other.example/x"})
        answer = Person(self.provider).allow(make_authorize(make_pkce()[1]))
        self.assertTrue(answer.header("Location").startswith("http://other.example/x?"))
        self.assertEqual(answer.redirect_params(), {"state": ["forged"], "code": ["a", "b"]})

    def test_delay(self) -> None:
        self.provider.script({"match": "^GET /$", "kind": "delay", "s": 0.2})
        start = time.monotonic()
        self.assertEqual(self.provider.send("GET", "/").status, 200)
        self.assertGreaterEqual(time.monotonic() - start, 0.2)

    def hold(self, **answer: Any) -> list[int]:
        """Refresh, and let go of it a little later; the statuses of the answers."""
        tokens = self.get_tokens()
        self.provider.script({"match": "^POST /token", "kind": "hold", **answer})
        answers: list[Answer] = []
        thread = threading.Thread(
            target=lambda: answers.append(self.refresh(tokens["refresh_token"]))
        )
        thread.start()
        released = 0
        while not released:
            self.assertTrue(all(r["status"] is None for r in self.provider.requests("/token")))
            released = self.provider.send("POST", "/_release").json()["released"]
        thread.join(5)
        return [answer.status for answer in answers]

    def test_hold(self) -> None:
        self.assertEqual(self.hold(), [200])

    def test_hold_and_refuse(self) -> None:
        self.assertEqual(self.hold(code=503), [503])

    def test_wait(self) -> None:
        rule = {"match": "^GET /$", "kind": "status", "code": 503, "wait": True, "times": 1}
        self.provider.script(rule)
        answers: list[Answer] = []
        thread = threading.Thread(target=lambda: answers.append(self.provider.send("GET", "/")))
        self.assertEqual(self.provider.send("GET", "/_held").json(), {"held": 0})
        thread.start()
        while not self.provider.send("GET", "/_held").json()["held"]:
            self.assertEqual(answers, [])
        self.provider.send("POST", "/_release")
        thread.join(5)
        self.assertEqual([answer.status for answer in answers], [503])

    def test_expire(self) -> None:
        tokens = self.get_tokens()
        self.assertGreaterEqual(self.provider.send("POST", "/_expire").json()["expired"], 1)
        self.assertEqual(self.call(tokens["access_token"]).status, 401)
        fresh = self.refresh(tokens["refresh_token"]).json()
        self.assertEqual(self.call(fresh["access_token"]).status, 200)

    def test_bad_scripts(self) -> None:
        for rules in (
            {},
            [1],
            [{"match": "x", "kind": "nonsense"}],
            [{"match": "(", "kind": "drop"}],
            [{"kind": "drop"}],
            [{"match": "x", "kind": "status", "cod": 1}],
        ):
            self.assertEqual(self.provider.send("POST", "/_script", body=rules).status, 400)
        self.assertEqual(self.provider.send("GET", "/_nothing").status, 404)


class ProgramTest(unittest.TestCase):
    """The program around it."""

    def run_program(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        command = [sys.executable, os.path.join(HERE, "demo-provider.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)

    def test_plain_start(self) -> None:
        provider = Provider("--token-lifetime", "1")
        try:
            self.assertEqual(provider.send("GET", "/_requests").status, 404)
            self.assertEqual(provider.send("POST", "/_script", body=[]).status, 404)
            port = provider.base.rpartition(":")[2]
            taken = self.run_program("--port", port)
            self.assertEqual(taken.returncode, 1)
            self.assertIn(port, taken.stderr)
            self.assertEqual(taken.stderr.count("\n"), 1)
            self.check_lifetime(provider)
            self.check_hostile_bytes(int(port))
        finally:
            self.assertEqual(provider.stop(), 0)

    def check_lifetime(self, provider: Provider) -> None:
        """Tokens of one second really end."""
        verifier, challenge = make_pkce()
        params = Person(provider).allow(make_authorize(challenge)).redirect_params()
        form = {"grant_type": "authorization_code", "client_id": "demo-app", "code": params["code"],
                "redirect_uri": REDIRECT_URI, "code_verifier": verifier}
        bearer = f"Bearer {provider.send('POST', '/token', form).json()['access_token']}"
        self.assertEqual(provider.send("GET", "/userinfo", Authorization=bearer).status, 200)
        time.sleep(1.1)
        self.assertEqual(provider.send("GET", "/userinfo", Authorization=bearer).status, 401)

    def check_hostile_bytes(self, port: int) -> None:
        """Requests that are none get a refusal, and the server lives on."""
        for line, status in (
            (b"POST /token HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
            (b"POST /token HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413"),
            (b"POST /token HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
            (b"GET /authorize?" + b"a=1&" * 300 + b" HTTP/1.1\r\n\r\n", b"400"),
            (b"BREW / HTTP/1.1\r\n\r\n", b"501"),
            (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", b"200"),
        ):
            with socket.create_connection(("127.0.0.1", port), 5) as connection:
                connection.sendall(line)
                self.assertEqual(connection.recv(12)[9:], status, line[:60])

    def test_bad_script_file(self) -> None:
        result = self.run_program("--port", "0", "--script", os.path.join(HERE, "script.py"))
        self.assertEqual((result.returncode, result.stderr.count("\n")), (1, 1))

    def test_ready_fd(self) -> None:
        reader, writer = os.pipe()
        command = [sys.executable, os.path.join(HERE, "demo-provider.py"), "--port", "0"]
        with subprocess.Popen(
            [*command, "--ready-fd", str(writer)], pass_fds=[writer], stdout=subprocess.PIPE
        ) as process:
            os.close(writer)
            with os.fdopen(reader) as ready:
                self.assertTrue(ready.read().startswith("ready http://127.0.0.1:"))
            process.terminate()
            assert process.stdout is not None
            self.assertEqual(process.stdout.read(), b"")
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
