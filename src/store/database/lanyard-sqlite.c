/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lanyard-error.h"

static gboolean
is_disk_full (int code, int system_code)
{
  return code == SQLITE_FULL || system_code == ENOSPC || system_code == EDQUOT;
}

/* The message for a failed call; the path is the only thing in it that comes from outside. */
static char *
build_message (const char *path, int code, int system_code, const char *detail)
{
  g_autofree char *name = g_filename_display_name (path);

  if (is_disk_full (code & 0xff, system_code))
    return g_strdup_printf (
      _ ("There is no room left for the database “%s”. Free some space and try again."), name);

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return g_strdup_printf (
        _ ("Another program keeps the database “%s” locked. Try again in a moment."), name);

    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return g_strdup_printf (_ ("The database “%s” can only be read. Check its permissions and "
                                 "whether its disk is read-only."),
                              name);

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return g_strdup_printf (_ ("The database “%s” is damaged. Restore it from a backup, or move "
                                 "it away and start anew: credentials stay in the keyring."),
                              name);

    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return g_strdup_printf (_ ("The database “%s” cannot be used: %s. Check its permissions, "
                                 "its folder and its disk."),
                              name, system_code != 0 ? g_strerror (system_code) : detail);

    default:
      /* Translators: a path, and what SQLite says, in English */
      return g_strdup_printf (_ ("The database “%s” failed: %s"), name, detail);
    }
}

static void
set_error (GError **error, sqlite3 *handle, const char *path)
{
  g_autofree char *message = build_message (path, sqlite3_extended_errcode (handle),
                                            sqlite3_system_errno (handle), sqlite3_errmsg (handle));

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE, message);
}

/* Makes what is missing, for the person alone. SQLite itself would let everybody read the file, and
 * gives the files beside it the same mode. A file that is there is never opened here: closing it
 * would drop the locks that this process holds on it. */
static gboolean
create_private_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      lanyard_sqlite_set_errno_error (error, path, errno);
      return FALSE;
    }

  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }

  if (errno != EEXIST)
    {
      lanyard_sqlite_set_errno_error (error, path, errno);
      return FALSE;
    }

  /* It may have come from a backup, with the mode that was usual there. */
  if (stat (path, &info) == 0 && info.st_uid == geteuid () && S_ISREG (info.st_mode) &&
      (info.st_mode & 0077) != 0 && chmod (path, info.st_mode & 0700) != 0)
    g_debug ("Cannot keep others from reading the database: %s", g_strerror (errno));

  return TRUE;
}

/* Lets SQLite take memory for each page that it reads. By itself it takes that of 20 at once, and
 * touches all of it, while most databases have seven. Where another library uses SQLite already, it
 * stays as it is. */
static void
save_memory (void)
{
  static gsize is_done;

  if (!g_once_init_enter (&is_done))
    return;

  sqlite3_config (SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
  g_once_init_leave (&is_done, TRUE);
}

sqlite3 *
lanyard_sqlite_open (const char *path, int busy_timeout, GError **error)
{
  sqlite3 *handle = NULL;

  save_memory ();
  if (!create_private_file (path, error))
    return NULL;

  if (sqlite3_open_v2 (path, &handle,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                       NULL) != SQLITE_OK)
    {
      set_error (error, handle, path);
      sqlite3_close_v2 (handle);
      return NULL;
    }

  sqlite3_busy_timeout (handle, busy_timeout);
  return handle;
}

void
lanyard_sqlite_set_error (GError **error, sqlite3 *handle)
{
  set_error (error, handle, sqlite3_db_filename (handle, "main"));
}

void
lanyard_sqlite_set_errno_error (GError **error, const char *path, int code)
{
  g_autofree char *message = build_message (path, SQLITE_CANTOPEN, code, g_strerror (code));

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE, message);
}

gboolean
lanyard_sqlite_run (sqlite3 *handle, const char *sql, GError **error)
{
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  lanyard_sqlite_set_error (error, handle);
  return FALSE;
}

gboolean
lanyard_sqlite_query_int64 (sqlite3 *handle, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_there = FALSE;

  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    {
      *value = sqlite3_column_int64 (statement, 0);
      is_there = TRUE;
    }

  if (!is_there)
    lanyard_sqlite_set_error (error, handle);
  sqlite3_finalize (statement);

  return is_there;
}

sqlite3_stmt *
lanyard_sqlite_prepare (sqlite3 *handle, const char *sql, sqlite3_stmt **cache, GError **error)
{
  if (*cache == NULL &&
      sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, cache, NULL) != SQLITE_OK)
    lanyard_sqlite_set_error (error, handle);

  return *cache;
}

void
lanyard_sqlite_release (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

int
lanyard_sqlite_step (sqlite3_stmt *statement, GError **error)
{
  int status = sqlite3_step (statement);

  if (status != SQLITE_ROW && status != SQLITE_DONE)
    lanyard_sqlite_set_error (error, sqlite3_db_handle (statement));

  return status;
}

void
lanyard_sqlite_bind_text (sqlite3_stmt *statement, const char *name, const char *text)
{
  int index = sqlite3_bind_parameter_index (statement, name);

  if (index > 0)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

void
lanyard_sqlite_bind_int64 (sqlite3_stmt *statement, const char *name, gint64 value)
{
  int index = sqlite3_bind_parameter_index (statement, name);

  if (index > 0)
    sqlite3_bind_int64 (statement, index, value);
}
