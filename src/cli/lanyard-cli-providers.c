/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"
#include "lanyard-columns.h"
#include "lanyard-error.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* The texts of a type's fields are translated here, those of a provider's data already are. */
static const char *
translate (const char *text)
{
  return text != NULL && *text != '\0' ? _ (text) : text;
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

static void
set_texts (JsonObject *object, const char *name, char **values)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, name, array);
}

static const char *
get_kind (LanyardFieldKind kind)
{
  switch (kind)
    {
    case LANYARD_FIELD_SECRET:
      return "secret";
    case LANYARD_FIELD_URL:
      return "url";
    case LANYARD_FIELD_CHOICE:
      return "choice";
    case LANYARD_FIELD_PARAMS:
      return "params";
    case LANYARD_FIELD_TEXT:
    default:
      return "text";
    }
}

static JsonObject *
make_field_json (const LanyardField *field)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  set_text (object, "name", field->name);
  set_text (object, "kind", get_kind (field->kind));
  json_object_set_boolean_member (object, "required", (field->flags & LANYARD_FIELD_REQUIRED) != 0);
  set_text (object, "label", translate (field->label));
  set_text (object, "help", translate (field->help));
  set_text (object, "example", field->example);
  set_text (object, "default", field->default_value);
  for (guint i = 0; field->choices != NULL && field->choices[i].id != NULL; i++)
    g_strv_builder_add (choices, field->choices[i].id);
  ids = g_strv_builder_end (choices);
  if (*ids != NULL)
    set_texts (object, "choices", ids);
  return object;
}

/* The fields of a method; none where this Lanyard does not know its type yet. */
static GPtrArray *
list_fields (LanyardProvider *provider, LanyardMethod *method)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_method_get_type_id (method));

  return type != NULL ? lanyard_auth_type_list_fields (type, provider) : g_ptr_array_new ();
}

static JsonArray *
make_methods_json (LanyardProvider *provider)
{
  GPtrArray *methods = lanyard_provider_list_methods (provider);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (methods, i);
      g_autoptr (GPtrArray) fields = list_fields (provider, method);
      JsonObject *object = json_object_new ();
      JsonArray *field_array = json_array_new ();

      set_text (object, "id", lanyard_method_get_id (method));
      set_text (object, "type", lanyard_method_get_type_id (method));
      set_text (object, "label", lanyard_method_get_label (method));
      set_text (object, "hint", lanyard_method_get_hint (method));
      for (guint j = 0; j < fields->len; j++)
        json_array_add_object_element (field_array,
                                       make_field_json (g_ptr_array_index (fields, j)));
      json_object_set_array_member (object, "fields", field_array);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
make_connectors_json (LanyardProvider *provider)
{
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);
      JsonObject *object = json_object_new ();

      set_text (object, "id", connector->id);
      set_text (object, "name", connector->name);
      set_text (object, "description", connector->description);
      set_text (object, "hint", connector->hint);
      set_texts (object, "scopes", connector->scopes);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
make_scopes_json (LanyardProvider *provider)
{
  GPtrArray *scopes = lanyard_provider_list_scopes (provider);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < scopes->len; i++)
    {
      const LanyardScope *scope = g_ptr_array_index (scopes, i);
      JsonObject *object = json_object_new ();

      set_text (object, "name", scope->name);
      set_text (object, "description", scope->description);
      json_object_set_boolean_member (object, "sensitive", scope->is_sensitive);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonNode *
make_provider_json (LanyardProvider *provider)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_auto (GStrv) limits = lanyard_provider_dup_limits (provider);

  set_text (object, "id", lanyard_provider_get_id (provider));
  set_text (object, "name", lanyard_provider_get_name (provider));
  set_text (object, "website", lanyard_provider_get_website (provider));
  set_text (object, "category", lanyard_provider_get_category (provider));
  set_text (object, "docs_url", lanyard_provider_get_docs_url (provider));
  set_text (object, "registration_url", lanyard_provider_get_registration_url (provider));
  set_text (object, "hint", lanyard_provider_get_hint (provider));
  set_texts (object, "limits", limits);
  json_object_set_array_member (object, "methods", make_methods_json (provider));
  json_object_set_array_member (object, "connectors", make_connectors_json (provider));
  json_object_set_array_member (object, "scopes", make_scopes_json (provider));
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_summary_json (LanyardProvider *provider)
{
  g_autoptr (JsonObject) object = json_object_new ();

  set_text (object, "id", lanyard_provider_get_id (provider));
  set_text (object, "name", lanyard_provider_get_name (provider));
  set_text (object, "website", lanyard_provider_get_website (provider));
  set_text (object, "category", lanyard_provider_get_category (provider));
  set_texts (object, "types", (char **)lanyard_provider_get_type_ids (provider));
  return json_node_init_object (json_node_alloc (), object);
}

static void
print_table (LanyardColumns *table)
{
  g_autofree char *text =
    lanyard_columns_format (table, lanyard_terminal_get_width (STDOUT_FILENO));

  lanyard_cli_print ("%s", text);
}

static void
print_section (const char *title, LanyardColumns *table)
{
  if (lanyard_columns_get_length (table) == 0)
    return;

  lanyard_cli_print ("\n%s\n", title);
  print_table (table);
}

static void
print_fields (LanyardProvider *provider, LanyardMethod *method)
{
  g_autoptr (GPtrArray) fields = list_fields (provider, method);
  g_autoptr (LanyardColumns) table = lanyard_columns_new (4);
  const char *type_id = lanyard_method_get_type_id (method);
  const char *id = lanyard_method_get_id (method);
  g_autofree char *title = NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);
      const char *how = field->kind == LANYARD_FIELD_SECRET ? "--secret" : "--set";

      lanyard_columns_add_row (
        table,
        (const char *const[]){ "", field->name, how,
                               translate (field->help != NULL ? field->help : field->label) });
    }
  if (g_str_equal (id, type_id))
    /* Translators: %s is the id of an authorization type */
    title = g_strdup_printf (_ ("Fields (%s):"), type_id);
  else
    /* Translators: the first %s is the id of an authorization type, “--method %s” an option */
    title = g_strdup_printf (_ ("Fields (%s, --method %s):"), type_id, id);
  print_section (title, table);
}

