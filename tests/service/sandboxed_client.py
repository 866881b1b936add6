#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program in a sandbox: carries out the calls that it reads as lines of JSON, and tells what came.

Each line is [PATH, INTERFACE, METHOD, SIGNATURE, ARGUMENTS]; the answer is ["reply", VALUES] or
["error", NAME, MESSAGE]. Signals come in between as ["signal", PATH, NAME, VALUES]. A line of "null"
opens a new connection. A path that begins with "socket:" is the private socket of the service. A path
of "person" lets the client play the person whom the service asks: METHOD is what it answers. One of
"relay" lets it pass on to the bus what comes in at the socket METHOD.
"""

import json
import os
import socket
import sys
import threading

import private_socket
from gi.repository import Gio, GLib

NAME = "io.github.lanyard.Lanyard.Service"
PERSON_NAME = "io.github.lanyard.Lanyard"
PERSON_PATH = "/io/github/lanyard/Lanyard/Person"
PERSON_XML = """<node><interface name='io.github.lanyard.Lanyard.Person1'>
<method name='AskAccess'><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='s' direction='out'/></method></interface></node>"""


class Client:
    """Reads, calls, tells."""

    def __init__(self, loop):
        self.loop = loop
        self.connection = None
        self.rest = b""
        self.connect()
        GLib.unix_fd_add_full(0, 0, GLib.IOCondition.IN | GLib.IOCondition.HUP, self.read)

    def connect(self):
        if self.connection is not None:
            self.connection.close_sync(None)
        flags = (
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        )
        self.connection = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"], flags, None, None
        )
        self.connection.set_exit_on_close(False)
        self.connection.signal_subscribe(NAME, None, None, None, None, 0, self.hear)

    def hear(self, _connection, _sender, path, _interface, name, values):
        self.tell("signal", path, name, values.unpack())

    def tell(self, *what):
        print(json.dumps(what, default=list), flush=True)

    def read(self, *_arguments):
        data = os.read(0, 65536)
        if not data:
            self.loop.quit()
            return False
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.carry_out(json.loads(line))
        return True

    def carry_out(self, command):
        if command is None:
            self.connect()
            self.tell("reply", [])
            return
        path, interface, method, signature, arguments = command
        if path == "relay":
            self.relay(method)
            return
        if path == "person":
            self.play_person(method)
            return
        if path.startswith("socket:"):
            self.tell(*private_socket.call(path[7:], method, signature, arguments))
            return
        parameters = GLib.Variant(signature, tuple(arguments)) if signature else None
        self.connection.call(
            NAME, path, interface, method, parameters, None, 0, 60000, None, self.finish
        )

    def relay(self, address):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(address)
        listener.listen()
        threading.Thread(target=relay_all, args=(listener,), daemon=True).start()
        self.tell("reply", [])

    def play_person(self, answer):
        info = Gio.DBusNodeInfo.new_for_xml(PERSON_XML).interfaces[0]
        reply = GLib.Variant("(s)", (answer,))
        self.connection.register_object(
            PERSON_PATH, info, lambda *call: call[6].return_value(reply), None, None
        )
        bus = "org.freedesktop.DBus"
        parameters = GLib.Variant("(su)", (PERSON_NAME, 4))
        answer = self.connection.call_sync(
            bus, "/org/freedesktop/DBus", bus, "RequestName", parameters, None, 0, -1, None
        )
        self.tell("reply", answer.unpack())

    def finish(self, connection, result):
        try:
            self.tell("reply", connection.call_finish(result).unpack())
        except GLib.Error as error:
            self.tell("error", Gio.DBusError.get_remote_error(error), error.message)


def pass_on(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def relay_all(listener):
    while True:
        near, _address = listener.accept()
        far = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        far.connect(os.environ["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path="))
        for pair in ((near, far), (far, near)):
            threading.Thread(target=pass_on, args=pair, daemon=True).start()


def main():
    loop = GLib.MainLoop()
    client = Client(loop)
    client.tell("ready")
    loop.run()


if __name__ == "__main__":
    main()
