/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_golden_answers_new_response:
 * @path: (nullable): which request of the method is answered: `token`, `steps.0`
 *
 * Returns: (transfer full): what the provider of @context would answer, as its data describes it
 */
LanyardResponse *lanyard_golden_answers_new_response (LanyardAuthContext *context,
                                                      const char *path);

/**
 * lanyard_golden_answers_dup_redirect:
 * @redirect_uri: the redirect URI of the attempt
 * @state: (nullable): the state to hand back in a parameter
 *
 * Returns: (transfer full): where the browser of somebody who agreed would end
 */
char *lanyard_golden_answers_dup_redirect (LanyardAuthContext *context,
                                           const char *redirect_uri,
                                           const char *state);

G_END_DECLS
