/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-error.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth1_response_read:
 * @response: an answer to a request for temporary or token credentials
 * @refusal: the code of an answer that says no: %LANYARD_ERROR_PROVIDER, or
 * %LANYARD_ERROR_NOT_AUTHORIZED where what it says no to is a token
 * @error: return location for @refusal, %LANYARD_ERROR_UNAVAILABLE, %LANYARD_ERROR_PROTOCOL (an
 * answer without a token)
 *
 * Reads a form, whatever its content type says (RFC 5849 section 2.1). A refusal is quoted, with
 * what the extension for problems (`oauth_problem`, `oauth_problem_advice`) says in the body or in
 * the challenge.
 *
 * Returns: (transfer full): the pairs, with `oauth_token` and `oauth_token_secret` among them; or
 * %NULL
 */
LanyardParams *lanyard_oauth1_response_read (LanyardAuthContext *context,
                                             const LanyardResponse *response,
                                             LanyardError refusal,
                                             GError **error);

/**
 * lanyard_oauth1_response_take:
 * @params: what lanyard_oauth1_response_read() returned
 * @now: when it came, in seconds since 1970
 *
 * Returns: (transfer full): the credentials of @context with the token of @params, and with its end
 * and its session handle where there are any (`oauth_expires_in`, `oauth_session_handle`)
 */
LanyardCredentials *
lanyard_oauth1_response_take (LanyardAuthContext *context, const LanyardParams *params, gint64 now);

G_END_DECLS
