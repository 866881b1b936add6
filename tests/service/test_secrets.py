#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted secrets, searched for where everybody can look."""

from __future__ import annotations

import base64
import os
import signal
import threading
import time
from pathlib import Path
from typing import ClassVar

from service_session import AUTHORIZATION, PATIENCE, ServiceCase, main, run_until

PASSWORD = "planted-password-8832"
KEY = "planted-key-5521"
CLIENT_SECRET = "planted-client-secret-7710"
SIGNING_KEY = "planted-signing-key-of-32-bytes-and-more"
SAMPLE = 0.02


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
        secrets.add(self.client.call("GetAccessToken", made)[0])
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
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="utf-8")
        (limit,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
        self.assertEqual(limit.split()[4:6], ["0", "0"])
        # Programs that are given dumps by the kernel ask for no limit; nothing private is in one.
        kinds = int(Path(f"/proc/{pid}/coredump_filter").read_text(encoding="utf-8"), 16)
        self.assertEqual(kinds & 0b11, 0)
        os.kill(pid, signal.SIGABRT)
        run_until(lambda: self.client.get_service_pid() == 0, "the end of the service", PATIENCE)
        for name, data in self.read_files():
            self.assertFalse(KEY.encode() in data, name)


if __name__ == "__main__":
    main()
