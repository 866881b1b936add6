# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of SMTP, IMAP and POP3 as a mail program needs to sign in, and a note of how it did."""

from __future__ import annotations

import base64
import socketserver
import threading


class MailServer:
    """Listens on this computer; what a program signs in with is in `sign_ins`."""

    def __init__(self, protocol: str) -> None:
        self.sign_ins: list[str] = []
        self.received: list[str] = []
        server = self
        talk = {"smtp": self._talk_smtp, "imap": self._talk_imap, "pop3": self._talk_pop3}[protocol]

        class Handler(socketserver.StreamRequestHandler):
            """One connection."""

            def handle(self) -> None:
                talk(self)

            def say(self, line: str) -> None:
                """Send one line."""
                self.wfile.write(line.encode() + b"\r\n")

            def hear(self) -> str:
                """Read one line; "" at the end."""
                line = self.rfile.readline().decode()
                server.received.append(line.rstrip())
                return line.rstrip() if line else ""

        self._handler = Handler
        self._tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._tcp.daemon_threads = True
        self.port = self._tcp.server_address[1]
        threading.Thread(target=self._tcp.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._tcp.shutdown()
        self._tcp.server_close()

    def _note_plain(self, encoded: str) -> None:
        self.sign_ins.append(base64.b64decode(encoded).decode())

    def _talk_smtp(self, peer) -> None:  # type: ignore[no-untyped-def]
        peer.say("220 localhost")
        while line := peer.hear():
            verb = line.split()[0].upper()
            if verb == "EHLO":
                peer.say("250-localhost")
                peer.say("250 AUTH PLAIN XOAUTH2")
            elif verb == "AUTH":
                words = line.split()
                if len(words) < 3:
                    peer.say("334 ")
                    words.append(peer.hear())
                self._note_plain(words[2])
                peer.say("235 signed in")
            elif verb == "DATA":
                peer.say("354 go on")
                while peer.hear() != ".":
                    pass
                peer.say("250 sent")
            elif verb == "QUIT":
                peer.say("221 bye")
                return
            else:
                peer.say("250 well")

    def _talk_imap(self, peer) -> None:  # type: ignore[no-untyped-def]
        peer.say("* OK [CAPABILITY IMAP4rev1] ready")
        while line := peer.hear():
            tag, verb, *words = line.split(" ")
            if verb.upper() == "CAPABILITY":
                peer.say("* CAPABILITY IMAP4rev1")
            elif verb.upper() == "LOGIN":
                self.sign_ins.append(" ".join(words))
            elif verb.upper() == "LIST":
                peer.say('* LIST () "/" INBOX')
            peer.say(f"{tag} OK done")
            if verb.upper() == "LOGOUT":
                return

    def _talk_pop3(self, peer) -> None:  # type: ignore[no-untyped-def]
        peer.say("+OK ready")
        while line := peer.hear():
            verb, _, value = line.partition(" ")
            if verb.upper() == "CAPA":
                peer.say("-ERR unknown")
            elif verb.upper() in ("USER", "PASS"):
                self.sign_ins.append(value)
                peer.say("+OK")
            elif verb.upper() in ("LIST", "UIDL"):
                peer.say("+OK")
                peer.say(".")
            elif verb.upper() == "STAT":
                peer.say("+OK 0 0")
            else:
                peer.say("+OK")
            if verb.upper() == "QUIT":
                return
