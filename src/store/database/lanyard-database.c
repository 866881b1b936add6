/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-database-private.h"

#include <glib/gi18n-lib.h>

#include "lanyard-error.h"
#include "lanyard-row.h"
#include "lanyard-table.h"
#include "lanyard-text.h"
#include "lanyard-watch.h"

struct _LanyardDatabase
{
  GObject parent_instance;

  /* Owned */
  LanyardTable *table;
  LanyardWatch *watch;
  sqlite3_stmt *data_version_statement;

  /* Borrowed */
  sqlite3 *handle;

  guint watch_idle_id;
  gint64 data_version;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardDatabase, lanyard_database, G_TYPE_OBJECT)

/* SQLite counts the commits of all connections but this one. */
static gboolean
query_data_version (LanyardDatabase *self, gint64 *data_version, GError **error)
{
  g_auto (LanyardStatement) statement = lanyard_sqlite_prepare (
    self->handle, "PRAGMA data_version", &self->data_version_statement, error);
  int status;

  if (statement == NULL)
    return FALSE;

  status = lanyard_sqlite_step (statement, error);
  if (status == SQLITE_ROW)
    *data_version = sqlite3_column_int64 (statement, 0);
  return status == SQLITE_ROW;
}

static gboolean
check_for_changes (LanyardDatabase *self, GError **error)
{
  gint64 data_version;

  if (!query_data_version (self, &data_version, error))
    return FALSE;

  if (data_version != self->data_version)
    {
      self->data_version = data_version;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  return TRUE;
}

static void
watch_cb (gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!check_for_changes (LANYARD_DATABASE (user_data), &error))
    g_debug ("Cannot see whether the database changed: %s", error->message);
}

/* Starts to watch when somebody wants to know: most commands end before they could. */
static void
ensure_watch (LanyardDatabase *self)
{
  if (self->watch != NULL || !g_signal_has_handler_pending (self, signals[CHANGED], 0, TRUE))
    return;

  self->watch = lanyard_watch_new (sqlite3_db_filename (self->handle, "main"), watch_cb, self);
}

/* Begins a transaction: all that is read in it is of one moment. */
static gboolean
begin (LanyardDatabase *self, const char *sql, GError **error)
{
  ensure_watch (self);
  return lanyard_sqlite_run (self->handle, sql, error);
}

/* Ends a transaction that has changed nothing, or that failed; SQLite may have ended it itself. */
static void
roll_back (LanyardDatabase *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    lanyard_sqlite_run (self->handle, "ROLLBACK", NULL);
}

static gboolean
ensure_watch_cb (gpointer user_data)
{
  LanyardDatabase *self = user_data;

  self->watch_idle_id = 0;
  ensure_watch (self);
  if (self->watch != NULL)
    watch_cb (self);

  return G_SOURCE_REMOVE;
}

static void
set_ambiguous_error (GError **error, const char *name_or_id, GPtrArray *rows)
{
  g_autofree char *quoted = lanyard_text_quote (name_or_id, 60);
  g_autoptr (GString) candidates = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);

      g_string_append_printf (candidates, "\n%s  %s", lanyard_authorization_get_id (row),
                              lanyard_authorization_get_name (row));
    }

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_AMBIGUOUS,
               /* Translators: a name or an id in quotation marks, and a list of ids and names, each
                  on a line of its own */
               _ ("%s fits several authorizations. Use the whole id of one of these:%s"),
               quoted != NULL ? quoted : "“”", candidates->str);
}

static void
lanyard_database_dispose (GObject *object)
{
  LanyardDatabase *self = LANYARD_DATABASE (object);

  g_clear_handle_id (&self->watch_idle_id, g_source_remove);
  g_clear_pointer (&self->watch, lanyard_watch_free);

  G_OBJECT_CLASS (lanyard_database_parent_class)->dispose (object);
}

static void
lanyard_database_finalize (GObject *object)
{
  LanyardDatabase *self = LANYARD_DATABASE (object);

  sqlite3_finalize (self->data_version_statement);
  g_clear_pointer (&self->table, lanyard_table_free);

  G_OBJECT_CLASS (lanyard_database_parent_class)->finalize (object);
}

