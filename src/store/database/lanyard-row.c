/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-text.h"

/* More than any field takes, less than what could be a nuisance. A list has as much, and is longer
 * when it is written. */
#define MAX_TEXT (64 * 1024)
#define MAX_WORD 256

/* The order of LANYARD_ROW_COLUMNS. */
enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_PROVIDER,
  COLUMN_TYPE,
  COLUMN_ACTIVE,
  COLUMN_STATUS,
  COLUMN_ACCOUNT,
  COLUMN_EXPIRES_AT,
  COLUMN_RENEWABLE,
  COLUMN_CONNECTORS,
  COLUMN_SCOPES,
  COLUMN_GRANTED_SCOPES,
  COLUMN_AUTHORIZED_AT,
  COLUMN_CREATED_AT,
  COLUMN_MODIFIED_AT,
  COLUMN_REVISION,
};

static gboolean
is_uuid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}

/* An id of a provider, a type, a connector: something short without spaces. */
static gboolean
is_word (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > MAX_WORD || !g_utf8_validate (text, (gssize)length, NULL))
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isspace (*c) || g_ascii_iscntrl (*c))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_text (const char *text)
{
  return text != NULL && strlen (text) <= MAX_TEXT && g_utf8_validate (text, -1, NULL);
}

static gboolean
are_texts (const char *const *texts)
{
  gsize length = 0;

  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (!is_text (texts[i]))
        return FALSE;
      length += strlen (texts[i]) + 1;
    }

  return length <= MAX_TEXT;
}

gboolean
lanyard_row_check (LanyardAuthorization *authorization, GError **error)
{
  g_auto (GStrv) settings = lanyard_authorization_list_settings (authorization);
  const char *account = lanyard_authorization_get_account (authorization);
  const char *name = lanyard_authorization_get_name (authorization);
  const char *damage = NULL;

  if (!lanyard_text_check_name (name != NULL ? name : "", error))
    return FALSE;

  if (!is_uuid (lanyard_authorization_get_id (authorization)))
    damage = "id";
  else if (!is_word (lanyard_authorization_get_provider_id (authorization)))
    damage = "provider";
  else if (!is_word (lanyard_authorization_get_type_id (authorization)))
    damage = "type";
  else if (account != NULL && !is_text (account))
    damage = "account";
  else if (!are_texts (lanyard_authorization_get_connectors (authorization)))
    damage = "connectors";
  else if (!are_texts (lanyard_authorization_get_scopes (authorization)))
    damage = "scopes";
  else if (!are_texts (lanyard_authorization_get_granted_scopes (authorization)))
    damage = "granted_scopes";

  for (gsize i = 0; damage == NULL && settings[i] != NULL; i++)
    {
      if (!is_word (settings[i]) ||
          !is_text (lanyard_authorization_get_setting (authorization, settings[i])))
        damage = settings[i];
    }

  if (damage == NULL)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               /* Translators: the name of a field: "client_id" */
               _ ("The field “%s” is missing, too long or no text. Correct it and save again."),
               damage);
  return FALSE;
}

/* Lists have few items; most have none. */
static char *
dup_list_text (const char *const *items)
{
  g_autoptr (JsonArray) array = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (items == NULL)
    return NULL;
  if (items[0] == NULL)
    return g_strdup ("[]");

  array = json_array_new ();
  for (gsize i = 0; items[i] != NULL; i++)
    json_array_add_string_element (array, items[i]);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);

  return json_to_string (node, FALSE);
}

static void
bind_list (sqlite3_stmt *statement, const char *name, const char *const *items)
{
  g_autofree char *text = dup_list_text (items);

  lanyard_sqlite_bind_text (statement, name, text);
}

