/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-database-private.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixtures.h"
#include "lanyard-test.h"

typedef struct
{
  guint n_changes;
  gboolean is_over;
} Changes;

static void
changed_cb (LanyardDatabase *database, Changes *changes)
{
  changes->n_changes++;
}

static gboolean
over_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop for so long, or until the first change. */
static void
run (Changes *changes, guint milliseconds, gboolean is_change_enough)
{
  guint id = g_timeout_add (milliseconds, over_cb, &changes->is_over);

  changes->is_over = FALSE;
  while (!changes->is_over && !(is_change_enough && changes->n_changes > 0))
    g_main_context_iteration (NULL, TRUE);
  if (!changes->is_over)
    g_source_remove (id);
}

static gboolean
is_watching (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (target != NULL && strstr (target, "inotify") != NULL)
        return TRUE;
    }

  return FALSE;
}

/* First of all cases: the monitor of the first that watches stays in the process. */
static void
test_nobody_asks (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Mine");
  g_autoptr (GPtrArray) rows = lanyard_database_load_all (database, NULL);
  Changes changes = { 0 };

  run (&changes, 50, FALSE);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_false (is_watching ());
}

static void
test_own_writes (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = NULL;
  Changes changes = { 0 };

  g_signal_connect (database, "changed", G_CALLBACK (changed_cb), &changes);
  saved = save_new (database, "Mine");
  run (&changes, 300, FALSE);
  g_assert_true (is_watching ());
  lanyard_authorization_set_name (saved, "Still mine");
  g_assert_true (lanyard_database_save (database, saved, NULL));
  g_assert_true (lanyard_database_save_state (database, saved, NULL));
  g_assert_true (lanyard_database_remove (database, lanyard_authorization_get_id (saved), NULL));
  run (&changes, 500, FALSE);
  g_assert_cmpuint (changes.n_changes, ==, 0);
}

static void
test_reading (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  Changes changes = { 0 };

  g_signal_connect (database, "changed", G_CALLBACK (changed_cb), &changes);
  run (&changes, 50, FALSE);

  /* Another program looks, and puts its files away again. */
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (LanyardDatabase) other = open_database ();
      g_autoptr (GPtrArray) rows = lanyard_database_load_all (other, NULL);

      g_assert_nonnull (rows);
    }
  run (&changes, 500, FALSE);
  g_assert_cmpuint (changes.n_changes, ==, 0);
}

static void
test_other_process (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (GPtrArray) rows = NULL;
  Changes changes = { 0 };
  int status;
  pid_t pid;

  g_signal_connect (database, "changed", G_CALLBACK (changed_cb), &changes);
  g_ptr_array_unref (lanyard_database_load_all (database, NULL));

  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      g_autoptr (LanyardDatabase) other = open_database ();

      _exit (lanyard_database_save (other, make_authorization ("Theirs"), NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);

  run (&changes, 1000, TRUE);
  g_assert_cmpuint (changes.n_changes, ==, 1);
  rows = lanyard_database_load_all (database, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
}

static void
test_many_changes (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardDatabase) other = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (other, "Theirs");
  Changes changes = { 0 };
  gint64 expires_at = 0;
  gint64 end;

  sqlite3_exec (lanyard_database_get_handle (other), "PRAGMA synchronous = OFF", NULL, NULL, NULL);
  g_signal_connect (database, "changed", G_CALLBACK (changed_cb), &changes);
  g_ptr_array_unref (lanyard_database_load_all (database, NULL));
  for (end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    {
      lanyard_authorization_set_expires_at (saved, ++expires_at);
      g_assert_true (lanyard_database_save_state (other, saved, NULL));
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }

  g_assert_cmpuint (changes.n_changes, >=, 2);
  g_assert_cmpuint (changes.n_changes, <=, 11);
}

/* The handler is there only after everything was loaded. */
static void
test_late_handler (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardDatabase) other = open_database ();
  Changes changes = { 0 };

  g_ptr_array_unref (lanyard_database_load_all (database, NULL));
  g_object_unref (save_new (other, "Between"));
  g_signal_connect (database, "changed", G_CALLBACK (changed_cb), &changes);
  run (&changes, 1000, TRUE);
  g_assert_cmpuint (changes.n_changes, ==, 1);
}

static void
last_reference_cb (LanyardDatabase *database, LanyardDatabase **owner)
{
  g_clear_object (owner);
}

static void
test_freed_by_handler (void)
{
  LanyardDatabase *database = open_database ();
  g_autoptr (LanyardDatabase) other = open_database ();
  LanyardDatabase *watched = database;
  Changes changes = { 0 };

  g_signal_connect (database, "changed", G_CALLBACK (changed_cb), &changes);
  g_signal_connect (database, "changed", G_CALLBACK (last_reference_cb), &database);
  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *)&watched);
  g_object_unref (save_new (other, "Theirs"));
  run (&changes, 1000, TRUE);
  g_assert_null (watched);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/database/changed/nobody-asks", test_nobody_asks);
  g_test_add_func ("/store/database/changed/own-writes", test_own_writes);
  g_test_add_func ("/store/database/changed/reading", test_reading);
  g_test_add_func ("/store/database/changed/other-process", test_other_process);
  g_test_add_func ("/store/database/changed/many-changes", test_many_changes);
  g_test_add_func ("/store/database/changed/late-handler", test_late_handler);
  g_test_add_func ("/store/database/changed/freed-by-handler", test_freed_by_handler);

  return lanyard_test_run ();
}
