/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How requests prove who they are from: the client to the token endpoint, the token to a service.
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-request.h"

#include "lanyard-error.h"

#define BASIC "'token': {'url': 'https://a.example/t', 'auth': 'client_secret_basic'}"
#define RAW                                                                \
  "'token': {'url': 'https://a.example/t', 'auth': 'client_secret_basic'," \
  " 'basic_encoding': 'raw'}"
#define POST "'token': {'url': 'https://a.example/t', 'auth': 'client_secret_post'}"
#define NONE "'token': {'url': 'https://a.example/t', 'auth': 'none'}"

typedef LanyardRequest *(*MakeRequest) (LanyardAuthContext *context);

static LanyardRequest *
make_token (LanyardAuthContext *context)
{
  return lanyard_oauth2_request_new_token (context, "c", LANYARD_TEST_REDIRECT_URI, "v",
                                           LANYARD_TEST_NOW, NULL);
}

static LanyardRequest *
make_refresh (LanyardAuthContext *context)
{
  return lanyard_oauth2_request_new_refresh (context, LANYARD_TEST_NOW, NULL);
}

static LanyardRequest *
make_revoke (LanyardAuthContext *context)
{
  return lanyard_oauth2_request_new_revoke (context, "refresh_token", LANYARD_TEST_NOW, NULL);
}

/* All three kinds of request authenticate alike (RFC 6749 sections 4.1.3 and 6, RFC 7009
 * section 2.1). */
static const MakeRequest makers[] = { make_token, make_refresh, make_revoke };

static void
assert_client (const char *method,
               const char *credentials,
               const char *header,
               const char *client_id,
               const char *client_secret)
{
  g_autofree char *with_token =
    g_strconcat ("refresh_token=r", credentials != NULL ? "&" : NULL, credentials, NULL);
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, NULL, with_token);

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (LanyardRequest) request = makers[i](context);
      g_autoptr (LanyardParams) form = lanyard_test_parse_form (request);

      g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, header);
      g_assert_cmpstr (lanyard_params_get (form, "client_id"), ==, client_id);
      g_assert_cmpstr (lanyard_params_get (form, "client_secret"), ==, client_secret);
      /* RFC 6749 section 2.3: one way, not two. */
      g_assert_false (header != NULL && client_secret != NULL);
    }
}

static void
test_one_way (void)
{
  assert_client (BASIC, "client_secret=s", "Basic YXBwOnM=", NULL, NULL);
  assert_client (POST, "client_secret=s", NULL, "app", "s");
  assert_client (NONE, "client_secret=s", NULL, "app", NULL);
  /* Basic is what counts where nothing is said. */
  assert_client (NULL, "client_secret=s", "Basic YXBwOnM=", NULL, NULL);
}

static void
test_public_client (void)
{
  assert_client (NULL, NULL, NULL, "app", NULL);
  assert_client (BASIC, NULL, NULL, "app", NULL);
  assert_client (POST, NULL, NULL, "app", NULL);
  assert_client (NONE, NULL, NULL, "app", NULL);
}

static void
test_setting_wins (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    POST, "token_endpoint_auth_method=client_secret_basic", "client_secret=s");
  g_autoptr (LanyardRequest) request = make_token (context);

  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Basic YXBwOnM=");
}

