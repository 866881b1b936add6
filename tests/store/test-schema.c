/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-schema.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fixtures.h"
#include "lanyard-database-private.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

static const char *const toy_steps[] = {
  "CREATE TABLE toy (name TEXT NOT NULL) STRICT; INSERT INTO toy VALUES ('ball')",
  "ALTER TABLE toy ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'",
  "UPDATE toy SET colour = 'blue'",
};

static const char *const failing_steps[] = {
  "CREATE TABLE toy (name TEXT NOT NULL) STRICT; INSERT INTO toy VALUES ('ball')",
  "UPDATE toy SET name = 'doll'; UPDATE nothing SET name = 'doll'",
};

static const LanyardSchema first_toys = { toy_steps, 1 };
static const LanyardSchema all_toys = { toy_steps, 3 };
static const LanyardSchema failing_toys = { failing_steps, 2 };

/* Version 1 as it was first released, with a row. It must stay readable for ever: do not change it
 * when the schema changes. */
static const char version_1[] =
  "CREATE TABLE authorization (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT"
  " NULL UNIQUE, provider TEXT NOT NULL, type TEXT NOT NULL, active INTEGER NOT NULL, status TEXT"
  " NOT NULL, account TEXT, expires_at INTEGER NOT NULL, renewable INTEGER NOT NULL, connectors"
  " TEXT NOT NULL, scopes TEXT NOT NULL, granted_scopes TEXT, authorized_at INTEGER NOT NULL,"
  " created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;"
  "CREATE TABLE setting (authorization_id TEXT NOT NULL REFERENCES authorization (id) ON DELETE"
  " CASCADE, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (authorization_id, name))"
  " STRICT, WITHOUT ROWID;"
  "INSERT INTO authorization VALUES ('6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11', 'Work', 'work',"
  " 'demo', 'oauth2', 1, 'authorized', 'me', 4000000000, 1, '[\"calendar\"]', '[]', '[\"a\"]',"
  " 3, 1, 2, 7);"
  "INSERT INTO setting VALUES ('6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11', 'client_id', 'one');"
  "PRAGMA application_id = 0x4c4e5944;"
  "PRAGMA user_version = 1";

static sqlite3 *
open_schema (const LanyardSchema *schema, GError **error)
{
  g_autofree char *path = dup_database_path ();

  return lanyard_schema_open (schema, path, 50, error);
}

