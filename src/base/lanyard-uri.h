/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-params.h"

G_BEGIN_DECLS

/**
 * lanyard_uri_check_endpoint:
 * @uri: an address where credentials are sent
 * @what: what it is, in the person's words and language ("token endpoint"), for the message
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks that an address is absolute, https (http only to loopback: `127.0.0.0/8`, `[::1]`,
 * `localhost`), with a host, without user name, password or fragment (RFC 6749 sections 3.1
 * and 3.2), at most 8 KiB, without control characters.
 *
 * Returns: whether it is
 */
gboolean lanyard_uri_check_endpoint (const char *uri, const char *what, GError **error);

/**
 * lanyard_uri_check_redirect:
 * @uri: a redirect URI
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks a redirect URI: https, http to loopback, or a private scheme with a dot in it and one
 * slash behind it (RFC 8252 sections 7.1 to 7.3); no fragment, user name or password.
 *
 * Returns: whether it is one
 */
gboolean lanyard_uri_check_redirect (const char *uri, GError **error);

/**
 * lanyard_uri_is_loopback:
 * @uri: an address
 *
 * Returns: whether its host is `localhost` or an IP literal of the loopback range
 */
gboolean lanyard_uri_is_loopback (const char *uri);

/**
 * lanyard_uri_append_params:
 * @uri: an address, whose own query is kept as it is (RFC 6749 section 3.1)
 * @params: what to add to the query
 *
 * Returns: (transfer full): the address with the query
 */
char *lanyard_uri_append_params (const char *uri, const LanyardParams *params);

/**
 * lanyard_uri_matches_redirect:
 * @uri: the address that a user agent was sent to
 * @redirect_uri: the redirect URI of the attempt
 *
 * Compares scheme, host, port and path exactly (RFC 8252 section 8.10), and demands that every pair
 * of the query in @redirect_uri is in @uri. A default port equals none.
 *
 * Returns: whether @uri is an answer to that attempt
 */
gboolean lanyard_uri_matches_redirect (const char *uri, const char *redirect_uri);

/**
 * lanyard_uri_is_within:
 * @uri: an address that credentials are to be sent to
 * @base_uri: the address that they belong to
 *
 * Returns: whether @uri has the scheme, host and port of @base_uri and a path in or below its path
 * (RFC 7617 section 2.2); a path with dot segments, plain or escaped, is in no other
 */
gboolean lanyard_uri_is_within (const char *uri, const char *base_uri);

/**
 * lanyard_uri_dup_origin:
 *
 * Returns: (transfer full) (nullable): scheme, host and port (`https://example.org`), for the
 * person to see; %NULL when @uri is no absolute address
 */
char *lanyard_uri_dup_origin (const char *uri);

/**
 * lanyard_uri_redact:
 *
 * Returns: (transfer full): @uri with user name, password, query and fragment taken out, for logs
 */
char *lanyard_uri_redact (const char *uri);

G_END_DECLS
