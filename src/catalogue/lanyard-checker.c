/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-checker.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT_LENGTH 2000
#define MAX_NAME_LENGTH 64
#define MAX_ENTRIES 1000
#define MAX_SECONDS (10LL * 366 * 24 * 60 * 60)

struct _LanyardChecker
{
  /* Owned */
  GString *path;
  GHashTable *inputs;
};

/* Whether a member's name can stand in a message as it is. */
static gboolean
is_plain (const char *name)
{
  gsize length = 0;

  while (g_ascii_isgraph (name[length]))
    length++;

  return length > 0 && length <= MAX_NAME_LENGTH && name[length] == '\0';
}

/* Control characters and those that turn the writing direction can make a text look like another
 * one, or smuggle a line into a header. */
static gboolean
is_bad_character (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069);
}

static gboolean
check_characters (LanyardChecker *self, const char *text, GError **error)
{
  if (*text == '\0')
    return lanyard_checker_refuse (self, error, _ ("is empty; leave it out instead"));

  if (strlen (text) > MAX_TEXT_LENGTH)
    return lanyard_checker_refuse (self, error, _ ("is too long"));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_ascii_isprint (*p) && is_bad_character (g_utf8_get_char (p)))
        return lanyard_checker_refuse (self, error,
                                       _ ("holds a line break or another invisible character"));
    }

  return TRUE;
}

static gboolean
get_text (LanyardChecker *self, JsonNode *node, const char **text, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return lanyard_checker_refuse (self, error, _ ("should be a text"));

  *text = json_node_get_string (node);
  return check_characters (self, *text, error);
}

static gboolean
check_name (LanyardChecker *self, const char *text, GError **error)
{
  if (strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (text) &&
      g_ascii_isalnum (*text) && strlen (text) <= MAX_NAME_LENGTH)
    return TRUE;

  return lanyard_checker_refuse (
    self, error, _ ("should be made of at most 64 lower-case letters, digits, “-” and “_”"));
}

static gboolean
check_key (LanyardChecker *self, const char *text, GError **error)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == ':')
        return lanyard_checker_refuse (self, error,
                                       _ ("has a character in its name that cannot stand there"));
    }

  return *text != '\0' || lanyard_checker_refuse (self, error, _ ("has no name"));
}

static gboolean
check_color (LanyardChecker *self, const char *text, GError **error)
{
  if (strlen (text) == 7 && text[0] == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6)
    return TRUE;

  return lanyard_checker_refuse (self, error, _ ("should be a colour like “#1a5fb4”"));
}

static gboolean
check_pattern (LanyardChecker *self, const char *text, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new (text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  return regex != NULL || lanyard_checker_refuse (self, error, _ ("is no regular expression"));
}

static gboolean
check_choice (LanyardChecker *self, const char *text, const LanyardGrammar *member, GError **error)
{
  g_autofree char *choices = NULL;
  g_autofree char *message = NULL;

  if (g_strv_contains (member->choices, text))
    return TRUE;

  choices = g_strjoinv (", ", (char **)member->choices);
  message = g_strdup_printf (_ ("should be one of: %s"), choices);
  return lanyard_checker_refuse (self, error, message);
}

static gboolean
is_template_name (LanyardChecker *self, const char *name, gboolean is_address)
{
  const char *type = g_hash_table_lookup (self->inputs, name);

  if (type != NULL)
    return !is_address || strcmp (type, "secret") != 0;

  return lanyard_grammar_is_template_name (name, is_address);
}

/* Checks the names in braces. With @sample, an address gets something plausible in their places. */
static gboolean
check_template (LanyardChecker *self, const char *text, GString *sample, GError **error)
{
  const char *rest = text;

  for (const char *open = strchr (rest, '{'); open != NULL; open = strchr (rest, '{'))
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;
      g_autofree char *quoted = NULL;
      g_autofree char *message = NULL;

      if (name == NULL)
        return lanyard_checker_refuse (self, error, _ ("has a “{” without a “}”"));
      if (!is_template_name (self, name, sample != NULL))
        {
          quoted = lanyard_text_quote (name, MAX_NAME_LENGTH);
          message = g_strdup_printf (_ ("has the name %s in braces, which there is not or which "
                                        "cannot stand in an address"),
                                        quoted != NULL ? quoted : "{}");
          return lanyard_checker_refuse (self, error, message);
        }

      if (sample != NULL)
        {
          g_string_append_len (sample, rest, open - rest);
          g_string_append (sample, open == text ? "https://sample.example" : "sample");
        }
      rest = close + 1;
    }

  if (sample != NULL)
    g_string_append (sample, rest);
  return TRUE;
}

