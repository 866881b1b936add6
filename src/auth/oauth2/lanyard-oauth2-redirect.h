/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth2Redirect:
 * @code: the code, or a long-lived token
 * @is_token: whether it is a token, as with providers whose data names `callback.token`
 * @scopes: (nullable): the granted scopes, where the redirect says so
 * @credentials: those from before, with what was captured from this redirect in place of what was
 * captured before
 *
 * What a provider sent the person back with.
 */
typedef struct
{
  char *code;
  gboolean is_token;
  char **scopes;
  LanyardCredentials *credentials;
} LanyardOAuth2Redirect;

/**
 * lanyard_oauth2_redirect_read:
 * @uri: where the person was sent to
 * @redirect_uri: the redirect URI of the attempt
 * @state: the state of the attempt
 * @error: return location for %LANYARD_ERROR_PROTOCOL (a forged or broken answer, or one whose
 * values are not allowed), %LANYARD_ERROR_DENIED (the person or the provider said no),
 * %LANYARD_ERROR_PROVIDER
 *
 * Checks an authorization response (RFC 6749 sections 4.1.2 and 10.12, RFC 9207 section 2.4): the
 * redirect URI matches, no parameter stands twice, state and issuer are those of the attempt, also
 * when it is an error, and the signature is good where the provider's data asks for one.
 *
 * Returns: (transfer full): what it says, or %NULL
 */
LanyardOAuth2Redirect *lanyard_oauth2_redirect_read (LanyardAuthContext *context,
                                                     const char *uri,
                                                     const char *redirect_uri,
                                                     const char *state,
                                                     GError **error);
void lanyard_oauth2_redirect_free (LanyardOAuth2Redirect *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOAuth2Redirect, lanyard_oauth2_redirect_free)

G_END_DECLS
