#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-token.py SPAWN-TIMES EMPTY LANYARD LANYARD-CLI SCRIPTED-SERVICE ISSUER
               [LANYARD-SERVICE]

`lanyard token` of a token that nobody has to renew, as a whole process, beside secret-tool, oidc-token
and a program that does nothing: with the service running, with the least that a service can be in its
place, and in the process, as it is where there is no service.
"""

from __future__ import annotations

import json
import shutil
import sys

from measure import (SERVICE_NAME, SKIPPED, Desktop, Report, count_instructions, get_medians,
                     read_times)
from peers import start_oidc_agent

ROUNDS = "200"
WARM_UP = "20"
SECRET = "benchmark-key-0123456789"


def find_cases(
    desktop: Desktop, bare_bus: Desktop, issuer: str
) -> tuple[dict[str, list[str]], object]:
    """The programs to run, each as spawn-times takes it."""
    desktop.run_text([LANYARD_CLI, "add", "--name", "Benchmark", "--provider", "custom-api-key",
                      "--secret", "api_key"], SECRET + "\n")
    identifier = json.loads(desktop.run_text([LANYARD_CLI, "show", "Benchmark", "--json"]))["id"]
    assert desktop.run_text([LANYARD, "token", "Benchmark"]) == SECRET

    assert bare_bus.start_printing([SCRIPTED_SERVICE]) == "ready"
    cases = {"an empty program": [EMPTY],
             "lanyard, of a bare service": [
                 f"DBUS_SESSION_BUS_ADDRESS={bare_bus.environment['DBUS_SESSION_BUS_ADDRESS']}",
                 LANYARD, "token", SECRET],
             "lanyard-cli, in the process": [LANYARD_CLI, "token", "Benchmark"]}
    if SERVICE is not None:
        desktop.add_service(SERVICE_NAME, SERVICE)
        assert desktop.run_text([LANYARD, "token", "Benchmark"]) == SECRET
        desktop.get_pid(SERVICE_NAME)
        cases["lanyard, service running"] = [LANYARD, "token", "Benchmark"]
    if shutil.which("secret-tool"):
        cases["secret-tool lookup"] = [shutil.which("secret-tool"), "lookup", "id", identifier]
    else:
        print("not installed: secret-tool")
    agent = start_oidc_agent(desktop, issuer)
    if agent is not None:
        cases["oidc-token"] = agent.get_words()
    return cases, agent


def compare(report: Report, medians: dict[str, float], what: str) -> None:
    """Ours over the peers'."""
    for name in ("lanyard, service running", "lanyard, of a bare service"):
        for peer, goal in (("oidc-token", 0.9), ("secret-tool lookup", 0.12)):
            if name in medians and peer in medians:
                is_figure = what == "time" and name == "lanyard, service running"
                report.add_ratio(f"{name} / {peer}" if what == "time" else f"{what}: {name} / {peer}",
                                 medians[name], medians[peer], goal if is_figure else None)
    if "secret-tool lookup" in medians:
        report.add_ratio(f"{what}: in the process / secret-tool",
                         medians["lanyard-cli, in the process"], medians["secret-tool lookup"], None)


def measure_cold(desktop: Desktop, cases: dict[str, list[str]]) -> None:
    """The first call, which has the bus start the service."""
    report = Report(1, "the same, service not running (median of 20, in turn)")
    names = ["lanyard, service running", "lanyard-cli, in the process", "secret-tool lookup"]
    names = [name for name in names if name in cases]
    words = [word for name in names for word in [*cases[name], "--"]][:-1]
    rounds = []
    for _ in range(20):
        desktop.end_service(SERVICE_NAME)
        rounds.append([row[0] for row in read_times(desktop.environment,
                                                    [SPAWN_TIMES, "0", "1", *words])])
    names[0] = "lanyard, service not running"
    medians = get_medians(names, [list(column) for column in zip(*rounds)])
    report.add("us", "us", medians)
    if "secret-tool lookup" in medians:
        report.add_ratio("service not running / secret-tool", medians[names[0]],
                         medians["secret-tool lookup"], None)
    report.end()


def main() -> int:
    """Measures and prints."""
    if not all(map(shutil.which, ("dbus-daemon", "gnome-keyring-daemon", "gdbus"))):
        print("not installed: a bus or a keyring")
        return SKIPPED

    # A bus of the same kind for both: a keyring listens to every name that comes and goes.
    with Desktop() as desktop, Desktop() as bare_bus:
        issuer = desktop.start_printing([ISSUER])
        cases, agent = find_cases(desktop, bare_bus, issuer)
        words = [word for case in cases.values() for word in [*case, "--"]][:-1]
        try:
            times = read_times(desktop.environment, [SPAWN_TIMES, WARM_UP, ROUNDS, *words])
            report = Report(1, "the token alone, as a whole process (median of 200, in turn)")
            medians = get_medians(cases, times)
            report.add("us", "us", medians)
            compare(report, medians, "time")
            if shutil.which("valgrind"):
                counts = {}
                for name, case in cases.items():
                    own = dict(word.split("=", 1) for word in case if "=" in word)
                    command = [word for word in case if "=" not in word]
                    counts[name] = count_instructions({**desktop.environment, **own}, command)
                report.add("instructions", "instructions", counts)
                compare(report, counts, "instructions")
            report.end()
            if SERVICE is not None:
                measure_cold(desktop, cases)
        finally:
            if agent is not None:
                agent.end()
    return 0


if __name__ == "__main__":
    SPAWN_TIMES, EMPTY, LANYARD, LANYARD_CLI, SCRIPTED_SERVICE, ISSUER, *OPTIONAL = sys.argv[1:]
    SERVICE = OPTIONAL[0] if OPTIONAL else None
    sys.exit(main())
