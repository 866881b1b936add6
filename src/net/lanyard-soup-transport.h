/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-transport.h"

G_BEGIN_DECLS

/**
 * LanyardSoupTransport:
 *
 * HTTP by libsoup: connections kept, proxies as the desktop has them (none to loopback), TLS always
 * verified, http only to loopback, no redirects, no cookies, no cache, no stored passwords. A
 * request that is cancelled or late is dropped with its connection. One that is repeatable may go
 * over a connection that served before; where that is lost before a byte of the answer came, it is
 * sent once more, over a new one.
 *
 * All properties are construct only:
 *
 * Property `timeout` (guint, milliseconds): how long one request may take, from the look-up of the
 * name to the last byte; %LANYARD_TRANSPORT_TIMEOUT by default.
 *
 * Property `keep-time` (guint, milliseconds): how long a connection waits for another request;
 * three seconds by default.
 *
 * Property `tls-database` (GTlsDatabase, nullable): the authorities that are trusted; the system's
 * by default.
 *
 * Property `proxy-resolver` (GProxyResolver, nullable): how to find the proxy; the desktop's by
 * default.
 */
#define LANYARD_TYPE_SOUP_TRANSPORT (lanyard_soup_transport_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSoupTransport,
                      lanyard_soup_transport,
                      LANYARD,
                      SOUP_TRANSPORT,
                      GObject)

G_END_DECLS
