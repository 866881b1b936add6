/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-signature.h"

#include "lanyard-key-private.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

/* The size of a coordinate on P-521, the largest curve that is in use. */
#define MAX_COORDINATE 66

static gboolean
set_padding (LanyardSignatureScheme scheme, EVP_PKEY_CTX *context)
{
  return scheme != LANYARD_SIGNATURE_PSS ||
         (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PSS_PADDING) == 1 &&
          EVP_PKEY_CTX_set_rsa_pss_saltlen (context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

static EVP_MD_CTX *
prepare (LanyardKey *key, LanyardSignatureScheme scheme, LanyardHash hash, gboolean verifies)
{
  const char *digest = scheme == LANYARD_SIGNATURE_EDDSA ? NULL : lanyard_hash_get_name (hash);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *pkey_context = NULL;
  int is_ready;

  if (verifies)
    is_ready =
      EVP_DigestVerifyInit_ex (context, &pkey_context, digest, key->library, NULL, key->pkey, NULL);
  else
    is_ready =
      EVP_DigestSignInit_ex (context, &pkey_context, digest, key->library, NULL, key->pkey, NULL);
  if (is_ready == 1 && set_padding (scheme, pkey_context))
    return context;

  EVP_MD_CTX_free (context);
  return NULL;
}

/* A context for one use. Copying what was prepared is quicker than to begin again. */
static EVP_MD_CTX *
dup_context (LanyardKey *key, LanyardSignatureScheme scheme, LanyardHash hash, gboolean verifies)
{
  LanyardKeyPrepared *prepared = verifies ? &key->verifier : &key->signer;
  EVP_MD_CTX *context;

  if (prepared->context == NULL || prepared->scheme != scheme || prepared->hash != hash)
    {
      EVP_MD_CTX_free (prepared->context);
      prepared->context = prepare (key, scheme, hash, verifies);
      prepared->scheme = scheme;
      prepared->hash = hash;
    }
  if (prepared->context == NULL)
    return NULL;

  context = EVP_MD_CTX_new ();
  if (EVP_MD_CTX_copy_ex (context, prepared->context) == 1)
    return context;

  EVP_MD_CTX_free (context);
  return NULL;
}

static gsize
get_coordinate_size (LanyardKey *key)
{
  return (key->bits + 7) / 8;
}

/* OpenSSL writes ECDSA signatures in DER. */
static gsize
der_to_raw (const guchar *der, gsize length, gsize size, guchar *raw)
{
  ECDSA_SIG *signature = d2i_ECDSA_SIG (NULL, &der, (long)length);
  gboolean is_written;

  if (signature == NULL)
    return 0;

  is_written = BN_bn2binpad (ECDSA_SIG_get0_r (signature), raw, (int)size) > 0 &&
               BN_bn2binpad (ECDSA_SIG_get0_s (signature), raw + size, (int)size) > 0;
  ECDSA_SIG_free (signature);
  return is_written ? 2 * size : 0;
}

/* Returns: the length; 0 when @raw has not the size of the curve */
static gsize
raw_to_der (const guchar *raw, gsize length, gsize size, guchar *der)
{
  ECDSA_SIG *signature;
  int der_length;

  if (length != 2 * size || size > MAX_COORDINATE)
    return 0;

  signature = ECDSA_SIG_new ();
  ECDSA_SIG_set0 (signature, BN_bin2bn (raw, (int)size, NULL),
                  BN_bin2bn (raw + size, (int)size, NULL));
  der_length = i2d_ECDSA_SIG (signature, &der);
  ECDSA_SIG_free (signature);
  return der_length > 0 ? (gsize)der_length : 0;
}

static gsize
make_mac (LanyardKey *key, LanyardHash hash, gconstpointer data, gsize length, guchar *mac)
{
  if (key->mac == NULL || key->mac_hash != hash)
    {
      EVP_MAC_CTX_free (key->mac);
      key->mac = lanyard_hmac_new_context (hash, lanyard_secret_get (key->secret),
                                           lanyard_secret_get_length (key->secret));
      key->mac_hash = hash;
    }

  return lanyard_hmac_use_context (key->mac, data, length, mac);
}

gboolean
lanyard_signature_fits (LanyardKey *key, LanyardSignatureScheme scheme)
{
  static const LanyardKeyKind KINDS[] = {
    [LANYARD_SIGNATURE_HMAC] = LANYARD_KEY_SECRET,   [LANYARD_SIGNATURE_PKCS1] = LANYARD_KEY_RSA,
    [LANYARD_SIGNATURE_PSS] = LANYARD_KEY_RSA,       [LANYARD_SIGNATURE_ECDSA] = LANYARD_KEY_EC,
    [LANYARD_SIGNATURE_EDDSA] = LANYARD_KEY_ED25519,
  };

  g_return_val_if_fail ((guint)scheme < G_N_ELEMENTS (KINDS), FALSE);

  return key->kind == KINDS[scheme];
}

gsize
lanyard_signature_make (LanyardKey *key,
                        LanyardSignatureScheme scheme,
                        LanyardHash hash,
                        gconstpointer data,
                        gsize length,
                        guchar *signature)
{
  guchar der[2 * MAX_COORDINATE + 16];
  guchar *target = scheme == LANYARD_SIGNATURE_ECDSA ? der : signature;
  gsize size = scheme == LANYARD_SIGNATURE_ECDSA ? sizeof der : LANYARD_SIGNATURE_MAX_SIZE;
  EVP_MD_CTX *context;
  gboolean is_signed;

  if (!lanyard_signature_fits (key, scheme))
    return 0;
  if (scheme == LANYARD_SIGNATURE_HMAC)
    return make_mac (key, hash, data, length, signature);

  context = dup_context (key, scheme, hash, FALSE);
  is_signed = context != NULL && EVP_DigestSign (context, target, &size, data, length) == 1;
  EVP_MD_CTX_free (context);
  if (!is_signed)
    {
      ERR_clear_error ();
      return 0;
    }

  return scheme == LANYARD_SIGNATURE_ECDSA
           ? der_to_raw (der, size, get_coordinate_size (key), signature)
           : size;
}

gboolean
lanyard_signature_check (LanyardKey *key,
                         LanyardSignatureScheme scheme,
                         LanyardHash hash,
                         gconstpointer data,
                         gsize length,
                         gconstpointer signature,
                         gsize signature_length)
{
  guchar der[2 * MAX_COORDINATE + 16];
  guchar mac[LANYARD_HMAC_MAX_SIZE];
  EVP_MD_CTX *context;
  gboolean is_good;

  if (!lanyard_signature_fits (key, scheme))
    return FALSE;
  if (scheme == LANYARD_SIGNATURE_HMAC)
    return make_mac (key, hash, data, length, mac) == signature_length &&
           CRYPTO_memcmp (mac, signature, signature_length) == 0;
  if (scheme == LANYARD_SIGNATURE_ECDSA)
    {
      signature_length = raw_to_der (signature, signature_length, get_coordinate_size (key), der);
      signature = der;
    }

  context = signature_length > 0 ? dup_context (key, scheme, hash, TRUE) : NULL;
  is_good =
    context != NULL && EVP_DigestVerify (context, signature, signature_length, data, length) == 1;
  EVP_MD_CTX_free (context);
  if (!is_good)
    ERR_clear_error ();
  return is_good;
}
