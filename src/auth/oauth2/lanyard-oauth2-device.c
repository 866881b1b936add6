/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-device.h"

#include "lanyard-answer.h"
#include "lanyard-device-grant.h"
#include "lanyard-oauth2-device-code.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"

#include <glib/gi18n-lib.h>

/* By how many seconds `slow_down` makes the interval longer, for good (RFC 8628 section 3.5). */
#define SLOW_DOWN 5
/* Up to how many seconds the interval doubles while the server is not reached. */
#define MAX_BACK_OFF 60

typedef enum
{
  EXPECT_CODE,
  EXPECT_SHOWN,
  EXPECT_TIME,
  EXPECT_TOKENS,
} Expectation;

struct _LanyardOAuth2Device
{
  /* Owned */
  LanyardAuthContext *context;
  LanyardOAuth2DeviceCode *code;
  GError *trouble; /* why the last question was not answered */

  Expectation expectation;
  gint64 interval;
  gint64 now; /* when it was last heard of */
};

static const char *
provider_name (LanyardOAuth2Device *self)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (self->context));
}

/* The answer came too late, or never: what kept the server from being asked is the better reason.
 */
static LanyardStep *
expire (LanyardOAuth2Device *self)
{
  if (self->trouble != NULL)
    return lanyard_step_new_failed (g_steal_pointer (&self->trouble));

  return lanyard_step_new_failed (
    g_error_new (LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                 _ ("The code was not entered at %s in time; authorize again to get another one"),
                 provider_name (self)));
}

/* Not past the end of the code, so that the person hears of it. */
static LanyardStep *
wait (LanyardOAuth2Device *self)
{
  gint64 left = self->code->expires_at - self->now;

  self->expectation = EXPECT_TIME;
  return lanyard_step_new_wait ((guint)CLAMP (left, 1, self->interval));
}

