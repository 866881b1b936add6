/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-random.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#define NONCE_BYTES 16
#define N_NONCES 64

static void
check (int result)
{
  if (result != 1)
    g_error ("The random number generator of OpenSSL fails");
}

char *
lanyard_random_token (gsize n_bytes)
{
  guchar *bytes;
  char *token;

  g_return_val_if_fail (n_bytes >= 16 && n_bytes <= 1024, NULL);

  bytes = g_malloc (n_bytes);
  check (RAND_priv_bytes (bytes, (int)n_bytes));

  token = lanyard_base64url_encode (bytes, n_bytes);
  OPENSSL_cleanse (bytes, n_bytes);
  g_free (bytes);
  return token;
}

void
lanyard_random_write_nonce (char *nonce)
{
  static guchar bytes[N_NONCES][NONCE_BYTES];
  static guint n_left;

  if (n_left == 0)
    {
      check (RAND_bytes (bytes[0], sizeof bytes));
      n_left = N_NONCES;
    }

  lanyard_base64url_write (bytes[--n_left], NONCE_BYTES, nonce);
}
