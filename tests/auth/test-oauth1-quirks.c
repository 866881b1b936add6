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

#include <string.h>

#define LOOPBACK "http://127.0.0.1:8400/callback/example"
#define LEGS                                                     \
  "'request_token': {'url': 'https://photos.example/initiate'}," \
  "'authorize': {'url': 'https://photos.example/page'},"         \
  "'access_token': {'url': 'https://photos.example/token'}"
#define TEMPORARY "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true"

/* What real providers do otherwise than RFC 5849 says, each said by the provider's data. */
static LanyardAuthContext *
new_context (const char *members, const char *settings, const char *credentials)
{
  g_autofree char *quoted =
    g_strdup_printf ("{'id': 'example', 'name': 'Example', 'methods': [{'type': 'oauth1', %s}],"
                     " 'scopes': [{'name': 'read'}, {'name': 'write'}]}",
                     members);
  g_autofree char *text = lanyard_test_quote_json (quoted);
  g_autofree char *all_settings =
    g_strconcat ("consumer_key=ck", settings != NULL ? "&" : "", settings, NULL);
  g_autofree char *all_credentials =
    g_strconcat ("consumer_secret=cs", credentials != NULL ? "&" : "", credentials, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (text, strlen (text), "example", &error);
  LanyardAuthContext *context;

  g_assert_no_error (error);
  context = lanyard_test_context_new_for_provider (provider, all_settings, all_credentials);
  /* What tokens there are came from a sign-in. */
  lanyard_authorization_set_authorized_at (lanyard_auth_context_get_authorization (context), 1);
  return context;
}

static LanyardAuthType *
get_type (void)
{
  return lanyard_auth_types_lookup ("oauth1");
}

static LanyardFlow *
begin (LanyardAuthContext *context, const char *redirect_uri, LanyardStep **step)
{
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow = lanyard_auth_type_authorize (get_type (), context, redirect_uri, &error);

  g_assert_no_error (error);
  *step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);
  return flow;
}

static void
feed_form (LanyardFlow *flow, LanyardStep **step, guint status, const char *body)
{
  g_autoptr (LanyardResponse) response = lanyard_response_new (status, "text/plain", body, -1);

  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_REQUEST);
  lanyard_step_free (*step);
  *step = lanyard_flow_feed_response (flow, response, LANYARD_TEST_NOW);
}

static void
feed_redirect (LanyardFlow *flow, LanyardStep **step, const char *uri)
{
  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_CONSENT);
  lanyard_step_free (*step);
  *step = lanyard_flow_feed_redirect (flow, uri, LANYARD_TEST_NOW);
}

static gboolean
has_oauth (const LanyardRequest *request, const char *text)
{
  return strstr (lanyard_params_get (request->headers, "Authorization"), text) != NULL;
}

