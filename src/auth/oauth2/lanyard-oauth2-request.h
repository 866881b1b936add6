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
 * lanyard_oauth2_request_make_extra:
 * @setting: where the person's own parameters are: `token_params`
 *
 * Returns: (transfer full): `resource` (RFC 8707) and what the person added
 */
LanyardParams *lanyard_oauth2_request_make_extra (LanyardAuthContext *context, const char *setting);

/**
 * lanyard_oauth2_request_add_scopes:
 *
 * Adds the scopes to ask for: under the name, with the separator and in the groups that the
 * provider's data has.
 */
void lanyard_oauth2_request_add_scopes (LanyardAuthContext *context, LanyardParams *params);

/**
 * lanyard_oauth2_request_dup_authorization_uri:
 * @redirect_uri: the redirect URI of the attempt
 * @state: its state
 * @code_challenge: (nullable): its challenge; %NULL where the provider's data switches PKCE off
 * @error: return location for %LANYARD_ERROR_INVALID: the address is none that a person may be sent
 * to, or a template cannot be filled in
 *
 * Returns: (transfer full): the address where the person signs in (RFC 6749 section 4.1.1)
 */
char *lanyard_oauth2_request_dup_authorization_uri (LanyardAuthContext *context,
                                                    const char *redirect_uri,
                                                    const char *state,
                                                    const char *code_challenge,
                                                    GError **error);

/**
 * lanyard_oauth2_request_dup_sent_redirect_uri:
 *
 * Returns: (transfer full): what the provider is told as the redirect URI: @redirect_uri, or the
 * name that it has for it
 */
char *lanyard_oauth2_request_dup_sent_redirect_uri (LanyardAuthContext *context,
                                                    const char *redirect_uri);

/* The functions below make a request at @now, in seconds since 1970. Their @error is that of
 * lanyard_template_build_request(). */

/**
 * lanyard_oauth2_request_new_token:
 * @code: the authorization code
 * @redirect_uri: what the provider was told as the redirect URI, identical
 * @code_verifier: (nullable): the verifier of the attempt
 *
 * Returns: (transfer full): the request that turns a code into tokens (RFC 6749 section 4.1.3)
 */
LanyardRequest *lanyard_oauth2_request_new_token (LanyardAuthContext *context,
                                                  const char *code,
                                                  const char *redirect_uri,
                                                  const char *code_verifier,
                                                  gint64 now,
                                                  GError **error);

/**
 * lanyard_oauth2_request_new_client_credentials:
 *
 * Returns: (transfer full): the request for a token of the client itself (RFC 6749 section 4.4.2)
 */
LanyardRequest *lanyard_oauth2_request_new_client_credentials (LanyardAuthContext *context,
                                                               gint64 now,
                                                               GError **error);

/**
 * lanyard_oauth2_request_new_device:
 *
 * Returns: (transfer full): the request for a device code and a user code (RFC 8628 section 3.1)
 */
LanyardRequest *
lanyard_oauth2_request_new_device (LanyardAuthContext *context, gint64 now, GError **error);

/**
 * lanyard_oauth2_request_new_device_token:
 * @device_code: what the server knows the attempt by
 * @user_code: what the person enters, which templates find as `{user_code}` (quirk F13)
 *
 * Returns: (transfer full): the request that asks whether the person has signed in (RFC 8628
 * section 3.4)
 */
LanyardRequest *lanyard_oauth2_request_new_device_token (LanyardAuthContext *context,
                                                         const char *device_code,
                                                         const char *user_code,
                                                         gint64 now,
                                                         GError **error);

/**
 * lanyard_oauth2_request_new_refresh:
 *
 * Returns: (transfer full): the request that renews the access token with the refresh token in
 * @context (RFC 6749 section 6)
 */
LanyardRequest *
lanyard_oauth2_request_new_refresh (LanyardAuthContext *context, gint64 now, GError **error);

/**
 * lanyard_oauth2_request_new_step:
 * @step: one of the `steps` of the provider's data
 *
 * Returns: (transfer full): its request
 */
LanyardRequest *lanyard_oauth2_request_new_step (LanyardAuthContext *context,
                                                 JsonObject *step,
                                                 gint64 now,
                                                 GError **error);

/**
 * lanyard_oauth2_request_has_own_revocation:
 *
 * Returns: whether access is taken back by one request as the provider's data describes it, not by
 * those of RFC 7009
 */
gboolean lanyard_oauth2_request_has_own_revocation (LanyardAuthContext *context);

/**
 * lanyard_oauth2_request_new_revoke:
 * @token: the name of the credential to take back: `refresh_token`
 *
 * Returns: (transfer full): the request of RFC 7009 section 2.1, or the provider's own
 */
LanyardRequest *lanyard_oauth2_request_new_revoke (LanyardAuthContext *context,
                                                   const char *token,
                                                   gint64 now,
                                                   GError **error);

/**
 * lanyard_oauth2_request_apply:
 * @error: return location for %LANYARD_ERROR_INVALID: a value would break the request
 *
 * Adds the access token in @context to @request: `Authorization: Bearer` (RFC 6750 section 2.1), or
 * what the provider's data says under `use`.
 */
gboolean
lanyard_oauth2_request_apply (LanyardAuthContext *context, LanyardRequest *request, GError **error);

G_END_DECLS
