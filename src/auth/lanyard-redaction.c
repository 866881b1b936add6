/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-redaction.h"

#include <string.h>

#define BASE64_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"

/* Decodes escapes wherever there are some; a text that has none stays as it is. */
static char *
unescape (const char *text)
{
  char *unescaped = g_malloc (strlen (text) + 1);
  char *out = unescaped;

  for (; *text != '\0'; text++)
    {
      if (*text == '%' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]))
        {
          *out++ = (char)(g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
          text += 2;
        }
      else
        *out++ = *text == '+' ? ' ' : *text;
    }
  *out = '\0';
  return unescaped;
}

/* Reads a word of base64 or base64url, with padding or without. */
static char *
decode_base64 (const char *word, gsize length)
{
  g_autofree char *padded = g_malloc0 (length + 4);
  gsize decoded_length;
  char *decoded;

  memcpy (padded, word, length);
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  for (gsize i = length; i % 4 != 0; i++)
    padded[i] = '=';

  decoded = (char *)g_base64_decode (padded, &decoded_length);
  decoded = g_realloc (decoded, decoded_length + 1);
  decoded[decoded_length] = '\0';
  return decoded;
}

static gboolean
holds_any (char **secrets, const char *text)
{
  g_autofree char *unescaped = unescape (text);
  gboolean holds = FALSE;

  for (char **secret = secrets; *secret != NULL && !holds; secret++)
    holds = strstr (text, *secret) != NULL || strstr (unescaped, *secret) != NULL;

  lanyard_secret_wipe_string (g_steal_pointer (&unescaped));
  return holds;
}

static gboolean
holds_encoded (char **secrets, const char *text)
{
  while (*text != '\0')
    {
      gsize length = strspn (text, BASE64_CHARACTERS);
      char *decoded = decode_base64 (text, length);
      gboolean holds = holds_any (secrets, decoded);

      lanyard_secret_wipe_string (decoded);
      if (holds)
        return TRUE;
      text += length;
      text += strcspn (text, BASE64_CHARACTERS);
    }

  return FALSE;
}

gboolean
lanyard_redaction_holds_secret (LanyardCredentials *credentials, const char *text)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) secrets = NULL;

  g_return_val_if_fail (credentials != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  names = lanyard_credentials_list_names (credentials);
  secrets = g_ptr_array_new ();
  for (char **name = names; *name != NULL; name++)
    {
      /* "bearer" is no secret, and likely to be said. */
      if (!g_str_equal (*name, "token_type"))
        g_ptr_array_add (secrets, (char *)lanyard_credentials_get_text (credentials, *name));
    }
  g_ptr_array_add (secrets, NULL);

  return holds_any ((char **)secrets->pdata, text) || holds_encoded ((char **)secrets->pdata, text);
}