static void
assert_invalid (LanyardAuthContext *context)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_validate (get_type (), context, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* 5849-12, RFC 5849 section 3.4.4: PLAINTEXT over TLS alone. */
static void
test_o1_signature_method (void)
{
  g_autoptr (LanyardAuthContext) plain =
    new_context (LEGS ", 'signature_method': 'PLAINTEXT'", NULL, "token=t&token_secret=s");
  g_autoptr (LanyardAuthContext) rsa =
    new_context (LEGS ", 'signature_method': 'RSA-SHA1'", NULL, NULL);
  g_autoptr (LanyardOAuth1Signer) signer = lanyard_oauth1_signer_new (plain, NULL);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://photos.example/me");
  g_autoptr (LanyardRequest) bare = lanyard_request_new ("GET", "http://photos.example/me");
  g_autoptr (GError) error = NULL;

  /* The key is missing; and over http the secrets would be there to read. */
  assert_invalid (rsa);
  g_assert_null (lanyard_oauth1_signer_new (rsa, NULL));
  g_assert_false (lanyard_oauth1_signer_sign (signer, bare, NULL, NULL, 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpuint (lanyard_params_get_length (bare->headers), ==, 0);

  g_assert_true (lanyard_oauth1_signer_sign (signer, request, NULL, NULL, 1, NULL));
  g_assert_true (has_oauth (request, "oauth_signature=\"cs%26s\""));
}

static void
test_o2_request_method (void)
{
  static const char members[] =
    "'request_token': {'url': 'https://photos.example/initiate', 'method': 'GET',"
    " 'params': {'a': '{provider}'}, 'headers': {'X-App': '1'}},"
    "'authorize': {'url': 'https://photos.example/page'},"
    "'access_token': {'url': 'https://photos.example/token', 'params': {'b': 'c'}}";
  g_autoptr (LanyardAuthContext) context = new_context (members, NULL, NULL);
  g_autoptr (LanyardAuthContext) entered = new_context (members, "request_method=POST", NULL);
  g_autoptr (LanyardRequest) request =
    lanyard_oauth1_request_new_temporary (context, LOOPBACK, 1, NULL);
  g_autoptr (LanyardRequest) token = lanyard_oauth1_request_new_token (context, "v", 1, NULL);
  g_autoptr (LanyardRequest) other =
    lanyard_oauth1_request_new_temporary (entered, LOOPBACK, 1, NULL);

  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_cmpstr (request->uri, ==, "https://photos.example/initiate?a=example");
  g_assert_null (request->body);
  g_assert_cmpstr (lanyard_params_get (request->headers, "X-App"), ==, "1");
  g_assert_cmpstr (token->method, ==, "POST");
  g_assert_cmpstr (lanyard_secret_get (token->body), ==, "b=c");
  g_assert_cmpstr (other->method, ==, "POST");
}

static void
test_o3_scope (void)
{
  g_autoptr (LanyardAuthContext) none = new_context (LEGS, "scopes=read+write", NULL);
  g_autoptr (LanyardAuthContext) page = new_context (
    LEGS ", 'scope': {'on': 'authorize', 'separator': ','}", "scopes=read+write", NULL);
  g_autoptr (LanyardAuthContext) request =
    new_context (LEGS ", 'scope': {'on': 'request', 'param': 'perms'}", "scopes=read+write", NULL);
  g_autofree char *none_uri =
    lanyard_oauth1_request_dup_authorization_uri (none, NULL, "t", LOOPBACK);
  g_autofree char *page_uri =
    lanyard_oauth1_request_dup_authorization_uri (page, NULL, "t", LOOPBACK);
  g_autoptr (LanyardRequest) first =
    lanyard_oauth1_request_new_temporary (request, LOOPBACK, 1, NULL);
  g_autoptr (LanyardRequest) second = lanyard_oauth1_request_new_token (request, "v", 1, NULL);

  g_assert_false (lanyard_auth_type_uses_scopes (get_type (), none));
  g_assert_true (lanyard_auth_type_uses_scopes (get_type (), page));
  g_assert_cmpstr (none_uri, ==, "https://photos.example/page?oauth_token=t");
  g_assert_cmpstr (page_uri, ==, "https://photos.example/page?scope=read%2Cwrite&oauth_token=t");
  g_assert_cmpstr (lanyard_secret_get (first->body), ==, "perms=read+write");
  g_assert_null (second->body);
}

static void
test_o4_callback_on_authorize (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context (LEGS ", 'callback_on': 'authorize', 'verifier': 'optional'", NULL, NULL);
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardFlow) flow = begin (context, LOOPBACK, &step);

  g_assert_false (has_oauth (step->request, "oauth_callback"));
  feed_form (flow, &step, 200, "oauth_token=t&oauth_token_secret=s");
  g_assert_cmpstr (step->uri, ==,
                   "https://photos.example/page?oauth_callback=http%3A%2F%2F127.0.0.1%3A8400%"
                   "2Fcallback%2Fexample&oauth_token=t");
  feed_redirect (flow, &step, LOOPBACK "?oauth_token=t");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_false (has_oauth (step->request, "oauth_verifier"));
}

static void
test_o5_header_params (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context (LEGS ", 'realm': '1234_SB', 'header_params': {'x_app': '{consumer_key}'}", NULL,
                 "token=t&token_secret=s");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://photos.example/me");

  g_assert_true (lanyard_oauth1_request_sign (context, request, 1, NULL));
  g_assert_true (g_str_has_prefix (lanyard_params_get (request->headers, "Authorization"),
                                   "OAuth realm=\"1234_SB\", x_app=\"ck\", oauth_"));
}

static void
test_o6_page_from_response (void)
{
  static const char members[] = "'request_token': {'url': 'https://photos.example/initiate'},"
                                "'authorize': {'from_response': 'login_url'},"
                                "'access_token': {'url': 'https://photos.example/token'}";
  static const char *const BAD[] = {
    TEMPORARY,
    TEMPORARY "&login_url=",
    TEMPORARY "&login_url=http%3A%2F%2Fphotos.example%2Fsignin",
    TEMPORARY "&login_url=file%3A%2F%2F%2Fetc%2Fpasswd",
    TEMPORARY "&login_url=javascript%3Aalert",
  };
  g_autoptr (LanyardAuthContext) context = new_context (members, NULL, NULL);
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardFlow) flow = begin (context, LOOPBACK, &step);

  feed_form (flow, &step, 200,
             TEMPORARY "&login_url=https%3A%2F%2Fphotos.example%2Fsignin%3Foauth_token%3Dt");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_CONSENT);
  g_assert_cmpstr (step->uri, ==, "https://photos.example/signin?oauth_token=t");

  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (LanyardStep) bad_step = NULL;
      g_autoptr (LanyardFlow) bad_flow = begin (context, LOOPBACK, &bad_step);

      feed_form (bad_flow, &bad_step, 200, BAD[i]);
      g_assert_cmpint (bad_step->kind, ==, LANYARD_STEP_FAILED);
      g_assert_error (bad_step->error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
    }
}

