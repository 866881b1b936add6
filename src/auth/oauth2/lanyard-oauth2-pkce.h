/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_oauth2_pkce_challenge:
 * @encoding: (nullable): how the provider's data wants it: `base64url` (the standard's),
 * `hex`, or `hex_base64url`, the base64url of the hexadecimal digits
 * @verifier: the code verifier
 *
 * Returns: (transfer full): the challenge of the method S256 (RFC 7636 section 4.2, quirk A18)
 */
char *lanyard_oauth2_pkce_challenge (const char *encoding, const char *verifier);

G_END_DECLS
