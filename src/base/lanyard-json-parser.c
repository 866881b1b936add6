/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-json.h"

#include "lanyard-error.h"
#include "lanyard-secret.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A parser of our own rather than JsonParser: that one recurses as deep as its input says, and
 * takes comments, single quotes, trailing commas and repeated names, which another program may read
 * differently. Here the grammar is RFC 8259 and nothing else. */
typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
} Scanner;

static JsonNode *scan_value (Scanner *self, GError **error);

static gboolean
fail (Scanner *self, GError **error, const char *what)
{
  guint line = 1;

  for (const char *c = self->start; c < self->at; c++)
    if (*c == '\n')
      line++;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               /* Translators: the first is a number, the second one of the messages below */
               _ ("This is not valid JSON: line %u: %s"), line, what);
  return FALSE;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL)
    self->at++;
}

static gboolean
accept (Scanner *self, char c)
{
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
accept_word (Scanner *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(self->end - self->at) < length || strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static gboolean
accept_digits (Scanner *self)
{
  const char *first = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > first;
}

static gboolean
scan_hex (Scanner *self, gunichar *value)
{
  *value = 0;
  for (int i = 0; i < 4; i++, self->at++)
    {
      if (self->at == self->end || !g_ascii_isxdigit (*self->at))
        return FALSE;
      *value = *value << 4 | (gunichar)g_ascii_xdigit_value (*self->at);
    }
  return TRUE;
}

/* Behind "\u": one code point, which may be a pair of surrogates. */
static gboolean
scan_code_point (Scanner *self, GString *text, GError **error)
{
  gunichar high;
  gunichar low;

  if (!scan_hex (self, &high))
    return fail (self, error, _ ("four hexadecimal digits should follow “\\u”"));
  if (high == 0)
    return fail (self, error, _ ("a text holds the character NUL"));
  if (high < 0xd800 || high > 0xdfff)
    {
      g_string_append_unichar (text, high);
      return TRUE;
    }

  if (high > 0xdbff || !accept_word (self, "\\u") || !scan_hex (self, &low) || low < 0xdc00 ||
      low > 0xdfff)
    return fail (self, error, _ ("a text holds half a character"));
  g_string_append_unichar (text, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
  return TRUE;
}

static gboolean
scan_escape (Scanner *self, GString *text, GError **error)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char characters[] = "\"\\/\b\f\n\r\t";
  const char *escape;

  if (accept (self, 'u'))
    return scan_code_point (self, text, error);

  escape = self->at < self->end ? strchr (escapes, *self->at) : NULL;
  if (escape == NULL)
    return fail (self, error, _ ("a text holds an unknown escape"));
  g_string_append_c (text, characters[escape - escapes]);
  self->at++;
  return TRUE;
}

/* Behind the opening quotation mark. The text is secret, perhaps: whoever gets it wipes it. */
static char *
scan_string (Scanner *self, GError **error)
{
  const char *close = memchr (self->at, '"', (gsize)(self->end - self->at));
  /* Room for all of it where it has no escaped quotation mark, so that it is seldom moved. */
  GString *text = g_string_sized_new (close != NULL ? (gsize)(close - self->at) + 1 : 16);
  gboolean is_valid = TRUE;

  while (is_valid && !accept (self, '"'))
    {
      if (self->at == self->end)
        is_valid = fail (self, error, _ ("a text does not end"));
      else if ((guchar)*self->at < 0x20)
        is_valid = fail (self, error, _ ("a text holds a control character or a line break"));
      else if (accept (self, '\\'))
        is_valid = scan_escape (self, text, error);
      else
        g_string_append_c (text, *self->at++);
    }

  if (is_valid)
    return g_string_free (text, FALSE);
  explicit_bzero (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return NULL;
}

static JsonNode *
scan_string_node (Scanner *self, GError **error)
{
  char *text = scan_string (self, error);
  JsonNode *node;

  if (text == NULL)
    return NULL;

  node = json_node_init_string (json_node_alloc (), text);
  lanyard_secret_wipe_string (text);
  return node;
}

static JsonNode *
scan_number (Scanner *self, GError **error)
{
  g_autofree char *text = NULL;
  const char *first = self->at;
  gboolean is_integer = TRUE;
  gboolean is_valid;
  gint64 integer;
  double number;

  accept (self, '-');
  is_valid = accept (self, '0') || accept_digits (self);
  if (is_valid && accept (self, '.'))
    {
      is_integer = FALSE;
      is_valid = accept_digits (self);
    }
  if (is_valid && (accept (self, 'e') || accept (self, 'E')))
    {
      is_integer = FALSE;
      if (!accept (self, '+'))
        accept (self, '-');
      is_valid = accept_digits (self);
    }
  if (!is_valid)
    {
      fail (self, error, _ ("something that is no value"));
      return NULL;
    }

  text = g_strndup (first, (gsize)(self->at - first));
  errno = 0;
  integer = g_ascii_strtoll (text, NULL, 10);
  if (is_integer && errno == 0)
    return json_node_init_int (json_node_alloc (), integer);

  number = g_ascii_strtod (text, NULL);
  if (isfinite (number))
    return json_node_init_double (json_node_alloc (), number);
  fail (self, error, _ ("a number is too large"));
  return NULL;
}

static gboolean
scan_member (Scanner *self, JsonObject *object, GError **error)
{
  g_autofree char *name = NULL;
  JsonNode *value;

  skip_space (self);
  if (!accept (self, '"'))
    return fail (self, error, _ ("the name of a member should stand here"));
  name = scan_string (self, error);
  if (name == NULL)
    return FALSE;
  /* Which of two counts differs from reader to reader, and attacks live on that. */
  if (json_object_has_member (object, name))
    return fail (self, error, _ ("an object has two members of the same name"));

  skip_space (self);
  if (!accept (self, ':'))
    return fail (self, error, _ ("“:” is missing"));
  value = scan_value (self, error);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

/* Behind "{". */
static JsonNode *
scan_object (Scanner *self, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  skip_space (self);
  if (!accept (self, '}'))
    {
      do
        {
          if (!scan_member (self, object, error))
            return NULL;
          skip_space (self);
        }
      while (accept (self, ','));

      if (!accept (self, '}'))
        {
          fail (self, error, _ ("“,” or “}” is missing"));
          return NULL;
        }
    }
  return json_node_init_object (json_node_alloc (), object);
}

/* Behind "[". */
static JsonNode *
scan_array (Scanner *self, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();

  skip_space (self);
  if (!accept (self, ']'))
    {
      do
        {
          JsonNode *element = scan_value (self, error);

          if (element == NULL)
            return NULL;
          json_array_add_element (array, element);
          skip_space (self);
        }
      while (accept (self, ','));

      if (!accept (self, ']'))
        {
          fail (self, error, _ ("“,” or “]” is missing"));
          return NULL;
        }
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
scan_container (Scanner *self, GError **error)
{
  JsonNode *node;

  if (self->depth == LANYARD_JSON_MAX_DEPTH)
    {
      fail (self, error, _ ("too many objects and arrays are in each other"));
      return NULL;
    }

  self->depth++;
  node =
    accept (self, '{') ? scan_object (self, error) : (accept (self, '['), scan_array (self, error));
  self->depth--;
  return node;
}

static JsonNode *
scan_value (Scanner *self, GError **error)
{
  skip_space (self);
  if (self->at < self->end && (*self->at == '{' || *self->at == '['))
    return scan_container (self, error);
  if (accept (self, '"'))
    return scan_string_node (self, error);
  if (accept_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (accept_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (accept_word (self, "null"))
    return json_node_init_null (json_node_alloc ());
  return scan_number (self, error);
}

static JsonNode *
scan_text (Scanner *self, GError **error)
{
  gsize length = (gsize)(self->end - self->start);
  g_autoptr (JsonNode) root = NULL;

  /* With a length, g_utf8_validate() finds a NUL, too. */
  if (length > 0 && !g_utf8_validate (self->start, (gssize)length, &self->at))
    {
      fail (self, error, _ ("a character is not UTF-8"));
      return NULL;
    }

  self->at = self->start;
  /* The byte order mark that RFC 8259 section 8.1 lets a reader ignore. */
  accept_word (self, "\357\273\277");
  root = scan_value (self, error);
  if (root == NULL)
    return NULL;

  skip_space (self);
  if (self->at < self->end)
    {
      fail (self, error, _ ("something follows behind the end"));
      return NULL;
    }
  return g_steal_pointer (&root);
}

JsonNode *
lanyard_json_parse_at (const char *data, gsize length, gsize *offset, GError **error)
{
  Scanner scanner = { data, data, data + length, 0 };
  JsonNode *root;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (offset != NULL, NULL);

  *offset = 0;
  if (length > LANYARD_JSON_MAX_SIZE)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This JSON text is too large"));
      return NULL;
    }

  root = scan_text (&scanner, error);
  if (root == NULL)
    *offset = (gsize)(scanner.at - data);
  return root;
}

JsonNode *
lanyard_json_parse (const char *data, gsize length, GError **error)
{
  gsize offset;

  return lanyard_json_parse_at (data, length, &offset, error);
}

JsonObject *
lanyard_json_parse_object (const char *data, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = lanyard_json_parse (data, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This JSON text is not an object"));
      return NULL;
    }
  return json_node_dup_object (root);
}
