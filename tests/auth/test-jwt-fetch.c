/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Conversations with a server that gives tokens, as it should and as it should not. */

#include "config.h"

#include "lanyard-test-jwt.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwt-flow.h"

#include <string.h>

#define NOW LANYARD_TEST_NOW
#define LOGIN "username=anna"
#define REFRESH "&refresh_endpoint=https%3A%2F%2Fid.example.org%2Frefresh"
#define PASSWORD "p&ss w\xc3\xb6rd"

static LanyardFlow *
new_flow (LanyardStep **step, const char *method, const char *settings, gboolean is_renewal)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_jwt_context_new (
    method, settings, "password", PASSWORD, "access_token", "old", "refresh_token", "r1", NULL);
  LanyardFlow *flow = lanyard_jwt_flow_new_fetch (context, is_renewal);

  *step = lanyard_flow_begin (flow, NOW);
  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_REQUEST);
  return flow;
}

static char *
make_token (const char *claims)
{
  return lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", claims);
}

/* Answers with a token that has @claims; @before stands before it, up to the colon. */
static void
answer (LanyardFlow *flow, LanyardStep **step, const char *before, const char *claims)
{
  g_autofree char *token = make_token (claims);
  g_autofree char *body = g_strdup_printf ("{%s'%s'}", before, token);

  lanyard_test_flow_feed (flow, step, 200, body);
}

static JsonObject *
parse_json (const LanyardRequest *request)
{
  JsonObject *object;

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->content_type, ==, "application/json");
  object = lanyard_json_parse_object (lanyard_secret_get (request->body),
                                      lanyard_secret_get_length (request->body), NULL);
  g_assert_nonnull (object);
  return object;
}

static void
test_refused (void)
{
  static const struct
  {
    guint status;
    const char *body;
    LanyardError code;
    const char *words;
  } cases[] = {
    { 401, "{'detail': 'No active account'}", LANYARD_ERROR_NOT_AUTHORIZED, "No active account" },
    { 400, "{'error': 'bad', 'message': 'no such user'}", LANYARD_ERROR_NOT_AUTHORIZED,
      "no such user" },
    { 400, "", LANYARD_ERROR_NOT_AUTHORIZED, "user name and password" },
    { 401, "{'detail': 'wrong password: " PASSWORD "'}", LANYARD_ERROR_NOT_AUTHORIZED, "" },
    { 401, "{'detail': 'p%26ss+w%C3%B6rd'}", LANYARD_ERROR_NOT_AUTHORIZED, "" },
    { 403, "{}", LANYARD_ERROR_PROVIDER, "" },
    { 404, "<html>", LANYARD_ERROR_PROVIDER, "" },
    { 429, "", LANYARD_ERROR_UNAVAILABLE, "" },
    { 502, "<html>", LANYARD_ERROR_UNAVAILABLE, "" },
    { 200, "<html>", LANYARD_ERROR_PROTOCOL, "" },
    { 200, "{}", LANYARD_ERROR_PROTOCOL, "" },
    { 200, "{'token': 7}", LANYARD_ERROR_PROTOCOL, "" },
    { 200, "{'token': 'opaque'}", LANYARD_ERROR_PROTOCOL, "three parts" },
    { 200, "{'error': 'no'}", LANYARD_ERROR_PROVIDER, "no" },
    { 302, "", LANYARD_ERROR_PROVIDER, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (&step, NULL, LOGIN, FALSE);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      lanyard_test_flow_feed (flow, &step, cases[i].status, cases[i].body);
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
      g_test_message ("%s", step->error->message);
      g_assert_error (step->error, LANYARD_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (step->error->message, cases[i].words));
      g_assert_null (strstr (step->error->message, PASSWORD));
      g_assert_null (strstr (step->error->message, "p%26ss"));
      lanyard_test_assert_fit_to_show (step->error->message);
      g_assert_finalize_object (flow);
    }
}

static void
test_web_page (void)
{
  g_autoptr (LanyardResponse) page = lanyard_response_new (400, "text/html", "<html>", -1);
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardStep) failed = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN, FALSE);

  failed = lanyard_flow_feed_response (flow, page, NOW);
  g_assert_cmpint (failed->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (failed->error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_finalize_object (flow);
}

static void
test_huge (void)
{
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'a');
  g_autofree char *body = g_strdup_printf ("{'token': '%s'}", filler);
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN, FALSE);

  lanyard_test_flow_feed (flow, &step, 200, body);
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  lanyard_test_assert_fit_to_show (step->error->message);
  g_assert_finalize_object (flow);
}

