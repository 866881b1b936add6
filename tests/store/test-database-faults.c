/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-database-private.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

static void
assert_cannot_open (const char *path, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDatabase) database =
    lanyard_database_open_full (path, &lanyard_schema, 50, &error);

  g_assert_null (database);
  assert_error_says (&error, code, part);
}

static void
configure (LanyardDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  lanyard_sqlite_run (lanyard_database_get_handle (database), sql, &error);
  g_assert_no_error (error);
}

static LanyardAuthorization *
load (LanyardDatabase *database, LanyardAuthorization *saved)
{
  return lanyard_database_load (database, lanyard_authorization_get_id (saved), NULL);
}

static void
write_file (const char *content, gsize length)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, content, (gssize)length, NULL));
}

static void
test_folder_is_file (void)
{
  g_autofree char *file = g_build_filename (g_get_user_data_dir (), "file", NULL);
  g_autofree char *path = g_build_filename (file, "lanyard", "lanyard.db", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, "cannot be used");
}

static void
test_path_is_folder (void)
{
  g_autofree char *path = dup_database_path ();

  g_mkdir_with_parents (path, 0700);
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, path);
}

static void
test_folder_not_writable (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (geteuid () == 0)
    {
      g_test_skip ("Nothing keeps root from writing");
      return;
    }

  g_mkdir_with_parents (folder, 0500);
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, "permissions");
  g_chmod (folder, 0700);
}

static void
test_not_a_database (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *content = g_strnfill (8192, 'x');
  g_autofree char *after = NULL;

  write_file (content, strlen (content));
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, "damaged");
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, content);
}

static void
test_database_of_another (void)
{
  g_autofree char *path = dup_database_path ();

  write_file ("", 0);
  run_sql ("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, "another program");
  run_sql ("PRAGMA user_version = 1");
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, "another program");
  run_sql ("PRAGMA application_id = 77");
  assert_cannot_open (path, LANYARD_ERROR_STORAGE, "another program");
  run_sql ("UPDATE theirs SET x = 2");
}

