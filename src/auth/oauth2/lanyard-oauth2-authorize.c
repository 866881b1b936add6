/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"
#include "lanyard-auth-type.h"
#include "lanyard-oauth2-device.h"
#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-pkce.h"
#include "lanyard-oauth2-redirect.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"
#include "lanyard-oauth2-steps.h"
#include "lanyard-template.h"

#include "lanyard-pkce.h"
#include "lanyard-random.h"
#include "lanyard-uri.h"

/* 256 bits; RFC 6749 section 10.10 asks for 160. */
#define STATE_BYTES 32

typedef enum
{
  EXPECT_REDIRECT,
  EXPECT_DEVICE,
  EXPECT_TOKENS,
  EXPECT_STEP,
  EXPECT_ACCOUNT,
} Expectation;

#define LANYARD_TYPE_OAUTH2_AUTHORIZE (lanyard_oauth2_authorize_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth2Authorize,
                      lanyard_oauth2_authorize,
                      LANYARD,
                      OAUTH2_AUTHORIZE,
                      LanyardFlow)

struct _LanyardOAuth2Authorize
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;
  char *redirect_uri;
  char *state;
  char *code_verifier;
  char **granted_scopes;
  LanyardOAuth2Device *device;
  LanyardOAuth2Steps *steps;
  LanyardOutcome *outcome;

  Expectation expectation;
};

G_DEFINE_FINAL_TYPE (LanyardOAuth2Authorize, lanyard_oauth2_authorize, LANYARD_TYPE_FLOW)

/* Where a server forgets the state, it travels in the redirect URI (quirk A19). */
static char *
add_state (const char *redirect_uri, const char *state)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  lanyard_params_append (params, "state", state);
  return lanyard_uri_append_params (redirect_uri, params);
}

static void
set_credentials (LanyardOAuth2Authorize *self, LanyardCredentials *credentials)
{
  LanyardAuthContext *context = lanyard_auth_context_with_credentials (self->context, credentials);

  lanyard_auth_context_unref (self->context);
  self->context = context;
}

static char *
make_challenge (LanyardOAuth2Authorize *self)
{
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);

  if (g_strcmp0 (lanyard_method_get_string (method, "pkce"), "off") == 0)
    return NULL;

  self->code_verifier = lanyard_pkce_new_verifier ();
  return lanyard_oauth2_pkce_challenge (lanyard_method_get_string (method, "pkce_encoding"),
                                        self->code_verifier);
}

static LanyardStep *
ask_consent (LanyardOAuth2Authorize *self)
{
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  g_autofree char *challenge = NULL;
  g_autofree char *uri = NULL;
  GError *error = NULL;

  self->state = lanyard_random_token (STATE_BYTES);
  if (lanyard_method_get_boolean (method, "state_in_redirect_uri", FALSE))
    {
      char *with_state = add_state (self->redirect_uri, self->state);

      g_free (self->redirect_uri);
      self->redirect_uri = with_state;
    }
  challenge = make_challenge (self);

  self->expectation = EXPECT_REDIRECT;
  uri = lanyard_oauth2_request_dup_authorization_uri (self->context, self->redirect_uri,
                                                      self->state, challenge, &error);
  return uri != NULL ? lanyard_step_new_consent (uri, self->redirect_uri)
                     : lanyard_step_new_failed (error);
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  const char *grant = lanyard_method_get_string (method, "grant");
  LanyardRequest *request;
  GError *error = NULL;

  if (g_strcmp0 (grant, "device") == 0 || g_strcmp0 (self->redirect_uri, LANYARD_DEVICE) == 0)
    {
      self->expectation = EXPECT_DEVICE;
      self->device = lanyard_oauth2_device_new (self->context);
      return lanyard_oauth2_device_begin (self->device, now);
    }
  if (g_strcmp0 (grant, "client_credentials") != 0)
    return ask_consent (self);

  self->expectation = EXPECT_TOKENS;
  request = lanyard_oauth2_request_new_client_credentials (self->context, now, &error);
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

static LanyardStep *finish_steps (LanyardOAuth2Authorize *self, gint64 now);

/* Takes @outcome. */
static LanyardStep *
begin_steps (LanyardOAuth2Authorize *self, LanyardOutcome *outcome, gint64 now)
{
  self->steps = lanyard_oauth2_steps_new (self->context, outcome, FALSE);
  return finish_steps (self, now);
}

/* A long-lived token that came with the redirect takes the place of a refresh token, which the
 * steps turn into an access token. Without steps it is one itself. */
static LanyardStep *
take_token (LanyardOAuth2Authorize *self, const char *token, gint64 now)
{
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  gboolean has_steps = lanyard_method_get_array (method, "steps") != NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (self->context));
  LanyardOutcome *outcome;

  lanyard_credentials_set (credentials, "access_token", NULL);
  lanyard_credentials_set (credentials, "refresh_token", NULL);
  lanyard_credentials_set_expires_at (credentials, 0);
  lanyard_credentials_set_text (credentials, has_steps ? "refresh_token" : "access_token", token);
  outcome = lanyard_outcome_new (credentials);
  outcome->renewable = has_steps;

  return begin_steps (self, outcome, now);
}

