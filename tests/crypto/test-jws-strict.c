/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a token and its key must be like, each rule alone: JOSE-02, 04, 05, 06, 11 and 13. */

#include "config.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-jws.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string.h>

static char *
sign (const char *algorithm, LanyardKey *key, GError **error)
{
  g_autoptr (JsonObject) header = json_object_new ();

  return lanyard_jws_sign (algorithm, key, header, "{}", error);
}

static gboolean
verify (const char *token, LanyardKey *key)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  g_autoptr (LanyardJws) jws = lanyard_jws_parse (token, NULL);

  g_assert_nonnull (jws);
  g_ptr_array_add (keys, lanyard_key_ref (key));
  return lanyard_jws_verify (jws, keys, lanyard_jws_list_algorithms (), NULL);
}

static void
assert_cannot_sign (const char *algorithm, LanyardKey *key, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", algorithm);
  g_assert_null (sign (algorithm, key, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
}

/* JOSE-02: neither is the signature looked at, which here is none. */
static void
test_broken_headers (void)
{
  static const struct
  {
    const char *header;
    gsize length;
  } CASES[] = {
    { "", 0 },
    { "{\"alg\":\"HS256\"", 14 },
    { "{\"alg\":\"HS256\"}}", 16 },
    { "{'alg':'HS256'}", 15 },
    { "[\"HS256\"]", 9 },
    { "\"HS256\"", 7 },
    { "null", 4 },
    { "{\"alg\":\"HS256\",\"kid\":\"\xff\"}", 24 },
    { "{\"alg\":\"HS256\"}\0", 16 },
    { "{\"alg\":\"HS256\",\"alg\":\"HS256\"}", 29 },
    { "{\"alg\":\"HS256\",\"\\u0061lg\":\"none\"}", 33 },
    { "{\"alg\":\"HS256\",\"x\":{\"a\":1,\"a\":2}}", 33 },
  };
  g_autofree char *good = lanyard_base64url_encode ("{\"alg\":\"HS256\"}", 15);
  g_autofree char *good_token = g_strconcat (good, ".e30.AAAA", NULL);
  g_autoptr (LanyardJws) jws = lanyard_jws_parse (good_token, NULL);

  g_assert_nonnull (jws);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *header = lanyard_base64url_encode (CASES[i].header, CASES[i].length);
      g_autofree char *token = g_strconcat (header, ".e30.AAAA", NULL);
      g_autofree char *shown = g_strescape (CASES[i].header, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", shown);
      g_assert_null (lanyard_jws_parse (token, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

/* JOSE-04 and 13, RFC 7518 section 3.2: as long as the hash, which no password of a person is. */
static void
test_secret_lengths (void)
{
  static const struct
  {
    const char *algorithm;
    gsize length;
  } CASES[] = { { "HS256", 32 }, { "HS384", 48 }, { "HS512", 64 } };
  g_autoptr (LanyardSecret) password = lanyard_secret_new ("correct horse battery staple");
  g_autoptr (LanyardKey) weak = lanyard_key_new_secret (password);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strnfill (CASES[i].length, 'k');
      g_autoptr (LanyardSecret) enough = lanyard_secret_new (text);
      g_autoptr (LanyardSecret) too_short = lanyard_secret_new (text + 1);
      g_autoptr (LanyardKey) key = lanyard_key_new_secret (enough);
      g_autoptr (LanyardKey) short_key = lanyard_key_new_secret (too_short);
      g_autofree char *token = NULL;

      assert_cannot_sign (CASES[i].algorithm, weak, "too short");
      assert_cannot_sign (CASES[i].algorithm, short_key, "too short");
      token = sign (CASES[i].algorithm, key, NULL);
      g_assert_true (verify (token, key));
      g_assert_false (verify (token, short_key));
    }
}

/* JOSE-05, RFC 7518 sections 3.3 and 3.5: nor may a short key verify what somebody else signed. */
static void
test_rsa_sizes (void)
{
  static const char *const NAMES[] = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" };
  g_autoptr (LanyardKey) too_short = lanyard_key_new_pkey (EVP_RSA_gen (1024));
  g_autoptr (LanyardKey) nearly = lanyard_key_new_pkey (EVP_RSA_gen (2040));
  g_autoptr (LanyardKey) enough = lanyard_key_new_pkey (EVP_RSA_gen (2048));

  g_assert_cmpuint (lanyard_key_get_bits (too_short), ==, 1024);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *token = NULL;

      assert_cannot_sign (NAMES[i], too_short, "2048");
      assert_cannot_sign (NAMES[i], nearly, "2048");
      token = sign (NAMES[i], enough, NULL);
      g_assert_true (verify (token, enough));
    }
}

/* A good signature by a short key: only its length speaks against it. */
static void
test_short_rsa_verifies_nothing (void)
{
  static const char INPUT[] = "eyJhbGciOiJSUzI1NiJ9.e30";
  EVP_PKEY *pkey = EVP_RSA_gen (1024);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  g_autoptr (LanyardKey) key = lanyard_key_new_pkey (pkey);
  guchar signature[128];
  gsize length = sizeof signature;
  g_autofree char *encoded = NULL;
  g_autofree char *token = NULL;

  g_assert_cmpint (EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, pkey), ==, 1);
  g_assert_cmpint (
    EVP_DigestSign (context, signature, &length, (const guchar *)INPUT, strlen (INPUT)), ==, 1);
  EVP_MD_CTX_free (context);
  encoded = lanyard_base64url_encode (signature, length);
  token = g_strconcat (INPUT, ".", encoded, NULL);
  g_assert_false (verify (token, key));
}

static char *
replace_signature (const char *token, gconstpointer bytes, gsize length)
{
  g_autofree char *encoded = lanyard_base64url_encode (bytes, length);

  return g_strdup_printf ("%.*s%s", (int)(strrchr (token, '.') + 1 - token), token, encoded);
}

/* The same numbers as OpenSSL writes them. */
static char *
replace_by_der (const char *token, const guchar *bytes, gsize length)
{
  ECDSA_SIG *numbers = ECDSA_SIG_new ();
  guchar *der = NULL;
  int der_length;
  char *replaced;

  g_assert_cmpint (ECDSA_SIG_set0 (numbers, BN_bin2bn (bytes, (int)length / 2, NULL),
                                   BN_bin2bn (bytes + length / 2, (int)length / 2, NULL)),
                   ==, 1);
  der_length = i2d_ECDSA_SIG (numbers, &der);
  g_assert_cmpint (der_length, >, 0);
  replaced = replace_signature (token, der, (gsize)der_length);
  OPENSSL_free (der);
  ECDSA_SIG_free (numbers);
  return replaced;
}

/* JOSE-06, RFC 7518 section 3.4: R and S in full, and nothing else. */
static void
test_ecdsa_forms (void)
{
  static const struct
  {
    const char *algorithm;
    const char *curve;
    gsize length;
  } CASES[] = { { "ES256", "P-256", 64 }, { "ES384", "P-384", 96 }, { "ES512", "P-521", 132 } };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardKey) key = lanyard_key_new_pkey (EVP_EC_gen (CASES[i].curve));
      g_autofree char *token = sign (CASES[i].algorithm, key, NULL);
      g_autoptr (GBytes) signature = lanyard_base64url_decode (strrchr (token, '.') + 1, NULL);
      guchar bytes[133] = { 0 };
      g_autofree char *again = NULL;
      g_autofree char *cut = NULL;
      g_autofree char *padded = NULL;
      g_autofree char *der = NULL;

      g_assert_cmpuint (g_bytes_get_size (signature), ==, CASES[i].length);
      memcpy (bytes, g_bytes_get_data (signature, NULL), CASES[i].length);
      again = replace_signature (token, bytes, CASES[i].length);
      cut = replace_signature (token, bytes, CASES[i].length - 1);
      padded = replace_signature (token, bytes, CASES[i].length + 1);
      der = replace_by_der (token, bytes, CASES[i].length);

      g_assert_true (verify (again, key));
      g_assert_false (verify (cut, key));
      g_assert_false (verify (padded, key));
      g_assert_false (verify (der, key));
    }
}

/* JOSE-06: each algorithm has the one curve. */
static void
test_ecdsa_curves (void)
{
  g_autoptr (LanyardKey) p256 = lanyard_key_new_pkey (EVP_EC_gen ("P-256"));
  g_autoptr (LanyardKey) p384 = lanyard_key_new_pkey (EVP_EC_gen ("P-384"));

  assert_cannot_sign ("ES384", p256, "kind");
  assert_cannot_sign ("ES512", p256, "kind");
  assert_cannot_sign ("ES256", p384, "kind");
  assert_cannot_sign ("ES512", p384, "kind");
}

/* JOSE-11, RFC 8725 section 3.1: what a JWK says it is for, it is for alone. */
static void
test_bound_key (void)
{
  g_autoptr (LanyardKey) key = lanyard_key_new_pkey (EVP_RSA_gen (2048));
  g_autofree char *rs256 = sign ("RS256", key, NULL);
  g_autofree char *ps256 = sign ("PS256", key, NULL);

  g_assert_true (verify (rs256, key));
  g_assert_true (verify (ps256, key));
  lanyard_key_bind (key, NULL, "PS256", NULL);
  g_assert_false (verify (rs256, key));
  g_assert_true (verify (ps256, key));
  assert_cannot_sign ("RS256", key, "another algorithm");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crypto/jws-strict/jose-02-broken-headers", test_broken_headers);
  g_test_add_func ("/crypto/jws-strict/jose-04-13-secret-lengths", test_secret_lengths);
  g_test_add_func ("/crypto/jws-strict/jose-05-rsa-sizes", test_rsa_sizes);
  g_test_add_func ("/crypto/jws-strict/jose-05-short-rsa-verifies-nothing",
                   test_short_rsa_verifies_nothing);
  g_test_add_func ("/crypto/jws-strict/jose-06-ecdsa-forms", test_ecdsa_forms);
  g_test_add_func ("/crypto/jws-strict/jose-06-ecdsa-curves", test_ecdsa_curves);
  g_test_add_func ("/crypto/jws-strict/jose-11-bound-key", test_bound_key);

  return g_test_run ();
}
