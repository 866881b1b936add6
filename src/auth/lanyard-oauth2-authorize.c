/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"
#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-redirect.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"
#include "lanyard-template.h"

#include "lanyard-pkce.h"
#include "lanyard-random.h"
#include "lanyard-uri.h"

/* 256 bits; RFC 6749 section 10.10 asks for 160. */
#define STATE_BYTES 32

typedef enum
{
  EXPECT_REDIRECT,
  EXPECT_TOKENS,
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
  LanyardOutcome *outcome;

  Expectation expectation;
  LanyardOAuth2Exchange exchange;
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

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);
  LanyardMethod *method = lanyard_auth_context_get_method (self->context);
  g_autofree char *challenge = NULL;
  g_autofree char *uri = NULL;

  self->state = lanyard_random_token (STATE_BYTES);
  if (lanyard_method_get_boolean (method, "state_in_redirect_uri", FALSE))
    {
      char *with_state = add_state (self->redirect_uri, self->state);

      g_free (self->redirect_uri);
      self->redirect_uri = with_state;
    }
  if (g_strcmp0 (lanyard_method_get_string (method, "pkce"), "off") != 0)
    {
      self->code_verifier = lanyard_pkce_new_verifier ();
      challenge = lanyard_pkce_challenge (self->code_verifier);
    }

  self->expectation = EXPECT_REDIRECT;
  uri = lanyard_oauth2_request_dup_authorization_uri (self->context, self->redirect_uri,
                                                      self->state, challenge);
  return lanyard_step_new_consent (uri, self->redirect_uri);
}

/* A long-lived token that came with the redirect takes the place of a refresh token. */
static LanyardStep *
exchange_long_lived (LanyardOAuth2Authorize *self, const char *token, gint64 now)
{
  g_autoptr (LanyardCredentials) credentials =
               lanyard_credentials_copy (lanyard_auth_context_get_credentials (self->context));
  LanyardAuthContext *context;

  lanyard_credentials_set_text (credentials, "refresh_token", token);
  context = lanyard_auth_context_with_credentials (self->context, credentials);
  lanyard_auth_context_unref (self->context);
  self->context = context;
  self->exchange = LANYARD_OAUTH2_EXCHANGE_STEP;

  return lanyard_step_new_request (lanyard_oauth2_request_new_step (self->context, now));
}

static LanyardStep *
feed_redirect (LanyardFlow *flow, const char *uri, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  gboolean is_token = FALSE;
  LanyardStep *step;

  g_return_val_if_fail (self->expectation == EXPECT_REDIRECT, NULL);

  code = lanyard_oauth2_redirect_read (self->context, uri, self->redirect_uri, self->state,
                                       &is_token, &error);
  if (code == NULL)
    return lanyard_step_new_failed (g_steal_pointer (&error));

  self->expectation = EXPECT_TOKENS;
  if (is_token)
    step = exchange_long_lived (self, code, now);
  else
    step = lanyard_step_new_request (lanyard_oauth2_request_new_token (
      self->context, code, self->redirect_uri, self->code_verifier));

  lanyard_secret_wipe_string (g_steal_pointer (&code));
  return step;
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

  if (request == NULL || !lanyard_uri_check_endpoint (request->uri, "", NULL))
    return finish (self);

  lanyard_oauth2_request_apply (context, request);
  self->expectation = EXPECT_ACCOUNT;

  return lanyard_step_new_request (g_steal_pointer (&request));
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);
  g_autoptr (GError) error = NULL;

  if (self->expectation == EXPECT_ACCOUNT)
    {
      self->outcome->account = lanyard_answer_dup_account (self->context, response);
      return finish (self);
    }

  g_return_val_if_fail (self->expectation == EXPECT_TOKENS, NULL);

  self->outcome =
    lanyard_oauth2_response_read_tokens (self->context, self->exchange, response, now, &error);
  if (self->outcome == NULL)
    return lanyard_step_new_failed (g_steal_pointer (&error));
  if (self->outcome->granted_scopes == NULL)
    self->outcome->granted_scopes = lanyard_auth_context_dup_scopes (self->context);

  return ask_account (self, now);
}

/* The tokens are there: that the name behind them could not be read takes nothing away. */
static LanyardStep *
fail (LanyardFlow *flow, const GError *error)
{
  LanyardOAuth2Authorize *self = LANYARD_OAUTH2_AUTHORIZE (flow);

  if (self->expectation == EXPECT_ACCOUNT)
    return finish (self);

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
