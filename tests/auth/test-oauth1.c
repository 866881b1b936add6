/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-provider-reader.h"
#include "lanyard-test-context.h"

#include "lanyard-oauth1-request.h"
#include "lanyard-oauth1-signer.h"

#define CALLBACK "http://printer.example.com/ready"
#define LOOPBACK "http://127.0.0.1:8400/callback/example"

/* RFC 5849 section 1.2: a photo service and its client. */
static LanyardAuthContext *
new_context (const char *members, const char *more_settings, const char *credentials)
{
  g_autofree char *quoted =
    g_strdup_printf ("{'id': 'example', 'name': 'Example', 'methods': [{'type': 'oauth1'%s%s}]}",
                     members != NULL ? ", " : "", members != NULL ? members : "");
  g_autofree char *text = lanyard_test_quote_json (quoted);
  g_autofree char *settings = g_strconcat (
    "request_token_endpoint=https%3A%2F%2Fphotos.example.net%2Finitiate"
    "&authorization_endpoint=https%3A%2F%2Fphotos.example.net%2Fauthorize%3Fa%3Db"
    "&access_token_endpoint=https%3A%2F%2Fphotos.example.net%2Ftoken&consumer_key=dpf43f3p2l4k3l03",
    more_settings != NULL ? "&" : "", more_settings, NULL);
  g_autofree char *secrets = g_strconcat ("consumer_secret=kd94hf93k423kf44",
                                          credentials != NULL ? "&" : "", credentials, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (text, strlen (text), "example", &error);

  g_assert_no_error (error);
  return lanyard_test_context_new_for_provider (provider, settings, secrets);
}

static void
set_signed_in (LanyardAuthContext *context)
{
  lanyard_authorization_set_authorized_at (lanyard_auth_context_get_authorization (context), 1);
}

static LanyardFlow *
new_flow (LanyardAuthContext *context)
{
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow =
    lanyard_auth_type_authorize (lanyard_auth_types_lookup ("oauth1"), context, LOOPBACK, &error);

  g_assert_no_error (error);
  return flow;
}

static void
feed_form (LanyardFlow *flow, LanyardStep **step, guint status, const char *body)
{
  /* Servers call their forms what they like. */
  g_autoptr (LanyardResponse) response = lanyard_response_new (status, "text/html", body, -1);
  LanyardStep *next;

  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_REQUEST);
  next = lanyard_flow_feed_response (flow, response, LANYARD_TEST_NOW);
  lanyard_step_free (*step);
  *step = next;
}

static void
feed_redirect (LanyardFlow *flow, LanyardStep **step, const char *uri)
{
  LanyardStep *next;

  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_CONSENT);
  next = lanyard_flow_feed_redirect (flow, uri, LANYARD_TEST_NOW);
  lanyard_step_free (*step);
  *step = next;
}

static void
assert_failed (LanyardStep *step, LanyardError code)
{
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, (int)code);
  g_assert_null (strstr (step->error->message, "kd94hf93k423kf44"));
  lanyard_test_assert_fit_to_show (step->error->message);
}

/* A header as the RFC prints it is one of ours when a parameter of it is in it. */
static gboolean
has_oauth (const LanyardRequest *request, const char *text)
{
  const char *header = lanyard_params_get (request->headers, "Authorization");

  g_assert_true (g_str_has_prefix (header, "OAuth "));
  return strstr (header, text) != NULL;
}

/* 5849-01. The RFC's example has no oauth_version; with one, the signature of the same request is
 * another, so the vector is tried where signatures are made. Here the form counts. */
static void
test_rfc5849_01_temporary (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, "token=old&token_secret=older");
  g_autoptr (LanyardRequest) request =
    lanyard_oauth1_request_new_temporary (context, CALLBACK, 137131200, NULL);

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->uri, ==, "https://photos.example.net/initiate");
  g_assert_true (
    has_oauth (request, "oauth_callback=\"http%3A%2F%2Fprinter.example.com%2Fready\""));
  g_assert_true (has_oauth (request, "oauth_timestamp=\"137131200\""));
  g_assert_false (has_oauth (request, "oauth_token="));
  g_assert_null (request->body);
}

