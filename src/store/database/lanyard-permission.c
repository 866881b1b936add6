/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-permission.h"

#include "lanyard-database-private.h"
#include "lanyard-table.h"

/* In seconds: uses so close to each other are noted as one. */
#define USE_INTERVAL 60

struct _LanyardPermission
{
  /* Owned */
  char *app_id;
  char *authorization_id;

  LanyardVerdict verdict;
  gint64 decided_at;
  gint64 used_at;
};

/* What stands in the database, and what the person answers. */
static const char *const verdict_names[] = {
  [LANYARD_VERDICT_ALLOW] = "always",
  [LANYARD_VERDICT_DENY] = "no",
};

/* What nobody understands is no answer: the person is asked again. */
static LanyardVerdict
get_verdict (const unsigned char *name)
{
  for (guint i = LANYARD_VERDICT_ALLOW; i < G_N_ELEMENTS (verdict_names); i++)
    if (g_strcmp0 ((const char *)name, verdict_names[i]) == 0)
      return (LanyardVerdict)i;

  return LANYARD_VERDICT_NONE;
}

/* Reads one row of app_id, authorization_id, verdict, decided_at, used_at; NULL for one that says
 * nothing. */
static LanyardPermission *
read_permission (sqlite3_stmt *statement)
{
  LanyardVerdict verdict = get_verdict (sqlite3_column_text (statement, 2));
  LanyardPermission *self;

  if (verdict == LANYARD_VERDICT_NONE)
    return NULL;

  self = g_rc_box_new0 (LanyardPermission);
  self->app_id = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  self->authorization_id = g_strdup ((const char *)sqlite3_column_text (statement, 1));
  self->verdict = verdict;
  self->decided_at = sqlite3_column_int64 (statement, 3);
  self->used_at = sqlite3_column_int64 (statement, 4);
  return self;
}

static void
finalize (gpointer data)
{
  LanyardPermission *self = data;

  g_free (self->app_id);
  g_free (self->authorization_id);
}

/* Permissions are read and written so seldom that their statements are not kept. */
static sqlite3_stmt *
prepare (LanyardDatabase *database,
         const char *sql,
         const char *authorization_id,
         const char *app_id,
         GError **error)
{
  sqlite3_stmt *statement = NULL;

  lanyard_sqlite_prepare (lanyard_database_get_handle (database), sql, &statement, error);
  if (statement != NULL)
    {
      lanyard_sqlite_bind_text (statement, ":authorization_id", authorization_id);
      lanyard_sqlite_bind_text (statement, ":app_id", app_id);
    }

  return statement;
}

/* Takes @statement, which has no result. */
static gboolean
run (sqlite3_stmt *statement, GError **error)
{
  gboolean is_done = statement != NULL && lanyard_sqlite_step (statement, error) == SQLITE_DONE;

  sqlite3_finalize (statement);
  return is_done;
}

static gboolean
remove_permission (LanyardDatabase *self,
                   const char *authorization_id,
                   const char *app_id,
                   GError **error)
{
  return run (prepare (self,
                       "DELETE FROM permission"
                       " WHERE authorization_id = :authorization_id AND app_id = :app_id",
                       authorization_id, app_id, error),
              error);
}

LanyardPermission *
lanyard_permission_ref (LanyardPermission *self)
{
  return g_rc_box_acquire (self);
}

void
lanyard_permission_unref (LanyardPermission *self)
{
  g_rc_box_release_full (self, finalize);
}

const char *
lanyard_permission_get_app_id (LanyardPermission *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->app_id;
}

const char *
lanyard_permission_get_authorization_id (LanyardPermission *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->authorization_id;
}

LanyardVerdict
lanyard_permission_get_verdict (LanyardPermission *self)
{
  g_return_val_if_fail (self != NULL, LANYARD_VERDICT_NONE);

  return self->verdict;
}

gint64
lanyard_permission_get_decided_at (LanyardPermission *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->decided_at;
}

gint64
lanyard_permission_get_used_at (LanyardPermission *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->used_at;
}