static gint64
query (sqlite3 *handle, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  lanyard_sqlite_query_int64 (handle, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
make_empty_file (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static char *
dup_backup_path (guint version)
{
  g_autofree char *path = dup_database_path ();

  return g_strdup_printf ("%s.backup-%u", path, version);
}

static void
test_newer (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_before;
  gsize length_after;

  make_empty_file ();
  run_sql ("%s; PRAGMA user_version = %u", version_1, lanyard_schema.n_steps + 1);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));

  g_assert_null (open_schema (&lanyard_schema, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE_NEWER, "newer Lanyard");
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* A newer program that was killed left a log: that is not ours to tidy up either. */
static void
test_newer_with_log (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_before;
  gsize length_after;
  int status;
  pid_t pid;

  make_empty_file ();
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      sqlite3 *handle = NULL;
      g_autofree char *sql =
        g_strdup_printf ("PRAGMA journal_mode = WAL; %s; PRAGMA user_version = %u", version_1,
                         lanyard_schema.n_steps + 1);

      sqlite3_open (path, &handle);
      _exit (sqlite3_exec (handle, sql, NULL, NULL, NULL));
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (log, &before, &length_before, NULL));
  g_assert_cmpuint (length_before, >, 0);

  g_assert_null (open_schema (&lanyard_schema, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE_NEWER, "newer Lanyard");
  g_assert_true (g_file_get_contents (log, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_failing_step (void)
{
  g_autofree char *backup = dup_backup_path (1);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = open_schema (&first_toys, &error);

  g_assert_no_error (error);
  sqlite3_close (handle);

  g_assert_null (open_schema (&failing_toys, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "failed");
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));

  handle = open_schema (&first_toys, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (handle, "SELECT count(*) FROM toy WHERE name = 'ball'"), ==, 1);
  sqlite3_close (handle);
  assert_whole ();
}

static void
test_failing_backup (void)
{
  g_autofree char *backup = dup_backup_path (1);
  g_autofree char *inside = g_build_filename (backup, "file", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = open_schema (&first_toys, &error);

  g_assert_no_error (error);
  sqlite3_close (handle);
  g_mkdir_with_parents (inside, 0700);

  g_assert_null (open_schema (&all_toys, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "backup-1");

  handle = open_schema (&first_toys, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (handle, "PRAGMA user_version"), ==, 1);
  sqlite3_close (handle);
}

static void
test_from_nothing (void)
{
  g_autofree char *backup = dup_backup_path (0);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = open_schema (&lanyard_schema, &error);

  g_assert_no_error (error);
  g_assert_cmpint (query (handle, "PRAGMA user_version"), ==, lanyard_schema.n_steps);
  g_assert_cmpint (query (handle, "PRAGMA application_id"), ==, 0x4c4e5944);
  g_assert_cmpint (query (handle, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (query (handle, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (query (handle, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (query (handle, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
  g_assert_cmpint (query (handle, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND"
                                  " name NOT LIKE 'sqlite_%' AND NOT strict"),
                   ==, 0);
  sqlite3_close (handle);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
}

static void
test_from_empty_file (void)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *handle;

  make_empty_file ();
  handle = open_schema (&lanyard_schema, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (handle, "PRAGMA user_version"), ==, lanyard_schema.n_steps);
  sqlite3_close (handle);
}

static void
test_backup (void)
{
  g_autofree char *backup = dup_backup_path (1);
  g_autofree char *partial = g_strconcat (backup, ".part", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = open_schema (&first_toys, &error);
  sqlite3 *other;
  GStatBuf info;

  g_assert_no_error (error);
  /* What another program left half done, and what is still in the log only. */
  g_assert_true (g_file_set_contents (partial, "rubbish", -1, NULL));
  g_assert_cmpint (sqlite3_exec (handle, "INSERT INTO toy VALUES ('doll')", NULL, NULL, NULL), ==,
                   SQLITE_OK);

  other = open_schema (&all_toys, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (other, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (query (other, "SELECT count(*) FROM toy WHERE colour = 'blue'"), ==, 2);
  sqlite3_close (other);
  sqlite3_close (handle);

  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (backup, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (sqlite3_open (backup, &handle), ==, SQLITE_OK);
  g_assert_cmpint (query (handle, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (handle, "PRAGMA application_id"), ==, 0x4c4e5944);
  g_assert_cmpint (query (handle, "SELECT count(*) FROM toy"), ==, 2);
  sqlite3_close (handle);
}

static void
test_version_1 (void)
{
  g_autoptr (LanyardDatabase) database = NULL;
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autofree char *backup = dup_backup_path (1);
  g_autoptr (GError) error = NULL;

  make_empty_file ();
  run_sql ("%s", version_1);
  database = open_database ();
  authorization = lanyard_database_find (database, "work", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_authorization_get_setting (authorization, "client_id"), ==, "one");
  g_assert_cmpint (lanyard_authorization_get_revision (authorization), ==, 7);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
}

/* The first start of several programs at once. */
static void
test_several_at_once (void)
{
  pid_t pids[8];
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    {
      pids[i] = fork ();
      g_assert_cmpint (pids[i], >=, 0);
      if (pids[i] == 0)
        {
          g_autofree char *path = dup_database_path ();
          g_autofree char *id = g_strdup_printf ("6f1b9c1e-3c5d-4a8e-9d57-00000000000%u", i);
          g_autoptr (GError) error = NULL;
          LanyardDatabase *database = lanyard_database_open (path, &error);
          LanyardAuthorization *authorization = lanyard_authorization_new (id);

          lanyard_authorization_set_name (authorization, id);
          lanyard_authorization_set_provider_id (authorization, "demo");
          lanyard_authorization_set_type_id (authorization, "oauth2");
          if (database != NULL)
            lanyard_database_save (database, authorization, &error);
          if (error != NULL)
            g_printerr ("%s\n", error->message);
          _exit (error != NULL ? 1 : 0);
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    {
      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_cmpint (status, ==, 0);
    }
  assert_whole ();
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/schema/newer", test_newer);
  g_test_add_func ("/store/schema/newer-with-log", test_newer_with_log);
  g_test_add_func ("/store/schema/failing-step", test_failing_step);
  g_test_add_func ("/store/schema/failing-backup", test_failing_backup);
  g_test_add_func ("/store/schema/from-nothing", test_from_nothing);
  g_test_add_func ("/store/schema/from-empty-file", test_from_empty_file);
  g_test_add_func ("/store/schema/backup", test_backup);
  g_test_add_func ("/store/schema/version-1", test_version_1);
  g_test_add_func ("/store/schema/several-at-once", test_several_at_once);

  return lanyard_test_run ();
}
