/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * lanyard_jwk_read:
 * @object: a JWK (RFC 7517, RFC 7518 section 6, RFC 8037)
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): the key, private where @object has the private members; or %NULL
 */
LanyardKey *lanyard_jwk_read (JsonObject *object, GError **error);

/**
 * lanyard_jwk_read_set:
 * @set: a JWK Set (RFC 7517 section 5)
 *
 * Returns: (transfer full) (element-type LanyardKey): the keys that can be read; members of other
 * kinds are passed over
 */
GPtrArray *lanyard_jwk_read_set (JsonObject *set);

G_END_DECLS
