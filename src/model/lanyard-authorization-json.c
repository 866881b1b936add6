/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-authorization.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT_SIZE (16 * 1024)

/* The members that are numbers, and how they are read and written. */
static const struct
{
  const char *name;
  gint64 (*get) (LanyardAuthorization *self);
  void (*set) (LanyardAuthorization *self, gint64 value);
} times[] = {
  { "expires_at", lanyard_authorization_get_expires_at, lanyard_authorization_set_expires_at },
  { "authorized_at", lanyard_authorization_get_authorized_at,
    lanyard_authorization_set_authorized_at },
  { "created_at", lanyard_authorization_get_created_at, lanyard_authorization_set_created_at },
  { "modified_at", lanyard_authorization_get_modified_at, lanyard_authorization_set_modified_at },
};

/* The members that are one text; the name is checked more closely. */
static const struct
{
  const char *name;
  const char *(*get) (LanyardAuthorization *self);
  void (*set) (LanyardAuthorization *self, const char *value);
} texts[] = {
  { "name", lanyard_authorization_get_name, lanyard_authorization_set_name },
  { "provider", lanyard_authorization_get_provider_id, lanyard_authorization_set_provider_id },
  { "type", lanyard_authorization_get_type_id, lanyard_authorization_set_type_id },
  { "account", lanyard_authorization_get_account, lanyard_authorization_set_account },
};

/* The members that are lists of texts. */
static const struct
{
  const char *name;
  const char *const *(*get) (LanyardAuthorization *self);
  void (*set) (LanyardAuthorization *self, const char *const *value);
} lists[] = {
  { "connectors", lanyard_authorization_get_connectors, lanyard_authorization_set_connectors },
  { "scopes", lanyard_authorization_get_scopes, lanyard_authorization_set_scopes },
  { "granted_scopes", lanyard_authorization_get_granted_scopes,
    lanyard_authorization_set_granted_scopes },
};

static gboolean
refuse (GError **error, const char *member)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("This authorization is damaged: its “%s” cannot be read"), member);
  return FALSE;
}

/* The text of a node, or NULL when it is none that could ever have been saved. */
static const char *
get_text (JsonNode *node)
{
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  text = json_node_get_string (node);
  if (strlen (text) > MAX_TEXT_SIZE)
    return NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return NULL;
    }

  return text;
}

static JsonArray *
make_array (const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (; *strings != NULL; strings++)
    json_array_add_string_element (array, *strings);

  return array;
}

static JsonObject *
make_settings (LanyardAuthorization *self)
{
  g_auto (GStrv) names = lanyard_authorization_list_settings (self);
  JsonObject *settings = json_object_new ();

  for (guint i = 0; names[i] != NULL; i++)
    json_object_set_string_member (settings, names[i],
                                   lanyard_authorization_get_setting (self, names[i]));

  return settings;
}

static gboolean
read_texts (LanyardAuthorization *self, JsonObject *object, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JsonNode *node = lanyard_json_lookup (object, texts[i].name);
      const char *text = node != NULL ? get_text (node) : NULL;

      if (node != NULL && text == NULL)
        return refuse (error, texts[i].name);
      texts[i].set (self, text);
    }

  if (*lanyard_authorization_get_name (self) == '\0')
    return TRUE;

  return lanyard_text_check_name (lanyard_authorization_get_name (self), error);
}

static gboolean
read_times (LanyardAuthorization *self, JsonObject *object, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 value = 0;

      if (lanyard_json_lookup (object, times[i].name) == NULL)
        continue;
      if (!lanyard_json_get_int64 (object, times[i].name, &value) || value < 0)
        return refuse (error, times[i].name);
      times[i].set (self, value);
    }

  return TRUE;
}

static gboolean
read_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = lanyard_json_lookup (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (error, name);

  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_state (LanyardAuthorization *self, JsonObject *object, GError **error)
{
  const char *id = lanyard_json_get_string (object, "status");
  LanyardStatus status = LANYARD_STATUS_NEW;
  gboolean active = TRUE;
  gboolean renewable = FALSE;

  if (lanyard_json_lookup (object, "status") != NULL && !lanyard_status_from_id (id, &status))
    return refuse (error, "status");
  if (!read_boolean (object, "active", &active, error) ||
      !read_boolean (object, "renewable", &renewable, error))
    return FALSE;

  lanyard_authorization_set_status (self, status);
  lanyard_authorization_set_active (self, active);
  lanyard_authorization_set_renewable (self, renewable);

  return TRUE;
}

static gboolean
read_settings (LanyardAuthorization *self, JsonObject *object, GError **error)
{
  JsonObject *settings = lanyard_json_get_object (object, "settings");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (settings == NULL)
    return lanyard_json_lookup (object, "settings") == NULL || refuse (error, "settings");

  json_object_iter_init (&iter, settings);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (*name == '\0' || get_text (node) == NULL)
        return refuse (error, "settings");
      lanyard_authorization_set_setting (self, name, get_text (node));
    }

  return TRUE;
}

static char **
dup_list (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = get_text (json_array_get_element (array, i));

      if (text == NULL || *text == '\0')
        return NULL;
      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static gboolean
read_lists (LanyardAuthorization *self, JsonObject *object, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *array = lanyard_json_get_array (object, lists[i].name);
      g_auto (GStrv) strings = array != NULL ? dup_list (array) : NULL;

      if (lanyard_json_lookup (object, lists[i].name) == NULL)
        continue;
      if (strings == NULL)
        return refuse (error, lists[i].name);
      lists[i].set (self, (const char *const *)strings);
    }

  return TRUE;
}

JsonObject *
lanyard_authorization_to_json (LanyardAuthorization *self)
{
  JsonObject *object;

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", lanyard_authorization_get_id (self));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = texts[i].get (self);

      if (text != NULL && *text != '\0')
        json_object_set_string_member (object, texts[i].name, text);
    }
  json_object_set_boolean_member (object, "active", lanyard_authorization_is_active (self));
  json_object_set_string_member (object, "status",
                                 lanyard_status_get_id (lanyard_authorization_get_status (self)));
  json_object_set_boolean_member (object, "renewable", lanyard_authorization_is_renewable (self));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      if (times[i].get (self) != 0)
        json_object_set_int_member (object, times[i].name, times[i].get (self));
    }
  json_object_set_object_member (object, "settings", make_settings (self));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (lists[i].get (self) != NULL)
        json_object_set_array_member (object, lists[i].name, make_array (lists[i].get (self)));
    }

  return object;
}

LanyardAuthorization *
lanyard_authorization_from_json (JsonObject *object, GError **error)
{
  g_autoptr (LanyardAuthorization) self = NULL;
  const char *id;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  id = lanyard_json_get_string (object, "id");
  if (id == NULL || !g_uuid_string_is_valid (id))
    {
      refuse (error, "id");
      return NULL;
    }

  self = lanyard_authorization_new (id);
  if (!read_texts (self, object, error) || !read_state (self, object, error) ||
      !read_times (self, object, error) || !read_settings (self, object, error) ||
      !read_lists (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
}
