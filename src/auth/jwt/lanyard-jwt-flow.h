/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/**
 * lanyard_jwt_flow_new_fetch:
 * @is_renewal: whether a refresh token in @context is tried before the person's login
 *
 * Returns: (transfer full): a flow that gets a token from the token endpoint, for a login or for
 *   one that is signed here, and checks it where there is something to check it with
 */
LanyardFlow *lanyard_jwt_flow_new_fetch (LanyardAuthContext *context, gboolean is_renewal);

/**
 * lanyard_jwt_flow_new_sign:
 *
 * Returns: (transfer full): a flow that signs a token and asks nobody
 */
LanyardFlow *lanyard_jwt_flow_new_sign (LanyardAuthContext *context);

G_END_DECLS
