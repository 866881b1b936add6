/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key.h"

#include "lanyard-error.h"
#include "lanyard-key-private.h"

#include <glib/gi18n-lib.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <string.h>

/* A library context that reads no configuration file knows no policy but ours. It lives as long as
 * the program. */
static OSSL_LIB_CTX *
get_legacy_library (void)
{
  static OSSL_LIB_CTX *library;

  if (library == NULL)
    {
      library = OSSL_LIB_CTX_new ();
      OSSL_PROVIDER_load (library, "default");
    }

  return library;
}

static LanyardKeyKind
find_kind (EVP_PKEY *pkey)
{
  if (EVP_PKEY_is_a (pkey, "RSA"))
    return LANYARD_KEY_RSA;
  if (EVP_PKEY_is_a (pkey, "EC"))
    return LANYARD_KEY_EC;
  return EVP_PKEY_is_a (pkey, "ED25519") ? LANYARD_KEY_ED25519 : LANYARD_KEY_OTHER;
}

static LanyardKey *
new_key (EVP_PKEY *pkey, LanyardSecret *secret, OSSL_LIB_CTX *library)
{
  LanyardKey *self = g_new0 (LanyardKey, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->pkey = pkey;
  self->secret = secret;
  self->library = library;
  self->kind = pkey != NULL ? find_kind (pkey) : LANYARD_KEY_SECRET;
  self->bits =
    pkey != NULL ? (gsize)EVP_PKEY_get_bits (pkey) : 8 * lanyard_secret_get_length (secret);
  return self;
}

static EVP_PKEY *
decode (LanyardSecret *pem, LanyardSecret *passphrase, int selection, OSSL_LIB_CTX *library)
{
  const guchar *data = (const guchar *)lanyard_secret_get (pem);
  gsize length = lanyard_secret_get_length (pem);
  EVP_PKEY *pkey = NULL;
  OSSL_DECODER_CTX *decoder =
    OSSL_DECODER_CTX_new_for_pkey (&pkey, "PEM", NULL, NULL, selection, library, NULL);

  /* Without one an encrypted key must fail, not ask on a terminal. */
  OSSL_DECODER_CTX_set_passphrase (
    decoder, (const guchar *)(passphrase != NULL ? lanyard_secret_get (passphrase) : ""),
    passphrase != NULL ? lanyard_secret_get_length (passphrase) : 0);
  OSSL_DECODER_from_data (decoder, &data, &length);
  OSSL_DECODER_CTX_free (decoder);
  ERR_clear_error ();
  return pkey;
}

static LanyardKey *
new_pem (LanyardSecret *pem,
         LanyardSecret *passphrase,
         int selection,
         OSSL_LIB_CTX *library,
         GError **error)
{
  EVP_PKEY *pkey = decode (pem, passphrase, selection, library);

  if (pkey != NULL)
    return new_key (pkey, NULL, library);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       strstr (lanyard_secret_get (pem), "ENCRYPTED") != NULL
                         ? _ ("The key is encrypted, and the passphrase does not open it")
                         : _ ("This is not a key in PEM form"));
  return NULL;
}

static void
clear_prepared (LanyardKey *self)
{
  EVP_MD_CTX_free (self->signer.context);
  EVP_MD_CTX_free (self->verifier.context);
  EVP_MAC_CTX_free (self->mac);
}

LanyardKey *
lanyard_key_new_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error)
{
  return new_pem (pem, passphrase, 0, NULL, error);
}

LanyardKey *
lanyard_key_new_legacy_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error)
{
  return new_pem (pem, passphrase, EVP_PKEY_KEYPAIR, get_legacy_library (), error);
}

LanyardKey *
lanyard_key_new_secret (LanyardSecret *secret)
{
  return new_key (NULL, lanyard_secret_ref (secret), NULL);
}

LanyardKey *
lanyard_key_new_pkey (EVP_PKEY *pkey)
{
  return new_key (pkey, NULL, NULL);
}

LanyardKey *
lanyard_key_ref (LanyardKey *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lanyard_key_unref (LanyardKey *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->kid);
  g_free (self->alg);
  g_free (self->use);
  /* OpenSSL wipes the numbers of a key, and the keyed state of a MAC. */
  clear_prepared (self);
  EVP_PKEY_free (self->pkey);
  g_clear_pointer (&self->secret, lanyard_secret_unref);
  g_free (self);
}

void
lanyard_key_bind (LanyardKey *self, const char *kid, const char *alg, const char *use)
{
  g_free (self->kid);
  g_free (self->alg);
  g_free (self->use);
  self->kid = g_strdup (kid);
  self->alg = g_strdup (alg);
  self->use = g_strdup (use);
}

const char *
lanyard_key_get_kid (LanyardKey *self)
{
  return self->kid;
}

const char *
lanyard_key_get_alg (LanyardKey *self)
{
  return self->alg;
}

const char *
lanyard_key_get_use (LanyardKey *self)
{
  return self->use;
}

GBytes *
lanyard_key_dup_public_der (LanyardKey *self)
{
  guchar *der = NULL;
  int length = self->pkey != NULL ? i2d_PUBKEY (self->pkey, &der) : 0;
  GBytes *bytes;

  ERR_clear_error ();
  if (length <= 0)
    return NULL;

  bytes = g_bytes_new (der, (gsize)length);
  OPENSSL_free (der);
  return bytes;
}

LanyardKeyKind
lanyard_key_get_kind (LanyardKey *self)
{
  return self->kind;
}

gsize
lanyard_key_get_bits (LanyardKey *self)
{
  return self->bits;
}

EVP_PKEY *
lanyard_key_get_pkey (LanyardKey *self)
{
  return self->pkey;
}

LanyardSecret *
lanyard_key_get_secret (LanyardKey *self)
{
  return self->secret;
}
