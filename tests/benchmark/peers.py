# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs beside which Lanyard is measured, each where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from measure import Desktop

ACCOUNT = "benchmark"
GOA_DAEMON = ("/usr/libexec/goa-daemon", "/usr/lib/gnome-online-accounts/goa-daemon")
GOA_NAME = "org.gnome.OnlineAccounts"
GOA_ACCOUNT = "/org/gnome/OnlineAccounts/Accounts/account_1"


class OidcAgent:
    """oidc-agent, with an account whose token it has."""

    def __init__(self, desktop: Desktop, issuer: str) -> None:
        self.environment = dict(desktop.environment)
        output = subprocess.run(["oidc-agent"], env=self.environment, stdout=subprocess.PIPE,
                                text=True, check=True).stdout
        self.environment.update(re.findall(r"^(OIDC\w+)=([^;]+)", output, re.M))
        self.pid = int(self.environment["OIDCD_PID"])
        self.environment["OIDC_ENCRYPTION_PW"] = "benchmark"
        subprocess.run(
            ["oidc-gen", ACCOUNT, "--manual", "--client-id=benchmark", "--client-secret=benchmark",
             f"--issuer={issuer}/", "--redirect-uri=http://localhost:4242", "--scope=openid",
             "--rt=benchmark-refresh-token", "--pw-env", "--prompt=none", "--confirm-default"],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=60, check=True)
        subprocess.run(["oidc-token", ACCOUNT], env=self.environment, stdout=subprocess.DEVNULL,
                       check=True)

    def end(self) -> None:
        """End it, which left this process's family, and take away what it leaves behind."""
        os.kill(self.pid, signal.SIGTERM)
        folder = os.path.dirname(self.environment["OIDC_SOCK"])
        if os.path.basename(folder).startswith("oidc-"):
            shutil.rmtree(folder, ignore_errors=True)

    def get_words(self, *options: str) -> list[str]:
        """How spawn-times calls oidc-token."""
        return [f"OIDC_SOCK={self.environment['OIDC_SOCK']}", shutil.which("oidc-token") or "",
                ACCOUNT, *options]


def start_oidc_agent(desktop: Desktop, issuer: str) -> OidcAgent | None:
    """The agent, or None where there is none."""
    if not all(map(shutil.which, ("oidc-agent", "oidc-gen", "oidc-token"))):
        print("not installed: oidc-agent")
        return None
    try:
        return OidcAgent(desktop, issuer)
    except (KeyError, OSError, subprocess.SubprocessError) as error:
        print("oidc-agent does not work here:", error)
        return None


def add_goa(desktop: Desktop) -> bool:
    """Let GNOME Online Accounts have one account with a token; whether it is installed."""
    program = next((path for path in GOA_DAEMON if os.path.exists(path)), None)
    if program is None or shutil.which("secret-tool") is None:
        print("not installed: gnome-online-accounts")
        return False

    folder = Path(desktop.environment["XDG_CONFIG_HOME"]) / "goa-1.0"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "accounts.conf").write_text(
        "[Account account_1]\nProvider=google\nIdentity=benchmark@example.org\n"
        "PresentationIdentity=benchmark@example.org\nMailEnabled=false\nCalendarEnabled=false\n"
        "ContactsEnabled=false\nFilesEnabled=false\nPhotosEnabled=false\nPrintersEnabled=false\n",
        encoding="utf-8")
    # In microseconds.
    expires = (int(time.time()) + 86400) * 1000000
    credentials = ("{'authorization_code': <'x'>, 'access_token': <'benchmark-token-0123456789'>, "
                   f"'access_token_expires_at': <int64 {expires}>, 'refresh_token': <'x'>}}")
    desktop.add_service(GOA_NAME, program)
    # The item names a generation of the provider's credentials, which only the daemon knows.
    for generation in (11, 10, 12, 13, 14):
        desktop.run_text(["secret-tool", "store", "--label=GOA", "xdg:schema",
                          "org.gnome.OnlineAccounts", "goa-identity",
                          f"google:gen{generation}:account_1"], credentials)
        asked = subprocess.run(
            ["gdbus", "call", "--session", "--dest", GOA_NAME, "--object-path", GOA_ACCOUNT,
             "--method", f"{GOA_NAME}.OAuth2Based.GetAccessToken"],
            env=desktop.environment, capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            return True
    print("GNOME Online Accounts does not work here:", asked.stderr)
    return False
