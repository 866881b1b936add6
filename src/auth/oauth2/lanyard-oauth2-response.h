/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-outcome.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/* The credential that says when the refresh token ends, in seconds since 1970. */
#define LANYARD_OAUTH2_REFRESH_EXPIRES_AT "refresh_expires_at"

/**
 * LanyardOAuth2Exchange:
 * @LANYARD_OAUTH2_EXCHANGE_CODE: a code for tokens
 * @LANYARD_OAUTH2_EXCHANGE_REFRESH: a refresh token for an access token
 * @LANYARD_OAUTH2_EXCHANGE_STEP: a long-lived token for an access token, by the provider's `steps`
 *
 * What a token answer answers.
 */
typedef enum
{
  LANYARD_OAUTH2_EXCHANGE_CODE,
  LANYARD_OAUTH2_EXCHANGE_REFRESH,
  LANYARD_OAUTH2_EXCHANGE_STEP,
} LanyardOAuth2Exchange;

/**
 * lanyard_oauth2_response_dup_paths:
 * @name: the standard's name of a member: `access_token`
 *
 * Returns: (transfer full): the path or paths under which the provider answers with it; its own
 * name where the provider's data is silent
 */
char **lanyard_oauth2_response_dup_paths (LanyardAuthContext *context, const char *name);

/**
 * lanyard_oauth2_response_get_root:
 * @object: an answer
 *
 * Returns: (transfer none): the object in @object that the paths begin at
 */
JsonObject *lanyard_oauth2_response_get_root (LanyardAuthContext *context, JsonObject *object);

/**
 * lanyard_oauth2_response_dup_refusal:
 * @response: the answer of the token endpoint
 *
 * Returns: (transfer full) (nullable): the name of the error, as the standard spells it; %NULL when
 * there is none, or when it is no refusal
 */
char *lanyard_oauth2_response_dup_refusal (LanyardAuthContext *context,
                                           const LanyardResponse *response);

/**
 * lanyard_oauth2_response_read_tokens:
 * @context: the authorization, with the credentials from before
 * @response: the answer of the token endpoint
 * @now: when it came, in seconds since 1970
 * @error: return location for %LANYARD_ERROR_NOT_AUTHORIZED (the grant is no longer good),
 * %LANYARD_ERROR_PROVIDER (the server refused for a reason of its own), %LANYARD_ERROR_UNAVAILABLE,
 * %LANYARD_ERROR_PROTOCOL
 *
 * Reads an answer as RFC 6749 sections 5.1 and 5.2 have it, mapped by the provider's data. Unknown
 * members are passed over, members of a wrong type count as absent. A refresh token that did not
 * come keeps the old one (section 6).
 *
 * Returns: (transfer full): the credentials and what belongs to them, or %NULL
 */
LanyardOutcome *lanyard_oauth2_response_read_tokens (LanyardAuthContext *context,
                                                     LanyardOAuth2Exchange exchange,
                                                     const LanyardResponse *response,
                                                     gint64 now,
                                                     GError **error);

/**
 * lanyard_oauth2_response_read_captured:
 * @credentials: where values are kept
 * @error: as for lanyard_oauth2_response_read_tokens()
 *
 * Reads the answer to a request that is no exchange of tokens: what the provider's data wants to be
 * kept of it.
 */
gboolean lanyard_oauth2_response_read_captured (LanyardAuthContext *context,
                                                const LanyardResponse *response,
                                                LanyardCredentials *credentials,
                                                GError **error);

/**
 * lanyard_oauth2_response_has_scopes:
 *
 * Returns: whether an answer says which scopes were granted
 */
gboolean lanyard_oauth2_response_has_scopes (LanyardAuthContext *context,
                                             const LanyardResponse *response);

/**
 * lanyard_oauth2_response_is_renewable:
 *
 * Returns: whether @credentials can be renewed without the person
 */
gboolean lanyard_oauth2_response_is_renewable (LanyardAuthContext *context,
                                               LanyardCredentials *credentials);

G_END_DECLS
