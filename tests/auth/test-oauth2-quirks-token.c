/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Token requests that are not quite like the standard's, as providers' data describes them (T1 to
 * T12). */

#include "config.h"

#include "lanyard-test-quirk.h"

#include <string.h>

#define URL "'url': 'https://id.example.org/token'"
#define CREDENTIALS "client_secret=s3%3Acr%20et"

static LanyardQuirk *
exchange (const char *token, const char *credentials)
{
  g_autofree char *method = g_strdup_printf ("'pkce': 'off', 'token': {" URL "%s}", token);

  return lanyard_quirk_exchange (method, NULL, credentials);
}

static void
assert_basic (LanyardQuirk *quirk, const char *pair)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *)pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  lanyard_quirk_assert_header (quirk, "Authorization", value);
}

static void
test_t1_basic (void)
{
  g_autoptr (LanyardQuirk) quirk = exchange (", 'auth': 'client_secret_basic'", CREDENTIALS);

  assert_basic (quirk, "app:s3%3Acr+et");
  lanyard_quirk_assert_param (quirk, "client_id", NULL);
  lanyard_quirk_assert_param (quirk, "client_secret", NULL);
}

static void
test_t2_post (void)
{
  g_autoptr (LanyardQuirk) quirk = exchange (", 'auth': 'client_secret_post'", CREDENTIALS);
  g_autoptr (LanyardQuirk) none = exchange (", 'auth': 'none'", CREDENTIALS);

  lanyard_quirk_assert_header (quirk, "Authorization", NULL);
  lanyard_quirk_assert_param (quirk, "client_id", "app");
  lanyard_quirk_assert_param (quirk, "client_secret", "s3:cr et");
  lanyard_quirk_assert_param (none, "client_id", "app");
  lanyard_quirk_assert_param (none, "client_secret", NULL);
}

static void
test_t3_basic_encoding (void)
{
  g_autoptr (LanyardQuirk) raw = exchange (", 'basic_encoding': 'raw'", CREDENTIALS);
  g_autoptr (LanyardQuirk) form = exchange (", 'basic_encoding': 'form'", CREDENTIALS);

  assert_basic (raw, "app:s3:cr et");
  assert_basic (form, "app:s3%3Acr+et");
}

static void
test_t4_basic_and_client_id (void)
{
  g_autoptr (LanyardQuirk) quirk =
    exchange (", 'params': {'client_id': '{client_id}'}", "client_secret=s");

  assert_basic (quirk, "app:s");
  lanyard_quirk_assert_param (quirk, "client_id", "app");
  lanyard_quirk_assert_param (quirk, "client_secret", NULL);
}

static void
test_t5_basic_of_its_own (void)
{
  g_autoptr (LanyardQuirk) public_client = exchange (", 'password': '{client_secret}'", NULL);
  g_autoptr (LanyardQuirk) secret_as_user =
    exchange (", 'user': '{client_secret}', 'password': '{before(client_id,client_id)}'",
              "client_secret=sk_live");

  assert_basic (public_client, "app:");
  assert_basic (secret_as_user, "sk_live:");
}

static void
test_t6_json_body (void)
{
  g_autoptr (LanyardQuirk) quirk = exchange (", 'body': 'json', 'params': {'stamp': '{now}', "
                                             "'deep': true, 'grant_type': 'auth \\\"code\\\"'}",
                                             "client_secret=s");
  const char *body = lanyard_secret_get (quirk->step->request->body);

  g_assert_cmpstr (quirk->step->request->content_type, ==, "application/json");
  lanyard_quirk_assert_param (quirk, "code", "c0de");
  lanyard_quirk_assert_param (quirk, "grant_type", "auth \"code\"");
  g_assert_nonnull (strstr (body, "\"stamp\":1767225600"));
  g_assert_nonnull (strstr (body, "\"deep\":true"));
}

static void
test_t7_parameters_in_query (void)
{
  g_autoptr (LanyardQuirk) get =
    exchange (", 'method': 'GET', 'auth': 'client_secret_post'", "client_secret=s");
  g_autoptr (LanyardQuirk) post = exchange (", 'body': 'query'", NULL);
  g_autoptr (LanyardQuirk) none = exchange (", 'method': 'GET', 'body': 'none'", NULL);

  lanyard_quirk_assert_request (get, "GET", LANYARD_TEST_TOKEN_ENDPOINT);
  g_assert_null (get->step->request->body);
  lanyard_quirk_assert_param (get, "code", "c0de");
  lanyard_quirk_assert_param (get, "client_secret", "s");
  lanyard_quirk_assert_request (post, "POST", LANYARD_TEST_TOKEN_ENDPOINT);
  g_assert_null (post->step->request->body);
  lanyard_quirk_assert_param (post, "code", "c0de");
  g_assert_cmpstr (none->step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
}

static void
test_t8_hash_of_secret (void)
{
  g_autoptr (LanyardQuirk) quirk =
    exchange (", 'auth': 'none',"
              " 'params': {'hash': '{hex(sha256(client_secret,\\u0027|\\u0027,code))}'}",
              "client_secret=hush");
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "hush|c0de", -1);
  g_autoptr (LanyardQuirk) bytes = NULL;

  lanyard_quirk_assert_param (quirk, "hash", expected);
  lanyard_quirk_assert_param (quirk, "client_secret", NULL);

  /* Bytes are no text. */
  bytes = exchange (", 'params': {'hash': '{sha256(client_secret,code)}'}", "client_secret=hush");
  lanyard_quirk_assert_failed (bytes, LANYARD_ERROR_INVALID, "hex()");
}