/* The query of an endpoint is signed, and stays. */
static void
test_o7_endpoint_query (void)
{
  static const char members[] =
    "'request_token': {'url': 'https://wiki.example/w?title=Special:OAuth/initiate'},"
    "'authorize': {'url': 'https://wiki.example/w?title=Special:OAuth/authorize'},"
    "'access_token': {'url': 'https://wiki.example/w?title=Special:OAuth/token'}";
  g_autoptr (LanyardAuthContext) context = new_context (members, NULL, NULL);
  g_autoptr (LanyardRequest) request =
    lanyard_oauth1_request_new_temporary (context, "oob", 1, NULL);
  g_autofree char *page = lanyard_oauth1_request_dup_authorization_uri (context, NULL, "t", "oob");

  g_assert_cmpstr (request->uri, ==, "https://wiki.example/w?title=Special:OAuth/initiate");
  g_assert_cmpstr (page, ==, "https://wiki.example/w?title=Special:OAuth/authorize&oauth_token=t");
}

static void
test_o8_used_unsigned (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context (LEGS ", 'use': {'header': {'name': 'X-Key', 'value': '{token_secret}'}}", NULL,
                 "token=t&token_secret=s");
  g_autoptr (LanyardAuthContext) empty = new_context (
    LEGS ", 'use': {'header': {'name': 'X-Key', 'value': '{token_secret}'}}", NULL, NULL);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://photos.example/me");
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_apply (get_type (), empty, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_true (lanyard_auth_type_apply (get_type (), context, request, NULL));
  g_assert_cmpstr (lanyard_params_get (request->headers, "X-Key"), ==, "s");
  g_assert_null (lanyard_params_get (request->headers, "Authorization"));
}

/* Tokens that the person enters, and no token at all. */
static void
test_o9_manual (void)
{
  g_autoptr (LanyardAuthContext) missing = new_context ("'flow': 'manual'", NULL, NULL);
  g_autoptr (LanyardAuthContext) manual =
    new_context ("'flow': 'manual'", NULL, "token=t&token_secret=s");
  g_autoptr (LanyardAuthContext) two_legged = new_context ("'flow': 'two_legged'", NULL, NULL);
  g_autoptr (LanyardAuthContext) three_legged = new_context (LEGS, NULL, NULL);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://photos.example/me");
  g_autoptr (LanyardRequest) bare = lanyard_request_new ("GET", "https://photos.example/me");
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  assert_invalid (missing);
  g_assert_false (lanyard_auth_type_is_local (get_type (), three_legged));
  g_assert_false (lanyard_auth_type_apply (get_type (), three_legged, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);

  g_assert_true (lanyard_auth_type_is_local (get_type (), manual));
  credentials = lanyard_auth_type_make_credentials (get_type (), manual, 1, NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "token"), ==, "t");
  g_assert_true (lanyard_auth_type_apply (get_type (), manual, request, NULL));
  g_assert_true (has_oauth (request, "oauth_token=\"t\""));

  g_assert_true (lanyard_auth_type_apply (get_type (), two_legged, bare, NULL));
  g_assert_false (has_oauth (bare, "oauth_token="));
  g_assert_true (has_oauth (bare, "oauth_consumer_key=\"ck\""));
}

static LanyardStep *
renew (LanyardAuthContext *context, guint status, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFlow) flow = lanyard_auth_type_refresh (get_type (), context, &error);
  LanyardStep *step;

  g_assert_no_error (error);
  step = lanyard_flow_begin (flow, LANYARD_TEST_NOW);
  g_assert_cmpstr (step->request->uri, ==, "https://photos.example/token");
  g_assert_true (has_oauth (step->request, "oauth_session_handle=\"h\""));
  g_assert_true (has_oauth (step->request, "oauth_token=\"t\""));
  feed_form (flow, &step, status, body);
  return step;
}

