/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-text.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_CHARS 200

/* What is not seen but changes what is seen around it: the characters that turn the direction of
 * writing, those without width, tags. The two joiners stay, since Persian and emoji need them. */
static gboolean
is_unseen (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
      return TRUE;
    case G_UNICODE_FORMAT:
      return c != 0x200c && c != 0x200d;
    default:
      return FALSE;
    }
}

/* The next character of a text that may be no UTF-8. */
static gunichar
take_char (const char **text)
{
  gunichar c = g_utf8_get_char_validated (*text, -1);

  if (c == (gunichar)-1 || c == (gunichar)-2)
    {
      (*text)++;
      return 0xfffd;
    }
  *text = g_utf8_next_char (*text);
  return c;
}

/* Marks that turn the direction are fine in a name, what overrides or encloses is not: it could
 * make one name look like another. */
static gboolean
is_fit_for_name (gunichar c)
{
  return !is_unseen (c) || c == 0x200e || c == 0x200f || c == 0x061c;
}

char *
lanyard_text_quote (const char *text, guint max_chars)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  gboolean is_space_due = FALSE;
  guint n_chars = 0;
  /* Where to cut so that the ellipsis has room. */
  gsize cut = 0;

  if (text == NULL || max_chars == 0)
    return NULL;

  while (*text != '\0' && n_chars <= max_chars)
    {
      gunichar c = take_char (&text);

      if (is_unseen (c) || g_unichar_isspace (c))
        {
          is_space_due = shown->len > 0;
          continue;
        }
      for (int i = is_space_due ? 0 : 1; i < 2; i++, n_chars++)
        {
          if (n_chars + 1 == max_chars)
            cut = shown->len;
          g_string_append_unichar (shown, i == 0 ? ' ' : c);
        }
      is_space_due = FALSE;
    }

  if (shown->len == 0)
    return NULL;
  if (n_chars > max_chars)
    {
      g_string_truncate (shown, cut);
      g_string_append (shown, "…");
    }
  /* Translators: the quotation marks of your language, around words of a server */
  return g_strdup_printf (_ ("“%s”"), shown->str);
}

gboolean
lanyard_text_check_name (const char *name, GError **error)
{
  const char *message = NULL;
  gboolean is_blank = TRUE;

  g_return_val_if_fail (name != NULL, FALSE);

  if (!g_utf8_validate (name, -1, NULL))
    message = _ ("The name is not valid text (UTF-8); type it anew");
  else if (g_utf8_strlen (name, -1) > MAX_NAME_CHARS)
    message = _ ("The name is too long; 200 characters are possible");

  for (const char *c = name; message == NULL && *c != '\0'; c = g_utf8_next_char (c))
    {
      if (!is_fit_for_name (g_utf8_get_char (c)))
        message = _ ("The name holds a line break or another character that cannot be seen; "
                     "remove it");
      else if (g_unichar_isgraph (g_utf8_get_char (c)))
        is_blank = FALSE;
    }
  if (message == NULL && is_blank)
    message = _ ("A name is needed");

  if (message == NULL)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return FALSE;
}

char *
lanyard_text_dup_key (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *normalised = NULL;
  g_autofree char *folded = NULL;
  char *key;
  const char *start;
  char *end;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  normalised = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  folded = g_utf8_casefold (normalised, -1);
  /* Folding may leave the normal form. */
  key = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);

  /* g_strstrip() knows the spaces of ASCII alone. */
  start = key;
  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  end = key + strlen (key);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  memmove (key, start, (gsize)(end - start));
  key[end - start] = '\0';
  return key;
}
