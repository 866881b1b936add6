/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jws.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-hmac.h"
#include "lanyard-json.h"

#include <glib/gi18n-lib.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#define MAX_TOKEN_LENGTH (64 * 1024)
/* RFC 7518 section 3.3. */
#define MIN_RSA_BITS 2048

typedef enum
{
  KIND_HMAC,
  KIND_RSA,
  KIND_PSS,
  KIND_EC,
  KIND_ED,
} Kind;

/* @size is the length of a hash, which a shared secret must have at least, or of half an ECDSA
 * signature. */
typedef struct
{
  const char *name;
  Kind kind;
  LanyardHash hash;
  gsize size;
  int bits;
} Algorithm;

static const Algorithm ALGORITHMS[] = {
  { "HS256", KIND_HMAC, LANYARD_HASH_SHA256, 32, 0 },
  { "HS384", KIND_HMAC, LANYARD_HASH_SHA384, 48, 0 },
  { "HS512", KIND_HMAC, LANYARD_HASH_SHA512, 64, 0 },
  { "RS256", KIND_RSA, LANYARD_HASH_SHA256, 0, 0 },
  { "RS384", KIND_RSA, LANYARD_HASH_SHA384, 0, 0 },
  { "RS512", KIND_RSA, LANYARD_HASH_SHA512, 0, 0 },
  { "PS256", KIND_PSS, LANYARD_HASH_SHA256, 0, 0 },
  { "PS384", KIND_PSS, LANYARD_HASH_SHA384, 0, 0 },
  { "PS512", KIND_PSS, LANYARD_HASH_SHA512, 0, 0 },
  { "ES256", KIND_EC, LANYARD_HASH_SHA256, 32, 256 },
  { "ES384", KIND_EC, LANYARD_HASH_SHA384, 48, 384 },
  { "ES512", KIND_EC, LANYARD_HASH_SHA512, 66, 521 },
  { "EdDSA", KIND_ED, LANYARD_HASH_SHA512, 0, 0 },
};

static const Algorithm *
find_algorithm (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ALGORITHMS); i++)
    {
      if (g_strcmp0 (ALGORITHMS[i].name, name) == 0)
        return &ALGORITHMS[i];
    }

  return NULL;
}

/* Whether the key is of the kind that the algorithm needs, and strong enough; a message when not.
 */
static const char *
check_key (const Algorithm *algorithm, LanyardJwk *key)
{
  EVP_PKEY *pkey = lanyard_jwk_get_pkey (key);
  LanyardSecret *secret = lanyard_jwk_get_secret (key);

  if (lanyard_jwk_get_alg (key) != NULL &&
      g_strcmp0 (lanyard_jwk_get_alg (key), algorithm->name) != 0)
    return _ ("the key is meant for another algorithm");
  if ((algorithm->kind == KIND_HMAC) != (secret != NULL))
    return _ ("the key is of another kind than the algorithm needs");

  switch (algorithm->kind)
    {
    case KIND_HMAC:
      return lanyard_secret_get_length (secret) < algorithm->size
        ? _ ("the secret is too short for the algorithm")
        : NULL;
    case KIND_RSA:
    case KIND_PSS:
      if (!EVP_PKEY_is_a (pkey, "RSA"))
        return _ ("the key is of another kind than the algorithm needs");
      return EVP_PKEY_get_bits (pkey) < MIN_RSA_BITS
        ? _ ("an RSA key of 2048 bits or more is needed")
        : NULL;
    case KIND_EC:
      return EVP_PKEY_is_a (pkey, "EC") && EVP_PKEY_get_bits (pkey) == algorithm->bits
               ? NULL
               : _ ("the key is of another kind than the algorithm needs");
    case KIND_ED:
    default:
      return EVP_PKEY_is_a (pkey, "ED25519")
               ? NULL
               : _ ("the key is of another kind than the algorithm needs");
    }
}