/* 5849-02, section 2.1. */
static void
test_rfc5849_02_unconfirmed_callback (void)
{
  static const char *const BODIES[] = {
    "oauth_token=t&oauth_token_secret=s",
    "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=false",
    "oauth_token=t&oauth_token=u&oauth_token_secret=s&oauth_callback_confirmed=true",
    "oauth_token=&oauth_token_secret=s&oauth_callback_confirmed=true",
    "oauth_token_secret=s&oauth_callback_confirmed=true",
    "oauth_token=t&oauth_callback_confirmed=true",
    "<html>hello</html>",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (BODIES); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, NULL);
      g_autoptr (LanyardFlow) flow = new_flow (context);
      g_autoptr (LanyardStep) step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);

      g_test_message ("%s", BODIES[i]);
      feed_form (flow, &step, 200, BODIES[i]);
      assert_failed (step, LANYARD_ERROR_PROTOCOL);
    }
}

static LanyardStep *
begin_consent (LanyardFlow *flow)
{
  LanyardStep *step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);

  feed_form (flow, &step, 200,
             "oauth_token=hh5s93j4hdidpola&oauth_token_secret=hdhd0244k9j7ao03&oauth_callback_"
             "confirmed=true");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_CONSENT);
  return step;
}

/* 5849-03, section 2.2. */
static void
test_rfc5849_03_redirects (void)
{
  static const struct
  {
    const char *uri;
    LanyardError code;
  } CASES[] = {
    { LOOPBACK, LANYARD_ERROR_PROTOCOL },
    { LOOPBACK "?oauth_token=hh5s93j4hdidpola", LANYARD_ERROR_PROTOCOL },
    { LOOPBACK "?oauth_token=hh5s93j4hdidpola&oauth_verifier=", LANYARD_ERROR_PROTOCOL },
    { LOOPBACK "?oauth_token=other&oauth_verifier=v", LANYARD_ERROR_PROTOCOL },
    { LOOPBACK "?oauth_token=hh5s93j4hdidpola&oauth_verifier=v&oauth_verifier=w",
      LANYARD_ERROR_PROTOCOL },
    { "http://127.0.0.1:8401/callback/example?oauth_token=hh5s93j4hdidpola&oauth_verifier=v",
      LANYARD_ERROR_PROTOCOL },
    { LOOPBACK "?denied=hh5s93j4hdidpola", LANYARD_ERROR_DENIED },
    { LOOPBACK "?oauth_problem=user_refused", LANYARD_ERROR_DENIED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, NULL);
      g_autoptr (LanyardFlow) flow = new_flow (context);
      g_autoptr (LanyardStep) step = begin_consent (flow);

      g_test_message ("%s", CASES[i].uri);
      g_assert_cmpstr (step->uri, ==,
                       "https://photos.example.net/authorize?a=b&oauth_token=hh5s93j4hdidpola");
      feed_redirect (flow, &step, CASES[i].uri);
      assert_failed (step, CASES[i].code);
    }
}

/* 5849-04, section 2.3. */
static void
test_rfc5849_04_three_legs (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, "token=old&token_secret=older");
  g_autoptr (LanyardFlow) flow = NULL;
  g_autoptr (LanyardStep) step = NULL;

  set_signed_in (context);
  flow = new_flow (context);
  step = begin_consent (flow);
  feed_redirect (flow, &step,
                 LOOPBACK "?oauth_token=hh5s93j4hdidpola&oauth_verifier=hfdp7dh39dks9884");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (step->request->uri, ==, "https://photos.example.net/token");
  g_assert_true (has_oauth (step->request, "oauth_token=\"hh5s93j4hdidpola\""));
  g_assert_true (has_oauth (step->request, "oauth_verifier=\"hfdp7dh39dks9884\""));
  g_assert_false (has_oauth (step->request, "oauth_callback"));

  feed_form (flow, &step, 200, "oauth_token=nnch734d00sl2jdk&oauth_token_secret=pfkkdhi9sl3r4s00");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "token"), ==,
                   "nnch734d00sl2jdk");
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "token_secret"), ==,
                   "pfkkdhi9sl3r4s00");
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "consumer_secret"), ==,
                   "kd94hf93k423kf44");
  g_assert_false (step->outcome->renewable);
}

