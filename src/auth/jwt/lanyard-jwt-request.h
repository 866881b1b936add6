/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_jwt_request_is_needed:
 * @name: the name of a setting or a credential: `username`
 *
 * Returns: whether the login request has a place for it
 */
gboolean lanyard_jwt_request_is_needed (LanyardAuthContext *context, const char *name);

/**
 * lanyard_jwt_request_new_login:
 * @now: seconds since 1970
 *
 * Returns: (transfer full): the request that turns user name and password into a token, or %NULL
 */
LanyardRequest *
lanyard_jwt_request_new_login (LanyardAuthContext *context, gint64 now, GError **error);

/**
 * lanyard_jwt_request_new_refresh:
 *
 * Returns: (transfer full) (nullable): the request that renews with the refresh token; %NULL where
 *   there is no such token, or no address that takes one
 */
LanyardRequest *lanyard_jwt_request_new_refresh (LanyardAuthContext *context, gint64 now);

/**
 * lanyard_jwt_request_new_exchange:
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): the request that turns a token that is signed here into an access token
 *   (RFC 7523 section 2.1, or as the provider's data says under `exchange`), or %NULL
 */
LanyardRequest *
lanyard_jwt_request_new_exchange (LanyardAuthContext *context, gint64 now, GError **error);

/**
 * lanyard_jwt_request_make_token_context:
 *
 * Returns: (transfer full): @context for lanyard_oauth2_response_read_tokens(), where the
 * provider's data does not say what its answer calls the tokens: by the names that are in use
 */
LanyardAuthContext *lanyard_jwt_request_make_token_context (LanyardAuthContext *context);

G_END_DECLS
