#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The private socket: the same answers as over the bus, the same gate, and no way around it."""

from __future__ import annotations

import array
import os
import random
import signal
import socket
import stat
import struct
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from gi.repository import Gio, GLib
from service_session import BUILD, ERROR, Failure, ServiceCase, main, run_until
from test_gate import APP, GateCase

from private_socket import PATIENCE, call, connect, make_call, read_answer, receive

LANYARD = BUILD / "src" / "cli" / "lanyard"


class SocketCase(ServiceCase):
    """With the address of the socket."""

    def find_sockets(self) -> list[Path]:
        """The sockets that there are."""
        folder = Path(self.session.environment["XDG_RUNTIME_DIR"]) / "lanyard"
        return [path for path in folder.glob("*") if stat.S_ISSOCK(path.lstat().st_mode)]

    def start_service(self) -> str:
        """Have the bus start the service; the address of its socket."""
        self.client.call_object(
            "io.github.lanyard.Lanyard.Service",
            "/",
            "org.freedesktop.DBus.Peer",
            "Ping",
        )
        run_until(self.find_sockets, "the socket")
        (path,) = self.find_sockets()
        return str(path)

    def get_token(self, address: str, name: str) -> Any:
        """GetAccessToken."""
        return call(address, "GetAccessToken", "(sa{sv})", [name, {}])

    def run_front(self, name: str) -> str:
        """`lanyard token`."""
        done = subprocess.run(
            [LANYARD, "token", name],
            env=self.session.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


class AnswerTest(SocketCase):
    """What is asked as it should be."""

    def test_same_as_over_the_bus(self) -> None:
        address = self.start_service()
        name = self.add_key("key-of-the-socket")
        self.assertEqual(self.get_token(address, name), ["reply", ("key-of-the-socket", "", 0)])
        headers = call(address, "GetHeaders", "(sssa{sv})", [name, "", "", {}])
        self.assertEqual(headers, ["reply", (self.client.call("GetHeaders", name, "", ""),)])
        for arguments in (["nobody", {}], [name, {"min-valid": GLib.Variant("s", "1")}]):
            told = call(address, "GetAccessToken", "(sa{sv})", arguments)
            with self.assertRaises(Failure) as caught:
                self.client.call_object(
                    "io.github.lanyard.Lanyard.Service",
                    "/io/github/lanyard/Lanyard/Service",
                    "io.github.lanyard.Lanyard.Service1",
                    "GetAccessToken",
                    GLib.Variant("(sa{sv})", tuple(arguments)),
                )
            self.assertEqual(told, ["error", caught.exception.name, caught.exception.message])
        options = {"data-home": GLib.Variant("s", "/nowhere")}
        told = call(address, "GetAccessToken", "(sa{sv})", [name, options])
        self.assertEqual(told[:2], ["error", ERROR + "OtherData"])

    def test_changes_count_at_once(self) -> None:
        address = self.start_service()
        name = self.add_key("key-to-switch-off")
        self.assertEqual(self.get_token(address, name)[0], "reply")
        self.lanyard("deactivate", name)
        self.assertEqual(self.get_token(address, name)[:2], ["error", ERROR + "Inactive"])

    def test_byte_by_byte(self) -> None:
        address = self.start_service()
        parameters = GLib.Variant("(sa{sv})", (self.add_key("slow-key"), {}))
        with connect(address) as connection:
            for byte in make_call("GetAccessToken", parameters):
                connection.sendall(bytes([byte]))
            self.assertEqual(read_answer(receive(connection))[1][0], "slow-key")

    def test_one_request_for_all(self) -> None:
        address = self.start_service()
        name = self.sign_in(1)
        answers: list[Any] = []
        threads = [
            threading.Thread(target=lambda: answers.append(self.get_token(address, name)))
            for _number in range(100)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.count_tokens(), 1)
        token = self.read_keyring(name)["access_token"]
        self.assertEqual({answer[1][0] for answer in answers}, {token})

    def test_only_the_person(self) -> None:
        path = Path(self.start_service())
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode), 0o700)


