#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# django-oauth-toolkit, simplejwt and Django REST framework on loopback.
#
#   start.sh PORT    prints "ready"; ends on SIGTERM, exit 1 when it cannot start
#
# AT_TTL=30    lifetime of access tokens in seconds
# DEBUG=1      a line for each request

PORT=${1:?usage: start.sh PORT}
HERE=$(cd "$(dirname "$0")" && pwd) || exit 1
PID=

# In memory where possible: SQLite on a busy disk makes the start slow.
PARENT=${TMPDIR:-/dev/shm}
[ -w "$PARENT" ] || PARENT=/tmp
STATE=$(mktemp -d "$PARENT/lanyard-django.XXXXXX") || exit 1

finish() {
  trap '' TERM INT
  if [ -n "$PID" ]; then
    kill "$PID" 2>/dev/null
    wait "$PID" 2>/dev/null
  fi
  rm -rf "$STATE"
  exit "$1"
}
trap 'finish 0' TERM INT

/usr/bin/python3 "$HERE/server.py" "$PORT" "$STATE" &
PID=$!
wait "$PID"
PID=
finish 1
