/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-step.h"

G_BEGIN_DECLS

/**
 * LanyardFlow:
 *
 * A conversation of one authorization type with a provider, as a pure function of what it is told:
 * it opens no socket, no window and no keyring. lanyard_flow_begin() gives the first step; each
 * answer that is fed gives the next, until one is %LANYARD_STEP_DONE or %LANYARD_STEP_FAILED. An
 * answer of a kind that the last step did not ask for is a programming error. Times are seconds
 * since 1970.
 *
 * Methods: `begin` is required; `feed_response` and `feed_redirect` are required of a flow that
 * asks for such a step; `resume` of one that shows a code or waits: it tells that the code is
 * shown, or that the time is over; `fail` is optional: a flow may turn the runner's error (the
 * network, the window) into a step of its own; without it the error ends the flow.
 */
#define LANYARD_TYPE_FLOW (lanyard_flow_get_type ())
G_DECLARE_DERIVABLE_TYPE (LanyardFlow, lanyard_flow, LANYARD, FLOW, GObject)

struct _LanyardFlowClass
{
  GObjectClass parent_class;

  LanyardStep *(*begin) (LanyardFlow *self, gint64 now);
  LanyardStep *(*feed_response) (LanyardFlow *self, const LanyardResponse *response, gint64 now);
  LanyardStep *(*feed_redirect) (LanyardFlow *self, const char *uri, gint64 now);
  LanyardStep *(*resume) (LanyardFlow *self, gint64 now);
  LanyardStep *(*fail) (LanyardFlow *self, const GError *error);
};

LanyardStep *lanyard_flow_begin (LanyardFlow *self, gint64 now);
LanyardStep *
lanyard_flow_feed_response (LanyardFlow *self, const LanyardResponse *response, gint64 now);
LanyardStep *lanyard_flow_feed_redirect (LanyardFlow *self, const char *uri, gint64 now);
LanyardStep *lanyard_flow_resume (LanyardFlow *self, gint64 now);
LanyardStep *lanyard_flow_fail (LanyardFlow *self, const GError *error);

G_END_DECLS
