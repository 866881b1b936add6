# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of its own, without a desktop: display, window manager, buses and keyring.

Nothing of the person's session is touched: the folders, the buses and the keyring are private, and
everything ends with the session.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Callable, Optional, TypeVar

PATIENCE = float(os.environ.get("LANYARD_TEST_PATIENCE", "20"))
KEYRING_PASSWORD = b"test"
PERSONAL_FOLDERS = ["home", "data", "config", "cache"]
NEEDED = ["Xvfb", "dbus-daemon", "openbox", "xdotool", "import", "gdbus"]
ACCESSIBILITY_BUS = ["/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"]

# A service folder of its own: nothing is started behind the test's back.
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}/run</listen>
  <servicedir>{directory}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

T = TypeVar("T")


class TooLate(AssertionError):
    """What a test waited for did not come."""


# What it means when something goes away while it is looked at: ask again.
VANISHED: list[type[Exception]] = []


def wait_until(condition: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Asks until the answer is true, and returns it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            answer = condition()
            if answer:
                return answer
        except tuple(VANISHED):
            pass
        if time.monotonic() > deadline:
            raise TooLate(f"waited {patience:.0f} s in vain for {what}")
        time.sleep(0.02)


def missing_programs() -> list[str]:
    """What has to be installed for a session, and is not."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if not any(os.path.exists(path) for path in ACCESSIBILITY_BUS):
        missing.append("at-spi-bus-launcher")
    return missing


class Session:
    """A session: `with Session() as session: …`.

    keyring: "unlocked", "locked", or None for a desktop without one.
    """

    def __init__(self, keyring: Optional[str] = "unlocked", size: str = "1280x1000",
                 language: str = "C.UTF-8") -> None:
        self.keyring = keyring
        self.size = size
        self.directory = Path(tempfile.mkdtemp(prefix="lanyard-ui-"))
        self.processes: list[subprocess.Popen] = []
        self.keyring_process: Optional[subprocess.Popen] = None
        self.environment = self._make_environment(language)

    def __enter__(self) -> "Session":
        try:
            self._start_display()
            self._start_bus()
            self._start_accessibility()
            self.start(["openbox", "--sm-disable"])
            self._start_keyring()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends what was started, the last first, and removes the folders."""
        while self.processes:
            self.end(self.processes.pop())
        shutil.rmtree(self.directory, ignore_errors=True)

    def reset(self) -> None:
        """Makes the person a new one: no files, no secrets."""
        if self.keyring_process is not None:
            self.processes.remove(self.keyring_process)
            self.end(self.keyring_process)
        for name in PERSONAL_FOLDERS:
            shutil.rmtree(self.directory / name)
            (self.directory / name).mkdir(mode=0o700)
        self._start_keyring()

    def start(self, command: list[str], name: Optional[str] = None,
              **options: object) -> subprocess.Popen:
        """Starts a program that ends with the session at the latest; `name` is that of its log."""
        options.setdefault("env", self.environment)
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.DEVNULL)
        with open(self.directory / f"{name or os.path.basename(command[0])}.log", "ab") as log:
            options.setdefault("stderr", log)
            process = subprocess.Popen(command, start_new_session=True, **options)
        self.processes.append(process)
        return process

    def end(self, process: subprocess.Popen) -> None:
        """Ends one program and what it started; one that does not listen is killed."""
        if process.stdout is not None:
            process.stdout.close()
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, signal_number)
                process.wait(5)
                return
            except subprocess.TimeoutExpired:
                continue
            except ProcessLookupError:
                process.wait()
                return

    def run(self, command: list[str], **options: object) -> str:
        """Runs a program to its end, which has to be a good one, and returns what it printed."""
        options.setdefault("env", self.environment)
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False,
                                **options)
        if result.returncode != 0:
            raise AssertionError(f"{command} ended with {result.returncode}: {result.stderr}")
        return result.stdout

    def call(self, destination: str, path: str, method: str, *arguments: str) -> str:
        """Calls a method on the session bus."""
        return self.run(["gdbus", "call", "--session", "--dest", destination, "--object-path", path,
                         "--method", method, *arguments])

    def write_service(self, name: str, command: Optional[list[str]] = None,
                      log_name: str = "") -> None:
        """Lets the bus start a program for a name, with a log like that of others; or no more."""
        path = self.directory / "services" / f"{name}.service"
        if command is None:
            path.unlink()
        else:
            log = self.directory / f"{log_name}.log"
            path.write_text(f"[D-BUS Service]\nName={name}\n"
                            f"Exec=/bin/sh -c \"exec {' '.join(command)} 2>>{log}\"\n",
                            encoding="utf-8")
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                  "org.freedesktop.DBus.ReloadConfig")

    def find_process(self, name: str) -> int:
        """The process that has a name on the bus, 0 where nobody has."""
        answer = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
             "/org/freedesktop/DBus", "--method",
             "org.freedesktop.DBus.GetConnectionUnixProcessID", name],
            env=self.environment, capture_output=True, text=True, timeout=60, check=False).stdout
        return int(answer.removeprefix("(uint32 ").removesuffix(",)\n") or 0)

    def lock_keyring(self) -> None:
        """Locks the keyring, as the person or the screen saver does."""
        collection = "/org/freedesktop/secrets/collection/login"
        self.call("org.freedesktop.secrets", "/org/freedesktop/secrets",
                  "org.freedesktop.Secret.Service.Lock", f"[objectpath '{collection}']")

    def screenshot(self, path: str) -> None:
        """Takes a picture of the whole screen."""
        self.run(["import", "-window", "root", path])

    def read_log(self, name: str) -> str:
        """What a program wrote to its standard error."""
        return (self.directory / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _make_environment(self, language: str) -> dict[str, str]:
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("XDG_", "DBUS_", "GNOME_", "GTK_", "WAYLAND_", "SSH_"))}
        environment.update(
            HOME=str(self.directory / "home"),
            XDG_RUNTIME_DIR=str(self.directory / "run"),
            XDG_DATA_HOME=str(self.directory / "data"),
            XDG_CONFIG_HOME=str(self.directory / "config"),
            XDG_CACHE_HOME=str(self.directory / "cache"),
            XDG_DATA_DIRS="/usr/local/share:/usr/share",
            LANG=language,
            LANGUAGE="",
            TZ="UTC",
            GSETTINGS_BACKEND="keyfile",
            GSK_RENDERER="cairo",
            GDK_BACKEND="x11",
            # Tests need no network to be online.
            GIO_USE_NETWORK_MONITOR="base",
            NO_AT_BRIDGE="",
        )
        for name in ("run", *PERSONAL_FOLDERS):
            (self.directory / name).mkdir(mode=0o700)
        return environment

    def _start_display(self) -> None:
        reader, writer = os.pipe()
        self.start(["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{self.size}x24",
                    "-nolisten", "tcp"], pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as answer:
            self.environment["DISPLAY"] = ":" + answer.readline().strip()

    def _start_bus(self) -> None:
        configuration = self.directory / "bus.conf"
        configuration.write_text(BUS_CONFIGURATION.format(directory=self.directory),
                                 encoding="utf-8")
        (self.directory / "services").mkdir()
        bus = self.start(["dbus-daemon", f"--config-file={configuration}", "--nofork",
                          "--print-address=1"], stdout=subprocess.PIPE)
        address = bus.stdout.readline().decode().strip()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def _start_accessibility(self) -> None:
        launcher = next(path for path in ACCESSIBILITY_BUS if os.path.exists(path))
        self.start([launcher, "--launch-immediately"])
        self._wait_for_name("org.a11y.Bus")

    def _start_keyring(self) -> None:
        if self.keyring is None:
            return
        self._wait_for_name("org.freedesktop.secrets", present=False)
        self.keyring_process = daemon = self.start(["gnome-keyring-daemon", "--foreground", "--unlock",
                             "--components=secrets",
                             f"--control-directory={self.directory / 'run'}"],
                            stdin=subprocess.PIPE)
        daemon.stdin.write(KEYRING_PASSWORD)
        daemon.stdin.close()
        self._wait_for_name("org.freedesktop.secrets")
        if self.keyring == "locked":
            self.lock_keyring()

    def _wait_for_name(self, name: str, present: bool = True) -> None:
        wanted = "true" if present else "false"
        wait_until(lambda: wanted in self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                               "org.freedesktop.DBus.NameHasOwner", name),
                   f"the name {name} on the bus to be {wanted}")
