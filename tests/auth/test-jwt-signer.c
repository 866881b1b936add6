/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-jwt.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwt-signer.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#define NOW LANYARD_TEST_NOW

static LanyardAuthContext *
new_context (const char *settings, const char *key)
{
  return lanyard_test_jwt_context_new ("'token': null", settings, "signing_key", key, NULL);
}

static LanyardSecret *
sign (LanyardAuthContext *context, JsonObject **header, JsonObject **claims)
{
  g_autoptr (GError) error = NULL;
  LanyardSecret *token = lanyard_jwt_signer_sign (context, NULL, NOW, NULL, NULL, &error);

  g_assert_no_error (error);
  *header = lanyard_test_jwt_parse_part (lanyard_secret_get (token), 0);
  *claims = lanyard_test_jwt_parse_part (lanyard_secret_get (token), 1);
  return token;
}

/* JOSE-04, 06, 07 and 13: no key that is short, of another kind, or a password; and at most an
 * hour. */
static void
test_refused (void)
{
  static const struct
  {
    const char *settings;
    const char *key;
    const char *words;
  } cases[] = {
    { "algorithm=ES256&claims=%7B", LANYARD_TEST_EC_PRIVATE, "claims" },
    { "algorithm=ES256&claims=%5B%5D", LANYARD_TEST_EC_PRIVATE, "claims" },
    { "algorithm=ES256&claims=%7B%22exp%22%3A%22x%22%7D", LANYARD_TEST_EC_PRIVATE, "exp" },
    { "algorithm=ES256&headers=%7B%22alg%22%3A%22none%22%7D", LANYARD_TEST_EC_PRIVATE, "alg" },
    { "algorithm=ES256&headers=%7B%22crit%22%3A%5B%5D%7D", LANYARD_TEST_EC_PRIVATE, "crit" },
    { "algorithm=ES256&headers=x", LANYARD_TEST_EC_PRIVATE, "headers" },
    { "algorithm=ES256&lifetime=0", LANYARD_TEST_EC_PRIVATE, "3600" },
    { "algorithm=ES256&lifetime=3601", LANYARD_TEST_EC_PRIVATE, "3600" },
    { "algorithm=ES256&lifetime=x", LANYARD_TEST_EC_PRIVATE, "3600" },
    { "algorithm=none", LANYARD_TEST_EC_PRIVATE, "algorithm" },
    { "algorithm=RS256", LANYARD_TEST_EC_PRIVATE, "cannot be signed" },
    { "algorithm=ES384", LANYARD_TEST_EC_PRIVATE, "cannot be signed" },
    { "algorithm=HS256", LANYARD_TEST_EC_PRIVATE, "cannot be signed" },
    { "algorithm=ES256", LANYARD_TEST_EC_PUBLIC, "cannot be signed" },
    { "algorithm=ES256", LANYARD_TEST_HS_SECRET, "cannot be signed" },
    { "algorithm=HS256", "short", "cannot be signed" },
    { "algorithm=HS256", "correct horse battery staple", "too short" },
    { "algorithm=HS512", LANYARD_TEST_HS_SECRET, "cannot be signed" },
    { "algorithm=HS256", "hex:0g", "hexadecimal" },
    { "algorithm=HS256", "hex:0", "hexadecimal" },
    { "algorithm=HS256", "hex:", "hexadecimal" },
    { "algorithm=HS256", "base64:AAAAA", "base64" },
    { "algorithm=HS256", "base64:AA A", "base64" },
    { "algorithm=HS256", "base64:", "base64" },
    { "algorithm=HS256", "base64:AAAA===", "base64" },
    { "algorithm=ES256", "{\"kty\":", "JWK" },
    { "algorithm=RS256", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (cases[i].settings, cases[i].key);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].settings);
      g_assert_null (lanyard_jwt_signer_sign (context, NULL, NOW, NULL, NULL, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      lanyard_test_assert_fit_to_show (error->message);
    }
}

/* JOSE-16, RFC 8725 section 3.11: a token says of what type it is. */
static void
test_default_claims (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("algorithm=ES256&key_id=k1", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (JsonObject) other_header = NULL;
  g_autoptr (JsonObject) other_claims = NULL;
  g_autoptr (LanyardSecret) token = sign (context, &header, &claims);
  g_autoptr (LanyardSecret) other = sign (context, &other_header, &other_claims);

  g_assert_cmpstr (lanyard_json_get_string (header, "alg"), ==, "ES256");
  g_assert_cmpstr (lanyard_json_get_string (header, "typ"), ==, "JWT");
  g_assert_cmpstr (lanyard_json_get_string (header, "kid"), ==, "k1");
  g_assert_cmpuint (json_object_get_size (header), ==, 3);
  g_assert_cmpint (json_object_get_int_member (claims, "iat"), ==, NOW);
  g_assert_cmpint (json_object_get_int_member (claims, "exp"), ==, NOW + 300);
  g_assert_cmpuint (json_object_get_size (claims), ==, 3);
  g_assert_cmpstr (lanyard_json_get_string (claims, "jti"), !=,
                   lanyard_json_get_string (other_claims, "jti"));
  g_assert_false (lanyard_secret_equal (token, other));
}

/* JOSE-16: of a more special type, where that is wanted (RFC 9068 section 2.1). */
static void
test_type (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (
    "algorithm=ES256&headers=%7B%22typ%22%3A%22at%2Bjwt%22%7D", LANYARD_TEST_EC_PRIVATE);
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (LanyardSecret) token = sign (context, &header, &claims);

  g_assert_nonnull (token);
  g_assert_cmpstr (lanyard_json_get_string (header, "typ"), ==, "at+jwt");
  g_assert_cmpuint (json_object_get_size (header), ==, 2);
}

static void
test_templates (void)
{
  static const char text[] =
    "{'iss': '{key_id}', 'nbf': '{now}', 'jti': '{uuid}', 'exp': 1767225700, 'name': 'Anna',"
    " 'list': ['{username}', 7, null, {'when': 'at {now}'}], 'leak': '{signing_key}'}";
  g_autofree char *json = lanyard_test_quote_json (text);
  g_autofree char *escaped = g_uri_escape_string (json, NULL, FALSE);
  g_autofree char *settings = g_strconcat (
    "algorithm=ES256&key_id=k1&username=anna&headers=%7B%22x5t%22%3A%22{username}%22%7D&"
    "claims=",
    escaped, NULL);
  g_autoptr (LanyardAuthContext) context = new_context (settings, LANYARD_TEST_EC_PRIVATE);
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (LanyardSecret) token = sign (context, &header, &claims);
  g_autofree char *account = NULL;
  g_autoptr (LanyardSecret) again = NULL;
  JsonArray *list = json_object_get_array_member (claims, "list");
  gint64 expires_at;

  g_assert_cmpstr (lanyard_json_get_string (header, "x5t"), ==, "anna");
  g_assert_cmpstr (lanyard_json_get_string (claims, "iss"), ==, "k1");
  g_assert_cmpint (json_object_get_int_member (claims, "nbf"), ==, NOW);
  g_assert_true (g_uuid_string_is_valid (lanyard_json_get_string (claims, "jti")));
  g_assert_cmpstr (json_array_get_string_element (list, 0), ==, "anna");
  g_assert_cmpint (json_array_get_int_element (list, 1), ==, 7);
  g_assert_cmpstr (lanyard_json_get_string (json_array_get_object_element (list, 3), "when"), ==,
                   "at 1767225600");
  g_assert_cmpstr (lanyard_json_get_string (claims, "leak"), ==, "");
  g_assert_cmpuint (json_object_get_size (claims), ==, 8);

  again = lanyard_jwt_signer_sign (context, NULL, NOW, &expires_at, &account, NULL);
  g_assert_nonnull (again);
  g_assert_cmpint (expires_at, ==, 1767225700);
  g_assert_cmpstr (account, ==, "Anna");
}

/* The same 32 bytes, written in every way. */
static void
test_secrets (void)
{
  static const char *const keys[] = {
    LANYARD_TEST_HS_SECRET,
    "hex:3031323334353637383961626364656630313233343536373839616263646566",
    "base64:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "base64:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
    "{\"kty\": \"oct\", \"k\": \"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}",
  };
  g_autofree char *expected = lanyard_test_jwt_sign ("HS256", keys[0], "{}", "{}");

  for (guint i = 1; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *token = lanyard_test_jwt_sign ("HS256", keys[i], "{}", "{}");

      g_assert_cmpstr (token, ==, expected);
    }
}

static void
test_encrypted_pem (void)
{
  EVP_PKEY *key = EVP_RSA_gen (2048);
  BIO *bio = BIO_new (BIO_s_mem ());
  g_autoptr (LanyardAuthContext) wrong = NULL;
  g_autoptr (LanyardAuthContext) right = NULL;
  g_autoptr (LanyardSecret) token = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;
  char *data;
  long length;

  g_assert_true (
    PEM_write_bio_PKCS8PrivateKey (bio, key, EVP_aes_128_cbc (), "pass", 4, NULL, NULL));
  length = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize)length);
  BIO_free (bio);
  EVP_PKEY_free (key);

  wrong = lanyard_test_jwt_context_new ("'token': null", NULL, "signing_key", pem,
                                        "signing_key_passphrase", "word", NULL);
  g_assert_null (lanyard_jwt_signer_sign (wrong, NULL, NOW, NULL, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);

  right = lanyard_test_jwt_context_new ("'token': null", NULL, "signing_key", pem,
                                        "signing_key_passphrase", "pass", NULL);
  token = lanyard_jwt_signer_sign (right, NULL, NOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/jwt-signer/jose-04-06-07-13-refused", test_refused);
  g_test_add_func ("/auth/jwt-signer/jose-16-default-claims", test_default_claims);
  g_test_add_func ("/auth/jwt-signer/jose-16-type", test_type);
  g_test_add_func ("/auth/jwt-signer/templates", test_templates);
  g_test_add_func ("/auth/jwt-signer/secrets", test_secrets);
  g_test_add_func ("/auth/jwt-signer/encrypted-pem", test_encrypted_pem);

  return g_test_run ();
}
