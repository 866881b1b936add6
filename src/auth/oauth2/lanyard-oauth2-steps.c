/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-steps.h"

#include "lanyard-answer.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"

#include <glib/gi18n-lib.h>

struct _LanyardOAuth2Steps
{
  /* Owned */
  LanyardAuthContext *context;
  LanyardOutcome *outcome;

  gboolean is_renewal;
  guint next;
};

static JsonObject *
get_step (LanyardOAuth2Steps *self, guint index)
{
  JsonArray *steps =
    lanyard_method_get_array (lanyard_auth_context_get_method (self->context), "steps");

  return steps != NULL && index < json_array_get_length (steps)
           ? json_array_get_object_element (steps, index)
           : NULL;
}

static gboolean
is_due (LanyardOAuth2Steps *self, JsonObject *step)
{
  const char *when = lanyard_json_get_string (step, "when");

  if (when == NULL || g_str_equal (when, "always"))
    return TRUE;

  return g_str_equal (when, self->is_renewal ? "renewal" : "sign_in");
}

static gboolean
is_optional (JsonObject *step)
{
  return lanyard_json_get_boolean (step, "optional", FALSE);
}

/* What the steps before have brought counts for the next one. */
static LanyardAuthContext *
make_context (LanyardOAuth2Steps *self)
{
  return lanyard_auth_context_with_credentials (self->context, self->outcome->credentials);
}

/* The answer takes the place of what there is; what it does not say stays. */
static void
take_outcome (LanyardOAuth2Steps *self, LanyardOutcome *outcome)
{
  if (outcome->granted_scopes == NULL)
    outcome->granted_scopes = g_steal_pointer (&self->outcome->granted_scopes);
  lanyard_outcome_free (self->outcome);
  self->outcome = outcome;
}

static gboolean
read_answer (LanyardOAuth2Steps *self,
             JsonObject *step,
             const LanyardResponse *response,
             gint64 now,
             GError **error)
{
  g_autoptr (LanyardAuthContext) current = make_context (self);
  g_autoptr (LanyardAuthContext) context = lanyard_answer_make_context (current, step);
  LanyardOutcome *outcome;

  if (lanyard_json_lookup (step, "response.map.access_token") == NULL)
    return lanyard_oauth2_response_read_captured (context, response, self->outcome->credentials,
                                                  error);

  outcome = lanyard_oauth2_response_read_tokens (context, LANYARD_OAUTH2_EXCHANGE_STEP, response,
                                                 now, error);
  if (outcome == NULL)
    return FALSE;

  take_outcome (self, outcome);
  return TRUE;
}

LanyardOAuth2Steps *
lanyard_oauth2_steps_new (LanyardAuthContext *context, LanyardOutcome *outcome, gboolean is_renewal)
{
  LanyardOAuth2Steps *self = g_new0 (LanyardOAuth2Steps, 1);

  self->context = lanyard_auth_context_ref (context);
  self->outcome = outcome;
  self->is_renewal = is_renewal;

  return self;
}

void
lanyard_oauth2_steps_free (LanyardOAuth2Steps *self)
{
  lanyard_auth_context_unref (self->context);
  g_clear_pointer (&self->outcome, lanyard_outcome_free);
  g_free (self);
}

LanyardRequest *
lanyard_oauth2_steps_next (LanyardOAuth2Steps *self, gint64 now, GError **error)
{
  g_autoptr (LanyardAuthContext) context = make_context (self);
  JsonObject *step;

  while ((step = get_step (self, self->next)) != NULL)
    {
      g_autoptr (GError) reason = NULL;
      LanyardRequest *request;

      self->next++;
      if (!is_due (self, step))
        continue;
      request = lanyard_oauth2_request_new_step (context, step, now, &reason);
      if (request != NULL)
        return request;
      if (is_optional (step))
        continue;
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return NULL;
}

gboolean
lanyard_oauth2_steps_feed (LanyardOAuth2Steps *self,
                           const LanyardResponse *response,
                           gint64 now,
                           GError **error)
{
  JsonObject *step = get_step (self, self->next - 1);
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (step != NULL, FALSE);

  if (read_answer (self, step, response, now, &reason) || is_optional (step))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

LanyardOutcome *
lanyard_oauth2_steps_finish (LanyardOAuth2Steps *self, GError **error)
{
  if (lanyard_credentials_get (self->outcome->credentials, "access_token") != NULL)
    return g_steal_pointer (&self->outcome);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               _ ("%s answered without a token that can be used"),
               lanyard_provider_get_name (lanyard_auth_context_get_provider (self->context)));
  return NULL;
}
