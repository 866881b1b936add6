/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-request.h"

#include "lanyard-error.h"
#include "lanyard-json.h"

#define REDIRECT LANYARD_TEST_REDIRECT_URI

static LanyardRequest *
new_token (LanyardAuthContext *context)
{
  return lanyard_oauth2_request_new_token (context, "c0de", REDIRECT, "verifier", LANYARD_TEST_NOW,
                                           NULL);
}

static char *
dup_authorization_uri (LanyardAuthContext *context)
{
  return lanyard_oauth2_request_dup_authorization_uri (context, REDIRECT, "st4te", "challenge",
                                                       NULL);
}

static void
assert_param (const LanyardParams *params, const char *name, const char *expected)
{
  g_test_message ("%s", name);
  g_assert_cmpstr (lanyard_params_get (params, name), ==, expected);
}

static void
test_check_params_refused (void)
{
  static const char *const texts[] = {
    "response_type=token",
    "client_id=other",
    "client_secret=x",
    "redirect_uri=https://evil.example",
    "scope=all",
    "state=fixed",
    "code=x",
    "code_verifier=x",
    "code_challenge=x",
    "code_challenge_method=plain",
    "grant_type=password",
    "refresh_token=x",
    "client_assertion=x",
    "client_assertion_type=x",
    "request=x",
    "request_uri=x",
    "prompt=consent&state=x",
    "st%61te=x",
    "a=1&a=2",
    "a=1&a=1",
    "=x",
    "a=%",
    "a=%00",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_false (lanyard_oauth2_request_check_params (texts[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      lanyard_test_assert_fit_to_show (error->message);
    }
}

static void
test_check_params (void)
{
  static const char *const texts[] = { NULL,      "",   "prompt=consent&audience=https%3A%2F%2Fx",
                                       "nonce=1", "a=", "State=x" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lanyard_oauth2_request_check_params (texts[i], &error));
      g_assert_no_error (error);
    }
}

static void
test_authorization_request (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, "connectors=mail&scopes=files", "client_secret=s3cret");
  g_autofree char *uri = dup_authorization_uri (context);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (uri);

  g_assert_true (g_str_has_prefix (uri, LANYARD_TEST_AUTHORIZATION_ENDPOINT "?"));
  assert_param (params, "response_type", "code");
  assert_param (params, "client_id", "app");
  assert_param (params, "redirect_uri", REDIRECT);
  assert_param (params, "scope", "mail.read mail.send files");
  assert_param (params, "state", "st4te");
  assert_param (params, "code_challenge", "challenge");
  assert_param (params, "code_challenge_method", "S256");
  g_assert_cmpuint (lanyard_params_get_length (params), ==, 7);
}

static void
test_no_secret_in_uri (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    NULL, NULL, "client_secret=s3cret&access_token=t0ken&refresh_token=r3fresh");
  g_autofree char *uri = dup_authorization_uri (context);
  g_autoptr (LanyardRequest) token = new_token (context);
  g_autoptr (LanyardRequest) refresh =
    lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardRequest) revoke =
    lanyard_oauth2_request_new_revoke (context, "refresh_token", LANYARD_TEST_NOW, NULL);

  g_assert_null (strstr (uri, "s3cret"));
  g_assert_null (strstr (uri, "t0ken"));
  g_assert_cmpstr (token->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  g_assert_cmpstr (refresh->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  g_assert_cmpstr (revoke->uri, ==, LANYARD_TEST_REVOCATION_ENDPOINT);
}

static void
test_query_kept (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'authorize': {'url': 'https://id.example.org/w/index.php?title=Special:OAuth/authorize'},"
    "'token': {'url': 'https://id.example.org/token?p=b2c_1&refresh'}",
    NULL, "refresh_token=r");
  g_autofree char *uri = dup_authorization_uri (context);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (uri);
  g_autoptr (LanyardRequest) token = new_token (context);
  g_autoptr (LanyardRequest) refresh =
    lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);

  g_assert_true (g_str_has_prefix (
    uri, "https://id.example.org/w/index.php?title=Special:OAuth/authorize&response_type=code&"));
  assert_param (params, "state", "st4te");
  g_assert_cmpstr (token->uri, ==, "https://id.example.org/token?p=b2c_1&refresh");
  g_assert_cmpstr (refresh->uri, ==, "https://id.example.org/token?p=b2c_1&refresh");
}