/* V-9: RFC 6749 section 2.3.1, and identifiers that must be encoded before they are joined. */
static void
test_basic_vectors (void)
{
  static const struct
  {
    const char *method;
    const char *client_id;
    const char *client_secret;
    const char *expected;
  } cases[] = {
    { BASIC, "s6BhdRkqt3", "gX1fBat3bV", "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW" },
    { BASIC, "s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw",
      "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3" },
    { BASIC, "a b", "c:d%", "Basic YStiOmMlM0FkJTI1" },
    { RAW, "Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
    { RAW, "test", "123£", "Basic dGVzdDoxMjPCow==" },
    { RAW, "s6BhdRkqt3", "gX1fBat3bV", "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardParams) settings = lanyard_params_new ();
      g_autoptr (LanyardParams) credentials = lanyard_params_new ();
      g_autofree char *encoded_settings = NULL;
      g_autofree char *encoded_credentials = NULL;
      g_autoptr (LanyardAuthContext) context = NULL;
      g_autoptr (LanyardRequest) request = NULL;

      lanyard_params_append (settings, "client_id", cases[i].client_id);
      lanyard_params_append (credentials, "client_secret", cases[i].client_secret);
      encoded_settings = lanyard_params_encode (settings);
      encoded_credentials = lanyard_params_encode (credentials);
      context = lanyard_test_context_new (cases[i].method, encoded_settings, encoded_credentials);
      request = make_token (context);
      g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==,
                       cases[i].expected);
    }
}

static void
test_revoke_request (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=a%2Bb&refresh_token=r");
  g_autoptr (LanyardRequest) refresh =
    lanyard_oauth2_request_new_revoke (context, "refresh_token", LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardRequest) access =
    lanyard_oauth2_request_new_revoke (context, "access_token", LANYARD_TEST_NOW, NULL);
  g_autoptr (LanyardParams) refresh_form = lanyard_test_parse_form (refresh);
  g_autoptr (LanyardParams) access_form = lanyard_test_parse_form (access);

  g_assert_cmpstr (refresh->uri, ==, LANYARD_TEST_REVOCATION_ENDPOINT);
  g_assert_cmpstr (lanyard_params_get (refresh_form, "token"), ==, "r");
  g_assert_cmpstr (lanyard_params_get (refresh_form, "token_type_hint"), ==, "refresh_token");
  g_assert_cmpstr (lanyard_params_get (access_form, "token"), ==, "a+b");
  g_assert_cmpstr (lanyard_params_get (access_form, "token_type_hint"), ==, "access_token");
}

static void
test_apply_bearer (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=t0ken");
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://api.example.org/x?access_token=other");

  lanyard_oauth2_request_apply (context, request, NULL);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer t0ken");
  /* RFC 6750 sections 2 and 2.3: one way, and never the address. */
  g_assert_cmpstr (request->uri, ==, "https://api.example.org/x?access_token=other");
  g_assert_null (request->body);
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 1);
}

static void
test_apply_replaces (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=t0ken");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://api.example.org/");

  lanyard_params_append (request->headers, "authorization", "Basic b3RoZXI=");
  lanyard_params_append (request->headers, "AUTHORIZATION", "Bearer other");
  lanyard_oauth2_request_apply (context, request, NULL);
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 1);
  g_assert_cmpstr (lanyard_params_get_ignoring_case (request->headers, "Authorization"), ==,
                   "Bearer t0ken");
}

static void
test_apply_of_data (void)
{
  g_autoptr (LanyardAuthContext) bare = lanyard_test_context_new (
    "'use': {'header': {'name': 'X-Auth-Token', 'value': '{access_token}'},"
    " 'headers': {'Client-Id': '{client_id}', 'Version': '2022-11-28'}}",
    NULL, "access_token=t0ken");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://api.example.org/");

  lanyard_oauth2_request_apply (bare, request, NULL);
  g_assert_cmpstr (lanyard_params_get (request->headers, "X-Auth-Token"), ==, "t0ken");
  g_assert_cmpstr (lanyard_params_get (request->headers, "Client-Id"), ==, "app");
  g_assert_cmpstr (lanyard_params_get (request->headers, "Version"), ==, "2022-11-28");
  g_assert_null (lanyard_params_get (request->headers, "Authorization"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-request-client/rfc6749-01-one-way", test_one_way);
  g_test_add_func ("/auth/oauth2-request-client/rfc6749-07-public-client", test_public_client);
  g_test_add_func ("/auth/oauth2-request-client/setting-wins", test_setting_wins);
  g_test_add_func ("/auth/oauth2-request-client/rfc6749-02-basic-vectors", test_basic_vectors);
  g_test_add_func ("/auth/oauth2-request-client/rfc7009-01-revoke-request", test_revoke_request);
  g_test_add_func ("/auth/oauth2-request-client/rfc6750-01-apply-bearer", test_apply_bearer);
  g_test_add_func ("/auth/oauth2-request-client/rfc6750-02-apply-replaces", test_apply_replaces);
  g_test_add_func ("/auth/oauth2-request-client/apply-of-data", test_apply_of_data);

  return g_test_run ();
}
