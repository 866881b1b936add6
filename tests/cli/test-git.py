#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""git, which clones with `lanyard` as its credential helper, and `lanyard run`.

Usage: test-git.py PROGRAM [NAMES OF TESTS]
"""

from __future__ import annotations

import subprocess
import sys
import time
import unittest
from pathlib import Path

from cli_session import (
    PATIENCE,
    Lanyard,
    PrivateSession,
    Provider,
    Result,
    skip_where_impossible,
)
from git_server import GitServer, make_repository, run_git

PASSWORD = "planted: pässword"
# Margin of the engine, before which a token counts as expired, and a second.
SOON = {"match": "^POST /token", "kind": "json", "set": {"expires_in": 11}, "times": 1}
HELPER = "credential.helper=lanyard --name Demo"


class HandedOutCase(unittest.TestCase):
    """A session with the demo provider and a git server."""

    def setUp(self) -> None:
        self.session = PrivateSession()
        self.addCleanup(self.session.end)
        self.provider = Provider("--scripted", "--token-lifetime", "3600")
        self.addCleanup(self.provider.stop)
        self.session.write_provider(self.provider)
        self.lanyard = Lanyard(PROGRAM, self.session.environment)
        self.root = Path(self.session.root)

    def expect(self, code: int, result: Result, *words: str) -> Result:
        """The exit code, and words on standard error."""
        self.assertEqual(result.code, code, result.err)
        for word in words:
            self.assertIn(word, result.err)
        for sign in ("CRITICAL", "WARNING", "Sanitizer", PASSWORD):
            self.assertNotIn(sign, result.err)
        return result

    def add_basic(self, name: str, base_url: str, password: str = PASSWORD) -> None:
        """A user name and a password for an address."""
        arguments = ("--type", "basic-url", "--set", f"base_url={base_url}")
        self.expect(
            0,
            self.lanyard.run(
                *("add", "--name", name, *arguments, "--set", "username=me"),
                *("--secret", "password"),
                stdin=password + "\n",
            ),
        )

    def add_demo(self) -> None:
        """Sign in at the demo provider."""
        self.expect(0, self.lanyard.run("add", "--name", "Demo", "--provider", "demo"))
        self.expect(0, self.lanyard.authorize(self.provider, "Demo"))

    def is_token(self, token: str) -> bool:
        """Whether the provider takes it."""
        answer = self.provider.send("GET", "/userinfo", Authorization=f"Bearer {token}")
        return answer.status == 200


class GitCase(HandedOutCase):
    """A repository, and git as a script runs it, where nobody answers."""

    def setUp(self) -> None:
        super().setUp()
        make_repository(self.root / "repositories")

    def serve(self, check: object, scheme: str = "Basic") -> GitServer:
        """Start a git server."""
        server = GitServer(self.root / "repositories", check, scheme)  # type: ignore[arg-type]
        self.addCleanup(server.stop)
        return server

    def git(self, *arguments: str, stdin: str = "") -> Result:
        """Run git."""
        environment = {
            **self.session.environment,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": f"{Path(PROGRAM).parent}:{self.session.environment['PATH']}",
        }
        environment.pop("GIT_ASKPASS", None)
        environment.pop("SSH_ASKPASS", None)
        done = subprocess.run(
            ["git", *arguments],
            input=stdin,
            cwd=self.root,
            env=environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            text=True,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def clone(self, server: GitServer, *config: str) -> Result:
        """Clone into the folder `clone`."""
        settings = [word for setting in config for word in ("-c", setting)]
        return self.git(*settings, "clone", f"{server.base}/project.git", "clone")

    def add_expired_demo(self) -> None:
        """Sign in for an access token that has expired already."""
        self.provider.script(SOON)
        self.add_demo()
        time.sleep(1.2)

    def get_token(self) -> str:
        """What there is now."""
        return self.lanyard.run("token", "Demo", may_print_secrets=True).out.strip()

    def get_grants(self) -> list[str]:
        """What the provider was asked for."""
        return [request["form"]["grant_type"] for request in self.provider.requests("/token")]


class GitTest(GitCase):
    """Clones from a server that takes passwords."""

    def test_basic(self) -> None:
        """A password with a colon and letters beyond ASCII."""
        server = self.serve(lambda user, password: (user, password) == ("me", PASSWORD))
        self.add_basic("Git", server.base + "/")
        self.expect(0, self.clone(server, "credential.helper=lanyard"))
        self.assertEqual((self.root / "clone" / "hello").read_text(encoding="utf-8"), "hello\n")

    def test_path(self) -> None:
        """What is bound to a path is found without one, and not for another."""
        server = self.serve(lambda _user, password: password == PASSWORD)
        self.add_basic("Git", server.base + "/project.git")
        self.expect(0, self.clone(server, "credential.helper=lanyard"))
        question = f"protocol=http\nhost={server.base[7:]}\npath=other.git\n"
        self.assertEqual(self.lanyard.run("git-credential", "get", stdin=question).out, "")

    def test_expired_token(self) -> None:
        """An access token that has expired is renewed on the way, unattended."""
        server = self.serve(lambda user, token: user == "oauth2" and self.is_token(token))
        self.add_expired_demo()
        self.expect(0, self.clone(server, HELPER))
        self.assertEqual(self.get_grants(), ["authorization_code", "refresh_token"])
        self.assertEqual(len({password for _, password in server.attempts}), 1)

    def test_refused(self) -> None:
        """A wrong password fails as git says it, and stays where it is."""
        server = self.serve(lambda _user, _password: False)
        self.add_basic("Git", server.base + "/")
        self.expect(128, self.clone(server, "credential.helper=lanyard"))
        self.expect(0, self.lanyard.run("token", "Git", may_print_secrets=True))

    def test_erased(self) -> None:
        """A token that the server refused is renewed for the next try; another one is not."""
        server = self.serve(lambda _user, _token: False)
        self.add_demo()
        before = self.get_token()
        self.expect(128, self.clone(server, HELPER))
        after = self.get_token()
        self.assertNotEqual(before, after)
        question = f"protocol=http\nhost={server.base[7:]}\nusername=x\npassword=other\n"
        arguments = ("git-credential", "--name", "Demo", "erase")
        self.expect(0, self.lanyard.run(*arguments, stdin=question))
        self.assertEqual(self.get_token(), after)

    def test_others(self) -> None:
        """Nothing is said where nothing fits, is inactive, or would be guessed."""
        question = "protocol=https\nhost=git.example.org\n"
        self.add_basic("Other", "https://example.org/")
        self.assertEqual(self.lanyard.run("git-credential", "get", stdin=question).out, "")
        self.add_basic("One", "https://git.example.org/", "one")
        result = self.lanyard.run("git-credential", "get", stdin=question, may_print_secrets=True)
        self.assertEqual(result.out, "username=me\npassword=one\n")
        self.expect(0, self.lanyard.run("git-credential", "store", stdin=question))
        self.add_basic("Two", "https://git.example.org/", "two")
        result = self.lanyard.run("git-credential", "get", stdin=question)
        self.expect(2, result, "“One”", "“Two”")
        self.expect(0, self.lanyard.run("deactivate", "One"))
        result = self.lanyard.run("git-credential", "get", stdin=question, may_print_secrets=True)
        self.assertEqual(result.out, "username=me\npassword=two\n")
        self.expect(1, self.lanyard.run("git-credential", "get", stdin="what"))
        self.assertEqual(
            self.lanyard.run("git-credential", "get", stdin=question.replace("https", "http")).out,
            "",
        )


class BearerTest(GitCase):
    """Clones and pushes where the server takes bearer tokens and nothing else (RFC 6750)."""

    def setUp(self) -> None:
        # Older versions know a user name and a password only, and fail on the word.
        known = subprocess.run(["git", "credential", "capability"], capture_output=True, check=False)
        if b"capability authtype" not in known.stdout.splitlines():
            version = subprocess.run(["git", "--version"], capture_output=True, check=True, text=True)
            self.skipTest(f"git sends bearer tokens since 2.46; here is {version.stdout.strip()}")
        super().setUp()

    def serve_bearer(self) -> GitServer:
        """Start a server that asks the provider about each token."""
        return self.serve(lambda _user, token: self.is_token(token), "Bearer")

    def test_expired_token(self) -> None:
        """An access token that has expired is renewed on the way, unattended and once."""
        server = self.serve_bearer()
        self.add_expired_demo()
        self.expect(0, self.clone(server, HELPER))
        self.assertEqual((self.root / "clone" / "hello").read_text(encoding="utf-8"), "hello\n")
        self.assertEqual(self.get_grants(), ["authorization_code", "refresh_token"])
        self.assertEqual(set(server.attempts), {("", self.get_token())})

    def test_push(self) -> None:
        """The same to write, with what is in the person's configuration."""
        server = self.serve_bearer()
        self.add_demo()
        self.expect(0, self.git("config", "--global", *HELPER.split("=")))
        self.expect(0, self.clone(server))
        (self.root / "clone" / "hello").write_text("pushed\n", encoding="utf-8")
        run_git("commit", "--quiet", "--all", "--message", "Push", folder=self.root / "clone")
        self.expect(0, self.git("-C", "clone", "push", "--quiet"))
        shown = self.git("-C", "repositories/project.git", "show", "HEAD:hello")
        self.assertEqual(self.expect(0, shown).out, "pushed\n")
        self.assertEqual(self.get_grants(), ["authorization_code"])

    def test_erased(self) -> None:
        """A token that the server refused is renewed for the next try; another one is not."""
        refused = set()
        server = self.serve(
            lambda _user, token: token not in refused and self.is_token(token), "Bearer"
        )
        self.add_demo()
        refused.add(self.get_token())
        self.expect(128, self.clone(server, HELPER))
        self.assertEqual(self.get_grants(), ["authorization_code", "refresh_token"])
        self.expect(0, self.clone(server, HELPER))
        question = f"capability[]=authtype\nprotocol=http\nhost={server.base[7:]}\n"
        other = question + "authtype=Bearer\ncredential=other\n"
        self.expect(0, self.git("-c", HELPER, "credential", "reject", stdin=other))
        self.assertEqual(self.get_grants(), ["authorization_code", "refresh_token"])

    def test_kept_nowhere(self) -> None:
        """The other helpers of the person do not keep it, who would not learn of its end."""
        server = self.serve_bearer()
        self.add_demo()
        self.addCleanup(self.git, "credential-cache", "exit")
        self.expect(0, self.clone(server, "credential.helper=cache", HELPER))
        question = f"capability[]=authtype\nprotocol=http\nhost={server.base[7:]}\n"
        self.assertEqual(self.git("credential-cache", "get", stdin=question).out, "")

    def test_other_scheme(self) -> None:
        """Where the server takes passwords, too, it is a password, which every server knows."""
        self.add_demo()
        question = (
            "capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=git.example.org\n"
            'wwwauth[]=Bearer realm="x"\nwwwauth[]=Basic realm="x"\n'
        )
        filled = self.expect(0, self.git("-c", HELPER, "credential", "fill", stdin=question)).out
        self.assertIn(f"username=oauth2\npassword={self.get_token()}\n", filled)
        self.assertNotIn("authtype=", filled)