static void
test_o10_session_handle (void)
{
  static const struct
  {
    guint status;
    const char *body;
    LanyardError code;
  } BAD[] = {
    { 401, "oauth_problem=token_rejected", LANYARD_ERROR_NOT_AUTHORIZED },
    { 401, "", LANYARD_ERROR_NOT_AUTHORIZED },
    { 503, "", LANYARD_ERROR_UNAVAILABLE },
    { 200, "", LANYARD_ERROR_PROTOCOL },
  };
  g_autoptr (LanyardAuthContext) without = new_context (LEGS, NULL, "token=t&token_secret=s");
  g_autoptr (LanyardAuthContext) context =
    new_context (LEGS, NULL, "token=t&token_secret=s&session_handle=h");
  g_autoptr (LanyardStep) step = NULL;

  g_assert_null (lanyard_auth_type_refresh (get_type (), without, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (LanyardStep) bad = renew (context, BAD[i].status, BAD[i].body);

      g_assert_cmpint (bad->kind, ==, LANYARD_STEP_FAILED);
      g_assert_error (bad->error, LANYARD_ERROR, (int)BAD[i].code);
    }

  step = renew (context, 200, "oauth_token=u&oauth_token_secret=v&oauth_expires_in=1800");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_true (step->outcome->renewable);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "token"), ==, "u");
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "session_handle"), ==,
                   "h");
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==,
                   LANYARD_TEST_NOW + 1800);
}

/* What came with the first sign-in makes the token one that can be renewed. */
static void
test_o10_first_handle (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (LEGS, NULL, NULL);
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardFlow) flow = begin (context, LOOPBACK, &step);

  feed_form (flow, &step, 200, TEMPORARY);
  feed_redirect (flow, &step, LOOPBACK "?oauth_token=t&oauth_verifier=v");
  feed_form (flow, &step, 200,
             "oauth_token=u&oauth_token_secret=v&oauth_session_handle=h&oauth_expires_in=x");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_true (step->outcome->renewable);
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==, 0);
}

/* 5849-01 and 03: a verifier that the person reads on the page (RFC 5849 section 2.1). */
static void
test_out_of_band (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (LEGS, "redirect_uri=oob", NULL);
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardFlow) flow = begin (context, "oob", &step);
  g_autoptr (LanyardStep) empty = NULL;
  g_autoptr (LanyardFlow) other = begin (context, "oob", &empty);

  g_assert_true (has_oauth (step->request, "oauth_callback=\"oob\""));
  feed_form (other, &empty, 200, TEMPORARY);
  feed_redirect (other, &empty, "  ");
  g_assert_cmpint (empty->kind, ==, LANYARD_STEP_FAILED);

  feed_form (flow, &step, 200, TEMPORARY);
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_CONSENT);
  g_assert_null (step->redirect_uri);
  feed_redirect (flow, &step, " 123 456\n");
  g_assert_true (has_oauth (step->request, "oauth_verifier=\"123%20456\""));
  feed_form (flow, &step, 200, "oauth_token=u&oauth_token_secret=v");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
}

/* 5849-01: an absolute URI that can be caught, or `oob` as it is spelled. */
static void
test_wrong_callback (void)
{
  static const char *const SETTINGS[] = { "redirect_uri=OOB", "redirect_uri=http%3A%2F%2Fa.example",
                                          "redirect_uri=urn%3Aoob" };

  for (gsize i = 0; i < G_N_ELEMENTS (SETTINGS); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (LEGS, SETTINGS[i], NULL);

      assert_invalid (context);
    }
}

