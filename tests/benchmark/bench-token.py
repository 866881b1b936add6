#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-token.py LANYARD: `lanyard token` beside `secret-tool lookup` of the same item, as whole processes.

Both run in turn, in one session with a real keyring; the figure is the ratio of the medians. With
valgrind installed, instructions are counted too: they repeat where times do not.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

ROUNDS = 60
WARM_UP = 5
SKIPPED = 77


def run(command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def measure(command):
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1000


def count_instructions(command):
    """How many instructions a process takes, without those of the keyring daemon."""
    result = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', *command],
                            capture_output=True, text=True, check=True)
    return int(re.search(r'Collected : (\d+)', result.stderr).group(1))


def main():
    lanyard = sys.argv[1]
    if 'LANYARD_BENCHMARK_INSIDE' not in os.environ:
        session = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support', 'session.py')
        os.environ['LANYARD_BENCHMARK_INSIDE'] = '1'
        os.execv(sys.executable, [sys.executable, session, '--keyring', 'benchmark', '--', sys.executable,
                                  os.path.abspath(__file__), lanyard])

    if not shutil.which('secret-tool'):
        print('secret-tool is not installed')
        return SKIPPED

    run([lanyard, 'add', '--name', 'Benchmark', '--provider', 'custom-api-key', '--secret', 'api_key'], 'k-1f9c\n')
    identifier = json.loads(run([lanyard, 'show', 'Benchmark', '--json']))['id']
    ours = [lanyard, 'token', 'Benchmark']
    peer = ['secret-tool', 'lookup', 'id', identifier]
    assert run(ours) == 'k-1f9c'
    assert 'k-1f9c' in run(peer)

    times = {'lanyard token': [], 'secret-tool lookup': []}
    for turn in range(WARM_UP + ROUNDS):
        for name, command in (('lanyard token', ours), ('secret-tool lookup', peer)):
            taken = measure(command)
            if turn >= WARM_UP:
                times[name].append(taken)

    medians = {name: statistics.median(values) for name, values in times.items()}
    report = {'row': 'token', 'ms': medians, 'ratio': medians['lanyard token'] / medians['secret-tool lookup']}
    for name, median in medians.items():
        print(f'{name:20} {median:8.2f} ms (median of {ROUNDS}, in turn)')
    print(f'{"ratio":20} {report["ratio"]:8.2f}')
    if shutil.which('valgrind'):
        counts = {'lanyard token': count_instructions(ours), 'secret-tool lookup': count_instructions(peer)}
        report['instructions'] = counts
        report['instructions_ratio'] = counts['lanyard token'] / counts['secret-tool lookup']
        for name, count in counts.items():
            print(f'{name:20} {count / 1e6:8.2f} M instructions')
        print(f'{"ratio":20} {report["instructions_ratio"]:8.2f}')
    print(json.dumps(report))
    return 0


if __name__ == '__main__':
    sys.exit(main())
