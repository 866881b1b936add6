/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * lanyard_sqlite_open:
 * @path: the file
 * @busy_timeout: for how many milliseconds a call waits for another program
 *
 * Opens a database; one that may not be written is opened for reading. Where they are missing, its
 * folder is made with mode 0700 and the file with 0600.
 *
 * Returns: (transfer full): a handle for the calling thread alone, to be closed by
 * sqlite3_close_v2(); or %NULL with %LANYARD_ERROR_STORAGE
 */
sqlite3 *lanyard_sqlite_open (const char *path, int busy_timeout, GError **error);

/**
 * lanyard_sqlite_set_error:
 * @handle: the database whose last call failed
 *
 * Sets %LANYARD_ERROR_STORAGE, with what happened and what the person can do about it.
 */
void lanyard_sqlite_set_error (GError **error, sqlite3 *handle);

/**
 * lanyard_sqlite_set_errno_error:
 * @path: the file or folder
 * @code: what the system said of it, a value of `errno`
 *
 * As lanyard_sqlite_set_error(), for a file that SQLite did not come to see.
 */
void lanyard_sqlite_set_errno_error (GError **error, const char *path, int code);

/**
 * lanyard_sqlite_run:
 * @sql: one or more statements without parameters
 *
 * Returns: whether all of them succeeded; %LANYARD_ERROR_STORAGE when one did not
 */
gboolean lanyard_sqlite_run (sqlite3 *handle, const char *sql, GError **error);

/**
 * lanyard_sqlite_query_int64:
 * @sql: a query with one row of one number
 * @value: (out): the number
 */
gboolean
lanyard_sqlite_query_int64 (sqlite3 *handle, const char *sql, gint64 *value, GError **error);

/* A prepared statement in use: going out of scope it lets go of its row, its lock and its values,
 * so that it can be used again. */
typedef sqlite3_stmt *LanyardStatement;

/**
 * lanyard_sqlite_prepare:
 * @sql: one statement, which is always the same for @cache
 * @cache: where the statement is kept, to be freed by sqlite3_finalize()
 *
 * Returns: (transfer none): the statement, to be held in a g_auto (LanyardStatement); or %NULL with
 * %LANYARD_ERROR_STORAGE
 */
sqlite3_stmt *
lanyard_sqlite_prepare (sqlite3 *handle, const char *sql, sqlite3_stmt **cache, GError **error);
void lanyard_sqlite_release (sqlite3_stmt *statement);

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (LanyardStatement, lanyard_sqlite_release, NULL)

/**
 * lanyard_sqlite_step:
 * @error: return location for %LANYARD_ERROR_STORAGE, set where the result is neither %SQLITE_ROW
 * nor %SQLITE_DONE
 *
 * Returns: what sqlite3_step() returned
 */
int lanyard_sqlite_step (sqlite3_stmt *statement, GError **error);

/**
 * lanyard_sqlite_bind_text:
 * @name: the name of a parameter, with its colon; one that @statement does not have is passed over
 * @text: (nullable): its value, which is copied; %NULL is NULL
 */
void lanyard_sqlite_bind_text (sqlite3_stmt *statement, const char *name, const char *text);
void lanyard_sqlite_bind_int64 (sqlite3_stmt *statement, const char *name, gint64 value);

G_END_DECLS
