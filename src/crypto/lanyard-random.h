/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_random_token:
 * @n_bytes: how many random bytes, at least 16; 32 give the 256 bits that RFC 7636 section 7.1
 * wants, 20 the 160 of RFC 6749 section 10.10
 *
 * Returns: (transfer full): random bytes of OpenSSL's generator for private values, as base64url
 * without padding. A generator that fails ends the program: nothing can be secure without it.
 */
char *lanyard_random_token (gsize n_bytes);

G_END_DECLS
