/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-pkce.h"

#include "lanyard-encoding.h"
#include "lanyard-pkce.h"

#include <string.h>

char *
lanyard_oauth2_pkce_challenge (const char *encoding, const char *verifier)
{
  g_autofree char *hex = NULL;

  if (encoding == NULL || g_str_equal (encoding, "base64url"))
    return lanyard_pkce_challenge (verifier);

  hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, verifier, -1);
  if (g_str_equal (encoding, "hex"))
    return g_steal_pointer (&hex);

  return lanyard_base64url_encode (hex, strlen (hex));
}
