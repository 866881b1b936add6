/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lanyard-error.h"

/* "LNYD": tells our databases from those of other programs. */
#define APPLICATION_ID 0x4c4e5944

/* Times are seconds since 1970, 0 is never. Lists are JSON arrays of texts. No column holds a
 * secret, nor anything derived from one: credentials are in the keyring. */
static const char *const steps[] = {
  "CREATE TABLE authorization ("
  "  id TEXT NOT NULL PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  name_key TEXT NOT NULL UNIQUE,"
  "  provider TEXT NOT NULL,"
  "  type TEXT NOT NULL,"
  "  active INTEGER NOT NULL,"
  "  status TEXT NOT NULL,"
  "  account TEXT,"
  "  expires_at INTEGER NOT NULL,"
  "  renewable INTEGER NOT NULL,"
  "  connectors TEXT NOT NULL,"
  "  scopes TEXT NOT NULL,"
  "  granted_scopes TEXT,"
  "  authorized_at INTEGER NOT NULL,"
  "  created_at INTEGER NOT NULL,"
  "  modified_at INTEGER NOT NULL,"
  "  revision INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE setting ("
  "  authorization_id TEXT NOT NULL REFERENCES authorization (id) ON DELETE CASCADE,"
  "  name TEXT NOT NULL,"
  "  value TEXT NOT NULL,"
  "  PRIMARY KEY (authorization_id, name)"
  ") STRICT, WITHOUT ROWID;",
  /* What the person decided about sandboxed apps. */
  "CREATE TABLE permission ("
  "  app_id TEXT NOT NULL,"
  "  authorization_id TEXT NOT NULL REFERENCES authorization (id) ON DELETE CASCADE,"
  "  verdict TEXT NOT NULL,"
  "  decided_at INTEGER NOT NULL,"
  "  used_at INTEGER NOT NULL,"
  "  PRIMARY KEY (app_id, authorization_id)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX permission_authorization ON permission (authorization_id);",
  /* Of what the person was told that it needs her. It stays when the authorization goes, for what
   * she was told is to be taken back then. */
  "CREATE TABLE notice ("
  "  authorization_id TEXT NOT NULL PRIMARY KEY,"
  "  told_at INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;",
};

const LanyardSchema lanyard_schema = { steps, G_N_ELEMENTS (steps) };

static void
set_foreign_error (GError **error, sqlite3 *handle)
{
  g_autofree char *name = g_filename_display_name (sqlite3_db_filename (handle, "main"));

  g_set_error (
    error, LANYARD_ERROR, LANYARD_ERROR_STORAGE,
    _ ("The file “%s” is the database of another program. Move it away and start again."), name);
}

