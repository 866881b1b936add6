/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-flow.h"

#include "lanyard-error.h"
#include "lanyard-pkce.h"

#include <string.h>

#define NOW LANYARD_TEST_NOW
#define USERINFO "'userinfo': {'url': 'https://api.example.org/me'}"

static LanyardFlow *
new_flow (const char *method, const char *credentials, LanyardStep **step)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (method, "connectors=mail", credentials);
  LanyardFlow *flow = lanyard_oauth2_flow_new_authorize (context, LANYARD_TEST_REDIRECT_URI);

  *step = lanyard_flow_begin (flow, NOW);
  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_CONSENT);
  return flow;
}

static void
assert_failed (const LanyardStep *step, LanyardError code)
{
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, (int)code);
  lanyard_test_assert_fit_to_show (step->error->message);
}

static void
test_bad_redirects (void)
{
  static const struct
  {
    const char *query;
    LanyardError code;
  } cases[] = {
    { "code=c", LANYARD_ERROR_PROTOCOL },
    { "code=c&state=guess", LANYARD_ERROR_PROTOCOL },
    { "code=c&state=%s&state=%s", LANYARD_ERROR_PROTOCOL },
    { "code=c&state=%sx", LANYARD_ERROR_PROTOCOL },
    { "state=%s", LANYARD_ERROR_PROTOCOL },
    { "error=access_denied", LANYARD_ERROR_PROTOCOL },
    { "error=access_denied&state=%s", LANYARD_ERROR_DENIED },
    { "error=server_error&state=%s", LANYARD_ERROR_PROVIDER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (NULL, NULL, &step);

      /* No request is made: the flow is over. */
      lanyard_test_flow_answer_consent (flow, &step, cases[i].query);
      assert_failed (step, cases[i].code);
      g_assert_finalize_object (flow);
    }
}

/* RFC 6749 section 4.1.2: whoever brings the redirect again brings nothing new. */
static void
test_redirect_twice (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, NULL, &step);
  LanyardStep *again;

  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*EXPECT_REDIRECT*");
  again = lanyard_flow_feed_redirect (flow, LANYARD_TEST_REDIRECT_URI "?code=c&state=x", NOW);
  g_test_assert_expected_messages ();
  g_assert_null (again);
  g_assert_finalize_object (flow);
}

static void
test_state_and_verifier (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (NULL, NULL, &step);
      g_autoptr (LanyardParams) params = lanyard_test_parse_query (step->uri);
      const char *state = lanyard_params_get (params, "state");
      const char *challenge = lanyard_params_get (params, "code_challenge");

      /* 43 characters of base64url are 256 bits. */
      g_assert_cmpuint (strlen (state), ==, 43);
      g_assert_cmpuint (strlen (challenge), ==, 43);
      g_assert_cmpstr (lanyard_params_get (params, "code_challenge_method"), ==, "S256");
      g_assert_true (g_hash_table_add (seen, g_strdup (state)));
      g_assert_true (g_hash_table_add (seen, g_strdup (challenge)));
      g_assert_finalize_object (flow);
    }
}

