/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fixtures.h"

#include <stdarg.h>
#include <string.h>

#include "lanyard-database-private.h"
#include "lanyard-error.h"

char *
dup_database_path (void)
{
  return g_build_filename (g_get_user_data_dir (), g_test_get_path (), "lanyard.db", NULL);
}

LanyardDatabase *
open_database (void)
{
  g_autofree char *path = dup_database_path ();
  g_autoptr (GError) error = NULL;
  LanyardDatabase *database = lanyard_database_open_full (path, &lanyard_schema, 50, &error);

  g_assert_no_error (error);
  g_assert_true (LANYARD_IS_DATABASE (database));
  return database;
}

LanyardAuthorization *
make_authorization (const char *name)
{
  LanyardAuthorization *authorization = lanyard_authorization_new (NULL);

  lanyard_authorization_set_name (authorization, name);
  lanyard_authorization_set_provider_id (authorization, "demo");
  lanyard_authorization_set_type_id (authorization, "oauth2");
  return authorization;
}

LanyardAuthorization *
save_new (LanyardDatabase *database, const char *name)
{
  LanyardAuthorization *authorization = make_authorization (name);
  g_autoptr (GError) error = NULL;

  lanyard_database_save (database, authorization, &error);
  g_assert_no_error (error);
  return authorization;
}

void
run_sql (const char *format, ...)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *sql = NULL;
  sqlite3 *handle = NULL;
  va_list args;
  int status;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);

  status = sqlite3_open (path, &handle);
  g_assert_cmpint (status, ==, SQLITE_OK);
  status = sqlite3_exec (handle, sql, NULL, NULL, NULL);
  if (status != SQLITE_OK)
    g_test_message ("%s: %s", sql, sqlite3_errmsg (handle));
  g_assert_cmpint (status, ==, SQLITE_OK);
  sqlite3_close (handle);
}

static int
check_answer_cb (void *data, int n_columns, char **values, char **names)
{
  g_assert_cmpstr (values[0], ==, "ok");
  return 0;
}

void
assert_whole (void)
{
  g_autofree char *path = dup_database_path ();
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA integrity_check", check_answer_cb, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (handle);
}

void
assert_error_says (GError **error, int code, const char *part)
{
  g_assert_error (*error, LANYARD_ERROR, code);
  if (strstr ((*error)->message, part) == NULL)
    g_test_message ("“%s” is not in: %s", part, (*error)->message);
  g_assert_nonnull (strstr ((*error)->message, part));
  g_clear_error (error);
}
