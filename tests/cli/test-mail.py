#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail programs that ask `lanyard token` for their password, configured as the README says.

Usage: test-mail.py PROGRAM [NAMES OF TESTS]
"""

from __future__ import annotations

import subprocess
import sys
import unittest
from pathlib import Path
from shutil import which

from cli_session import PATIENCE, Lanyard, PrivateSession, skip_where_impossible
from mail_server import MailServer

PASSWORD = "planted-mail-password-4711"


class MailTest(unittest.TestCase):
    """Each program signs in at a server on this computer."""

    def setUp(self) -> None:
        self.session = PrivateSession()
        self.addCleanup(self.session.end)
        self.root = Path(self.session.root)
        lanyard = Lanyard(PROGRAM, self.session.environment)
        arguments = ("--type", "basic", "--set", "username=me@example.org")
        add = ("add", "--name", "Mail", *arguments, "--secret", "password")
        self.assertEqual(lanyard.run(*add, stdin=PASSWORD + "\n").code, 0)

    def serve(self, protocol: str) -> MailServer:
        """Start a server."""
        server = MailServer(protocol)
        self.addCleanup(server.stop)
        return server

    def write(self, name: str, text: str) -> str:
        """A program's configuration."""
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return str(path)

    def call(self, *command: str, stdin: str = "") -> str:
        """Run a mail program; what it prints."""
        if which(command[0]) is None:
            self.skipTest(f"{command[0]} is not installed")
        environment = {
            **self.session.environment,
            "PATH": f"{Path(PROGRAM).parent}:{self.session.environment['PATH']}",
        }
        done = subprocess.run(
            command,
            env=environment,
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_msmtp(self) -> None:
        """msmtp sends, with a password and with XOAUTH2."""
        server = self.serve("smtp")
        text = f"""account default
host 127.0.0.1
port {server.port}
tls off
auth METHOD
user me@example.org
from me@example.org
passwordeval "lanyard token Mail"
"""
        for method in ("plain", "xoauth2"):
            file = self.write("msmtprc", text.replace("METHOD", method))
            self.call("msmtp", "--file", file, "you@example.org", stdin="Subject: Hello\n\nHello\n")
        self.assertEqual(server.sign_ins[0], f"\0me@example.org\0{PASSWORD}")
        self.assertEqual(
            server.sign_ins[1], f"user=me@example.org\1auth=Bearer {PASSWORD}\1\1"
        )

    def test_mbsync(self) -> None:
        """isync lists the folders."""
        server = self.serve("imap")
        file = self.write(
            "mbsyncrc",
            f"""IMAPStore there
Host 127.0.0.1
Port {server.port}
User me@example.org
PassCmd "lanyard token Mail"
SSLType None
AuthMechs LOGIN

MaildirStore here
Path {self.root}/mail/
Inbox {self.root}/mail/INBOX
SubFolders Verbatim

Channel mail
Far :there:
Near :here:
Patterns *
""",
        )
        (self.root / "mail").mkdir()
        self.call("mbsync", "--config", file, "--list", "mail")
        self.assertEqual(server.sign_ins, [f'"me@example.org" "{PASSWORD}"'])

    def test_getmail(self) -> None:
        """getmail fetches."""
        server = self.serve("pop3")
        folder = self.root / "mailbox"
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)
        file = self.write(
            "getmailrc",
            f"""[retriever]
type = SimplePOP3Retriever
server = 127.0.0.1
port = {server.port}
username = me@example.org
password_command = ("lanyard", "token", "Mail")

[destination]
type = Maildir
path = {folder}/
""",
        )
        self.call("getmail", "--getmaildir", str(self.root), "--rcfile", file)
        self.assertEqual(server.sign_ins, ["me@example.org", PASSWORD])

    def test_mutt(self) -> None:
        """mutt reads its password from the command."""
        file = self.write("muttrc", "set imap_pass = `lanyard token Mail`\n")
        self.assertIn(PASSWORD, self.call("mutt", "-n", "-F", file, "-Q", "imap_pass"))


if __name__ == "__main__":
    skip_where_impossible()
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
