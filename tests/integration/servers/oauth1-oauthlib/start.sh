#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# An OAuth 1.0a provider (python3-oauthlib) on loopback.
#
#   start.sh PORT    prints "ready"; ends on SIGTERM, exit 1 when it cannot start
#
# SKEW=300      how far a timestamp may be off, in seconds
# PROBLEMS=0    refuse without saying why: empty bodies instead of oauth_problem=…
# DEBUG=1       a line for each request

exec /usr/bin/python3 "$(dirname "$0")/server.py" "${1:?usage: start.sh PORT}"
