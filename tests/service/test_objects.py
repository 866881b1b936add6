#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of the service, and the signals on every change, whoever makes it."""

from __future__ import annotations

import time
from typing import Any

from gi.repository import Gio, GLib
from service_session import (
    AUTHORIZATION,
    NAME,
    OBJECT_MANAGER,
    PROPERTIES,
    ROOT,
    Client,
    Failure,
    ServiceCase,
    main,
    run_for,
    run_until,
)

NOBODY = ROOT + "/00000000_0000_4000_8000_000000000000"


class Listener:
    """A program that follows what there is."""

    def __init__(self, client: Client) -> None:
        self.signals: list[tuple[str, str, Any]] = []
        client.connection.signal_subscribe(
            NAME, None, None, None, None, Gio.DBusSignalFlags.NONE, self._hear
        )

    def _hear(
        self, _connection: Any, _sender: str, path: str, _interface: str, name: str, values: Any
    ) -> None:
        self.signals.append((name, path, values.unpack()))

    def get_changes(self, path: str) -> dict[str, Any]:
        """What an object was said to have become."""
        changes: dict[str, Any] = {}
        for name, where, values in self.signals:
            if name == "PropertiesChanged" and where == path:
                assert values[0] == AUTHORIZATION, values
                changes.update(values[1])
        return changes

    def wait_for(self, path: str, **properties: Any) -> None:
        """Until the object has these properties."""
        run_until(
            lambda: properties.items() <= self.get_changes(path).items(), f"{properties} of {path}"
        )

    def wait_for_name(self, name: str, path: str) -> Any:
        """Until InterfacesAdded or InterfacesRemoved of an object; its values."""

        def find() -> list[Any]:
            return [v for n, _path, v in self.signals if n == name and v[0] == path]

        run_until(find, f"{name} of {path}")
        return find()[0][1]


class ObjectTest(ServiceCase):
    """What there is."""

    def test_unknown(self) -> None:
        for path in (NOBODY, ROOT + "/nonsense", ROOT + "/a/b"):
            with self.subTest(path), self.assertRaises(Failure) as caught:
                self.client.get_properties(path)
            self.assertTrue(caught.exception.name.startswith("org.freedesktop.DBus.Error.Unknown"))

    def test_read_only(self) -> None:
        path = self.get_path(self.add_key())
        with self.assertRaises(Failure):
            self.client.call_object(
                NAME, path, PROPERTIES, "Set",
                GLib.Variant("(ssv)", (AUTHORIZATION, "Name", GLib.Variant("s", "x"))),
            )
        with self.assertRaises(Failure):
            self.client.call_object(
                NAME, path, PROPERTIES, "Get", GLib.Variant("(ss)", (AUTHORIZATION, "Secret"))
            )

    def test_properties(self) -> None:
        name = self.sign_in()
        shown = self.show(name)
        path = self.get_path(name)
        properties = self.client.get_objects()[path]
        self.assertEqual(properties, self.client.get_properties(path))
        self.assertEqual(
            properties,
            {
                "Id": shown["id"],
                "Name": name,
                "Provider": "demo",
                "ProviderName": "Demo",
                "Type": "oauth2",
                "Status": "authorized",
                "Authorized": True,
                "Active": True,
                "Account": shown.get("account", ""),
                "Scopes": shown["granted_scopes"],
                "ExpiresAt": shown["expires_at"],
            },
        )
        (value,) = self.client.call_object(
            NAME, path, PROPERTIES, "Get", GLib.Variant("(ss)", (AUTHORIZATION, "Name"))
        )
        self.assertEqual(value, name)

    def test_expired(self) -> None:
        name = self.sign_in()
        self.change_row(name, renewable=0, expires_at=int(time.time()) - 1)
        properties = self.client.get_properties(self.get_path(name))
        self.assertEqual(properties["Status"], "expired")
        self.assertFalse(properties["Authorized"])


class SignalTest(ServiceCase):
    """What changes."""

    def setUp(self) -> None:
        super().setUp()
        self.listener = Listener(self.client)

    def test_added_and_removed(self) -> None:
        self.client.get_objects()
        name = self.add_key()
        path = self.get_path(name)
        interfaces = self.listener.wait_for_name("InterfacesAdded", path)
        self.assertEqual(interfaces[AUTHORIZATION]["Name"], name)
        self.lanyard("remove", name)
        self.assertEqual(self.listener.wait_for_name("InterfacesRemoved", path), [AUTHORIZATION])

    def test_changed_by_another_program(self) -> None:
        name = self.add_key()
        path = self.get_path(name)
        self.client.get_objects()
        self.lanyard("deactivate", name)
        self.listener.wait_for(path, Active=False, Authorized=False)
        self.lanyard("activate", name)
        self.listener.wait_for(path, Active=True, Authorized=True)
        self.lanyard("set", name, "--name", name + " (new)")
        self.listener.wait_for(path, Name=name + " (new)")

    def test_changed_by_the_service(self) -> None:
        name = self.sign_in(1000)
        path = self.get_path(name)
        before = self.client.get_objects()[path]["ExpiresAt"]
        expires_at = self.client.call("Refresh", name)
        self.assertNotEqual(before, expires_at)
        self.listener.wait_for(path, ExpiresAt=expires_at)

    def test_expiry(self) -> None:
        name = self.sign_in()
        path = self.get_path(name)
        self.client.get_objects()
        self.change_row(name, renewable=0, expires_at=int(time.time()) + 2)
        self.listener.wait_for(path, Status="expired", Authorized=False)

    def test_signed_in_elsewhere(self) -> None:
        name = self.make_name()
        self.lanyard("add", "--name", name, "--provider", "demo")
        path = self.get_path(name)
        self.client.get_objects()
        self.sign_in(name=name)
        self.listener.wait_for(path, Status="authorized", Authorized=True)

    def test_object_manager_client(self) -> None:
        # What GLib makes of it, which other programs use.
        name = self.add_key()
        manager = Gio.DBusObjectManagerClient.new_sync(
            self.client.connection, 0, NAME, ROOT, None, None, None
        )
        path = self.get_path(name)
        proxy = manager.get_interface(path, AUTHORIZATION)
        self.assertEqual(proxy.get_cached_property("Name").get_string(), name)
        self.lanyard("deactivate", name)
        run_until(lambda: not proxy.get_cached_property("Active").get_boolean(), "the change")
        self.lanyard("remove", name)
        run_until(lambda: manager.get_object(path) is None, "the removal")

    def test_nothing_is_broadcast(self) -> None:
        # Who has not asked what there is hears nothing, whatever it subscribed to.
        other = Client(self.session)
        self.addCleanup(other.close)
        silent = Listener(other)
        self.client.get_objects()
        path = self.get_path(self.add_key())
        self.listener.wait_for_name("InterfacesAdded", path)
        run_for(0.3)
        self.assertEqual(silent.signals, [])

    def test_nothing_is_told_twice(self) -> None:
        name = self.add_key()
        path = self.get_path(name)
        self.client.get_objects()
        self.client.get_objects()
        self.lanyard("deactivate", name)
        self.listener.wait_for(path, Active=False)
        run_for(0.3)
        self.assertEqual([name for name, _path, _values in self.listener.signals],
                         ["PropertiesChanged"])


if __name__ == "__main__":
    main()
