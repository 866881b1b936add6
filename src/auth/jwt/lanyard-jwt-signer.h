/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_jwt_signer_is_for_request:
 *
 * Returns: whether the claims name the request that a token is for (`{request_uri}`), so that there
 * is a token for each
 */
gboolean lanyard_jwt_signer_is_for_request (LanyardAuthContext *context);

/**
 * lanyard_jwt_signer_sign:
 * @request: (nullable): the request that the token is for
 * @now: seconds since 1970
 * @expires_at: (out) (optional): until when the token is good; 0 when its claims do not say
 * @account: (out) (optional) (transfer full) (nullable): whom it is about
 * @error: return location for %LANYARD_ERROR_INVALID, which says which setting is wrong
 *
 * Makes a token of the settings `algorithm signing_key key_id claims headers lifetime`, or of what
 * the provider's data says under `alg key claims header lifetime`: `iat`, `exp` and `jti` are added
 * where the claims do not have them, and `aud` where the token is for a token endpoint (RFC 7523
 * section 3).
 *
 * Returns: (transfer full): the token, or %NULL
 */
LanyardSecret *lanyard_jwt_signer_sign (LanyardAuthContext *context,
                                        const LanyardRequest *request,
                                        gint64 now,
                                        gint64 *expires_at,
                                        char **account,
                                        GError **error);

G_END_DECLS
