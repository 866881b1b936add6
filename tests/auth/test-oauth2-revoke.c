/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-flow.h"

#include "lanyard-error.h"

#define BOTH                                                                                   \
  "client_secret=s3cret&access_token=a1b2&refresh_token=r3fr3sh&id_token=1d.t0k3n&token_type=" \
  "bearer"
#define BEARER                                                                \
  "'revoke': {'url': 'https://slack.example/auth.revoke', 'auth': 'bearer'}," \
  "'response': {'ok_when': {'ok': 'true'}}"

static LanyardFlow *
new_flow (const char *method, const char *credentials, LanyardStep **step)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, NULL, credentials);
  LanyardFlow *flow = lanyard_oauth2_flow_new_revoke (context);

  *step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);
  return flow;
}

static void
assert_asks_for (const LanyardStep *step, const char *token)
{
  g_autoptr (LanyardParams) form = NULL;

  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  form = lanyard_test_parse_form (step->request);
  g_assert_cmpstr (lanyard_params_get (form, "token"), ==, token);
}

static void
assert_done (const LanyardStep *step)
{
  LanyardCredentials *credentials;
  g_auto (GStrv) names = NULL;

  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  credentials = step->outcome->credentials;
  names = lanyard_credentials_list_names (credentials);
  /* What the person entered is all that is left. */
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "client_secret");
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, 0);
  g_assert_false (step->outcome->renewable);
}

static void
test_failed (void)
{
  static const struct
  {
    guint status;
    const char *body;
    LanyardError code;
    const char *words;
  } cases[] = {
    { 400, "{'error': 'unsupported_token_type'}", LANYARD_ERROR_PROVIDER,
      "“unsupported_token_type”" },
    { 401, "{'error': 'invalid_client'}", LANYARD_ERROR_PROVIDER, "client secret" },
    { 403, "", LANYARD_ERROR_PROVIDER, "HTTP 403" },
    { 404, "", LANYARD_ERROR_PROVIDER, "HTTP 404" },
    { 302, "", LANYARD_ERROR_PROVIDER, "HTTP 302" },
    { 500, "", LANYARD_ERROR_UNAVAILABLE, "HTTP 500" },
    { 503, "", LANYARD_ERROR_UNAVAILABLE, "HTTP 503" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (NULL, BOTH, &step);

      lanyard_test_flow_feed (flow, &step, cases[i].status, cases[i].body);
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
      g_assert_error (step->error, LANYARD_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (step->error->message, cases[i].words));
      g_assert_finalize_object (flow);
    }
}

/* RFC 7009 section 2.2.1: the token is still good, and the person can try again. */
static void
test_retry_after (void)
{
  g_autoptr (LanyardResponse) response = lanyard_response_new (503, NULL, "", -1);
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardStep) failed = NULL;
  LanyardFlow *flow = new_flow (NULL, BOTH, &step);

  lanyard_params_append (response->headers, "Retry-After", "120");
  failed = lanyard_flow_feed_response (flow, response, LANYARD_TEST_NOW);
  g_assert_cmpint (failed->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (failed->error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (failed->error->message, "120"));
  g_assert_finalize_object (flow);
}

static void
test_order (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, BOTH, &step);

  assert_asks_for (step, "r3fr3sh");
  lanyard_test_flow_feed (flow, &step, 200, "");
  assert_asks_for (step, "a1b2");
  lanyard_test_flow_feed (flow, &step, 200, "");
  assert_done (step);
  g_assert_finalize_object (flow);
}

static void
test_body_ignored (void)
{
  static const char *const bodies[] = { "", "{}", "<html>", "{'error': 'x'}", "[[[[" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (NULL, "client_secret=s3cret&refresh_token=r3fr3sh", &step);

      lanyard_test_flow_feed (flow, &step, 200, bodies[i]);
      assert_done (step);
      g_assert_finalize_object (flow);
    }
}

static void
test_access_token_gone_already (void)
{
  static const guint statuses[] = { 400, 401, 404 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (NULL, BOTH, &step);

      lanyard_test_flow_feed (flow, &step, 200, "");
      lanyard_test_flow_feed (flow, &step, statuses[i], "{'error': 'unsupported_token_type'}");
      assert_done (step);
      g_assert_finalize_object (flow);
    }
}

static void
test_access_token_unanswered (void)
{
  static const guint statuses[] = { 408, 429, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (NULL, BOTH, &step);

      lanyard_test_flow_feed (flow, &step, 200, "");
      lanyard_test_flow_feed (flow, &step, statuses[i], "");
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
      g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
      g_assert_finalize_object (flow);
    }
}

static void
test_one_token (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, "client_secret=s3cret&access_token=a1b2", &step);

  assert_asks_for (step, "a1b2");
  lanyard_test_flow_feed (flow, &step, 200, "");
  assert_done (step);
  g_assert_finalize_object (flow);
}

/* Some providers take back the token that the request is signed with (quirk F12). */
static void
test_bearer (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (BEARER, BOTH, &step);

  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (step->request->method, ==, "POST");
  g_assert_cmpstr (lanyard_params_get (step->request->headers, "Authorization"), ==, "Bearer a1b2");
  lanyard_test_flow_feed (flow, &step, 200, "{'ok': true, 'revoked': true}");
  /* There is nothing left that it could be asked for. */
  assert_done (step);
  g_assert_finalize_object (flow);
}

static void
test_bearer_refused (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (BEARER, BOTH, &step);

  lanyard_test_flow_feed (flow, &step, 200, "{'ok': false, 'error': 'fatal_error'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (step->error->message, "“fatal_error”"));
  g_assert_finalize_object (flow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-revoke/rfc7009-03-failed", test_failed);
  g_test_add_func ("/auth/oauth2-revoke/rfc7009-03-retry-after", test_retry_after);
  g_test_add_func ("/auth/oauth2-revoke/access-token-unanswered", test_access_token_unanswered);
  g_test_add_func ("/auth/oauth2-revoke/rfc7009-04-order", test_order);
  g_test_add_func ("/auth/oauth2-revoke/rfc7009-02-body-ignored", test_body_ignored);
  g_test_add_func ("/auth/oauth2-revoke/rfc7009-03-access-token-gone-already",
                   test_access_token_gone_already);
  g_test_add_func ("/auth/oauth2-revoke/one-token", test_one_token);
  g_test_add_func ("/auth/oauth2-revoke/bearer", test_bearer);
  g_test_add_func ("/auth/oauth2-revoke/bearer-refused", test_bearer_refused);

  return g_test_run ();
}