static LanyardStep *
feed_redirect (LanyardFlow *flow, const char *uri, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);
  g_autoptr (LanyardOAuth2Redirect) redirect = NULL;
  g_autofree char *sent = NULL;
  LanyardRequest *request;
  GError *error = NULL;

  g_return_val_if_fail (self->expectation == EXPECT_REDIRECT, NULL);

  redirect =
    lanyard_oauth2_redirect_read (self->context, uri, self->redirect_uri, self->state, &error);
  if (redirect == NULL)
    return lanyard_step_new_failed (error);

  self->granted_scopes = g_steal_pointer (&redirect->scopes);
  set_credentials (self, redirect->credentials);
  if (redirect->is_token)
    return take_token (self, redirect->code, now);

  self->expectation = EXPECT_TOKENS;
  sent = lanyard_oauth2_request_dup_sent_redirect_uri (self->context, self->redirect_uri);
  request = lanyard_oauth2_request_new_token (self->context, redirect->code, sent,
                                              self->code_verifier, now, &error);
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

static LanyardStep *
finish (LanyardOAuth2Authorize *self)
{
  return lanyard_step_new_done (g_steal_pointer (&self->outcome));
}

/* Who signed in is worth one more request, where the provider's data names it. */
static LanyardStep *
ask_account (LanyardOAuth2Authorize *self, gint64 now)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_auth_context_with_credentials (self->context, self->outcome->credentials);
  g_autoptr (LanyardRequest) request = lanyard_template_new_probe (context, now);

  if (request == NULL || !lanyard_uri_check_endpoint (request->uri, "", NULL) ||
      !lanyard_oauth2_request_apply (context, request, NULL))
    return finish (self);

  self->expectation = EXPECT_ACCOUNT;
  return lanyard_step_new_request (g_steal_pointer (&request));
}

/* What the token answer says of scopes counts most, then what the redirect said, then what was
 * asked for (RFC 6749 section 5.1). */
static void
settle_scopes (LanyardOAuth2Authorize *self)
{
  if (self->outcome->granted_scopes == NULL)
    self->outcome->granted_scopes = g_steal_pointer (&self->granted_scopes);
  if (self->outcome->granted_scopes == NULL)
    self->outcome->granted_scopes = lanyard_auth_context_dup_scopes (self->context);
}

static LanyardStep *
finish_steps (LanyardOAuth2Authorize *self, gint64 now)
{
  GError *error = NULL;
  LanyardRequest *request = lanyard_oauth2_steps_next (self->steps, now, &error);

  if (request != NULL)
    {
      self->expectation = EXPECT_STEP;
      return lanyard_step_new_request (request);
    }

  if (error == NULL)
    self->outcome = lanyard_oauth2_steps_finish (self->steps, &error);
  if (error != NULL)
    return lanyard_step_new_failed (error);

  settle_scopes (self);
  return ask_account (self, now);
}

