/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a server sends is checked before it is used: JOSE-01 to 15 of RFC 7515, 7519 and 8725. */

#include "config.h"

#include "lanyard-test-jwt.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwt-verifier.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#define NOW LANYARD_TEST_NOW
#define JWKS_URI "jwks_uri=https%3A%2F%2Fid.example.org%2Fkeys"

static void
check_refused (LanyardAuthContext *context,
               const char *token,
               const LanyardResponse *keys,
               const char *words)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%.80s", token);
  g_assert_null (lanyard_jwt_verifier_check (context, token, keys, NOW, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  lanyard_test_assert_fit_to_show (error->message);
}

static void
check_accepted (LanyardAuthContext *context, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) claims = NULL;

  claims = lanyard_jwt_verifier_check (context, token, NULL, NOW, &error);
  g_assert_no_error (error);
  g_assert_nonnull (claims);
}

static LanyardAuthContext *
new_context (const char *settings, const char *key)
{
  return lanyard_test_jwt_context_new (NULL, settings, "verification_key", key, NULL);
}

static char *
encode_token (const char *header, const char *payload, const char *signature)
{
  g_autofree char *first = lanyard_base64url_encode (header, strlen (header));
  g_autofree char *second = lanyard_base64url_encode (payload, strlen (payload));

  return g_strjoin (".", first, second, signature, NULL);
}

/* JOSE-12: one step that fails is enough. */
static void
test_tampered (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, LANYARD_TEST_EC_PUBLIC);
  g_autofree char *token =
    lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", "{'sub': 'anna'}");
  g_autofree char *other =
    lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", "{'sub': 'eve'}");
  g_auto (GStrv) parts = g_strsplit (token, ".", 3);
  g_auto (GStrv) other_parts = g_strsplit (other, ".", 3);
  g_autofree char *mixed = g_strjoin (".", parts[0], other_parts[1], parts[2], NULL);
  g_autofree char *changed = g_strdup (token);
  char *last = strrchr (changed, '.') + 1;

  check_accepted (context, token);
  check_refused (context, mixed, NULL, "signature is wrong");
  *last = *last == 'A' ? 'B' : 'A';
  check_refused (context, changed, NULL, "signature is wrong");
}

/* JOSE-01, 02, 09 and 10: what cannot be read in one way alone is not read. */
static void
test_broken (void)
{
  static const char *const claims[] = {
    "{'sub': 'a', 'sub': 'b'}", "['a']", "'a'", "{", "", "{'sub': '\\ud800'}", "{'a': '\xff'}",
  };
  g_autoptr (LanyardAuthContext) context = new_context (NULL, LANYARD_TEST_EC_PUBLIC);
  g_autofree char *token = lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", "{}");
  g_auto (GStrv) parts = g_strsplit (token, ".", 3);
  g_autofree char *two = g_strjoin (".", parts[0], parts[1], NULL);
  g_autofree char *four = g_strconcat (token, ".", NULL);
  g_autofree char *padded = g_strconcat (token, "=", NULL);
  g_autofree char *broken = g_strdup_printf ("%s\n.%s.%s", parts[0], parts[1], parts[2]);
  g_autofree char *truncated = g_strndup (token, strlen (token) - 1);
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, 'a');

  check_refused (context, "", NULL, "three parts");
  check_refused (context, two, NULL, "three parts");
  check_refused (context, four, NULL, "three parts");
  check_refused (context, huge, NULL, "three parts");
  check_refused (context, padded, NULL, "cannot be read");
  check_refused (context, broken, NULL, "cannot be read");
  check_refused (context, truncated, NULL, "");
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autofree char *signed_token =
        lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", claims[i]);

      check_refused (context, signed_token, NULL, "claims cannot be read");
    }
}

/* JOSE-07, with a key to check it and without. */
static void
test_unsigned (void)
{
  static const char *const headers[] = { "{\"alg\":\"none\"}", "{\"alg\":\"nOnE\"}", "{}",
                                         "{\"alg\":7}" };
  g_autoptr (LanyardAuthContext) with_key = new_context (NULL, LANYARD_TEST_EC_PUBLIC);
  g_autoptr (LanyardAuthContext) without_key = lanyard_test_jwt_context_new (NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *token = encode_token (headers[i], "{\"sub\":\"eve\"}", "");

      check_refused (with_key, token, NULL, "");
      check_refused (without_key, token, NULL, "");
    }
}

