/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cipher.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <sys/random.h>

#define BLOCK_SIZE 16

/* Far beyond any secret, and within what OpenSSL counts in. */
#define MAX_LENGTH (G_MAXINT - BLOCK_SIZE)

static const guchar *
get_key (LanyardSecret *key)
{
  g_assert (lanyard_secret_get_length (key) == LANYARD_CIPHER_KEY_SIZE);

  return (const guchar *)lanyard_secret_get (key);
}

GBytes *
lanyard_cipher_encrypt (LanyardSecret *key, LanyardSecret *secret, guchar *iv)
{
  gsize length = lanyard_secret_get_length (secret);
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  guchar *encrypted;
  gboolean is_encrypted;
  int n_written = 0;
  int n_last = 0;

  g_return_val_if_fail (length <= MAX_LENGTH, NULL);

  if (getentropy (iv, LANYARD_CIPHER_IV_SIZE) != 0)
    g_error ("The random number generator of the system fails");

  encrypted = g_malloc (length + BLOCK_SIZE);
  is_encrypted =
    EVP_EncryptInit_ex (context, EVP_aes_128_cbc (), NULL, get_key (key), iv) == 1 &&
    EVP_EncryptUpdate (context, encrypted, &n_written, (const guchar *)lanyard_secret_get (secret),
                       (int)length) == 1 &&
    EVP_EncryptFinal_ex (context, encrypted + n_written, &n_last) == 1;
  EVP_CIPHER_CTX_free (context);

  /* Only an OpenSSL without AES could fail here. */
  if (!is_encrypted)
    g_error ("OpenSSL cannot encrypt");
  return g_bytes_new_take (encrypted, (gsize)(n_written + n_last));
}

LanyardSecret *
lanyard_cipher_decrypt (LanyardSecret *key, const guchar *iv, gconstpointer data, gsize length)
{
  LanyardSecret *secret = NULL;
  EVP_CIPHER_CTX *context;
  guchar *decrypted;
  int n_written = 0;
  int n_last = 0;

  if (length == 0 || length % BLOCK_SIZE != 0 || length > MAX_LENGTH)
    return NULL;

  context = EVP_CIPHER_CTX_new ();
  decrypted = g_malloc (length + BLOCK_SIZE);
  if (EVP_DecryptInit_ex (context, EVP_aes_128_cbc (), NULL, get_key (key), iv) == 1 &&
      EVP_DecryptUpdate (context, decrypted, &n_written, data, (int)length) == 1 &&
      EVP_DecryptFinal_ex (context, decrypted + n_written, &n_last) == 1)
    secret = lanyard_secret_new_bytes (decrypted, (gsize)(n_written + n_last));
  else
    ERR_clear_error ();
  EVP_CIPHER_CTX_free (context);

  /* The only moment that the secret is outside of its own memory. */
  OPENSSL_cleanse (decrypted, length + BLOCK_SIZE);
  g_free (decrypted);
  return secret;
}
