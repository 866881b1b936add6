/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-json.h"

#include <errno.h>
#include <string.h>

static JsonNode *
lookup_typed (JsonObject *object, const char *path, JsonNodeType type)
{
  JsonNode *node = lanyard_json_lookup (object, path);

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

static gboolean
parse_int64 (const char *text, gint64 *value)
{
  char *end;
  gint64 number;

  /* g_ascii_strtoll() would pass over space and "+". */
  if (!g_ascii_isdigit (*text) && *text != '-')
    return FALSE;

  errno = 0;
  number = g_ascii_strtoll (text, &end, 10);
  if (errno != 0 || end == text)
    return FALSE;
  if (*end == '.')
    do
      end++;
    while (g_ascii_isdigit (*end));
  if (*end != '\0')
    return FALSE;

  *value = number;
  return TRUE;
}

JsonNode *
lanyard_json_lookup (JsonObject *object, const char *path)
{
  const char *dot;
  g_autofree char *first = NULL;
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (*path == '\0')
    return NULL;

  dot = strchr (path, '.');
  if (dot != NULL)
    first = g_strndup (path, (gsize)(dot - path));
  node = json_object_get_member (object, first != NULL ? first : path);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (dot == NULL)
    return node;
  return JSON_NODE_HOLDS_OBJECT (node) ? lanyard_json_lookup (json_node_get_object (node), dot + 1)
                                       : NULL;
}

const char *
lanyard_json_get_string (JsonObject *object, const char *path)
{
  JsonNode *node = lookup_typed (object, path, JSON_NODE_VALUE);

  /* json_node_get_string() would complain about another type of value. */
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

char *
lanyard_json_dup_text (JsonObject *object, const char *path)
{
  JsonNode *node = lookup_typed (object, path, JSON_NODE_VALUE);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL)
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_dup_string (node);
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return NULL;
    }
}

gboolean
lanyard_json_get_int64 (JsonObject *object, const char *path, gint64 *value)
{
  JsonNode *node = lookup_typed (object, path, JSON_NODE_VALUE);
  double number;

  g_return_val_if_fail (value != NULL, FALSE);

  if (node == NULL)
    return FALSE;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return parse_int64 (json_node_get_string (node), value);
    case G_TYPE_INT64:
      *value = json_node_get_int (node);
      return TRUE;
    case G_TYPE_DOUBLE:
      number = json_node_get_double (node);
      /* 2^63, which a double holds exactly; beyond it the conversion is undefined. */
      if (number < -0x1p63 || number >= 0x1p63)
        return FALSE;
      *value = (gint64)number;
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
lanyard_json_get_boolean (JsonObject *object, const char *path, gboolean fallback)
{
  JsonNode *node = lookup_typed (object, path, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (node);
}

char **
lanyard_json_dup_strv (JsonObject *object, const char *path)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  const char *text = lanyard_json_get_string (object, path);
  JsonArray *array = lanyard_json_get_array (object, path);

  if (text == NULL && array == NULL)
    return NULL;

  builder = g_strv_builder_new ();
  if (text != NULL)
    g_strv_builder_add (builder, text);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

JsonObject *
lanyard_json_get_object (JsonObject *object, const char *path)
{
  JsonNode *node = lookup_typed (object, path, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
lanyard_json_get_array (JsonObject *object, const char *path)
{
  JsonNode *node = lookup_typed (object, path, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

JsonObject *
lanyard_json_copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return copy;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (copy, name, json_node_copy (node));
  return copy;
}
