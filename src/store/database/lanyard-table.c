/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-table.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lanyard-error.h"
#include "lanyard-row.h"
#include "lanyard-text.h"

/* So many characters of an id are enough to name it. */
#define MIN_ID_PREFIX 8
#define UUID_LENGTH 36

typedef enum
{
  QUERY_LIST,
  QUERY_LIST_SETTINGS,
  QUERY_LOAD,
  QUERY_LOAD_SETTINGS,
  QUERY_FIND,
  QUERY_FIND_PREFIX,
  QUERY_SAVE,
  QUERY_SAVE_SETTING,
  QUERY_SAVE_STATE,
  QUERY_REMOVE,
  QUERY_REMOVE_SETTINGS,
  N_QUERIES
} Query;

static const char *const queries[N_QUERIES] = {
  [QUERY_LIST] = "SELECT " LANYARD_ROW_COLUMNS " FROM authorization ORDER BY name_key",
  [QUERY_LIST_SETTINGS] = "SELECT authorization_id, name, value FROM setting",
  [QUERY_LOAD] = "SELECT " LANYARD_ROW_COLUMNS " FROM authorization WHERE id = :id",
  [QUERY_LOAD_SETTINGS] = "SELECT name, value FROM setting WHERE authorization_id = :id",
  [QUERY_FIND] = "SELECT " LANYARD_ROW_COLUMNS " FROM authorization"
                 " WHERE name_key = :name_key OR id = :id ORDER BY name_key",
  [QUERY_FIND_PREFIX] = "SELECT " LANYARD_ROW_COLUMNS " FROM authorization"
                        " WHERE substr (id, 1, length (:id)) = :id ORDER BY name_key",
  [QUERY_SAVE] = "INSERT INTO authorization (id, name, name_key, provider, type, active, status,"
                 " account, expires_at, renewable, connectors, scopes, granted_scopes,"
                 " authorized_at, created_at, modified_at, revision)"
                 " VALUES (:id, :name, :name_key, :provider, :type, :active, :status,"
                 " :account, :expires_at, :renewable, :connectors, :scopes, :granted_scopes,"
                 " :authorized_at, :created_at, :modified_at, :revision)"
                 " ON CONFLICT (id) DO UPDATE SET name = :name, name_key = :name_key,"
                 " provider = :provider, type = :type, active = :active, status = :status,"
                 " account = :account, expires_at = :expires_at, renewable = :renewable,"
                 " connectors = :connectors, scopes = :scopes,"
                 " granted_scopes = :granted_scopes, authorized_at = :authorized_at,"
                 " created_at = :created_at, modified_at = :modified_at, revision = :revision",
  [QUERY_SAVE_STATE] = "UPDATE authorization SET active = :active, status = :status,"
                       " account = :account, expires_at = :expires_at, renewable = :renewable,"
                       " granted_scopes = :granted_scopes, authorized_at = :authorized_at"
                       " WHERE id = :id",
  [QUERY_REMOVE] = "DELETE FROM authorization WHERE id = :id",
  [QUERY_SAVE_SETTING] = "INSERT INTO setting (authorization_id, name, value)"
                         " VALUES (:id, :name, :value)",
  [QUERY_REMOVE_SETTINGS] = "DELETE FROM setting WHERE authorization_id = :id",
};

struct _LanyardTable
{
  /* Owned */
  sqlite3 *handle;
  sqlite3_stmt *statements[N_QUERIES];
};

static sqlite3_stmt *
get_statement (LanyardTable *self, Query query, const char *id, GError **error)
{
  sqlite3_stmt *statement;

  statement =
    lanyard_sqlite_prepare (self->handle, queries[query], &self->statements[query], error);
  if (statement != NULL && id != NULL)
    lanyard_sqlite_bind_text (statement, ":id", id);

  return statement;
}

/* Runs a query that has no result and no parameter but an id. */
static gboolean
run_query (LanyardTable *self, Query query, const char *id, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, query, id, error);

  return statement != NULL && lanyard_sqlite_step (statement, error) == SQLITE_DONE;
}

static gboolean
read_settings (LanyardTable *self, LanyardAuthorization *authorization, GError **error)
{
  const char *id = lanyard_authorization_get_id (authorization);
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_LOAD_SETTINGS, id, error);
  int status;

  if (statement == NULL)
    return FALSE;

  while ((status = lanyard_sqlite_step (statement, error)) == SQLITE_ROW)
    {
      if (!lanyard_row_read_setting (authorization, statement, 0, error))
        return FALSE;
    }

  return status == SQLITE_DONE;
}

