/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_jwt_verifier_validate:
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks the settings `verification_key` and `verification_algorithms`.
 */
gboolean lanyard_jwt_verifier_validate (LanyardAuthContext *context, GError **error);

/**
 * lanyard_jwt_verifier_is_asked_for:
 *
 * Returns: whether there is a key, or an address of keys, to check signatures with
 */
gboolean lanyard_jwt_verifier_is_asked_for (LanyardAuthContext *context);

/**
 * lanyard_jwt_verifier_new_request:
 *
 * Returns: (transfer full) (nullable): the request for the keys of the issuer (RFC 7517 section 5);
 *   %NULL when none are needed, or the person has given one
 */
LanyardRequest *lanyard_jwt_verifier_new_request (LanyardAuthContext *context);

/**
 * lanyard_jwt_verifier_check:
 * @token: a token that a server sent
 * @response: (nullable): the answer to lanyard_jwt_verifier_new_request()
 * @now: seconds since 1970
 * @error: return location for %LANYARD_ERROR_PROTOCOL, which says which check failed,
 * %LANYARD_ERROR_PROVIDER and %LANYARD_ERROR_UNAVAILABLE, when the keys could not be had
 *
 * Checks a token as RFC 8725 has it: the signature, where there is a key to check it with, by an
 * algorithm of `verification_algorithms` only; the times; `issuer` and `audience` where they are
 * set. `none` is never an algorithm, and keys that a token brings along are not looked at.
 *
 * Returns: (transfer full): its claims, or %NULL
 */
JsonObject *lanyard_jwt_verifier_check (LanyardAuthContext *context,
                                        const char *token,
                                        const LanyardResponse *response,
                                        gint64 now,
                                        GError **error);

G_END_DECLS
