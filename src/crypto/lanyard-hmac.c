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

/* Only an OpenSSL without the usual digests can fail. */
static void
check (int result)
{
  if (result != 1)
    g_error ("OpenSSL cannot make a digest");
}

gsize
lanyard_hash_digest (LanyardHash hash, gconstpointer data, gsize length, guchar *digest)
{
  gsize digest_length = 0;

  check (
    EVP_Q_digest (NULL, lanyard_hash_get_name (hash), NULL, data, length, digest, &digest_length));
  return digest_length;
}

EVP_MAC_CTX *
lanyard_hmac_new_context (LanyardHash hash, gconstpointer key, gsize key_length)
{
  /* Looking the algorithm up costs many times what using it does. */
  static EVP_MAC *hmac;
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST, (char *)lanyard_hash_get_name (hash),
                                      0),
    OSSL_PARAM_construct_end (),
  };
  EVP_MAC_CTX *context;

  if (hmac == NULL)
    hmac = EVP_MAC_fetch (NULL, "HMAC", NULL);
  context = EVP_MAC_CTX_new (hmac);
  /* OpenSSL takes no key for none at all. */
  check (EVP_MAC_init (context, key_length > 0 ? key : (const void *)"", key_length, params));
  return context;
}

gsize
lanyard_hmac_use_context (EVP_MAC_CTX *context, gconstpointer data, gsize length, guchar *mac)
{
  gsize mac_length = 0;

  /* Without a key it begins again with the one that it has. */
  check (EVP_MAC_init (context, NULL, 0, NULL));
  check (EVP_MAC_update (context, data, length));
  check (EVP_MAC_final (context, mac, &mac_length, LANYARD_HMAC_MAX_SIZE));
  return mac_length;
}

GBytes *
lanyard_hmac_sign (LanyardHash hash,
                   gconstpointer key,
                   gsize key_length,
                   gconstpointer data,
                   gsize length)
{
  EVP_MAC_CTX *context = lanyard_hmac_new_context (hash, key, key_length);
  guchar mac[LANYARD_HMAC_MAX_SIZE];
  gsize mac_length = lanyard_hmac_use_context (context, data, length, mac);

  EVP_MAC_CTX_free (context);
  return g_bytes_new (mac, mac_length);
}
