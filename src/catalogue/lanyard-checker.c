/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-checker-private.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ENTRIES 1000
#define MAX_RANK 10000
#define MAX_SECONDS (10LL * 366 * 24 * 60 * 60)

/* Whether a member's name can stand in a message as it is. */
static gboolean
is_plain (const char *name)
{
  gsize length = 0;

  while (g_ascii_isgraph (name[length]))
    length++;

  return length > 0 && length <= LANYARD_CHECKER_MAX_NAME_LENGTH && name[length] == '\0';
}

static gboolean
check_number (LanyardChecker *self,
              JsonNode *node,
              gint64 maximum,
              const char *message,
              GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) > 0 && json_node_get_int (node) <= maximum)
    return TRUE;

  return lanyard_checker_refuse (self, error, message);
}

static gboolean
check_texts (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if ((member->kind == LANYARD_GRAMMAR_PATHS || member->kind == LANYARD_GRAMMAR_CAPTURE_MAP) &&
      JSON_NODE_HOLDS_VALUE (node))
    return lanyard_checker_check_text (self, node, member, error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return lanyard_checker_refuse (self, error, _ ("should be a list of texts"));

  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_ENTRIES)
    return lanyard_checker_refuse (self, error, _ ("has too many entries"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gsize length = lanyard_checker_push_index (self, i);
      JsonNode *element = json_array_get_element (array, i);

      if (!lanyard_checker_check_text (self, element, member, error))
        return FALSE;
      if (!g_hash_table_add (seen, (gpointer)json_node_get_string (element)))
        return lanyard_checker_refuse (self, error, _ ("is there twice"));
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

/* What is no text, but may stand among texts all the same. */
static gboolean
is_other_value (JsonNode *node, const LanyardGrammar *member)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return member->kind == LANYARD_GRAMMAR_NAME_MAP;

  return member->kind == LANYARD_GRAMMAR_PARAM_MAP && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) != G_TYPE_STRING;
}

/* A captured value has a name of its own, so that nothing else can be mistaken for it. */
static gboolean
check_captured (LanyardChecker *self,
                const char *name,
                JsonNode *node,
                const LanyardGrammar *member,
                GError **error)
{
  const char *type = g_hash_table_lookup (self->inputs, name);

  if (!lanyard_checker_check_name (self, name, error))
    return FALSE;
  if (lanyard_grammar_is_taken_name (name) || (g_strcmp0 (type, LANYARD_CHECKER_CAPTURED) != 0 &&
                                               g_strcmp0 (type, LANYARD_CHECKER_ALLOWED) != 0))
    return lanyard_checker_refuse (self, error,
                                   _ ("has the name of something that there is already"));

  return check_texts (self, node, member, error);
}

static gboolean
check_map (LanyardChecker *self, JsonNode *node, const LanyardGrammar *member, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return lanyard_checker_refuse (self, error, _ ("should be an object of texts"));
  if (json_object_get_size (json_node_get_object (node)) > MAX_ENTRIES)
    return lanyard_checker_refuse (self, error, _ ("has too many entries"));

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      gsize length = lanyard_checker_push_name (self, name);

      if (!lanyard_checker_check_key (self, name, error))
        return FALSE;
      if (member->kind == LANYARD_GRAMMAR_CAPTURE_MAP)
        {
          if (!check_captured (self, name, value, member, error))
            return FALSE;
        }
      else if (!is_other_value (value, member) &&
               !lanyard_checker_check_text (self, value, member, error))
        return FALSE;
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

/* What no two objects of a list may have in common; a method without an id goes by its type. */
static gboolean
check_key (LanyardChecker *self,
           JsonObject *object,
           const LanyardGrammar *member,
           GHashTable *seen,
           GError **error)
{
  const char *name = member->key;
  const char *key;

  if (name == NULL)
    return TRUE;

  key = lanyard_json_get_string (object, name);
  if (key == NULL)
    {
      name = "type";
      key = lanyard_json_get_string (object, name);
    }
  if (key == NULL || g_hash_table_add (seen, (gpointer)key))
    return TRUE;

  lanyard_checker_push_name (self, name);
  return lanyard_checker_refuse (self, error, _ ("is there twice"));
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

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return lanyard_checker_refuse (self, error, _ ("should be an object"));
      if (!lanyard_checker_check_object (self, json_node_get_object (element),
                                         choose_members (element, member), error))
        return FALSE;
      if (!check_key (self, json_node_get_object (element), member, seen, error))
        return FALSE;
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
    case LANYARD_GRAMMAR_RANK:
      return check_number (self, node, MAX_RANK, _ ("should be a whole number from 1 to 10,000"),
                           error);
    case LANYARD_GRAMMAR_SECONDS:
      return check_number (self, node, MAX_SECONDS, _ ("should be a number of seconds"), error);
    case LANYARD_GRAMMAR_KEY_OR_NULL:
      return JSON_NODE_HOLDS_NULL (node) || lanyard_checker_check_text (self, node, member, error);
    case LANYARD_GRAMMAR_PATHS:
    case LANYARD_GRAMMAR_TEXTS:
    case LANYARD_GRAMMAR_CHOICES:
      return check_texts (self, node, member, error);
    case LANYARD_GRAMMAR_TEXT_MAP:
    case LANYARD_GRAMMAR_TEMPLATE_MAP:
    case LANYARD_GRAMMAR_PARAM_MAP:
    case LANYARD_GRAMMAR_NAME_MAP:
    case LANYARD_GRAMMAR_PATTERN_MAP:
    case LANYARD_GRAMMAR_CAPTURE_MAP:
      return check_map (self, node, member, error);
    case LANYARD_GRAMMAR_OBJECTS:
      return check_objects (self, node, member, error);
    case LANYARD_GRAMMAR_OBJECT:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return lanyard_checker_refuse (self, error, _ ("should be an object"));
      return lanyard_checker_check_object (self, json_node_get_object (node), member->members,
                                           error);
    default:
      return lanyard_checker_check_text (self, node, member, error);
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

/* A name that two things share stays what it was first: an input, before what is captured. */
static void
add_name (LanyardChecker *self, const char *name, const char *type)
{
  if (!g_hash_table_contains (self->inputs, name))
    g_hash_table_insert (self->inputs, g_strdup (name), g_strdup (type));
}

static void
collect_input (LanyardChecker *self, JsonObject *object)
{
  const char *name = lanyard_json_get_string (object, "name");
  const char *type = lanyard_json_get_string (object, "type");
  g_auto (GStrv) parts = lanyard_json_dup_strv (object, "split.names");

  if (type == NULL)
    type = "text";
  if (name != NULL)
    add_name (self, name, type);
  for (char **part = parts; part != NULL && *part != NULL; part++)
    add_name (self, *part, type);
}

static void
collect_inputs (LanyardChecker *self, JsonObject *root)
{
  JsonArray *array = lanyard_json_get_array (root, "inputs");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        collect_input (self, json_node_get_object (node));
    }
}

/* The captured names, wherever in a method they are captured. One with a pattern beside it may be
 * the host of an address. */
static void
collect_captured (LanyardChecker *self, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_captured (self, json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonObject *captured = lanyard_json_get_object (object, "capture");
      JsonObject *allowed = lanyard_json_get_object (object, "allow");
      g_autoptr (GList) names = captured != NULL ? json_object_get_members (captured) : NULL;
      g_autoptr (GList) values = json_object_get_values (object);

      for (GList *l = names; l != NULL; l = l->next)
        {
          gboolean is_allowed = allowed != NULL && json_object_has_member (allowed, l->data);

          add_name (self, l->data, is_allowed ? LANYARD_CHECKER_ALLOWED : LANYARD_CHECKER_CAPTURED);
        }
      for (GList *l = values; l != NULL; l = l->next)
        collect_captured (self, l->data);
    }
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
lanyard_checker_collect_names (LanyardChecker *self, JsonObject *root)
{
  JsonArray *methods = lanyard_json_get_array (root, "methods");

  collect_inputs (self, root);
  for (guint i = 0; methods != NULL && i < json_array_get_length (methods); i++)
    collect_captured (self, json_array_get_element (methods, i));
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
      g_autofree char *quoted = lanyard_text_quote (name, LANYARD_CHECKER_MAX_NAME_LENGTH);

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
