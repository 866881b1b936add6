/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-params.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_ALLOCATED 4

/* Both texts lie one behind the other in one piece of memory, which is the name's. */
typedef struct
{
  char *name;
  char *value;
} Pair;

struct _LanyardParams
{
  /* Owned */
  Pair *pairs;

  guint n_pairs;
  guint n_allocated;
};

static void
clear_pair (Pair *pair)
{
  explicit_bzero (pair->value, strlen (pair->value));
  g_free (pair->name);
}

/* A name and a value that are to be filled in. */
static void
pair_init (Pair *pair, gsize name_size, gsize value_size)
{
  pair->name = g_malloc (name_size + value_size);
  pair->value = pair->name + name_size;
}

static void
pair_init_copy (Pair *pair, const char *name, const char *value)
{
  gsize name_size = strlen (name) + 1;
  gsize value_size = strlen (value) + 1;

  pair_init (pair, name_size, value_size);
  memcpy (pair->name, name, name_size);
  memcpy (pair->value, value, value_size);
}

static Pair *
get_pair (const LanyardParams *self, guint index)
{
  return &self->pairs[index];
}

/* Takes what is in @pair. */
static void
add_pair (LanyardParams *self, const Pair *pair)
{
  if (self->n_pairs == self->n_allocated)
    {
      self->n_allocated = MAX (2 * self->n_allocated, MIN_ALLOCATED);
      self->pairs = g_renew (Pair, self->pairs, self->n_allocated);
    }
  self->pairs[self->n_pairs++] = *pair;
}

static void
remove_pair (LanyardParams *self, guint index)
{
  clear_pair (get_pair (self, index));
  self->n_pairs--;
  memmove (&self->pairs[index], &self->pairs[index + 1], (self->n_pairs - index) * sizeof (Pair));
}

static gboolean
is_kept (char c)
{
  return g_ascii_isalnum (c) || strchr ("*-._", c) != NULL;
}

static gsize
get_encoded_length (const char *text)
{
  gsize length = 0;

  for (; *text != '\0'; text++)
    length += *text == ' ' || is_kept (*text) ? 1 : 3;
  return length;
}

static char *
write_encoded (char *out, const char *text)
{
  static const char digits[] = "0123456789ABCDEF";

  for (; *text != '\0'; text++)
    {
      guchar c = (guchar)*text;

      if (c == ' ')
        *out++ = '+';
      else if (is_kept (*text))
        *out++ = *text;
      else
        {
          *out++ = '%';
          *out++ = digits[c >> 4];
          *out++ = digits[c & 0xf];
        }
    }
  return out;
}

/* Writes the decoded text, which is never longer, and a NUL behind it. It is written once, so that
 * no copy of a secret is left behind by a buffer that grew. */
static gboolean
decode (char *decoded, const char *text, gsize length, GError **error)
{
  char *out = decoded;
  gboolean is_valid = TRUE;

  for (gsize i = 0; i < length && is_valid; i++)
    {
      char c = text[i];

      if (c == '+')
        c = ' ';
      else if (c == '%')
        {
          is_valid =
            length - i > 2 && g_ascii_isxdigit (text[i + 1]) && g_ascii_isxdigit (text[i + 2]);
          if (!is_valid)
            break;
          c = (char)(g_ascii_xdigit_value (text[i + 1]) << 4 | g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      *out++ = c;
    }
  *out = '\0';

  /* With a length, g_utf8_validate() finds a NUL, too. */
  if (is_valid && g_utf8_validate (decoded, out - decoded, NULL))
    return TRUE;

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       is_valid ? _ ("The parameters hold something that is not text (UTF-8)")
                                : _ ("The parameters hold a “%” that two hexadecimal digits should "
                                     "follow; a “%” itself is written “%25”"));
  return FALSE;
}

static gboolean
parse_pair (LanyardParams *self, const char *text, gsize length, GError **error)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize)(equals - text) : length;
  gsize value_length = equals != NULL ? length - name_length - 1 : 0;
  Pair pair;

  pair_init (&pair, name_length + 1, value_length + 1);
  if (!decode (pair.name, text, name_length, error) ||
      !decode (pair.value, text + length - value_length, value_length, error))
    {
      explicit_bzero (pair.name, name_length + value_length + 2);
      g_free (pair.name);
      return FALSE;
    }

  add_pair (self, &pair);
  return TRUE;
}

LanyardParams *
lanyard_params_new (void)
{
  return g_new0 (LanyardParams, 1);
}

