/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth2_request_check_params:
 * @text: (nullable): form-encoded parameters that a person added
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks that the text can be read and holds none of the names that the protocol itself uses.
 */
gboolean lanyard_oauth2_request_check_params (const char *text, GError **error);

/**
 * lanyard_oauth2_request_dup_authorization_uri:
 * @redirect_uri: the redirect URI of the attempt
 * @state: its state
 * @code_challenge: (nullable): its challenge; %NULL where the provider's data switches PKCE off
 *
 * Returns: (transfer full): the address where the person signs in (RFC 6749 section 4.1.1)
 */
char *lanyard_oauth2_request_dup_authorization_uri (LanyardAuthContext *context,
                                                    const char *redirect_uri,
                                                    const char *state,
                                                    const char *code_challenge);

/**
 * lanyard_oauth2_request_new_token:
 * @code: the authorization code
 * @redirect_uri: the redirect URI of the attempt, identical
 * @code_verifier: (nullable): the verifier of the attempt
 *
 * Returns: (transfer full): the request that turns a code into tokens (RFC 6749 section 4.1.3)
 */
LanyardRequest *lanyard_oauth2_request_new_token (LanyardAuthContext *context,
                                                  const char *code,
                                                  const char *redirect_uri,
                                                  const char *code_verifier);

/**
 * lanyard_oauth2_request_new_refresh:
 *
 * Returns: (transfer full): the request that renews the access token with the refresh token in
 * @context (RFC 6749 section 6)
 */
LanyardRequest *lanyard_oauth2_request_new_refresh (LanyardAuthContext *context);

/**
 * lanyard_oauth2_request_new_step:
 * @now: seconds since 1970, for `{now}`
 *
 * Returns: (transfer full): the request that the provider's data names as `steps[0]`, which turns a
 * long-lived token into an access token; %NULL when there is none
 */
LanyardRequest *lanyard_oauth2_request_new_step (LanyardAuthContext *context, gint64 now);

/**
 * lanyard_oauth2_request_new_revoke:
 * @token: the name of the credential to take back: `refresh_token`
 *
 * Returns: (transfer full): the request of RFC 7009 section 2.1
 */
LanyardRequest *lanyard_oauth2_request_new_revoke (LanyardAuthContext *context, const char *token);

/**
 * lanyard_oauth2_request_apply:
 *
 * Adds the access token in @context to @request: `Authorization: Bearer` (RFC 6750 section 2.1), or
 * what the provider's data says under `use`.
 */
void lanyard_oauth2_request_apply (LanyardAuthContext *context, LanyardRequest *request);

G_END_DECLS
