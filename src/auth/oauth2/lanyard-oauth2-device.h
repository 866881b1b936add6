/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-step.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth2Device:
 *
 * The device authorization grant (RFC 8628) up to the tokens, as the part of a flow: it asks for
 * the codes, has the user code shown, and asks again and again whether the person has signed in,
 * never before the server's interval is over.
 */
typedef struct _LanyardOAuth2Device LanyardOAuth2Device;

LanyardOAuth2Device *lanyard_oauth2_device_new (LanyardAuthContext *context);
void lanyard_oauth2_device_free (LanyardOAuth2Device *self);

/* The flow's methods; each gives the next step. */
LanyardStep *lanyard_oauth2_device_begin (LanyardOAuth2Device *self, gint64 now);
LanyardStep *lanyard_oauth2_device_resume (LanyardOAuth2Device *self, gint64 now);
LanyardStep *lanyard_oauth2_device_fail (LanyardOAuth2Device *self, const GError *error);

/**
 * lanyard_oauth2_device_feed:
 * @outcome: (out) (transfer full): the tokens, when they are there
 *
 * Returns: (transfer full) (nullable): the next step; %NULL with @outcome
 */
LanyardStep *lanyard_oauth2_device_feed (LanyardOAuth2Device *self,
                                         const LanyardResponse *response,
                                         gint64 now,
                                         LanyardOutcome **outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOAuth2Device, lanyard_oauth2_device_free)

G_END_DECLS
