/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-transport.h"

G_BEGIN_DECLS

/**
 * LanyardSoupTransport:
 *
 * HTTP by libsoup: one session, connections kept, proxies as the desktop has them, TLS always
 * verified, http only to loopback, no redirects, no cookies, no cache.
 */
#define LANYARD_TYPE_SOUP_TRANSPORT (lanyard_soup_transport_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSoupTransport,
                      lanyard_soup_transport,
                      LANYARD,
                      SOUP_TRANSPORT,
                      GObject)

G_END_DECLS
