/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-discovery.h"
#include "lanyard-error.h"
#include "lanyard-oauth2-redirect.h"

#define ISSUER "https://id.example.org"
#define DOCUMENT                                                                             \
  "{'issuer':'" ISSUER "','authorization_endpoint':'https://id.example.org/found/a',"        \
  "'token_endpoint':'https://id.example.org/found/t','authorization_response_iss_parameter_" \
  "supported':true}"
#define WITHOUT_ENDPOINTS "'authorize': null, 'token': null, 'issuer': '" ISSUER "'"

static LanyardStep *
answer (LanyardDiscovery *discovery, guint status, const char *type, const char *json)
{
  g_autofree char *text = lanyard_test_quote_json (json);
  g_autoptr (LanyardResponse) response = lanyard_response_new (status, type, text, -1);

  return lanyard_flow_feed_response (LANYARD_FLOW (discovery), response, LANYARD_TEST_NOW);
}

/* Asks for the metadata of @issuer, and finds nothing anywhere. */
static void
assert_places (const char *issuer, const char *const *places)
{
  g_autoptr (LanyardDiscovery) discovery = lanyard_discovery_new (issuer, NULL);
  LanyardStep *step = lanyard_flow_begin (LANYARD_FLOW (discovery), LANYARD_TEST_NOW);

  for (; *places != NULL; places++)
    {
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
      g_assert_cmpstr (step->request->method, ==, "GET");
      g_assert_cmpstr (step->request->uri, ==, *places);
      g_assert_null (step->request->body);
      lanyard_step_free (step);
      step = answer (discovery, 404, "text/html", "not here");
    }
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (step->error->message, issuer));
  lanyard_step_free (step);
}

/* OpenID Connect Discovery 1.0 section 4.1, RFC 8414 sections 3.1 and 5. */
static void
test_places (void)
{
  assert_places (
    "https://id.example.org",
    (const char *const[]){ "https://id.example.org/.well-known/openid-configuration",
                           "https://id.example.org/.well-known/oauth-authorization-server", NULL });
  assert_places (
    "https://id.example.org/",
    (const char *const[]){ "https://id.example.org/.well-known/openid-configuration",
                           "https://id.example.org/.well-known/oauth-authorization-server", NULL });
  assert_places ("https://id.example.org:8443/realms/a/",
                 (const char *const[]){
                   "https://id.example.org:8443/realms/a/.well-known/openid-configuration",
                   "https://id.example.org:8443/.well-known/oauth-authorization-server/realms/a",
                   "https://id.example.org:8443/.well-known/openid-configuration/realms/a", NULL });
}

static void
test_wrong_issuer (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_discovery_new ("http://id.example.org", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
assert_ends (guint status, const char *type, const char *json, LanyardError code)
{
  g_autoptr (LanyardDiscovery) discovery = lanyard_discovery_new (ISSUER, NULL);
  g_autoptr (LanyardStep) first = lanyard_flow_begin (LANYARD_FLOW (discovery), LANYARD_TEST_NOW);
  g_autoptr (LanyardStep) step = answer (discovery, status, type, json);

  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, (int)code);
  lanyard_test_assert_fit_to_show (step->error->message);
  g_assert_null (lanyard_discovery_get_metadata (discovery));
}

/* What is there and wrong is not looked for elsewhere. */
static void
test_ends (void)
{
  assert_ends (200, "application/json", "{'issuer':'https://other.example.org'}",
               LANYARD_ERROR_PROTOCOL);
  assert_ends (200, "application/json", "{", LANYARD_ERROR_PROTOCOL);
  assert_ends (200, "application/json", "[]", LANYARD_ERROR_PROTOCOL);
  assert_ends (503, "text/html", "", LANYARD_ERROR_UNAVAILABLE);
}

static LanyardServerMetadata *
discover (LanyardDiscovery *discovery)
{
  g_autoptr (LanyardStep) first = lanyard_flow_begin (LANYARD_FLOW (discovery), LANYARD_TEST_NOW);
  g_autoptr (LanyardStep) step = NULL;

  step = answer (discovery, 200, "application/json", DOCUMENT);
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  return lanyard_discovery_get_metadata (discovery);
}

/* A page for people in the first place, a redirect in the second. */
static void
test_later (void)
{
  static const char issuer[] = ISSUER "/a";
  g_autoptr (LanyardDiscovery) discovery = lanyard_discovery_new (issuer, NULL);
  g_autoptr (LanyardStep) first = lanyard_flow_begin (LANYARD_FLOW (discovery), LANYARD_TEST_NOW);
  g_autoptr (LanyardStep) second = answer (discovery, 200, "text/html", "<html>");
  g_autoptr (LanyardStep) third = answer (discovery, 302, NULL, "");
  g_autoptr (LanyardStep) done = NULL;

  g_assert_cmpint (third->kind, ==, LANYARD_STEP_REQUEST);
  done = answer (discovery, 200, "application/json", "{'issuer':'" ISSUER "/a'}");
  g_assert_cmpint (done->kind, ==, LANYARD_STEP_DONE);
  g_assert_nonnull (lanyard_discovery_get_metadata (discovery));
}

static void
assert_value (LanyardAuthContext *context, const char *name, const char *expected)
{
  g_autofree char *value = lanyard_auth_context_dup_value (context, name);

  g_assert_cmpstr (value, ==, expected);
}

/* What is entered, and what the provider's data says, beats what is discovered. */
static void
test_fills_in (void)
{
  g_autoptr (LanyardDiscovery) discovery = lanyard_discovery_new (ISSUER, NULL);
  LanyardServerMetadata *metadata = discover (discovery);
  g_autoptr (LanyardAuthContext) bare = lanyard_test_context_new (WITHOUT_ENDPOINTS, NULL, NULL);
  g_autoptr (LanyardAuthContext) entered =
    lanyard_test_context_new (WITHOUT_ENDPOINTS, "token_endpoint=https://id.example.org/own", NULL);
  g_autoptr (LanyardAuthContext) given = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) filled = lanyard_auth_context_with_metadata (bare, metadata);
  g_autoptr (LanyardAuthContext) mixed = lanyard_auth_context_with_metadata (entered, metadata);
  g_autoptr (LanyardAuthContext) kept = lanyard_auth_context_with_metadata (given, metadata);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardAuthContext) passed_on =
    lanyard_auth_context_with_credentials (filled, credentials);

  assert_value (bare, "token_endpoint", NULL);
  assert_value (filled, "token_endpoint", "https://id.example.org/found/t");
  assert_value (filled, "authorization_endpoint", "https://id.example.org/found/a");
  assert_value (filled, "issuer", ISSUER);
  assert_value (filled, "token_endpoint_auth_method", "client_secret_basic");
  assert_value (mixed, "token_endpoint", "https://id.example.org/own");
  assert_value (mixed, "authorization_endpoint", "https://id.example.org/found/a");
  assert_value (kept, "token_endpoint", LANYARD_TEST_TOKEN_ENDPOINT);
  assert_value (passed_on, "token_endpoint", "https://id.example.org/found/t");
}