LanyardParams *
lanyard_params_copy (const LanyardParams *self)
{
  LanyardParams *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = lanyard_params_new ();
  for (guint i = 0; i < self->n_pairs; i++)
    lanyard_params_append (copy, get_pair (self, i)->name, get_pair (self, i)->value);
  return copy;
}

void
lanyard_params_free (LanyardParams *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_pairs; i++)
    clear_pair (get_pair (self, i));
  g_free (self->pairs);
  g_free (self);
}

LanyardParams *
lanyard_params_parse (const char *text, GError **error)
{
  g_autoptr (LanyardParams) self = lanyard_params_new ();

  if (text == NULL)
    return g_steal_pointer (&self);

  while (*text != '\0')
    {
      gsize length = (gsize)(strchrnul (text, '&') - text);

      /* What two "&" enclose when nothing is between them is no pair. */
      if (length > 0 && !parse_pair (self, text, length, error))
        return NULL;
      text += length;
      if (*text == '&')
        text++;
    }
  return g_steal_pointer (&self);
}

void
lanyard_params_append (LanyardParams *self, const char *name, const char *value)
{
  Pair pair;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);

  pair_init_copy (&pair, name, value);
  add_pair (self, &pair);
}

void
lanyard_params_append_secret (LanyardParams *self, const char *name, LanyardSecret *value)
{
  g_return_if_fail (value != NULL);

  lanyard_params_append (self, name, lanyard_secret_get (value));
}

void
lanyard_params_set (LanyardParams *self, const char *name, const char *value)
{
  Pair pair;
  gboolean is_due = value != NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  /* Both may belong to a pair that is about to go. */
  pair_init_copy (&pair, name, value != NULL ? value : "");

  /* The first pair of that name gives its place; then there is none left, and the others go. */
  for (guint i = 0; i < self->n_pairs;)
    {
      Pair *other = get_pair (self, i);

      if (!g_str_equal (other->name, pair.name))
        i++;
      else if (is_due)
        {
          clear_pair (other);
          *other = pair;
          is_due = FALSE;
          i++;
        }
      else
        remove_pair (self, i);
    }

  if (is_due)
    add_pair (self, &pair);
  else if (value == NULL)
    clear_pair (&pair);
}

const char *
lanyard_params_get (const LanyardParams *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->n_pairs; i++)
    if (g_str_equal (get_pair (self, i)->name, name))
      return get_pair (self, i)->value;
  return NULL;
}

const char *
lanyard_params_get_ignoring_case (const LanyardParams *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->n_pairs; i++)
    if (g_ascii_strcasecmp (get_pair (self, i)->name, name) == 0)
      return get_pair (self, i)->value;
  return NULL;
}

guint
lanyard_params_get_length (const LanyardParams *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pairs;
}

const char *
lanyard_params_get_nth_name (const LanyardParams *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_pairs, NULL);

  return get_pair (self, index)->name;
}

const char *
lanyard_params_get_nth_value (const LanyardParams *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_pairs, NULL);

  return get_pair (self, index)->value;
}

const char *
lanyard_params_find_repeated (const LanyardParams *self)
{
  g_autoptr (GHashTable) seen = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->n_pairs; i++)
    if (!g_hash_table_add (seen, get_pair (self, i)->name))
      return get_pair (self, i)->name;
  return NULL;
}

char *
lanyard_params_encode (const LanyardParams *self)
{
  gsize length = 0;
  char *text;
  char *out;

  g_return_val_if_fail (self != NULL, NULL);

  /* Two bytes more a pair, for "=" and for "&" or the NUL at the end. Measured first, so that
   * lanyard_params_encode_secret() leaves no copy behind in a buffer that grew. */
  for (guint i = 0; i < self->n_pairs; i++)
    length += get_encoded_length (get_pair (self, i)->name) +
              get_encoded_length (get_pair (self, i)->value) + 2;

  text = out = g_malloc (length + 1);
  for (guint i = 0; i < self->n_pairs; i++)
    {
      if (i > 0)
        *out++ = '&';
      out = write_encoded (out, get_pair (self, i)->name);
      *out++ = '=';
      out = write_encoded (out, get_pair (self, i)->value);
    }
  *out = '\0';
  return text;
}

LanyardSecret *
lanyard_params_encode_secret (const LanyardParams *self)
{
  return lanyard_secret_new_take (lanyard_params_encode (self));
}
