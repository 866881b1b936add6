#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Lanyard with sanitizers and runs its tests: sh tests/run.sh [SUITE…]
# The last line is the sum. A second run tests what changed.

set -eu

root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd)
build=$root/build-test
races=$root/build-race
. "$root/src/packages.sh"

# What the tests need beside what Lanyard needs; the authorization servers have a list of their own.
test_packages="libsecret-tools dbus-x11 xvfb xauth xdotool openbox imagemagick at-spi2-core
python3-gi python3-pyatspi gir1.2-atspi-2.0 python3-dbusmock bubblewrap fonts-cantarell clang-format-14
desktop-file-utils appstream gdb git curl msmtp isync mutt getmail6 zsh fish $(cat "$root/tests/integration/servers/packages.txt")"

all_suites="style unit service ui integration race"

# Runs one suite. What the libraries of the desktop keep until the end is not our leak, so leaks are
# looked for where only our own code runs. To tell the few that are GLib's takes whole stacks. Older
# GLib has an allocator of its own, into which the sanitizer would not see.
run_suite() {
  asan=detect_leaks=0
  [ "$1" = unit ] && asan=detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=12
  UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=$asan \
    LSAN_OPTIONS="suppressions='$root/tests/support/lsan.supp':print_suppressions=0" \
    G_SLICE=always-malloc \
    meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 \
    --suite "$1" --logbase "testlog-$1"
}

# Builds in a folder: compile FOLDER SANITIZER TARGET[,TARGET…]
compile() {
  mkdir -p "$1"
  if [ ! -f "$1/build.ninja" ]; then
    meson setup "$1" "$root" -Db_sanitize="$2" -Dwerror=true > "$1/setup.log" 2>&1 ||
      fail_with_log "$1/setup.log"
  fi
  meson compile -C "$1" --ninja-args="$3" > "$1/compile.log" 2>&1 ||
    fail_with_log "$1/compile.log"
}

# Runs the tests about threads, and about many who ask at once, with the thread sanitizer. It goes
# with no other, so there is a build of its own, of what these tests need. Each program in which
# there is a race leaves a report, also one that the bus started.
run_races() {
  # It cannot put its memory where the kernel has put something else at random.
  fixed=
  if setarch -R true 2> /dev/null; then fixed="setarch -R"; fi
  case $($fixed "$races/tests/store/test-store-lock" -l 2>&1) in
    *"unexpected memory mapping"*)
      say "the thread sanitizer does not work with this kernel; the suite race is left out"
      return 0
      ;;
  esac

  rm -f "$races"/report.*
  failed=0
  # GLib's recursive locks are unlocked where the sanitizer does not see that they were locked.
  TSAN_OPTIONS="suppressions='$root/tests/support/tsan.supp' log_path='$races/report' \
    report_mutex_bugs=0" LD_PRELOAD=$races/tests/support/libtsan-glib.so \
    $fixed meson test -C "$races" --no-rebuild --print-errorlogs --timeout-multiplier 4 \
    --suite race --logbase testlog-race || failed=1
  cp "$races/meson-logs/testlog-race.json" "$build/meson-logs/"
  for report in "$races"/report.*; do
    [ -f "$report" ] || continue
    head -n 60 "$report" >&2
    say "a race; all of it is in $report"
    failed=1
  done
  return "$failed"
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

mkdir -p "$build/meson-logs"
rm -f "$build"/meson-logs/testlog-*.json
status=0
is_built=0
for suite in "$@"; do
  if [ "$suite" = race ]; then
    compile "$races" thread race-programs
    run_races || status=1
    continue
  fi
  [ "$is_built" = 1 ] || compile "$build" address,undefined \
    all,meson-test-prereq,meson-benchmark-prereq
  is_built=1
  run_suite "$suite" || status=1
done
sum_up "$build"/meson-logs/testlog-*.json || status=1
exit "$status"
