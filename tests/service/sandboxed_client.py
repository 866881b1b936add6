#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program in a sandbox: carries out the calls that it reads as lines of JSON, and tells what came.

Each line is [PATH, INTERFACE, METHOD, SIGNATURE, ARGUMENTS]; the answer is ["reply", VALUES] or
["error", NAME, MESSAGE]. Signals come in between as ["signal", PATH, NAME, VALUES]. A line of "null"
opens a new connection. A path that begins with "socket:" is the private socket of the service.
"""

import json
import os
import sys

import private_socket
from gi.repository import Gio, GLib

NAME = "io.github.lanyard.Lanyard.Service"


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
        if path.startswith("socket:"):
            self.tell(*private_socket.call(path[7:], method, signature, arguments))
            return
        parameters = GLib.Variant(signature, tuple(arguments)) if signature else None
        self.connection.call(
            NAME, path, interface, method, parameters, None, 0, 60000, None, self.finish
        )

    def finish(self, connection, result):
        try:
            self.tell("reply", connection.call_finish(result).unpack())
        except GLib.Error as error:
            self.tell("error", Gio.DBusError.get_remote_error(error), error.message)


def main():
    loop = GLib.MainLoop()
    client = Client(loop)
    client.tell("ready")
    loop.run()


if __name__ == "__main__":
    main()
