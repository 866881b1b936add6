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
 * @now: seconds since 1970
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Signs @request with the consumer and the token of @context; see lanyard_oauth1_signer_sign().
 */
gboolean lanyard_oauth1_request_sign (LanyardAuthContext *context,
                                      LanyardRequest *request,
                                      gint64 now,
                                      GError **error);

/**
 * lanyard_oauth1_request_new_temporary:
 * @redirect_uri: where the person comes back to, or %LANYARD_OUT_OF_BAND
 *
 * Returns: (transfer full): the request for temporary credentials (RFC 5849 section 2.1), with the
 *   scopes where the provider's data wants them here; or %NULL
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
 * lanyard_oauth1_request_new_renewal:
 * @context: the authorization, with its `session_handle`
 *
 * Returns: (transfer full): the request that renews a token with its session handle, an extension
 *   of the protocol; or %NULL
 */
LanyardRequest *
lanyard_oauth1_request_new_renewal (LanyardAuthContext *context, gint64 now, GError **error);

/**
 * lanyard_oauth1_request_dup_authorization_uri:
 * @page: (nullable): the address of the page, from the answer to the first request; %NULL for the
 * authorization endpoint
 * @token: the temporary identifier
 * @redirect_uri: where the person comes back to, which a provider from before revision A wants here
 *
 * Returns: (transfer full): the address where the person signs in (RFC 5849 section 2.2)
 */
char *lanyard_oauth1_request_dup_authorization_uri (LanyardAuthContext *context,
                                                    const char *page,
                                                    const char *token,
                                                    const char *redirect_uri);

G_END_DECLS
