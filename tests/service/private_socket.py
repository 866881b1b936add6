# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls over the private socket of the service, as data/*.xml describes it."""

from __future__ import annotations

import socket
from typing import Any, Optional

from gi.repository import Gio, GLib

ROOT = "/io/github/lanyard/Lanyard/Service"
SERVICE = "io.github.lanyard.Lanyard.Service1"
PATIENCE = 60


def make_call(
    method: str,
    parameters: Optional[GLib.Variant],
    path: str = ROOT,
    interface: str = SERVICE,
    kind: Gio.DBusMessageType = Gio.DBusMessageType.METHOD_CALL,
) -> bytes:
    """The bytes of a call."""
    message = Gio.DBusMessage.new_method_call(None, path, interface, method)
    if kind != Gio.DBusMessageType.METHOD_CALL:
        message = Gio.DBusMessage.new_signal(path, interface, method)
    message.set_serial(7)
    if parameters is not None:
        message.set_body(parameters)
    return bytes(message.to_blob(Gio.DBusCapabilityFlags.NONE))


def connect(address: str) -> socket.socket:
    """A connection to the service."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def receive(connection: socket.socket) -> bytes:
    """All that comes until the service hangs up."""
    answer = b""
    try:
        while part := connection.recv(65536):
            answer += part
    except ConnectionResetError:
        pass
    return answer


def read_answer(answer: bytes) -> list[Any]:
    """As the sandboxed client tells it: "reply" and values, "error", its name and its words."""
    message = Gio.DBusMessage.new_from_blob(answer, Gio.DBusCapabilityFlags.NONE)
    assert message.get_reply_serial() == 7, "an answer to something else"
    values = message.get_body().unpack() if message.get_body() is not None else ()
    if message.get_message_type() == Gio.DBusMessageType.ERROR:
        return ["error", message.get_error_name(), values[0]]
    return ["reply", values]


def call(address: str, method: str, signature: str, arguments: list[Any]) -> list[Any]:
    """One call; what came of it."""
    with connect(address) as connection:
        connection.sendall(make_call(method, GLib.Variant(signature, tuple(arguments))))
        return read_answer(receive(connection))