static void
test_account (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (
    "'verify': {'url': 'https://photos.example.net/me', 'account': 'user.name'}", NULL, NULL);
  g_autoptr (LanyardFlow) flow = new_flow (context);
  g_autoptr (LanyardStep) step = begin_consent (flow);

  feed_redirect (flow, &step, LOOPBACK "?oauth_token=hh5s93j4hdidpola&oauth_verifier=v");
  feed_form (flow, &step, 200, "oauth_token=t&oauth_token_secret=s");
  g_assert_true (has_oauth (step->request, "oauth_token=\"t\""));
  lanyard_test_flow_feed (flow, &step, 200, "{'user': {'name': 'Jane'}}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (step->outcome->account, ==, "Jane");
}

/* The protocol before its revision A, only where the provider's data says so. */
static void
test_without_verifier (void)
{
  g_autoptr (LanyardAuthContext) context = new_context ("'verifier': 'optional'", NULL, NULL);
  g_autoptr (LanyardFlow) flow = new_flow (context);
  g_autoptr (LanyardStep) step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);

  feed_form (flow, &step, 200, "oauth_token=t&oauth_token_secret=s");
  feed_redirect (flow, &step, LOOPBACK "?oauth_token=t");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_false (has_oauth (step->request, "oauth_verifier"));
}

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *body;
    LanyardError code;
  } CASES[] = {
    { 401, "oauth_problem=consumer_key_unknown", LANYARD_ERROR_PROVIDER },
    { 401, "", LANYARD_ERROR_PROVIDER },
    { 503, "<html>down</html>", LANYARD_ERROR_UNAVAILABLE },
    { 200, "oauth_problem=kd94hf93k423kf44", LANYARD_ERROR_PROVIDER },
    { 400, "oauth_problem=x&oauth_problem_advice=kd94hf93k423kf44", LANYARD_ERROR_PROVIDER },
    { 200, "oauth_token=t", LANYARD_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, NULL);
      g_autoptr (LanyardFlow) flow = new_flow (context);
      g_autoptr (LanyardStep) step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);

      feed_form (flow, &step, CASES[i].status, CASES[i].body);
      assert_failed (step, CASES[i].code);
    }
}

/* 5849-15, section 3.5.3: at the end of what is there. */
static void
test_transmission_query (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context (NULL, "transmission=query", "token=t&token_secret=s");
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://photos.example.net/photos?file=vacation.jpg");
  g_autoptr (LanyardParams) query = NULL;

  g_assert_true (lanyard_oauth1_request_sign (context, request, 1, NULL));
  g_assert_null (lanyard_params_get (request->headers, "Authorization"));
  query = lanyard_test_parse_query (request->uri);
  g_assert_cmpstr (lanyard_params_get_nth_name (query, 0), ==, "file");
  g_assert_cmpstr (lanyard_params_get (query, "oauth_token"), ==, "t");
  g_assert_nonnull (lanyard_params_get (query, "oauth_signature"));
}

