/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-test-context.h"

#include "lanyard-error.h"

G_BEGIN_DECLS

/**
 * LanyardQuirk:
 * @context: what the flow is told
 * @flow: the flow that is played
 * @step: its last step
 *
 * One conversation with a provider that is not quite like the standard. What is asserted is read
 * from the last step.
 */
typedef struct
{
  LanyardAuthContext *context;
  LanyardFlow *flow;
  LanyardStep *step;
} LanyardQuirk;

/**
 * lanyard_quirk_authorize:
 * @method: as for lanyard_test_provider_new()
 * @settings: as for lanyard_test_context_new()
 * @credentials: as for lanyard_test_context_new()
 *
 * Begins a sign-in.
 */
LanyardQuirk *
lanyard_quirk_authorize (const char *method, const char *settings, const char *credentials);
LanyardQuirk *
lanyard_quirk_refresh (const char *method, const char *settings, const char *credentials);
LanyardQuirk *
lanyard_quirk_revoke (const char *method, const char *settings, const char *credentials);
void lanyard_quirk_free (LanyardQuirk *self);

/* Begins a sign-in and brings back a code, so that the last step is the token request. */
LanyardQuirk *
lanyard_quirk_exchange (const char *method, const char *settings, const char *credentials);

/* Brings back the redirect with @query, in which %s is the state. */
void lanyard_quirk_redirect (LanyardQuirk *self, const char *query);

/* Answers the request; single quotation marks in @json are double ones. */
void lanyard_quirk_answer (LanyardQuirk *self, guint status, const char *json);
void lanyard_quirk_answer_as (LanyardQuirk *self, guint status, const char *type, const char *body);

/* A parameter of the last request or address, wherever it is: in the form, in JSON, in the query;
 * %NULL for none. */
void lanyard_quirk_assert_param (LanyardQuirk *self, const char *name, const char *expected);
void lanyard_quirk_assert_header (LanyardQuirk *self, const char *name, const char *expected);

/* The method and the address of the last request, up to its query. */
void lanyard_quirk_assert_request (LanyardQuirk *self, const char *method, const char *uri);

/* What the flow ended with. */
void lanyard_quirk_assert_credential (LanyardQuirk *self, const char *name, const char *expected);
void lanyard_quirk_assert_expires (LanyardQuirk *self, gint64 lifetime);
void lanyard_quirk_assert_scopes (LanyardQuirk *self, const char *expected);
void lanyard_quirk_assert_failed (LanyardQuirk *self, LanyardError code, const char *words);

/* The Authorization header and address of a request to the service, with the outcome's token. */
LanyardRequest *lanyard_quirk_use (LanyardQuirk *self, const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardQuirk, lanyard_quirk_free)

G_END_DECLS
