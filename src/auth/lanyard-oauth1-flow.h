/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/**
 * lanyard_oauth1_flow_new_authorize:
 * @redirect_uri: the redirect URI that can be caught
 *
 * The three legs of RFC 5849 section 2, and, where the provider's data names a request for it, who
 * it is.
 */
LanyardFlow *lanyard_oauth1_flow_new_authorize (LanyardAuthContext *context,
                                                const char *redirect_uri);

G_END_DECLS
