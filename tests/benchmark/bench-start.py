#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-start.py LANYARD-GTK LANYARD BARE-WINDOW FIRST-PAINT PACK PROVIDERS: from exec to the first
picture.

The list with 20 and with 1,000 authorizations beside the least that a libadwaita program shows, in
turn, on one display. The figures are ratios of medians, and of instructions where valgrind is
installed: these repeat where times do not. The start with every provider that is shipped, in the
folder PROVIDERS, is held against one with eight of them, of which PACK makes the index that GLib
then takes in place of the one in the program.
"""

from __future__ import annotations

import copy
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
CATALOGUE_ROUNDS = 30
WARM_UP = 2
SKIPPED = 77
# By how many milliseconds the start may grow with the catalogue.
CATALOGUE_GOAL = 2
INDEX = "/io/github/lanyard/Lanyard/providers.index"
PROVIDERS = ["google", "github", "microsoft", "gitlab", "slack", "dropbox", "reservanto"]


def start(session: Session, command: list[str], first_paint: str, data: str,
          **others: str) -> float:
    """Runs a program to its first picture, and returns how long that took, in ms."""
    environment = {**session.environment, "LD_PRELOAD": first_paint, "XDG_DATA_HOME": data,
                   **others}
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


def make_small_index(session: Session, pack: str, shipped: str) -> str:
    """Makes the index of a catalogue of eight."""
    folder = session.directory / "few"
    folder.mkdir()
    for name in [*PROVIDERS, "custom-api-key"]:
        shutil.copy(Path(shipped) / f"{name}.json", folder)
    outputs = [str(session.directory / name) for name in ("few.index", "list", "texts", "depend")]
    session.run([pack, str(folder), *outputs])
    return outputs[0]


def measure_catalogue(session: Session, command: list[str], first_paint: str, data: str,
                      small: str) -> dict[str, float]:
    """The start with all providers beside that with eight, in turn; of the differences the median,
    which the noise of single starts hardly moves."""
    cases = {"all": {}, "eight": {"G_RESOURCE_OVERLAYS": f"{INDEX}={small}"}}
    times: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(WARM_UP + CATALOGUE_ROUNDS):
        # Who comes second finds warmer caches: each is that as often as the other.
        for name in sorted(cases, reverse=bool(turn % 2)):
            taken = start(session, command, first_paint, data, **cases[name])
            if turn >= WARM_UP:
                times[name].append(taken)
    medians = {name: statistics.median(values) for name, values in times.items()}
    figures = {**medians, "difference": statistics.median(
        a - b for a, b in zip(times["all"], times["eight"]))}
    if shutil.which("valgrind"):
        counts = []
        for others in cases.values():
            with_others = copy.copy(session)
            with_others.environment = {**session.environment, **others}
            counts.append(count_instructions(with_others, command, first_paint, data))
        figures["instructions"] = counts[0] - counts[1]
    return figures


def show_catalogue(figures: dict[str, float], count: int) -> None:
    """Prints the row of the catalogue."""
    difference = figures["difference"]
    verdict = "met" if difference <= CATALOGUE_GOAL else "MISSED"
    print(f"{f'{count} providers':20} {figures['all']:8.1f} ms (median of {CATALOGUE_ROUNDS}, in turn)")
    print(f"{'8 providers':20} {figures['eight']:8.1f} ms")
    print(f"{'the catalogue adds':20} {difference:8.2f} ms (median of the differences; goal: at most "
          f"{CATALOGUE_GOAL}, {verdict})")
    if "instructions" in figures:
        print(f"{'the catalogue adds':20} {figures['instructions'] / 1e6:8.2f} M instructions")
    print(json.dumps({"row": "start, catalogue", "ms": figures}))


def main() -> int:
    """Measures and prints."""
    lanyard_gtk, lanyard, bare, first_paint, pack, shipped = sys.argv[1:]
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
        show_catalogue(measure_catalogue(session, [lanyard_gtk], first_paint, folders["twenty"],
                                         make_small_index(session, pack, shipped)),
                       len(list(Path(shipped).glob("*.json"))) - 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
