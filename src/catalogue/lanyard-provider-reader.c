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

static gboolean
check_inputs (LanyardChecker *self, LanyardProvider *provider, GError **error)
{
  GPtrArray *inputs = lanyard_provider_list_inputs (provider);

  for (guint i = 0; i < inputs->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (inputs, i);
      gsize length = lanyard_checker_push_name (self, "inputs");

      lanyard_checker_push_index (self, i);
      if (lanyard_grammar_is_taken_name (field->name))
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

/* Whether each text in the list @member of each object in the list @name is among @known. */
static gboolean
check_references (LanyardChecker *self,
                  JsonObject *root,
                  const char *name,
                  const char *member,
                  GHashTable *known,
                  const char *message,
                  GError **error)
{
  JsonArray *array = lanyard_json_get_array (root, name);
  gsize length = lanyard_checker_push_name (self, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      gsize inner = lanyard_checker_push_index (self, i);
      g_auto (GStrv) texts =
        lanyard_json_dup_strv (json_array_get_object_element (array, i), member);

      for (guint j = 0; texts != NULL && texts[j] != NULL; j++)
        {
          if (g_hash_table_contains (known, texts[j]))
            continue;
          lanyard_checker_push_name (self, member);
          lanyard_checker_push_index (self, j);
          return lanyard_checker_refuse (self, error, message);
        }
      lanyard_checker_pop (self, inner);
    }
  lanyard_checker_pop (self, length);

  return TRUE;
}

static GHashTable *
collect (JsonObject *root, const char *name, const char *member, const char *fallback)
{
  JsonArray *array = lanyard_json_get_array (root, name);
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      const char *text = lanyard_json_get_string (object, member);

      if (text == NULL && fallback != NULL)
        text = lanyard_json_get_string (object, fallback);
      if (text != NULL)
        g_hash_table_add (known, (gpointer)text);
    }

  return known;
}

static gboolean
check_connectors (LanyardChecker *self, JsonObject *root, GError **error)
{
  g_autoptr (GHashTable) scopes = collect (root, "scopes", "name", NULL);
  g_autoptr (GHashTable) methods = collect (root, "methods", "id", "type");

  return check_references (self, root, "connectors", "scopes", scopes,
                           _ ("is not one of the provider’s scopes"), error) &&
         check_references (self, root, "scopes", "implies", scopes,
                           _ ("is not one of the provider’s scopes"), error) &&
         check_references (self, root, "connectors", "methods", methods,
                           _ ("is not the id of one of the provider’s methods"), error);
}

static gboolean
refuse_missing (LanyardChecker *self, const char *name, GError **error)
{
  lanyard_checker_push_name (self, name);
  return lanyard_checker_refuse (self, error, _ ("is missing"));
}

/* Whoever is not custom must say where to sign in and where tokens come from, as far as the grant
 * needs it. */
static gboolean
check_oauth2 (LanyardChecker *self, LanyardMethod *method, GError **error)
{
  const char *grant = lanyard_method_get_string (method, "grant");
  gboolean is_signed_in = grant == NULL || strcmp (grant, "authorization_code") == 0;

  if (lanyard_method_get_string (method, "issuer") != NULL)
    return TRUE;

  if (is_signed_in && lanyard_method_get_string (method, "authorize.url") == NULL)
    return refuse_missing (self, "authorize.url", error);
  if (lanyard_method_get_string (method, "token.url") == NULL &&
      lanyard_method_get_string (method, "callback.token") == NULL)
    return refuse_missing (self, "token.url", error);
  if (g_strcmp0 (grant, "device") == 0 && lanyard_method_get_string (method, "device.url") == NULL)
    return refuse_missing (self, "device.url", error);

  return TRUE;
}

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
          !lanyard_provider_is_custom (provider) && !check_oauth2 (self, method, error))
        return FALSE;
      lanyard_checker_pop (self, length);
    }

  return TRUE;
}

static LanyardProvider *
read_text (LanyardChecker *self, const char *text, gsize length, const char *id, GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (LanyardProvider) provider = NULL;

  root = lanyard_json_parse_object (text, length, error);
  if (root == NULL)
    return NULL;

  /* The names come first, because everything else may use them. */
  lanyard_checker_collect_names (self, root);
  if (!lanyard_checker_check_object (self, root, lanyard_grammar_get_provider (), error))
    return NULL;
  if (strcmp (lanyard_json_get_string (root, "id"), id) != 0)
    {
      lanyard_checker_push_name (self, "id");
      lanyard_checker_refuse (self, error, _ ("should be the name of the file without “.json”"));
      return NULL;
    }

  provider = lanyard_provider_new (root);
  if (!check_inputs (self, provider, error) || !check_connectors (self, root, error) ||
      !check_methods (self, provider, error))
    return NULL;

  return g_steal_pointer (&provider);
}

LanyardProvider *
lanyard_provider_reader_read (const char *text, gsize length, const char *id, GError **error)
{
  g_autoptr (LanyardChecker) checker = lanyard_checker_new ();

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_text (checker, text, length, id, error);
}

LanyardProvider *
lanyard_provider_reader_read_at (const char *text,
                                 gsize length,
                                 const char *id,
                                 char **path,
                                 GError **error)
{
  g_autoptr (LanyardChecker) checker = lanyard_checker_new ();
  LanyardProvider *provider;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (id != NULL && path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  provider = read_text (checker, text, length, id, error);
  *path = provider == NULL ? g_strdup (lanyard_checker_get_path (checker)) : NULL;
  return provider;
}
