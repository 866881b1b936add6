#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted secrets, searched for where everybody can look."""

from __future__ import annotations

import base64
import os
import platform
import signal
import subprocess
import threading
import time
from pathlib import Path

from service_session import (
    AUTHORIZATION,
    BUILD,
    PATIENCE,
    ServiceCase,
    ServiceSession,
    main,
    run_until,
)

from planted import (  # isort: skip - found by what is above
    assert_no_core_dump,
    dump_core,
    find,
    let_dump,
)
from refresh_steps import Command, wait_until  # isort: skip

PASSWORD = "planted-password-8832"
KEY = "planted-key-5521"
CLIENT_SECRET = "planted-client-secret-7710"
SIGNING_KEY = "planted-signing-key-of-32-bytes-and-more"
SAMPLE = 0.02


def make_pem() -> str:
    """A private key that is only there for this test, in PEM form."""
    command = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


def get_lines(pem: str) -> set[str]:
    """What to look for: a key may be torn to its lines."""
    return {line for line in pem.splitlines() if not line.startswith("-----")}
SYS_WRITE = {"x86_64": "1", "aarch64": "64"}


class Watcher:
    """Looks at the arguments and the environment of every process, over and over."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> set[bytes]:
        """What was seen."""
        self._over.set()
        self._thread.join()
        return self.seen

    def _run(self) -> None:
        while not self._over.wait(SAMPLE):
            for pid in filter(str.isdigit, os.listdir("/proc")):
                for name in ("cmdline", "environ"):
                    try:
                        self.seen.add(Path("/proc", pid, name).read_bytes())
                    except OSError:
                        pass


class SecretsTest(ServiceCase):
    """Everything that the service does, with secrets of each kind."""


    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.monitor_path = os.path.join(cls.session.root, "..", f"monitor-{os.getpid()}.log")
        cls.addClassCleanup(os.remove, cls.monitor_path)
        with open(cls.monitor_path, "wb") as file:
            # Methods and their answers carry what was asked for; everything else is for everybody.
            cls.monitor = cls.session.start(
                ["dbus-monitor", "--session", "type='signal'", "type='error'"], stdout=file
            )
        cls.addClassCleanup(cls.monitor.wait)
        cls.addClassCleanup(cls.monitor.kill)

    def add(self, kind: str, *secrets: tuple[str, str], **settings: str) -> str:
        """An authorization with secrets."""
        name = self.make_name()
        options = [f"--set={field}={value}" for field, value in settings.items()]
        options += [f"--secret={field}" for field, _secret in secrets]
        text = "".join(secret + "\n" for _field, secret in secrets)
        self.lanyard("add", "--name", name, "--type", kind, *options, text=text)
        return name

    def use_all(self) -> set[str]:
        """Let all of it be used, changed and told about; the secrets that there were."""
        secrets = {PASSWORD, KEY, CLIENT_SECRET, SIGNING_KEY}
        secrets.add(base64.b64encode(f"someone:{PASSWORD}".encode()).decode())
        demo = self.sign_in()
        basic = self.add("basic", ("password", PASSWORD), username="someone")
        key = self.add("api-key", ("api_key", KEY))
        made = self.add("jwt", ("signing_key", SIGNING_KEY), algorithm="HS256")
        pem = make_pem()
        secrets |= {pem, *get_lines(pem)}
        signed = self.add("jwt", ("signing_key", pem), algorithm="ES256")
        client = self.add(
            "oauth2",
            ("client_secret", CLIENT_SECRET),
            client_id="c",
            authorization_endpoint=self.provider.base + "/authorize",
            token_endpoint=self.provider.base + "/token",
        )
        self.client.get_objects()
        for _round in range(2):
            credentials = self.read_keyring(demo)
            secrets |= {credentials["access_token"], credentials["refresh_token"]}
            self.assertEqual(
                self.client.call("GetAccessToken", demo)[0], credentials["access_token"]
            )
            self.client.call("Refresh", demo)
        for name in (made, signed):
            secrets.add(self.client.call("GetAccessToken", name)[0])
            self.client.call("GetHeaders", name, "GET", "https://api.example.org/")
        # As it was entered, or as one line.
        self.assertLessEqual(get_lines(pem), set(self.read_keyring(signed)["signing_key"].split()))
        self.client.call("GetAccessToken", key)
        self.client.call("GetHeaders", basic, "", "")
        self.client.call("Test", demo)
        with self.fails("NotAuthorized"):
            self.client.call("GetAccessToken", client)
        self.lanyard("deactivate", key)
        self.lanyard("activate", key)
        self.properties = [str(properties) for properties in self.client.get_objects().values()]
        self.client.call("Revoke", demo)
        return secrets

    def read_files(self) -> list[tuple[str, bytes]]:
        """Every file of the session: the database, settings, logs, locks, the keyring's own."""
        files = []
        for folder, _folders, names in os.walk(self.session.root):
            for name in names:
                path = Path(folder, name)
                if path.is_file():
                    files.append((str(path), path.read_bytes()))
        return files

    def test_nobody_else_sees_them(self) -> None:
        watcher = Watcher()
        try:
            secrets = self.use_all()
            monitor = Path(self.monitor_path)
            run_until(lambda: b"PropertiesChanged" in monitor.read_bytes(), "a signal")
            time.sleep(0.3)
        finally:
            seen = watcher.stop()
        places = [("processes", b"\n".join(seen)), ("properties", str(self.properties).encode())]
        places += [("bus", Path(self.monitor_path).read_bytes()), *self.read_files()]
        # What is searched is there.
        self.assertIn(b"lanyard-service", places[0][1])
        self.assertIn("'Status'", self.properties[0])
        self.assertIn(AUTHORIZATION.encode(), places[2][1])
        names = {os.path.basename(name) for name, _data in places}
        self.assertLessEqual({"lanyard.db", "service.log"}, names)
        for secret in secrets:
            for name, data in places:
                # The message does not tell the secret, either.
                self.assertFalse(secret.encode() in data, f"a secret of {len(secret)} in {name}")

    def test_no_core_dump(self) -> None:
        name = self.add("api-key", ("api_key", KEY))
        self.client.call("GetAccessToken", name)
        pid = self.client.get_service_pid()
        assert_no_core_dump(pid)
        os.kill(pid, signal.SIGABRT)
        run_until(lambda: self.client.get_service_pid() == 0, "the end of the service", PATIENCE)
        for name, data in self.read_files():
            self.assertFalse(KEY.encode() in data, name)