static void
lanyard_database_class_init (LanyardDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_database_dispose;
  object_class->finalize = lanyard_database_finalize;

  /**
   * LanyardDatabase::changed:
   *
   * Another program changed the database; at most a second after it did.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_database_init (LanyardDatabase *self)
{
}

LanyardDatabase *
lanyard_database_open (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return lanyard_database_open_full (path, &lanyard_schema, LANYARD_DATABASE_BUSY_TIMEOUT, error);
}

LanyardDatabase *
lanyard_database_open_full (const char *path,
                            const LanyardSchema *schema,
                            int busy_timeout,
                            GError **error)
{
  g_autoptr (LanyardDatabase) self = NULL;
  sqlite3 *handle = lanyard_schema_open (schema, path, busy_timeout, error);

  if (handle == NULL)
    return NULL;

  self = g_object_new (LANYARD_TYPE_DATABASE, NULL);
  self->handle = handle;
  self->table = lanyard_table_new (handle);
  if (!query_data_version (self, &self->data_version, error))
    return NULL;

  self->watch_idle_id = g_idle_add (ensure_watch_cb, self);
  return g_steal_pointer (&self);
}

LanyardDatabase *
lanyard_database_open_default (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "lanyard", "lanyard.db", NULL);

  return lanyard_database_open (path, error);
}

sqlite3 *
lanyard_database_get_handle (LanyardDatabase *self)
{
  return self->handle;
}

gboolean
lanyard_database_poll (LanyardDatabase *self, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return check_for_changes (self, error);
}

GPtrArray *
lanyard_database_load_all (LanyardDatabase *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!begin (self, "BEGIN", error))
    return NULL;

  rows = lanyard_table_list (self->table, error);
  roll_back (self);

  return g_steal_pointer (&rows);
}

LanyardAuthorization *
lanyard_database_load (LanyardDatabase *self, const char *id, GError **error)
{
  g_autoptr (LanyardAuthorization) row = NULL;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!begin (self, "BEGIN", error))
    return NULL;

  row = lanyard_table_load (self->table, id, error);
  roll_back (self);

  return g_steal_pointer (&row);
}

LanyardAuthorization *
lanyard_database_find (LanyardDatabase *self, const char *name_or_id, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), NULL);
  g_return_val_if_fail (name_or_id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!begin (self, "BEGIN", error))
    return NULL;

  rows = lanyard_table_find (self->table, name_or_id, error);
  roll_back (self);
  if (rows == NULL)
    return NULL;

  if (rows->len == 1)
    return g_object_ref (g_ptr_array_index (rows, 0));

  if (rows->len == 0)
    lanyard_table_set_not_found_error (error, name_or_id);
  else
    set_ambiguous_error (error, name_or_id, rows);
  return NULL;
}

gboolean
lanyard_database_save (LanyardDatabase *self, LanyardAuthorization *authorization, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!lanyard_row_check (authorization, error) || !begin (self, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (!lanyard_table_save (self->table, authorization, now, error) ||
      !lanyard_sqlite_run (self->handle, "COMMIT", error))
    {
      roll_back (self);
      return FALSE;
    }

  if (lanyard_authorization_get_created_at (authorization) == 0)
    lanyard_authorization_set_created_at (authorization, now);
  lanyard_authorization_set_modified_at (authorization, now);
  lanyard_authorization_set_revision (authorization,
                                      lanyard_authorization_get_revision (authorization) + 1);
  return TRUE;
}

gboolean
lanyard_database_save_state (LanyardDatabase *self,
                             LanyardAuthorization *authorization,
                             GError **error)
{
  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  ensure_watch (self);
  return lanyard_row_check (authorization, error) &&
         lanyard_table_save_state (self->table, authorization, error);
}

gboolean
lanyard_database_remove (LanyardDatabase *self, const char *id, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  ensure_watch (self);
  return lanyard_table_remove (self->table, id, error);
}
