/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-flow.h"
#include "lanyard-oauth1-request.h"
#include "lanyard-oauth1-response.h"

#define LANYARD_TYPE_OAUTH1_RENEW (lanyard_oauth1_renew_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth1Renew, lanyard_oauth1_renew, LANYARD, OAUTH1_RENEW, LanyardFlow)

struct _LanyardOAuth1Renew
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;

  gboolean asks_nobody;
};

G_DEFINE_FINAL_TYPE (LanyardOAuth1Renew, lanyard_oauth1_renew, LANYARD_TYPE_FLOW)

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth1Renew *self = LANYARD_OAUTH1_RENEW (flow);
  LanyardRequest *request;
  GError *error = NULL;

  if (self->asks_nobody)
    {
      LanyardOutcome *outcome =
        lanyard_outcome_new (lanyard_auth_context_get_credentials (self->context));

      outcome->renewable = TRUE;
      return lanyard_step_new_done (outcome);
    }

  request = lanyard_oauth1_request_new_renewal (self->context, now, &error);
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth1Renew *self = LANYARD_OAUTH1_RENEW (flow);
  GError *error = NULL;
  g_autoptr (LanyardParams) params =
    lanyard_oauth1_response_read (self->context, response, LANYARD_ERROR_NOT_AUTHORIZED, &error);
  g_autoptr (LanyardCredentials) credentials = NULL;
  LanyardOutcome *outcome;

  if (params == NULL)
    return lanyard_step_new_failed (error);

  credentials = lanyard_oauth1_response_take (self->context, params, now);
  outcome = lanyard_outcome_new (credentials);
  outcome->renewable = TRUE;
  return lanyard_step_new_done (outcome);
}

static void
lanyard_oauth1_renew_finalize (GObject *object)
{
  lanyard_auth_context_unref (LANYARD_OAUTH1_RENEW (object)->context);

  G_OBJECT_CLASS (lanyard_oauth1_renew_parent_class)->finalize (object);
}

static void
lanyard_oauth1_renew_class_init (LanyardOAuth1RenewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_oauth1_renew_finalize;
  LANYARD_FLOW_CLASS (klass)->begin = begin;
  LANYARD_FLOW_CLASS (klass)->feed_response = feed_response;
}

static void
lanyard_oauth1_renew_init (LanyardOAuth1Renew *self)
{
}

LanyardFlow *
lanyard_oauth1_flow_new_renew (LanyardAuthContext *context)
{
  LanyardOAuth1Renew *self = g_object_new (LANYARD_TYPE_OAUTH1_RENEW, NULL);

  self->context = lanyard_auth_context_ref (context);
  return LANYARD_FLOW (self);
}

LanyardFlow *
lanyard_oauth1_flow_new_given (LanyardAuthContext *context)
{
  LanyardFlow *flow = lanyard_oauth1_flow_new_renew (context);

  LANYARD_OAUTH1_RENEW (flow)->asks_nobody = TRUE;
  return flow;
}
