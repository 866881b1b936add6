/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the standards say of a whole sign-in rather than of one message of it. */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-auth-types.h"
#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-pkce.h"

#include <string.h>

#define NOW LANYARD_TEST_NOW

typedef struct
{
  LanyardFlow *flow;
  LanyardStep *step;
  LanyardParams *asked;
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_assert_finalize_object (attempt->flow);
  lanyard_step_free (attempt->step);
  lanyard_params_free (attempt->asked);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static void
begin (Attempt *attempt, LanyardAuthContext *context)
{
  attempt->flow = lanyard_oauth2_flow_new_authorize (context, LANYARD_TEST_REDIRECT_URI);
  attempt->step = lanyard_flow_begin (attempt->flow, NOW);
  attempt->asked = lanyard_test_parse_query (attempt->step->uri);
}

static const char *
get (const Attempt *attempt, const char *name)
{
  return lanyard_params_get (attempt->asked, name);
}

/* RFC 8252 section 8.3 and RFC 9700 section 2.1.2: a code, and never a token in an address. */
static void
test_no_implicit (void)
{
  static const char *const methods[] = { NULL, "'pkce': 'off'", "'pkce': 'required'" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (methods[i], NULL, NULL);
      g_auto (Attempt) attempt = { NULL };

      begin (&attempt, context);
      g_assert_cmpstr (get (&attempt, "response_type"), ==, "code");
      lanyard_test_flow_answer_consent (attempt.flow, &attempt.step,
                                        "access_token=t&token_type=bearer&state=%s");
      g_assert_cmpint (attempt.step->kind, ==, LANYARD_STEP_FAILED);
    }
}

/* RFC 9700 section 2.4: nobody is asked for the password of somebody else's service. */
static void
test_no_password_grant (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, "refresh_token=r");
  g_autoptr (LanyardRequest) code = lanyard_oauth2_request_new_token (
    context, "c", LANYARD_TEST_REDIRECT_URI, "v", LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardRequest) refresh =
    lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardParams) code_form = lanyard_test_parse_form (code);
  g_autoptr (LanyardParams) refresh_form = lanyard_test_parse_form (refresh);
  LanyardAuthType *type = lanyard_auth_types_lookup ("oauth2");

  g_assert_cmpstr (lanyard_params_get (code_form, "grant_type"), ==, "authorization_code");
  g_assert_cmpstr (lanyard_params_get (refresh_form, "grant_type"), ==, "refresh_token");
  g_assert_null (lanyard_auth_type_find_field (type, NULL, "username"));
  g_assert_null (lanyard_auth_type_find_field (type, NULL, "password"));
  g_assert_false (lanyard_oauth2_request_check_params ("grant_type=password", NULL));
}

/* RFC 8252 section 6, RFC 9700 section 2.1.1, OAuth 2.1 section 4.1.1: whether the client has a
 * secret or not. */
static void
test_always_pkce (void)
{
  static const char *const credentials[] = { NULL, "client_secret=s" };

  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    {
      g_autoptr (LanyardAuthContext) context =
        lanyard_test_context_new (NULL, NULL, credentials[i]);
      g_auto (Attempt) attempt = { NULL };

      begin (&attempt, context);
      g_assert_nonnull (get (&attempt, "code_challenge"));
      g_assert_cmpstr (get (&attempt, "code_challenge_method"), ==, "S256");
      g_assert_nonnull (get (&attempt, "state"));
    }
}

/* RFC 9700 section 2.1.1: what belongs to one attempt is of no use in another. */
static void
test_bound_to_attempt (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_auto (Attempt) first = { NULL };
  g_auto (Attempt) second = { NULL };
  g_autoptr (LanyardParams) form = NULL;
  g_autofree char *stolen = NULL;
  g_autofree char *challenge = NULL;

  begin (&first, context);
  begin (&second, context);

  /* The answer to the second, brought to the first. */
  stolen = g_strconcat (LANYARD_TEST_REDIRECT_URI "?code=c&state=", get (&second, "state"), NULL);
  lanyard_step_free (first.step);
  first.step = lanyard_flow_feed_redirect (first.flow, stolen, NOW);
  g_assert_cmpint (first.step->kind, ==, LANYARD_STEP_FAILED);

  lanyard_test_flow_answer_consent (second.flow, &second.step, "code=c&state=%s");
  form = lanyard_test_parse_form (second.step->request);
  challenge = lanyard_pkce_challenge (lanyard_params_get (form, "code_verifier"));
  g_assert_cmpstr (challenge, ==, get (&second, "code_challenge"));
  g_assert_cmpstr (challenge, !=, get (&first, "code_challenge"));
}