/* PSS with MGF1 of the same digest and a salt of its length (RFC 7518 section 3.5). */
static gboolean
set_padding (const Algorithm *algorithm, EVP_PKEY_CTX *context)
{
  return algorithm->kind != KIND_PSS ||
         (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PSS_PADDING) == 1 &&
          EVP_PKEY_CTX_set_rsa_pss_saltlen (context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

static const char *
get_digest (const Algorithm *algorithm)
{
  /* Ed25519 hashes by itself. */
  return algorithm->kind == KIND_ED ? NULL : lanyard_hash_get_name (algorithm->hash);
}

/* OpenSSL writes ECDSA signatures in DER; JWS has R and S one behind the other, with their leading
 * zeros (RFC 7518 section 3.4). */
static GBytes *
der_to_raw (const guchar *der, gsize length, gsize size)
{
  ECDSA_SIG *signature = d2i_ECDSA_SIG (NULL, &der, (long)length);
  guchar *raw = g_malloc (2 * size);

  BN_bn2binpad (ECDSA_SIG_get0_r (signature), raw, (int)size);
  BN_bn2binpad (ECDSA_SIG_get0_s (signature), raw + size, (int)size);
  ECDSA_SIG_free (signature);
  return g_bytes_new_take (raw, 2 * size);
}

static GBytes *
raw_to_der (GBytes *raw, gsize size)
{
  const guchar *data = g_bytes_get_data (raw, NULL);
  ECDSA_SIG *signature;
  guchar *der = NULL;
  GBytes *bytes;
  int length;

  if (g_bytes_get_size (raw) != 2 * size)
    return NULL;

  signature = ECDSA_SIG_new ();
  ECDSA_SIG_set0 (signature, BN_bin2bn (data, (int)size, NULL),
                  BN_bin2bn (data + size, (int)size, NULL));
  length = i2d_ECDSA_SIG (signature, &der);
  ECDSA_SIG_free (signature);
  bytes = g_bytes_new (der, (gsize)length);
  OPENSSL_free (der);
  return bytes;
}

static GBytes *
sign_with_pkey (const Algorithm *algorithm, EVP_PKEY *pkey, const char *input)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gsize length = (gsize)EVP_PKEY_get_size (pkey);
  g_autofree guchar *signature = g_malloc (length);
  EVP_PKEY_CTX *pkey_context = NULL;
  gboolean is_signed;

  is_signed =
    EVP_DigestSignInit_ex (context, &pkey_context, get_digest (algorithm), NULL, NULL, pkey,
                           NULL) == 1 &&
    set_padding (algorithm, pkey_context) &&
    EVP_DigestSign (context, signature, &length, (const guchar *)input, strlen (input)) == 1;
  EVP_MD_CTX_free (context);
  ERR_clear_error ();
  if (!is_signed)
    return NULL;

  return algorithm->kind == KIND_EC ? der_to_raw (signature, length, algorithm->size)
                                    : g_bytes_new (signature, length);
}

static gboolean
verify_with_pkey (const Algorithm *algorithm, EVP_PKEY *pkey, const LanyardJws *jws)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  g_autoptr (GBytes) signature = algorithm->kind == KIND_EC
                                   ? raw_to_der (jws->signature, algorithm->size)
                                   : g_bytes_ref (jws->signature);
  EVP_PKEY_CTX *pkey_context = NULL;
  gboolean is_good;

  is_good =
    signature != NULL &&
    EVP_DigestVerifyInit_ex (context, &pkey_context, get_digest (algorithm), NULL, NULL, pkey,
                             NULL) == 1 &&
    set_padding (algorithm, pkey_context) &&
    EVP_DigestVerify (context, g_bytes_get_data (signature, NULL), g_bytes_get_size (signature),
                      (const guchar *)jws->signing_input, strlen (jws->signing_input)) == 1;
  EVP_MD_CTX_free (context);
  ERR_clear_error ();
  return is_good;
}

static GBytes *
sign_with_secret (const Algorithm *algorithm, LanyardSecret *secret, const char *input)
{
  return lanyard_hmac_sign (algorithm->hash, lanyard_secret_get (secret),
                            lanyard_secret_get_length (secret), input, strlen (input));
}

static gboolean
verify_with_secret (const Algorithm *algorithm, LanyardSecret *secret, const LanyardJws *jws)
{
  g_autoptr (GBytes) expected = sign_with_secret (algorithm, secret, jws->signing_input);
  g_autoptr (LanyardSecret) ours = lanyard_secret_new_bytes (g_bytes_get_data (expected, NULL),
                                                             g_bytes_get_size (expected));
  g_autoptr (LanyardSecret) theirs = lanyard_secret_new_bytes (
    g_bytes_get_data (jws->signature, NULL), g_bytes_get_size (jws->signature));

  return lanyard_secret_equal (ours, theirs);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("The token is not accepted: %s"), message);
  return FALSE;
}

