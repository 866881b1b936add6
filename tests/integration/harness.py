# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the integration tests share: a desktop of one's own, the real command, real servers.

Every file of tests has one session (home, bus, keyring) and starts the servers that it needs
once. A test makes authorizations of its own, so that no test depends on another.

    LANYARD=BUILD/src/cli/lanyard /usr/bin/python3 tests/integration/test_renewal.py -v

LANYARD names the command to test. With --tap, results are told in the Test Anything Protocol.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
import unittest
from dataclasses import dataclass
from typing import Any, Callable, ClassVar, Iterator, Optional

HERE = os.path.dirname(os.path.abspath(__file__))
SERVERS = os.path.join(HERE, "servers")
SUPPORT = os.path.join(os.path.dirname(HERE), "support")
for folder in (SERVERS, SUPPORT, os.path.join(SUPPORT, "demo-provider")):
    sys.path.insert(0, folder)

import tap  # noqa: E402
from person import Person  # noqa: E402
from recorder import Recorder  # noqa: E402
from session import Session  # noqa: E402
from test_client import Provider as DemoProvider  # noqa: E402

EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_AUTHORIZE, EXIT_KEYRING, EXIT_NETWORK = range(6)
EXIT_NOT_FOUND, EXIT_INACTIVE = 6, 7
EXIT_SKIPPED = 77
# Long enough for a machine on which other tests run; short enough to end before meson does.
PATIENCE = 60
# The only one that glewlwyd's clients have registered; nobody listens there.
REDIRECT_URI = "http://127.0.0.1:8765/callback"
BJOERN = ("björn", "pässwörd & 100%")
PROGRAMS = ("dbus-daemon", "gdbus", "gnome-keyring-daemon", "secret-tool", "curl")
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"
SECRET_SCHEMA = "io.github.lanyard.Authorization"

Forge = Callable[[str], str]


@dataclass
class Result:
    """What a command left behind."""

    arguments: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        """The lines for the person."""
        return self.err.splitlines()

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    def __str__(self) -> str:
        return f"lanyard {' '.join(self.arguments)}: exit {self.code}\n{self.out}\n{self.err}"


