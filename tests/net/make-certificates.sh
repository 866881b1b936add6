#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later

# make-certificates.sh FOLDER
# Makes an authority (ca.pem) and certificates for this computer, each as one PEM file with its key: good.pem, wrong-host.pem,
# expired.pem, not-yet.pem and self-signed.pem.
set -eu

mkdir -p "$1/issued"
cd "$1"
: >index
echo 1000 >serial
cat >ca.conf <<END
[ca]
default_ca = authority
[authority]
database = $PWD/index
serial = $PWD/serial
new_certs_dir = $PWD/issued
certificate = $PWD/ca.pem
private_key = $PWD/ca.key
default_md = sha256
policy = policy
unique_subject = no
[policy]
commonName = supplied
END

new_key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'

# issue FILE NAME ALTERNATIVE-NAMES FROM UNTIL
issue() {
  # shellcheck disable=SC2086
  openssl req $new_key -keyout "$1.key" -out "$1.csr" -subj "/CN=$2" 2>log
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$3" >"$1.ext"
  openssl ca -batch -notext -config ca.conf -in "$1.csr" -out "$1.crt" -extfile "$1.ext" \
    -startdate "$4" -enddate "$5" 2>log
  cat "$1.crt" "$1.key" >"$1.pem"
}

day() {
  date -u -d "$1" +%Y%m%d%H%M%SZ
}

# shellcheck disable=SC2086
openssl req -x509 $new_key -keyout ca.key -out ca.pem -days 30 -subj '/CN=Test Authority' 2>log
local_names='DNS:localhost,IP:127.0.0.1,IP:::1'
issue good localhost "$local_names" "$(day 'yesterday')" "$(day '30 days')"
issue wrong-host other.example 'DNS:other.example' "$(day 'yesterday')" "$(day '30 days')"
issue expired localhost "$local_names" "$(day '20 days ago')" "$(day 'yesterday')"
issue not-yet localhost "$local_names" "$(day 'tomorrow')" "$(day '30 days')"
# shellcheck disable=SC2086
openssl req -x509 $new_key -keyout self-signed.key -out self-signed.crt -days 30 \
  -subj '/CN=localhost' -addext "subjectAltName=$local_names" 2>log
cat self-signed.crt self-signed.key >self-signed.pem