/* OAuth 2.1 section 7.5.1.1. */
static void
test_fresh_after_error (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_auto (Attempt) first = { NULL };
  g_auto (Attempt) second = { NULL };

  begin (&first, context);
  lanyard_test_flow_answer_consent (first.flow, &first.step, "error=server_error&state=%s");
  begin (&second, context);
  g_assert_cmpstr (get (&first, "code_challenge"), !=, get (&second, "code_challenge"));
  g_assert_cmpstr (get (&first, "state"), !=, get (&second, "state"));
}

/* RFC 9700 section 4.4: the code goes to the token endpoint of the provider that was asked,
 * whatever the answer says. */
static void
test_token_endpoint_of_provider (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_auto (Attempt) attempt = { NULL };

  begin (&attempt, context);
  lanyard_test_flow_answer_consent (attempt.flow, &attempt.step,
                                    "code=c&state=%s&token_endpoint=https://evil.example/"
                                    "&accounts-server=https://evil.example");
  g_assert_cmpint (attempt.step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (attempt.step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
}

static void
test_redirect_uri_always (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_auto (Attempt) attempt = { NULL };
  g_autoptr (LanyardParams) form = NULL;

  begin (&attempt, context);
  g_assert_cmpstr (get (&attempt, "redirect_uri"), ==, LANYARD_TEST_REDIRECT_URI);
  lanyard_test_flow_answer_consent (attempt.flow, &attempt.step, "code=c&state=%s");
  form = lanyard_test_parse_form (attempt.step->request);
  g_assert_cmpstr (lanyard_params_get (form, "redirect_uri"), ==, LANYARD_TEST_REDIRECT_URI);
}

/* RFC 6750 sections 2.2 and 2.3: neither a form nor an address gets the token. */
static void
test_header_only (void)
{
  static const char *const verbs[] = { "GET", "POST", "PUT", "DELETE" };
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=t0ken");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (LanyardRequest) request =
        lanyard_request_new (verbs[i], "https://api.example.org/x?y=z");
      g_autoptr (LanyardParams) form = lanyard_params_new ();

      lanyard_params_append (form, "a", "b");
      lanyard_request_set_form (request, form);
      g_assert_true (
        lanyard_auth_type_apply (lanyard_auth_types_lookup ("oauth2"), context, request, NULL));
      g_assert_cmpstr (request->uri, ==, "https://api.example.org/x?y=z");
      g_assert_cmpstr (lanyard_secret_get (request->body), ==, "a=b");
      g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer t0ken");
      g_assert_null (lanyard_params_get_ignoring_case (request->headers, "Cookie"));
    }
}

/* RFC 7636 section 4.1. */
static void
test_verifier (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
      g_auto (Attempt) attempt = { NULL };
      g_autoptr (LanyardParams) form = NULL;
      const char *verifier;

      begin (&attempt, context);
      lanyard_test_flow_answer_consent (attempt.flow, &attempt.step, "code=c&state=%s");
      form = lanyard_test_parse_form (attempt.step->request);
      verifier = lanyard_params_get (form, "code_verifier");
      g_assert_cmpuint (strlen (verifier), >=, 43);
      g_assert_cmpuint (strlen (verifier), <=, 128);
      g_assert_cmpuint (strspn (verifier, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~"), ==,
                        strlen (verifier));
      /* It is a secret until it is used. */
      g_assert_null (strstr (get (&attempt, "code_challenge"), verifier));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-profile/rfc8252-03-no-implicit", test_no_implicit);
  g_test_add_func ("/auth/oauth2-profile/rfc9700-08-no-password-grant", test_no_password_grant);
  g_test_add_func ("/auth/oauth2-profile/rfc9700-04-bound-to-attempt", test_bound_to_attempt);
  g_test_add_func ("/auth/oauth2-profile/rfc9700-03-token-endpoint-of-provider",
                   test_token_endpoint_of_provider);
  g_test_add_func ("/auth/oauth2-profile/rfc8252-02-always-pkce", test_always_pkce);
  g_test_add_func ("/auth/oauth2-profile/oauth21-05-fresh-after-error", test_fresh_after_error);
  g_test_add_func ("/auth/oauth2-profile/rfc6749-05-redirect-uri-always", test_redirect_uri_always);
  g_test_add_func ("/auth/oauth2-profile/rfc6750-04-header-only", test_header_only);
  g_test_add_func ("/auth/oauth2-profile/rfc7636-01-verifier", test_verifier);

  return g_test_run ();
}
