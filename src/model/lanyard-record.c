/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-record.h"

#include "lanyard-error.h"
#include "lanyard-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RECORD_VERSION 1

/* The members of an authorization that this Lanyard knows; the others are kept as they are. */
static const char *const authorization_members[] = {
  "id",          "name",    "provider",       "type",          "active",
  "status",      "account", "expires_at",     "renewable",     "settings",
  "connectors",  "scopes",  "granted_scopes", "authorized_at", "created_at",
  "modified_at", NULL
};

/* A text that grows without leaving copies of itself in memory that is not wiped, which neither
 * GString nor JsonGenerator can promise. */
typedef struct
{
  char *text;
  gsize length;
  gsize size;
} Buffer;

static void
append_length (Buffer *self, const char *text, gsize length)
{
  if (self->length + length + 1 > self->size)
    {
      gsize size = MAX (2 * self->size, self->length + length + 256);
      char *grown = g_malloc (size);

      if (self->length > 0)
        memcpy (grown, self->text, self->length);
      lanyard_secret_wipe_string (self->text);
      self->text = grown;
      self->size = size;
    }

  memcpy (self->text + self->length, text, length);
  self->length += length;
  self->text[self->length] = '\0';
}

static void
append (Buffer *self, const char *text)
{
  append_length (self, text, strlen (text));
}

/* RFC 8259 section 7. */
static void
append_string (Buffer *self, const char *text)
{
  append (self, "\"");
  while (*text != '\0')
    {
      gsize plain = 0;
      char escape[7];

      while ((guchar)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
        plain++;
      append_length (self, text, plain);
      text += plain;
      if (*text == '\0')
        break;

      g_snprintf (escape, sizeof escape, "\\u%04x", (guint)(guchar)*text);
      append (self, escape);
      text++;
    }
  append (self, "\"");
}

static void
append_name (Buffer *self, const char *name)
{
  if (self->text[self->length - 1] != '{')
    append (self, ",");
  append_string (self, name);
  append (self, ":");
}

static void
append_node (Buffer *self, const char *name, JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  append_name (self, name);
  append (self, text);
  lanyard_secret_wipe_string (text);
}

static void
append_authorization (Buffer *self, LanyardAuthorization *authorization, JsonObject *rest)
{
  JsonObject *unknown = rest != NULL ? lanyard_json_get_object (rest, "authorization") : NULL;
  g_autoptr (JsonObject) object = lanyard_authorization_to_json (authorization);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (unknown != NULL)
    {
      json_object_iter_init (&iter, unknown);
      while (json_object_iter_next (&iter, &name, &member))
        json_object_set_member (object, name, json_node_copy (member));
    }

  append_node (self, "authorization", node);
}

static void
append_credentials (Buffer *self, LanyardCredentials *credentials, JsonObject *rest)
{
  JsonObject *unknown = rest != NULL ? lanyard_json_get_object (rest, "credentials") : NULL;
  g_auto (GStrv) names = lanyard_credentials_list_names (credentials);
  gint64 expires_at = lanyard_credentials_get_expires_at (credentials);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  append_name (self, "credentials");
  append (self, "{");
  for (guint i = 0; names[i] != NULL; i++)
    {
      append_name (self, names[i]);
      append_string (self, lanyard_credentials_get_text (credentials, names[i]));
    }
  if (expires_at > 0)
    {
      char number[32];

      g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, expires_at);
      append_name (self, "expires_at");
      append (self, number);
    }

  if (unknown != NULL)
    {
      json_object_iter_init (&iter, unknown);
      while (json_object_iter_next (&iter, &name, &member))
        {
          if (lanyard_credentials_get (credentials, name) == NULL)
            append_node (self, name, member);
        }
    }
  append (self, "}");
}

static void
append_rest (Buffer *self, JsonObject *rest)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, rest);
  while (json_object_iter_next (&iter, &name, &member))
    {
      if (strcmp (name, "authorization") != 0 && strcmp (name, "credentials") != 0)
        append_node (self, name, member);
    }
}

static void
refuse (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("What the keyring holds for this authorization is damaged; sign in "
                          "again to replace it"));
}