static void
test_t9_grant_type (void)
{
  g_autoptr (LanyardQuirk) none =
    exchange (", 'names': {'grant_type': null}, 'params': {'type': 'web_server'}", NULL);
  g_autoptr (LanyardQuirk) other = exchange (", 'params': {'grant_type': 'device_code'}", NULL);
  g_autoptr (LanyardQuirk) renamed = exchange (", 'names': {'grant_type': 'grantType'}", NULL);

  g_autoptr (LanyardQuirk) own =
    exchange (", 'names': {'grant_type': null}, 'params': {'grant_type': 'of_their_own'}", NULL);

  /* Only what the protocol says is left out. */
  lanyard_quirk_assert_param (own, "grant_type", "of_their_own");
  lanyard_quirk_assert_param (none, "grant_type", NULL);
  lanyard_quirk_assert_param (none, "type", "web_server");
  lanyard_quirk_assert_param (other, "grant_type", "device_code");
  lanyard_quirk_assert_param (renamed, "grantType", "authorization_code");
}

static void
test_t10_redirect_uri (void)
{
  g_autoptr (LanyardQuirk) absent = exchange (", 'names': {'redirect_uri': null}", NULL);
  g_autoptr (LanyardQuirk) present =
    lanyard_quirk_refresh ("'refresh': {'redirect_uri': true}",
                           "redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb", "refresh_token=r");
  g_autoptr (LanyardQuirk) usual = lanyard_quirk_refresh (NULL, NULL, "refresh_token=r");

  lanyard_quirk_assert_param (absent, "redirect_uri", NULL);
  lanyard_quirk_assert_param (present, "redirect_uri", "http://127.0.0.1:9/cb");
  lanyard_quirk_assert_param (usual, "redirect_uri", NULL);
}

static void
test_t11_extra_parameters (void)
{
  g_autoptr (LanyardQuirk) quirk = exchange (", 'params': {'action': 'requesttoken', 'expiring': "
                                             "1, 'forever': false, 'empty': '{id_token}'}",
                                             NULL);

  lanyard_quirk_assert_param (quirk, "action", "requesttoken");
  lanyard_quirk_assert_param (quirk, "expiring", "1");
  lanyard_quirk_assert_param (quirk, "forever", "false");
  /* What comes out empty is not sent. */
  lanyard_quirk_assert_param (quirk, "empty", NULL);
}

static void
test_t12_extra_headers (void)
{
  const char *method = "'token': {" URL ", 'headers': {'Client-ID': '{client_id}',"
                       " 'Accept': 'application/vnd.example+json', 'X-Note': '{note}'}},"
                       "'inputs': [{'name': 'note', 'label': 'Note', 'type': 'pem'}]";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_exchange (method, NULL, NULL);
  g_autoptr (LanyardQuirk) hostile = lanyard_quirk_exchange (method, NULL, "note=a%0d%0aX-Evil: b");
  g_autoptr (LanyardQuirk) usual = lanyard_quirk_exchange (NULL, NULL, NULL);

  lanyard_quirk_assert_header (quirk, "Client-ID", "app");
  lanyard_quirk_assert_header (quirk, "Accept", "application/vnd.example+json");
  lanyard_quirk_assert_header (quirk, "X-Note", NULL);
  lanyard_quirk_assert_header (usual, "Accept", "application/json");

  /* A line break would begin another header field. */
  lanyard_quirk_assert_failed (hostile, LANYARD_ERROR_INVALID, "X-Note");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth2/quirk/t1-basic", test_t1_basic);
  g_test_add_func ("/oauth2/quirk/t2-post", test_t2_post);
  g_test_add_func ("/oauth2/quirk/t3-basic-encoding", test_t3_basic_encoding);
  g_test_add_func ("/oauth2/quirk/t4-basic-and-client-id", test_t4_basic_and_client_id);
  g_test_add_func ("/oauth2/quirk/t5-basic-of-its-own", test_t5_basic_of_its_own);
  g_test_add_func ("/oauth2/quirk/t6-json-body", test_t6_json_body);
  g_test_add_func ("/oauth2/quirk/t7-parameters-in-query", test_t7_parameters_in_query);
  g_test_add_func ("/oauth2/quirk/t8-hash-of-secret", test_t8_hash_of_secret);
  g_test_add_func ("/oauth2/quirk/t9-grant-type", test_t9_grant_type);
  g_test_add_func ("/oauth2/quirk/t10-redirect-uri", test_t10_redirect_uri);
  g_test_add_func ("/oauth2/quirk/t11-extra-parameters", test_t11_extra_parameters);
  g_test_add_func ("/oauth2/quirk/t12-extra-headers", test_t12_extra_headers);

  return g_test_run ();
}