static void
assert_issuer (const char *method, const char *settings, const char *expected)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, settings, NULL);
  g_autofree char *issuer = lanyard_discovery_dup_issuer (context);

  g_assert_cmpstr (issuer, ==, expected);
}

static void
test_needed (void)
{
  assert_issuer (NULL, NULL, NULL);
  assert_issuer (NULL, "issuer=" ISSUER, NULL);
  assert_issuer (WITHOUT_ENDPOINTS, NULL, ISSUER);
  assert_issuer (WITHOUT_ENDPOINTS, "token_endpoint=https://id.example.org/own", ISSUER);
  assert_issuer (WITHOUT_ENDPOINTS,
                 "token_endpoint=https://id.example.org/t&"
                 "authorization_endpoint=https://id.example.org/a",
                 NULL);
  assert_issuer ("'grant': 'client_credentials', " WITHOUT_ENDPOINTS,
                 "token_endpoint=https://id.example.org/t", NULL);
  assert_issuer ("'grant': 'client_credentials', " WITHOUT_ENDPOINTS, NULL, ISSUER);
}

static char *
read_redirect (LanyardAuthContext *context, const char *query, GError **error)
{
  g_autofree char *uri = g_strconcat (LANYARD_TEST_REDIRECT_URI "?state=s&", query, NULL);
  g_autoptr (LanyardOAuth2Redirect) redirect =
    lanyard_oauth2_redirect_read (context, uri, LANYARD_TEST_REDIRECT_URI, "s", error);

  return redirect != NULL ? g_strdup (redirect->code) : NULL;
}

/* RFC 9207 section 2.4: who promised to say which issuer it is must say it, in errors, too. */
static void
test_promised_issuer (void)
{
  static const char *const wrong[] = { "code=c", "code=c&iss=", "error=access_denied",
                                       "code=c&iss=https://id.example.org/",
                                       "code=c&iss=https://other.example.org" };
  g_autoptr (LanyardDiscovery) discovery = lanyard_discovery_new (ISSUER, NULL);
  g_autoptr (LanyardAuthContext) bare = lanyard_test_context_new (WITHOUT_ENDPOINTS, NULL, NULL);
  g_autoptr (LanyardAuthContext) context =
    lanyard_auth_context_with_metadata (bare, discover (discovery));
  g_autofree char *code = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_redirect (context, wrong[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
    }
  code = read_redirect (context, "code=c&iss=" ISSUER, NULL);
  g_assert_cmpstr (code, ==, "c");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/discovery/wrong-issuer", test_wrong_issuer);
  g_test_add_func ("/auth/discovery/places", test_places);
  g_test_add_func ("/auth/discovery/ends", test_ends);
  g_test_add_func ("/auth/discovery/later", test_later);
  g_test_add_func ("/auth/discovery/needed", test_needed);
  g_test_add_func ("/auth/discovery/fills-in", test_fills_in);
  g_test_add_func ("/auth/discovery/promised-issuer", test_promised_issuer);

  return g_test_run ();
}
