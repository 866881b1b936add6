/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"
#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"
#include "lanyard-oauth2-steps.h"

#include <glib/gi18n-lib.h>

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
  LanyardOAuth2Steps *steps;
};

G_DEFINE_FINAL_TYPE (LanyardOAuth2Refresh, lanyard_oauth2_refresh, LANYARD_TYPE_FLOW)

static const char *
get_text (LanyardOAuth2Refresh *self, const char *path)
{
  return lanyard_method_get_string (lanyard_auth_context_get_method (self->context), path);
}

static LanyardStep *
go_on (LanyardOAuth2Refresh *self, gint64 now)
{
  GError *error = NULL;
  LanyardRequest *request = lanyard_oauth2_steps_next (self->steps, now, &error);
  LanyardOutcome *outcome;

  if (request != NULL)
    return lanyard_step_new_request (request);
  if (error != NULL)
    return lanyard_step_new_failed (error);

  outcome = lanyard_oauth2_steps_finish (self->steps, &error);
  return outcome != NULL ? lanyard_step_new_done (outcome) : lanyard_step_new_failed (error);
}

/* What there is, without anything new. */
static LanyardOutcome *
make_outcome (LanyardOAuth2Refresh *self)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (self->context);
  LanyardOutcome *outcome = lanyard_outcome_new (credentials);

  outcome->renewable = lanyard_oauth2_response_is_renewable (self->context, credentials);
  return outcome;
}

/* Some servers refuse to renew a token that is still good for long (quirk F6). */
static gboolean
is_too_early (LanyardOAuth2Refresh *self, gint64 now)
{
  gint64 window = lanyard_method_get_int64 (lanyard_auth_context_get_method (self->context),
                                            "refresh.not_before", 0);
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (self->context);
  gint64 expires_at = lanyard_credentials_get_expires_at (credentials);

  return window > 0 && lanyard_credentials_get (credentials, "access_token") != NULL &&
         expires_at - window > now;
}

static gboolean
is_over (LanyardOAuth2Refresh *self, gint64 now)
{
  const char *text = lanyard_credentials_get_text (
    lanyard_auth_context_get_credentials (self->context), LANYARD_OAUTH2_REFRESH_EXPIRES_AT);

  return text != NULL && g_ascii_strtoll (text, NULL, 10) <= now;
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth2Refresh *self = LANYARD_OAUTH2_REFRESH (flow);
  LanyardRequest *request;
  GError *error = NULL;

  if (is_too_early (self, now))
    return lanyard_step_new_done (make_outcome (self));
  if (is_over (self, now))
    return lanyard_step_new_failed (
      g_error_new (LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                   _ ("The sign-in at %s has come to its end; authorize it again"),
                   lanyard_provider_get_name (lanyard_auth_context_get_provider (self->context))));

  /* A token that came with the redirect is renewed by the steps alone. */
  if (get_text (self, "callback.token") != NULL)
    {
      self->steps = lanyard_oauth2_steps_new (self->context, make_outcome (self), TRUE);
      return go_on (self, now);
    }

  if (g_strcmp0 (get_text (self, "grant"), "client_credentials") == 0)
    request = lanyard_oauth2_request_new_client_credentials (self->context, now, &error);
  else
    request = lanyard_oauth2_request_new_refresh (self->context, now, &error);

  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

/* The answer to a renewal is read as that to the token request, unless it has words of its own. */
static LanyardOutcome *
read_tokens (LanyardOAuth2Refresh *self,
             const LanyardResponse *response,
             gint64 now,
             GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  gboolean has_own = lanyard_method_get_object (method, "refresh.response") != NULL;
  g_autoptr (LanyardAuthContext) context = lanyard_answer_make_context (
    self->context, lanyard_method_get_object (method, has_own ? "refresh" : "token"));

  return lanyard_oauth2_response_read_tokens (context, LANYARD_OAUTH2_EXCHANGE_REFRESH, response,
                                              now, error);
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth2Refresh *self = LANYARD_OAUTH2_REFRESH (flow);
  LanyardOutcome *outcome;
  GError *error = NULL;

  if (self->steps != NULL)
    return lanyard_oauth2_steps_feed (self->steps, response, now, &error)
             ? go_on (self, now)
             : lanyard_step_new_failed (error);

  outcome = read_tokens (self, response, now, &error);
  if (outcome == NULL)
    return lanyard_step_new_failed (error);

  self->steps = lanyard_oauth2_steps_new (self->context, outcome, TRUE);
  return go_on (self, now);
}

static void
lanyard_oauth2_refresh_finalize (GObject *object)
{
  LanyardOAuth2Refresh *self = LANYARD_OAUTH2_REFRESH (object);

  lanyard_auth_context_unref (self->context);
  g_clear_pointer (&self->steps, lanyard_oauth2_steps_free);

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