/* JOSE-03. */
static void
test_crit (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, LANYARD_TEST_EC_PUBLIC);
  g_autofree char *token =
    lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{'crit': ['exp'], 'exp': 1}", "{}");

  check_refused (context, token, NULL, "extension");
}

/* JOSE-11: the public key in PEM is known to everybody, and must not serve as a shared secret. */
static void
test_confusion (void)
{
  EVP_PKEY *key = EVP_RSA_gen (2048);
  BIO *bio = BIO_new (BIO_s_mem ());
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autofree char *pem = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *token = NULL;
  char *data;
  long length;

  g_assert_true (PEM_write_bio_PUBKEY (bio, key));
  length = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize)length);
  BIO_free (bio);
  EVP_PKEY_free (key);

  /* In base64, so that it is signed with the text and not with what it means. */
  encoded = g_base64_encode ((const guchar *)pem, strlen (pem));
  secret = g_strconcat ("base64:", encoded, NULL);
  token = lanyard_test_jwt_sign ("HS256", secret, "{}", "{'sub': 'eve'}");
  context = new_context ("verification_algorithms=RS256+HS256", pem);
  check_refused (context, token, NULL, "no key");
}

/* JOSE-11: the list says which, and the key which kind. */
static void
test_algorithms (void)
{
  g_autoptr (LanyardAuthContext) by_default = new_context (NULL, LANYARD_TEST_HS_SECRET);
  g_autoptr (LanyardAuthContext) allowed =
    new_context ("verification_algorithms=HS256", LANYARD_TEST_HS_SECRET);
  g_autoptr (LanyardAuthContext) wrong_type = new_context (NULL, LANYARD_TEST_RSA_PUBLIC);
  g_autofree char *token = lanyard_test_jwt_sign ("HS256", LANYARD_TEST_HS_SECRET, "{}", "{}");
  g_autofree char *signed_token =
    lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", "{}");

  check_refused (by_default, token, NULL, "algorithm is not allowed");
  check_accepted (allowed, token);
  check_refused (allowed, signed_token, NULL, "algorithm is not allowed");
  check_refused (wrong_type, signed_token, NULL, "no key");
}

/* JOSE-08: the clocks may differ by a minute. */
static void
test_times (void)
{
  static const struct
  {
    const char *claims;
    const char *words;
  } cases[] = {
    { "{'exp': 1767225540}", "expired" },
    { "{'exp': 1}", "expired" },
    { "{'exp': 0}", "expired" },
    { "{'exp': '1867225600'}", "no number" },
    { "{'exp': null}", "no number" },
    { "{'exp': -1}", "no number" },
    { "{'nbf': 1767225661}", "not valid yet" },
    { "{'nbf': true}", "no number" },
    { "{'exp': 1767225541}", NULL },
    { "{'exp': 1767225541.75, 'nbf': 1767225660.25}", NULL },
    { "{'exp': 99999999999999}", NULL },
  };
  g_autoptr (LanyardAuthContext) context = new_context (NULL, LANYARD_TEST_EC_PUBLIC);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token =
        lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", cases[i].claims);

      if (cases[i].words != NULL)
        check_refused (context, token, NULL, cases[i].words);
      else
        check_accepted (context, token);
    }
}

/* JOSE-14. */
static void
test_issuer_and_audience (void)
{
  static const struct
  {
    const char *claims;
    const char *words;
  } cases[] = {
    { "{'iss': 'https://evil.example', 'aud': 'me'}", "https://evil.example" },
    { "{'iss': 'https://id.example/', 'aud': 'me'}", "(iss)" },
    { "{'aud': 'me'}", "(iss)" },
    { "{'iss': ['https://id.example'], 'aud': 'me'}", "(iss)" },
    { "{'iss': 'https://id.example'}", "(aud)" },
    { "{'iss': 'https://id.example', 'aud': 'you'}", "(aud)" },
    { "{'iss': 'https://id.example', 'aud': ['you', 7]}", "(aud)" },
    { "{'iss': 'https://id.example', 'aud': ['you', 'me']}", NULL },
    { "{'iss': 'https://id.example', 'aud': 'me'}", NULL },
  };
  g_autoptr (LanyardAuthContext) context =
    new_context ("issuer=https%3A%2F%2Fid.example&audience=me", LANYARD_TEST_EC_PUBLIC);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token =
        lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", cases[i].claims);

      if (cases[i].words != NULL)
        check_refused (context, token, NULL, cases[i].words);
      else
        check_accepted (context, token);
    }
}