void
lanyard_row_bind (LanyardAuthorization *authorization, sqlite3_stmt *statement)
{
  LanyardAuthorization *a = authorization;
  const char *name = lanyard_authorization_get_name (a);
  g_autofree char *name_key = lanyard_text_dup_key (name);

  lanyard_sqlite_bind_text (statement, ":id", lanyard_authorization_get_id (a));
  lanyard_sqlite_bind_text (statement, ":name", name);
  lanyard_sqlite_bind_text (statement, ":name_key", name_key);
  lanyard_sqlite_bind_text (statement, ":provider", lanyard_authorization_get_provider_id (a));
  lanyard_sqlite_bind_text (statement, ":type", lanyard_authorization_get_type_id (a));
  lanyard_sqlite_bind_int64 (statement, ":active", lanyard_authorization_is_active (a));
  lanyard_sqlite_bind_text (statement, ":status",
                            lanyard_status_get_id (lanyard_authorization_get_status (a)));
  lanyard_sqlite_bind_text (statement, ":account", lanyard_authorization_get_account (a));
  lanyard_sqlite_bind_int64 (statement, ":expires_at", lanyard_authorization_get_expires_at (a));
  lanyard_sqlite_bind_int64 (statement, ":renewable", lanyard_authorization_is_renewable (a));
  bind_list (statement, ":connectors", lanyard_authorization_get_connectors (a));
  bind_list (statement, ":scopes", lanyard_authorization_get_scopes (a));
  bind_list (statement, ":granted_scopes", lanyard_authorization_get_granted_scopes (a));
  lanyard_sqlite_bind_int64 (statement, ":authorized_at",
                             lanyard_authorization_get_authorized_at (a));
  lanyard_sqlite_bind_int64 (statement, ":created_at", lanyard_authorization_get_created_at (a));
}

/* The text of a column, when all of it is text. */
static const char *
peek_text (sqlite3_stmt *statement, int column)
{
  const char *text;

  if (sqlite3_column_type (statement, column) != SQLITE_TEXT)
    return NULL;

  text = (const char *)sqlite3_column_text (statement, column);
  if (text == NULL || strlen (text) != (gsize)sqlite3_column_bytes (statement, column))
    return NULL;

  return text;
}

/* The text of a column, when it is one that could have been saved. */
static const char *
get_text (sqlite3_stmt *statement, int column)
{
  const char *text = peek_text (statement, column);

  return is_text (text) ? text : NULL;
}

static char **
read_list (sqlite3_stmt *statement, int column)
{
  const char *text = peek_text (statement, column);
  g_autoptr (GStrvBuilder) items = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  if (text == NULL)
    return NULL;

  items = g_strv_builder_new ();
  if (strcmp (text, "[]") == 0)
    return g_strv_builder_end (items);

  node = lanyard_json_parse (text, strlen (text), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (json_node_get_value_type (item) != G_TYPE_STRING)
        return NULL;
      g_strv_builder_add (items, json_node_get_string (item));
    }

  return g_strv_builder_end (items);
}

/* Reads the three lists; returns the name of the one that cannot be read, or NULL. */
static const char *
read_lists (LanyardAuthorization *authorization, sqlite3_stmt *statement)
{
  g_auto (GStrv) connectors = read_list (statement, COLUMN_CONNECTORS);
  g_auto (GStrv) scopes = read_list (statement, COLUMN_SCOPES);
  g_auto (GStrv) granted = read_list (statement, COLUMN_GRANTED_SCOPES);

  if (connectors == NULL)
    return "connectors";
  if (scopes == NULL)
    return "scopes";
  if (granted == NULL && sqlite3_column_type (statement, COLUMN_GRANTED_SCOPES) != SQLITE_NULL)
    return "granted_scopes";

  lanyard_authorization_set_connectors (authorization, (const char *const *)connectors);
  lanyard_authorization_set_scopes (authorization, (const char *const *)scopes);
  lanyard_authorization_set_granted_scopes (authorization, (const char *const *)granted);
  return NULL;
}

