/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"

#define LANYARD_TYPE_OAUTH2_REFRESH (lanyard_oauth2_refresh_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth2Refresh,
                      lanyard_oauth2_refresh,
                      LANYARD,
                      OAUTH2_REFRESH,
                      LanyardFlow)

struct _LanyardOAuth2Refresh
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;

  LanyardOAuth2Exchange exchange;
};

G_DEFINE_FINAL_TYPE (LanyardOAuth2Refresh, lanyard_oauth2_refresh, LANYARD_TYPE_FLOW)

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth2Refresh *self = LANYARD_OAUTH2_REFRESH (flow);
  LanyardRequest *request = lanyard_oauth2_request_new_step (self->context, now);

  if (request != NULL)
    {
      self->exchange = LANYARD_OAUTH2_EXCHANGE_STEP;
      return lanyard_step_new_request (request);
    }

  self->exchange = LANYARD_OAUTH2_EXCHANGE_REFRESH;
  return lanyard_step_new_request (lanyard_oauth2_request_new_refresh (self->context));
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth2Refresh *self = LANYARD_OAUTH2_REFRESH (flow);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardOutcome) outcome = lanyard_oauth2_response_read_tokens (
    self->context, self->exchange, response, now, &error);

  if (outcome == NULL)
    return lanyard_step_new_failed (g_steal_pointer (&error));

  return lanyard_step_new_done (g_steal_pointer (&outcome));
}

static void
lanyard_oauth2_refresh_finalize (GObject *object)
{
  lanyard_auth_context_unref (LANYARD_OAUTH2_REFRESH (object)->context);

  G_OBJECT_CLASS (lanyard_oauth2_refresh_parent_class)->finalize (object);
}

static void
lanyard_oauth2_refresh_class_init (LanyardOAuth2RefreshClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_oauth2_refresh_finalize;
  LANYARD_FLOW_CLASS (klass)->begin = begin;
  LANYARD_FLOW_CLASS (klass)->feed_response = feed_response;
}

static void
lanyard_oauth2_refresh_init (LanyardOAuth2Refresh *self)
{
}

LanyardFlow *
lanyard_oauth2_flow_new_refresh (LanyardAuthContext *context)
{
  LanyardOAuth2Refresh *self = g_object_new (LANYARD_TYPE_OAUTH2_REFRESH, NULL);

  self->context = lanyard_auth_context_ref (context);
  return LANYARD_FLOW (self);
}