static LanyardResponse *
new_key_set (const char *kid)
{
  g_autofree char *body = g_strdup_printf ("{\"keys\": [{\"kty\": \"new\"}, {\"kid\": \"%s\", %s]}",
                                           kid, LANYARD_TEST_EC_PUBLIC + 1);

  return lanyard_response_new (200, "application/json", body, -1);
}

/* JOSE-14: only the keys of the issuer that is set count. */
static void
test_key_set (void)
{
  static const char *const bodies[] = { "<html>", "{}", "{'keys': {}}", "[]", "" };
  g_autoptr (LanyardAuthContext) context = lanyard_test_jwt_context_new (NULL, JWKS_URI, NULL);
  g_autoptr (LanyardRequest) request = lanyard_jwt_verifier_new_request (context);
  g_autofree char *token =
    lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{'kid': 'new'}", "{}");
  g_autoptr (LanyardResponse) old_set = new_key_set ("old");
  g_autoptr (LanyardResponse) new_set = new_key_set ("new");
  g_autoptr (LanyardResponse) empty_set = lanyard_test_response_new (200, "{'keys': []}");
  g_autoptr (LanyardResponse) unavailable = lanyard_test_response_new (503, "");
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (request->uri, ==, "https://id.example.org/keys");
  g_assert_cmpstr (request->method, ==, "GET");
  check_refused (context, token, old_set, "no key");
  check_refused (context, token, empty_set, "no key");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LanyardResponse) response = lanyard_test_response_new (200, bodies[i]);

      check_refused (context, token, response, "jwks_uri");
    }
  g_assert_null (lanyard_jwt_verifier_check (context, token, unavailable, NOW, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  claims = lanyard_jwt_verifier_check (context, token, new_set, NOW, &error);
  g_assert_no_error (error);
}

/* JOSE-15: keys that a token brings along are anybody's (RFC 8725 section 3.10). */
static void
test_embedded_key (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL, LANYARD_TEST_RSA_PUBLIC);
  g_autofree char *header = g_strdup_printf (
    "{\"jwk\": %s, \"jku\": \"https://evil.example\", \"x5u\": \"https://evil.example\"}",
    LANYARD_TEST_EC_PUBLIC);
  g_autofree char *token = lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, header, "{}");

  check_refused (context, token, NULL, "no key");
  g_assert_null (lanyard_jwt_verifier_new_request (context));
}

static void
test_validate (void)
{
  static const char *const settings[] = { "verification_algorithms=none",
                                          "verification_algorithms=RS256+rs512" };
  g_autoptr (LanyardAuthContext) broken = new_context (NULL, "{\"kty\": \"RSA\"}");
  g_autoptr (LanyardAuthContext) good = new_context (NULL, LANYARD_TEST_EC_PUBLIC);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (LanyardAuthContext) context = new_context (settings[i], LANYARD_TEST_EC_PUBLIC);
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_jwt_verifier_validate (context, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  g_assert_false (lanyard_jwt_verifier_validate (broken, NULL));
  g_assert_true (lanyard_jwt_verifier_validate (good, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/jwt-verifier/jose-12-tampered", test_tampered);
  g_test_add_func ("/auth/jwt-verifier/jose-01-02-09-10-broken", test_broken);
  g_test_add_func ("/auth/jwt-verifier/jose-07-unsigned", test_unsigned);
  g_test_add_func ("/auth/jwt-verifier/jose-03-crit", test_crit);
  g_test_add_func ("/auth/jwt-verifier/jose-11-confusion", test_confusion);
  g_test_add_func ("/auth/jwt-verifier/jose-11-algorithms", test_algorithms);
  g_test_add_func ("/auth/jwt-verifier/jose-08-times", test_times);
  g_test_add_func ("/auth/jwt-verifier/jose-14-issuer-and-audience", test_issuer_and_audience);
  g_test_add_func ("/auth/jwt-verifier/jose-14-key-set", test_key_set);
  g_test_add_func ("/auth/jwt-verifier/jose-15-embedded-key", test_embedded_key);
  g_test_add_func ("/auth/jwt-verifier/validate", test_validate);

  return g_test_run ();
}
