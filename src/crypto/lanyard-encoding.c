/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-encoding.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The six bits of a character; -1 for one that is not in the alphabet. */
static int
get_value (char c)
{
  const char *place = c != '\0' ? strchr (alphabet, c) : NULL;

  return place != NULL ? (int)(place - alphabet) : -1;
}

static gboolean
decode (const char *text, gsize length, guchar *bytes)
{
  guint bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      int value = get_value (text[i]);

      if (value == -1)
        return FALSE;
      bits = bits << 6 | (guint)value;
      n_bits += 6;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          *bytes++ = (guchar)(bits >> n_bits);
          bits &= (1u << n_bits) - 1;
        }
    }

  /* One character alone makes no byte, and bits that no byte needs must be zero: else several texts
   * would mean the same bytes (RFC 4648 section 3.5). */
  return n_bits < 6 && bits == 0;
}

char *
lanyard_base64url_encode (gconstpointer data, gsize length)
{
  char *text;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  text = length > 0 ? g_base64_encode (data, length) : g_strdup ("");
  text[strcspn (text, "=")] = '\0';
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  return text;
}

GBytes *
lanyard_base64url_decode (const char *text, GError **error)
{
  guchar *bytes;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  /* At most two bytes more than are needed. */
  bytes = g_malloc (length / 4 * 3 + 3);
  if (decode (text, length, bytes))
    return g_bytes_new_take (bytes, length * 3 / 4);

  explicit_bzero (bytes, length / 4 * 3 + 3);
  g_free (bytes);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The text is not base64url without padding"));
  return NULL;
}
