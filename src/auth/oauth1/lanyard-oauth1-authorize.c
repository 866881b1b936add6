/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"
#include "lanyard-auth-types.h"
#include "lanyard-oauth1-flow.h"
#include "lanyard-oauth1-request.h"
#include "lanyard-oauth1-response.h"
#include "lanyard-template.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

/* Of what a person types in, in characters; it is a number of six digits as a rule. */
#define MAX_VERIFIER_LENGTH 1024

typedef enum
{
  EXPECT_TEMPORARY,
  EXPECT_REDIRECT,
  EXPECT_TOKEN,
  EXPECT_ACCOUNT,
} Expectation;

#define LANYARD_TYPE_OAUTH1_AUTHORIZE (lanyard_oauth1_authorize_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth1Authorize,
                      lanyard_oauth1_authorize,
                      LANYARD,
                      OAUTH1_AUTHORIZE,
                      LanyardFlow)

struct _LanyardOAuth1Authorize
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;
  char *redirect_uri;
  LanyardOutcome *outcome;

  Expectation expectation;
};

G_DEFINE_FINAL_TYPE (LanyardOAuth1Authorize, lanyard_oauth1_authorize, LANYARD_TYPE_FLOW)

static const char *
provider_name (LanyardOAuth1Authorize *self)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (self->context));
}

static LanyardStep *
refuse (LanyardOAuth1Authorize *self, const char *reason)
{
  return lanyard_step_new_failed (g_error_new (
    LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
    _ ("The answer of %s was not accepted: %s. Nothing was saved; try to authorize again"),
    provider_name (self), reason));
}

static gboolean
is_out_of_band (LanyardOAuth1Authorize *self)
{
  return g_str_equal (self->redirect_uri, LANYARD_OUT_OF_BAND);
}