static LanyardStep *
ask (LanyardOAuth2Device *self)
{
  GError *error = NULL;
  LanyardRequest *request = lanyard_oauth2_request_new_device_token (
    self->context, self->code->device_code, self->code->user_code, self->now, &error);

  self->expectation = EXPECT_TOKENS;
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

/* RFC 8628 section 3.5: whoever does not answer is asked less often from then on. Takes @error. */
static LanyardStep *
back_off (LanyardOAuth2Device *self, GError *error)
{
  g_clear_error (&self->trouble);
  self->trouble = error;
  self->interval = MAX (self->interval, MIN (self->interval * 2, MAX_BACK_OFF));
  return wait (self);
}

/* Some servers say besides how long the interval is now; it never gets shorter. */
static void
slow_down (LanyardOAuth2Device *self, const LanyardResponse *response)
{
  g_autoptr (JsonObject) object = lanyard_answer_parse_as (response, NULL, NULL);
  gint64 wanted = 0;

  self->interval += SLOW_DOWN;
  if (object != NULL && lanyard_answer_get_int64 (object, "interval", &wanted))
    self->interval = CLAMP (wanted, self->interval, MAX (self->interval, MAX_BACK_OFF));
}

static LanyardStep *
feed_code (LanyardOAuth2Device *self, const LanyardResponse *response)
{
  GError *error = NULL;

  self->code = lanyard_oauth2_device_code_read (self->context, response, self->now, &error);
  if (self->code == NULL)
    return lanyard_step_new_failed (error);

  self->interval = self->code->interval;
  self->expectation = EXPECT_SHOWN;
  return lanyard_step_new_code (self->code->user_code, self->code->verification_uri,
                                self->code->verification_uri_complete, self->code->expires_at);
}

/* The four answers that only this grant has (RFC 8628 section 3.5). */
static LanyardStep *
feed_refusal (LanyardOAuth2Device *self, const char *name, const LanyardResponse *response)
{
  if (g_str_equal (name, "authorization_pending"))
    {
      g_clear_error (&self->trouble);
      return wait (self);
    }
  if (g_str_equal (name, "slow_down"))
    {
      g_clear_error (&self->trouble);
      slow_down (self, response);
      return wait (self);
    }
  if (g_str_equal (name, "expired_token"))
    {
      g_clear_error (&self->trouble);
      return expire (self);
    }
  if (g_str_equal (name, "access_denied"))
    {
      g_autofree char *reason = lanyard_answer_dup_reason (name, NULL, NULL);

      return lanyard_step_new_failed (g_error_new (LANYARD_ERROR, LANYARD_ERROR_DENIED,
                                                   _ ("%s was not allowed to give access: %s"),
                                                   provider_name (self), reason));
    }

  return NULL;
}

static LanyardStep *
feed_tokens (LanyardOAuth2Device *self, const LanyardResponse *response, LanyardOutcome **outcome)
{
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  g_autoptr (LanyardAuthContext) context =
    lanyard_answer_make_context (self->context, lanyard_method_get_object (method, "token"));
  g_autofree char *name = lanyard_oauth2_response_dup_refusal (context, response);
  LanyardStep *step = name != NULL ? feed_refusal (self, name, response) : NULL;
  GError *error = NULL;

  if (step != NULL)
    return step;
  if (lanyard_answer_is_unavailable (response))
    {
      lanyard_answer_set_unavailable (context, response, &error);
      return back_off (self, error);
    }

  *outcome = lanyard_oauth2_response_read_tokens (context, LANYARD_OAUTH2_EXCHANGE_CODE, response,
                                                  self->now, &error);
  return *outcome == NULL ? lanyard_step_new_failed (error) : NULL;
}

LanyardOAuth2Device *
lanyard_oauth2_device_new (LanyardAuthContext *context)
{
  LanyardOAuth2Device *self = g_new0 (LanyardOAuth2Device, 1);

  self->context = lanyard_auth_context_ref (context);
  return self;
}

void
lanyard_oauth2_device_free (LanyardOAuth2Device *self)
{
  if (self == NULL)
    return;

  lanyard_auth_context_unref (self->context);
  lanyard_oauth2_device_code_free (self->code);
  g_clear_error (&self->trouble);
  g_free (self);
}

LanyardStep *
lanyard_oauth2_device_begin (LanyardOAuth2Device *self, gint64 now)
{
  LanyardRequest *request;
  GError *error = NULL;

  g_return_val_if_fail (self != NULL && self->code == NULL, NULL);

  if (!lanyard_device_grant_is_offered (self->context))
    return lanyard_step_new_failed (
      g_error_new (LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s is not known to let you sign in with a code on another device; sign in "
                      "another way, or enter the device authorization endpoint"),
                   provider_name (self)));

  self->expectation = EXPECT_CODE;
  request = lanyard_oauth2_request_new_device (self->context, now, &error);
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

LanyardStep *
lanyard_oauth2_device_resume (LanyardOAuth2Device *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->expectation == EXPECT_SHOWN || self->expectation == EXPECT_TIME,
                        NULL);

  self->now = now;
  if (now >= self->code->expires_at)
    return expire (self);

  return self->expectation == EXPECT_SHOWN ? wait (self) : ask (self);
}

LanyardStep *
lanyard_oauth2_device_fail (LanyardOAuth2Device *self, const GError *error)
{
  g_return_val_if_fail (self != NULL && error != NULL, NULL);

  if (self->expectation == EXPECT_TOKENS &&
      (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK) ||
       g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE)))
    return back_off (self, g_error_copy (error));

  return lanyard_step_new_failed (g_error_copy (error));
}

LanyardStep *
lanyard_oauth2_device_feed (LanyardOAuth2Device *self,
                            const LanyardResponse *response,
                            gint64 now,
                            LanyardOutcome **outcome)
{
  g_return_val_if_fail (self != NULL && response != NULL && outcome != NULL, NULL);

  self->now = now;
  *outcome = NULL;
  return self->expectation == EXPECT_CODE ? feed_code (self, response)
                                          : feed_tokens (self, response, outcome);
}
