#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Lanyard with sanitizers and runs its tests: sh tests/run.sh [SUITE…]
# The last line is the sum. A second run tests what changed.

set -eu

root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd)
build=$root/build-test
. "$root/src/packages.sh"

# What the tests need beside what Lanyard needs; the authorization servers have a list of their own.
test_packages="libsecret-tools dbus-x11 xvfb xauth xdotool openbox imagemagick at-spi2-core
python3-gi python3-pyatspi gir1.2-atspi-2.0 python3-dbusmock bubblewrap fonts-cantarell clang-format-14
desktop-file-utils appstream gdb git curl msmtp isync mutt getmail6 zsh fish $(cat "$root/tests/integration/servers/packages.txt")"

all_suites="style unit service ui integration"

# Runs one suite. What the libraries of the desktop keep until the end is not our leak, so leaks are
# looked for where only our own code runs.
run_suite() {
  leaks=0
  [ "$1" = unit ] && leaks=1
  UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=detect_leaks=$leaks \
    meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 \
    --suite "$1" --logbase "testlog-$1"
}

# Counts what is in the logs of meson; says no when something failed.
sum_up() {
  python3 - "$@" << 'SUM'
import json
import sys

results = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as lines:
        results += [json.loads(line)["result"] for line in lines]
passed = sum(result in ("OK", "EXPECTEDFAIL") for result in results)
skipped = results.count("SKIP")
failed = len(results) - passed - skipped
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(0 if passed and not failed else 1)
SUM
}

# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $all_suites
for suite in "$@"; do
  case " $all_suites " in
    *" $suite "*) ;;
    *)
      say "there is no suite $suite; there are: $all_suites"
      exit 2
      ;;
  esac
done

# shellcheck disable=SC2086
install_packages $run_packages $test_packages

mkdir -p "$build"
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$root" -Db_sanitize=address,undefined -Dwerror=true \
    > "$build/setup.log" 2>&1 || fail_with_log "$build/setup.log"
fi
meson compile -C "$build" > "$build/compile.log" 2>&1 || fail_with_log "$build/compile.log"

rm -f "$build"/meson-logs/testlog-*.json
status=0
for suite in "$@"; do
  run_suite "$suite" || status=1
done
sum_up "$build"/meson-logs/testlog-*.json || status=1
exit "$status"