GPtrArray *
lanyard_database_list_permissions (LanyardDatabase *self,
                                   const char *authorization_id,
                                   const char *app_id,
                                   GError **error)
{
  g_autoptr (GPtrArray) permissions =
    g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_permission_unref);
  sqlite3_stmt *statement;
  int status;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), NULL);

  statement = prepare (self,
                       "SELECT app_id, authorization_id, verdict, decided_at, used_at"
                       " FROM permission"
                       " WHERE authorization_id = ifnull (:authorization_id, authorization_id)"
                       " AND app_id = ifnull (:app_id, app_id)"
                       " ORDER BY app_id, authorization_id",
                       authorization_id, app_id, error);
  if (statement == NULL)
    return NULL;

  while ((status = lanyard_sqlite_step (statement, error)) == SQLITE_ROW)
    {
      LanyardPermission *permission = read_permission (statement);

      if (permission != NULL)
        g_ptr_array_add (permissions, permission);
    }
  sqlite3_finalize (statement);

  return status == SQLITE_DONE ? g_steal_pointer (&permissions) : NULL;
}

gboolean
lanyard_database_load_verdict (LanyardDatabase *self,
                               const char *authorization_id,
                               const char *app_id,
                               LanyardVerdict *verdict,
                               GError **error)
{
  g_autoptr (GPtrArray) permissions = NULL;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (authorization_id != NULL && app_id != NULL && verdict != NULL, FALSE);

  *verdict = LANYARD_VERDICT_NONE;
  permissions = lanyard_database_list_permissions (self, authorization_id, app_id, error);
  if (permissions == NULL)
    return FALSE;

  if (permissions->len > 0)
    *verdict = lanyard_permission_get_verdict (g_ptr_array_index (permissions, 0));
  return TRUE;
}

gboolean
lanyard_database_save_verdict (LanyardDatabase *self,
                               const char *authorization_id,
                               const char *app_id,
                               LanyardVerdict verdict,
                               GError **error)
{
  sqlite3_stmt *statement;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (authorization_id != NULL && app_id != NULL, FALSE);

  if (verdict == LANYARD_VERDICT_NONE)
    return remove_permission (self, authorization_id, app_id, error);

  /* Selecting the authorization makes it one step: another program may be removing it. */
  statement = prepare (self,
                       "INSERT INTO permission (app_id, authorization_id, verdict, decided_at,"
                       " used_at) SELECT :app_id, id, :verdict, :now, 0 FROM authorization"
                       " WHERE id = :authorization_id"
                       " ON CONFLICT (app_id, authorization_id)"
                       " DO UPDATE SET verdict = :verdict, decided_at = :now",
                       authorization_id, app_id, error);
  if (statement == NULL)
    return FALSE;

  lanyard_sqlite_bind_text (statement, ":verdict", verdict_names[verdict]);
  lanyard_sqlite_bind_int64 (statement, ":now", g_get_real_time () / G_USEC_PER_SEC);
  if (!run (statement, error))
    return FALSE;
  if (sqlite3_changes (lanyard_database_get_handle (self)) > 0)
    return TRUE;

  lanyard_table_set_not_found_error (error, authorization_id);
  return FALSE;
}

gboolean
lanyard_database_note_use (LanyardDatabase *self,
                           const char *authorization_id,
                           const char *app_id,
                           gint64 now,
                           GError **error)
{
  sqlite3_stmt *statement;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (authorization_id != NULL && app_id != NULL, FALSE);

  /* A clock that was put back must not keep it from being noted. */
  statement = prepare (self,
                       "UPDATE permission SET used_at = :now"
                       " WHERE authorization_id = :authorization_id AND app_id = :app_id"
                       " AND verdict = 'always' AND abs (:now - used_at) >= :interval",
                       authorization_id, app_id, error);
  if (statement == NULL)
    return FALSE;

  lanyard_sqlite_bind_int64 (statement, ":now", now);
  lanyard_sqlite_bind_int64 (statement, ":interval", USE_INTERVAL);
  return run (statement, error);
}
