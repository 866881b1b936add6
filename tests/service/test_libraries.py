#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is only loaded when it is needed: a token that is at hand needs neither HTTP nor OpenSSL."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

from service_session import BUILD, ServiceCase, main, run_until

LANYARD_CLI = str(BUILD / "src" / "cli" / "lanyard-cli")
# Libraries that cost much at the start: relocations by the thousand, memory of their own.
HTTP = "libsoup-3.0"
OPENSSL = "libcrypto"
TLS = "libgnutls"
WINDOWS = {"libgtk-4", "libwebkitgtk-6.0"}
EXPENSIVE = {HTTP, OPENSSL, TLS, "liblanyard-net", "liblanyard-openssl", *WINDOWS}


def find_libraries(text: str) -> set[str]:
    """The names of the libraries in what the kernel or the loader says."""
    return set(re.findall(r"/(lib[^/\s]*?)\.so\b", text))


class LibrariesTest(ServiceCase):
    """Which libraries are mapped, after what."""

    def find_mapped(self) -> set[str]:
        """The libraries of the service."""
        pid = self.client.get_service_pid()
        mapped = find_libraries(Path(f"/proc/{pid}/maps").read_text(encoding="utf-8"))
        self.assertIn("liblanyard", mapped)
        return mapped

    def find_loaded(self, *arguments: str) -> set[str]:
        """The libraries that a run of the command line takes, which ends too soon to be looked at."""
        environment = {**self.session.environment, "LD_DEBUG": "files"}
        done = subprocess.run(
            [LANYARD_CLI, *arguments], env=environment, capture_output=True, text=True, check=True
        )
        loaded = find_libraries(done.stderr)
        self.assertIn("liblanyard", loaded)
        return loaded

    def setUp(self) -> None:
        super().setUp()
        # Each case begins with a service that has loaded nothing yet.
        pid = self.client.get_service_pid()
        if pid != 0:
            os.kill(pid, signal.SIGKILL)
            run_until(lambda: self.client.get_service_pid() == 0, "the end of the service")

    def test_cached_token(self) -> None:
        name = self.sign_in()
        token = self.read_keyring(name)["access_token"]
        self.assertEqual(self.client.call("GetAccessToken", name)[0], token)
        self.client.call("GetHeaders", name, "GET", "http://127.0.0.1/")
        self.assertEqual(self.find_mapped() & EXPENSIVE, set())
        self.assertEqual(self.find_loaded("token", name) & EXPENSIVE, set())
        self.assertEqual(self.find_loaded("list") & EXPENSIVE, set())

    def test_renewal(self) -> None:
        name = self.sign_in()
        self.client.call("Refresh", name)
        self.assertEqual(self.find_mapped() & EXPENSIVE, {HTTP, "liblanyard-net"})
        self.assertEqual(
            self.find_loaded("refresh", name) & EXPENSIVE, {HTTP, "liblanyard-net"}
        )

    def test_signature(self) -> None:
        name = self.make_name()
        self.lanyard(
            "add", "--name", name, "--type", "oauth1", "--set", "consumer_key=ck",
            "--secret", "consumer_secret", "--secret", "token", "--secret", "token_secret",
            text="cs\nplanted-token\nts\n",
        )
        self.client.call("GetHeaders", name, "GET", "https://api.example.org/1")
        self.assertEqual(self.find_mapped() & EXPENSIVE, {OPENSSL, "liblanyard-openssl"})


if __name__ == "__main__":
    main()
