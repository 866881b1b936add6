/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "token-case.h"

#include <rhonabwy.h>
#include <string.h>

typedef struct
{
  jwk_t *own;
  jwk_t *public;
} Keys;

static jwk_t *
new_jwk (LanyardSecret *text, int type)
{
  const guchar *data = (const guchar *)lanyard_secret_get (text);
  gsize length = lanyard_secret_get_length (text);
  jwk_t *jwk = NULL;

  g_assert_cmpint (r_jwk_init (&jwk), ==, RHN_OK);
  if (strstr (lanyard_secret_get (text), "KEY") != NULL)
    g_assert_cmpint (r_jwk_import_from_pem_der (jwk, type, R_FORMAT_PEM, data, length), ==, RHN_OK);
  else
    g_assert_cmpint (r_jwk_import_from_symmetric_key (jwk, data, length), ==, RHN_OK);
  return jwk;
}

/* Decoded once, as ours are. */
static Keys *
get_keys (TokenCase *self)
{
  Keys *keys = self->peer_keys;

  if (keys == NULL)
    {
      self->peer_keys = keys = g_new0 (Keys, 1);
      keys->own = new_jwk (self->text, R_X509_TYPE_PRIVKEY);
      keys->public = new_jwk (self->public_text, R_X509_TYPE_PUBKEY);
    }
  return keys;
}

void
rhonabwy_sign (gpointer data)
{
  TokenCase *self = data;
  jwt_t *jwt = NULL;
  char *token;

  r_jwt_init (&jwt);
  r_jwt_set_claim_str_value (jwt, "sub", "ada");
  r_jwt_set_sign_alg (jwt, r_str_to_jwa_alg (self->algorithm));
  token = r_jwt_serialize_signed (jwt, get_keys (self)->own, 0);
  g_assert_nonnull (token);
  r_free (token);
  r_jwt_free (jwt);
}

void
rhonabwy_verify (gpointer data)
{
  TokenCase *self = data;
  jwt_t *jwt = NULL;

  r_jwt_init (&jwt);
  g_assert_cmpint (r_jwt_parse (jwt, self->token, 0), ==, RHN_OK);
  g_assert_cmpint (r_jwt_verify_signature (jwt, get_keys (self)->public, 0), ==, RHN_OK);
  r_jwt_free (jwt);
}
