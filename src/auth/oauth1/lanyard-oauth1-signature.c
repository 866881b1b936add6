/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-signature.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-oauth1-escape.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  LanyardHash hash;
  gboolean is_rsa;
} METHODS[] = {
  [LANYARD_OAUTH1_HMAC_SHA1] = { "HMAC-SHA1", LANYARD_HASH_SHA1, FALSE },
  [LANYARD_OAUTH1_HMAC_SHA256] = { "HMAC-SHA256", LANYARD_HASH_SHA256, FALSE },
  [LANYARD_OAUTH1_HMAC_SHA512] = { "HMAC-SHA512", LANYARD_HASH_SHA512, FALSE },
  [LANYARD_OAUTH1_RSA_SHA1] = { "RSA-SHA1", LANYARD_HASH_SHA1, TRUE },
  [LANYARD_OAUTH1_RSA_SHA256] = { "RSA-SHA256", LANYARD_HASH_SHA256, TRUE },
  [LANYARD_OAUTH1_RSA_SHA512] = { "RSA-SHA512", LANYARD_HASH_SHA512, TRUE },
  [LANYARD_OAUTH1_PLAINTEXT] = { "PLAINTEXT", LANYARD_HASH_SHA1, FALSE },
};

gboolean
lanyard_oauth1_method_from_name (const char *name, LanyardOAuth1Method *method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    {
      if (g_strcmp0 (METHODS[i].name, name) != 0)
        continue;
      *method = (LanyardOAuth1Method)i;
      return TRUE;
    }

  return FALSE;
}

const char *
lanyard_oauth1_method_get_name (LanyardOAuth1Method method)
{
  return METHODS[method].name;
}

gboolean
lanyard_oauth1_method_is_rsa (LanyardOAuth1Method method)
{
  return METHODS[method].is_rsa;
}

char *
lanyard_oauth1_method_dup_body_hash (LanyardOAuth1Method method, gconstpointer data, gsize length)
{
  guchar digest[LANYARD_HASH_MAX_SIZE];
  gsize digest_length = lanyard_hash_digest (METHODS[method].hash, data, length, digest);

  return lanyard_base64_encode (digest, digest_length);
}

LanyardKey *
lanyard_oauth1_signature_new_shared_key (LanyardSecret *client_secret,
                                         LanyardSecret *token_secret,
                                         GError **error)
{
  char *first = lanyard_oauth1_escape (lanyard_secret_get (client_secret));
  char *second =
    lanyard_oauth1_escape (token_secret != NULL ? lanyard_secret_get (token_secret) : "");
  g_autoptr (LanyardSecret) key = lanyard_secret_new_take (g_strconcat (first, "&", second, NULL));

  lanyard_secret_wipe_string (first);
  lanyard_secret_wipe_string (second);
  return lanyard_key_new_secret (key);
}

char *
lanyard_oauth1_signature_make (LanyardOAuth1Method method,
                               const char *base_string,
                               LanyardKey *key,
                               GError **error)
{
  LanyardSignatureScheme scheme =
    METHODS[method].is_rsa ? LANYARD_SIGNATURE_PKCS1 : LANYARD_SIGNATURE_HMAC;
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize length;

  g_return_val_if_fail (key != NULL, NULL);

  if (method == LANYARD_OAUTH1_PLAINTEXT)
    return g_strdup (lanyard_secret_get (lanyard_key_get_secret (key)));

  length = lanyard_signature_make (key, scheme, METHODS[method].hash, base_string,
                                   strlen (base_string), signature);
  if (length > 0)
    return lanyard_base64_encode (signature, length);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The private key cannot make this signature: an RSA key is needed"));
  return NULL;
}
