#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes certificates to be right and wrong with.   usage: mkcerts.sh DIRECTORY
#
#   ca            signs all the others but one
#   server        good for localhost, 127.0.0.1 and ::1
#   wronghost     good for other.example only
#   expired       was good for localhost until yesterday
#   selfsigned    for localhost, but nobody vouches for it
#   client        for a client, CN mtls-client

set -e
mkdir -p "$1"
cd "$1"
exec 2>openssl.log
KEY='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
LOCAL=DNS:localhost,IP:127.0.0.1,IP:::1

openssl req -x509 $KEY -keyout ca.key -out ca.crt -days 30 -subj '/CN=Lanyard test CA'
openssl req -x509 $KEY -keyout selfsigned.key -out selfsigned.crt -days 30 \
  -subj '/CN=localhost' -addext "subjectAltName=$LOCAL"

mkdir -p db
: >db/index
echo 1000 >db/serial
cat >ca.cnf <<CONF
[ca]
default_ca = test
[test]
database = $PWD/db/index
serial = $PWD/db/serial
new_certs_dir = $PWD/db
certificate = $PWD/ca.crt
private_key = $PWD/ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
CONF

# leaf NAME COMMON_NAME START END EXTENSION…
leaf() {
  name=$1 common_name=$2 start=$3 end=$4
  shift 4
  openssl req $KEY -keyout "$name.key" -out "$name.csr" -subj "/CN=$common_name"
  printf '%s\n' "$@" >"$name.ext"
  openssl ca -batch -config ca.cnf -in "$name.csr" -out "$name.crt" -notext \
    -extfile "$name.ext" -startdate "$start" -enddate "$end"
}

at() {
  date -u -d "$1" +%Y%m%d%H%M%SZ
}
LONG_AGO=$(at '20 days ago')
YESTERDAY=$(at '1 day ago')
LATER=$(at '30 days')

leaf server localhost "$YESTERDAY" "$LATER" "subjectAltName=$LOCAL" extendedKeyUsage=serverAuth
leaf wronghost other.example "$YESTERDAY" "$LATER" subjectAltName=DNS:other.example \
  extendedKeyUsage=serverAuth
leaf expired localhost "$LONG_AGO" "$YESTERDAY" "subjectAltName=$LOCAL" extendedKeyUsage=serverAuth
leaf client mtls-client "$YESTERDAY" "$LATER" extendedKeyUsage=clientAuth
