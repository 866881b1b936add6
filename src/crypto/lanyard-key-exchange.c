/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-exchange.h"

#include "lanyard-cipher.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sys/random.h>

#define GENERATOR 2
#define GROUP_SIZE 128

/* Twice the strength of a key of 128 bits, and far more than that of the group, whose prime is a
 * safe one: a longer exponent only takes longer (RFC 7919, section 5.2). */
#define EXPONENT_SIZE 32

struct _LanyardKeyExchange
{
  /* Owned */
  BIGNUM *prime;
  BIGNUM *private_key;
  BIGNUM *public_key;
  BN_CTX *context;
};

static void
check (gboolean worked)
{
  /* Only a lack of memory, or an OpenSSL without its own algorithms. */
  if (!worked)
    g_error ("OpenSSL cannot exchange keys");
}

static BIGNUM *
make_private_key (void)
{
  guchar bytes[EXPONENT_SIZE];
  BIGNUM *key = BN_secure_new ();

  /* The system's own generator: OpenSSL's takes longer to start up than all the rest. */
  if (getentropy (bytes, sizeof bytes) != 0)
    g_error ("The random number generator of the system fails");
  check (BN_bin2bn (bytes, sizeof bytes, key) != NULL);
  OPENSSL_cleanse (bytes, sizeof bytes);
  /* Its bits must not show in the time that it takes. */
  BN_set_flags (key, BN_FLG_CONSTTIME);
  return key;
}

/* Neither 0, 1 nor -1, whose powers everybody knows. */
static gboolean
is_public_key (LanyardKeyExchange *self, const BIGNUM *peer)
{
  BIGNUM *last = BN_dup (self->prime);
  gboolean is_within;

  check (last != NULL && BN_sub_word (last, 1) == 1);
  is_within = BN_cmp (peer, BN_value_one ()) > 0 && BN_cmp (peer, last) < 0;
  BN_free (last);
  return is_within;
}

static LanyardSecret *
derive_key (guchar *shared, gsize length)
{
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
    OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_KEY, shared, length),
    OSSL_PARAM_construct_end (),
  };
  EVP_KDF *hkdf = EVP_KDF_fetch (NULL, "HKDF", NULL);
  EVP_KDF_CTX *context = EVP_KDF_CTX_new (hkdf);
  guchar bytes[LANYARD_CIPHER_KEY_SIZE];
  LanyardSecret *key;

  check (EVP_KDF_derive (context, bytes, sizeof bytes, params) == 1);
  EVP_KDF_CTX_free (context);
  EVP_KDF_free (hkdf);

  key = lanyard_secret_new_bytes (bytes, sizeof bytes);
  OPENSSL_cleanse (bytes, sizeof bytes);
  return key;
}

void
lanyard_key_exchange_prepare (void)
{
  OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
}

void
lanyard_key_exchange_warm_up (void)
{
  /* OpenSSL keeps what it has looked up; only our references go. */
  EVP_KDF_free (EVP_KDF_fetch (NULL, "HKDF", NULL));
  EVP_MD_free (EVP_MD_fetch (NULL, "SHA256", NULL));
  EVP_CIPHER_free (EVP_CIPHER_fetch (NULL, "AES-128-CBC", NULL));
}

LanyardKeyExchange *
lanyard_key_exchange_new (void)
{
  LanyardKeyExchange *self = g_new0 (LanyardKeyExchange, 1);
  BIGNUM *generator = BN_new ();

  self->context = BN_CTX_new ();
  self->prime = BN_get_rfc2409_prime_1024 (NULL);
  self->private_key = make_private_key ();
  self->public_key = BN_new ();
  check (BN_set_word (generator, GENERATOR) == 1 &&
         BN_mod_exp (self->public_key, generator, self->private_key, self->prime, self->context) ==
           1);
  BN_free (generator);
  return self;
}

void
lanyard_key_exchange_free (LanyardKeyExchange *self)
{
  BN_free (self->prime);
  BN_clear_free (self->private_key);
  BN_free (self->public_key);
  BN_CTX_free (self->context);
  g_free (self);
}

GBytes *
lanyard_key_exchange_dup_public_key (LanyardKeyExchange *self)
{
  gsize length = (gsize)BN_num_bytes (self->public_key);
  guchar *bytes = g_malloc (length);

  BN_bn2bin (self->public_key, bytes);
  return g_bytes_new_take (bytes, length);
}

LanyardSecret *
lanyard_key_exchange_derive (LanyardKeyExchange *self, gconstpointer peer, gsize length)
{
  guchar bytes[GROUP_SIZE];
  LanyardSecret *key = NULL;
  BIGNUM *number;

  /* Some write a zero in front, so that nobody takes the number for a negative one. */
  if (length == 0 || length > GROUP_SIZE + 1)
    return NULL;

  number = BN_bin2bn (peer, (int)length, NULL);
  if (is_public_key (self, number))
    {
      BIGNUM *shared = BN_secure_new ();

      check (BN_mod_exp (shared, number, self->private_key, self->prime, self->context) == 1 &&
             BN_bn2binpad (shared, bytes, sizeof bytes) == sizeof bytes);
      BN_clear_free (shared);
      key = derive_key (bytes, sizeof bytes);
      OPENSSL_cleanse (bytes, sizeof bytes);
    }
  BN_free (number);
  return key;
}