/* Reads the rows that a statement finds, with their settings. */
static GPtrArray *
read_rows (LanyardTable *self, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  int status;

  while ((status = lanyard_sqlite_step (statement, error)) == SQLITE_ROW)
    {
      LanyardAuthorization *row = lanyard_row_read (statement, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
      if (!read_settings (self, row, error))
        return NULL;
    }

  return status == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

/* Reads every row that is whole into @rows and, by its id, into @by_id. */
static gboolean
list_rows (LanyardTable *self, GPtrArray *rows, GHashTable *by_id, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_LIST, NULL, error);
  int status;

  if (statement == NULL)
    return FALSE;

  while ((status = lanyard_sqlite_step (statement, error)) == SQLITE_ROW)
    {
      g_autoptr (GError) damage = NULL;
      LanyardAuthorization *row = lanyard_row_read (statement, &damage);

      if (row == NULL)
        {
          g_warning ("%s", damage->message);
          continue;
        }
      g_ptr_array_add (rows, row);
      g_hash_table_insert (by_id, (char *)lanyard_authorization_get_id (row), row);
    }

  return status == SQLITE_DONE;
}

static gboolean
list_settings (LanyardTable *self, GPtrArray *rows, GHashTable *by_id, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_LIST_SETTINGS, NULL, error);
  int status;

  if (statement == NULL)
    return FALSE;

  while ((status = lanyard_sqlite_step (statement, error)) == SQLITE_ROW)
    {
      g_autoptr (GError) damage = NULL;
      const char *id = (const char *)sqlite3_column_text (statement, 0);
      LanyardAuthorization *row = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;

      if (row == NULL || lanyard_row_read_setting (row, statement, 1, &damage))
        continue;

      g_warning ("%s", damage->message);
      g_hash_table_remove (by_id, id);
      g_ptr_array_remove (rows, row);
    }

  return status == SQLITE_DONE;
}

static GPtrArray *
find_exactly (LanyardTable *self, const char *name_or_id, const char *id, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_FIND, id, error);
  g_autofree char *name_key = lanyard_text_dup_key (name_or_id);

  if (statement == NULL)
    return NULL;

  lanyard_sqlite_bind_text (statement, ":name_key", name_key);
  return read_rows (self, statement, error);
}

static GPtrArray *
find_by_prefix (LanyardTable *self, const char *prefix, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_FIND_PREFIX, prefix, error);

  return statement != NULL ? read_rows (self, statement, error) : NULL;
}

static gboolean
is_id_prefix (const char *text)
{
  gsize length = strlen (text);

  return length >= MIN_ID_PREFIX && length < UUID_LENGTH &&
         strspn (text, "0123456789abcdef-") == length;
}

static void
set_conflict_error (GError **error, LanyardAuthorization *authorization, gboolean is_there)
{
  g_autofree char *quoted = lanyard_text_quote (lanyard_authorization_get_name (authorization), 60);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT,
               /* Translators: a name in quotation marks */
               is_there ? _ ("%s was changed by another program meanwhile, so your change was not "
                             "saved. Open it again and repeat your change.")
                        : _ ("%s was removed by another program meanwhile, so your change was not "
                             "saved. Add it again if you need it."),
               quoted);
}

static void
set_exists_error (GError **error, LanyardAuthorization *authorization)
{
  g_autofree char *quoted = lanyard_text_quote (lanyard_authorization_get_name (authorization), 60);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS,
               /* Translators: a name in quotation marks */
               _ ("There is already an authorization called %s. Choose another name."), quoted);
}

/* Makes sure that what is saved replaces the revision that it was made from, or a row that nobody
 * can read any more. */
static gboolean
check_revision (LanyardTable *self, LanyardAuthorization *authorization, GError **error)
{
  const char *id = lanyard_authorization_get_id (authorization);
  gint64 revision = lanyard_authorization_get_revision (authorization);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardAuthorization) saved = lanyard_table_load (self, id, &local_error);
  gboolean is_absent = g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);

  if (saved == NULL && !is_absent)
    {
      /* Where the file is at fault, not the row, writing would fail as reading did. */
      if (sqlite3_errcode (self->handle) != SQLITE_OK)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      g_message ("A row is replaced: %s", local_error->message);
      return run_query (self, QUERY_REMOVE, id, error);
    }

  if (revision == (is_absent ? 0 : lanyard_authorization_get_revision (saved)))
    return TRUE;

  set_conflict_error (error, authorization, !is_absent);
  return FALSE;
}

