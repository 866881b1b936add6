# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that see the whole system, but from a mount namespace of their own, by bubblewrap."""

from __future__ import annotations

import os
import shutil
import subprocess


def is_possible() -> bool:
    """Whether bubblewrap works here."""
    if shutil.which("bwrap") is None:
        return False
    command = [*wrap(), "true"]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def wrap(info: str = "") -> list[str]:
    """What to put before a command; info is a file that lies at the root as .flatpak-info."""
    command = ["bwrap", "--die-with-parent", "--tmpfs", "/"]
    for name in sorted(os.listdir("/")):
        path = "/" + name
        if name == ".flatpak-info":
            continue
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        else:
            command += ["--dev-bind", path, path]
    if info:
        command += ["--ro-bind", info, "/.flatpak-info"]
    return command
