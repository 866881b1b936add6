#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# glewlwyd, an OAuth 2.0 and OpenID Connect server in C, on loopback.
#
#   start.sh PORT    prints "ready" once it is configured; ends on SIGTERM, exit 1 when it cannot
#
# AT_TTL=5                     lifetime of access tokens in seconds
# REDIRECT_PORTS=8765,18765    loopback ports that the clients' redirect URIs may have

PORT=${1:?usage: start.sh PORT}
BASE=http://127.0.0.1:$PORT
HERE=$(cd "$(dirname "$0")" && pwd) || exit 1
SHARE=/usr/share/glewlwyd/webapp
PID=

curl -s -m 2 -o /dev/null "$BASE/"
if [ $? != 7 ]; then
  echo "glewlwyd: port $PORT is taken" >&2
  exit 1
fi

# In memory where possible: SQLite on a busy disk makes the start slow.
PARENT=${TMPDIR:-/dev/shm}
[ -w "$PARENT" ] || PARENT=/tmp
STATE=$(mktemp -d "$PARENT/lanyard-glewlwyd.XXXXXX") || exit 1

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

# Debian ships webapp/config.json as a link to a folder, and the file server refuses links that
# leave its own folder: so it gets a repaired copy (2 MB).
mkdir "$STATE/webapp"
for file in "$SHARE"/*; do
  [ "${file##*/}" = config.json ] || cp -rL "$file" "$STATE/webapp/"
done
cp /etc/glewlwyd/config-2.7.json/config.json "$STATE/webapp/config.json" || finish 1

/usr/bin/python3 - "$STATE/glewlwyd.db" <<'PYTHON' || finish 1
import gzip, sqlite3, sys
with gzip.open("/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz", "rt") as schema:
    database = sqlite3.connect(sys.argv[1])
    database.executescript(schema.read())
    database.commit()
PYTHON

sed -e "s|@PORT@|$PORT|g" -e "s|@STATE@|$STATE|g" "$HERE/glewlwyd.conf.in" >"$STATE/glewlwyd.conf"
glewlwyd --config-file="$STATE/glewlwyd.conf" &
PID=$!
if ! /usr/bin/python3 "$HERE/setup.py" "$BASE"; then
  tail -n 40 "$STATE/glewlwyd.log" >&2
  finish 1
fi
echo ready
wait "$PID"
PID=
finish 1