static gboolean
save_row (LanyardTable *self, LanyardAuthorization *authorization, gint64 now, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_SAVE, NULL, error);
  gint64 created_at = lanyard_authorization_get_created_at (authorization);
  gint64 revision = lanyard_authorization_get_revision (authorization) + 1;
  int status;

  if (statement == NULL)
    return FALSE;

  lanyard_row_bind (authorization, statement);
  lanyard_sqlite_bind_int64 (statement, ":created_at", created_at != 0 ? created_at : now);
  lanyard_sqlite_bind_int64 (statement, ":modified_at", now);
  lanyard_sqlite_bind_int64 (statement, ":revision", revision);

  status = sqlite3_step (statement);
  if (status == SQLITE_CONSTRAINT_UNIQUE)
    set_exists_error (error, authorization);
  else if (status != SQLITE_DONE)
    lanyard_sqlite_set_error (error, self->handle);

  return status == SQLITE_DONE;
}

static gboolean
save_settings (LanyardTable *self, LanyardAuthorization *authorization, GError **error)
{
  const char *id = lanyard_authorization_get_id (authorization);
  g_auto (GStrv) names = lanyard_authorization_list_settings (authorization);

  if (!run_query (self, QUERY_REMOVE_SETTINGS, id, error))
    return FALSE;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_auto (LanyardStatement) statement = get_statement (self, QUERY_SAVE_SETTING, id, error);

      if (statement == NULL)
        return FALSE;
      lanyard_sqlite_bind_text (statement, ":name", names[i]);
      lanyard_sqlite_bind_text (statement, ":value",
                                lanyard_authorization_get_setting (authorization, names[i]));
      if (lanyard_sqlite_step (statement, error) != SQLITE_DONE)
        return FALSE;
    }

  return TRUE;
}

LanyardTable *
lanyard_table_new (sqlite3 *handle)
{
  LanyardTable *self = g_new0 (LanyardTable, 1);

  self->handle = handle;
  return self;
}

void
lanyard_table_free (LanyardTable *self)
{
  for (guint i = 0; i < N_QUERIES; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

GPtrArray *
lanyard_table_list (LanyardTable *self, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  if (!list_rows (self, rows, by_id, error) || !list_settings (self, rows, by_id, error))
    return NULL;

  return g_steal_pointer (&rows);
}

LanyardAuthorization *
lanyard_table_load (LanyardTable *self, const char *id, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_LOAD, id, error);
  g_autoptr (GPtrArray) rows = statement != NULL ? read_rows (self, statement, error) : NULL;

  if (rows == NULL)
    return NULL;

  if (rows->len == 0)
    {
      lanyard_table_set_not_found_error (error, id);
      return NULL;
    }

  return g_object_ref (g_ptr_array_index (rows, 0));
}

GPtrArray *
lanyard_table_find (LanyardTable *self, const char *name_or_id, GError **error)
{
  g_autofree char *id = g_ascii_strdown (name_or_id, -1);
  g_autoptr (GPtrArray) rows = find_exactly (self, name_or_id, id, error);

  if (rows == NULL || rows->len > 0 || !is_id_prefix (id))
    return g_steal_pointer (&rows);

  return find_by_prefix (self, id, error);
}

gboolean
lanyard_table_save (LanyardTable *self,
                    LanyardAuthorization *authorization,
                    gint64 now,
                    GError **error)
{
  return check_revision (self, authorization, error) &&
         save_row (self, authorization, now, error) && save_settings (self, authorization, error);
}

gboolean
lanyard_table_save_state (LanyardTable *self, LanyardAuthorization *authorization, GError **error)
{
  g_auto (LanyardStatement) statement = get_statement (self, QUERY_SAVE_STATE, NULL, error);

  if (statement == NULL)
    return FALSE;

  lanyard_row_bind (authorization, statement);
  if (lanyard_sqlite_step (statement, error) != SQLITE_DONE)
    return FALSE;

  if (sqlite3_changes (self->handle) > 0)
    return TRUE;

  lanyard_table_set_not_found_error (error, lanyard_authorization_get_name (authorization));
  return FALSE;
}

gboolean
lanyard_table_remove (LanyardTable *self, const char *id, GError **error)
{
  return run_query (self, QUERY_REMOVE, id, error);
}

void
lanyard_table_set_not_found_error (GError **error, const char *name_or_id)
{
  g_autofree char *quoted = lanyard_text_quote (name_or_id, 60);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               /* Translators: a name or an id in quotation marks */
               _ ("There is no authorization called %s. Look in the list for its name; it may have "
                  "been removed."),
               quoted != NULL ? quoted : "“”");
}