class GarbageTest(SocketCase):
    """What is not asked as it should be: no answer, and no harm."""

    def setUp(self) -> None:
        super().setUp()
        self.address = self.start_service()
        self.pid = self.client.get_service_pid()

    def tearDown(self) -> None:
        name = self.add_key("still-there")
        self.assertEqual(self.get_token(self.address, name)[1][0], "still-there")
        self.assertEqual(self.client.get_service_pid(), self.pid)
        super().tearDown()

    def assert_hung_up(self, text: bytes, what: str = "") -> None:
        """The service says nothing."""
        with self.subTest(what or text[:32]), connect(self.address) as connection:
            try:
                connection.sendall(text)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            self.assertEqual(receive(connection), b"")

    def test_no_messages(self) -> None:
        generator = random.Random(4711)
        self.assert_hung_up(b"", "nothing")
        self.assert_hung_up(b"l\1\0\1", "a beginning")
        self.assert_hung_up(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assert_hung_up(b"\0AUTH EXTERNAL 30\r\nBEGIN\r\n")
        for length in (1, 15, 16, 17, 100, 5000, 200000):
            self.assert_hung_up(generator.randbytes(length), f"{length} bytes")

    def test_too_large(self) -> None:
        for body in (64 * 1024, 2**27, 2**31, 2**32 - 1):
            head = b"l\1\0\1" + struct.pack("<III", body, 7, 0)
            self.assert_hung_up(head, f"a body of {body}")
            self.assert_hung_up(head + bytes(100000), f"a body of {body}, in part")
        long_name = GLib.Variant("(sa{sv})", ("n" * 100000, {}))
        self.assert_hung_up(make_call("GetAccessToken", long_name), "a long name")

    def test_other_calls(self) -> None:
        token = GLib.Variant("(sa{sv})", ("name", {}))
        signal_kind = Gio.DBusMessageType.SIGNAL
        for what, text in {
            "another path": make_call("GetAccessToken", token, path="/"),
            "another interface": make_call("GetAccessToken", token, interface="org.example.A"),
            "another method": make_call("GetManagedObjects", token),
            "other types": make_call("GetAccessToken", GLib.Variant("(s)", ("name",))),
            "no types": make_call("GetAccessToken", None),
            "a signal": make_call("GetAccessToken", token, kind=signal_kind),
            "two calls": 2 * make_call("GetAccessToken", token),
        }.items():
            self.assert_hung_up(text, what)

    def test_changed_bytes(self) -> None:
        """Any one byte may be wrong: there is an answer or none, and the service lives."""
        text = make_call("GetAccessToken", GLib.Variant("(sa{sv})", ("no such entry", {})))
        generator = random.Random(4712)
        for position in range(len(text)):
            changed = bytearray(text)
            changed[position] ^= 1 << generator.randrange(8)
            with connect(self.address) as connection:
                connection.sendall(changed)
                connection.shutdown(socket.SHUT_WR)
                receive(connection)

    def test_silence(self) -> None:
        """Whoever says nothing is not waited for."""
        begin = time.monotonic()
        with connect(self.address) as connection:
            connection.sendall(b"l")
            self.assertEqual(receive(connection), b"")
        self.assertLess(time.monotonic() - begin, 30)

    def test_many(self) -> None:
        """However many there are, somebody else gets an answer, if only over the bus."""
        name = self.add_key("among-many")
        silent = []
        for _number in range(300):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.setblocking(False)
            if connection.connect_ex(self.address) == 0:
                silent.append(connection)
            else:
                connection.close()
        self.assertGreater(len(silent), 100)
        self.assertEqual(self.run_front(name), "among-many")
        for connection in silent:
            connection.close()
        run_until(lambda: self.is_let_in(name), "room", 20)

    def is_let_in(self, name: str) -> bool:
        """Whether there is room again."""
        with connect(self.address) as connection:
            try:
                connection.sendall(
                    make_call("GetAccessToken", GLib.Variant("(sa{sv})", (name, {})))
                )
            except OSError:
                return False
            return receive(connection) != b""

    def test_leaving(self) -> None:
        """A caller that hangs up is not waited for; what it began is finished."""
        name = self.sign_in(1)
        self.provider.script({"match": "^POST /token", "kind": "hold", "times": 1})
        before = self.read_keyring(name)["refresh_token"]
        with connect(self.address) as connection:
            connection.sendall(make_call("GetAccessToken", GLib.Variant("(sa{sv})", (name, {}))))
            run_until(self.count_tokens, "the token request")
        self.provider.send("POST", "/_release")
        run_until(lambda: self.read_keyring(name)["refresh_token"] != before, "the new token", 20)


class ForgedTest(SocketCase):
    """A connection says who made it, whoever has it now."""

    def test_maker_is_gone(self) -> None:
        address = self.start_service()
        name = self.add_key()
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            connection = connect(address)
            theirs.sendmsg(
                [b"x"],
                [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [connection.fileno()]))],
            )
            os._exit(0)
        os.waitpid(child, 0)
        _data, fds, _flags, _from = socket.recv_fds(ours, 1, 1)
        with socket.socket(fileno=fds[0]) as connection:
            connection.settimeout(PATIENCE)
            connection.sendall(make_call("GetAccessToken", GLib.Variant("(sa{sv})", (name, {}))))
            self.assertEqual(read_answer(receive(connection))[:2], ["error", ERROR + "UnknownCaller"])
        ours.close()
        theirs.close()


