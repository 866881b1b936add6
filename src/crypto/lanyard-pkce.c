/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-pkce.h"

#include "lanyard-encoding.h"
#include "lanyard-random.h"

#include <openssl/evp.h>
#include <string.h>

char *
lanyard_pkce_new_verifier (void)
{
  return lanyard_random_token (32);
}

char *
lanyard_pkce_challenge (const char *verifier)
{
  guchar digest[EVP_MAX_MD_SIZE];
  guint length;

  g_return_val_if_fail (verifier != NULL, NULL);

  if (EVP_Digest (verifier, strlen (verifier), digest, &length, EVP_sha256 (), NULL) != 1)
    g_error ("OpenSSL cannot compute SHA-256");
  return lanyard_base64url_encode (digest, length);
}
