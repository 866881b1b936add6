/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-flow.h"

#include "lanyard-answer.h"
#include "lanyard-error.h"
#include "lanyard-jwt-claims.h"
#include "lanyard-jwt-request.h"
#include "lanyard-jwt-verifier.h"
#include "lanyard-oauth2-response.h"

#include <glib/gi18n-lib.h>

/* What the claims say of a time that far away is a server's way to say never. In seconds. */
#define MAX_LIFETIME (G_GINT64_CONSTANT (10) * 365 * 24 * 3600)

typedef enum
{
  EXPECT_LOGIN,
  EXPECT_REFRESHED,
  EXPECT_EXCHANGED,
  EXPECT_KEYS,
} Expectation;

#define LANYARD_TYPE_JWT_FETCH (lanyard_jwt_fetch_get_type ())
G_DECLARE_FINAL_TYPE (LanyardJwtFetch, lanyard_jwt_fetch, LANYARD, JWT_FETCH, LanyardFlow)

struct _LanyardJwtFetch
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;
  LanyardOutcome *outcome;

  Expectation expectation;
  gboolean is_renewal;
  gboolean is_exchange;
};

G_DEFINE_FINAL_TYPE (LanyardJwtFetch, lanyard_jwt_fetch, LANYARD_TYPE_FLOW)

static LanyardStep *
log_in (LanyardJwtFetch *self, gint64 now)
{
  GError *error = NULL;
  LanyardRequest *request = lanyard_jwt_request_new_login (self->context, now, &error);

  self->expectation = EXPECT_LOGIN;
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardJwtFetch *self = LANYARD_JWT_FETCH (flow);
  LanyardRequest *request = NULL;
  GError *error = NULL;

  if (self->is_exchange)
    {
      self->expectation = EXPECT_EXCHANGED;
      request = lanyard_jwt_request_new_exchange (self->context, now, &error);
      return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
    }

  if (self->is_renewal)
    request = lanyard_jwt_request_new_refresh (self->context, now);
  if (request == NULL)
    return log_in (self, now);

  self->expectation = EXPECT_REFRESHED;
  return lanyard_step_new_request (request);
}

/* A page of HTML under 400 is somebody else's answer, and says nothing of the password. */
static gboolean
is_refusal (const LanyardResponse *response)
{
  return response->status == 401 ||
         (response->status == 400 && g_strcmp0 (response->content_type, "text/html") != 0);
}

static void
set_login_refused (LanyardAuthContext *context, const LanyardResponse *response, GError **error)
{
  g_autoptr (JsonObject) object = lanyard_answer_parse (response, NULL);

  lanyard_answer_set_refusal (context, response, object, LANYARD_ERROR_NOT_AUTHORIZED, error);
  g_prefix_error (error, "%s: ", _ ("The login failed; check user name and password"));
}

/* The token's own word on when it ends; it is only about when to get the next. */
static void
take_claims (LanyardJwtFetch *self, JsonObject *claims, gint64 now)
{
  gint64 expires_at = 0;

  if (lanyard_jwt_claims_get_time (claims, "exp", &expires_at) && expires_at != 0)
    lanyard_credentials_set_expires_at (self->outcome->credentials,
                                        expires_at - now < MAX_LIFETIME ? expires_at : 0);
  self->outcome->account = lanyard_jwt_claims_dup_account (claims);
}

static LanyardStep *
finish (LanyardJwtFetch *self, const LanyardResponse *keys, gint64 now)
{
  const char *token = lanyard_credentials_get_text (self->outcome->credentials, "access_token");
  g_autoptr (JsonObject) claims = NULL;
  GError *error = NULL;

  /* What a token is exchanged for need not be one that can be read (RFC 6749 section 1.4). */
  if (!self->is_exchange || lanyard_jwt_verifier_is_asked_for (self->context))
    {
      claims = lanyard_jwt_verifier_check (self->context, token, keys, now, &error);
      if (claims == NULL)
        return lanyard_step_new_failed (error);
      take_claims (self, claims, now);
    }

  if (self->outcome->account == NULL && !self->is_exchange)
    self->outcome->account = lanyard_auth_context_dup_value (self->context, "username");
  self->outcome->renewable = TRUE;
  return lanyard_step_new_done (g_steal_pointer (&self->outcome));
}

static LanyardStep *
read_tokens (LanyardJwtFetch *self, const LanyardResponse *response, gint64 now)
{
  g_autoptr (LanyardAuthContext) context = lanyard_jwt_request_make_token_context (self->context);
  LanyardOAuth2Exchange exchange = self->expectation == EXPECT_REFRESHED
                                     ? LANYARD_OAUTH2_EXCHANGE_REFRESH
                                     : LANYARD_OAUTH2_EXCHANGE_CODE;
  LanyardRequest *request;
  GError *error = NULL;

  if (self->expectation == EXPECT_LOGIN && is_refusal (response))
    {
      set_login_refused (context, response, &error);
      return lanyard_step_new_failed (error);
    }

  self->outcome = lanyard_oauth2_response_read_tokens (context, exchange, response, now, &error);
  if (self->outcome == NULL)
    return lanyard_step_new_failed (error);

  request = lanyard_jwt_verifier_new_request (self->context);
  if (request == NULL)
    return finish (self, NULL, now);

  self->expectation = EXPECT_KEYS;
  return lanyard_step_new_request (request);
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardJwtFetch *self = LANYARD_JWT_FETCH (flow);

  if (self->expectation == EXPECT_KEYS)
    return finish (self, response, now);
  /* The password is still there when a refresh token no longer is; it is tried once. */
  if (self->expectation == EXPECT_REFRESHED && is_refusal (response))
    return log_in (self, now);

  return read_tokens (self, response, now);
}

static void
lanyard_jwt_fetch_finalize (GObject *object)
{
  LanyardJwtFetch *self = LANYARD_JWT_FETCH (object);

  lanyard_auth_context_unref (self->context);
  g_clear_pointer (&self->outcome, lanyard_outcome_free);

  G_OBJECT_CLASS (lanyard_jwt_fetch_parent_class)->finalize (object);
}

static void
lanyard_jwt_fetch_class_init (LanyardJwtFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_jwt_fetch_finalize;
  LANYARD_FLOW_CLASS (klass)->begin = begin;
  LANYARD_FLOW_CLASS (klass)->feed_response = feed_response;
}

static void
lanyard_jwt_fetch_init (LanyardJwtFetch *self)
{
}

LanyardFlow *
lanyard_jwt_flow_new_fetch (LanyardAuthContext *context, gboolean is_renewal)
{
  LanyardJwtFetch *self = g_object_new (LANYARD_TYPE_JWT_FETCH, NULL);

  self->context = lanyard_auth_context_ref (context);
  self->is_renewal = is_renewal;
  self->is_exchange =
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "signing_key") != NULL;
  return LANYARD_FLOW (self);
}