class Desktop:
    """One person's session, and Lanyard in it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.results: list[Result] = []
        self._command = os.environ["LANYARD"]
        self.environment = {
            # The unit tests look for leaks; here libraries keep what they like until the end.
            "ASAN_OPTIONS": "detect_leaks=0",
            **session.environment,
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            # No browser is ever started.
            "DISPLAY": "",
            "WAYLAND_DISPLAY": "",
            "G_DEBUG": "fatal-criticals",
        }

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """A command that runs while the test goes on; finish() waits for it."""
        return subprocess.Popen(
            [self._command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**self.environment, **environment},
        )

    def finish(self, process: subprocess.Popen[str], text: str = "") -> Result:
        """Wait for its end; what it said is kept for those who look for secrets."""
        try:
            out, err = process.communicate(text, PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"{process.args} does not end:\n{out}\n{err}") from None
        result = Result(tuple(process.args[1:]), process.returncode, out, err)
        self.results.append(result)
        return result

    def run(self, *arguments: str, text: str = "") -> Result:
        """A command from beginning to end; text is its standard input."""
        return self.finish(self.start(*arguments), text)

    def run_trusting(self, authority: str, *arguments: str) -> Result:
        """A command on a computer that trusts this authority and no other."""
        if shutil.which("unshare") is None or not os.path.exists(TRUSTED):
            raise unittest.SkipTest("another list of authorities cannot be put here")
        script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
        unshare = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "-"]
        process = subprocess.run(
            [*unshare, authority, TRUSTED, self._command, *arguments],
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            timeout=PATIENCE,
            check=False,
        )
        if "unshare" in process.stderr or "mount:" in process.stderr:
            raise unittest.SkipTest(process.stderr)
        return Result(arguments, process.returncode, process.stdout, process.stderr)

    def do(self, *arguments: str, text: str = "") -> Result:
        """A command that must succeed."""
        result = self.run(*arguments, text=text)
        assert result.code == EXIT_DONE, result
        return result

    def add(self, name: str, secret: Optional[str] = None, **fields: str) -> None:
        """Add an authorization; provider and scope are options, the rest settings."""
        arguments = ["add", "--name", name]
        if "provider" in fields:
            arguments += ["--provider", fields.pop("provider")]
        else:
            arguments += ["--type", "oauth2"]
        for scope in fields.pop("scope", "").split():
            arguments += ["--scope", scope]
        fields.setdefault("redirect_uri", REDIRECT_URI)
        for field, value in fields.items():
            arguments += ["--set", f"{field}={value}"]
        if secret is not None:
            arguments += ["--secret", "client_secret"]
        self.do(*arguments, text=f"{secret}\n" if secret is not None else "")

    def add_entry(self, name: str, type_id: str, secrets: dict[str, str], **settings: str) -> None:
        """Add an authorization of any type; its secrets go through standard input."""
        options = make_options(secrets, settings)
        self.do("add", "--name", name, "--type", type_id, *options, text=make_lines(secrets))

    def change(self, name: str, secrets: Optional[dict[str, str]] = None, **settings: str) -> None:
        """Set fields of an authorization."""
        options = make_options(secrets or {}, settings)
        self.do("set", name, *options, text=make_lines(secrets or {}))

    def authorize(
        self, name: str, person: Optional[Person] = None, forge: Optional[Forge] = None
    ) -> Result:
        """Sign in by `authorize --paste`; forge changes the address before it is pasted."""
        process = self.start("authorize", name, "--paste")
        said, address = read_address(process)
        redirect = ""
        if address is not None:
            redirect = (person or Person()).authorize(address)
            if forge is not None:
                redirect = forge(redirect)
        result = self.finish(process, redirect + "\n")
        # Whoever looks for secrets wants to see all that was said.
        result.err = said + result.err
        return result

    def sign_in(self, name: str, person: Optional[Person] = None) -> Result:
        """Sign in, which must succeed."""
        result = self.authorize(name, person)
        assert result.code == EXIT_DONE, result
        return result

    def get_token(self, name: str) -> str:
        """The access token, which must be had."""
        return self.do("token", name).out

    def show(self, name: str) -> dict[str, Any]:
        """What may be seen of an authorization."""
        shown: dict[str, Any] = self.do("show", name, "--json").json()
        return shown

    def read_keyring(self, name: str) -> dict[str, Any]:
        """The credentials of an authorization as they are kept."""
        return self.find_item(self.show(name)["id"])

    def find_item(self, authorization_id: str) -> dict[str, Any]:
        """The same by id, read by a program that is not ours."""
        attributes = ["xdg:schema", SECRET_SCHEMA, "id", authorization_id]
        found = subprocess.run(
            ["secret-tool", "lookup", *attributes],
            capture_output=True,
            env=self.session.environment,
            timeout=PATIENCE,
            check=False,
        )
        record: dict[str, Any] = json.loads(found.stdout or b'{"credentials": {}}')
        return dict(record["credentials"])

    def write_provider(self, provider_id: str, **method: Any) -> None:
        """Describe a provider in a file of the person's own."""
        folder = os.path.join(self.environment["XDG_CONFIG_HOME"], "lanyard", "providers")
        os.makedirs(folder, exist_ok=True)
        provider = {
            "id": provider_id,
            "name": provider_id.capitalize(),
            "methods": [{"type": "oauth2", **method}],
        }
        with open(os.path.join(folder, f"{provider_id}.json"), "w", encoding="utf-8") as file:
            json.dump(provider, file)


def make_options(secrets: dict[str, str], settings: dict[str, str]) -> list[str]:
    """The options of `add` and `set`; what is empty is not said."""
    options = [f"--set={field}={value}" for field, value in settings.items() if value]
    return options + [f"--secret={field}" for field in secrets]


def make_lines(secrets: dict[str, str]) -> str:
    """What is typed when the secrets are asked for."""
    return "".join(f"{secret}\n" for secret in secrets.values())


def read_address(process: subprocess.Popen[str]) -> tuple[str, Optional[str]]:
    """What `authorize --paste` says up to the address to open; no address when it gives up."""
    assert process.stderr is not None
    # Below Python's buffers, which communicate() does not look into later.
    descriptor = process.stderr.fileno()
    said = b""
    deadline = time.monotonic() + PATIENCE
    while select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
        piece = os.read(descriptor, 65536)
        said += piece
        address = re.search(rb"^(https?://\S+)\n", said, re.MULTILINE)
        if address or not piece:
            return said.decode(), address[1].decode() if address else None
    raise AssertionError(f"{process.args} says nothing more than:\n{said.decode()}")


