/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwt-signer.h"
#include "lanyard-test-jwt.h"

#include <string.h>

#define NOW LANYARD_TEST_NOW
#define HEX_SECRET "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

/* What real providers want in a token, each said by the provider's data (quirks K6 to K8). */
static LanyardAuthContext *
new_context (const char *members, const char *settings, const char *key)
{
  g_autofree char *method = g_strdup_printf ("'token': null, %s", members);

  return lanyard_test_jwt_context_new (method, settings, "signing_key", key, "password", "hunter2",
                                       NULL);
}

static LanyardAuthType *
get_type (void)
{
  return lanyard_auth_types_lookup ("jwt");
}

static char *
sign (LanyardAuthContext *context, JsonObject **header, JsonObject **claims, gint64 *expires_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) token =
    lanyard_jwt_signer_sign (context, NULL, NOW, expires_at, NULL, &error);

  g_assert_no_error (error);
  *header = lanyard_test_jwt_parse_part (lanyard_secret_get (token), 0);
  *claims = lanyard_test_jwt_parse_part (lanyard_secret_get (token), 1);
  return g_strdup (lanyard_secret_get (token));
}

static void
test_k6_split (void)
{
  static const struct
  {
    const char *key;
    const char *text;
    const char *id;
  } CASES[] = {
    { "'key': {'encoding': 'hex', 'split': {'separator': ':'}}", "my-id:" HEX_SECRET, "my-id" },
    { "'key': {'encoding': 'text', 'split': {'separator': '.'}}", "my-id." HEX_SECRET, "my-id" },
    { "'key': {'encoding': 'text', 'split': {'length': 5}}", "my-id" HEX_SECRET, "my-id" },
    { "'key': {'encoding': 'text', 'split': {'separator': ':', 'order': 'secret_first'}}",
      HEX_SECRET ":my-id", "my-id" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *members =
        g_strdup_printf ("'alg': 'HS256', %s, 'claims': {'iss': '{key_id}'}", CASES[i].key);
      g_autoptr (LanyardAuthContext) context = new_context (members, NULL, CASES[i].text);
      g_autoptr (JsonObject) header = NULL;
      g_autoptr (JsonObject) claims = NULL;
      g_autofree char *token = sign (context, &header, &claims, NULL);

      g_test_message ("%s", CASES[i].key);
      g_assert_cmpstr (lanyard_json_get_string (header, "kid"), ==, CASES[i].id);
      g_assert_cmpstr (lanyard_json_get_string (claims, "iss"), ==, CASES[i].id);
    }
}

static void
test_k6_refused (void)
{
  static const struct
  {
    const char *key;
    const char *text;
  } CASES[] = {
    { "'key': {'encoding': 'hex', 'split': {'separator': ':'}}", HEX_SECRET },
    { "'key': {'encoding': 'hex', 'split': {'separator': ':'}}", ":" HEX_SECRET },
    { "'key': {'encoding': 'hex', 'split': {'separator': ':'}}", "my-id:" },
    { "'key': {'encoding': 'hex', 'split': {'separator': ':'}}", "my-id:0g" },
    { "'key': {'encoding': 'base64'}", "AAAAA" },
    { "'key': {'encoding': 'hex'}", "0" },
    { "'key': {'encoding': 'text', 'split': {'length': 500}}", "my-id" HEX_SECRET },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *members = g_strdup_printf ("'alg': 'HS256', %s", CASES[i].key);
      g_autoptr (LanyardAuthContext) context = new_context (members, NULL, CASES[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_jwt_signer_sign (context, NULL, NOW, NULL, NULL, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (strstr (error->message, "1e1f"));
    }
}

static void
test_k7_claims (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (
    "'alg': 'ES256', 'lifetime': 600, 'header': {'sign_type': 'SIGN'},"
    " 'claims': {'iss': '{upper(username)}.SHA256:{key_fingerprint}', 'scope': '{scope_list}',"
    "  'timestamp': '{now_ms}', 'exp': '{expiry_ms}', 'scopes': '{scopes}', 'leak': "
    "'{password}',"
    "  'empty': '{api_key}', 'number': 7}",
    "username=ada&key_id=k&scopes=a+b", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) claims = NULL;
  gint64 expires_at = 0;
  g_autofree char *token = sign (context, &header, &claims, &expires_at);
  g_auto (GStrv) scopes = lanyard_json_dup_strv (claims, "scope");
  gint64 number = 0;

  g_assert_cmpstr (lanyard_json_get_string (header, "sign_type"), ==, "SIGN");
  g_assert_cmpstr (lanyard_json_get_string (header, "alg"), ==, "ES256");
  g_assert_true (g_str_has_prefix (lanyard_json_get_string (claims, "iss"), "ADA.SHA256:"));
  g_assert_cmpuint (strlen (lanyard_json_get_string (claims, "iss")), ==, 11 + 44);
  g_assert_cmpuint (g_strv_length (scopes), ==, 2);
  g_assert_cmpstr (lanyard_json_get_string (claims, "scopes"), ==, "a b");
  g_assert_true (lanyard_json_get_int64 (claims, "timestamp", &number));
  g_assert_cmpint (number, ==, NOW * 1000);
  g_assert_true (lanyard_json_get_int64 (claims, "exp", &number));
  g_assert_cmpint (number, ==, (NOW + 600) * 1000);
  g_assert_cmpint (expires_at, ==, NOW + 600);
  g_assert_false (json_object_has_member (claims, "leak"));
  g_assert_false (json_object_has_member (claims, "empty"));
  g_assert_null (strstr (token, "jpsQnnGQ"));
}

/* What the person enters comes before what the provider's data says. */
static void
test_entered_claims (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("'alg': 'ES256', 'claims': {'iss': 'data'}, 'lifetime': 600",
                 "claims=%7B%22iss%22%3A%22mine%22%7D&lifetime=60", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) claims = NULL;
  gint64 expires_at = 0;
  g_autofree char *token = sign (context, &header, &claims, &expires_at);

  g_assert_cmpstr (lanyard_json_get_string (claims, "iss"), ==, "mine");
  g_assert_cmpint (expires_at, ==, NOW + 60);
}

/* A token for each request, which names it. */
static void
test_k7_for_request (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (
    "'alg': 'ES256', 'claims': {'uri': '{request_method} {request_host}{request_path}'}", NULL,
    LANYARD_TEST_EC_PRIVATE);
  g_autoptr (LanyardAuthContext) fixed =
    new_context ("'alg': 'ES256'", NULL, LANYARD_TEST_EC_PRIVATE);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://api.example/v2/a?b=c");
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_jwt_signer_is_for_request (fixed));
  g_assert_true (lanyard_jwt_signer_is_for_request (context));
  g_assert_false (lanyard_auth_type_apply (get_type (), fixed, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_true (lanyard_auth_type_apply (get_type (), context, request, NULL));
  claims = lanyard_test_jwt_parse_part (
    lanyard_params_get (request->headers, "Authorization") + strlen ("Bearer "), 1);
  g_assert_cmpstr (lanyard_json_get_string (claims, "uri"), ==, "GET api.example/v2/a");
}

static LanyardStep *
begin_exchange (LanyardAuthContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFlow) flow = lanyard_auth_type_authorize (get_type (), context, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (lanyard_auth_type_is_local (get_type (), context));
  return lanyard_flow_begin (flow, NOW);
}

static void
test_k8_exchange (void)
{
  g_autoptr (LanyardAuthContext) standard = new_context (
    "'alg': 'ES256', 'exchange': {'url': 'https://id.example/token'}, 'claims': {'aud': 'x'}",
    "scopes=a+b", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (LanyardAuthContext) assertion =
    new_context ("'alg': 'ES256', 'exchange': {'url': 'https://id.example/token',"
                 " 'params': {'grant_type': 'client_credentials', 'scope': '{scopes}',"
                 " 'client_assertion': '{assertion}'}}",
                 "scopes=a+b", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (LanyardAuthContext) header =
    new_context ("'alg': 'ES256', 'exchange': {'url': 'https://id.example/{username}/t',"
                 " 'body': 'none', 'headers': {'Authorization': 'Bearer {assertion}'}}",
                 "username=7", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (LanyardStep) first = begin_exchange (standard);
  g_autoptr (LanyardStep) second = begin_exchange (assertion);
  g_autoptr (LanyardStep) third = begin_exchange (header);
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (first->request);
  g_autoptr (LanyardParams) other = lanyard_test_parse_form (second->request);

  g_assert_cmpstr (lanyard_params_get (form, "grant_type"), ==,
                   "urn:ietf:params:oauth:grant-type:jwt-bearer");
  g_assert_cmpstr (lanyard_params_get (form, "scope"), ==, "a b");
  g_assert_true (g_str_has_prefix (lanyard_params_get (form, "assertion"), "eyJ"));
  g_assert_cmpstr (lanyard_params_get (other, "scope"), ==, "a b");
  g_assert_true (g_str_has_prefix (lanyard_params_get (other, "client_assertion"), "eyJ"));
  g_assert_null (lanyard_params_get (other, "assertion"));
  g_assert_cmpstr (third->request->uri, ==, "https://id.example/7/t");
  g_assert_null (third->request->body);
  g_assert_true (
    g_str_has_prefix (lanyard_params_get (third->request->headers, "Authorization"), "Bearer eyJ"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/jwt-quirks/k6-refused", test_k6_refused);
  g_test_add_func ("/auth/jwt-quirks/k6-split", test_k6_split);
  g_test_add_func ("/auth/jwt-quirks/k7-claims", test_k7_claims);
  g_test_add_func ("/auth/jwt-quirks/k7-for-request", test_k7_for_request);
  g_test_add_func ("/auth/jwt-quirks/k8-exchange", test_k8_exchange);
  g_test_add_func ("/auth/jwt-quirks/entered-claims", test_entered_claims);

  return g_test_run ();
}