/* 5849-15, section 3.5.2: at the end of a form, and in nothing else. */
static void
test_transmission_body (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context (NULL, "transmission=body", "token=t&token_secret=s");
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("POST", "https://photos.example.net/photos");
  g_autoptr (LanyardRequest) json =
    lanyard_request_new ("POST", "https://photos.example.net/photos");
  g_autoptr (LanyardParams) form = NULL;
  g_autoptr (GError) error = NULL;

  request->content_type = g_strdup ("application/x-www-form-urlencoded");
  request->body = lanyard_secret_new ("z=1");
  g_assert_true (lanyard_oauth1_request_sign (context, request, 1, NULL));
  form = lanyard_test_parse_form (request);
  g_assert_cmpstr (lanyard_params_get_nth_name (form, 0), ==, "z");
  g_assert_nonnull (lanyard_params_get (form, "oauth_signature"));

  json->content_type = g_strdup ("application/json");
  json->body = lanyard_secret_new ("{}");
  g_assert_false (lanyard_oauth1_request_sign (context, json, 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* 5849-14, section 3.5.1: the realm is in the header and not in the signature. */
static void
test_realm (void)
{
  g_autoptr (LanyardAuthContext) with =
    new_context (NULL, "realm=Photos", "token=t&token_secret=s");
  g_autoptr (LanyardAuthContext) without = new_context (NULL, NULL, "token=t&token_secret=s");
  g_autoptr (LanyardRequest) first =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (LanyardRequest) second =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (LanyardOAuth1Signer) one = lanyard_oauth1_signer_new (with, NULL);
  g_autoptr (LanyardOAuth1Signer) other = lanyard_oauth1_signer_new (without, NULL);
  const char *header;

  g_assert_true (lanyard_oauth1_signer_sign (one, first, NULL, "n", 1, NULL));
  g_assert_true (lanyard_oauth1_signer_sign (other, second, NULL, "n", 1, NULL));
  header = lanyard_params_get (first->headers, "Authorization");
  g_assert_true (g_str_has_prefix (header, "OAuth realm=\"Photos\", oauth_consumer_key="));
  g_assert_cmpstr (
    strstr (header, "oauth_signature="), ==,
    strstr (lanyard_params_get (second->headers, "Authorization"), "oauth_signature="));
}

/* What the header has, by name, and each once. */
static LanyardParams *
read_header (const LanyardRequest *request)
{
  const char *header = lanyard_params_get (request->headers, "Authorization");
  g_auto (GStrv) members = g_strsplit (header + strlen ("OAuth "), ", ", -1);
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  LanyardParams *params;

  g_assert_true (g_str_has_prefix (header, "OAuth "));
  for (char **member = members; *member != NULL; member++)
    {
      g_auto (GStrv) parts = g_strsplit (*member, "\"", -1);

      g_assert_cmpuint (g_strv_length (parts), ==, 3);
      g_assert_true (g_str_has_suffix (parts[0], "="));
      g_assert_cmpstr (parts[2], ==, "");
      g_string_append_printf (form, "%s%s%s", form->len > 0 ? "&" : "", parts[0], parts[1]);
    }
  params = lanyard_params_parse (form->str, &error);
  g_assert_no_error (error);
  return params;
}

/* 5849-05, section 3.1, and 5849-14, section 3.5.1: nothing twice, also where it was signed before,
 * and the version is the one that there is. */
static void
test_parameters (void)
{
  static const char *const NAMES[] = {
    "oauth_consumer_key", "oauth_token",   "oauth_signature_method", "oauth_timestamp",
    "oauth_nonce",        "oauth_version", "oauth_signature",
  };
  g_autoptr (LanyardAuthContext) context =
    new_context (NULL, NULL, "token=a%22%2C+b%25&token_secret=s");
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (LanyardParams) params = NULL;

  g_assert_true (lanyard_oauth1_request_sign (context, request, 1, NULL));
  g_assert_true (lanyard_oauth1_request_sign (context, request, 137131200, NULL));
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 1);
  params = read_header (request);
  g_assert_cmpuint (lanyard_params_get_length (params), ==, G_N_ELEMENTS (NAMES));
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    g_assert_nonnull (lanyard_params_get (params, NAMES[i]));
  g_assert_cmpstr (lanyard_params_get (params, "oauth_version"), ==, "1.0");
  g_assert_cmpstr (lanyard_params_get (params, "oauth_timestamp"), ==, "137131200");
  g_assert_cmpstr (lanyard_params_get (params, "oauth_token"), ==, "a\", b%");
  g_assert_true (has_oauth (request, "oauth_token=\"a%22%2C%20b%25\""));
}

/* 5849-06, section 3.3: within a second, too. */
static void
test_nonces (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, "token=t&token_secret=s");
  g_autoptr (LanyardRequest) first =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (LanyardRequest) second =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (LanyardParams) first_params = NULL;
  g_autoptr (LanyardParams) second_params = NULL;

  g_assert_true (lanyard_oauth1_request_sign (context, first, 1, NULL));
  g_assert_true (lanyard_oauth1_request_sign (context, second, 1, NULL));
  first_params = read_header (first);
  second_params = read_header (second);
  g_assert_cmpstr (lanyard_params_get (first_params, "oauth_timestamp"), ==, "1");
  g_assert_cmpstr (lanyard_params_get (second_params, "oauth_timestamp"), ==, "1");
  g_assert_cmpstr (lanyard_params_get (first_params, "oauth_nonce"), !=,
                   lanyard_params_get (second_params, "oauth_nonce"));
}

/* 5849-01 and 16: TLS for the credentials, and methods that are known. */
static void
test_validation (void)
{
  static const char *const SETTINGS[] = {
    "signature_method=HMAC-MD5",
    "signature_method=RSA-SHA1",
    "request_token_endpoint=http%3A%2F%2Fphotos.example.net%2Finitiate",
    "transmission=cookie",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (SETTINGS); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (NULL, SETTINGS[i], NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", SETTINGS[i]);
      g_assert_null (lanyard_auth_type_authorize (lanyard_auth_types_lookup ("oauth1"), context,
                                                  LOOPBACK, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_not_authorized (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, NULL, NULL);
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (GError) error = NULL;

  g_assert_false (
    lanyard_auth_type_apply (lanyard_auth_types_lookup ("oauth1"), context, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

/* Both tokens are enough: the person need not find the setting. What a sign-in brought, half of a
 * pair, and who says otherwise sign in. */
static void
test_entered_tokens (void)
{
  static const char both[] = "token=t&token_secret=s";
  LanyardAuthType *type = lanyard_auth_types_lookup ("oauth1");
  g_autoptr (LanyardAuthContext) half = new_context (NULL, NULL, "token=t");
  g_autoptr (LanyardAuthContext) chosen = new_context (NULL, "flow=three_legged", both);
  g_autoptr (LanyardAuthContext) signed_in = new_context (NULL, NULL, both);
  g_autoptr (LanyardAuthContext) two_legged = new_context (NULL, "flow=two_legged", both);
  g_autoptr (LanyardAuthContext) entered = new_context (NULL, NULL, both);
  g_autoptr (LanyardAuthContext) nowhere = new_context (NULL, "request_token_endpoint=", both);
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://photos.example.net/photos");
  g_autoptr (LanyardFlow) flow = NULL;
  g_autoptr (LanyardStep) step = NULL;

  set_signed_in (signed_in);
  set_signed_in (nowhere);
  g_assert_false (lanyard_auth_type_is_local (type, half));
  g_assert_false (lanyard_auth_type_is_local (type, chosen));
  g_assert_false (lanyard_auth_type_is_local (type, signed_in));

  g_assert_true (lanyard_auth_type_is_local (type, two_legged));
  g_assert_true (lanyard_auth_type_is_local (type, entered));
  g_assert_true (lanyard_auth_type_is_local (type, nowhere));
  flow = new_flow (nowhere);
  step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "token"), ==, "t");
  g_assert_true (lanyard_auth_type_apply (type, nowhere, request, NULL));
  g_assert_true (has_oauth (request, "oauth_token=\"t\""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth1/rfc5849-01-temporary", test_rfc5849_01_temporary);
  g_test_add_func ("/auth/oauth1/rfc5849-02-unconfirmed-callback",
                   test_rfc5849_02_unconfirmed_callback);
  g_test_add_func ("/auth/oauth1/rfc5849-03-redirects", test_rfc5849_03_redirects);
  g_test_add_func ("/auth/oauth1/rfc5849-04-three-legs", test_rfc5849_04_three_legs);
  g_test_add_func ("/auth/oauth1/rfc5849-05-14-parameters", test_parameters);
  g_test_add_func ("/auth/oauth1/rfc5849-06-nonces", test_nonces);
  g_test_add_func ("/auth/oauth1/rfc5849-14-realm", test_realm);
  g_test_add_func ("/auth/oauth1/rfc5849-15-query", test_transmission_query);
  g_test_add_func ("/auth/oauth1/rfc5849-15-body", test_transmission_body);
  g_test_add_func ("/auth/oauth1/account", test_account);
  g_test_add_func ("/auth/oauth1/without-verifier", test_without_verifier);
  g_test_add_func ("/auth/oauth1/refusals", test_refusals);
  g_test_add_func ("/auth/oauth1/validation", test_validation);
  g_test_add_func ("/auth/oauth1/not-authorized", test_not_authorized);
  g_test_add_func ("/auth/oauth1/entered-tokens", test_entered_tokens);

  return g_test_run ();
}
