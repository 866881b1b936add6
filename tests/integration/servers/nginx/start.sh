#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# nginx on loopback: Basic, API keys, a fixed Bearer token, redirects that must not carry
# credentials along, odd answers, and every kind of wrong certificate.
#
#   start.sh PORT    prints "ready"; ends on SIGTERM, exit 1 when it cannot start
#
# PORT+1 is "another origin". TLS=1 adds, on https://localhost:
#   PORT+2 good   PORT+3 wrong host   PORT+4 expired   PORT+5 self-signed
#   PORT+6 good, and asks for a client certificate
# TLS_DIR=dir    where the certificates are or will be made; else a folder that goes at the end

PORT=${1:?usage: start.sh PORT}
BASE=http://127.0.0.1:$PORT
HERE=$(cd "$(dirname "$0")" && pwd) || exit 1
PID=

curl -s -m 2 -o /dev/null "$BASE/"
if [ $? != 7 ]; then
  echo "nginx: port $PORT is taken" >&2
  exit 1
fi

STATE=$(mktemp -d "${TMPDIR:-/tmp}/lanyard-nginx.XXXXXX") || exit 1
# Workers may run as another user than the one that made the folder.
chmod 755 "$STATE"
mkdir "$STATE/temp"

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

add_user() {
  printf '%s:%s\n' "$1" "$(printf '%s' "$2" | openssl passwd -apr1 -stdin)" >>"$STATE/htpasswd"
}
add_user ada 'Lovelace-1815'
add_user björn 'pässwörd & 100%'
add_user colon 'a:b:c'
# openssl makes no hash of nothing.
echo 'empty:{PLAIN}' >>"$STATE/htpasswd"

: >"$STATE/tls.conf"
TLS_DIR=${TLS_DIR:-$STATE/tls}
if [ "$TLS" = 1 ]; then
  [ -s "$TLS_DIR/client.crt" ] || "$HERE/mkcerts.sh" "$TLS_DIR" || finish 1
  offset=2
  for name in server wronghost expired selfsigned server; do
    echo "server {"
    echo "  listen 127.0.0.1:$((PORT + offset)) ssl;"
    echo "  ssl_certificate $TLS_DIR/$name.crt;"
    echo "  ssl_certificate_key $TLS_DIR/$name.key;"
    if [ $offset = 6 ]; then
      echo "  ssl_client_certificate $TLS_DIR/ca.crt;"
      echo "  ssl_verify_client on;"
    fi
    echo "  location / { return 200 \$seen; }"
    echo "}"
    offset=$((offset + 1))
  done >"$STATE/tls.conf"
fi

ROOT=
[ "$(id -u)" = 0 ] && ROOT='user root;'
sed -e "s|@PORT@|$PORT|g" -e "s|@OTHER@|$((PORT + 1))|g" -e "s|@STATE@|$STATE|g" \
  -e "s|@TLS_DIR@|$TLS_DIR|g" -e "s|@ROOT@|$ROOT|g" "$HERE/nginx.conf.in" >"$STATE/nginx.conf"

/usr/sbin/nginx -p "$STATE" -c "$STATE/nginx.conf" 2>"$STATE/stderr" &
PID=$!
tries=0
until curl -s -o /dev/null "$BASE/"; do
  tries=$((tries + 1))
  if [ $tries -gt 200 ] || ! kill -0 "$PID" 2>/dev/null; then
    cat "$STATE/stderr" >&2
    finish 1
  fi
  sleep 0.02
done
echo ready
wait "$PID"
PID=
finish 1
