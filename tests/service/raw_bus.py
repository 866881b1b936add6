# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bus without a library: a connection that can be handed on to another process."""

from __future__ import annotations

import os
import socket
from typing import Any

from gi.repository import Gio, GLib

PATIENCE = 60
HEADER = 16


def authenticate(address: str) -> socket.socket:
    """A connection whose maker the bus knows; without GLib, so that a fork can do it."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    connection.connect(address.removeprefix("unix:path="))
    user = str(os.geteuid()).encode().hex().encode()
    connection.sendall(b"\0AUTH EXTERNAL " + user + b"\r\n")
    answer = b""
    while not answer.endswith(b"\r\n"):
        answer += connection.recv(1)
    assert answer.startswith(b"OK "), answer
    connection.sendall(b"BEGIN\r\n")
    return connection


def say_hello(connection: socket.socket) -> None:
    """What comes first on each bus."""
    bus = "org.freedesktop.DBus"
    call(connection, bus, "/org/freedesktop/DBus", bus, "Hello", None)


def read_exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes."""
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        assert part, "the bus has hung up"
        data += part
    return data


def read_message(connection: socket.socket) -> Gio.DBusMessage:
    """The next message."""
    head = read_exactly(connection, HEADER)
    rest = read_exactly(connection, Gio.DBusMessage.bytes_needed(head) - HEADER)
    return Gio.DBusMessage.new_from_blob(head + rest, Gio.DBusCapabilityFlags.NONE)


def call(
    connection: socket.socket,
    name: str,
    path: str,
    interface: str,
    method: str,
    parameters: GLib.Variant | None,
) -> Any:
    """The values that a method answers, or the name of its error."""
    message = Gio.DBusMessage.new_method_call(name, path, interface, method)
    message.set_serial(7)
    if parameters is not None:
        message.set_body(parameters)
    connection.sendall(bytes(message.to_blob(Gio.DBusCapabilityFlags.NONE)))
    while True:
        answer = read_message(connection)
        if answer.get_message_type() == Gio.DBusMessageType.ERROR:
            return answer.get_error_name()
        if answer.get_message_type() == Gio.DBusMessageType.METHOD_RETURN:
            return answer.get_body().unpack()
