/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_base_url_normalize:
 * @text: the address of a server as a person types it: `cloud.example.org/`
 *
 * Gives every spelling of an address one form: https where no scheme is typed, scheme and host in
 * lower case and ASCII (RFC 5890), no default port, no slash at the end.
 *
 * Returns: (transfer full) (nullable): the address; %NULL where @text is none
 */
char *lanyard_base_url_normalize (const char *text);

/**
 * lanyard_base_url_check:
 * @url: a normalized address
 * @allows_http: whether the person confirmed that credentials may go over http
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks that credentials may be bound to @url: as lanyard_uri_check_endpoint(), without a query,
 * and with a path that means what it says.
 */
gboolean lanyard_base_url_check (const char *url, gboolean allows_http, GError **error);

/**
 * lanyard_base_url_check_address:
 * @what: what it is, for the message
 *
 * As lanyard_uri_check_endpoint(), with http to anywhere where @allows_http.
 */
gboolean lanyard_base_url_check_address (const char *uri,
                                         gboolean allows_http,
                                         const char *what,
                                         GError **error);

G_END_DECLS
