#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A renewal that the keyring does not take, in a command that ends with it."""

from __future__ import annotations

import subprocess
import time

from service_session import PATIENCE, ServiceCase, main, run_until

HOLD = {"match": "^POST /token", "kind": "hold", "times": 1}


class UnsavedTest(ServiceCase):
    """The keyring goes while the provider thinks."""

    def renew_without_keyring(self) -> tuple[str, subprocess.Popen[str]]:
        """A command that has got a new token, and nowhere to put it."""
        name = self.sign_in(1)
        time.sleep(1.1)
        self.provider.script(HOLD)
        process = self.start_lanyard("token", name)
        run_until(self.count_tokens, "the token request")
        self.session.stop_keyring()
        self.provider.send("POST", "/_release")
        return name, process

    def test_lost(self) -> None:
        name, process = self.renew_without_keyring()
        out, err = process.communicate(timeout=PATIENCE)
        self.session.restart_keyring()
        self.assertEqual(process.returncode, 4, err)
        self.assertEqual(out, "")
        self.assertIn(f"{name}: the provider renewed the token", err)
        self.assertIn("sign in again", err)

    def test_rescued(self) -> None:
        name, process = self.renew_without_keyring()
        time.sleep(1)
        self.session.restart_keyring()
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 4, err)
        self.assertEqual(out, "")
        self.assertIn(f"{name}: the renewed token is in the keyring now", err)
        # Nothing is lost: the token is handed out without asking the provider.
        self.assertEqual(self.count_tokens(), 1)
        self.assertEqual(self.lanyard("token", name).strip(),
                         self.read_keyring(name)["access_token"])
        self.assertEqual(self.count_tokens(), 1)


if __name__ == "__main__":
    main()
