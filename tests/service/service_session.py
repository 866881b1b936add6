# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session in which the bus starts the service, with a keyring, the demo provider and clients.

The clients know the service by data/*.xml alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Callable, ClassVar, Iterator, Optional

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

HERE = Path(__file__).resolve().parent
SUPPORT = HERE.parent / "support"
DATA = HERE.parent.parent / "data"
for folder in (SUPPORT, SUPPORT / "demo-provider", HERE.parent / "integration"):
    sys.path.insert(0, str(folder))

import session as sessions  # noqa: E402
import tap  # noqa: E402
from test_client import Person as DemoPerson  # noqa: E402
from test_client import Provider  # noqa: E402

APP_ID = "io.github.lanyard.Lanyard"
NAME = APP_ID + ".Service"
ROOT = "/io/github/lanyard/Lanyard/Service"
SERVICE = APP_ID + ".Service1"
AUTHORIZATION = APP_ID + ".Authorization1"
PERSON = APP_ID + ".Person1"
PERSON_PATH = "/io/github/lanyard/Lanyard/Person"
ERROR = APP_ID + ".Error."
OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCHEMA = "io.github.lanyard.Authorization"

PASSWORD = "keyring password"
# Sanitizers make everything slow, a busy machine even more.
PATIENCE = int(os.environ.get("PATIENCE", "60"))
NEEDED = ("dbus-daemon", "gnome-keyring-daemon", "gdbus", "secret-tool")
# How the demo provider's tokens begin.
TOKEN_MARKS = ("demo-at-", "demo-rt-")

BUILD = Path(os.environ.get("LANYARD_BUILD", "build")).resolve()


def skip_where_impossible() -> None:
    """Say what is missing, where something is."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        print("1..0 # SKIP not installed: " + " ".join(missing))
        sys.exit(0)


class Failure(Exception):
    """An error that a method answered."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


class ServiceSession(sessions.Session):
    """A session whose bus knows the service of the build folder, and nothing else."""

    def __init__(self, idle_timeout: Optional[int] = None) -> None:
        super().__init__(standard_services=False)
        self.start_keyring(PASSWORD)
        self.keyring = self.processes[-1]
        if idle_timeout is not None:
            self.write_setting("service-idle-timeout", f"uint32 {idle_timeout}")

    def start_bus(self, standard_services: bool) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE", "LC_ALL"):
            self.environment.pop(name, None)
        self.environment.update(
            LANG="C.UTF-8",
            GSETTINGS_BACKEND="keyfile",
            GSETTINGS_SCHEMA_DIR=str(BUILD / "data"),
            G_MESSAGES_DEBUG="all",
            # Libraries keep what they like until the end; the unit tests look for leaks.
            ASAN_OPTIONS="detect_leaks=0:abort_on_error=1",
        )
        services = f"<servicedir>{BUILD}/data/dbus-1/services</servicedir>"
        # As the session bus of a desktop has them.
        services += '<limit name="max_replies_per_connection">50000</limit>'
        services += '<limit name="max_connections_per_user">100000</limit>'
        self.run_bus(
            sessions.BUS_CONFIG.format(
                runtime=self.environment["XDG_RUNTIME_DIR"], services=services
            )
        )

    def run_bus(self, text: str) -> None:
        """Start a bus with that configuration."""
        self.bus_config = text
        config = os.path.join(self.root, "bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(text)
        self.log_path = os.path.join(self.root, "service.log")
        with open(self.log_path, "ab") as log:
            self.bus = self.start(
                ["dbus-daemon", "--config-file=" + config, "--nofork", "--print-address"],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        # Another bus at the same address has another GUID.
        address = self.bus.stdout.readline().strip().partition(",guid=")[0]
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def stop_bus(self) -> None:
        """End the bus, as if it crashed, and the keyring, which does not live without it."""
        self.bus.kill()
        self.bus.wait()
        self.stop_keyring()

    def restart_bus(self) -> None:
        """Start another bus at the same address, and another keyring."""
        runtime = self.environment["XDG_RUNTIME_DIR"]
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self.run_bus(self.bus_config.replace(f"unix:dir={runtime}", address))
        assert self.environment["DBUS_SESSION_BUS_ADDRESS"] == address
        self.restart_keyring()

    def pass_on(self, **variables: str) -> None:
        """Give these to the service, too, which is started by the bus."""
        client = Client(self)
        client.call_object(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "UpdateActivationEnvironment",
            GLib.Variant("(a{ss})", (variables,)),
        )
        client.close()

    def write_setting(self, key: str, value: str) -> None:
        """Set one of Lanyard's settings."""
        folder = Path(self.environment["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings"
        folder.mkdir(parents=True, exist_ok=True)
        text = f"[io/github/lanyard/Lanyard]\n{key}={value}\n"
        (folder / "keyfile").write_text(text, encoding="utf-8")

    def stop_keyring(self) -> None:
        """End the keyring; a locked one ignores every politer signal."""
        self.keyring.kill()
        self.keyring.wait()

    def restart_keyring(self) -> None:
        """Start it again."""
        self.start_keyring(PASSWORD)
        self.keyring = self.processes[-1]

    def lock_keyring(self) -> None:
        """Lock it, as a person does when she leaves."""
        client = Client(self)
        client.call_object(
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service",
            "Lock",
            GLib.Variant("(ao)", (["/org/freedesktop/secrets/collection/login"],)),
        )
        client.close()

    def write_provider(self, provider: Provider) -> None:
        """Add the demo provider to the person's own ones."""
        folder = Path(self.environment["XDG_CONFIG_HOME"]) / "lanyard" / "providers"
        folder.mkdir(parents=True, exist_ok=True)
        text = (SUPPORT / "demo-provider" / "demo.json").read_text(encoding="utf-8")
        port = provider.base.rsplit(":", 1)[1]
        (folder / "demo.json").write_text(text.replace("@PORT@", port), encoding="utf-8")


class Client:
    """A program that calls the service over a connection of its own."""

    def __init__(self, session: sessions.Session) -> None:
        flags = (
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        )
        self.connection = Gio.DBusConnection.new_for_address_sync(
            session.environment["DBUS_SESSION_BUS_ADDRESS"], flags, None, None
        )
        self.connection.set_exit_on_close(False)

    def close(self) -> None:
        """Leave the bus."""
        if not self.connection.is_closed():
            self.connection.close_sync(None)

    def call_object(
        self,
        name: str,
        path: str,
        interface: str,
        method: str,
        parameters: Optional[GLib.Variant] = None,
        timeout: float = PATIENCE,
    ) -> Any:
        """Call any method; the values that it answers."""
        try:
            reply = self.connection.call_sync(
                name, path, interface, method, parameters, None, 0, int(timeout * 1000), None
            )
        except GLib.Error as error:
            raise to_failure(error) from None
        return reply.unpack()

    def call(self, method: str, *arguments: Any, path: str = ROOT, **options: Any) -> Any:
        """Call a method of Service1; one value is answered as itself."""
        parameters = make_parameters(method, arguments, options)
        values = self.call_object(NAME, path, SERVICE, method, parameters)
        return values[0] if len(values) == 1 else values

    def start(
        self, method: str, *arguments: Any, done: Callable[[Any], None], **options: Any
    ) -> Gio.Cancellable:
        """Call a method without waiting; done gets the values, or a Failure."""
        cancellable = Gio.Cancellable()

        def finished(connection: Gio.DBusConnection, result: Gio.AsyncResult) -> None:
            try:
                done(connection.call_finish(result).unpack())
            except GLib.Error as error:
                done(to_failure(error))

        self.connection.call(
            NAME,
            ROOT,
            SERVICE,
            method,
            make_parameters(method, arguments, options),
            None,
            0,
            PATIENCE * 1000,
            cancellable,
            finished,
        )
        return cancellable

    def get_objects(self) -> dict[str, dict[str, Any]]:
        """What there is: the properties of each object, by its path."""
        (objects,) = self.call_object(NAME, ROOT, OBJECT_MANAGER, "GetManagedObjects")
        return {path: interfaces[AUTHORIZATION] for path, interfaces in objects.items()}

    def get_properties(self, path: str, interface: str = AUTHORIZATION) -> dict[str, Any]:
        """All properties of an object."""
        parameters = GLib.Variant("(s)", (interface,))
        (properties,) = self.call_object(NAME, path, PROPERTIES, "GetAll", parameters)
        return dict(properties)

    def own_name(self, name: str) -> None:
        """Get a name on the bus, at once or not at all."""
        bus = "org.freedesktop.DBus"
        parameters = GLib.Variant("(su)", (name, 4))
        (answer,) = self.call_object(bus, "/org/freedesktop/DBus", bus, "RequestName", parameters)
        assert answer == 1, f"{name} is taken"

    def get_service_pid(self) -> int:
        """The process of the service, 0 when it does not run."""
        try:
            (pid,) = self.call_object(
                "org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus",
                "GetConnectionUnixProcessID",
                GLib.Variant("(s)", (NAME,)),
            )
        except Failure:
            return 0
        return int(pid)


class BusThread:
    """Somebody else on the bus; in a thread, so that a test can wait for a method meanwhile."""

    def __init__(self, session: ServiceSession) -> None:
        self.session = session
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Any:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_arguments: object) -> None:
        self.do(self._loop.quit)
        self._thread.join()

    def join(self, client: Client) -> None:
        """Do in the thread what makes it what it is."""
        raise NotImplementedError

    def do(self, action: Any, *arguments: Any) -> None:
        """Do something in the thread, and wait until it is done."""
        done = threading.Event()

        def run() -> bool:
            action(*arguments)
            done.set()
            return False

        source = GLib.idle_source_new()
        source.set_callback(lambda _data: run())
        source.attach(self._context)
        assert done.wait(PATIENCE)

    def _run(self) -> None:
        self._context = GLib.MainContext()
        self._context.push_thread_default()
        self._loop = GLib.MainLoop(self._context)
        self.client = Client(self.session)
        self.join(self.client)
        self._ready.set()
        self._loop.run()
        self.client.close()
        self._context.pop_thread_default()


SIGNATURES = {
    "GetAccessToken": "(sa{sv})",
    "GetHeaders": "(sssa{sv})",
    "SignRequest": "(sssa(ss)aya{sv})",
    "Test": "(sa{sv})",
    "Refresh": "(sa{sv})",
    "Revoke": "(sa{sv})",
    "RequestAuthorization": "(sa{sv})",
}


def make_parameters(method: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """The parameters of a method; numbers in the options are unsigned, names have dashes."""
    variants = {}
    for name, value in options.items():
        if not isinstance(value, GLib.Variant):
            value = GLib.Variant("u" if isinstance(value, int) else "s", value)
        variants[name.replace("_", "-")] = value
    return GLib.Variant(SIGNATURES[method], (*arguments, variants))


def to_failure(error: GLib.Error) -> Failure:
    """What the service said, by name."""
    name = Gio.DBusError.get_remote_error(error) or ""
    return Failure(name, error.message.removeprefix(f"GDBus.Error:{name}: "))


def run_until(is_so: Callable[[], Any], what: str, patience: float = PATIENCE) -> None:
    """Run the main loop until something has happened."""
    context = GLib.MainContext.default()
    end = time.monotonic() + patience
    # Wakes the loop up, so that the end is noticed.
    source = GLib.timeout_add(20, lambda: True)
    try:
        while not is_so():
            if time.monotonic() > end:
                raise AssertionError(f"never happened: {what}")
            context.iteration(True)
    finally:
        GLib.source_remove(source)


def run_for(seconds: float) -> None:
    """Run the main loop for a while."""
    end = time.monotonic() + seconds
    run_until(lambda: time.monotonic() > end, "the end", seconds + 1)


class ServiceCase(unittest.TestCase):
    """One session for all cases of a class, and authorizations of the demo provider in it."""

    idle_timeout: ClassVar[Optional[int]] = None
    session_type: ClassVar[type[ServiceSession]] = ServiceSession
    session: ClassVar[ServiceSession]
    provider: ClassVar[Provider]
    number: ClassVar[int] = 0

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = cls.session_type(cls.idle_timeout)
        cls.addClassCleanup(cls.session.end)
        cls.provider = Provider("--scripted", "--token-lifetime", "3600")
        cls.addClassCleanup(cls.provider.stop)
        cls.session.write_provider(cls.provider)

    def setUp(self) -> None:
        self.provider.script()
        self.client = Client(self.session)
        self.addCleanup(self.client.close)

    def make_name(self) -> str:
        """A name that no other case has."""
        ServiceCase.number += 1
        return f"Entry {ServiceCase.number}"

    def start_lanyard(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command line, which works in its own process."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [str(BUILD / "src" / "cli" / "lanyard-cli"), *arguments],
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
            env=self.session.environment,
        )

    def lanyard(self, *arguments: str, text: str = "") -> str:
        """Run the command line; what it prints."""
        process = self.start_lanyard(*arguments)
        out, err = process.communicate(text, PATIENCE)
        self.assertEqual(process.returncode, 0, f"{arguments}: {err}")
        return out

    def add_key(self, key: str = "planted-key-4711") -> str:
        """An authorization that needs no provider."""
        name = self.make_name()
        self.lanyard(
            "add", "--name", name, "--type", "api-key", "--secret", "api_key", text=key + "\n"
        )
        return name

    def sign_in(self, lifetime: Optional[int] = None, name: Optional[str] = None) -> str:
        """An authorization of the demo provider; its token may be said to end sooner."""
        if name is None:
            name = self.make_name()
            self.lanyard("add", "--name", name, "--provider", "demo")
        if lifetime is not None:
            self.provider.script(
                {"match": "^POST /token", "kind": "json", "set": {"expires_in": lifetime}}
            )
        process = self.start_lanyard("authorize", name, "--paste")
        address = ""
        for line in process.stderr:
            if line.startswith("http") and "/authorize?" in line:
                address = line.strip()
                break
        location = DemoPerson(self.provider).allow(address, "demo", "demo").header("Location")
        _out, err = process.communicate(location + "\n", PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        self.provider.script()
        return name

    def show(self, name: str) -> dict[str, Any]:
        """What may be seen of an authorization."""
        shown: dict[str, Any] = json.loads(self.lanyard("show", name, "--json"))
        return shown

    def get_path(self, name: str) -> str:
        """The object of an authorization."""
        return f"{ROOT}/{self.show(name)['id'].replace('-', '_')}"

    def read_keyring(self, name: str) -> dict[str, Any]:
        """The credentials of an authorization, read by a program that is not ours."""
        found = subprocess.run(
            ["secret-tool", "lookup", "xdg:schema", SCHEMA, "id", self.show(name)["id"]],
            capture_output=True,
            env={**self.session.environment, "G_MESSAGES_DEBUG": ""},
            check=True,
        )
        return dict(json.loads(found.stdout)["credentials"])

    def change_row(self, name: str, **values: Any) -> None:
        """Change what the database says, as another program would."""
        folder = Path(self.session.environment["XDG_DATA_HOME"])
        database = sqlite3.connect(folder / "lanyard" / "lanyard.db", timeout=PATIENCE)
        with contextlib.closing(database), database:
            for column, value in values.items():
                sql = f"UPDATE authorization SET {column} = ? WHERE name = ?"
                database.execute(sql, (value, name))

    def count_tokens(self) -> int:
        """How many token requests came since the script was set."""
        return len(self.provider.requests("/token"))

    @contextlib.contextmanager
    def fails(self, name: str, *words: str) -> Iterator[None]:
        """A method that answers the error of that name."""
        with self.assertRaises(Failure) as caught:
            yield
        self.assertEqual(caught.exception.name, ERROR + name, caught.exception.message)
        for word in words:
            self.assertIn(word, caught.exception.message)


def main() -> None:
    """Run the cases of the file that calls."""
    skip_where_impossible()
    if "--tap" not in sys.argv:
        unittest.main()
    sys.argv.remove("--tap")
    # The plan tells what failed; an exit status of our own would be another error to meson.
    unittest.main(testRunner=tap.Runner(), exit=False)
