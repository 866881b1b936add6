/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth2_redirect_read:
 * @uri: where the person was sent to
 * @redirect_uri: the redirect URI of the attempt
 * @state: the state of the attempt
 * @token: (out): whether the value is a long-lived token instead of a code, as with providers whose
 * data names `callback.token`
 * @error: return location for %LANYARD_ERROR_PROTOCOL (a forged or broken answer),
 * %LANYARD_ERROR_DENIED (the person or the provider said no), %LANYARD_ERROR_PROVIDER
 *
 * Checks an authorization response (RFC 6749 sections 4.1.2 and 10.12, RFC 9207 section 2.4): the
 * redirect URI matches, no parameter stands twice, state and issuer are those of the attempt, also
 * when it is an error.
 *
 * Returns: (transfer full): the code, or %NULL
 */
char *lanyard_oauth2_redirect_read (LanyardAuthContext *context,
                                    const char *uri,
                                    const char *redirect_uri,
                                    const char *state,
                                    gboolean *token,
                                    GError **error);

G_END_DECLS
