# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In place of the portal that tells programs whether the computer is online."""

from __future__ import annotations

from typing import Any

from gi.repository import Gio, GLib
from service_session import BusThread, Client, ServiceSession

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
MONITOR = "org.freedesktop.portal.NetworkMonitor"
XML = f"""<node><interface name='{MONITOR}'>
<method name='GetStatus'><arg type='a{{sv}}' direction='out'/></method>
<method name='GetAvailable'><arg type='b' direction='out'/></method>
<signal name='changed'/>
<property name='version' type='u' access='read'/>
</interface></node>"""
# With these, GIO asks the portal (by the last one since 2.76); they must be set before the bus starts.
ENVIRONMENT = {
    "GIO_USE_NETWORK_MONITOR": "portal",
    "GTK_USE_PORTAL": "1",
    "GIO_USE_PORTALS": "1",
}


class FakeNetwork(BusThread):
    """A network that comes and goes as a test wants."""

    def __init__(self, session: ServiceSession, is_online: bool) -> None:
        super().__init__(session)
        self.is_online = is_online

    def set_online(self, is_online: bool) -> None:
        """Plug the cable in, or pull it out."""
        self.is_online = is_online
        signal = (None, PORTAL_PATH, MONITOR, "changed", None)
        self.do(self.client.connection.emit_signal, *signal)

    def join(self, client: Client) -> None:
        info = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        client.connection.register_object(PORTAL_PATH, info, self._call, self._get, None)
        client.own_name(PORTAL)

    def _call(self, *arguments: Any) -> None:
        method, _parameters, invocation = arguments[4:7]
        if method == "GetAvailable":
            invocation.return_value(GLib.Variant("(b)", (self.is_online,)))
            return
        status = {
            "available": GLib.Variant("b", self.is_online),
            "metered": GLib.Variant("b", False),
            "connectivity": GLib.Variant("u", 4 if self.is_online else 1),
        }
        invocation.return_value(GLib.Variant("(a{sv})", (status,)))

    @staticmethod
    def _get(*_arguments: Any) -> GLib.Variant:
        return GLib.Variant("u", 3)