/* Reads the other texts; returns the name of the one that cannot be read, or NULL. */
static const char *
read_texts (LanyardAuthorization *authorization, sqlite3_stmt *statement)
{
  const char *name = get_text (statement, COLUMN_NAME);
  const char *provider = get_text (statement, COLUMN_PROVIDER);
  const char *type = get_text (statement, COLUMN_TYPE);
  const char *account = get_text (statement, COLUMN_ACCOUNT);
  LanyardStatus status;

  if (name == NULL || !lanyard_text_check_name (name, NULL))
    return "name";
  if (!is_word (provider))
    return "provider";
  if (!is_word (type))
    return "type";
  if (account == NULL && sqlite3_column_type (statement, COLUMN_ACCOUNT) != SQLITE_NULL)
    return "account";
  if (!lanyard_status_from_id (get_text (statement, COLUMN_STATUS), &status))
    return "status";

  lanyard_authorization_set_name (authorization, name);
  lanyard_authorization_set_provider_id (authorization, provider);
  lanyard_authorization_set_type_id (authorization, type);
  lanyard_authorization_set_account (authorization, account);
  lanyard_authorization_set_status (authorization, status);
  return NULL;
}

/* Reads the numbers; returns the name of the one that cannot be read, or NULL. */
static const char *
read_numbers (LanyardAuthorization *authorization, sqlite3_stmt *statement)
{
  static const int columns[] = {
    COLUMN_ACTIVE,     COLUMN_EXPIRES_AT,  COLUMN_RENEWABLE, COLUMN_AUTHORIZED_AT,
    COLUMN_CREATED_AT, COLUMN_MODIFIED_AT, COLUMN_REVISION,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (sqlite3_column_type (statement, columns[i]) != SQLITE_INTEGER)
        return sqlite3_column_name (statement, columns[i]);
    }

  /* What was never saved has revision 0, and this was. */
  if (sqlite3_column_int64 (statement, COLUMN_REVISION) <= 0)
    return "revision";

  lanyard_authorization_set_active (authorization,
                                    sqlite3_column_int64 (statement, COLUMN_ACTIVE) != 0);
  lanyard_authorization_set_renewable (authorization,
                                       sqlite3_column_int64 (statement, COLUMN_RENEWABLE) != 0);
  lanyard_authorization_set_expires_at (authorization,
                                        sqlite3_column_int64 (statement, COLUMN_EXPIRES_AT));
  lanyard_authorization_set_authorized_at (authorization,
                                           sqlite3_column_int64 (statement, COLUMN_AUTHORIZED_AT));
  lanyard_authorization_set_created_at (authorization,
                                        sqlite3_column_int64 (statement, COLUMN_CREATED_AT));
  lanyard_authorization_set_modified_at (authorization,
                                         sqlite3_column_int64 (statement, COLUMN_MODIFIED_AT));
  lanyard_authorization_set_revision (authorization,
                                      sqlite3_column_int64 (statement, COLUMN_REVISION));
  return NULL;
}

static void
set_damage_error (GError **error, const char *id, const char *column)
{
  /* The id may be what is damaged. */
  g_autofree char *quoted = lanyard_text_quote (id, 40);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE,
               /* Translators: an id in quotation marks, and the name of a column: "scopes" */
               _ ("The authorization %s is damaged in the database (%s). Restore the database from "
                  "a backup, or remove the authorization and add it again."),
               quoted != NULL ? quoted : "?", column);
}

LanyardAuthorization *
lanyard_row_read (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = NULL;
  const char *id = get_text (statement, COLUMN_ID);
  const char *damage = NULL;

  if (!is_uuid (id))
    {
      set_damage_error (error, (const char *)sqlite3_column_text (statement, COLUMN_ID), "id");
      return NULL;
    }

  authorization = lanyard_authorization_new (id);
  damage = read_texts (authorization, statement);
  if (damage == NULL)
    damage = read_lists (authorization, statement);
  if (damage == NULL)
    damage = read_numbers (authorization, statement);
  if (damage != NULL)
    {
      set_damage_error (error, id, damage);
      return NULL;
    }

  return g_steal_pointer (&authorization);
}

gboolean
lanyard_row_read_setting (LanyardAuthorization *authorization,
                          sqlite3_stmt *statement,
                          int column,
                          GError **error)
{
  const char *name = get_text (statement, column);
  const char *value = get_text (statement, column + 1);

  if (!is_word (name) || value == NULL || *value == '\0')
    {
      set_damage_error (error, lanyard_authorization_get_id (authorization), "setting");
      return FALSE;
    }

  lanyard_authorization_set_setting (authorization, name, value);
  return TRUE;
}
