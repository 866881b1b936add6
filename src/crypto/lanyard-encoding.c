/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-encoding.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The six bits of a character, plus one; 0 for one that is not in the alphabet. */
static const guint8 VALUES[256] = {
  ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
  ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
  ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
  ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
  ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
  ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
  ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['-'] = 63, ['_'] = 64,
};

static gboolean
decode (const char *text, gsize length, guchar *bytes)
{
  guint bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint value = VALUES[(guchar)text[i]];

      if (value == 0)
        return FALSE;
      bits = bits << 6 | (value - 1);
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

gsize
lanyard_base64url_write (gconstpointer data, gsize length, char *text)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const guchar *bytes = data;
  char *out = text;

  for (; length >= 3; length -= 3, bytes += 3)
    {
      *out++ = alphabet[bytes[0] >> 2];
      *out++ = alphabet[(bytes[0] & 3) << 4 | bytes[1] >> 4];
      *out++ = alphabet[(bytes[1] & 15) << 2 | bytes[2] >> 6];
      *out++ = alphabet[bytes[2] & 63];
    }
  if (length > 0)
    {
      guint second = length == 2 ? bytes[1] : 0;

      *out++ = alphabet[bytes[0] >> 2];
      *out++ = alphabet[(bytes[0] & 3) << 4 | second >> 4];
      if (length == 2)
        *out++ = alphabet[(second & 15) << 2];
    }
  *out = '\0';
  return (gsize)(out - text);
}

char *
lanyard_base64url_encode (gconstpointer data, gsize length)
{
  char *text;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  text = g_malloc (LANYARD_BASE64URL_SIZE (length));
  lanyard_base64url_write (data, length, text);
  return text;
}

char *
lanyard_base64_encode (gconstpointer data, gsize length)
{
  return g_base64_encode (data, length);
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