class DumpSession(ServiceSession):
    """With programs that cannot limit their core dumps."""

    def start_bus(self, standard_services: bool) -> None:
        super().start_bus(standard_services)
        environment = let_dump(self.environment)
        self.pass_on(**{name: environment[name] for name in ("LD_PRELOAD", "ASAN_OPTIONS")})


class DumpTest(ServiceCase):
    """What a core dump would hold, were there one."""

    session_type = DumpSession

    def test_service(self) -> None:
        name, key = self.sign_in(), "planted-key-3395"
        made = self.add_key(key)
        self.client.call("Refresh", name)
        self.client.call("GetAccessToken", name)
        self.client.call("GetHeaders", made, "", "")
        pem = make_pem()
        signed = self.add_signer(pem)
        self.client.call("GetAccessToken", signed)
        secrets = {key, pem, *get_lines(pem), *filter(None, self.read_tokens(name))}
        dump = dump_core(self.client.get_service_pid())
        # The kernel's own page is there in any case.
        self.assertTrue(dump)
        self.assertEqual(find(secrets, dump), set())

    def add_signer(self, pem: str) -> str:
        """An authorization whose tokens are signed here."""
        name = self.make_name()
        options = ("--type", "jwt", "--set", "algorithm=ES256", "--secret", "signing_key")
        self.lanyard("add", "--name", name, *options, text=pem + "\n")
        return name

    def read_tokens(self, name: str) -> list[str]:
        """Both tokens of an authorization."""
        kept = self.read_keyring(name)
        return [kept["access_token"], kept["refresh_token"]]

    def test_front(self) -> None:
        name = self.sign_in()
        environment = let_dump({**self.session.environment, "G_MESSAGES_DEBUG": ""})
        lanyard = str(BUILD / "src" / "cli" / "lanyard")
        front = Command(environment, lanyard, "token", name, is_stuck=True)
        front.start()
        # It has the answer, and cannot write it.
        wait_until(lambda: is_writing(front.pid), "a front that writes")
        self.assertEqual(find({*self.read_tokens(name)}, dump_core(front.pid)), set())
        self.assertEqual(front.finish()[:2], (-signal.SIGABRT, ""))


def is_writing(pid: int) -> bool:
    """Whether a front has its answer: it writes, if anybody may still look at it at all."""
    try:
        call = Path(f"/proc/{pid}/syscall").read_text(encoding="ascii").split()
    except PermissionError:
        return True
    return call[0] == SYS_WRITE.get(platform.machine(), "1")


if __name__ == "__main__":
    main()