class SandboxTest(GateCase, SocketCase):
    """A sandboxed app that was given the socket meets the same gate."""

    def get_by_socket(self, app: Any) -> str:
        """GetAccessToken, over the socket."""
        address = self.start_service()
        app.send("socket:" + address, "", "GetAccessToken", "(sa{sv})", self.name, {})
        return str(app.receive()[0])

    def test_denied(self) -> None:
        self.person.answer = "no"
        app = self.start_app()
        for _call in range(2):
            with self.fails("Denied"):
                self.get_by_socket(app)
        self.assertEqual(self.person.calls, [("AskAccess", APP, self.uuid)])

    def test_allowed(self) -> None:
        self.person.answer = "always"
        app = self.start_app()
        self.assertEqual(self.get_by_socket(app), "planted-gate-key")
        self.assertEqual(self.get_verdicts(), [(APP, "always")])
        # As over the bus, in both directions.
        self.assertEqual(app.get_token(self.name), "planted-gate-key")
        self.assertEqual(self.person.count("AskAccess"), 1)

    def test_forged(self) -> None:
        """Nobody believes what a program says of itself."""
        self.person.answer = "always"
        for what, options in {
            "unknown to Flatpak": {"is_known": False},
            "another app's": {"known_id": "org.example.Mail"},
            "no Flatpak": {"info": ""},
        }.items():
            with self.subTest(what), self.fails("UnknownCaller"):
                self.get_by_socket(self.start_app(**options))
        self.assertEqual(self.person.calls, [])


class LifeTest(SocketCase):
    """The socket comes and goes with the service."""

    idle_timeout = 1

    def test_idle(self) -> None:
        address = self.start_service()
        with connect(address) as silent:
            silent.sendall(b"l")
            run_until(lambda: not os.path.exists(address), "the end of the service", 20)
            self.assertEqual(receive(silent), b"")
        # The next one starts it again, by way of the bus.
        self.assertEqual(self.run_front(self.add_key("key-of-idle")), "key-of-idle")

    def test_never_without_an_answer(self) -> None:
        name = self.add_key("key-at-the-end")
        for _round in range(4):
            self.assertEqual(self.run_front(name), "key-at-the-end")
            time.sleep(0.99)


class KilledTest(SocketCase):
    """What a service leaves behind that could not clean up."""

    def test_killed(self) -> None:
        address = self.start_service()
        name = self.add_key("key-after-kill")
        os.kill(self.client.get_service_pid(), signal.SIGKILL)
        run_until(lambda: self.client.get_service_pid() == 0, "the end of the service")
        self.assertTrue(os.path.exists(address))
        self.assertFalse(self.can_connect(address))
        self.assertEqual(self.run_front(name), "key-after-kill")
        run_until(lambda: self.can_connect(address), "the socket of the next service")
        self.assertEqual(self.start_service(), address)

    @staticmethod
    def can_connect(address: str) -> bool:
        """Whether somebody listens."""
        try:
            connect(address).close()
        except OSError:
            return False
        return True


if __name__ == "__main__":
    main()
