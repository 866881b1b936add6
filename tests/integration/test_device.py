#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with a code that is entered elsewhere (RFC 8628), at a server that is not ours."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time

from harness import EXIT_DONE, EXIT_USAGE, PATIENCE, Person, ServerCase, main

EXIT_CANCELLED = 130
# What glewlwyd is told to ask for.
INTERVAL = 2


def read_code(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What `authorize --device` says up to its last line: the code, and the address with it."""
    assert process.stderr is not None
    # Below Python's buffers, which communicate() does not look into later.
    descriptor = process.stderr.fileno()
    said = b""
    deadline = time.monotonic() + PATIENCE
    while b"Ctrl+C" not in said:
        assert select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0], said
        piece = os.read(descriptor, 65536)
        assert piece, said
        said += piece
    lines = said.decode().splitlines()
    return lines[3], lines[5]


class DeviceTest(ServerCase):
    """glewlwyd, with a recorder before it."""

    server = "glewlwyd"
    token_path = "/api/oidc/token"

    def add(self, secret: str = "", **changes: str) -> str:
        """An authorization of the public client."""
        name = self.make_name()
        fields = {
            "device_authorization_endpoint": self.base + "/api/oidc/device_authorization",
            "token_endpoint": self.recorder.base + self.token_path,
            "client_id": "native",
            "scope": "files:read",
            **changes,
        }
        self.desktop.add(
            name, secret or None, **{field: value for field, value in fields.items() if value}
        )
        return name

    def sign_in(self, name: str, *options: str) -> None:
        """Sign in as a person does who has another device."""
        process = self.desktop.start("authorize", name, *options)
        code, address = read_code(process)
        self.assertIn(code, address)
        # The server is asked in vain first.
        time.sleep(INTERVAL + 1)
        Person().enter_code(address)
        result = self.desktop.finish(process)
        self.assertEqual(result.code, EXIT_DONE, result)
        self.assertEqual(result.out, "")
        self.assert_status(name, "authorized")

    def test_not_offered(self) -> None:
        name = self.add(
            device_authorization_endpoint="", authorization_endpoint=self.base + "/api/oidc/auth"
        )
        result = self.desktop.run("authorize", name, "--device")
        self.assertNotEqual(result.code, EXIT_DONE, result)
        self.assert_fails(result, result.code, name, "code")

    def test_two_ways_at_once(self) -> None:
        result = self.desktop.run("authorize", "any", "--device", "--paste")
        self.assert_fails(result, EXIT_USAGE, "--device")

    def test_other_ways_are_none(self) -> None:
        """Where there is no page that leads back, nobody is sent to one."""
        result = self.desktop.run("authorize", name := self.add(), "--paste")
        self.assertNotEqual(result.code, EXIT_DONE, result)
        self.assert_fails(result, result.code, name, "code")
        self.assertEqual(self.recorder.find(self.token_path), [])

    def test_given_up(self) -> None:
        name = self.add()
        process = self.desktop.start("authorize", name, "--device")
        read_code(process)
        process.send_signal(signal.SIGINT)
        before = time.monotonic()
        result = self.desktop.finish(process)
        self.assertLess(time.monotonic() - before, INTERVAL)
        self.assertEqual(result.code, EXIT_CANCELLED, result)
        self.assert_status(name, "new")
        asked = len(self.recorder.find(self.token_path))
        time.sleep(INTERVAL + 1)
        self.assertEqual(len(self.recorder.find(self.token_path)), asked)

    def test_signed_in(self) -> None:
        name = self.add()
        # There is no other way, so that it need not be said.
        self.sign_in(name)
        questions = self.recorder.find(self.token_path)
        self.assertGreaterEqual(len(questions), 2)
        for earlier, later in zip(questions, questions[1:]):
            self.assertGreaterEqual(later.at - earlier.at, INTERVAL)
        self.assertEqual(
            questions[0].form["grant_type"], "urn:ietf:params:oauth:grant-type:device_code"
        )
        self.assertEqual(len({question.form["device_code"] for question in questions}), 1)
        self.assertEqual(self.desktop.show(name)["granted_scopes"], ["files:read"])
        self.assertNotIn("device_code", self.desktop.read_keyring(name))
        # Tokens that came so are renewed as others are.
        self.desktop.do("refresh", name)
        self.assertEqual(self.recorder.find(self.token_path)[-1].form["grant_type"], "refresh_token")
        self.assertTrue(self.desktop.get_token(name))

    def test_client_with_secret(self) -> None:
        name = self.add(
            secret="basic-s3cret.glwd",
            client_id="web-basic",
            token_endpoint_auth_method="client_secret_basic",
            authorization_endpoint=self.base + "/api/oidc/auth",
        )
        self.sign_in(name, "--device")
        self.assertNotIn("client_secret", self.recorder.find(self.token_path)[0].form)

    def test_discovered(self) -> None:
        """The server's metadata says where codes are asked for."""
        name = self.add(
            issuer=self.base + "/api/oidc", device_authorization_endpoint="", token_endpoint=""
        )
        self.sign_in(name, "--device")


if __name__ == "__main__":
    main()
