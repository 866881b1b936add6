/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How far two clocks may be apart, in seconds (RFC 7519 section 4.1.4). */
#define LANYARD_JWT_LEEWAY 60

/**
 * lanyard_jwt_claims_parse:
 * @payload: the payload of a token
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Reads the claims: a JSON object in UTF-8 with no name twice (RFC 7519 sections 4 and 7.2).
 *
 * Returns: (transfer full): the claims, or %NULL
 */
JsonObject *lanyard_jwt_claims_parse (GBytes *payload, GError **error);

/**
 * lanyard_jwt_claims_get_time:
 * @name: `exp`, `nbf`, `iat`
 * @time: (out): seconds since 1970; 0 when the claim is absent
 *
 * Returns: whether the claim is absent, or a number that can be a time (RFC 7519 section 2); a
 * fraction is cut
 */
gboolean lanyard_jwt_claims_get_time (JsonObject *claims, const char *name, gint64 *time);

/**
 * lanyard_jwt_claims_check:
 * @issuer: (nullable): what `iss` must be
 * @audience: (nullable): what `aud` must hold
 * @now: seconds since 1970
 * @error: return location for %LANYARD_ERROR_INVALID, which says what is wrong
 *
 * Checks when the claims hold, who made them and for whom (RFC 7519 section 4.1, RFC 8725 sections
 * 3.8 and 3.9), with a leeway of %LANYARD_JWT_LEEWAY.
 */
gboolean lanyard_jwt_claims_check (JsonObject *claims,
                                   const char *issuer,
                                   const char *audience,
                                   gint64 now,
                                   GError **error);

/**
 * lanyard_jwt_claims_dup_account:
 *
 * Returns: (transfer full) (nullable): who the token is about, when that can be shown
 */
char *lanyard_jwt_claims_dup_account (JsonObject *claims);

G_END_DECLS
