/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-captured.h"

#include "lanyard-answer.h"
#include "lanyard-error.h"
#include "lanyard-grammar-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In bytes. */
#define MAX_LENGTH 2000

typedef gboolean (*PlaceFunc) (JsonObject *place, gpointer data);

/* Calls @func with each object that says what is captured, wherever it is, until it returns TRUE.
 * The grammar does not let data become deep. */
static gboolean
for_each_place_in (JsonNode *node, PlaceFunc func, gpointer data)
{
  g_autoptr (GList) nodes = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    nodes = json_array_get_elements (json_node_get_array (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      if (lanyard_json_get_object (object, "capture") != NULL && func (object, data))
        return TRUE;
      nodes = json_object_get_values (object);
    }

  for (GList *l = nodes; l != NULL; l = l->next)
    {
      if (for_each_place_in (l->data, func, data))
        return TRUE;
    }

  return FALSE;
}

static void
for_each_place (LanyardMethod *method, PlaceFunc func, gpointer data)
{
  g_autoptr (JsonNode) node =
    json_node_init_object (json_node_alloc (), lanyard_method_get_data (method));

  for_each_place_in (node, func, data);
}

typedef struct
{
  const char *name;
  gboolean is_found;
  const char *pattern;
} Search;

static gboolean
search (JsonObject *place, gpointer data)
{
  Search *wanted = data;
  JsonObject *capture = lanyard_json_get_object (place, "capture");
  JsonObject *allow = lanyard_json_get_object (place, "allow");

  if (capture == NULL || !json_object_has_member (capture, wanted->name))
    return FALSE;

  wanted->is_found = TRUE;
  if (allow != NULL && json_object_has_member (allow, wanted->name))
    wanted->pattern = json_object_get_string_member (allow, wanted->name);
  return wanted->pattern != NULL;
}

static gboolean
matches (const char *pattern, const char *value)
{
  g_autofree char *whole = g_strdup_printf ("\\A(?:%s)\\z", pattern);

  return g_regex_match_simple (whole, value, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

static gboolean
refuse (LanyardAuthContext *context, const char *name, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               _ ("%s sent a value for “%s” that is not allowed there. Nothing was saved; try to "
                  "authorize again"),
               lanyard_provider_get_name (lanyard_auth_context_get_provider (context)), name);
  return FALSE;
}

gboolean
lanyard_captured_is_name (LanyardMethod *method, const char *name)
{
  Search wanted = { .name = name };

  for_each_place (method, search, &wanted);

  return wanted.is_found;
}

static gboolean
is_used (LanyardMethod *method, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const LanyardTemplatePart *part = g_ptr_array_index (parts, i);

      if (part->kind == LANYARD_TEMPLATE_PART_NAME && lanyard_captured_is_name (method, part->text))
        return TRUE;
      if (part->kind == LANYARD_TEMPLATE_PART_CALL && is_used (method, part->arguments))
        return TRUE;
    }

  return FALSE;
}

gboolean
lanyard_captured_is_used (LanyardMethod *method, const char *template)
{
  g_autoptr (GPtrArray) parts = lanyard_grammar_template_parse (template, NULL);

  return parts != NULL && is_used (method, parts);
}

gboolean
lanyard_captured_check (LanyardAuthContext *context,
                        const char *name,
                        const char *value,
                        GError **error)
{
  Search wanted = { .name = name };

  for_each_place (lanyard_auth_context_get_method (context), search, &wanted);

  if (!wanted.is_found || (wanted.pattern != NULL && matches (wanted.pattern, value)))
    return TRUE;

  return refuse (context, name, error);
}

static gboolean
clear (JsonObject *place, gpointer data)
{
  LanyardCredentials *credentials = data;
  JsonObject *capture = lanyard_json_get_object (place, "capture");
  JsonObjectIter iter;
  const char *name;

  if (capture == NULL)
    return FALSE;

  json_object_iter_init (&iter, capture);
  while (json_object_iter_next (&iter, &name, NULL))
    lanyard_credentials_set (credentials, name, NULL);

  return FALSE;
}

void
lanyard_captured_clear (LanyardMethod *method, LanyardCredentials *credentials)
{
  for_each_place (method, clear, credentials);
}

/* Whether a value can be kept: one line that can be seen, and what the pattern wants. */
static gboolean
check_value (LanyardAuthContext *context, const char *name, const char *value, GError **error)
{
  Search wanted = { .name = name };

  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return refuse (context, name, error);
    }
  if (strlen (value) > MAX_LENGTH)
    return refuse (context, name, error);

  for_each_place (lanyard_auth_context_get_method (context), search, &wanted);
  if (wanted.pattern != NULL && !matches (wanted.pattern, value))
    return refuse (context, name, error);

  return TRUE;
}

gboolean
lanyard_captured_store (LanyardAuthContext *context,
                        JsonObject *capture,
                        JsonObject *source,
                        LanyardCredentials *credentials,
                        GError **error)
{
  JsonObjectIter iter;
  const char *name;

  if (capture == NULL)
    return TRUE;

  json_object_iter_init (&iter, capture);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      g_auto (GStrv) paths = lanyard_json_dup_strv (capture, name);
      g_autofree char *value = NULL;

      for (char **path = paths; path != NULL && *path != NULL && value == NULL; path++)
        value = lanyard_answer_dup_text (source, *path);
      if (value == NULL || *value == '\0')
        continue;
      if (!check_value (context, name, value, error))
        return FALSE;
      lanyard_credentials_set_text (credentials, name, value);
    }

  return TRUE;
}
