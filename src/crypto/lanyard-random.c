/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-random.h"

#include "lanyard-encoding.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

char *
lanyard_random_token (gsize n_bytes)
{
  guchar *bytes;
  char *token;

  g_return_val_if_fail (n_bytes >= 16 && n_bytes <= 1024, NULL);

  bytes = g_malloc (n_bytes);
  if (RAND_priv_bytes (bytes, (int)n_bytes) != 1)
    g_error ("The random number generator of OpenSSL fails");

  token = lanyard_base64url_encode (bytes, n_bytes);
  OPENSSL_cleanse (bytes, n_bytes);
  g_free (bytes);
  return token;
}