static void
test_expired (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN, FALSE);

  answer (flow, &step, "'token': ", "{'exp': 1767225000}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (step->error->message, "clock"));
  g_assert_finalize_object (flow);
}

static void
test_login (void)
{
  static const char *const names[] = { "access_token", "access", "token", "jwt", "id_token" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow = new_flow (&step, NULL, LOGIN, FALSE);
      g_autoptr (JsonObject) body = parse_json (step->request);
      g_autofree char *before = g_strdup_printf ("'refresh': 'r2', '%s': ", names[i]);
      LanyardCredentials *credentials;

      g_assert_cmpstr (step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
      g_assert_cmpstr (lanyard_json_get_string (body, "username"), ==, "anna");
      g_assert_cmpstr (lanyard_json_get_string (body, "password"), ==, PASSWORD);
      g_assert_cmpuint (json_object_get_size (body), ==, 2);

      answer (flow, &step, before, "{'exp': 1767225700, 'sub': '7', 'email': 'a@example.org'}");
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
      credentials = step->outcome->credentials;
      g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, 1767225700);
      g_assert_cmpstr (lanyard_credentials_get_text (credentials, "refresh_token"), ==, "r2");
      g_assert_cmpstr (lanyard_credentials_get_text (credentials, "password"), ==, PASSWORD);
      g_assert_cmpstr (step->outcome->account, ==, "a@example.org");
      g_assert_true (step->outcome->renewable);
      g_assert_finalize_object (flow);
    }
}

/* A token that says nothing of an end lasts as long as the answer says, or until it is refused. */
static void
test_without_claims (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN, FALSE);

  answer (flow, &step, "'expires_in': 60, 'token': ", "{}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==, NOW + 60);
  g_assert_cmpstr (step->outcome->account, ==, "anna");
  g_assert_null (lanyard_credentials_get (step->outcome->credentials, "refresh_token"));
  g_assert_finalize_object (flow);
}

static void
test_form (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow =
    new_flow (&step, NULL,
              LOGIN "&login_body=form&login_params=email%3D%7Busername%7D%26pw%3D%7Bpassword%7D%26"
                    "kind%3Dapi",
              FALSE);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (step->request);

  g_assert_cmpstr (lanyard_params_get (form, "email"), ==, "anna");
  g_assert_cmpstr (lanyard_params_get (form, "pw"), ==, PASSWORD);
  g_assert_cmpstr (lanyard_params_get (form, "kind"), ==, "api");
  g_assert_cmpuint (lanyard_params_get_length (form), ==, 3);
  g_assert_finalize_object (flow);
}

static void
test_provider_data (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow =
    new_flow (&step,
              "'token': {'url': 'https://id.example.org/login', 'body': 'form',"
              " 'params': {'user': '{username}', 'secret': '{password}'}},"
              " 'response': {'root': 'data', 'map': {'access_token': 'key'}, 'error_text': 'why'}",
              LOGIN, FALSE);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (step->request);
  g_autofree char *token = make_token ("{}");
  g_autofree char *body = g_strdup_printf ("{'data': {'key': '%s'}}", token);

  g_assert_cmpstr (step->request->uri, ==, "https://id.example.org/login");
  g_assert_cmpstr (lanyard_params_get (form, "user"), ==, "anna");
  g_assert_cmpstr (lanyard_params_get (form, "secret"), ==, PASSWORD);
  lanyard_test_flow_feed (flow, &step, 200, body);
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "access_token"), ==,
                   token);
  g_assert_finalize_object (flow);
}

static void
test_renewed (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN REFRESH, TRUE);
  g_autoptr (JsonObject) body = parse_json (step->request);

  g_assert_cmpstr (step->request->uri, ==, "https://id.example.org/refresh");
  g_assert_cmpstr (lanyard_json_get_string (body, "refresh"), ==, "r1");
  g_assert_cmpuint (json_object_get_size (body), ==, 1);
  answer (flow, &step, "'access': ", "{'exp': 1767225700}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  /* None came, so the old one stays. */
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "refresh_token"), ==,
                   "r1");
  g_assert_finalize_object (flow);
}

