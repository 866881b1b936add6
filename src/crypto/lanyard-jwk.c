/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwk.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-json.h"

#include <glib/gi18n-lib.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

/* RFC 7518 section 6.2.1.1. */
static const struct
{
  const char *crv;
  const char *group;
  gsize size;
} CURVES[] = {
  { "P-256", "prime256v1", 32 },
  { "P-384", "secp384r1", 48 },
  { "P-521", "secp521r1", 66 },
};

/* Which JWK member is which number of an RSA key. */
static const struct
{
  const char *member;
  const char *param;
} RSA_NUMBERS[] = {
  { "n", OSSL_PKEY_PARAM_RSA_N },          { "e", OSSL_PKEY_PARAM_RSA_E },
  { "d", OSSL_PKEY_PARAM_RSA_D },          { "p", OSSL_PKEY_PARAM_RSA_FACTOR1 },
  { "q", OSSL_PKEY_PARAM_RSA_FACTOR2 },    { "dp", OSSL_PKEY_PARAM_RSA_EXPONENT1 },
  { "dq", OSSL_PKEY_PARAM_RSA_EXPONENT2 }, { "qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1 },
};

/* The bytes of a member, or NULL. A GBytes of secret numbers is short-lived; OpenSSL's copy is
 * wiped with the key. */
static GBytes *
get_bytes (JsonObject *object, const char *member)
{
  const char *text = lanyard_json_get_string (object, member);

  return text != NULL ? lanyard_base64url_decode (text, NULL) : NULL;
}

static BIGNUM *
get_number (JsonObject *object, const char *member)
{
  g_autoptr (GBytes) bytes = get_bytes (object, member);
  gsize size;
  const guchar *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return data != NULL ? BN_bin2bn (data, (int)size, NULL) : NULL;
}

static EVP_PKEY *
build_key (const char *type, int selection, OSSL_PARAM_BLD *builder)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, type, NULL);
  OSSL_PARAM *params = OSSL_PARAM_BLD_to_param (builder);
  EVP_PKEY *pkey = NULL;

  if (params == NULL || EVP_PKEY_fromdata_init (context) != 1 ||
      EVP_PKEY_fromdata (context, &pkey, selection, params) != 1)
    pkey = NULL;
  OSSL_PARAM_free (params);
  EVP_PKEY_CTX_free (context);
  ERR_clear_error ();
  return pkey;
}

static EVP_PKEY *
read_rsa (JsonObject *object)
{
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new ();
  BIGNUM *numbers[G_N_ELEMENTS (RSA_NUMBERS)] = { NULL };
  gboolean is_private = json_object_has_member (object, "d");
  EVP_PKEY *pkey = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (RSA_NUMBERS); i++)
    {
      numbers[i] = get_number (object, RSA_NUMBERS[i].member);
      if (numbers[i] != NULL)
        OSSL_PARAM_BLD_push_BN (builder, RSA_NUMBERS[i].param, numbers[i]);
    }
  if (numbers[0] != NULL && numbers[1] != NULL && (!is_private || numbers[2] != NULL))
    pkey = build_key ("RSA", is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder);

  for (gsize i = 0; i < G_N_ELEMENTS (RSA_NUMBERS); i++)
    BN_clear_free (numbers[i]);
  OSSL_PARAM_BLD_free (builder);
  return pkey;
}

/* RFC 7518 section 6.2.1.2: coordinates have the full length of the curve. */
static gboolean
set_point (JsonObject *object, OSSL_PARAM_BLD *builder, gsize size, guchar *point)
{
  g_autoptr (GBytes) x = get_bytes (object, "x");
  g_autoptr (GBytes) y = get_bytes (object, "y");

  if (x == NULL || y == NULL || g_bytes_get_size (x) != size || g_bytes_get_size (y) != size)
    return FALSE;

  point[0] = POINT_CONVERSION_UNCOMPRESSED;
  memcpy (point + 1, g_bytes_get_data (x, NULL), size);
  memcpy (point + 1 + size, g_bytes_get_data (y, NULL), size);
  return OSSL_PARAM_BLD_push_octet_string (builder, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * size) ==
         1;
}

static EVP_PKEY *
read_ec (JsonObject *object)
{
  const char *crv = lanyard_json_get_string (object, "crv");
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new ();
  BIGNUM *d = get_number (object, "d");
  guchar point[1 + 2 * 66];
  EVP_PKEY *pkey = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (CURVES); i++)
    {
      if (g_strcmp0 (CURVES[i].crv, crv) != 0)
        continue;
      OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_GROUP_NAME, CURVES[i].group, 0);
      if (d != NULL)
        OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_PRIV_KEY, d);
      if (set_point (object, builder, CURVES[i].size, point))
        pkey = build_key ("EC", d != NULL ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder);
    }

  BN_clear_free (d);
  OSSL_PARAM_BLD_free (builder);
  return pkey;
}

static EVP_PKEY *
read_okp (JsonObject *object)
{
  g_autoptr (GBytes) d = get_bytes (object, "d");
  g_autoptr (GBytes) x = get_bytes (object, "x");
  EVP_PKEY *pkey = NULL;

  if (g_strcmp0 (lanyard_json_get_string (object, "crv"), "Ed25519") != 0)
    return NULL;

  if (d != NULL)
    pkey = EVP_PKEY_new_raw_private_key_ex (NULL, "ED25519", NULL, g_bytes_get_data (d, NULL),
                                            g_bytes_get_size (d));
  else if (x != NULL)
    pkey = EVP_PKEY_new_raw_public_key_ex (NULL, "ED25519", NULL, g_bytes_get_data (x, NULL),
                                           g_bytes_get_size (x));
  ERR_clear_error ();
  return pkey;
}

static LanyardKey *
read_oct (JsonObject *object)
{
  g_autoptr (GBytes) k = get_bytes (object, "k");
  g_autoptr (LanyardSecret) secret = NULL;

  if (k == NULL)
    return NULL;

  secret = lanyard_secret_new_bytes (g_bytes_get_data (k, NULL), g_bytes_get_size (k));
  return lanyard_key_new_secret (secret);
}

LanyardKey *
lanyard_jwk_read (JsonObject *object, GError **error)
{
  const char *kty = lanyard_json_get_string (object, "kty");
  EVP_PKEY *pkey = NULL;
  LanyardKey *key = NULL;

  if (g_strcmp0 (kty, "RSA") == 0)
    pkey = read_rsa (object);
  else if (g_strcmp0 (kty, "EC") == 0)
    pkey = read_ec (object);
  else if (g_strcmp0 (kty, "OKP") == 0)
    pkey = read_okp (object);
  else if (g_strcmp0 (kty, "oct") == 0)
    key = read_oct (object);
  if (pkey != NULL)
    key = lanyard_key_new_pkey (pkey);
  if (key == NULL)
    {
      g_set_error_literal (
        error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
        _ ("This JWK cannot be used: it is incomplete, or of a kind that Lanyard does not know"));
      return NULL;
    }

  lanyard_key_bind (key, lanyard_json_get_string (object, "kid"),
                    lanyard_json_get_string (object, "alg"),
                    lanyard_json_get_string (object, "use"));
  return key;
}

GPtrArray *
lanyard_jwk_read_set (JsonObject *set)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  JsonArray *array = lanyard_json_get_array (set, "keys");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      LanyardKey *key =
        JSON_NODE_HOLDS_OBJECT (node) ? lanyard_jwk_read (json_node_get_object (node), NULL) : NULL;

      if (key != NULL)
        g_ptr_array_add (keys, key);
    }

  return keys;
}
