/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-outcome.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth2Steps:
 *
 * The further requests that a provider's data wants after each new token (`steps`), one after the
 * other: they exchange the token for the one that the service takes, or fetch what is needed later.
 */
typedef struct _LanyardOAuth2Steps LanyardOAuth2Steps;

/**
 * lanyard_oauth2_steps_new:
 * @outcome: (transfer full): what there is so far
 * @is_renewal: whether a token was renewed, not a person signed in
 */
LanyardOAuth2Steps *lanyard_oauth2_steps_new (LanyardAuthContext *context,
                                              LanyardOutcome *outcome,
                                              gboolean is_renewal);
void lanyard_oauth2_steps_free (LanyardOAuth2Steps *self);

/**
 * lanyard_oauth2_steps_next:
 * @now: seconds since 1970
 * @error: return location for what keeps the next request from being made
 *
 * Returns: (transfer full) (nullable): the next request; %NULL without @error after the last one
 */
LanyardRequest *lanyard_oauth2_steps_next (LanyardOAuth2Steps *self, gint64 now, GError **error);

/**
 * lanyard_oauth2_steps_feed:
 * @response: the answer to the last request
 * @error: as for lanyard_oauth2_response_read_tokens()
 *
 * Reads an answer. One to a step that is `optional` cannot fail.
 */
gboolean lanyard_oauth2_steps_feed (LanyardOAuth2Steps *self,
                                    const LanyardResponse *response,
                                    gint64 now,
                                    GError **error);

/**
 * lanyard_oauth2_steps_finish:
 * @error: return location for %LANYARD_ERROR_PROTOCOL: no step brought a token
 *
 * Returns: (transfer full): the outcome, which is no longer that of @self
 */
LanyardOutcome *lanyard_oauth2_steps_finish (LanyardOAuth2Steps *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOAuth2Steps, lanyard_oauth2_steps_free)

G_END_DECLS