static void
test_refresh_refused (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN REFRESH, TRUE);

  lanyard_test_flow_feed (flow, &step, 401, "{'detail': 'Token is blacklisted'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  lanyard_test_flow_feed (flow, &step, 401, "{'detail': 'No active account'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_finalize_object (flow);
}

static void
test_refresh_unavailable (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN REFRESH, TRUE);

  lanyard_test_flow_feed (flow, &step, 503, "");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
  g_assert_finalize_object (flow);
}

static void
test_renewed_by_login (void)
{
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = new_flow (&step, NULL, LOGIN, TRUE);

  g_assert_cmpstr (step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  g_assert_finalize_object (flow);
}

static void
test_keys (void)
{
  static const char *const sets[] = { "{'keys': [7]}", "{'keys': []}", "<html>" };
  g_autofree char *good = g_strdup_printf ("{\"keys\": [%s]}", LANYARD_TEST_EC_PUBLIC);

  for (guint i = 0; i <= G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (LanyardStep) step = NULL;
      LanyardFlow *flow =
        new_flow (&step, NULL, LOGIN "&jwks_uri=https%3A%2F%2Fid.example.org%2Fkeys", FALSE);

      answer (flow, &step, "'token': ", "{'exp': 1767225700}");
      g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
      g_assert_cmpstr (step->request->uri, ==, "https://id.example.org/keys");
      g_assert_null (lanyard_params_get (step->request->headers, "Authorization"));
      lanyard_test_flow_feed (flow, &step, 200, i < G_N_ELEMENTS (sets) ? sets[i] : good);
      g_assert_cmpint (step->kind, ==,
                       i < G_N_ELEMENTS (sets) ? LANYARD_STEP_FAILED : LANYARD_STEP_DONE);
      g_assert_finalize_object (flow);
    }
}

static void
test_exchanged (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_jwt_context_new (
    NULL, "algorithm=ES256&claims=%7B%22iss%22%3A+%22me%22%7D&scopes=a+b", "signing_key",
    LANYARD_TEST_EC_PRIVATE, NULL);
  LanyardFlow *flow = lanyard_jwt_flow_new_fetch (context, TRUE);
  g_autoptr (LanyardStep) step = lanyard_flow_begin (flow, NOW);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (step->request);
  g_autoptr (JsonObject) claims = NULL;

  g_assert_cmpstr (lanyard_params_get (form, "grant_type"), ==,
                   "urn:ietf:params:oauth:grant-type:jwt-bearer");
  g_assert_cmpstr (lanyard_params_get (form, "scope"), ==, "a b");
  claims = lanyard_test_jwt_parse_part (lanyard_params_get (form, "assertion"), 1);
  g_assert_cmpstr (lanyard_json_get_string (claims, "iss"), ==, "me");
  g_assert_cmpstr (lanyard_json_get_string (claims, "aud"), ==, LANYARD_TEST_TOKEN_ENDPOINT);

  lanyard_test_flow_feed (flow, &step, 200, "{'access_token': 'opaque', 'expires_in': 60}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "access_token"), ==,
                   "opaque");
  g_assert_true (step->outcome->renewable);
  g_assert_finalize_object (flow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/jwt-fetch/refused", test_refused);
  g_test_add_func ("/auth/jwt-fetch/web-page", test_web_page);
  g_test_add_func ("/auth/jwt-fetch/huge", test_huge);
  g_test_add_func ("/auth/jwt-fetch/expired", test_expired);
  g_test_add_func ("/auth/jwt-fetch/login", test_login);
  g_test_add_func ("/auth/jwt-fetch/without-claims", test_without_claims);
  g_test_add_func ("/auth/jwt-fetch/form", test_form);
  g_test_add_func ("/auth/jwt-fetch/provider-data", test_provider_data);
  g_test_add_func ("/auth/jwt-fetch/renewed", test_renewed);
  g_test_add_func ("/auth/jwt-fetch/refresh-refused", test_refresh_refused);
  g_test_add_func ("/auth/jwt-fetch/refresh-unavailable", test_refresh_unavailable);
  g_test_add_func ("/auth/jwt-fetch/renewed-by-login", test_renewed_by_login);
  g_test_add_func ("/auth/jwt-fetch/keys", test_keys);
  g_test_add_func ("/auth/jwt-fetch/rfc7523-03-exchanged", test_exchanged);

  return g_test_run ();
}
