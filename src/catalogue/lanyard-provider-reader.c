/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-reader.h"

#include "lanyard-error.h"
#include "lanyard-grammar.h"
#include "lanyard-json.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT_LENGTH 2000
#define MAX_NAME_LENGTH 64
#define MAX_SECONDS (10LL * 366 * 24 * 60 * 60)

/* What is being read, and where: `methods[0].token.url`. */
typedef struct
{
  /* Owned */
  GString *path;
  GHashTable *inputs;
} Reader;

static gboolean
check_object (Reader *self, JsonObject *object, const LanyardGrammar *members, GError **error);

static void
reader_clear (Reader *self)
{
  g_string_free (self->path, TRUE);
  g_hash_table_unref (self->inputs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* Whether a member's name can stand in a message as it is. */
static gboolean
is_plain (const char *name)
{
  gsize length = 0;

  while (g_ascii_isgraph (name[length]))
    length++;

  return length > 0 && length <= MAX_NAME_LENGTH && name[length] == '\0';
}

/* Both return the length to which pop() cuts the path again. */
static gsize
push_name (Reader *self, const char *name)
{
  gsize length = self->path->len;
  g_autofree char *quoted = lanyard_text_quote (name, MAX_NAME_LENGTH);

  if (length > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, is_plain (name) || quoted == NULL ? name : quoted);

  return length;
}

static gsize
push_index (Reader *self, guint index)
{
  gsize length = self->path->len;

  g_string_append_printf (self->path, "[%u]", index);

  return length;
}

static void
pop (Reader *self, gsize length)
{
  g_string_truncate (self->path, length);
}

static gboolean
refuse (Reader *self, GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s: %s", self->path->str, message);
  return FALSE;
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
check_characters (Reader *self, const char *text, GError **error)
{
  if (*text == '\0')
    return refuse (self, error, _ ("is empty; leave it out instead"));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_bad_character (g_utf8_get_char (p)))
        return refuse (self, error, _ ("holds a line break or another invisible character"));
      if (p - text >= MAX_TEXT_LENGTH)
        return refuse (self, error, _ ("is too long"));
    }

  return TRUE;
}

static gboolean
get_text (Reader *self, JsonNode *node, const char **text, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (self, error, _ ("should be a text"));

  *text = json_node_get_string (node);
  return check_characters (self, *text, error);
}

static gboolean
check_name (Reader *self, const char *text, GError **error)
{
  if (strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (text) &&
      g_ascii_isalnum (*text) && strlen (text) <= MAX_NAME_LENGTH)
    return TRUE;

  return refuse (self, error,
                 _ ("should be made of at most 64 lower-case letters, digits, “-” and “_”"));
}

static gboolean
check_key (Reader *self, const char *text, GError **error)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == ':')
        return refuse (self, error, _ ("has a character in its name that cannot stand there"));
    }

  return *text != '\0' || refuse (self, error, _ ("has no name"));
}

static gboolean
check_color (Reader *self, const char *text, GError **error)
{
  if (strlen (text) == 7 && text[0] == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6)
    return TRUE;

  return refuse (self, error, _ ("should be a colour like “#1a5fb4”"));
}