/* Looks at the version without changing anything. */
static gboolean
check_version (const LanyardSchema *schema, sqlite3 *handle, guint *version, GError **error)
{
  gint64 found;
  gint64 application_id;
  gint64 n_tables = 0;

  if (!lanyard_sqlite_query_int64 (handle, "PRAGMA user_version", &found, error) ||
      !lanyard_sqlite_query_int64 (handle, "PRAGMA application_id", &application_id, error))
    return FALSE;

  if (application_id == 0 &&
      !lanyard_sqlite_query_int64 (handle, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if ((application_id != 0 && application_id != APPLICATION_ID) || n_tables > 0 || found < 0)
    {
      set_foreign_error (error, handle);
      return FALSE;
    }

  if (found > schema->n_steps)
    {
      g_autofree char *name = g_filename_display_name (sqlite3_db_filename (handle, "main"));

      g_set_error (
        error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER,
        _ ("The database “%s” was written by a newer Lanyard. Update Lanyard to use it."), name);
      return FALSE;
    }

  *version = (guint)found;
  return TRUE;
}

/* Makes an empty file that only the person can read, for SQLite to fill. */
static gboolean
create_private_file (const char *path, GError **error)
{
  int fd;

  g_unlink (path);
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      lanyard_sqlite_set_errno_error (error, path, errno);
      return FALSE;
    }

  close (fd);
  return TRUE;
}

static gboolean
sync_file (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;
  int code = errno;

  if (fd >= 0)
    close (fd);

  errno = code;
  return is_synced;
}

static gboolean
copy_database (sqlite3 *handle, const char *path, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_copied = FALSE;

  if (sqlite3_prepare_v2 (handle, "VACUUM INTO :path", -1, &statement, NULL) == SQLITE_OK)
    {
      lanyard_sqlite_bind_text (statement, ":path", path);
      is_copied = sqlite3_step (statement) == SQLITE_DONE;
    }

  if (!is_copied)
    lanyard_sqlite_set_error (error, handle);
  sqlite3_finalize (statement);

  return is_copied;
}

/* Copies the database, with what is in its write-ahead log, beside it. The copy gets its name when
 * it is whole. */
static gboolean
back_up (sqlite3 *handle, guint version, GError **error)
{
  const char *path = sqlite3_db_filename (handle, "main");
  g_autofree char *backup = g_strdup_printf ("%s.backup-%u", path, version);
  g_autofree char *partial = g_strconcat (backup, ".part", NULL);

  if (!create_private_file (partial, error))
    return FALSE;

  if (!copy_database (handle, partial, error))
    {
      g_unlink (partial);
      return FALSE;
    }

  if (!sync_file (partial) || g_rename (partial, backup) != 0)
    {
      lanyard_sqlite_set_errno_error (error, backup, errno);
      g_unlink (partial);
      return FALSE;
    }

  return TRUE;
}

static gboolean
run_steps (const LanyardSchema *schema, sqlite3 *handle, GError **error)
{
  g_autofree char *stamp = NULL;
  guint version;

  /* Another program may have migrated it while this one was waiting for its turn. */
  if (!check_version (schema, handle, &version, error))
    return FALSE;

  for (guint i = version; i < schema->n_steps; i++)
    {
      if (!lanyard_sqlite_run (handle, schema->steps[i], error))
        return FALSE;
    }

  stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u", APPLICATION_ID,
                           schema->n_steps);
  return lanyard_sqlite_run (handle, stamp, error);
}

/* Brings the database from @version to the current one. */
static gboolean
migrate (const LanyardSchema *schema, sqlite3 *handle, guint version, GError **error)
{
  if (version == schema->n_steps)
    return TRUE;

  if (version > 0 && !back_up (handle, version, error))
    return FALSE;

  if (!lanyard_sqlite_run (handle, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (!run_steps (schema, handle, error) || !lanyard_sqlite_run (handle, "COMMIT", error))
    {
      lanyard_sqlite_run (handle, "ROLLBACK", NULL);
      return FALSE;
    }

  return TRUE;
}

static gboolean
configure (sqlite3 *handle, GError **error)
{
  /* Readers and a writer do not keep each other waiting with a write-ahead log. Where it cannot be
   * had (a file that may only be read, another program in it just now), the database works without:
   * what this call returns does not matter. */
  sqlite3_exec (handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);

  /* FULL: what was saved is on the disk when the call returns, also if the power fails. There is a
   * write for each thing that a person saves and for each token that is renewed; next to both, the
   * milliseconds that a sync takes do not count, and NORMAL would let the last of them get lost. */
  return lanyard_sqlite_run (handle,
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA foreign_keys = ON;"
                             "PRAGMA secure_delete = ON;"
                             "PRAGMA trusted_schema = OFF",
                             error);
}

/* In one transaction, so that what it looks at belongs together: another program may be creating
 * the database now. */
static gboolean
check_version_at_once (const LanyardSchema *schema, sqlite3 *handle, guint *version, GError **error)
{
  gboolean is_good;

  if (!lanyard_sqlite_run (handle, "BEGIN", error))
    return FALSE;

  is_good = check_version (schema, handle, version, error);
  lanyard_sqlite_run (handle, "ROLLBACK", NULL);
  return is_good;
}

sqlite3 *
lanyard_schema_open (const LanyardSchema *schema,
                     const char *path,
                     int busy_timeout,
                     GError **error)
{
  sqlite3 *handle = lanyard_sqlite_open (path, busy_timeout, error);
  guint version = 0;

  if (handle == NULL)
    return NULL;

  if (!check_version_at_once (schema, handle, &version, error))
    {
      /* Closing would tidy up the log of a database that is not ours to touch. */
      sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      sqlite3_close_v2 (handle);
      return NULL;
    }

  if (!configure (handle, error) || !migrate (schema, handle, version, error))
    {
      sqlite3_close_v2 (handle);
      return NULL;
    }

  return handle;
}
