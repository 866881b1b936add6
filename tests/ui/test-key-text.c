/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-key-text.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#define CERTIFICATE "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
#define OPENSSH "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n"
#define PUBLIC_JWK \
  "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"

/* A private key in PEM form, encrypted where there is a passphrase. */
static char *
make_pem (EVP_PKEY *pkey, const char *passphrase)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  long length;
  char *pem;

  g_assert_nonnull (pkey);
  g_assert_cmpint (PEM_write_bio_PKCS8PrivateKey (
                     bio, pkey, passphrase != NULL ? EVP_aes_128_cbc () : NULL, passphrase,
                     passphrase != NULL ? (int)strlen (passphrase) : 0, NULL, NULL),
                   ==, 1);
  length = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize)length);
  BIO_free (bio);
  EVP_PKEY_free (pkey);
  return pem;
}

static char *
describe (const char *key, const char *passphrase, LanyardKeyState *state)
{
  g_autoptr (LanyardSecret) secret = key != NULL ? lanyard_secret_new (key) : NULL;
  g_autoptr (LanyardSecret) opener = passphrase != NULL ? lanyard_secret_new (passphrase) : NULL;

  return lanyard_key_text_describe (secret, opener, state);
}

static void
assert_refused (const char *content, gsize length, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) key = lanyard_key_text_new (content, length, &error);

  g_assert_null (key);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_refused (void)
{
  g_autofree char *large = g_strnfill (LANYARD_KEY_MAX_SIZE + 1, 'k');

  assert_refused (large, LANYARD_KEY_MAX_SIZE + 1, "too large");
  assert_refused ("\x30\x82\x04\xbd", 4, "text form");
  assert_refused ("a\0b", 3, "text form");
  assert_refused ("", 0, "nothing");
  assert_refused (" \n\r\n", 4, "nothing");
  assert_refused (CERTIFICATE, strlen (CERTIFICATE), "certificate");
  assert_refused (OPENSSH, strlen (OPENSSH), "ssh-keygen");
  assert_refused ("-----BEGIN PRIVATE KEY-----\nMII", 31, "no whole key");
  assert_refused ("{\"kty\": ", 8, "JWK");
  assert_refused ("Dear Ada,\nhere it is", 20, "several lines");
}

static void
test_taken_out (void)
{
  g_autofree char *pem = make_pem (EVP_PKEY_Q_keygen (NULL, NULL, "ED25519"), NULL);
  g_autofree char *content = g_strconcat ("\xef\xbb\xbf"
                                          "Bag Attributes\n",
                                          CERTIFICATE, pem, CERTIFICATE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) key = lanyard_key_text_new (content, strlen (content), &error);

  g_assert_no_error (error);
  g_strchomp (pem);
  g_assert_cmpstr (lanyard_secret_get (key), ==, pem);
}

static void
test_service_account (void)
{
  g_autofree char *pem = make_pem (EVP_PKEY_Q_keygen (NULL, NULL, "ED25519"), NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (pem), "\n", -1);
  g_autofree char *escaped = g_strjoinv ("\\n", lines);
  g_autofree char *content =
    g_strdup_printf ("{\"type\": \"service_account\", \"private_key\": \"%s\\n\"}\n", escaped);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) key = lanyard_key_text_new (content, strlen (content), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_secret_get (key), ==, pem);
}

static void
test_shared_secret (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) key = lanyard_key_text_new ("s3cret\r\n", 8, &error);
  g_autofree char *text = NULL;
  LanyardKeyState state;

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_secret_get (key), ==, "s3cret");
  text = describe ("s3cret", NULL, &state);
  g_assert_null (text);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_PLAIN);
}

static void
test_describe (void)
{
  g_autofree char *rsa = make_pem (EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (gsize)2048), NULL);
  g_autofree char *ec = make_pem (EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256"), NULL);
  g_autofree char *rsa_text = NULL;
  g_autofree char *ec_text = NULL;
  g_autofree char *jwk_text = NULL;
  LanyardKeyState state;

  rsa_text = describe (rsa, NULL, &state);
  g_assert_cmpstr (rsa_text, ==, "RSA private key, 2048 bits");
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_READABLE);
  ec_text = describe (ec, NULL, &state);
  g_assert_cmpstr (ec_text, ==, "EC private key, P-256");
  jwk_text = describe (PUBLIC_JWK, NULL, &state);
  g_assert_cmpstr (jwk_text, ==, "Ed25519 public key");

  g_assert_null (describe (NULL, NULL, &state));
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_NONE);
}

static void
test_encrypted (void)
{
  g_autofree char *pem = make_pem (EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-384"), "hello");
  g_autofree char *without = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *right = NULL;
  LanyardKeyState state;

  without = describe (pem, NULL, &state);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_ENCRYPTED);
  wrong = describe (pem, "hullo", &state);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_ENCRYPTED);
  g_assert_cmpstr (wrong, !=, without);
  right = describe (pem, "hello", &state);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_READABLE);
  g_assert_cmpstr (right, ==, "EC private key, P-384");
}

static void
test_broken (void)
{
  g_autofree char *text = NULL;
  LanyardKeyState state;

  text = describe ("-----BEGIN PRIVATE KEY-----\nMIIx\n-----END PRIVATE KEY-----", NULL, &state);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_BROKEN);
  g_assert_nonnull (text);
  g_assert_null (strstr (text, "MIIx"));
}

static void
test_fields (void)
{
  static const struct
  {
    const char *type_id;
    const char *name;
  } keys[] = {
    { "oauth1", "private_key" },
    { "jwt", "signing_key" },
    { "jwt", "verification_key" },
  };
  static const LanyardField file = { .name = "certificate",
                                     .kind = LANYARD_FIELD_SECRET,
                                     .flags = LANYARD_FIELD_FILE };
  static const LanyardField secret = { .name = "api_key", .kind = LANYARD_FIELD_SECRET };

  g_assert_true (lanyard_key_text_is_for (&file));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      LanyardAuthType *type = lanyard_auth_types_lookup (keys[i].type_id);

      g_assert_true (
        lanyard_key_text_is_for (lanyard_auth_type_find_field (type, NULL, keys[i].name)));
    }
  g_assert_false (lanyard_key_text_is_for (&secret));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/key-text/refused", test_refused);
  g_test_add_func ("/ui/key-text/taken-out", test_taken_out);
  g_test_add_func ("/ui/key-text/service-account", test_service_account);
  g_test_add_func ("/ui/key-text/shared-secret", test_shared_secret);
  g_test_add_func ("/ui/key-text/describe", test_describe);
  g_test_add_func ("/ui/key-text/encrypted", test_encrypted);
  g_test_add_func ("/ui/key-text/broken", test_broken);
  g_test_add_func ("/ui/key-text/fields", test_fields);

  return g_test_run ();
}
