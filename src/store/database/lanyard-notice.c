/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-notice.h"

#include "lanyard-database-private.h"

GHashTable *
lanyard_database_list_notices (LanyardDatabase *self, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *statement = NULL;
  int status;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), NULL);

  lanyard_sqlite_prepare (lanyard_database_get_handle (self), "SELECT authorization_id FROM notice",
                          &statement, error);
  if (statement == NULL)
    return NULL;

  while ((status = lanyard_sqlite_step (statement, error)) == SQLITE_ROW)
    g_hash_table_add (ids, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);

  return status == SQLITE_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
lanyard_database_save_notice (LanyardDatabase *self,
                              const char *id,
                              gboolean is_told,
                              GError **error)
{
  const char *sql = is_told ? "INSERT OR REPLACE INTO notice (authorization_id, told_at)"
                              " VALUES (:id, unixepoch ())"
                            : "DELETE FROM notice WHERE authorization_id = :id";
  sqlite3_stmt *statement = NULL;
  gboolean is_done;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  lanyard_sqlite_prepare (lanyard_database_get_handle (self), sql, &statement, error);
  if (statement == NULL)
    return FALSE;

  lanyard_sqlite_bind_text (statement, ":id", id);
  is_done = lanyard_sqlite_step (statement, error) == SQLITE_DONE;
  sqlite3_finalize (statement);
  return is_done;
}
