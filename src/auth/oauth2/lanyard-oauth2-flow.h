/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth2_flow_new_authorize:
 * @redirect_uri: the redirect URI that can be caught, or %LANYARD_DEVICE
 *
 * The sign-in: consent with state and PKCE, the code for tokens (RFC 6749 section 4.1, RFC 7636),
 * or a code that the person enters on another device (RFC 8628), where that is asked for or the
 * provider's data has `grant: device`; and, where the provider's data names a request for it, who
 * it is. Whatever that last request brings, the sign-in holds.
 */
LanyardFlow *lanyard_oauth2_flow_new_authorize (LanyardAuthContext *context,
                                                const char *redirect_uri);

/**
 * lanyard_oauth2_flow_new_refresh:
 *
 * Renews the access token (RFC 6749 section 6), or gets one for a long-lived token.
 */
LanyardFlow *lanyard_oauth2_flow_new_refresh (LanyardAuthContext *context);

/**
 * lanyard_oauth2_flow_new_revoke:
 *
 * Takes back first the refresh token, which ends the grant, then the access token (RFC 7009
 * section 2.1). What the person entered stays among the credentials.
 */
LanyardFlow *lanyard_oauth2_flow_new_revoke (LanyardAuthContext *context);

G_END_DECLS