class RunTest(HandedOutCase):
    """Commands with credentials in their environment."""

    def test_wrong_usage(self) -> None:
        """Before the command is begun."""
        self.add_basic("Own", "https://example.org/")
        marker = self.root / "begun"
        command = ("touch", str(marker))
        cases = [
            (2, ("Own",)),
            (2, ("Own", "--")),
            (2, ("--", *command)),
            (2, ("--env", "A", "Own", "--", *command)),
            (2, ("Own", "--", *command)),
            (2, ("Own", "--env", "1A", "--", *command)),
            (2, ("Own", "--env", "A=nonsense", "--", *command)),
            (2, ("Own", "--env", "A", "--env", "A=username", "--", *command)),
            (2, ("Own", "--other", "--", *command)),
            (6, ("nobody", "--env", "A", "--", *command)),
        ]
        for code, arguments in cases:
            with self.subTest(" ".join(arguments)):
                self.expect(code, self.lanyard.run("run", *arguments))
        self.expect(0, self.lanyard.run("deactivate", "Own"))
        self.expect(7, self.lanyard.run("run", "Own", "--env", "A", "--", *command))
        self.assertFalse(marker.exists())

    def test_environment(self) -> None:
        """The names of the person and those of the provider, several at once."""
        self.add_basic("Own", "https://example.org/")
        self.add_demo()
        names = ("--env", "OWN_USER=username", "--env=OWN_PASSWORD", "--env", "OWN_URL=base_url")
        script = 'printf "%s|%s|%s|%s" "$OWN_USER" "$OWN_PASSWORD" "$OWN_URL" "$DEMO_TOKEN"'
        result = self.lanyard.run(
            "run", "Own", *names, "Demo", "--", "sh", "-c", script, may_print_secrets=True
        )
        self.expect(0, result)
        user, password, url, token = result.out.split("|")
        self.assertEqual((user, password, url), ("me", PASSWORD, "https://example.org"))
        self.assertTrue(self.is_token(token))

    def test_command(self) -> None:
        """Its arguments, its exit code and its signals are its own; nothing is in its arguments."""
        self.add_basic("Own", "https://example.org/")
        run = ("run", "Own", "--env", "SECRET", "--")
        self.assertEqual(self.lanyard.run(*run, "sh", "-c", "exit 42").code, 42)
        self.assertEqual(self.lanyard.run(*run, "sh", "-c", "kill -PIPE $$").code, -13)
        self.assertEqual(self.lanyard.run(*run, "echo", "--env", "--", "x").out, "--env -- x\n")
        self.expect(127, self.lanyard.run(*run, "no-such-command"), "no-such-command")
        self.expect(126, self.lanyard.run(*run, "/"))
        process = self.lanyard.start(*run, "cat")
        self.addCleanup(process.kill)
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("ready\n")
        process.stdin.flush()
        self.assertEqual(process.stdout.readline(), "ready\n")
        arguments = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        self.assertEqual(arguments, b"cat\0")
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                self.assertNotIn(PASSWORD.encode(), path.read_bytes())
            except OSError:
                # It has ended.
                pass
        process.communicate("")


if __name__ == "__main__":
    skip_where_impossible()
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