static LanyardStep *
step_for (LanyardRequest *request, GError *error)
{
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

/* Whether a server still speaks the protocol from before its revision A (quirk O4). */
static gboolean
is_verifier_optional (LanyardOAuth1Authorize *self)
{
  return g_strcmp0 (
           lanyard_method_get_string (lanyard_auth_context_get_method (self->context), "verifier"),
           "optional") == 0;
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardOAuth1Authorize *self = LANYARD_OAUTH1_AUTHORIZE (flow);
  GError *error = NULL;
  LanyardRequest *request =
    lanyard_oauth1_request_new_temporary (self->context, self->redirect_uri, now, &error);

  self->expectation = EXPECT_TEMPORARY;
  return step_for (request, error);
}

static void
take_tokens (LanyardOAuth1Authorize *self, const LanyardParams *params, gint64 now)
{
  g_autoptr (LanyardCredentials) credentials =
    lanyard_oauth1_response_take (self->context, params, now);
  LanyardAuthContext *context = lanyard_auth_context_with_credentials (self->context, credentials);

  lanyard_auth_context_unref (self->context);
  self->context = context;
}

/* Some providers make a page for each attempt (quirk O6). Its address is checked as if it were in
 * the settings. */
static gboolean
find_page (LanyardOAuth1Authorize *self, const LanyardParams *params, const char **page)
{
  const char *name = lanyard_method_get_string (lanyard_auth_context_get_method (self->context),
                                                "authorize.from_response");

  *page = name != NULL ? lanyard_params_get (params, name) : NULL;
  return name == NULL || (*page != NULL && lanyard_uri_check_endpoint (*page, "", NULL));
}

static LanyardStep *
feed_temporary (LanyardOAuth1Authorize *self, const LanyardResponse *response, gint64 now)
{
  GError *error = NULL;
  g_autoptr (LanyardParams) params =
    lanyard_oauth1_response_read (self->context, response, LANYARD_ERROR_PROVIDER, &error);
  g_autofree char *uri = NULL;
  const char *page;

  if (params == NULL)
    return lanyard_step_new_failed (error);
  if (g_strcmp0 (lanyard_params_get (params, "oauth_callback_confirmed"), "true") != 0 &&
      !is_verifier_optional (self))
    return refuse (self, _ ("it does not confirm the callback URL"));
  if (!find_page (self, params, &page))
    return refuse (self, _ ("it does not say where to sign in"));

  take_tokens (self, params, now);
  uri = lanyard_oauth1_request_dup_authorization_uri (
    self->context, page, lanyard_params_get (params, "oauth_token"), self->redirect_uri);
  self->expectation = EXPECT_REDIRECT;
  return lanyard_step_new_consent (uri, is_out_of_band (self) ? NULL : self->redirect_uri);
}

static LanyardStep *
finish (LanyardOAuth1Authorize *self)
{
  return lanyard_step_new_done (g_steal_pointer (&self->outcome));
}

static LanyardStep *
feed_token (LanyardOAuth1Authorize *self, const LanyardResponse *response, gint64 now)
{
  GError *error = NULL;
  g_autoptr (LanyardParams) params =
    lanyard_oauth1_response_read (self->context, response, LANYARD_ERROR_PROVIDER, &error);
  g_autoptr (LanyardRequest) request = NULL;
  LanyardCredentials *credentials;

  if (params == NULL)
    return lanyard_step_new_failed (error);

  /* The temporary credentials have done their work (RFC 5849 section 2.3). */
  take_tokens (self, params, now);
  credentials = lanyard_auth_context_get_credentials (self->context);
  self->outcome = lanyard_outcome_new (credentials);
  self->outcome->renewable = lanyard_credentials_get (credentials, "session_handle") != NULL;
  request = lanyard_template_new_probe (self->context, now);
  if (request == NULL || !lanyard_uri_check_endpoint (request->uri, "", NULL) ||
      !lanyard_auth_type_apply (lanyard_auth_types_lookup ("oauth1"), self->context, request, NULL))
    return finish (self);

  self->expectation = EXPECT_ACCOUNT;
  return lanyard_step_new_request (g_steal_pointer (&request));
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth1Authorize *self = LANYARD_OAUTH1_AUTHORIZE (flow);

  switch (self->expectation)
    {
    case EXPECT_TEMPORARY:
      return feed_temporary (self, response, now);
    case EXPECT_TOKEN:
      return feed_token (self, response, now);
    case EXPECT_ACCOUNT:
      self->outcome->account = lanyard_answer_dup_account (self->context, response);
      return finish (self);
    case EXPECT_REDIRECT:
    default:
      g_return_val_if_reached (NULL);
    }
}

static LanyardStep *
deny (LanyardOAuth1Authorize *self)
{
  return lanyard_step_new_failed (g_error_new (LANYARD_ERROR, LANYARD_ERROR_DENIED,
                                               _ ("%s was not allowed to give access"),
                                               provider_name (self)));
}

static LanyardStep *
ask_for_token (LanyardOAuth1Authorize *self, const char *verifier, gint64 now)
{
  GError *error = NULL;
  LanyardRequest *request = lanyard_oauth1_request_new_token (self->context, verifier, now, &error);

  self->expectation = EXPECT_TOKEN;
  return step_for (request, error);
}

/* What the person read on the page and typed in. */
static LanyardStep *
feed_verifier (LanyardOAuth1Authorize *self, const char *text, gint64 now)
{
  g_autofree char *verifier = g_strstrip (g_strdup (text));

  if (*verifier == '\0' || strlen (verifier) > MAX_VERIFIER_LENGTH)
    return refuse (self, _ ("the verifier is missing"));

  return ask_for_token (self, verifier, now);
}

/* RFC 5849 section 2.2: the answer names our temporary credentials, and brings a verifier. */
static LanyardStep *
feed_redirect (LanyardFlow *flow, const char *uri, gint64 now)
{
  LanyardOAuth1Authorize *self = LANYARD_OAUTH1_AUTHORIZE (flow);
  const char *token =
    lanyard_credentials_get_text (lanyard_auth_context_get_credentials (self->context), "token");
  const char *query = strchr (uri, '?');
  g_autofree char *text = NULL;
  g_autoptr (LanyardParams) params = NULL;
  const char *verifier;

  g_return_val_if_fail (self->expectation == EXPECT_REDIRECT, NULL);

  if (is_out_of_band (self))
    return feed_verifier (self, uri, now);
  if (!lanyard_uri_matches_redirect (uri, self->redirect_uri))
    return refuse (self, _ ("it came to another address than the callback URL"));
  if (query != NULL)
    text = g_strndup (query + 1, strcspn (query + 1, "#"));
  params = lanyard_params_parse (text, NULL);
  if (params == NULL || lanyard_params_find_repeated (params) != NULL)
    return refuse (self, _ ("it cannot be read, or says something twice"));
  if (lanyard_params_get (params, "denied") != NULL ||
      lanyard_params_get (params, "oauth_problem") != NULL)
    return deny (self);
  if (g_strcmp0 (lanyard_params_get (params, "oauth_token"), token) != 0)
    return refuse (self, _ ("it belongs to another attempt (its token is wrong)"));

  verifier = lanyard_params_get (params, "oauth_verifier");
  if ((verifier == NULL || *verifier == '\0') && !is_verifier_optional (self))
    return refuse (self, _ ("the verifier is missing"));

  return ask_for_token (self, verifier, now);
}

/* The tokens are there: that the name behind them could not be read takes nothing away. */
static LanyardStep *
fail (LanyardFlow *flow, const GError *error)
{
  LanyardOAuth1Authorize *self = LANYARD_OAUTH1_AUTHORIZE (flow);

  if (self->expectation == EXPECT_ACCOUNT)
    return finish (self);

  return LANYARD_FLOW_CLASS (lanyard_oauth1_authorize_parent_class)->fail (flow, error);
}

static void
lanyard_oauth1_authorize_finalize (GObject *object)
{
  LanyardOAuth1Authorize *self = LANYARD_OAUTH1_AUTHORIZE (object);

  lanyard_auth_context_unref (self->context);
  g_free (self->redirect_uri);
  g_clear_pointer (&self->outcome, lanyard_outcome_free);

  G_OBJECT_CLASS (lanyard_oauth1_authorize_parent_class)->finalize (object);
}

static void
lanyard_oauth1_authorize_class_init (LanyardOAuth1AuthorizeClass *klass)
{
  LanyardFlowClass *flow_class = LANYARD_FLOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_oauth1_authorize_finalize;
  flow_class->begin = begin;
  flow_class->feed_redirect = feed_redirect;
  flow_class->feed_response = feed_response;
  flow_class->fail = fail;
}

static void
lanyard_oauth1_authorize_init (LanyardOAuth1Authorize *self)
{
}

LanyardFlow *
lanyard_oauth1_flow_new_authorize (LanyardAuthContext *context, const char *redirect_uri)
{
  LanyardOAuth1Authorize *self = g_object_new (LANYARD_TYPE_OAUTH1_AUTHORIZE, NULL);

  self->context = lanyard_auth_context_ref (context);
  self->redirect_uri = g_strdup (redirect_uri);
  return LANYARD_FLOW (self);
}
