#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-signatures.py BENCH-OAUTH1 BENCH-JWT: signatures, beside the libraries that make the same.

The header of OAuth 1.0, and tokens that are signed and verified with a key that was decoded once; each
beside OpenSSL alone, which does the part that nobody can do without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from measure import Report, count_instructions, get_medians, read_times

# Many short rounds: one in which another program took the processor counts for nothing.
ROUNDS = 75
# Row, operation, and what ours may take at most of OpenSSL alone, by algorithm.
TOKENS = [(12, "sign", {"RS256": 1.01, "ES256": 1.01, "HS256": 1.1}),
          (13, "verify", {"RS256": 1.1, "ES256": 1.05, "HS256": 3})]
# How often in a round, and how often where instructions are counted. RSA does some of its work only with
# every 32nd signature.
TIMES = {"RS256-sign": 5, "HS256-sign": 200, "HS256-verify": 200}
COUNTED = {"RS256-sign": 64, "HS256-sign": 1000, "HS256-verify": 1000}
USUAL_TIMES, USUALLY_COUNTED = 20, 20
HEADERS, COUNTED_HEADERS = 100, 1000
PEERS = ("libjwt", "rhonabwy")


def list_cases(program: str) -> list[str]:
    """What a program can measure: where a peer is not installed, it is without its cases."""
    return subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def count_once(program: str, case: str, times: int) -> float:
    """The instructions of a case: what more of it takes more."""
    environment = dict(os.environ)
    return (count_instructions(environment, [program, "1", str(times), case])
            - count_instructions(environment, [program, "0", "1", case])) / times


def measure(report: Report, program: str, cases: list[str], times: int, counted: int
            ) -> list[tuple[str, dict[str, float]]]:
    """Times and, where valgrind is installed, instructions of cases, by name."""
    rows = read_times(dict(os.environ), [program, str(ROUNDS), str(times), *cases])
    figures = [("time", get_medians(cases, rows))]
    report.add(f"{cases[0]}: us", "us", figures[0][1])
    if shutil.which("valgrind"):
        figures.append(("instructions", {case: count_once(program, case, counted) for case in cases}))
        report.add(f"{cases[0]}: instructions", "instructions", figures[1][1])
    return figures


def measure_headers(program: str) -> None:
    """OAuth 1.0."""
    report = Report(11, f"a header of OAuth 1.0 with HMAC-SHA1 (median of {ROUNDS}, in turn)")
    cases = list_cases(program)
    if "liboauth" not in cases:
        print("not installed: liboauth")
    for what, figures in measure(report, program, cases, HEADERS, COUNTED_HEADERS):
        if "liboauth" in figures:
            report.add_ratio(f"{what}: lanyard / liboauth", figures["lanyard"], figures["liboauth"],
                             0.067 if what == "time" else 0.08)
        report.add_ratio(f"{what}: lanyard / the code alone", figures["lanyard"], figures["openssl"],
                         None)
    report.end()


def measure_tokens(program: str) -> None:
    """JWT, whose parts are signed as they are beside OpenSSL, and made of claims beside the others."""
    cases = list_cases(program)
    for peer in PEERS:
        if not any(case.endswith(peer) for case in cases):
            print("not installed:", peer)
    for row, operation, goals in TOKENS:
        report = Report(row, f"JWT {operation} (median of {ROUNDS}, in turn)")
        for algorithm, goal in goals.items():
            name = f"{algorithm}-{operation}"
            own = [case for case in cases if case.startswith(name)]
            for what, figures in measure(report, program, own, TIMES.get(name, USUAL_TIMES),
                                         COUNTED.get(name, USUALLY_COUNTED)):
                report.add_ratio(f"{what}: {name} / OpenSSL", figures[f"{name}-lanyard"],
                                 figures[f"{name}-openssl"], goal)
                for peer in PEERS:
                    if f"{name}-{peer}" in figures:
                        report.add_ratio(f"{what}: {name}, whole / {peer}",
                                         figures[f"{name}-lanyard-whole"], figures[f"{name}-{peer}"],
                                         None)
        report.end()


def main() -> int:
    """Measures and prints."""
    headers, tokens = sys.argv[1:]
    if not shutil.which("valgrind"):
        print("not installed: valgrind, so instructions are not counted")
    measure_headers(headers)
    measure_tokens(tokens)
    return 0


if __name__ == "__main__":
    sys.exit(main())