static gboolean
check_version (JsonObject *root, GError **error)
{
  gint64 version;

  if (!lanyard_json_get_int64 (root, "version", &version) || version < 1)
    {
      refuse (error);
      return FALSE;
    }

  if (version > RECORD_VERSION)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER,
                           _ ("What the keyring holds for this authorization was written by a "
                              "newer version of Lanyard; update Lanyard to use it"));
      return FALSE;
    }

  return TRUE;
}

/* Moves the secrets of @object into credentials, and wipes json-glib's copies of them. What is no
 * text stays where it is. */
static LanyardCredentials *
take_credentials (JsonObject *object, GError **error)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (GList) names = json_object_get_members (object);
  gint64 expires_at = 0;

  if (lanyard_json_lookup (object, "expires_at") != NULL &&
      (!lanyard_json_get_int64 (object, "expires_at", &expires_at) || expires_at < 0))
    {
      refuse (error);
      return NULL;
    }
  lanyard_credentials_set_expires_at (credentials, expires_at);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);
      JsonNode *node = json_object_get_member (object, name);
      gboolean is_text =
        JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;

      if (strcmp (name, "expires_at") != 0)
        {
          char *text;

          if (!is_text || *name == '\0')
            continue;
          text = (char *)json_node_get_string (node);
          lanyard_credentials_set_text (credentials, name, text);
          explicit_bzero (text, strlen (text));
        }
      json_object_remove_member (object, name);
    }

  return g_steal_pointer (&credentials);
}

static void
remove_if_empty (JsonObject *root, const char *name)
{
  JsonObject *object = lanyard_json_get_object (root, name);

  if (object != NULL && json_object_get_size (object) == 0)
    json_object_remove_member (root, name);
}

/* Keeps what is left of @root once everything known is taken out of it. */
static void
keep_rest (LanyardCredentials *credentials, JsonObject *root)
{
  JsonObject *authorization = lanyard_json_get_object (root, "authorization");

  json_object_remove_member (root, "version");
  for (guint i = 0; authorization != NULL && authorization_members[i] != NULL; i++)
    json_object_remove_member (authorization, authorization_members[i]);
  remove_if_empty (root, "authorization");
  remove_if_empty (root, "credentials");

  if (json_object_get_size (root) > 0)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), root);
      g_autoptr (LanyardSecret) rest = lanyard_secret_new_take (json_to_string (node, FALSE));

      lanyard_credentials_set_rest (credentials, rest);
    }
}

LanyardSecret *
lanyard_record_seal (LanyardAuthorization *authorization, LanyardCredentials *credentials)
{
  LanyardSecret *rest;
  g_autoptr (JsonObject) unknown = NULL;
  Buffer buffer = { NULL, 0, 0 };

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  rest = lanyard_credentials_get_rest (credentials);
  if (rest != NULL)
    unknown =
      lanyard_json_parse_object (lanyard_secret_get (rest), lanyard_secret_get_length (rest), NULL);

  append (&buffer, "{\"version\":1");
  append_authorization (&buffer, authorization, unknown);
  append_credentials (&buffer, credentials, unknown);
  if (unknown != NULL)
    append_rest (&buffer, unknown);
  append (&buffer, "}");

  return lanyard_secret_new_take (buffer.text);
}

LanyardCredentials *
lanyard_record_open (LanyardSecret *secret, LanyardAuthorization **authorization, GError **error)
{
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthorization) visible = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *part;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = lanyard_json_parse_object (lanyard_secret_get (secret), lanyard_secret_get_length (secret),
                                    NULL);
  part = root != NULL ? lanyard_json_get_object (root, "credentials") : NULL;
  if (root == NULL)
    {
      refuse (error);
      return NULL;
    }
  if (!check_version (root, error))
    return NULL;
  if (part == NULL)
    {
      refuse (error);
      return NULL;
    }

  credentials = take_credentials (part, error);
  if (credentials == NULL)
    return NULL;

  /* Only whoever wants to see it stumbles over a visible part that is damaged: the tokens beside
   * it still work. */
  if (authorization != NULL)
    {
      part = lanyard_json_get_object (root, "authorization");
      if (part == NULL)
        {
          refuse (error);
          return NULL;
        }
      visible = lanyard_authorization_from_json (part, error);
      if (visible == NULL)
        return NULL;
    }

  keep_rest (credentials, root);
  if (authorization != NULL)
    *authorization = g_steal_pointer (&visible);

  return g_steal_pointer (&credentials);
}
