/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider.h"

#include "lanyard-json.h"
#include "lanyard-text.h"

#include <string.h>

struct _LanyardProvider
{
  GObject parent_instance;

  /* Owned */
  JsonObject *data;
  GPtrArray *methods;
  GPtrArray *inputs;
  GPtrArray *scopes;
  GPtrArray *connectors;
  char *search_key;

  /* Borrowed */
  const char *color;
};

G_DEFINE_FINAL_TYPE (LanyardProvider, lanyard_provider, G_TYPE_OBJECT)

/* For providers without a colour of their own; white text is readable on each. */
static const char *const badge_colors[] = {
  "#1a5fb4", "#1c71d8", "#1b7f4f", "#26734d", "#813d9c", "#613583", "#a51d2d",
  "#c01c28", "#b5460f", "#865e3c", "#63452c", "#3d6a86", "#4b5563",
};

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
      choices[n].label = lanyard_json_get_string (object, "label");
      n++;
    }

  return choices;
}

/* A field borrows its texts from the data, which lives as long as the provider. */
static gpointer
make_field (LanyardProvider *self, JsonObject *object)
{
  const char *type = lanyard_json_get_string (object, "type");
  LanyardField *field = g_new0 (LanyardField, 1);

  field->name = lanyard_json_get_string (object, "name");
  field->label = lanyard_json_get_string (object, "label");
  field->help = lanyard_json_get_string (object, "help");
  field->example = lanyard_json_get_string (object, "example");
  field->pattern = lanyard_json_get_string (object, "pattern");
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
make_method (LanyardProvider *self, JsonObject *object)
{
  const char *type_id = lanyard_json_get_string (object, "type");

  return type_id != NULL ? lanyard_method_new (type_id, object) : NULL;
}

static gpointer
make_scope (LanyardProvider *self, JsonObject *object)
{
  LanyardScope *scope = g_new0 (LanyardScope, 1);

  scope->name = g_strdup (lanyard_json_get_string (object, "name"));
  scope->description = g_strdup (lanyard_json_get_string (object, "description"));

  return scope;
}

static gpointer
make_connector (LanyardProvider *self, JsonObject *object)
{
  LanyardConnector *connector = g_new0 (LanyardConnector, 1);

  connector->id = g_strdup (lanyard_json_get_string (object, "id"));
  connector->name = g_strdup (lanyard_json_get_string (object, "name"));
  connector->description = g_strdup (lanyard_json_get_string (object, "description"));
  connector->scopes = lanyard_json_dup_strv (object, "scopes");
  if (connector->scopes == NULL)
    connector->scopes = g_new0 (char *, 1);

  return connector;
}

static GPtrArray *
make_list (LanyardProvider *self,
           const char *name,
           gpointer (*make) (LanyardProvider *self, JsonObject *object),
           GDestroyNotify destroy)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (destroy);
  JsonArray *array = lanyard_json_get_array (self->data, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      gpointer item = object != NULL ? make (self, object) : NULL;

      if (item != NULL)
        g_ptr_array_add (list, item);
    }

  return list;
}

static const char *
choose_color (const char *id)
{
  return badge_colors[g_str_hash (id) % G_N_ELEMENTS (badge_colors)];
}

static void
append_new (GPtrArray *list, const char *const *strings)
{
  for (; strings != NULL && *strings != NULL; strings++)
    {
      if (!g_ptr_array_find_with_equal_func (list, *strings, g_str_equal, NULL))
        g_ptr_array_add (list, g_strdup (*strings));
    }
}

static const char *
get_search_key (LanyardProvider *self)
{
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) aliases = NULL;

  if (self->search_key != NULL)
    return self->search_key;

  text = g_string_new (lanyard_provider_get_name (self));
  aliases = lanyard_json_dup_strv (self->data, "aliases");
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    g_string_append_printf (text, "\n%s", aliases[i]);
  if (lanyard_provider_get_website (self) != NULL)
    g_string_append_printf (text, "\n%s", lanyard_provider_get_website (self));
  self->search_key = lanyard_text_dup_key (text->str);

  return self->search_key;
}

