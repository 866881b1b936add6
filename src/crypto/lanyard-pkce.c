/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-pkce.h"

#include "lanyard-encoding.h"
#include "lanyard-random.h"

char *
lanyard_pkce_new_verifier (void)
{
  return lanyard_random_token (32);
}

char *
lanyard_pkce_challenge (const char *verifier)
{
  /* GLib's, so that a sign-in does without OpenSSL. */
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (verifier != NULL, NULL);

  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return lanyard_base64url_encode (digest, length);
}
