#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Lanyard and opens its window: sh src/run.sh [--demo] [ARGUMENTS OF lanyard-gtk]

set -eu

root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd)
build=$root/build
prefix=$build/root
. "$root/src/packages.sh"

usage() {
  cat << USAGE
Usage: sh src/run.sh [--demo] [ARGUMENTS]

Installs the packages that are missing (Debian, Ubuntu), builds Lanyard into build/ and opens its
window. ARGUMENTS are passed on to lanyard-gtk.

  --demo      start a demo provider on this computer, too, and list it as provider "Demo"
  -h, --help  show this text
USAGE
}

# Installs below the build folder, so that icons, settings and translations are found.
build_and_install() {
  mkdir -p "$build"
  if [ ! -f "$build/build.ninja" ]; then
    say "building; the first time takes a minute"
    meson setup "$build" "$root" --prefix "$prefix" --libdir lib --buildtype debugoptimized \
      > "$build/setup.log" 2>&1 || fail_with_log "$build/setup.log"
  fi
  meson compile -C "$build" > "$build/compile.log" 2>&1 || fail_with_log "$build/compile.log"
  meson install -C "$build" --no-rebuild --only-changed > "$build/install.log" 2>&1 ||
    fail_with_log "$build/install.log"
}

check_display() {
  [ -n "${WAYLAND_DISPLAY:-}" ] || [ -n "${DISPLAY:-}" ] && return
  say "there is no display (neither WAYLAND_DISPLAY nor DISPLAY is set), so no window can open."
  say "Run this in a desktop session, or use the command line: $prefix/bin/lanyard --help"
  exit 1
}

demo_pid=

stop_demo() {
  [ -n "$demo_pid" ] || return 0
  kill "$demo_pid" 2> /dev/null || true
  wait "$demo_pid" 2> /dev/null || true
  demo_pid=
}

# Whether the demo provider starts on that port.
try_demo() {
  ready=$build/demo-provider.ready
  : > "$ready"
  python3 "$root/tests/support/demo-provider/demo-provider.py" --port "$1" > "$ready" \
    2> "$build/demo-provider.log" &
  demo_pid=$!
  while [ ! -s "$ready" ] && kill -0 "$demo_pid" 2> /dev/null; do
    sleep 0.1
  done
  [ -s "$ready" ] && return
  wait "$demo_pid" 2> /dev/null || true
  demo_pid=
  return 1
}

# Port 8401, so that what was authorized yesterday can be renewed today, or the next free one.
start_demo() {
  port=8401
  until try_demo "$port"; do
    port=$((port + 1))
    [ "$port" -lt 8420 ] || fail_with_log "$build/demo-provider.log"
  done

  file=${XDG_CONFIG_HOME:-$HOME/.config}/lanyard/providers/demo.json
  mkdir -p "$(dirname "$file")"
  sed "s/@PORT@/$port/g" "$root/tests/support/demo-provider/demo.json" > "$file"
  say "a demo provider runs at http://127.0.0.1:$port until the window is closed."
  say "Press Add, choose the provider Demo, press Authorize, sign in as demo with password demo."
}

demo=no
case ${1:-} in
  --demo)
    demo=yes
    shift
    ;;
  -h | --help)
    usage
    exit 0
    ;;
esac

# shellcheck disable=SC2086
install_packages $run_packages
build_and_install
check_display

# Where nothing is set, the directories are those that the specification names.
export XDG_DATA_DIRS="$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
export GSETTINGS_SCHEMA_DIR="$prefix/share/glib-2.0/schemas"

if [ "$demo" = no ]; then
  exec "$prefix/bin/lanyard-gtk" "$@"
fi

trap stop_demo EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
start_demo
status=0
"$prefix/bin/lanyard-gtk" "$@" || status=$?
exit "$status"
