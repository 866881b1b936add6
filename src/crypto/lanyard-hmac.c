/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-hmac.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

const char *
lanyard_hash_get_name (LanyardHash hash)
{
  static const char *const NAMES[] = { "SHA1", "SHA256", "SHA384", "SHA512" };

  g_return_val_if_fail ((guint)hash < G_N_ELEMENTS (NAMES), NULL);

  return NAMES[hash];
}

GBytes *
lanyard_hmac_sign (LanyardHash hash,
                   gconstpointer key,
                   gsize key_length,
                   gconstpointer data,
                   gsize length)
{
  /* Looking the algorithm up costs many times what using it does. */
  static EVP_MAC *hmac;
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST, (char *)lanyard_hash_get_name (hash),
                                      0),
    OSSL_PARAM_construct_end (),
  };
  guchar signature[EVP_MAX_MD_SIZE];
  gsize signature_length = 0;
  EVP_MAC_CTX *context;
  gboolean is_signed;

  if (hmac == NULL)
    hmac = EVP_MAC_fetch (NULL, "HMAC", NULL);
  context = EVP_MAC_CTX_new (hmac);
  /* OpenSSL takes no key for none at all. */
  is_signed =
    EVP_MAC_init (context, key_length > 0 ? key : (const void *)"", key_length, params) == 1 &&
    EVP_MAC_update (context, data, length) == 1 &&
    EVP_MAC_final (context, signature, &signature_length, sizeof signature) == 1;
  EVP_MAC_CTX_free (context);

  /* Only an OpenSSL without HMAC could fail here. */
  if (!is_signed)
    g_error ("OpenSSL cannot make an HMAC with %s", lanyard_hash_get_name (hash));
  return g_bytes_new (signature, signature_length);
}
