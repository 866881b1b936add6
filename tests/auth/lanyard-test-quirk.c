/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-quirk.h"

#include "lanyard-auth-type.h"
#include "lanyard-auth-types.h"
#include "lanyard-json.h"

#include <string.h>

static LanyardQuirk *
begin (const char *method,
       const char *settings,
       const char *credentials,
       LanyardFlow *(*make) (LanyardAuthType *type, LanyardAuthContext *context))
{
  LanyardQuirk *self = g_new0 (LanyardQuirk, 1);

  self->context = lanyard_test_context_new (method, settings, credentials);
  self->flow = make (lanyard_auth_types_lookup ("oauth2"), self->context);
  g_assert_nonnull (self->flow);
  self->step = lanyard_flow_begin (self->flow, LANYARD_TEST_NOW);
  g_assert_nonnull (self->step);

  return self;
}

static LanyardFlow *
authorize (LanyardAuthType *type, LanyardAuthContext *context)
{
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow =
    lanyard_auth_type_authorize (type, context, LANYARD_TEST_REDIRECT_URI, &error);

  g_assert_no_error (error);
  return flow;
}

LanyardQuirk *
lanyard_quirk_authorize (const char *method, const char *settings, const char *credentials)
{
  return begin (method, settings, credentials, authorize);
}

static LanyardFlow *
refresh (LanyardAuthType *type, LanyardAuthContext *context)
{
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow = lanyard_auth_type_refresh (type, context, &error);

  g_assert_no_error (error);
  return flow;
}

LanyardQuirk *
lanyard_quirk_refresh (const char *method, const char *settings, const char *credentials)
{
  return begin (method, settings, credentials, refresh);
}

LanyardQuirk *
lanyard_quirk_revoke (const char *method, const char *settings, const char *credentials)
{
  return begin (method, settings, credentials, lanyard_auth_type_revoke);
}

LanyardQuirk *
lanyard_quirk_exchange (const char *method, const char *settings, const char *credentials)
{
  LanyardQuirk *self = lanyard_quirk_authorize (method, settings, credentials);

  lanyard_quirk_redirect (self, "code=c0de&state=%s");
  return self;
}

void
lanyard_quirk_free (LanyardQuirk *self)
{
  lanyard_step_free (self->step);
  g_assert_finalize_object (self->flow);
  lanyard_auth_context_unref (self->context);
  g_free (self);
}

void
lanyard_quirk_redirect (LanyardQuirk *self, const char *query)
{
  lanyard_test_flow_answer_consent (self->flow, &self->step, query);
}

void
lanyard_quirk_answer (LanyardQuirk *self, guint status, const char *json)
{
  lanyard_test_flow_feed (self->flow, &self->step, status, json);
}

void
lanyard_quirk_answer_as (LanyardQuirk *self, guint status, const char *type, const char *body)
{
  g_autoptr (LanyardResponse) response = lanyard_response_new (status, type, body, -1);

  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_REQUEST);
  lanyard_step_free (self->step);
  self->step = lanyard_flow_feed_response (self->flow, response, LANYARD_TEST_NOW);
  g_assert_nonnull (self->step);
}

static const char *
get_uri (LanyardQuirk *self)
{
  if (self->step->kind == LANYARD_STEP_CONSENT)
    return self->step->uri;

  if (self->step->kind == LANYARD_STEP_FAILED)
    g_test_message ("%s", self->step->error->message);
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_REQUEST);
  return self->step->request->uri;
}

static char *
find_in_query (const char *uri, const char *name)
{
  const char *start = strchr (uri, '?');
  g_autofree char *query = start != NULL ? g_strndup (start + 1, strcspn (start + 1, "#")) : NULL;
  g_autoptr (LanyardParams) params = lanyard_params_parse (query, NULL);

  g_assert_nonnull (params);
  return g_strdup (lanyard_params_get (params, name));
}

static char *
find_in_body (const LanyardRequest *request, const char *name)
{
  const char *body = lanyard_secret_get (request->body);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (LanyardParams) form = NULL;

  if (g_str_equal (request->content_type, "application/json"))
    {
      object = lanyard_json_parse_object (body, strlen (body), NULL);
      g_assert_nonnull (object);
      return lanyard_json_dup_text (object, name);
    }

  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  form = lanyard_params_parse (body, NULL);
  g_assert_nonnull (form);
  return g_strdup (lanyard_params_get (form, name));
}

void
lanyard_quirk_assert_param (LanyardQuirk *self, const char *name, const char *expected)
{
  g_autofree char *value = find_in_query (get_uri (self), name);

  g_test_message ("%s", name);
  if (value == NULL && self->step->kind == LANYARD_STEP_REQUEST &&
      self->step->request->body != NULL)
    value = find_in_body (self->step->request, name);
  g_assert_cmpstr (value, ==, expected);
}

void
lanyard_quirk_assert_header (LanyardQuirk *self, const char *name, const char *expected)
{
  g_test_message ("%s", name);
  g_assert_nonnull (get_uri (self));
  g_assert_cmpstr (lanyard_params_get_ignoring_case (self->step->request->headers, name), ==,
                   expected);
}

void
lanyard_quirk_assert_request (LanyardQuirk *self, const char *method, const char *uri)
{
  const char *actual = get_uri (self);
  g_autofree char *address = g_strndup (actual, strcspn (actual, "?"));

  g_assert_cmpstr (address, ==, uri);
  g_assert_cmpstr (self->step->request->method, ==, method);
}

static LanyardOutcome *
get_outcome (LanyardQuirk *self)
{
  if (self->step->kind == LANYARD_STEP_FAILED)
    g_test_message ("%s", self->step->error->message);
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_DONE);
  return self->step->outcome;
}

void
lanyard_quirk_assert_credential (LanyardQuirk *self, const char *name, const char *expected)
{
  g_test_message ("%s", name);
  g_assert_cmpstr (lanyard_credentials_get_text (get_outcome (self)->credentials, name), ==,
                   expected);
}

void
lanyard_quirk_assert_expires (LanyardQuirk *self, gint64 lifetime)
{
  g_assert_cmpint (lanyard_credentials_get_expires_at (get_outcome (self)->credentials), ==,
                   lifetime != 0 ? LANYARD_TEST_NOW + lifetime : 0);
}

void
lanyard_quirk_assert_scopes (LanyardQuirk *self, const char *expected)
{
  char **scopes = get_outcome (self)->granted_scopes;
  g_autofree char *joined = scopes != NULL ? g_strjoinv (" ", scopes) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

void
lanyard_quirk_assert_failed (LanyardQuirk *self, LanyardError code, const char *words)
{
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (self->step->error, LANYARD_ERROR, (int)code);
  lanyard_test_assert_fit_to_show (self->step->error->message);
  if (strstr (self->step->error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", self->step->error->message, words);
}

LanyardRequest *
lanyard_quirk_use (LanyardQuirk *self, const char *uri)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_auth_context_with_credentials (self->context, get_outcome (self)->credentials);
  LanyardRequest *request = lanyard_request_new ("GET", uri);
  g_autoptr (GError) error = NULL;

  lanyard_auth_type_apply (lanyard_auth_types_lookup ("oauth2"), context, request, &error);
  g_assert_no_error (error);
  return request;
}