static void
print_provider (LanyardProvider *provider)
{
  GPtrArray *methods = lanyard_provider_list_methods (provider);
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);
  GPtrArray *scopes = lanyard_provider_list_scopes (provider);
  g_autoptr (LanyardColumns) connector_table = lanyard_columns_new (3);
  g_autoptr (LanyardColumns) scope_table = lanyard_columns_new (3);
  const char *registration_url = lanyard_provider_get_registration_url (provider);
  const char *hint = lanyard_provider_get_hint (provider);
  g_auto (GStrv) limits = lanyard_provider_dup_limits (provider);

  lanyard_cli_print ("%s\n", lanyard_provider_get_name (provider));
  if (registration_url != NULL)
    lanyard_cli_print (_ ("Register a client at %s\n"), registration_url);
  if (hint != NULL)
    lanyard_cli_print ("%s\n", hint);
  for (guint i = 0; limits != NULL && limits[i] != NULL; i++)
    lanyard_cli_print ("%s\n", limits[i]);

  for (guint i = 0; i < methods->len; i++)
    print_fields (provider, g_ptr_array_index (methods, i));
  for (guint i = 0; i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);

      lanyard_columns_add_row (connector_table,
                               (const char *const[]){ "", connector->id, connector->name });
    }
  for (guint i = 0; i < scopes->len; i++)
    {
      const LanyardScope *scope = g_ptr_array_index (scopes, i);

      lanyard_columns_add_row (scope_table,
                               (const char *const[]){ "", scope->name, scope->description });
    }
  print_section (_ ("Connectors:"), connector_table);
  print_section (_ ("Scopes:"), scope_table);
}

gboolean
lanyard_cli_types (LanyardCli *cli, char ***arguments, GError **error)
{
  const char *const *ids = lanyard_auth_types_list ();
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);

  if (!lanyard_cli_parse (cli, arguments, NULL, 0, 0, error))
    return FALSE;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const LanyardAuthTypeInfo *info =
        lanyard_auth_type_get_info (lanyard_auth_types_lookup (ids[i]));

      /* The ids alone, where a script reads them. */
      lanyard_columns_add_row (
        table,
        (const char *const[]){ ids[i], isatty (STDOUT_FILENO) ? translate (info->name) : NULL });
    }
  print_table (table);
  return TRUE;
}

static void
warn_of_problems (LanyardCatalogue *catalogue)
{
  g_auto (GStrv) problems = lanyard_catalogue_list_problems (catalogue);

  for (guint i = 0; problems[i] != NULL; i++)
    lanyard_cli_note ("lanyard: %s", problems[i]);
}

gboolean
lanyard_cli_providers (LanyardCli *cli, char ***arguments, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"),
                                     NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new_default ();
  g_autoptr (LanyardColumns) table = lanyard_columns_new (3);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GListModel) providers = NULL;
  g_autofree char *words = NULL;

  if (!lanyard_cli_parse (cli, arguments, entries, 0, G_MAXUINT, error))
    return FALSE;

  words = g_strjoinv (" ", *arguments);
  providers = *words != '\0' ? lanyard_catalogue_search (catalogue, words)
                             : g_object_ref (lanyard_catalogue_list (catalogue));
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (providers, i);
      g_autofree char *types = g_strjoinv (" ", (char **)lanyard_provider_get_type_ids (provider));

      json_array_add_element (array, make_summary_json (provider));
      lanyard_columns_add_row (table, (const char *const[]){ lanyard_provider_get_id (provider),
                                                             lanyard_provider_get_name (provider),
                                                             types });
    }

  if (json)
    lanyard_cli_print_json (json_node_init_array (json_node_alloc (), array));
  else
    print_table (table);
  warn_of_problems (catalogue);
  return TRUE;
}

gboolean
lanyard_cli_provider (LanyardCli *cli, char ***arguments, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"),
                                     NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new_default ();
  LanyardProvider *provider;

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  provider = lanyard_cli_lookup_provider (catalogue, (*arguments)[0], error);
  if (provider == NULL)
    return FALSE;

  if (json)
    lanyard_cli_print_json (make_provider_json (provider));
  else
    print_provider (provider);
  return TRUE;
}
