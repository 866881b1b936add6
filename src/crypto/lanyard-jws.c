/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jws.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-signature.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TOKEN_LENGTH (64 * 1024)

/* @bits is what a key must have: a shared secret at least as many as the hash (RFC 7518 section
 * 3.2), RSA at least 2048 (section 3.3), a curve exactly. */
typedef struct
{
  const char *name;
  LanyardSignatureScheme scheme;
  LanyardHash hash;
  gsize bits;
} Algorithm;

static const Algorithm ALGORITHMS[] = {
  { "HS256", LANYARD_SIGNATURE_HMAC, LANYARD_HASH_SHA256, 256 },
  { "HS384", LANYARD_SIGNATURE_HMAC, LANYARD_HASH_SHA384, 384 },
  { "HS512", LANYARD_SIGNATURE_HMAC, LANYARD_HASH_SHA512, 512 },
  { "RS256", LANYARD_SIGNATURE_PKCS1, LANYARD_HASH_SHA256, 2048 },
  { "RS384", LANYARD_SIGNATURE_PKCS1, LANYARD_HASH_SHA384, 2048 },
  { "RS512", LANYARD_SIGNATURE_PKCS1, LANYARD_HASH_SHA512, 2048 },
  { "PS256", LANYARD_SIGNATURE_PSS, LANYARD_HASH_SHA256, 2048 },
  { "PS384", LANYARD_SIGNATURE_PSS, LANYARD_HASH_SHA384, 2048 },
  { "PS512", LANYARD_SIGNATURE_PSS, LANYARD_HASH_SHA512, 2048 },
  { "ES256", LANYARD_SIGNATURE_ECDSA, LANYARD_HASH_SHA256, 256 },
  { "ES384", LANYARD_SIGNATURE_ECDSA, LANYARD_HASH_SHA384, 384 },
  { "ES512", LANYARD_SIGNATURE_ECDSA, LANYARD_HASH_SHA512, 521 },
  { "EdDSA", LANYARD_SIGNATURE_EDDSA, LANYARD_HASH_SHA512, 0 },
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
check_key (const Algorithm *algorithm, LanyardKey *key)
{
  const char *alg = lanyard_key_get_alg (key);

  if (alg != NULL && !g_str_equal (alg, algorithm->name))
    return _ ("the key is meant for another algorithm");
  if (!lanyard_signature_fits (key, algorithm->scheme))
    return _ ("the key is of another kind than the algorithm needs");

  switch (algorithm->scheme)
    {
    case LANYARD_SIGNATURE_HMAC:
      return lanyard_key_get_bits (key) < algorithm->bits
               ? _ ("the secret is too short for the algorithm")
               : NULL;
    case LANYARD_SIGNATURE_PKCS1:
    case LANYARD_SIGNATURE_PSS:
      return lanyard_key_get_bits (key) < algorithm->bits
               ? _ ("an RSA key of 2048 bits or more is needed")
               : NULL;
    case LANYARD_SIGNATURE_ECDSA:
      return lanyard_key_get_bits (key) == algorithm->bits
               ? NULL
               : _ ("the key is of another kind than the algorithm needs");
    case LANYARD_SIGNATURE_EDDSA:
    default:
      return NULL;
    }
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("The token is not accepted: %s"),
               message);
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

/* The header as it is signed, with `alg` in front. */
static char *
write_header (const Algorithm *algorithm, JsonObject *header)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), header);
  g_autofree char *json = json_to_string (node, FALSE);

  return g_strconcat ("{\"alg\":\"", algorithm->name, "\"",
                      json_object_get_size (header) > 0 ? "," : "", json + 1, NULL);
}

static char *
encode_signing_input (const Algorithm *algorithm, JsonObject *header, const char *payload)
{
  g_autofree char *json = write_header (algorithm, header);
  gsize header_length = strlen (json);
  gsize payload_length = strlen (payload);
  char *input =
    g_malloc (LANYARD_BASE64URL_SIZE (header_length) + LANYARD_BASE64URL_SIZE (payload_length));
  gsize length = lanyard_base64url_write (json, header_length, input);

  input[length] = '.';
  lanyard_base64url_write (payload, payload_length, input + length + 1);
  return input;
}

char *
lanyard_jws_sign_input (const char *algorithm, LanyardKey *key, const char *input, GError **error)
{
  const Algorithm *found = find_algorithm (algorithm);
  const char *problem =
    found != NULL ? check_key (found, key) : _ ("Lanyard does not know the algorithm");
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize input_length = strlen (input);
  gsize length = 0;
  char *token;

  if (problem == NULL)
    {
      length =
        lanyard_signature_make (key, found->scheme, found->hash, input, input_length, signature);
      if (length == 0)
        problem = _ ("the key is not a private key");
    }
  if (problem != NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The token cannot be signed: %s"), problem);
      return NULL;
    }

  token = g_malloc (input_length + 1 + LANYARD_BASE64URL_SIZE (length));
  memcpy (token, input, input_length);
  token[input_length] = '.';
  lanyard_base64url_write (signature, length, token + input_length + 1);
  return token;
}

char *
lanyard_jws_sign (const char *algorithm,
                  LanyardKey *key,
                  JsonObject *header,
                  const char *payload,
                  GError **error)
{
  const Algorithm *found = find_algorithm (algorithm);
  g_autofree char *input = NULL;

  g_return_val_if_fail (!json_object_has_member (header, "alg"), NULL);

  if (found == NULL)
    return lanyard_jws_sign_input (algorithm, key, "", error);

  input = encode_signing_input (found, header, payload);
  return lanyard_jws_sign_input (algorithm, key, input, error);
}

static gboolean
can_have_signed (const Algorithm *algorithm, LanyardKey *key, const char *kid)
{
  if (kid != NULL && lanyard_key_get_kid (key) != NULL &&
      !g_str_equal (kid, lanyard_key_get_kid (key)))
    return FALSE;
  if (lanyard_key_get_use (key) != NULL && !g_str_equal (lanyard_key_get_use (key), "sig"))
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
      LanyardKey *key = g_ptr_array_index (keys, i);

      if (!can_have_signed (algorithm, key, kid))
        continue;
      was_tried = TRUE;
      if (lanyard_signature_check (key, algorithm->scheme, algorithm->hash, self->signing_input,
                                   strlen (self->signing_input),
                                   g_bytes_get_data (self->signature, NULL),
                                   g_bytes_get_size (self->signature)))
        return TRUE;
    }

  return fail (error,
               was_tried ? _ ("its signature is wrong") : _ ("there is no key for its signature"));
}
