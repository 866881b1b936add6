/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-params.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *name;
  char *value;
} Pair;

struct _LanyardParams
{
  /* Owned */
  GArray *pairs;
};

G_DEFINE_BOXED_TYPE (LanyardParams, lanyard_params, lanyard_params_copy, lanyard_params_free)

static void
clear_pair (Pair *pair)
{
  g_free (pair->name);
  lanyard_secret_wipe_string (pair->value);
}

static Pair *
get_pair (const LanyardParams *self, guint index)
{
  return &g_array_index (self->pairs, Pair, index);
}

static void
take_pair (LanyardParams *self, char *name, char *value)
{
  Pair pair = { name, value };

  g_array_append_val (self->pairs, pair);
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

static char *
decode (const char *text, gsize length, GError **error)
{
  /* The decoded text is never longer. It is written once, so that no copy of a secret is left
   * behind by a buffer that grew. */
  char *decoded = g_malloc (length + 1);
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
    return decoded;

  explicit_bzero (decoded, length + 1);
  g_free (decoded);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       is_valid ? _ ("The parameters hold something that is not text (UTF-8)")
                                : _ ("The parameters hold a “%” that two hexadecimal digits should "
                              "follow; a “%” itself is written “%25”"));
  return NULL;
}

static gboolean
parse_pair (LanyardParams *self, const char *text, gsize length, GError **error)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize)(equals - text) : length;
  g_autofree char *name = decode (text, name_length, error);
  char *value;

  if (name == NULL)
    return FALSE;

  value = equals != NULL ? decode (equals + 1, length - name_length - 1, error) : g_strdup ("");
  if (value == NULL)
    return FALSE;

  take_pair (self, g_steal_pointer (&name), value);
  return TRUE;
}

LanyardParams *
lanyard_params_new (void)
{
  LanyardParams *self = g_new0 (LanyardParams, 1);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_set_clear_func (self->pairs, (GDestroyNotify)clear_pair);
  return self;
}

LanyardParams *
lanyard_params_copy (const LanyardParams *self)
{
  LanyardParams *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = lanyard_params_new ();
  for (guint i = 0; i < self->pairs->len; i++)
    lanyard_params_append (copy, get_pair (self, i)->name, get_pair (self, i)->value);
  return copy;
}

void
lanyard_params_free (LanyardParams *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->pairs);
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
      gsize length = strcspn (text, "&");

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
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);

  take_pair (self, g_strdup (name), g_strdup (value));
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
  g_autofree char *owned_name = NULL;
  char *new_value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  /* Both may belong to a pair that is about to go. */
  owned_name = g_strdup (name);
  new_value = g_strdup (value);

  /* The first pair of that name takes the value; then there is none left, and the others go. */
  for (guint i = 0; i < self->pairs->len;)
    {
      Pair *pair = get_pair (self, i);

      if (!g_str_equal (pair->name, owned_name))
        i++;
      else if (new_value != NULL)
        {
          lanyard_secret_wipe_string (pair->value);
          pair->value = g_steal_pointer (&new_value);
          i++;
        }
      else
        g_array_remove_index (self->pairs, i);
    }

  if (new_value != NULL)
    take_pair (self, g_steal_pointer (&owned_name), new_value);
}

const char *
lanyard_params_get (const LanyardParams *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->pairs->len; i++)
    if (g_str_equal (get_pair (self, i)->name, name))
      return get_pair (self, i)->value;
  return NULL;
}

const char *
lanyard_params_get_ignoring_case (const LanyardParams *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->pairs->len; i++)
    if (g_ascii_strcasecmp (get_pair (self, i)->name, name) == 0)
      return get_pair (self, i)->value;
  return NULL;
}

guint
lanyard_params_get_length (const LanyardParams *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pairs->len;
}

const char *
lanyard_params_get_nth_name (const LanyardParams *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->pairs->len, NULL);

  return get_pair (self, index)->name;
}

const char *
lanyard_params_get_nth_value (const LanyardParams *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->pairs->len, NULL);

  return get_pair (self, index)->value;
}

const char *
lanyard_params_find_repeated (const LanyardParams *self)
{
  g_autoptr (GHashTable) seen = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->pairs->len; i++)
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
  for (guint i = 0; i < self->pairs->len; i++)
    length += get_encoded_length (get_pair (self, i)->name) +
              get_encoded_length (get_pair (self, i)->value) + 2;

  text = out = g_malloc (length + 1);
  for (guint i = 0; i < self->pairs->len; i++)
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
