/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-signature.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#define PASSPHRASE "correct horse"

static LanyardSecret *
read_all (BIO *bio)
{
  char *data;
  long length = BIO_get_mem_data (bio, &data);
  LanyardSecret *secret = lanyard_secret_new_bytes (data, (gsize)length);

  BIO_free (bio);
  return secret;
}

static LanyardSecret *
write_private (EVP_PKEY *pkey, const char *passphrase)
{
  BIO *bio = BIO_new (BIO_s_mem ());

  g_assert_cmpint (PEM_write_bio_PKCS8PrivateKey (
                     bio, pkey, passphrase != NULL ? EVP_aes_256_cbc () : NULL, passphrase,
                     passphrase != NULL ? (int)strlen (passphrase) : 0, NULL, NULL),
                   ==, 1);
  return read_all (bio);
}

static LanyardSecret *
write_public (EVP_PKEY *pkey)
{
  BIO *bio = BIO_new (BIO_s_mem ());

  g_assert_cmpint (PEM_write_bio_PUBKEY (bio, pkey), ==, 1);
  return read_all (bio);
}

static void
test_encrypted (void)
{
  EVP_PKEY *pkey = EVP_EC_gen ("P-256");
  g_autoptr (LanyardSecret) pem = write_private (pkey, PASSPHRASE);
  g_autoptr (LanyardSecret) right = lanyard_secret_new (PASSPHRASE);
  g_autoptr (LanyardSecret) wrong = lanyard_secret_new ("battery staple");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardKey) key = NULL;

  EVP_PKEY_free (pkey);
  g_assert_null (lanyard_key_new_pem (pem, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "passphrase"));
  g_clear_error (&error);
  g_assert_null (lanyard_key_new_pem (pem, wrong, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_null (strstr (error->message, "staple"));
  g_clear_error (&error);

  key = lanyard_key_new_pem (pem, right, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_key_get_kind (key), ==, LANYARD_KEY_EC);
  g_assert_cmpuint (lanyard_key_get_bits (key), ==, 256);
}

static void
test_broken (void)
{
  static const char *const TEXTS[] = {
    "",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (LanyardSecret) pem = lanyard_secret_new (TEXTS[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_key_new_pem (pem, NULL, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (lanyard_key_new_legacy_pem (pem, NULL, NULL));
    }
}

/* What signs must be private; what is only public verifies. */
static void
test_public (void)
{
  EVP_PKEY *pkey = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
  g_autoptr (LanyardSecret) public_pem = write_public (pkey);
  g_autoptr (LanyardSecret) private_pem = write_private (pkey, NULL);
  g_autoptr (LanyardKey) public_key = lanyard_key_new_pem (public_pem, NULL, NULL);
  g_autoptr (LanyardKey) private_key = lanyard_key_new_pem (private_pem, NULL, NULL);
  g_autoptr (GBytes) der = lanyard_key_dup_public_der (private_key);
  g_autoptr (GBytes) public_der = lanyard_key_dup_public_der (public_key);
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize length;

  EVP_PKEY_free (pkey);
  g_assert_null (lanyard_key_new_legacy_pem (public_pem, NULL, NULL));
  g_assert_true (g_bytes_equal (der, public_der));
  g_assert_cmpuint (lanyard_signature_make (public_key, LANYARD_SIGNATURE_EDDSA,
                                            LANYARD_HASH_SHA512, "x", 1, signature),
                    ==, 0);
  length = lanyard_signature_make (private_key, LANYARD_SIGNATURE_EDDSA, LANYARD_HASH_SHA512, "x",
                                   1, signature);
  g_assert_cmpuint (length, ==, 64);
  g_assert_true (lanyard_signature_check (public_key, LANYARD_SIGNATURE_EDDSA, LANYARD_HASH_SHA512,
                                          "x", 1, signature, length));
  g_assert_false (lanyard_signature_check (public_key, LANYARD_SIGNATURE_EDDSA, LANYARD_HASH_SHA512,
                                           "y", 1, signature, length));
}

/* 1024 bits and SHA-1, whatever the system says of them, where OAuth 1.0 wants them. */
static void
test_legacy (void)
{
  EVP_PKEY *pkey = EVP_RSA_gen (1024);
  g_autoptr (LanyardSecret) pem = write_private (pkey, NULL);
  g_autoptr (LanyardKey) key = lanyard_key_new_legacy_pem (pem, NULL, NULL);
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize length;

  EVP_PKEY_free (pkey);
  g_assert_cmpuint (lanyard_key_get_bits (key), ==, 1024);
  length =
    lanyard_signature_make (key, LANYARD_SIGNATURE_PKCS1, LANYARD_HASH_SHA1, "x", 1, signature);
  g_assert_cmpuint (length, ==, 128);
  g_assert_true (lanyard_signature_check (key, LANYARD_SIGNATURE_PKCS1, LANYARD_HASH_SHA1, "x", 1,
                                          signature, length));
}

static void
test_wrong_kind (void)
{
  EVP_PKEY *pkey = EVP_EC_gen ("P-256");
  g_autoptr (LanyardSecret) pem = write_private (pkey, NULL);
  g_autoptr (LanyardKey) ec = lanyard_key_new_pem (pem, NULL, NULL);
  g_autoptr (LanyardKey) secret = lanyard_key_new_secret (pem);
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  static const LanyardSignatureScheme OTHERS[] = {
    LANYARD_SIGNATURE_HMAC,
    LANYARD_SIGNATURE_PKCS1,
    LANYARD_SIGNATURE_PSS,
    LANYARD_SIGNATURE_EDDSA,
  };

  EVP_PKEY_free (pkey);
  g_assert_null (lanyard_key_dup_public_der (secret));
  g_assert_false (lanyard_signature_fits (secret, LANYARD_SIGNATURE_ECDSA));
  for (gsize i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    g_assert_cmpuint (
      lanyard_signature_make (ec, OTHERS[i], LANYARD_HASH_SHA256, "x", 1, signature), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crypto/key/broken", test_broken);
  g_test_add_func ("/crypto/key/encrypted", test_encrypted);
  g_test_add_func ("/crypto/key/wrong-kind", test_wrong_kind);
  g_test_add_func ("/crypto/key/public", test_public);
  g_test_add_func ("/crypto/key/legacy", test_legacy);

  return g_test_run ();
}