static gboolean
check_pattern (Reader *self, const char *text, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new (text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  return regex != NULL || refuse (self, error, _ ("is no regular expression"));
}

static gboolean
check_choice (Reader *self, const char *text, const LanyardGrammar *member, GError **error)
{
  g_autofree char *choices = NULL;
  g_autofree char *message = NULL;

  if (g_strv_contains (member->choices, text))
    return TRUE;

  choices = g_strjoinv (", ", (char **)member->choices);
  message = g_strdup_printf (_ ("should be one of: %s"), choices);
  return refuse (self, error, message);
}

static gboolean
is_template_name (Reader *self, const char *name, gboolean is_address)
{
  const char *type = g_hash_table_lookup (self->inputs, name);

  if (type != NULL)
    return !is_address || strcmp (type, "secret") != 0;

  return lanyard_grammar_is_template_name (name, !is_address);
}

/* Checks the names in braces. With @sample, an address gets something plausible in their places. */
static gboolean
check_template (Reader *self, const char *text, GString *sample, GError **error)
{
  const char *rest = text;

  for (const char *open = strchr (rest, '{'); open != NULL; open = strchr (rest, '{'))
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;
      g_autofree char *quoted = NULL;
      g_autofree char *message = NULL;

      if (name == NULL)
        return refuse (self, error, _ ("has a “{” without a “}”"));
      if (!is_template_name (self, name, sample != NULL))
        {
          quoted = lanyard_text_quote (name, MAX_NAME_LENGTH);
          message = g_strdup_printf (_ ("has the name %s in braces, which there is not or which "
                                        "cannot stand in an address"),
                                        quoted != NULL ? quoted : "{}");
          return refuse (self, error, message);
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
check_endpoint (Reader *self, const char *text, GError **error)
{
  g_autoptr (GString) sample = g_string_new (NULL);

  return check_template (self, text, sample, error) &&
         lanyard_uri_check_endpoint (sample->str, self->path->str, error);
}

/* A page for people is an address like the others, but may point into the page. */
static gboolean
check_link (Reader *self, const char *text, GError **error)
{
  g_autofree char *page = g_strndup (text, strcspn (text, "#"));

  return lanyard_uri_check_endpoint (page, self->path->str, error);
}

static gboolean
check_redirect (Reader *self, const char *text, GError **error)
{
  if (lanyard_uri_check_redirect (text, error))
    return TRUE;

  g_prefix_error (error, "%s: ", self->path->str);
  return FALSE;
}

static gboolean
check_text (Reader *self, JsonNode *node, const LanyardGrammar *member, GError **error)
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
check_number (Reader *self, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) > 0 && json_node_get_int (node) <= MAX_SECONDS)
    return TRUE;

  return refuse (self, error, _ ("should be a number of seconds"));
}

static gboolean
check_map (Reader *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (self, error, _ ("should be an object of texts"));

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      gsize length = push_name (self, name);
      gboolean may_be_null = member->kind == LANYARD_GRAMMAR_NAME_MAP;

      if (!check_key (self, name, error))
        return FALSE;
      if (!(may_be_null && JSON_NODE_HOLDS_NULL (value)) &&
          !check_text (self, value, member, error))
        return FALSE;
      pop (self, length);
    }

  return TRUE;
}

static gboolean
check_texts (Reader *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (member->kind == LANYARD_GRAMMAR_PATHS && JSON_NODE_HOLDS_VALUE (node))
    return check_text (self, node, member, error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (self, error, _ ("should be a list of texts"));

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gsize length = push_index (self, i);
      const char *text;

      if (!get_text (self, json_array_get_element (array, i), &text, error))
        return FALSE;
      if (!g_hash_table_add (seen, (gpointer)text))
        return refuse (self, error, _ ("is there twice"));
      pop (self, length);
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
check_objects (Reader *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (self, error, _ ("should be a list of objects"));

  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0)
    return refuse (self, error, _ ("is empty; leave it out instead"));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      gsize length = push_index (self, i);
      const char *key;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (self, error, _ ("should be an object"));
      if (!check_object (self, json_node_get_object (element), choose_members (element, member),
                         error))
        return FALSE;
      key = member->key != NULL
              ? lanyard_json_get_string (json_node_get_object (element), member->key)
              : NULL;
      if (key != NULL && !g_hash_table_add (seen, (gpointer)key))
        {
          push_name (self, member->key);
          return refuse (self, error, _ ("is there twice"));
        }
      pop (self, length);
    }

  return TRUE;
}

