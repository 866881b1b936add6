/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_base64url_encode:
 *
 * Returns: (transfer full): @data in base64url without padding (RFC 7515 section 2)
 */
char *lanyard_base64url_encode (gconstpointer data, gsize length);

/**
 * lanyard_base64url_decode:
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Reads base64url without padding; padding, space, line breaks and left-over bits are refused.
 *
 * Returns: (transfer full): the bytes, or %NULL
 */
GBytes *lanyard_base64url_decode (const char *text, GError **error);

G_END_DECLS