static LanyardStep *
feed_tokens (LanyardOAuth2Authorize *self, const LanyardResponse *response, gint64 now)
{
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  g_autoptr (LanyardAuthContext) context =
    lanyard_answer_make_context (self->context, lanyard_method_get_object (method, "token"));
  GError *error = NULL;
  LanyardOutcome *outcome = lanyard_oauth2_response_read_tokens (
    context, LANYARD_OAUTH2_EXCHANGE_CODE, response, now, &error);

  if (outcome == NULL)
    return lanyard_step_new_failed (error);

  /* Where the redirect said what was granted, a silent answer does not mean all of it. */
  if (self->granted_scopes != NULL && !lanyard_oauth2_response_has_scopes (context, response))
    {
      g_strfreev (outcome->granted_scopes);
      outcome->granted_scopes = g_steal_pointer (&self->granted_scopes);
    }

  return begin_steps (self, outcome, now);
}

static LanyardStep *
feed_device (LanyardOAuth2Authorize *self, const LanyardResponse *response, gint64 now)
{
  LanyardOutcome *outcome = NULL;
  LanyardStep *step = lanyard_oauth2_device_feed (self->device, response, now, &outcome);

  return step != NULL ? step : begin_steps (self, outcome, now);
}

static LanyardStep *
resume (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);

  g_return_val_if_fail (self->expectation == EXPECT_DEVICE, NULL);

  return lanyard_oauth2_device_resume (self->device, now);
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);
  GError *error = NULL;

  switch (self->expectation)
    {
    case EXPECT_DEVICE:
      return feed_device (self, response, now);
    case EXPECT_TOKENS:
      return feed_tokens (self, response, now);
    case EXPECT_STEP:
      return lanyard_oauth2_steps_feed (self->steps, response, now, &error)
               ? finish_steps (self, now)
               : lanyard_step_new_failed (error);
    case EXPECT_ACCOUNT:
      self->outcome->account = lanyard_answer_dup_account (self->context, response);
      return finish (self);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Once the tokens are there, that the name behind them could not be read takes nothing away. */
static LanyardStep *
fail (LanyardFlow *flow, const GError *error)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);

  if (self->expectation == EXPECT_ACCOUNT)
    return finish (self);
  if (self->expectation == EXPECT_DEVICE)
    return lanyard_oauth2_device_fail (self->device, error);

  return LANYARD_FLOW_CLASS (lanyard_oauth2_authorize_parent_class)->fail (flow, error);
}

static void
lanyard_oauth2_authorize_finalize (GObject *object)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (object);

  lanyard_auth_context_unref (self->context);
  g_free (self->redirect_uri);
  lanyard_secret_wipe_string (self->state);
  lanyard_secret_wipe_string (self->code_verifier);
  g_strfreev (self->granted_scopes);
  g_clear_pointer (&self->device, lanyard_oauth2_device_free);
  g_clear_pointer (&self->steps, lanyard_oauth2_steps_free);
  g_clear_pointer (&self->outcome, lanyard_outcome_free);

  G_OBJECT_CLASS (lanyard_oauth2_authorize_parent_class)->finalize (object);
}

static void
lanyard_oauth2_authorize_class_init (LanyardOAuth2AuthorizeClass *klass)
{
  LanyardFlowClass *flow_class = LANYARD_FLOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_oauth2_authorize_finalize;
  flow_class->begin = begin;
  flow_class->feed_redirect = feed_redirect;
  flow_class->feed_response = feed_response;
  flow_class->resume = resume;
  flow_class->fail = fail;
}

static void
lanyard_oauth2_authorize_init (LanyardOAuth2Authorize *self)
{
}

LanyardFlow *
lanyard_oauth2_flow_new_authorize (LanyardAuthContext *context, const char *redirect_uri)
{
  LanyardOAuth2Authorize *self = g_object_new (LANYARD_TYPE_OAUTH2_AUTHORIZE, NULL);

  self->context = lanyard_auth_context_ref (context);
  self->redirect_uri = g_strdup (redirect_uri);
  return LANYARD_FLOW (self);
}