static gboolean
check_value (Reader *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  switch (member->kind)
    {
    case LANYARD_GRAMMAR_BOOLEAN:
      return (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN) ||
             refuse (self, error, _ ("should be true or false"));
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
        return refuse (self, error, _ ("should be an object"));
      return check_object (self, json_node_get_object (node), member->members, error);
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

static gboolean
check_object (Reader *self, JsonObject *object, const LanyardGrammar *members, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const LanyardGrammar *member = find_member (members, name);
      gsize length = push_name (self, name);

      if (member == NULL)
        return refuse (self, error, _ ("is not known; perhaps its name is mistyped"));
      if (!check_value (self, node, member, error))
        return FALSE;
      pop (self, length);
    }

  for (const LanyardGrammar *member = members; member->name != NULL; member++)
    {
      if (!member->required || json_object_has_member (object, member->name))
        continue;
      push_name (self, member->name);
      return refuse (self, error, _ ("is missing"));
    }

  return TRUE;
}

/* The inputs come first, because everything else may name them. */
static void
collect_inputs (Reader *self, JsonObject *root)
{
  JsonArray *array = lanyard_json_get_array (root, "inputs");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *name, *type;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      name = lanyard_json_get_string (json_node_get_object (node), "name");
      type = lanyard_json_get_string (json_node_get_object (node), "type");
      if (name != NULL)
        g_hash_table_insert (self->inputs, g_strdup (name),
                             g_strdup (type != NULL ? type : "text"));
    }
}

static gboolean
check_inputs (Reader *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *inputs = lanyard_provider_list_inputs (provider);

  for (guint i = 0; i < inputs->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (inputs, i);
      gsize length = push_name (self, "inputs");

      push_index (self, i);
      if (lanyard_grammar_is_template_name (field->name, TRUE))
        return refuse (self, error, _ ("has the name of something that there is already"));
      if ((field->kind == LANYARD_FIELD_CHOICE) != (field->choices != NULL))
        return refuse (self, error, _ ("should have choices exactly when its type is “choice”"));
      if (!lanyard_field_check (field, field->default_value, error))
        {
          g_prefix_error (error, "%s.default: ", self->path->str);
          return FALSE;
        }
      pop (self, length);
    }

  return TRUE;
}

static gboolean
check_connectors (Reader *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);

  for (guint i = 0; i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);

      for (guint j = 0; connector->scopes[j] != NULL; j++)
        {
          if (lanyard_provider_find_scope (provider, connector->scopes[j]) != NULL)
            continue;
          push_name (self, "connectors");
          push_index (self, i);
          push_name (self, "scopes");
          push_index (self, j);
          return refuse (self, error, _ ("is not one of the provider’s scopes"));
        }
    }

  return TRUE;
}

/* Whoever is not custom must say where to sign in and where tokens come from. */
static gboolean
check_methods (Reader *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *methods = lanyard_provider_list_methods (provider);

  for (guint i = 0; i < methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (methods, i);
      gsize length = push_name (self, "methods");

      push_index (self, i);
      if (strcmp (lanyard_method_get_type_id (method), "oauth2") == 0 &&
          !lanyard_provider_is_custom (provider) &&
          lanyard_method_get_string (method, "issuer") == NULL)
        {
          if (lanyard_method_get_string (method, "authorize.url") == NULL)
            {
              push_name (self, "authorize.url");
              return refuse (self, error, _ ("is missing"));
            }
          if (lanyard_method_get_string (method, "token.url") == NULL &&
              lanyard_method_get_string (method, "callback.token") == NULL)
            {
              push_name (self, "token.url");
              return refuse (self, error, _ ("is missing"));
            }
        }
      pop (self, length);
    }

  return TRUE;
}

LanyardProvider *
lanyard_provider_reader_read (const char *text, gsize length, const char *id, GError **error)
{
  g_auto (Reader) self = { g_string_new (NULL),
                           g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (LanyardProvider) provider = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = lanyard_json_parse_object (text, length, error);
  if (root == NULL)
    return NULL;

  collect_inputs (&self, root);
  if (!check_object (&self, root, lanyard_grammar_get_provider (), error))
    return NULL;
  if (strcmp (lanyard_json_get_string (root, "id"), id) != 0)
    {
      push_name (&self, "id");
      refuse (&self, error, _ ("should be the name of the file without “.json”"));
      return NULL;
    }

  provider = lanyard_provider_new (root);
  if (!check_inputs (&self, provider, error) || !check_connectors (&self, provider, error) ||
      !check_methods (&self, provider, error))
    return NULL;

  return g_steal_pointer (&provider);
}
