/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-escape.h"

#include <string.h>

/* RFC 5849 section 3.6. */
static const guint8 UNRESERVED[256] = {
  ['A' ... 'Z'] = TRUE, ['a' ... 'z'] = TRUE, ['0' ... '9'] = TRUE, ['-'] = TRUE,
  ['.'] = TRUE,         ['_'] = TRUE,         ['~'] = TRUE,
};

static inline char *
escape (char *out, const char *text, gsize length, const char *percent, gsize percent_length)
{
  static const char digits[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar)text[i];

      if (UNRESERVED[byte])
        *out++ = text[i];
      else
        {
          out = mempcpy (out, percent, percent_length);
          *out++ = digits[byte >> 4];
          *out++ = digits[byte & 15];
        }
    }
  return out;
}

char *
lanyard_oauth1_escape (const char *text)
{
  gsize length = strlen (text);
  char *escaped = g_malloc (LANYARD_OAUTH1_ESCAPED * length + 1);

  *lanyard_oauth1_write_escaped (escaped, text, length) = '\0';
  return escaped;
}

gsize
lanyard_oauth1_count_plain (const char *text)
{
  const char *end = text;

  while (UNRESERVED[(guchar)*end])
    end++;
  return (gsize)(end - text);
}

char *
lanyard_oauth1_write_escaped (char *out, const char *text, gsize length)
{
  return escape (out, text, length, "%", 1);
}

char *
lanyard_oauth1_write_escaped_twice (char *out, const char *text, gsize length)
{
  /* Of what the first time gives, only the percent sign needs an escape. */
  return escape (out, text, length, "%25", 3);
}
