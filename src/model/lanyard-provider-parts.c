/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-parts.h"

#include "lanyard-json.h"
#include "lanyard-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *id;
  LanyardFieldKind kind;
} field_kinds[] = {
  { "text", LANYARD_FIELD_TEXT },  { "secret", LANYARD_FIELD_SECRET },
  { "url", LANYARD_FIELD_URL },    { "choice", LANYARD_FIELD_CHOICE },
  { "pem", LANYARD_FIELD_SECRET },
};

static void
free_field (LanyardField *field)
{
  g_free ((LanyardFieldChoice *)field->choices);
  g_free ((char *)field->pattern);
  g_free (field);
}

static void
free_scope (LanyardScope *scope)
{
  g_free (scope->name);
  g_free (scope->description);
  g_free (scope);
}

static void
free_connector (LanyardConnector *connector)
{
  g_free (connector->id);
  g_free (connector->name);
  g_free (connector->description);
  g_free (connector->hint);
  g_strfreev (connector->scopes);
  g_free (connector);
}

/* The object at @index, or NULL: what is no object was refused by whoever checked the data. */
static JsonObject *
get_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static LanyardFieldChoice *
make_choices (JsonArray *array)
{
  LanyardFieldChoice *choices;

  if (array == NULL)
    return NULL;

  choices = g_new0 (LanyardFieldChoice, json_array_get_length (array) + 1);
  for (guint i = 0, n = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);

      if (object == NULL || lanyard_json_get_string (object, "id") == NULL)
        continue;
      choices[n].id = lanyard_json_get_string (object, "id");
      choices[n].label = lanyard_provider_parts_get_text (object, "label");
      n++;
    }

  return choices;
}

static void
append_optional (GString *pattern, const char *text)
{
  g_autofree char *escaped = text != NULL ? g_regex_escape_string (text, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (pattern, "(?:%s)?", escaped);
}

/* What stands before and behind an entry may be typed or not; the pattern is for what is left. */
static char *
make_pattern (JsonObject *object)
{
  const char *bare = lanyard_json_get_string (object, "pattern");
  g_autoptr (GString) pattern = g_string_new (NULL);

  if (bare == NULL)
    return NULL;

  append_optional (pattern, lanyard_json_get_string (object, "prefix"));
  g_string_append_printf (pattern, "(?:%s)", bare);
  append_optional (pattern, lanyard_json_get_string (object, "suffix"));

  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

/* A field borrows its texts from the data, which lives as long as the provider, and from the
 * translations, which live for ever. */
static gpointer
make_field (JsonObject *object)
{
  const char *type = lanyard_json_get_string (object, "type");
  LanyardField *field = g_new0 (LanyardField, 1);

  field->name = lanyard_json_get_string (object, "name");
  field->label = lanyard_provider_parts_get_text (object, "label");
  field->help = lanyard_provider_parts_get_text (object, "help");
  field->example = lanyard_json_get_string (object, "example");
  field->pattern = make_pattern (object);
  field->default_value = lanyard_json_get_string (object, "default");
  field->choices = make_choices (lanyard_json_get_array (object, "choices"));
  for (guint i = 0; i < G_N_ELEMENTS (field_kinds); i++)
    {
      if (g_strcmp0 (type, field_kinds[i].id) == 0)
        field->kind = field_kinds[i].kind;
    }
  if (lanyard_json_get_boolean (object, "required", FALSE))
    field->flags |= LANYARD_FIELD_REQUIRED;
  if (lanyard_json_get_boolean (object, "advanced", FALSE))
    field->flags |= LANYARD_FIELD_ADVANCED;

  return field;
}

static gpointer
make_method (JsonObject *object)
{
  const char *type_id = lanyard_json_get_string (object, "type");

  return type_id != NULL ? lanyard_method_new (type_id, object) : NULL;
}

static gpointer
make_scope (JsonObject *object)
{
  LanyardScope *scope = g_new0 (LanyardScope, 1);

  scope->name = g_strdup (lanyard_json_get_string (object, "name"));
  scope->description = g_strdup (lanyard_provider_parts_get_text (object, "description"));
  scope->is_sensitive = lanyard_json_get_boolean (object, "sensitive", FALSE);

  return scope;
}

static gpointer
make_connector (JsonObject *object)
{
  LanyardConnector *connector = g_new0 (LanyardConnector, 1);

  connector->id = g_strdup (lanyard_json_get_string (object, "id"));
  connector->name = g_strdup (lanyard_provider_parts_get_text (object, "name"));
  connector->description = g_strdup (lanyard_provider_parts_get_text (object, "description"));
  connector->hint = g_strdup (lanyard_provider_parts_get_text (object, "hint"));
  connector->scopes = lanyard_json_dup_strv (object, "scopes");
  if (connector->scopes == NULL)
    connector->scopes = g_new0 (char *, 1);

  return connector;
}

static GPtrArray *
make_list (JsonObject *data,
           const char *name,
           gpointer (*make) (JsonObject *object),
           GDestroyNotify destroy)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (destroy);
  JsonArray *array = lanyard_json_get_array (data, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      gpointer item = object != NULL ? make (object) : NULL;

      if (item != NULL)
        g_ptr_array_add (list, item);
    }

  return list;
}

const char *
lanyard_provider_parts_translate (const char *text)
{
  /* The translation of "" is the head of the translations. */
  return text != NULL && *text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : NULL;
}

const char *
lanyard_provider_parts_get_text (JsonObject *object, const char *name)
{
  return lanyard_provider_parts_translate (lanyard_json_get_string (object, name));
}

JsonObject *
lanyard_provider_parts_copy (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  return lanyard_json_parse_object (text, strlen (text), NULL);
}

GPtrArray *
lanyard_provider_parts_make_methods (JsonObject *data)
{
  return make_list (data, "methods", make_method, g_object_unref);
}

GPtrArray *
lanyard_provider_parts_make_inputs (JsonObject *data)
{
  return make_list (data, "inputs", make_field, (GDestroyNotify)free_field);
}

GPtrArray *
lanyard_provider_parts_make_scopes (JsonObject *data)
{
  return make_list (data, "scopes", make_scope, (GDestroyNotify)free_scope);
}

GPtrArray *
lanyard_provider_parts_make_connectors (JsonObject *data)
{
  return make_list (data, "connectors", make_connector, (GDestroyNotify)free_connector);
}
