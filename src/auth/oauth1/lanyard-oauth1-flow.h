/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth1_flow_new_authorize:
 * @redirect_uri: the redirect URI that can be caught, or %LANYARD_OUT_OF_BAND
 *
 * The three legs of RFC 5849 section 2, and, where the provider's data names a request for it, who
 * it is.
 */
LanyardFlow *lanyard_oauth1_flow_new_authorize (LanyardAuthContext *context,
                                                const char *redirect_uri);

/**
 * lanyard_oauth1_flow_new_renew:
 * @context: one with a session handle
 *
 * The request that renews a token with its session handle (quirk O10).
 */
LanyardFlow *lanyard_oauth1_flow_new_renew (LanyardAuthContext *context);

/**
 * lanyard_oauth1_flow_new_given:
 *
 * A flow that asks nobody, for tokens that the person entered, and for providers that want none:
 * it ends with the credentials of @context.
 */
LanyardFlow *lanyard_oauth1_flow_new_given (LanyardAuthContext *context);

G_END_DECLS
