/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-private-key.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

struct _LanyardPrivateKey
{
  gatomicrefcount ref_count;
  EVP_PKEY *key;
};

/* A library context that reads no configuration file knows no policy but ours. It lives as long as
 * the program. */
static OSSL_LIB_CTX *
get_context (void)
{
  static OSSL_LIB_CTX *context;

  if (context == NULL)
    {
      context = OSSL_LIB_CTX_new ();
      OSSL_PROVIDER_load (context, "default");
    }

  return context;
}

LanyardPrivateKey *
lanyard_private_key_new_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error)
{
  const guchar *data = (const guchar *)lanyard_secret_get (pem);
  gsize length = lanyard_secret_get_length (pem);
  LanyardPrivateKey *self;
  OSSL_DECODER_CTX *decoder;
  EVP_PKEY *key = NULL;

  decoder =
    OSSL_DECODER_CTX_new_for_pkey (&key, "PEM", NULL, NULL, EVP_PKEY_KEYPAIR, get_context (), NULL);
  /* Without one an encrypted key must fail, not ask on a terminal. */
  OSSL_DECODER_CTX_set_passphrase (
    decoder, (const guchar *)(passphrase != NULL ? lanyard_secret_get (passphrase) : ""),
    passphrase != NULL ? lanyard_secret_get_length (passphrase) : 0);
  OSSL_DECODER_from_data (decoder, &data, &length);
  OSSL_DECODER_CTX_free (decoder);
  ERR_clear_error ();

  if (key == NULL)
    {
      gboolean is_encrypted = strstr (lanyard_secret_get (pem), "ENCRYPTED") != NULL;

      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           is_encrypted
                           ? _ ("The private key is encrypted, and the passphrase does not open it")
                           : _ ("This is not a private key in PEM form"));
      return NULL;
    }

  self = g_new0 (LanyardPrivateKey, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->key = key;
  return self;
}

LanyardPrivateKey *
lanyard_private_key_ref (LanyardPrivateKey *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lanyard_private_key_unref (LanyardPrivateKey *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  /* OpenSSL wipes the key's numbers. */
  EVP_PKEY_free (self->key);
  g_free (self);
}

GBytes *
lanyard_private_key_sign_pkcs1 (LanyardPrivateKey *self,
                                LanyardHash hash,
                                gconstpointer data,
                                gsize length,
                                GError **error)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  g_autofree guchar *signature = NULL;
  gsize signature_length = EVP_PKEY_get_size (self->key);
  gboolean is_signed;

  signature = g_malloc (signature_length);
  is_signed = EVP_PKEY_is_a (self->key, "RSA") &&
              EVP_DigestSignInit_ex (context, NULL, lanyard_hash_get_name (hash), get_context (),
                                     NULL, self->key, NULL) == 1 &&
              EVP_DigestSign (context, signature, &signature_length, data, length) == 1;
  EVP_MD_CTX_free (context);
  ERR_clear_error ();

  if (!is_signed)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The private key cannot make this signature: an RSA key is needed"));
      return NULL;
    }

  return g_bytes_new (signature, signature_length);
}
