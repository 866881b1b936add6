/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"

/* How many elements of a list can be named. */
#define MAX_ELEMENTS 100
/* What is taken out of an answer lies under this name. */
#define VALUE "value"

/* The node at a path: members and elements, "errors.0.message". */
static JsonNode *
find_node (JsonObject *object, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = NULL;

  for (char **name = names; *name != NULL; name++)
    {
      guint64 index;

      if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
        {
          if (node != NULL)
            object = json_node_get_object (node);
          node = json_object_get_member (object, *name);
        }
      else if (JSON_NODE_HOLDS_ARRAY (node) &&
               g_ascii_string_to_unsigned (*name, 10, 0, MAX_ELEMENTS, &index, NULL) &&
               index < json_array_get_length (json_node_get_array (node)))
        node = json_array_get_element (json_node_get_array (node), (guint)index);
      else
        return NULL;
      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        return NULL;
    }

  return node;
}

/* The node at a path in an object of its own, so that it can be read leniently. */
static JsonObject *
wrap_node (JsonObject *object, const char *path)
{
  JsonNode *node = find_node (object, path);
  JsonObject *wrapped = json_object_new ();

  if (node != NULL)
    json_object_set_member (wrapped, VALUE, json_node_ref (node));
  return wrapped;
}

char *
lanyard_answer_dup_text (JsonObject *object, const char *path)
{
  g_autoptr (JsonObject) wrapped = wrap_node (object, path);

  return lanyard_json_dup_text (wrapped, VALUE);
}

gboolean
lanyard_answer_get_int64 (JsonObject *object, const char *path, gint64 *value)
{
  g_autoptr (JsonObject) wrapped = wrap_node (object, path);

  return lanyard_json_get_int64 (wrapped, VALUE, value);
}

char **
lanyard_answer_dup_strv (JsonObject *object, const char *path)
{
  g_autoptr (JsonObject) wrapped = wrap_node (object, path);

  return lanyard_json_dup_strv (wrapped, VALUE);
}

JsonObject *
lanyard_answer_get_object (JsonObject *object, const char *path)
{
  JsonNode *node = find_node (object, path);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
lanyard_answer_fulfils (const char *value, const char *expected)
{
  if (value == NULL)
    return FALSE;
  if (g_str_equal (expected, "*"))
    return TRUE;
  if (*expected == '!')
    return !g_str_equal (value, expected + 1);

  return g_str_equal (value, expected);
}

gboolean
lanyard_answer_has (JsonObject *object, const char *path)
{
  return find_node (object, path) != NULL;
}

const char *
lanyard_answer_find_string (JsonObject *object, char **paths)
{
  for (char **path = paths; *path != NULL; path++)
    {
      JsonNode *node = find_node (object, *path);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
          json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) != '\0')
        return json_node_get_string (node);
    }

  return NULL;
}
