/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-challenge.h"

#include <string.h>

#define SPACE " \t"
#define SEPARATORS " \t,"

/* Reads a token or a quoted string, and leaves @text behind it. */
static char *
read_value (const char **text)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *p = *text;

  if (*p != '"')
    {
      g_string_append_len (value, p, strcspn (p, SEPARATORS));
      *text = p + value->len;
      return g_string_free (g_steal_pointer (&value), FALSE);
    }

  for (p++; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (value, *p);
    }
  *text = *p == '"' ? p + 1 : p;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* The name of a scheme, which has no value, is passed over like a parameter that is not asked for.
 */
static char *
find_param (const char *text, const char *name)
{
  text += strspn (text, SEPARATORS);
  while (*text != '\0')
    {
      gsize length = strcspn (text, SEPARATORS "=");
      gboolean is_asked = length == strlen (name) && g_ascii_strncasecmp (text, name, length) == 0;
      const char *next = text + length + strspn (text + length, SPACE);

      if (*next == '=')
        {
          g_autofree char *value = NULL;

          next += 1 + strspn (next + 1, SPACE);
          value = read_value (&next);
          if (is_asked)
            return g_steal_pointer (&value);
        }
      text = next + strspn (next, SEPARATORS);
    }

  return NULL;
}

char *
lanyard_challenge_dup_param (const LanyardResponse *response, const char *name)
{
  char *value = NULL;

  g_return_val_if_fail (response != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < lanyard_params_get_length (response->headers) && value == NULL; i++)
    {
      if (g_ascii_strcasecmp (lanyard_params_get_nth_name (response->headers, i),
                              "WWW-Authenticate") == 0)
        value = find_param (lanyard_params_get_nth_value (response->headers, i), name);
    }

  return value;
}