static void
lanyard_provider_finalize (GObject *object)
{
  LanyardProvider *self = LANYARD_PROVIDER (object);

  g_clear_pointer (&self->methods, g_ptr_array_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->scopes, g_ptr_array_unref);
  g_clear_pointer (&self->connectors, g_ptr_array_unref);
  g_clear_pointer (&self->data, json_object_unref);
  g_free (self->search_key);

  G_OBJECT_CLASS (lanyard_provider_parent_class)->finalize (object);
}

static void
lanyard_provider_class_init (LanyardProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lanyard_provider_finalize;
}

static void
lanyard_provider_init (LanyardProvider *self)
{
}

LanyardProvider *
lanyard_provider_new (JsonObject *data)
{
  LanyardProvider *self;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (lanyard_json_get_string (data, "id") != NULL, NULL);
  g_return_val_if_fail (lanyard_json_get_string (data, "name") != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_PROVIDER, NULL);
  self->data = json_object_ref (data);
  self->methods = make_list (self, "methods", make_method, g_object_unref);
  self->inputs = make_list (self, "inputs", make_field, (GDestroyNotify)free_field);
  self->scopes = make_list (self, "scopes", make_scope, (GDestroyNotify)free_scope);
  self->connectors = make_list (self, "connectors", make_connector, (GDestroyNotify)free_connector);
  self->color = lanyard_json_get_string (data, "color");
  if (self->color == NULL)
    self->color = choose_color (lanyard_provider_get_id (self));

  return self;
}

const char *
lanyard_provider_get_id (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (self->data, "id");
}

const char *
lanyard_provider_get_name (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (self->data, "name");
}

const char *
lanyard_provider_get_website (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (self->data, "website");
}

const char *
lanyard_provider_get_docs_url (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (self->data, "docs_url");
}

const char *
lanyard_provider_get_registration_url (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (self->data, "registration_url");
}

const char *
lanyard_provider_get_hint (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (self->data, "hint");
}

const char *
lanyard_provider_get_color (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->color;
}

gboolean
lanyard_provider_is_custom (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), FALSE);

  return lanyard_json_get_boolean (self->data, "custom", FALSE);
}

GPtrArray *
lanyard_provider_list_methods (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->methods;
}

LanyardMethod *
lanyard_provider_find_method (LanyardProvider *self, const char *type_id)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  for (guint i = 0; i < self->methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (self->methods, i);

      if (type_id == NULL || strcmp (lanyard_method_get_type_id (method), type_id) == 0)
        return method;
    }

  return NULL;
}

GPtrArray *
lanyard_provider_list_inputs (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->inputs;
}

GPtrArray *
lanyard_provider_list_scopes (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->scopes;
}

const LanyardScope *
lanyard_provider_find_scope (LanyardProvider *self, const char *name)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  for (guint i = 0; i < self->scopes->len; i++)
    {
      LanyardScope *scope = g_ptr_array_index (self->scopes, i);

      if (g_strcmp0 (scope->name, name) == 0)
        return scope;
    }

  return NULL;
}

GPtrArray *
lanyard_provider_list_connectors (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->connectors;
}

const LanyardConnector *
lanyard_provider_find_connector (LanyardProvider *self, const char *id)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  for (guint i = 0; i < self->connectors->len; i++)
    {
      LanyardConnector *connector = g_ptr_array_index (self->connectors, i);

      if (g_strcmp0 (connector->id, id) == 0)
        return connector;
    }

  return NULL;
}

char **
lanyard_provider_collect_scopes (LanyardProvider *self,
                                 LanyardMethod *method,
                                 const char *const *connectors,
                                 const char *const *scopes)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_auto (GStrv) always = NULL;

  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (method == NULL || LANYARD_IS_METHOD (method), NULL);

  if (method != NULL)
    always = lanyard_method_dup_strv (method, "authorize.scope.always");
  append_new (list, (const char *const *)always);
  for (; connectors != NULL && *connectors != NULL; connectors++)
    {
      const LanyardConnector *connector = lanyard_provider_find_connector (self, *connectors);

      if (connector != NULL)
        append_new (list, (const char *const *)connector->scopes);
    }
  append_new (list, scopes);
  g_ptr_array_add (list, NULL);

  return (char **)g_ptr_array_steal (list, NULL);
}

gboolean
lanyard_provider_matches (LanyardProvider *self, const char *key)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  words = g_strsplit (key, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (get_search_key (self), words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}