/* 5849-17: what is signed as a form has no hash besides. */
static void
test_body_hash (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context (LEGS ", 'body_hash': true", NULL, "token=t&token_secret=s");
  g_autoptr (LanyardRequest) json = lanyard_request_new ("POST", "https://photos.example/me");
  g_autoptr (LanyardRequest) form = lanyard_request_new ("POST", "https://photos.example/me");

  json->content_type = g_strdup ("text/plain");
  json->body = lanyard_secret_new ("Hello World!");
  form->content_type = g_strdup ("application/x-www-form-urlencoded");
  form->body = lanyard_secret_new ("a=b");
  g_assert_true (lanyard_oauth1_request_sign (context, json, 1, NULL));
  g_assert_true (has_oauth (json, "oauth_body_hash=\"Lve95gjOVATpfV8EL5X4nxwjKHE%3D\""));
  g_assert_true (lanyard_oauth1_request_sign (context, form, 1, NULL));
  g_assert_false (has_oauth (form, "oauth_body_hash"));
  g_free (form->content_type);
  form->content_type = g_strdup ("Application/X-WWW-Form-Urlencoded");
  g_assert_true (lanyard_oauth1_request_sign (context, form, 1, NULL));
  g_assert_false (has_oauth (form, "oauth_body_hash"));
}

/* The extension for problems, in the body and in the challenge, quoted with what helps. */
static void
test_problems (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (LEGS, NULL, NULL);
  g_autoptr (LanyardResponse) response = lanyard_response_new (401, "text/html", "<p>no</p>", -1);
  g_autoptr (LanyardStep) body = NULL;
  g_autoptr (LanyardStep) header = NULL;
  g_autoptr (LanyardFlow) first = begin (context, LOOPBACK, &body);
  g_autoptr (LanyardFlow) second = begin (context, LOOPBACK, &header);

  feed_form (first, &body, 401,
             "oauth_problem=timestamp_refused&oauth_problem_advice=Too%20late&oauth_acceptable_"
             "timestamps=1-2");
  g_assert_error (body->error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (body->error->message, "timestamp_refused"));
  g_assert_nonnull (strstr (body->error->message, "Too late"));
  g_assert_nonnull (strstr (body->error->message, "clock"));
  lanyard_test_assert_fit_to_show (body->error->message);

  lanyard_params_append (response->headers, "WWW-Authenticate",
                         "OAuth realm=\"x\", oauth_problem=\"consumer_key_unknown\"");
  lanyard_step_free (header);
  header = lanyard_flow_feed_response (second, response, LANYARD_TEST_NOW);
  g_assert_error (header->error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (header->error->message, "consumer_key_unknown"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth1-quirks/o1-signature-method", test_o1_signature_method);
  g_test_add_func ("/auth/oauth1-quirks/o2-request-method", test_o2_request_method);
  g_test_add_func ("/auth/oauth1-quirks/o3-scope", test_o3_scope);
  g_test_add_func ("/auth/oauth1-quirks/o4-callback-on-authorize", test_o4_callback_on_authorize);
  g_test_add_func ("/auth/oauth1-quirks/o5-header-params", test_o5_header_params);
  g_test_add_func ("/auth/oauth1-quirks/o6-page-from-response", test_o6_page_from_response);
  g_test_add_func ("/auth/oauth1-quirks/o7-endpoint-query", test_o7_endpoint_query);
  g_test_add_func ("/auth/oauth1-quirks/o8-used-unsigned", test_o8_used_unsigned);
  g_test_add_func ("/auth/oauth1-quirks/o9-manual", test_o9_manual);
  g_test_add_func ("/auth/oauth1-quirks/o10-session-handle", test_o10_session_handle);
  g_test_add_func ("/auth/oauth1-quirks/o10-first-handle", test_o10_first_handle);
  g_test_add_func ("/auth/oauth1-quirks/out-of-band", test_out_of_band);
  g_test_add_func ("/auth/oauth1-quirks/wrong-callback", test_wrong_callback);
  g_test_add_func ("/auth/oauth1-quirks/body-hash", test_body_hash);
  g_test_add_func ("/auth/oauth1-quirks/problems", test_problems);

  return g_test_run ();
}