LanyardJws *
lanyard_jws_parse (const char *text, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (LanyardJws) self = g_new0 (LanyardJws, 1);
  g_autoptr (GBytes) header = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parts = strlen (text) <= MAX_TOKEN_LENGTH ? g_strsplit (text, ".", 5) : NULL;
  if (parts == NULL || g_strv_length (parts) != 3)
    {
      fail (error, _ ("it does not have three parts"));
      return NULL;
    }

  header = lanyard_base64url_decode (parts[0], NULL);
  self->payload = lanyard_base64url_decode (parts[1], NULL);
  self->signature = lanyard_base64url_decode (parts[2], NULL);
  self->signing_input = g_strconcat (parts[0], ".", parts[1], NULL);
  if (header != NULL)
    self->header =
      lanyard_json_parse_object (g_bytes_get_data (header, NULL), g_bytes_get_size (header), NULL);
  if (self->header == NULL || self->payload == NULL || self->signature == NULL)
    {
      fail (error, _ ("a part of it cannot be read"));
      return NULL;
    }
  if (json_object_has_member (self->header, "crit"))
    {
      fail (error, _ ("it demands an extension that Lanyard does not know"));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
lanyard_jws_free (LanyardJws *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->header, json_object_unref);
  g_clear_pointer (&self->payload, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  lanyard_secret_wipe_string (self->signing_input);
  g_free (self);
}

gboolean
lanyard_jws_is_algorithm (const char *name)
{
  return find_algorithm (name) != NULL;
}

const char *const *
lanyard_jws_list_algorithms (void)
{
  static const char *names[G_N_ELEMENTS (ALGORITHMS) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (ALGORITHMS); i++)
    names[i] = ALGORITHMS[i].name;
  return names;
}

static char *
encode_signing_input (const Algorithm *algorithm, JsonObject *header, const char *payload)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) complete = json_object_new ();
  g_autofree char *json = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = lanyard_base64url_encode (payload, strlen (payload));
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_set_string_member (complete, "alg", algorithm->name);
  json_object_iter_init (&iter, header);
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!g_str_equal (name, "alg"))
        json_object_set_member (complete, name, json_node_copy (value));
    }
  json_node_set_object (node, complete);
  json = json_to_string (node, FALSE);
  first = lanyard_base64url_encode (json, strlen (json));

  return g_strconcat (first, ".", second, NULL);
}

char *
lanyard_jws_sign (const char *algorithm,
                  LanyardJwk *key,
                  JsonObject *header,
                  const char *payload,
                  GError **error)
{
  const Algorithm *found = find_algorithm (algorithm);
  const char *problem =
    found != NULL ? check_key (found, key) : _ ("Lanyard does not know the algorithm");
  g_autofree char *input = NULL;
  g_autofree char *encoded = NULL;
  g_autoptr (GBytes) signature = NULL;

  if (problem != NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The token cannot be signed: %s"), problem);
      return NULL;
    }

  input = encode_signing_input (found, header, payload);
  if (found->kind == KIND_HMAC)
    signature = sign_with_secret (found, lanyard_jwk_get_secret (key), input);
  else
    signature = sign_with_pkey (found, lanyard_jwk_get_pkey (key), input);
  if (signature == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The token cannot be signed: %s"), _ ("the key is not a private key"));
      return NULL;
    }

  encoded =
    lanyard_base64url_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  return g_strconcat (input, ".", encoded, NULL);
}

static gboolean
can_have_signed (const Algorithm *algorithm, LanyardJwk *key, const char *kid)
{
  if (kid != NULL && lanyard_jwk_get_kid (key) != NULL &&
      !g_str_equal (kid, lanyard_jwk_get_kid (key)))
    return FALSE;
  if (lanyard_jwk_get_use (key) != NULL && !g_str_equal (lanyard_jwk_get_use (key), "sig"))
    return FALSE;

  return check_key (algorithm, key) == NULL;
}

gboolean
lanyard_jws_verify (const LanyardJws *self,
                    GPtrArray *keys,
                    const char *const *algorithms,
                    GError **error)
{
  const char *name = lanyard_json_get_string (self->header, "alg");
  const char *kid = lanyard_json_get_string (self->header, "kid");
  const Algorithm *algorithm = find_algorithm (name);
  gboolean was_tried = FALSE;

  /* "none" is no algorithm that is known here, so it can never be allowed. */
  if (algorithm == NULL || !g_strv_contains (algorithms, name))
    return fail (error, _ ("its algorithm is not allowed"));

  for (guint i = 0; i < keys->len; i++)
    {
      LanyardJwk *key = g_ptr_array_index (keys, i);

      if (!can_have_signed (algorithm, key, kid))
        continue;
      was_tried = TRUE;
      if (algorithm->kind == KIND_HMAC
            ? verify_with_secret (algorithm, lanyard_jwk_get_secret (key), self)
            : verify_with_pkey (algorithm, lanyard_jwk_get_pkey (key), self))
        return TRUE;
    }

  return fail (error,
               was_tried ? _ ("its signature is wrong") : _ ("there is no key for its signature"));
}
