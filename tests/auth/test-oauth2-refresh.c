/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-flow.h"

#include "lanyard-error.h"

static LanyardFlow *
new_flow (LanyardStep **step)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    NULL, "connectors=mail", "client_secret=s3cret&access_token=old&refresh_token=r");
  LanyardFlow *flow = lanyard_oauth2_flow_new_refresh (context);

  *step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);
  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_REQUEST);
  return flow;
}

static void
test_refused (void)
{
  static const struct
  {
    guint status;
    const char *body;
    LanyardError code;
  } cases[] = {
    { 400, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { 400, "", LANYARD_ERROR_NOT_AUTHORIZED },
    { 401, "{'error': 'invalid_client'}", LANYARD_ERROR_PROVIDER },
    { 403, "", LANYARD_ERROR_PROVIDER },
    { 429, "", LANYARD_ERROR_UNAVAILABLE },
    { 503, "", LANYARD_ERROR_UNAVAILABLE },
    { 200, "<html>", LANYARD_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (&step);

      lanyard_test_flow_feed (flow, &step, cases[i].status, cases[i].body);
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
      g_assert_error (step->error, LANYARD_ERROR, (int)cases[i].code);
      g_assert_null (strstr (step->error->message, "s3cret"));
      g_assert_finalize_object (flow);
    }
}

static void
test_network_error (void)
{
  g_autoptr (GError) error = g_error_new (LANYARD_ERROR, LANYARD_ERROR_NETWORK, "no route");
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardStep) failed = NULL;
  LanyardFlow *flow = new_flow (&step);

  failed = lanyard_flow_fail (flow, error);
  g_assert_cmpint (failed->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (failed->error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  g_assert_finalize_object (flow);
}

static void
test_renewed (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step);
  LanyardCredentials *credentials;

  g_assert_cmpstr (step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  lanyard_test_flow_feed (flow, &step, 200,
                          "{'access_token': 'new', 'refresh_token': 'r2', 'expires_in': '60'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  credentials = step->outcome->credentials;
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "new");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "refresh_token"), ==, "r2");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "client_secret"), ==, "s3cret");
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, LANYARD_TEST_NOW + 60);
  g_assert_null (step->outcome->granted_scopes);
  g_assert_true (step->outcome->renewable);
  g_assert_finalize_object (flow);
}

static void
test_kept (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step);

  lanyard_test_flow_feed (flow, &step, 200, "{'access_token': 'new', 'scope': 'mail.read'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "refresh_token"), ==,
                   "r");
  g_assert_cmpstr (step->outcome->granted_scopes[0], ==, "mail.read");
  g_assert_cmpuint (g_strv_length (step->outcome->granted_scopes), ==, 1);
  g_assert_finalize_object (flow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-refresh/rfc6749-17-refused", test_refused);
  g_test_add_func ("/auth/oauth2-refresh/network-error", test_network_error);
  g_test_add_func ("/auth/oauth2-refresh/rfc9700-07-renewed", test_renewed);
  g_test_add_func ("/auth/oauth2-refresh/rfc6749-18-kept", test_kept);

  return g_test_run ();
}