static gboolean
check_endpoint (LanyardChecker *self, const char *text, GError **error)
{
  g_autoptr (GString) sample = g_string_new (NULL);

  return check_template (self, text, sample, error) &&
         lanyard_uri_check_endpoint (sample->str, self->path->str, error);
}

/* A page for people is an address like the others, but may point into the page. */
static gboolean
check_link (LanyardChecker *self, const char *text, GError **error)
{
  g_autofree char *page = g_strndup (text, strcspn (text, "#"));

  return lanyard_uri_check_endpoint (page, self->path->str, error);
}

static gboolean
check_redirect (LanyardChecker *self, const char *text, GError **error)
{
  if (lanyard_uri_check_redirect (text, error))
    return TRUE;

  g_prefix_error (error, "%s: ", self->path->str);
  return FALSE;
}

static gboolean
check_text (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  const char *text;

  if (!get_text (self, node, &text, error))
    return FALSE;

  switch (member->kind)
    {
    case LANYARD_GRAMMAR_NAME:
      return check_name (self, text, error);
    case LANYARD_GRAMMAR_KEY:
      return check_key (self, text, error);
    case LANYARD_GRAMMAR_COLOR:
      return check_color (self, text, error);
    case LANYARD_GRAMMAR_PATTERN:
      return check_pattern (self, text, error);
    case LANYARD_GRAMMAR_CHOICE:
      return check_choice (self, text, member, error);
    case LANYARD_GRAMMAR_TEMPLATE:
    case LANYARD_GRAMMAR_TEMPLATE_MAP:
      return check_template (self, text, NULL, error);
    case LANYARD_GRAMMAR_URL:
      return check_link (self, text, error);
    case LANYARD_GRAMMAR_ENDPOINT:
      return check_endpoint (self, text, error);
    case LANYARD_GRAMMAR_REDIRECT:
      return check_redirect (self, text, error);
    default:
      return TRUE;
    }
}

static gboolean
check_number (LanyardChecker *self, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) > 0 && json_node_get_int (node) <= MAX_SECONDS)
    return TRUE;

  return lanyard_checker_refuse (self, error, _ ("should be a number of seconds"));
}

