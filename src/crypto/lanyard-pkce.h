/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_pkce_new_verifier:
 *
 * Returns: (transfer full): a new code verifier of 43 characters, 256 random bits (RFC 7636
 * section 4.1)
 */
char *lanyard_pkce_new_verifier (void);

/**
 * lanyard_pkce_challenge:
 * @verifier: a code verifier
 *
 * Returns: (transfer full): BASE64URL(SHA256(ASCII(verifier))), the method S256 (RFC 7636
 * section 4.2)
 */
char *lanyard_pkce_challenge (const char *verifier);

G_END_DECLS
