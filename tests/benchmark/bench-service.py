#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-service.py SPAWN-TIMES CALL-TIMES LANYARD SCRIPTED-SERVICE ISSUER [LANYARD-SERVICE]

The service beside GNOME Online Accounts, oidc-agent and the least that a GDBus service can be: from
activation to answer, a warm call, memory, and what a renewal costs over a cached answer.
"""

from __future__ import annotations

import shutil
import sys
import urllib.request

from measure import (GET_TOKEN, SERVICE_NAME, SERVICE_PATH, SKIPPED, Desktop, Report, get_medians,
                     get_memory, read_times)
from peers import GOA_ACCOUNT, GOA_NAME, add_goa, start_oidc_agent

BARE_NAME = "io.github.lanyard.Bare"
OURS, BARE, GOA = "lanyard-service", "a bare GDBus service", "goa-daemon"
AUTHORIZATION = "Benchmark"
KEY = "Benchmark key"
REFRESH = GET_TOKEN.replace("GetAccessToken", "Refresh")
ARGUMENTS = f"('{AUTHORIZATION}', @a{{sv}} {{}})"

Calls = dict[str, list[str]]


def find_calls(has_goa: bool) -> Calls:
    """Who is asked for a token, and how."""
    calls = {BARE: [BARE_NAME, SERVICE_PATH, GET_TOKEN, ARGUMENTS]}
    if SERVICE is not None:
        calls = {OURS: [SERVICE_NAME, SERVICE_PATH, GET_TOKEN, ARGUMENTS], **calls}
    if has_goa:
        calls[GOA] = [GOA_NAME, GOA_ACCOUNT, f"{GOA_NAME}.OAuth2Based.GetAccessToken", "@() ()"]
    return calls


def time_calls(desktop: Desktop, calls: Calls, warm_up: int, rounds: int, *options: str) -> dict[str, float]:
    """Medians of calls that are made in turn."""
    words = [word for call in calls.values() for word in call]
    times = read_times(desktop.environment,
                       [CALL_TIMES, *options, str(warm_up), str(rounds), *words])
    return get_medians(calls, times)


def measure_activation(desktop: Desktop, calls: Calls) -> None:
    """Row 2."""
    report = Report(2, "not running: from the call to the answer (median of 20, in turn)")
    medians = time_calls(desktop, calls, 2, 20, "--activate")
    report.add("us", "us", medians)
    for peer, goal in ((GOA, 0.1), (BARE, None)):
        if OURS in medians and peer in medians:
            report.add_ratio(f"{OURS} / {peer}", medians[OURS], medians[peer], goal)
    report.end()


def measure_calls(desktop: Desktop, calls: Calls) -> None:
    """Row 3."""
    report = Report(3, "GetAccessToken, warm, per call (median of 2000, in turn)")
    medians = time_calls(desktop, calls, 100, 2000)
    report.add("us", "us", medians)
    for peer, goal in ((GOA, 0.18), (BARE, 1.1)):
        if OURS in medians and peer in medians:
            report.add_ratio(f"{OURS} / {peer}", medians[OURS], medians[peer], goal)
    report.end()


def measure_memory(desktop: Desktop, calls: Calls, row: str, agent_pid: int | None) -> None:
    """Row 6."""
    report = Report(6, f"memory, {row}")
    memory = {name: get_memory(desktop.get_pid(call[0])) for name, call in calls.items()}
    memory["gnome-keyring-daemon"] = get_memory(desktop.get_pid("org.freedesktop.secrets"))
    if agent_pid is not None:
        memory["oidc-agent"] = get_memory(agent_pid)
    for kind in ("pss", "private"):
        report.add(kind, f"KiB {kind}", {name: sizes[kind] for name, sizes in memory.items()})
    for peer, goal in (("gnome-keyring-daemon", 0.65), (GOA, 0.04), (BARE, None)):
        if OURS in memory and peer in memory:
            report.add_ratio(f"private: {OURS} / {peer}", memory[OURS]["private"],
                             memory[peer]["private"], goal)
    report.end()


def measure_renewal(desktop: Desktop, issuer: str, agent: object) -> None:
    """Row 14."""
    report = Report(14, "a renewal over a cached answer, at a server on loopback (median of 100)")
    differences = {}
    if SERVICE is not None:
        read_connections(issuer)
        calls = {"GetAccessToken": [SERVICE_NAME, SERVICE_PATH, GET_TOKEN, ARGUMENTS],
                 "Refresh": [SERVICE_NAME, SERVICE_PATH, REFRESH, ARGUMENTS]}
        medians = time_calls(desktop, calls, 5, 100)
        report.add("lanyard-service", "us", medians)
        report.add("connections", "for 105 renewals", {"lanyard-service": read_connections(issuer)})
        differences["lanyard-service"] = medians["Refresh"] - medians["GetAccessToken"]
    if agent is not None:
        cases = {"oidc-token": agent.get_words(), "oidc-token --force-new": agent.get_words("--force-new")}
        words = [word for case in cases.values() for word in [*case, "--"]][:-1]
        medians = get_medians(cases, read_times(desktop.environment, [SPAWN_TIMES, "5", "100", *words]))
        report.add("oidc-agent", "us", medians)
        report.add("connections_oidc", "for 105 renewals", {"oidc-agent": read_connections(issuer)})
        differences["oidc-agent"] = medians["oidc-token --force-new"] - medians["oidc-token"]
    report.add("added", "us added", differences)
    if len(differences) == 2:
        report.add_ratio("lanyard-service / oidc-agent", differences["lanyard-service"],
                         differences["oidc-agent"], 0.25)
    report.end()


def read_connections(issuer: str) -> int:
    """From how many connections tokens were asked for since the last time."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{issuer}/connections") as answer:
        return int(answer.read())


def main() -> int:
    """Measures and prints."""
    if not all(map(shutil.which, ("dbus-daemon", "gnome-keyring-daemon", "gdbus"))):
        print("not installed: a bus or a keyring")
        return SKIPPED

    with Desktop() as desktop:
        issuer = desktop.start_printing([ISSUER])
        desktop.authorize(LANYARD, AUTHORIZATION, issuer)
        desktop.add_service(BARE_NAME, f"{SCRIPTED_SERVICE} {BARE_NAME}")
        if SERVICE is not None:
            desktop.add_service(SERVICE_NAME, SERVICE)
        calls = find_calls(add_goa(desktop))
        agent = start_oidc_agent(desktop, issuer)
        try:
            measure_activation(desktop, calls)
            measure_calls(desktop, calls)
            pid = agent.pid if agent is not None else None
            measure_memory(desktop, calls, "after cached answers, one authorization", pid)
            measure_renewal(desktop, issuer, agent)
            measure_memory(desktop, calls, "after renewals", pid)
        finally:
            if agent is not None:
                agent.end()
    return 0


if __name__ == "__main__":
    SPAWN_TIMES, CALL_TIMES, LANYARD, SCRIPTED_SERVICE, ISSUER, *OPTIONAL = sys.argv[1:]
    SERVICE = OPTIONAL[0] if OPTIONAL else None
    sys.exit(main())
