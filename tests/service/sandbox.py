# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real sandboxes, made by bubblewrap as Flatpak makes them, with a program in each."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, Optional

from service_session import ERROR, NAME, PATIENCE, ROOT, SERVICE, Failure, ServiceSession

HERE = Path(__file__).resolve().parent
OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"


def make_info(app_id: str, instance: str) -> str:
    """The .flatpak-info of a sandbox."""
    return (
        f"[Application]\nname={app_id}\nruntime=runtime/org.example.Platform/x86_64/1\n\n"
        f"[Instance]\ninstance-id={instance}\nbranch=stable\narch=x86_64\n\n"
        "[Context]\nshared=network;\n"
    )


def can_sandbox() -> bool:
    """Whether bubblewrap works here."""
    if shutil.which("bwrap") is None:
        return False
    command = ["bwrap", "--ro-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "true"]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


class Sandbox:
    """A program in a sandbox, or what claims to be in one."""

    number = 1000

    def __init__(
        self,
        session: ServiceSession,
        app_id: str,
        *,
        info: Optional[str] = None,
        is_known: bool = True,
        known_id: Optional[str] = None,
        options: tuple[str, ...] = (),
    ) -> None:
        """info is what stands at the root, "" for nothing; known_id what Flatpak noted outside."""
        Sandbox.number += 1
        instance = str(Sandbox.number)
        if info is None:
            info = make_info(app_id, instance)
        if is_known:
            folder = Path(session.environment["XDG_RUNTIME_DIR"]) / ".flatpak" / instance
            folder.mkdir(parents=True)
            text = make_info(known_id or app_id, instance)
            (folder / "info").write_text(text, encoding="utf-8")
        self._answers: queue.Queue[Any] = queue.Queue()
        self.signals: list[Any] = []
        with tempfile.TemporaryFile() as file:
            file.write(info.encode())
            file.seek(0)
            command = self._make_command(session, file.fileno() if info else None, options)
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=session.environment,
                pass_fds=[file.fileno()],
            )
        threading.Thread(target=self._read, daemon=True).start()
        try:
            assert self._answers.get(timeout=PATIENCE) == ["ready"]
        except queue.Empty:
            self.close()
            raise

    @staticmethod
    def _make_command(
        session: ServiceSession, info_fd: Optional[int], options: tuple[str, ...]
    ) -> list[str]:
        command = ["bwrap", "--unshare-pid", "--die-with-parent", "--tmpfs", "/"]
        command += ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"]
        for name in ("bin", "lib", "lib64"):
            if os.path.islink("/" + name):
                command += ["--symlink", os.readlink("/" + name), "/" + name]
        command += ["--ro-bind", "/etc/passwd", "/etc/passwd"]
        runtime = session.environment["XDG_RUNTIME_DIR"]
        command += ["--ro-bind", str(HERE), str(HERE), "--ro-bind", runtime, runtime]
        if info_fd is not None:
            command += ["--ro-bind-data", str(info_fd), "/.flatpak-info"]
        return [*command, *options, "/usr/bin/python3", str(HERE / "sandboxed_client.py")]

    def _read(self) -> None:
        for line in self.process.stdout:
            answer = json.loads(line)
            if answer[0] == "signal":
                self.signals.append(answer[1:])
            else:
                self._answers.put(answer)

    def send(self, path: str, interface: str, method: str, signature: str, *arguments: Any) -> None:
        """Begin a call."""
        line = json.dumps([path, interface, method, signature, arguments])
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def reconnect(self) -> None:
        """Leave the bus, and come back under another name."""
        self.process.stdin.write("null\n")
        self.process.stdin.flush()
        self.receive()

    def play_person(self, answer: str) -> bool:
        """Take the name of the windows, and answer what they are asked; whether it got the name."""
        self.send("person", "", answer, "")
        return bool(self.receive()[0] == 1)

    def relay(self, path: str) -> None:
        """Pass on to the bus what comes in at a socket."""
        self.send("relay", "", path, "")
        self.receive()

    def receive(self) -> Any:
        """The answer to a call."""
        kind, *rest = self._answers.get(timeout=PATIENCE)
        if kind == "error":
            name, message = rest
            raise Failure(name, message.removeprefix(f"GDBus.Error:{name}: "))
        return rest[0]

    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return not self._answers.empty()

    def send_token(self, name: str) -> None:
        """Begin GetAccessToken."""
        self.send(ROOT, SERVICE, "GetAccessToken", "(sa{sv})", name, {})

    def get_token(self, name: str) -> str:
        """GetAccessToken."""
        self.send_token(name)
        return str(self.receive()[0])

    def get_objects(self) -> dict[str, Any]:
        """What the app sees."""
        self.send(ROOT, OBJECT_MANAGER, "GetManagedObjects", "")
        return dict(self.receive()[0])

    def get_properties(self, path: str) -> dict[str, Any]:
        """The properties of an object."""
        interface = "io.github.lanyard.Lanyard.Authorization1"
        self.send(path, PROPERTIES, "GetAll", "(s)", interface)
        return dict(self.receive()[0])

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


__all__ = ["ERROR", "NAME", "Sandbox", "can_sandbox", "make_info"]
