/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth1_request_sign:
 * @request: the request to sign
 * @extra: (nullable): more protocol parameters: `oauth_callback`, `oauth_verifier`
 * @nonce: (nullable): the nonce; %NULL makes a new one
 * @now: seconds since 1970
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Adds the protocol parameters and the signature to @request (RFC 5849 section 3.1), with the
 * consumer and the token of @context, in the header, the query or the body, as the setting
 * `transmission` says (section 3.5).
 */
gboolean lanyard_oauth1_request_sign (LanyardAuthContext *context,
                                      LanyardRequest *request,
                                      const LanyardParams *extra,
                                      const char *nonce,
                                      gint64 now,
                                      GError **error);

/**
 * lanyard_oauth1_request_new_temporary:
 * @redirect_uri: where the person comes back to
 *
 * Returns: (transfer full): the request for temporary credentials (RFC 5849 section 2.1), or %NULL
 */
LanyardRequest *lanyard_oauth1_request_new_temporary (LanyardAuthContext *context,
                                                      const char *redirect_uri,
                                                      gint64 now,
                                                      GError **error);

/**
 * lanyard_oauth1_request_new_token:
 * @context: the authorization, with the temporary credentials in the place of the token
 * @verifier: (nullable): the verifier; %NULL with a provider of OAuth 1.0 before its revision A
 *
 * Returns: (transfer full): the request for token credentials (RFC 5849 section 2.3), or %NULL
 */
LanyardRequest *lanyard_oauth1_request_new_token (LanyardAuthContext *context,
                                                  const char *verifier,
                                                  gint64 now,
                                                  GError **error);

/**
 * lanyard_oauth1_request_dup_authorization_uri:
 * @token: the temporary identifier
 *
 * Returns: (transfer full): the address where the person signs in (RFC 5849 section 2.2)
 */
char *lanyard_oauth1_request_dup_authorization_uri (LanyardAuthContext *context, const char *token);

G_END_DECLS