@contextlib.contextmanager
def run_servers(*arguments: str, **settings: str) -> Iterator[dict[str, str]]:
    """The servers of that name, by start-all.py; what is not installed skips the tests."""
    with subprocess.Popen(
        [os.path.join(SERVERS, "start-all.py"), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
    ) as fleet:
        assert fleet.stdin is not None and fleet.stdout is not None
        line = fleet.stdout.readline()
        if not line:
            if fleet.wait() == EXIT_SKIPPED:
                raise unittest.SkipTest("the servers are not installed")
            raise AssertionError("the servers do not start")
        try:
            yield json.loads(line)
        finally:
            fleet.stdin.close()
            fleet.wait()


class DesktopCase(unittest.TestCase):
    """A desktop for all cases of a file, and what they check again and again."""

    desktop: ClassVar[Desktop]
    _numbers = itertools.count(1)

    @classmethod
    def setUpClass(cls) -> None:
        cls.desktop = get_desktop()

    def make_name(self) -> str:
        """A name that no other case has."""
        return f"Entry {next(self._numbers)}"

    def assert_fails(self, result: Result, code: int, *words: str) -> None:
        """An exit code, and one message that holds these words and nothing of a program's."""
        self.assertEqual(result.code, code, result)
        last = result.messages[-1] if result.messages else ""
        self.assertTrue(last.startswith("lanyard: "), result)
        for word in words:
            self.assertIn(word, last)
        self.assertNotRegex(result.err, r"CRITICAL|WARNING|\*\*|assertion|g_[a-z]+_")

    def assert_status(self, name: str, status: str) -> None:
        """What the list would show."""
        self.assertEqual(self.desktop.show(name)["status"], status)


class ServerCase(DesktopCase):
    """With a server whose code is not ours, and a recorder before it that counts."""

    server: ClassVar[str]
    settings: ClassVar[dict[str, str]] = {}
    base: ClassVar[str]
    recorder: ClassVar[Recorder]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        servers = cls.enterClassContext(run_servers(cls.server, **cls.settings))
        cls.base = servers[cls.server]
        cls.recorder = Recorder(cls.base)
        cls.addClassCleanup(cls.recorder.close)

    def setUp(self) -> None:
        self.recorder.forget()


class DemoCase(DesktopCase):
    """With the demo provider, which can be told to misbehave."""

    demo: ClassVar[DemoProvider]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.demo = DemoProvider("--scripted", "--token-lifetime", "3600")
        cls.addClassCleanup(cls.demo.stop)

    def setUp(self) -> None:
        self.demo.script()

    def add_demo(self, scope: str = "profile offline_access", **changes: str) -> str:
        """An authorization of the demo provider that nobody has signed in to."""
        name = self.make_name()
        fields = {
            "authorization_endpoint": self.demo.base + "/authorize",
            "token_endpoint": self.demo.base + "/token",
            "revocation_endpoint": self.demo.base + "/revoke",
            "userinfo_endpoint": self.demo.base + "/userinfo",
            "client_id": "demo-app",
            "scope": scope,
            **changes,
        }
        self.desktop.add(name, **fields)
        return name

    def sign_in_demo(self, lifetime: Optional[int] = None, **changes: str) -> str:
        """The same, signed in; the first access token may be said to end sooner."""
        name = self.add_demo(**changes)
        if lifetime is not None:
            self.demo.script(
                {"match": "^POST /token", "kind": "json", "set": {"expires_in": lifetime}}
            )
        self.desktop.sign_in(name)
        self.demo.script()
        return name

    def count_tokens(self) -> int:
        """How many token requests came since the script was set."""
        return len(self.demo.requests("/token"))


@functools.lru_cache(maxsize=None)
def get_desktop() -> Desktop:
    """The desktop of this file, which goes with the program."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        raise unittest.SkipTest(f"not installed: {', '.join(missing)}")
    session = Session(standard_services=False)
    unittest.addModuleCleanup(session.end)
    session.start_keyring("the password of the keyring")
    return Desktop(session)


def main() -> None:
    """Run the cases of the file that calls."""
    if "LANYARD" not in os.environ:
        sys.exit("LANYARD must name the command to test")
    if "--tap" not in sys.argv:
        unittest.main()
    sys.argv.remove("--tap")
    # The plan tells what failed; an exit status of our own would be another error to meson.
    unittest.main(testRunner=tap.Runner(), exit=False)