static void
test_minimal_scopes (void)
{
  g_autoptr (LanyardAuthContext) none = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) one = lanyard_test_context_new (NULL, "connectors=files", NULL);
  g_autofree char *none_uri = dup_authorization_uri (none);
  g_autofree char *one_uri = dup_authorization_uri (one);
  g_autoptr (LanyardParams) none_params = lanyard_test_parse_query (none_uri);
  g_autoptr (LanyardParams) one_params = lanyard_test_parse_query (one_uri);

  assert_param (none_params, "scope", NULL);
  assert_param (one_params, "scope", "files");
}

static void
test_scopes_of_data (void)
{
  g_autoptr (LanyardAuthContext) commas = lanyard_test_context_new (
    "'authorize': {'url': 'https://a.example/', 'scope': {'param': 'user_scope', 'separator': ',',"
    " 'always': ['base']}}",
    "connectors=mail&scopes=base", NULL);
  g_autofree char *uri = dup_authorization_uri (commas);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (uri);

  assert_param (params, "scope", NULL);
  assert_param (params, "user_scope", "base,mail.read,mail.send");
}

static void
test_scopes_repeated (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'authorize': {'url': 'https://a.example/', 'scope': {'param': 'rights', 'repeat': true}}",
    "connectors=mail&scopes=files", NULL);
  g_autofree char *uri = dup_authorization_uri (context);

  g_assert_nonnull (strstr (uri, "rights=mail.read&rights=mail.send&rights=files"));
  g_assert_cmpuint (lanyard_test_count (uri, "rights="), ==, 3);
  g_assert_null (strstr (uri, "scope"));
}

static void
test_names_of_data (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'authorize': {'url': 'https://a.example/', 'names': {'client_id': 'clientId',"
    " 'response_type': null}, 'params': {'access_type': 'offline', 'hint': '{client_id}'}},"
    "'token': {'url': 'https://a.example/t', 'auth': 'client_secret_post', 'names':"
    " {'client_id': 'client_key', 'redirect_uri': null}, 'params': {'action': 'requesttoken'},"
    " 'headers': {'Client-ID': '{client_id}', 'Accept': 'application/vnd.x+json'}}",
    NULL, "client_secret=s");
  g_autofree char *uri = dup_authorization_uri (context);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (uri);
  g_autoptr (LanyardRequest) request = new_token (context);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (request);

  assert_param (params, "client_id", NULL);
  assert_param (params, "clientId", "app");
  assert_param (params, "response_type", NULL);
  assert_param (params, "access_type", "offline");
  assert_param (params, "hint", "app");
  assert_param (form, "client_key", "app");
  assert_param (form, "client_id", NULL);
  assert_param (form, "redirect_uri", NULL);
  assert_param (form, "action", "requesttoken");
  assert_param (request->headers, "Client-ID", "app");
  assert_param (request->headers, "Accept", "application/vnd.x+json");
}

static void
test_own_params (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'authorize': {'url': 'https://a.example/', 'params': {'prompt': 'none', 'access_type': 'x'}}",
    "authorization_params=prompt%3Dconsent%2Blogin%26empty%3D&token_params=audience%3Da%2526b"
    "&refresh_params=audience%3Dr&resource=https://api.example.org/v1",
    "refresh_token=r");
  g_autofree char *uri = dup_authorization_uri (context);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (uri);
  g_autoptr (LanyardRequest) token = new_token (context);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (token);
  g_autoptr (LanyardRequest) refresh =
    lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardParams) refresh_form = lanyard_test_parse_form (refresh);

  assert_param (params, "prompt", "consent login");
  assert_param (params, "access_type", "x");
  assert_param (params, "empty", NULL);
  assert_param (params, "audience", NULL);
  assert_param (params, "resource", "https://api.example.org/v1");
  assert_param (form, "audience", "a&b");
  assert_param (form, "resource", "https://api.example.org/v1");
  assert_param (refresh_form, "audience", "r");
  assert_param (refresh_form, "resource", "https://api.example.org/v1");
}

