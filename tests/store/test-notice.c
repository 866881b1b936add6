/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-notice.h"

#include "fixtures.h"
#include "lanyard-database-private.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

#define GONE "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11"

static void
save (LanyardDatabase *database, const char *id, gboolean is_told)
{
  g_autoptr (GError) error = NULL;

  lanyard_database_save_notice (database, id, is_told, &error);
  g_assert_no_error (error);
}

static GHashTable *
list (LanyardDatabase *database)
{
  g_autoptr (GError) error = NULL;
  GHashTable *ids = lanyard_database_list_notices (database, &error);

  g_assert_no_error (error);
  return ids;
}

static void
test_fails (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (GError) error = NULL;

  run_sql ("DROP TABLE notice");
  g_assert_null (lanyard_database_list_notices (database, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "notice");
  g_assert_false (lanyard_database_save_notice (database, GONE, TRUE, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "notice");
}

static void
test_locked (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autofree char *path = dup_database_path ();
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (lanyard_database_save_notice (database, GONE, TRUE, &error));
  assert_error_says (&error, LANYARD_ERROR_STORAGE, "");
  sqlite3_close (other);
  save (database, GONE, TRUE);
}

/* What was told outlives the program that told it, and the authorization. */
static void
test_kept (void)
{
  LanyardDatabase *database = open_database ();
  g_autoptr (LanyardAuthorization) authorization = save_new (database, "Work");
  const char *id = lanyard_authorization_get_id (authorization);
  g_autoptr (GHashTable) none = list (database);
  g_autoptr (GHashTable) both = NULL;
  g_autoptr (GHashTable) one = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  save (database, id, TRUE);
  save (database, id, TRUE);
  save (database, GONE, TRUE);
  lanyard_database_remove (database, id, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (database);

  database = open_database ();
  both = list (database);
  g_assert_cmpuint (g_hash_table_size (both), ==, 2);
  g_assert_true (g_hash_table_contains (both, id));
  g_assert_true (g_hash_table_contains (both, GONE));

  save (database, id, FALSE);
  save (database, id, FALSE);
  one = list (database);
  g_assert_cmpuint (g_hash_table_size (one), ==, 1);
  g_assert_true (g_hash_table_contains (one, GONE));
  g_assert_finalize_object (database);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/notice/fails", test_fails);
  g_test_add_func ("/store/notice/locked", test_locked);
  g_test_add_func ("/store/notice/kept", test_kept);

  return lanyard_test_run ();
}
