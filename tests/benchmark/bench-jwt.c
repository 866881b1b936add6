/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing and verifying tokens with a key that was decoded once, beside OpenSSL alone, and beside
 * libjwt where it is there. Prints ratios of times that were taken in turns. */

#include "config.h"

#include "lanyard-json.h"
#include "lanyard-jws.h"
#include "lanyard-signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>

#ifdef HAVE_LIBJWT
#include <jwt.h>
#include <stdlib.h>
#endif

#define ROUNDS 12
#define SECRET "0123456789abcdef0123456789abcdef"

typedef struct
{
  const char *name;
  guint n_times;
  EVP_PKEY *pkey;
  LanyardSecret *pem;
  LanyardKey *key;
  GPtrArray *keys;
  char *input;
  char *token;
  LanyardJws *jws;
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize length;
} Case;

typedef void (*Body) (Case *self);

static void
sign_ours (Case *self)
{
  g_free (lanyard_jws_sign_input (self->name, self->key, self->input, NULL));
}

static void
verify_ours (Case *self)
{
  g_assert_true (lanyard_jws_verify (self->jws, self->keys, lanyard_jws_list_algorithms (), NULL));
}

static void
sign_bare (Case *self)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  self->length = sizeof self->signature;
  g_assert_cmpint (EVP_DigestSignInit_ex (context, NULL, "SHA256", NULL, NULL, self->pkey, NULL),
                   ==, 1);
  g_assert_cmpint (EVP_DigestSign (context, self->signature, &self->length,
                                   (const guchar *)self->input, strlen (self->input)),
                   ==, 1);
  EVP_MD_CTX_free (context);
}

static void
verify_bare (Case *self)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  g_assert_cmpint (EVP_DigestVerifyInit_ex (context, NULL, "SHA256", NULL, NULL, self->pkey, NULL),
                   ==, 1);
  g_assert_cmpint (EVP_DigestVerify (context, self->signature, self->length,
                                     (const guchar *)self->input, strlen (self->input)),
                   ==, 1);
  EVP_MD_CTX_free (context);
}

static void
mac_bare (Case *self)
{
  guint length = 0;

  HMAC (EVP_sha256 (), SECRET, strlen (SECRET), (const guchar *)self->input, strlen (self->input),
        self->signature, &length);
}

#ifdef HAVE_LIBJWT
static void
sign_libjwt (Case *self)
{
  jwt_alg_t algorithm = jwt_str_alg (self->name);
  jwt_t *jwt = NULL;
  char *token;

  jwt_new (&jwt);
  jwt_add_grant (jwt, "sub", "ada");
  jwt_set_alg (jwt, algorithm, (const guchar *)lanyard_secret_get (self->pem),
               (int)lanyard_secret_get_length (self->pem));
  token = jwt_encode_str (jwt);
  free (token);
  jwt_free (jwt);
}
#endif

static double
measure (Case *self, Body body)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < self->n_times; i++)
    body (self);
  return (double)(g_get_monotonic_time () - start) / self->n_times;
}

/* The best of several rounds, taken in turns. */
static void
compare (Case *self, const char *what, Body ours, Body peer, const char *peer_name)
{
  double best_ours = G_MAXDOUBLE;
  double best_peer = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      best_ours = MIN (best_ours, measure (self, ours));
      best_peer = MIN (best_peer, measure (self, peer));
    }
  printf ("%s %s: %.2f of %s (%.2f and %.2f µs)\n", self->name, what, best_ours / best_peer,
          peer_name, best_ours, best_peer);
}

static void
set_up (Case *self)
{
  g_autoptr (JsonObject) header = json_object_new ();

  if (self->pkey != NULL)
    {
      BIO *bio = BIO_new (BIO_s_mem ());
      char *data;
      long length;

      PEM_write_bio_PKCS8PrivateKey (bio, self->pkey, NULL, NULL, 0, NULL, NULL);
      length = BIO_get_mem_data (bio, &data);
      self->pem = lanyard_secret_new_bytes (data, (gsize)length);
      self->key = lanyard_key_new_pem (self->pem, NULL, NULL);
      BIO_free (bio);
    }
  else
    {
      self->pem = lanyard_secret_new (SECRET);
      self->key = lanyard_key_new_secret (self->pem);
    }

  json_object_set_string_member (header, "typ", "JWT");
  self->token = lanyard_jws_sign (self->name, self->key, header, "{\"sub\":\"ada\"}", NULL);
  self->input = g_strndup (self->token, (gsize)(strrchr (self->token, '.') - self->token));
  self->jws = lanyard_jws_parse (self->token, NULL);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  g_ptr_array_add (self->keys, lanyard_key_ref (self->key));
}

int
main (void)
{
  Case cases[] = {
    { .name = "RS256", .n_times = 100, .pkey = EVP_RSA_gen (2048) },
    { .name = "ES256", .n_times = 1000, .pkey = EVP_EC_gen ("P-256") },
    { .name = "HS256", .n_times = 20000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Case *self = &cases[i];
      gboolean is_mac = self->pkey == NULL;

      set_up (self);
      compare (self, "sign", sign_ours, is_mac ? mac_bare : sign_bare, "bare OpenSSL");
      compare (self, "verify", verify_ours, is_mac ? mac_bare : verify_bare, "bare OpenSSL");
#ifdef HAVE_LIBJWT
      compare (self, "sign", sign_ours, sign_libjwt, "libjwt");
#endif
      g_ptr_array_unref (self->keys);
      lanyard_key_unref (self->key);
      lanyard_secret_unref (self->pem);
      lanyard_jws_free (self->jws);
      EVP_PKEY_free (self->pkey);
      g_free (self->input);
      g_free (self->token);
    }

  return 0;
}
