#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-start.py LANYARD-GTK LANYARD BARE-WINDOW FIRST-PAINT: from exec to the first picture.

The list with 20 and with 1,000 authorizations beside the least that a libadwaita program shows, in
turn, on one display. The figures are ratios of medians, and of instructions where valgrind is
installed: these repeat where times do not.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "ui"))
# pylint: disable=wrong-import-position
from desktop import Session, missing_programs
from rows import copy_rows

ROUNDS = 15
WARM_UP = 2
SKIPPED = 77
PROVIDERS = ["google", "github", "microsoft", "gitlab", "slack", "dropbox", "reservanto"]


def start(session: Session, command: list[str], first_paint: str, data: str) -> float:
    """Runs a program to its first picture, and returns how long that took, in ms."""
    environment = {**session.environment, "LD_PRELOAD": first_paint, "XDG_DATA_HOME": data}
    begin = time.monotonic()
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    painted = int(re.search(r"first paint (\d+)", output.stdout).group(1))
    return painted / 1000 - begin * 1000


def count_instructions(session: Session, command: list[str], first_paint: str, data: str) -> int:
    """How many instructions a program takes to its first picture."""
    environment = {**session.environment, "LD_PRELOAD": first_paint, "XDG_DATA_HOME": data}
    output = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                             *command], env=environment, capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", output.stderr).group(1))


def fill(session: Session, lanyard: str, data: str, count: int) -> None:
    """Makes a list of so many authorizations."""
    environment = {**session.environment, "XDG_DATA_HOME": data}
    for number in range(20):
        session.run([lanyard, "add", "--name", f"Authorization {number:02}", "--provider",
                     PROVIDERS[number % len(PROVIDERS)]], env=environment)
    if count > 20:
        copy_rows(os.path.join(data, "lanyard", "lanyard.db"), count - 20)


def main() -> int:
    """Measures and prints."""
    lanyard_gtk, lanyard, bare, first_paint = sys.argv[1:]
    missing = missing_programs()
    if missing:
        print("not installed:", *missing)
        return SKIPPED

    with Session() as session:
        folders = {name: str(session.directory / name) for name in ("none", "twenty", "thousand")}
        fill(session, lanyard, folders["twenty"], 20)
        fill(session, lanyard, folders["thousand"], 1000)
        cases = {"bare window": ([bare], folders["none"]),
                 "20 rows": ([lanyard_gtk], folders["twenty"]),
                 "1000 rows": ([lanyard_gtk], folders["thousand"])}
        times: dict[str, list[float]] = {name: [] for name in cases}
        for turn in range(WARM_UP + ROUNDS):
            for name, (command, data) in cases.items():
                taken = start(session, command, first_paint, data)
                if turn >= WARM_UP:
                    times[name].append(taken)
        medians = {name: statistics.median(values) for name, values in times.items()}
        report = {"row": "start", "ms": medians,
                  "ratio": medians["20 rows"] / medians["bare window"],
                  "ratio_1000": medians["1000 rows"] / medians["20 rows"]}
        for name, median in medians.items():
            print(f"{name:20} {median:8.1f} ms to the first picture (median of {ROUNDS}, in turn)")
        print(f"{'20 rows / bare':20} {report['ratio']:8.2f}")
        print(f"{'1000 / 20 rows':20} {report['ratio_1000']:8.2f}")
        if shutil.which("valgrind"):
            counts = {name: count_instructions(session, command, first_paint, data)
                      for name, (command, data) in cases.items()}
            report["instructions"] = counts
            report["instructions_ratio"] = counts["20 rows"] / counts["bare window"]
            for name, count in counts.items():
                print(f"{name:20} {count / 1e6:8.0f} M instructions")
            print(f"{'20 rows / bare':20} {report['instructions_ratio']:8.2f}")
        print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
