/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-search-key.h"

#include <string.h>

enum
{
  RANK_NONE,
  RANK_INSIDE,
  RANK_WORDS,
  RANK_NAME_WORDS,
  RANK_BEGINS,
  RANK_NAME_BEGINS,
  RANK_IS_TEXT,
  RANK_IS_NAME,
};

/* Appends the words of a text, which must be normalised so that accents are characters. */
static void
append_words (GString *folded, const char *text)
{
  gboolean is_between = FALSE;
  gsize start = folded->len;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_ismark (character))
        continue;
      if (!g_unichar_isalnum (character))
        {
          is_between = TRUE;
          continue;
        }
      if (is_between && folded->len > start)
        g_string_append_c (folded, ' ');
      is_between = FALSE;
      g_string_append_unichar (folded, character);
    }
}

static void
append_text (GString *key, const char *text)
{
  g_autofree char *folded = lanyard_search_key_fold (text);

  if (*folded == '\0')
    return;
  if (key->len > 0)
    g_string_append_c (key, '\n');
  g_string_append (key, folded);
}

/* A text of several words in one piece, as it may be typed. */
static void
append_joined (GString *key, const char *name)
{
  g_autofree char *folded = lanyard_search_key_fold (name);
  g_auto (GStrv) words = NULL;
  g_autofree char *joined = NULL;

  if (strchr (folded, ' ') == NULL)
    return;

  words = g_strsplit (folded, " ", -1);
  joined = g_strjoinv (NULL, words);
  append_text (key, joined);
}

/* Whether a word of the @length bytes at @text begins with @word, or with @is_inside, holds it. */
static gboolean
has_word (const char *text, gsize length, const char *word, gsize word_length, gboolean is_inside)
{
  const char *found = text;

  while ((found = memmem (found, length - (gsize)(found - text), word, word_length)) != NULL)
    {
      if (is_inside || found == text || found[-1] == ' ' || found[-1] == '\n')
        return TRUE;
      found++;
    }

  return FALSE;
}

static gboolean
has_words (const char *text, gsize length, const char *words, gboolean is_inside)
{
  for (const char *word = words; *word != '\0';)
    {
      gsize word_length = strcspn (word, " ");

      if (!has_word (text, length, word, word_length, is_inside))
        return FALSE;
      word += word_length;
      word += strspn (word, " ");
    }

  return TRUE;
}

/* How the texts of a key begin: the name counts more than the others. */
static guint
rank_beginnings (const char *key, const char *words)
{
  gsize length = strlen (words);
  guint best = RANK_NONE;

  for (const char *line = key; line != NULL; line = strchr (line, '\n'))
    {
      gboolean is_name = line == key;
      guint rank = RANK_NONE;

      if (*line == '\n')
        line++;
      if (strncmp (line, words, length) != 0)
        continue;
      if (line[length] == '\0' || line[length] == '\n')
        rank = is_name ? RANK_IS_NAME : RANK_IS_TEXT;
      else
        rank = is_name ? RANK_NAME_BEGINS : RANK_BEGINS;
      best = MAX (best, rank);
    }

  return best;
}

char *
lanyard_search_key_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *normalized = NULL;
  g_autofree char *folded = NULL;
  GString *words;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  folded = g_utf8_casefold (valid, -1);
  normalized = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  words = g_string_sized_new (strlen (normalized));
  append_words (words, normalized);

  return g_string_free (words, FALSE);
}

char *
lanyard_search_key_new (const char *name, const char *const *others)
{
  GString *key;

  g_return_val_if_fail (name != NULL, NULL);

  key = g_string_new (NULL);
  append_text (key, name);
  append_joined (key, name);
  for (; others != NULL && *others != NULL; others++)
    append_text (key, *others);

  return g_string_free (key, FALSE);
}

guint
lanyard_search_key_rank (const char *key, const char *words)
{
  guint rank;

  g_return_val_if_fail (key != NULL, 0);
  g_return_val_if_fail (words != NULL, 0);

  if (*words == '\0')
    return RANK_INSIDE;

  rank = rank_beginnings (key, words);
  if (rank != RANK_NONE)
    return rank;
  if (has_words (key, strcspn (key, "\n"), words, FALSE))
    return RANK_NAME_WORDS;
  if (has_words (key, strlen (key), words, FALSE))
    return RANK_WORDS;

  return has_words (key, strlen (key), words, TRUE) ? RANK_INSIDE : RANK_NONE;
}