/* What was written in the middle of the file is not what SQLite left there. */
static void
test_damaged_pages (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *noise = g_strnfill (3 * 4096, '\xa5');
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Lost");
  g_autoptr (GError) error = NULL;
  int fd;

  g_clear_object (&database);
  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (pwrite (fd, noise, 3 * 4096, 4096), ==, 3 * 4096);
  close (fd);

  database = open_database ();
  g_assert_null (lanyard_database_load_all (database, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "damaged");
  g_assert_null (lanyard_database_find (database, "Lost", &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "damaged");
  g_assert_false (lanyard_database_save (database, saved, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "damaged");
}

static void
test_read_only (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Readable");
  g_autoptr (LanyardAuthorization) loaded = NULL;
  g_autoptr (GError) error = NULL;

  configure (database, "PRAGMA query_only = ON");
  lanyard_authorization_set_name (saved, "Changed");
  g_assert_false (lanyard_database_save (database, saved, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "can only be read");
  g_assert_false (lanyard_database_save_state (database, saved, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "can only be read");
  g_assert_false (lanyard_database_remove (database, lanyard_authorization_get_id (saved), &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "can only be read");

  loaded = load (database, saved);
  g_assert_cmpstr (lanyard_authorization_get_name (loaded), ==, "Readable");
}

static void
test_full (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Before");
  g_autoptr (LanyardAuthorization) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = g_strnfill (60 * 1000, 'x');

  /* Less than what there is: the file cannot grow. */
  configure (database, "PRAGMA max_page_count = 1");
  lanyard_authorization_set_name (saved, "After");
  lanyard_authorization_set_setting (saved, "client_id", value);
  g_assert_false (lanyard_database_save (database, saved, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "no room left");
  g_assert_cmpint (lanyard_authorization_get_revision (saved), ==, 1);

  /* Nothing of it was saved, and what was there can still be read and made smaller. */
  loaded = load (database, saved);
  g_assert_cmpstr (lanyard_authorization_get_name (loaded), ==, "Before");
  g_assert_null (lanyard_authorization_get_setting (loaded, "client_id"));
  configure (database, "PRAGMA max_page_count = 1000");
  g_assert_true (lanyard_database_save (database, saved, NULL));
  assert_whole ();
}

static void
test_locked (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardDatabase) other = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Before");
  g_autoptr (LanyardAuthorization) loaded = NULL;
  g_autoptr (GError) error = NULL;

  configure (other, "BEGIN IMMEDIATE");
  lanyard_authorization_set_name (saved, "After");
  g_assert_false (lanyard_database_save (database, saved, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "locked");
  g_assert_false (lanyard_database_save_state (database, saved, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "locked");
  g_assert_false (lanyard_database_remove (database, lanyard_authorization_get_id (saved), &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "locked");

  /* Whoever reads does not wait for who writes. */
  loaded = load (database, saved);
  g_assert_cmpstr (lanyard_authorization_get_name (loaded), ==, "Before");

  configure (other, "ROLLBACK");
  g_assert_true (lanyard_database_save (database, saved, NULL));
}

static void
assert_damaged_row_is_left_out (const char *column, const char *value)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) whole = save_new (database, "Whole");
  g_autoptr (LanyardAuthorization) damaged = save_new (database, "Damaged");
  const char *id = lanyard_authorization_get_id (damaged);
  g_autofree char *warning = g_strdup_printf ("*%s*damaged*%s*", id, column);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (LanyardAuthorization) loaded = NULL;
  g_autoptr (GError) error = NULL;

  run_sql ("UPDATE authorization SET %s = %s WHERE id = '%s'", column, value, id);

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, warning);
  rows = lanyard_database_load_all (database, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (lanyard_authorization_get_name (g_ptr_array_index (rows, 0)), ==, "Whole");

  g_assert_null (lanyard_database_load (database, id, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, id);
  g_assert_null (lanyard_database_find (database, "Damaged", &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, column);

  /* What is saved under its id, from memory or from the copy in the keyring, takes its place. */
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, warning);
  lanyard_database_save (database, damaged, &error);
  g_assert_no_error (error);
  g_test_assert_expected_messages ();
  loaded = load (database, damaged);
  g_assert_true (lanyard_authorization_equal (loaded, damaged));

  g_assert_true (lanyard_database_remove (database, id, NULL));
  g_assert_true (lanyard_database_remove (database, lanyard_authorization_get_id (whole), NULL));
}

static void
test_damaged_rows (void)
{
  assert_damaged_row_is_left_out ("name", "'two' || char (10) || 'lines'");
  assert_damaged_row_is_left_out ("name", "''");
  assert_damaged_row_is_left_out ("name", "CAST (x'ff' AS TEXT)");
  assert_damaged_row_is_left_out ("name", "'a' || char (0) || 'b'");
  assert_damaged_row_is_left_out ("provider", "''");
  assert_damaged_row_is_left_out ("type", "'no type'");
  assert_damaged_row_is_left_out ("status", "'x'");
  assert_damaged_row_is_left_out ("account", "CAST (x'c328' AS TEXT)");
  assert_damaged_row_is_left_out ("connectors", "'[1]'");
  assert_damaged_row_is_left_out ("connectors", "'{}'");
  assert_damaged_row_is_left_out ("scopes", "'[\"a\"'");
  assert_damaged_row_is_left_out ("scopes", "''");
  assert_damaged_row_is_left_out ("granted_scopes", "'null'");
  assert_damaged_row_is_left_out ("revision", "-1");
}

static void
test_damaged_id (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) whole = save_new (database, "Whole");
  g_autoptr (LanyardAuthorization) damaged = save_new (database, "Damaged");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  run_sql ("UPDATE authorization SET id = '../x' WHERE name = 'Damaged'");
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*“../x”*");
  rows = lanyard_database_load_all (database, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (rows->len, ==, 1);

  g_assert_true (lanyard_database_remove (database, "../x", &error));
  g_assert_null (lanyard_database_find (database, "Damaged", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static void
test_damaged_setting (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) whole = save_new (database, "Whole");
  g_autoptr (LanyardAuthorization) damaged = make_authorization ("Damaged");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_setting (damaged, "client_id", "one");
  lanyard_authorization_set_setting (damaged, "issuer", "two");
  g_assert_true (lanyard_database_save (database, damaged, NULL));
  run_sql ("UPDATE setting SET value = CAST (x'ff' AS TEXT)");

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*damaged*setting*");
  rows = lanyard_database_load_all (database, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (lanyard_authorization_get_name (g_ptr_array_index (rows, 0)), ==, "Whole");
  g_assert_null (lanyard_database_find (database, "Damaged", &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "setting");
}

/* Saves for ever; each time the name and all settings are the same number. */
static void
save_until_killed (int ready_fd)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) authorization = NULL;
  gint64 number;

  authorization = lanyard_database_load_all (database, NULL)->pdata[0];
  number = lanyard_authorization_get_revision (authorization);
  for (gboolean is_first = TRUE;; is_first = FALSE)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, ++number);

      lanyard_authorization_set_name (authorization, text);
      for (guint i = 0; i < 20; i++)
        {
          g_autofree char *name = g_strdup_printf ("setting_%u", i);

          lanyard_authorization_set_setting (authorization, name, text);
        }
      g_assert_true (lanyard_database_save (database, authorization, NULL));
      if (is_first)
        g_assert_cmpint (write (ready_fd, "x", 1), ==, 1);
    }
}

static gint64
assert_row_is_whole (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (GPtrArray) rows = lanyard_database_load_all (database, NULL);
  LanyardAuthorization *row;
  g_auto (GStrv) settings = NULL;

  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  settings = lanyard_authorization_list_settings (row);
  g_assert_cmpuint (g_strv_length (settings), ==, 20);
  for (guint i = 0; settings[i] != NULL; i++)
    g_assert_cmpstr (lanyard_authorization_get_setting (row, settings[i]), ==,
                     lanyard_authorization_get_name (row));

  return lanyard_authorization_get_revision (row);
}

static void
test_killed (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  gint64 last_revision = 0;

  g_object_unref (save_new (database, "0"));
  g_clear_object (&database);

  for (guint i = 0; i < 30; i++)
    {
      int fds[2];
      char byte;
      gint64 revision;
      pid_t pid;

      g_assert_cmpint (pipe (fds), ==, 0);
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        save_until_killed (fds[1]);

      g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
      close (fds[0]);
      close (fds[1]);
      g_usleep ((gulong)g_test_rand_int_range (0, 20 * 1000));
      kill (pid, SIGKILL);
      waitpid (pid, NULL, 0);

      revision = assert_row_is_whole ();
      g_assert_cmpint (revision, >, last_revision);
      last_revision = revision;
      assert_whole ();
    }
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/database/faults/folder-is-file", test_folder_is_file);
  g_test_add_func ("/store/database/faults/path-is-folder", test_path_is_folder);
  g_test_add_func ("/store/database/faults/folder-not-writable", test_folder_not_writable);
  g_test_add_func ("/store/database/faults/not-a-database", test_not_a_database);
  g_test_add_func ("/store/database/faults/database-of-another", test_database_of_another);
  g_test_add_func ("/store/database/faults/damaged-pages", test_damaged_pages);
  g_test_add_func ("/store/database/faults/read-only", test_read_only);
  g_test_add_func ("/store/database/faults/full", test_full);
  g_test_add_func ("/store/database/faults/locked", test_locked);
  g_test_add_func ("/store/database/faults/damaged-rows", test_damaged_rows);
  g_test_add_func ("/store/database/faults/damaged-id", test_damaged_id);
  g_test_add_func ("/store/database/faults/damaged-setting", test_damaged_setting);
  g_test_add_func ("/store/database/faults/killed", test_killed);

  return lanyard_test_run ();
}
