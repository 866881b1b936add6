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
 * lanyard_base64_encode:
 *
 * Returns: (transfer full): @data in base64 (RFC 4648 section 4), with padding
 */
char *lanyard_base64_encode (gconstpointer data, gsize length);

/* The bytes that the text of so many bytes takes, with the NUL at its end. */
#define LANYARD_BASE64URL_SIZE(length) (((length) + 2) / 3 * 4 + 1)

/**
 * lanyard_base64url_write:
 * @text: (array): where the text goes, of the size %LANYARD_BASE64URL_SIZE
 *
 * As lanyard_base64url_encode(), for those who have a place for it.
 *
 * Returns: the length of the text
 */
gsize lanyard_base64url_write (gconstpointer data, gsize length, char *text);

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
