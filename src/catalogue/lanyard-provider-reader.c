/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-reader.h"

#include "lanyard-checker.h"
#include "lanyard-error.h"
#include "lanyard-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The inputs come first, because everything else may name them. */
static void
collect_inputs (LanyardChecker *self, JsonObject *root)
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
        lanyard_checker_add_input (self, name, type);
    }
}

static gboolean
check_inputs (LanyardChecker *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *inputs = lanyard_provider_list_inputs (provider);

  for (guint i = 0; i < inputs->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (inputs, i);
      gsize length = lanyard_checker_push_name (self, "inputs");

      lanyard_checker_push_index (self, i);
      if (lanyard_grammar_is_template_name (field->name, FALSE))
        return lanyard_checker_refuse (self, error,
                                       _ ("has the name of something that there is already"));
      if ((field->kind == LANYARD_FIELD_CHOICE) != (field->choices != NULL))
        return lanyard_checker_refuse (self, error,
                                       _ ("should have choices exactly when its type is “choice”"));
      if (!lanyard_field_check (field, field->default_value, error))
        {
          g_prefix_error (error, "%s.default: ", lanyard_checker_get_path (self));
          return FALSE;
        }
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

static gboolean
check_connectors (LanyardChecker *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);
  GPtrArray *scopes = lanyard_provider_list_scopes (provider);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < scopes->len; i++)
    g_hash_table_add (known, ((LanyardScope *)g_ptr_array_index (scopes, i))->name);

  for (guint i = 0; i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);

      for (guint j = 0; connector->scopes[j] != NULL; j++)
        {
          if (g_hash_table_contains (known, connector->scopes[j]))
            continue;
          lanyard_checker_push_name (self, "connectors");
          lanyard_checker_push_index (self, i);
          lanyard_checker_push_name (self, "scopes");
          lanyard_checker_push_index (self, j);
          return lanyard_checker_refuse (self, error, _ ("is not one of the provider’s scopes"));
        }
    }

  return TRUE;
}

/* Whoever is not custom must say where to sign in and where tokens come from. */
static gboolean
check_methods (LanyardChecker *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *methods = lanyard_provider_list_methods (provider);

  for (guint i = 0; i < methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (methods, i);
      gsize length = lanyard_checker_push_name (self, "methods");

      lanyard_checker_push_index (self, i);
      if (strcmp (lanyard_method_get_type_id (method), "oauth2") == 0 &&
          !lanyard_provider_is_custom (provider) &&
          lanyard_method_get_string (method, "issuer") == NULL)
        {
          if (lanyard_method_get_string (method, "authorize.url") == NULL)
            {
              lanyard_checker_push_name (self, "authorize.url");
              return lanyard_checker_refuse (self, error, _ ("is missing"));
            }
          if (lanyard_method_get_string (method, "token.url") == NULL &&
              lanyard_method_get_string (method, "callback.token") == NULL)
            {
              lanyard_checker_push_name (self, "token.url");
              return lanyard_checker_refuse (self, error, _ ("is missing"));
            }
        }
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

LanyardProvider *
lanyard_provider_reader_read (const char *text, gsize length, const char *id, GError **error)
{
  g_autoptr (LanyardChecker) self = lanyard_checker_new ();
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (LanyardProvider) provider = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = lanyard_json_parse_object (text, length, error);
  if (root == NULL)
    return NULL;

  collect_inputs (self, root);
  if (!lanyard_checker_check_object (self, root, lanyard_grammar_get_provider (), error))
    return NULL;
  if (strcmp (lanyard_json_get_string (root, "id"), id) != 0)
    {
      lanyard_checker_push_name (self, "id");
      lanyard_checker_refuse (self, error, _ ("should be the name of the file without “.json”"));
      return NULL;
    }

  provider = lanyard_provider_new (root);
  if (!check_inputs (self, provider, error) || !check_connectors (self, provider, error) ||
      !check_methods (self, provider, error))
    return NULL;

  return g_steal_pointer (&provider);
}