static gboolean
check_map (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return lanyard_checker_refuse (self, error, _ ("should be an object of texts"));

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      gsize length = lanyard_checker_push_name (self, name);
      gboolean may_be_null = member->kind == LANYARD_GRAMMAR_NAME_MAP;

      if (!check_key (self, name, error))
        return FALSE;
      if (!(may_be_null && JSON_NODE_HOLDS_NULL (value)) &&
          !check_text (self, value, member, error))
        return FALSE;
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

static gboolean
check_texts (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (member->kind == LANYARD_GRAMMAR_PATHS && JSON_NODE_HOLDS_VALUE (node))
    return check_text (self, node, member, error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return lanyard_checker_refuse (self, error, _ ("should be a list of texts"));

  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_ENTRIES)
    return lanyard_checker_refuse (self, error, _ ("has too many entries"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gsize length = lanyard_checker_push_index (self, i);
      const char *text;

      if (!get_text (self, json_array_get_element (array, i), &text, error))
        return FALSE;
      if (!g_hash_table_add (seen, (gpointer)text))
        return lanyard_checker_refuse (self, error, _ ("is there twice"));
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

/* Which members the object at @node has; a method's depend on its type. */
static const LanyardGrammar *
choose_members (JsonNode *node, const LanyardGrammar *member)
{
  const char *type_id;

  if (member->members != NULL)
    return member->members;

  type_id = lanyard_json_get_string (json_node_get_object (node), "type");
  return lanyard_grammar_get_method (type_id) != NULL ? lanyard_grammar_get_method (type_id)
                                                      : lanyard_grammar_get_method ("basic");
}

static gboolean
check_objects (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return lanyard_checker_refuse (self, error, _ ("should be a list of objects"));

  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0)
    return lanyard_checker_refuse (self, error, _ ("is empty; leave it out instead"));
  if (json_array_get_length (array) > MAX_ENTRIES)
    return lanyard_checker_refuse (self, error, _ ("has too many entries"));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      gsize length = lanyard_checker_push_index (self, i);
      const char *key;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return lanyard_checker_refuse (self, error, _ ("should be an object"));
      if (!lanyard_checker_check_object (self, json_node_get_object (element),
                                         choose_members (element, member), error))
        return FALSE;
      key = member->key != NULL
              ? lanyard_json_get_string (json_node_get_object (element), member->key)
              : NULL;
      if (key != NULL && !g_hash_table_add (seen, (gpointer)key))
        {
          lanyard_checker_push_name (self, member->key);
          return lanyard_checker_refuse (self, error, _ ("is there twice"));
        }
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

static gboolean
check_value (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  switch (member->kind)
    {
    case LANYARD_GRAMMAR_BOOLEAN:
      return (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN) ||
             lanyard_checker_refuse (self, error, _ ("should be true or false"));
    case LANYARD_GRAMMAR_SECONDS:
      return check_number (self, node, error);
    case LANYARD_GRAMMAR_PATHS:
    case LANYARD_GRAMMAR_TEXTS:
      return check_texts (self, node, member, error);
    case LANYARD_GRAMMAR_TEXT_MAP:
    case LANYARD_GRAMMAR_TEMPLATE_MAP:
    case LANYARD_GRAMMAR_NAME_MAP:
      return check_map (self, node, member, error);
    case LANYARD_GRAMMAR_OBJECTS:
      return check_objects (self, node, member, error);
    case LANYARD_GRAMMAR_OBJECT:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return lanyard_checker_refuse (self, error, _ ("should be an object"));
      return lanyard_checker_check_object (self, json_node_get_object (node), member->members,
                                           error);
    default:
      return check_text (self, node, member, error);
    }
}

static const LanyardGrammar *
find_member (const LanyardGrammar *members, const char *name)
{
  for (; members->name != NULL; members++)
    {
      if (strcmp (members->name, name) == 0)
        return members;
    }

  return NULL;
}

LanyardChecker *
lanyard_checker_new (void)
{
  LanyardChecker *self = g_new0 (LanyardChecker, 1);

  self->path = g_string_new (NULL);
  self->inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
lanyard_checker_free (LanyardChecker *self)
{
  g_string_free (self->path, TRUE);
  g_hash_table_unref (self->inputs);
  g_free (self);
}

void
lanyard_checker_add_input (LanyardChecker *self, const char *name, const char *type)
{
  g_hash_table_insert (self->inputs, g_strdup (name), g_strdup (type != NULL ? type : "text"));
}

gsize
lanyard_checker_push_name (LanyardChecker *self, const char *name)
{
  gsize length = self->path->len;

  if (length > 0)
    g_string_append_c (self->path, '.');

  if (is_plain (name))
    g_string_append (self->path, name);
  else
    {
      g_autofree char *quoted = lanyard_text_quote (name, MAX_NAME_LENGTH);

      g_string_append (self->path, quoted != NULL ? quoted : "?");
    }

  return length;
}

gsize
lanyard_checker_push_index (LanyardChecker *self, guint index)
{
  gsize length = self->path->len;

  g_string_append_printf (self->path, "[%u]", index);

  return length;
}

void
lanyard_checker_pop (LanyardChecker *self, gsize length)
{
  g_string_truncate (self->path, length);
}

const char *
lanyard_checker_get_path (LanyardChecker *self)
{
  return self->path->str;
}

gboolean
lanyard_checker_refuse (LanyardChecker *self, GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s: %s", self->path->str, message);
  return FALSE;
}

gboolean
lanyard_checker_check_object (LanyardChecker *self,
                              JsonObject *object,
                              const LanyardGrammar *members,
                              GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const LanyardGrammar *member = find_member (members, name);
      gsize length = lanyard_checker_push_name (self, name);

      if (member == NULL)
        return lanyard_checker_refuse (self, error,
                                       _ ("is not known; perhaps its name is mistyped"));
      if (!check_value (self, node, member, error))
        return FALSE;
      lanyard_checker_pop (self, length);
    }

  for (const LanyardGrammar *member = members; member->name != NULL; member++)
    {
      if (!member->required || json_object_has_member (object, member->name))
        continue;
      lanyard_checker_push_name (self, member->name);
      return lanyard_checker_refuse (self, error, _ ("is missing"));
    }

  return TRUE;
}