static void
test_verifier_of_challenge (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, NULL, &step);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (step->uri);
  g_autoptr (LanyardParams) form = NULL;
  g_autofree char *challenge = NULL;
  g_autofree char *vector = lanyard_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  const char *verifier;

  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  form = lanyard_test_parse_form (step->request);
  verifier = lanyard_params_get (form, "code_verifier");
  g_assert_nonnull (verifier);
  g_assert_cmpuint (strlen (verifier), >=, 43);
  g_assert_cmpuint (strlen (verifier), <=, 128);
  g_assert_cmpuint (strspn (verifier, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~"), ==,
                    strlen (verifier));
  challenge = lanyard_pkce_challenge (verifier);
  g_assert_cmpstr (lanyard_params_get (params, "code_challenge"), ==, challenge);
  /* V-7. */
  g_assert_cmpstr (vector, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_finalize_object (flow);
}

static void
test_pkce_off (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow ("'pkce': 'off'", NULL, &step);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (step->uri);
  g_autoptr (LanyardParams) form = NULL;

  g_assert_null (lanyard_params_get (params, "code_challenge"));
  g_assert_null (lanyard_params_get (params, "code_challenge_method"));
  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  form = lanyard_test_parse_form (step->request);
  g_assert_null (lanyard_params_get (form, "code_verifier"));
  g_assert_finalize_object (flow);
}

/* RFC 7636 section 7.2: a server that does not like S256 is not asked with less. */
static void
test_no_downgrade (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, NULL, &step);

  lanyard_test_flow_answer_consent (
    flow, &step,
    "error=invalid_request&error_description=transform+algorithm+not+supported&state=%s");
  assert_failed (step, LANYARD_ERROR_PROVIDER);
  g_assert_finalize_object (flow);
}

static void
test_same_redirect_uri (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, NULL, &step);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (step->uri);
  g_autoptr (LanyardParams) form = NULL;

  g_assert_cmpstr (step->redirect_uri, ==, LANYARD_TEST_REDIRECT_URI);
  g_assert_cmpstr (lanyard_params_get (params, "redirect_uri"), ==, LANYARD_TEST_REDIRECT_URI);
  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  form = lanyard_test_parse_form (step->request);
  g_assert_cmpstr (lanyard_params_get (form, "redirect_uri"), ==, LANYARD_TEST_REDIRECT_URI);
  g_assert_cmpstr (lanyard_params_get (form, "code"), ==, "c");
  g_assert_finalize_object (flow);
}

