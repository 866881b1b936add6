/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-step.h"

static LanyardStep *
new_step (LanyardStepKind kind)
{
  LanyardStep *self = g_new0 (LanyardStep, 1);

  self->kind = kind;
  return self;
}

LanyardStep *
lanyard_step_new_request (LanyardRequest *request)
{
  LanyardStep *self = new_step (LANYARD_STEP_REQUEST);

  self->request = request;
  return self;
}

LanyardStep *
lanyard_step_new_consent (const char *uri, const char *redirect_uri)
{
  LanyardStep *self = new_step (LANYARD_STEP_CONSENT);

  self->uri = g_strdup (uri);
  self->redirect_uri = g_strdup (redirect_uri);
  return self;
}

LanyardStep *
lanyard_step_new_code (const char *user_code,
                       const char *uri,
                       const char *uri_complete,
                       gint64 expires_at)
{
  LanyardStep *self = new_step (LANYARD_STEP_CODE);

  self->user_code = g_strdup (user_code);
  self->uri = g_strdup (uri);
  self->uri_complete = g_strdup (uri_complete);
  self->expires_at = expires_at;
  return self;
}

LanyardStep *
lanyard_step_new_wait (guint seconds)
{
  LanyardStep *self = new_step (LANYARD_STEP_WAIT);

  self->seconds = seconds;
  return self;
}

LanyardStep *
lanyard_step_new_done (LanyardOutcome *outcome)
{
  LanyardStep *self = new_step (LANYARD_STEP_DONE);

  self->outcome = outcome;
  return self;
}

LanyardStep *
lanyard_step_new_failed (GError *error)
{
  LanyardStep *self = new_step (LANYARD_STEP_FAILED);

  self->error = error;
  return self;
}

void
lanyard_step_free (LanyardStep *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->request, lanyard_request_free);
  g_free (self->uri);
  g_free (self->redirect_uri);
  g_free (self->user_code);
  g_free (self->uri_complete);
  g_clear_pointer (&self->outcome, lanyard_outcome_free);
  g_clear_error (&self->error);
  g_free (self);
}