static void
test_token_request (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardRequest) request = lanyard_oauth2_request_new_token (
    context, "4/0Ab+c žeton", REDIRECT, "verifier", LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (request);

  g_assert_cmpstr (request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  assert_param (request->headers, "Accept", "application/json");
  assert_param (form, "grant_type", "authorization_code");
  assert_param (form, "code", "4/0Ab+c žeton");
  assert_param (form, "redirect_uri", REDIRECT);
  assert_param (form, "code_verifier", "verifier");
  assert_param (form, "client_id", "app");
  g_assert_cmpuint (lanyard_params_get_length (form), ==, 5);
  /* RFC 6749 section 4.1.2: a code is not used twice. */
  g_assert_false (request->is_repeatable);
  g_assert_nonnull (strstr (lanyard_secret_get (request->body), "code=4%2F0Ab%2Bc+%C5%BEeton"));
}

static void
test_refresh_request (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, "connectors=mail", "refresh_token=r%2B");
  g_autoptr (LanyardRequest) request =
    lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (request);

  assert_param (form, "grant_type", "refresh_token");
  assert_param (form, "refresh_token", "r+");
  assert_param (form, "client_id", "app");
  /* Never more than was granted: nothing is asked for. */
  assert_param (form, "scope", NULL);
  assert_param (form, "redirect_uri", NULL);
  g_assert_cmpuint (lanyard_params_get_length (form), ==, 3);
  g_assert_true (request->is_repeatable);
}

static void
test_refresh_of_data (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'refresh': {'url': 'https://id.example.org/renew', 'redirect_uri': true,"
    " 'params': {'x': 'y'}}, 'redirect': {'value': 'http://127.0.0.1:8400/cb'}",
    NULL, "refresh_token=r");
  g_autoptr (LanyardRequest) request =
    lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (request);

  g_assert_cmpstr (request->uri, ==, "https://id.example.org/renew");
  assert_param (form, "redirect_uri", "http://127.0.0.1:8400/cb");
  assert_param (form, "x", "y");
}

static void
test_json_body (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'token': {'url': 'https://a.example/t', 'auth': 'client_secret_post', 'body': 'json'}", NULL,
    "client_secret=\"s");
  g_autoptr (LanyardRequest) request = new_token (context);
  g_autoptr (JsonObject) object = NULL;

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->content_type, ==, "application/json");
  object = lanyard_json_parse_object (lanyard_secret_get (request->body),
                                      lanyard_secret_get_length (request->body), NULL);
  g_assert_nonnull (object);
  g_assert_cmpstr (lanyard_json_get_string (object, "code"), ==, "c0de");
  g_assert_cmpstr (lanyard_json_get_string (object, "client_secret"), ==, "\"s");
  g_assert_cmpuint (json_object_get_size (object), ==, 6);
}

static void
test_state_in_redirect_uri (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new ("'state_in_redirect_uri': true", NULL, NULL);
  g_autofree char *uri = lanyard_oauth2_request_dup_authorization_uri (
    context, REDIRECT "?state=st4te", "st4te", NULL, NULL);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (uri);

  assert_param (params, "state", NULL);
  assert_param (params, "redirect_uri", REDIRECT "?state=st4te");
  assert_param (params, "code_challenge", NULL);
  assert_param (params, "code_challenge_method", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-request/check-params-refused", test_check_params_refused);
  g_test_add_func ("/auth/oauth2-request/check-params", test_check_params);
  g_test_add_func ("/auth/oauth2-request/rfc6749-03-no-secret-in-uri", test_no_secret_in_uri);
  g_test_add_func ("/auth/oauth2-request/rfc6749-04-query-kept", test_query_kept);
  g_test_add_func ("/auth/oauth2-request/rfc6749-08-authorization-request",
                   test_authorization_request);
  g_test_add_func ("/auth/oauth2-request/rfc6749-24-minimal-scopes", test_minimal_scopes);
  g_test_add_func ("/auth/oauth2-request/scopes-of-data", test_scopes_of_data);
  g_test_add_func ("/auth/oauth2-request/scopes-repeated", test_scopes_repeated);
  g_test_add_func ("/auth/oauth2-request/names-of-data", test_names_of_data);
  g_test_add_func ("/auth/oauth2-request/rfc8707-02-own-params", test_own_params);
  g_test_add_func ("/auth/oauth2-request/rfc6749-06-token-request", test_token_request);
  g_test_add_func ("/auth/oauth2-request/rfc6749-18-refresh-request", test_refresh_request);
  g_test_add_func ("/auth/oauth2-request/refresh-of-data", test_refresh_of_data);
  g_test_add_func ("/auth/oauth2-request/json-body", test_json_body);
  g_test_add_func ("/auth/oauth2-request/state-in-redirect-uri", test_state_in_redirect_uri);

  return g_test_run ();
}