static void
test_done (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (NULL, "client_secret=s&refresh_token=old", &step);
  LanyardOutcome *outcome;

  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  lanyard_test_flow_feed (flow, &step, 200,
                          "{'access_token': 'a', 'refresh_token': 'r', 'expires_in': 60}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  outcome = step->outcome;
  g_assert_cmpstr (lanyard_credentials_get_text (outcome->credentials, "access_token"), ==, "a");
  g_assert_cmpstr (lanyard_credentials_get_text (outcome->credentials, "refresh_token"), ==, "r");
  g_assert_cmpstr (lanyard_credentials_get_text (outcome->credentials, "client_secret"), ==, "s");
  g_assert_cmpint (lanyard_credentials_get_expires_at (outcome->credentials), ==, NOW + 60);
  g_assert_cmpuint (g_strv_length (outcome->granted_scopes), ==, 2);
  g_assert_true (outcome->renewable);
  g_assert_null (outcome->account);
  g_assert_finalize_object (flow);
}

static void
test_token_request_fails (void)
{
  static const struct
  {
    guint status;
    const char *body;
    LanyardError code;
  } cases[] = {
    { 400, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { 401, "{'error': 'invalid_client'}", LANYARD_ERROR_PROVIDER },
    { 503, "", LANYARD_ERROR_UNAVAILABLE },
    { 200, "", LANYARD_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (USERINFO, NULL, &step);

      lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
      lanyard_test_flow_feed (flow, &step, cases[i].status, cases[i].body);
      assert_failed (step, cases[i].code);
      g_assert_finalize_object (flow);
    }
}

/* What the network does before there are tokens ends the attempt. */
static void
test_error_before_tokens (void)
{
  g_autoptr (GError) error = g_error_new (LANYARD_ERROR, LANYARD_ERROR_NETWORK, "no route");
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardStep) failed = NULL;
  LanyardFlow *flow = new_flow (USERINFO, NULL, &step);

  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  failed = lanyard_flow_fail (flow, error);
  assert_failed (failed, LANYARD_ERROR_NETWORK);
  g_assert_finalize_object (flow);
}

static LanyardFlow *
reach_account (LanyardStep **step)
{
  LanyardFlow *flow = new_flow (USERINFO, NULL, step);

  lanyard_test_flow_answer_consent (flow, step, "code=c&state=%s");
  lanyard_test_flow_feed (flow, step, 200, "{'access_token': 'a', 'token_type': 'bearer'}");
  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_REQUEST);
  return flow;
}

static void
test_account (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = reach_account (&step);

  g_assert_cmpstr (step->request->method, ==, "GET");
  g_assert_cmpstr (step->request->uri, ==, "https://api.example.org/me");
  g_assert_cmpstr (lanyard_params_get (step->request->headers, "Authorization"), ==, "Bearer a");
  g_assert_null (step->request->body);

  lanyard_test_flow_feed (flow, &step, 200, "{'name': 'Ada'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (step->outcome->account, ==, "Ada");
  g_assert_finalize_object (flow);
}

/* The tokens are there, whatever becomes of the question who it is. */
static void
test_account_fails (void)
{
  static const struct
  {
    guint status;
    const char *body;
  } cases[] = {
    { 401, "{'error': 'invalid_token'}" },
    { 403, "" },
    { 500, "" },
    { 200, "<html>" },
    { 200, "{}" },
    { 200, "{'name': 'a\\nb'}" },
  };
  g_autoptr (GError) error = g_error_new (LANYARD_ERROR, LANYARD_ERROR_TLS, "certificate");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = reach_account (&step);

      lanyard_test_flow_feed (flow, &step, cases[i].status, cases[i].body);
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
      g_assert_cmpstr (step->outcome->account, ==, NULL);
      g_assert_finalize_object (flow);
    }

  {
    g_autoptr (LanyardStep) step = NULL;
    g_autoptr (LanyardStep) done = NULL;
    LanyardFlow *flow = reach_account (&step);

    done = lanyard_flow_fail (flow, error);
    g_assert_cmpint (done->kind, ==, LANYARD_STEP_DONE);
    g_assert_cmpstr (lanyard_credentials_get_text (done->outcome->credentials, "access_token"), ==,
                     "a");
    g_assert_finalize_object (flow);
  }
}

/* A person's own address that is not fit for a token does not get one. */
static void
test_account_unsafe (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, "userinfo_endpoint=http://api.example.org/me", NULL);
  g_autoptr (LanyardFlow) flow =
    lanyard_oauth2_flow_new_authorize (context, LANYARD_TEST_REDIRECT_URI);
  g_autoptr (LanyardStep) step = lanyard_flow_begin (flow, NOW);

  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  lanyard_test_flow_feed (flow, &step, 200, "{'access_token': 'a'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-authorize/rfc6749-21-bad-redirects", test_bad_redirects);
  g_test_add_func ("/auth/oauth2-authorize/rfc6749-09-redirect-twice", test_redirect_twice);
  g_test_add_func ("/auth/oauth2-authorize/rfc6749-22-state-and-verifier", test_state_and_verifier);
  g_test_add_func ("/auth/oauth2-authorize/rfc7636-04-verifier-of-challenge",
                   test_verifier_of_challenge);
  g_test_add_func ("/auth/oauth2-authorize/rfc7636-03-pkce-off", test_pkce_off);
  g_test_add_func ("/auth/oauth2-authorize/rfc7636-02-no-downgrade", test_no_downgrade);
  g_test_add_func ("/auth/oauth2-authorize/rfc6749-12-same-redirect-uri", test_same_redirect_uri);
  g_test_add_func ("/auth/oauth2-authorize/done", test_done);
  g_test_add_func ("/auth/oauth2-authorize/token-request-fails", test_token_request_fails);
  g_test_add_func ("/auth/oauth2-authorize/error-before-tokens", test_error_before_tokens);
  g_test_add_func ("/auth/oauth2-authorize/account", test_account);
  g_test_add_func ("/auth/oauth2-authorize/account-fails", test_account_fails);
  g_test_add_func ("/auth/oauth2-authorize/account-unsafe", test_account_unsafe);

  return g_test_run ();
}
