/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-key.h"

G_BEGIN_DECLS

/**
 * lanyard_jwt_key_new:
 * @text: a key as a person has it: PEM, a JWK, `hex:…`, `base64:…` (also base64url), or else a
 * shared secret as it stands
 * @passphrase: (nullable): what a PEM is encrypted with
 * @error: return location for %LANYARD_ERROR_INVALID, which never quotes the key
 *
 * Returns: (transfer full): the key, or %NULL
 */
LanyardKey *lanyard_jwt_key_new (LanyardSecret *text, LanyardSecret *passphrase, GError **error);

/**
 * lanyard_jwt_key_find:
 * @id: (out) (optional) (transfer full) (nullable): the name of the key, where the text of the key
 * holds both (quirk K6)
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): the key that tokens of @context are signed with, read as the provider's
 * data says under `key`; or %NULL
 */
LanyardKey *lanyard_jwt_key_find (LanyardAuthContext *context, char **id, GError **error);

G_END_DECLS
