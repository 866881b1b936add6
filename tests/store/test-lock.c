/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-lock.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "lanyard-error.h"
#include "lanyard-test.h"

#define ID "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11"
#define OTHER_ID "a2d4c6e8-1b3d-4f5a-8c7e-9f0b1d2c3e4f"

typedef struct
{
  LanyardLock *lock;
  GError *error;
  gboolean is_done;
} Outcome;

static void
acquired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->lock = lanyard_lock_acquire_finish (result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
wait_for (Outcome *outcome)
{
  while (!outcome->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static LanyardLock *
acquire (const char *id)
{
  Outcome outcome = { NULL };

  lanyard_lock_acquire_async (id, NULL, acquired_cb, &outcome);
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_nonnull (outcome.lock);

  return outcome.lock;
}

/* Lets the main loop run; returns how often it had nothing else to do. */
static guint
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  guint turns = 0;

  while (g_get_monotonic_time () < end)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_usleep (1000);
      turns++;
    }

  return turns;
}

static char *
build_folder_path (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "lanyard", NULL);
}

/* Starts a case as on the first day; returns where the locks will be. */
static char *
clear_folder (void)
{
  g_autofree char *elsewhere = g_build_filename (g_get_user_runtime_dir (), "elsewhere", NULL);
  char *folder = build_folder_path ();

  lanyard_test_remove_folder (elsewhere);
  lanyard_test_remove_folder (folder);
  return folder;
}

static void
test_invalid_id (void)
{
  static const char *const ids[] = {
    "", "../secret", "6f1b9c1e/3c5d", "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11a", "žluť", "a.lock"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*is_uuid_text*");
      lanyard_lock_acquire_async (ids[i], NULL, acquired_cb, NULL);
      g_test_assert_expected_messages ();
    }
}

static void
assert_unusable (void)
{
  Outcome outcome = { NULL };

  lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_STORAGE);
  g_assert_null (outcome.lock);
  g_assert_nonnull (strstr (outcome.error->message, "lanyard"));
  g_clear_error (&outcome.error);
}

static void
test_folder_is_file (void)
{
  g_autofree char *folder = clear_folder ();

  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  assert_unusable ();
}

static void
test_folder_is_link (void)
{
  g_autofree char *folder = clear_folder ();
  g_autofree char *target = g_build_filename (g_get_user_runtime_dir (), "elsewhere", NULL);

  g_mkdir_with_parents (target, 0700);
  g_assert_cmpint (symlink (target, folder), ==, 0);
  assert_unusable ();
}

static void
test_file_is_link (void)
{
  g_autofree char *folder = clear_folder ();
  g_autofree char *file = g_build_filename (folder, ID ".lock", NULL);
  g_autofree char *target = g_build_filename (g_get_user_runtime_dir (), "elsewhere", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (symlink (target, file), ==, 0);
  assert_unusable ();
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static void
test_folder_of_another (void)
{
  g_autofree char *folder = clear_folder ();

  if (geteuid () != 0)
    {
      g_test_skip ("Only root can give a folder away");
      return;
    }

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (chown (folder, 65534, 65534), ==, 0);
  assert_unusable ();
}

static void
test_modes (void)
{
  g_autofree char *folder = clear_folder ();
  g_autofree char *file = g_build_filename (folder, ID ".lock", NULL);
  GStatBuf info;

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (g_chmod (folder, 0777), ==, 0);
  lanyard_lock_release (acquire (ID));

  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { NULL };

  g_cancellable_cancel (cancellable);
  lanyard_lock_acquire_async (ID, cancellable, acquired_cb, &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  /* It did not take the lock with it. */
  lanyard_lock_release (acquire (ID));
}

static void
test_cancelled_while_waiting (void)
{
  g_autoptr (LanyardLock) lock = acquire (ID);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { NULL };
  gint64 start;

  lanyard_lock_acquire_async (ID, cancellable, acquired_cb, &outcome);
  run_for (120);
  g_assert_false (outcome.is_done);

  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  wait_for (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  g_clear_error (&outcome.error);

  g_clear_pointer (&lock, lanyard_lock_release);
  lanyard_lock_release (acquire (ID));
}

static void
test_one_at_a_time (void)
{
  Outcome outcomes[5] = { { NULL } };
  guint n_done;

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcomes[i]);

  for (guint round = 1; round <= G_N_ELEMENTS (outcomes); round++)
    {
      /* The main loop is not blocked by those who wait. */
      g_assert_cmpuint (run_for (120), >, 10);

      n_done = 0;
      for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
        {
          n_done += outcomes[i].is_done ? 1 : 0;
          g_clear_pointer (&outcomes[i].lock, lanyard_lock_release);
        }
      g_assert_cmpuint (n_done, ==, round);
    }
}

static void
test_other_ids (void)
{
  g_autoptr (LanyardLock) lock = acquire (ID);
  g_autoptr (LanyardLock) other = acquire (OTHER_ID);

  g_assert_true (lock != other);
}

/* Starts a process that holds the lock until it ends. */
static pid_t
start_holder (void)
{
  int fds[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      acquire (ID);
      g_assert_cmpint (write (fds[1], "x", 1), ==, 1);
      for (;;)
        pause ();
    }

  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  close (fds[0]);
  close (fds[1]);
  return pid;
}

static void
test_holder_killed (void)
{
  Outcome outcome = { NULL };
  pid_t pid = start_holder ();
  gint64 start;

  lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcome);
  run_for (200);
  g_assert_false (outcome.is_done);

  start = g_get_monotonic_time ();
  kill (pid, SIGKILL);
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  lanyard_lock_release (outcome.lock);
  waitpid (pid, NULL, 0);
}

static void
test_not_inherited (void)
{
  g_autoptr (LanyardLock) lock = acquire (ID);
  g_autoptr (GSubprocess) sleeper =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "sleep", "60", NULL);

  g_assert_nonnull (sleeper);
  g_clear_pointer (&lock, lanyard_lock_release);
  lanyard_lock_release (acquire (ID));
  g_subprocess_force_exit (sleeper);
  g_subprocess_wait (sleeper, NULL, NULL);
}

static GError *
make_error (const char *message)
{
  return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE, message);
}

/* What was left before somebody came to wait is not for her: she shall try. */
static void
test_error_of_the_past (void)
{
  g_autoptr (LanyardLock) lock = acquire (ID);
  g_autoptr (GError) error = make_error ("It is down");

  g_assert_null (lanyard_lock_dup_error (lock));
  lanyard_lock_leave_error (lock, error);
  g_clear_pointer (&lock, lanyard_lock_release);
  lock = acquire (ID);
  g_assert_null (lanyard_lock_dup_error (lock));
}

/* What is in the file may be rubbish, or from before the last start. */
static void
test_rubbish_as_error (void)
{
  static const char *const rubbish[] = { "",     "x",      "1",          "9223372036854775807 1 x",
                                         "-1 1", "0 -1 x", "0 999999 x", "9223372036854775807 " };

  for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_autofree char *path =
        g_build_filename (g_get_user_runtime_dir (), "lanyard", ID ".lock", NULL);
      Outcome outcome = { NULL };
      LanyardLock *first = acquire (ID);

      lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcome);
      g_assert_true (
        g_file_set_contents_full (path, rubbish[i], -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      lanyard_lock_release (first);
      wait_for (&outcome);
      g_assert_no_error (outcome.error);
      g_assert_null (lanyard_lock_dup_error (outcome.lock));
      lanyard_lock_release (outcome.lock);
    }
}

static void
test_left_error (void)
{
  Outcome outcomes[2] = { { NULL } };
  LanyardLock *first = acquire (ID);
  g_autoptr (GError) error = make_error ("It is down:\nžluť %s");

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcomes[i]);
  run_for (20);
  lanyard_lock_leave_error (first, error);
  lanyard_lock_release (first);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      LanyardLock *lock;
      g_autoptr (GError) left = NULL;

      while (!outcomes[0].is_done && !outcomes[1].is_done)
        g_main_context_iteration (NULL, TRUE);
      lock = outcomes[0].is_done ? outcomes[0].lock : outcomes[1].lock;
      outcomes[outcomes[0].is_done ? 0 : 1].is_done = FALSE;
      left = lanyard_lock_dup_error (lock);
      g_assert_error (left, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
      g_assert_cmpstr (left->message, ==, error->message);
      lanyard_lock_release (lock);
    }
}

/* Who waited need not do again what was done meanwhile; who comes later is to do it anew. */
static void
test_done (void)
{
  Outcome outcome = { NULL };
  LanyardLock *first = acquire (ID);
  g_autoptr (GError) error = make_error ("done");

  g_assert_false (lanyard_lock_is_done (first));
  lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcome);
  run_for (20);
  lanyard_lock_leave_error (first, error);
  lanyard_lock_leave_success (first);
  lanyard_lock_release (first);
  wait_for (&outcome);
  g_assert_true (lanyard_lock_is_done (outcome.lock));
  g_assert_null (lanyard_lock_dup_error (outcome.lock));

  lanyard_lock_leave_error (outcome.lock, error);
  g_assert_false (lanyard_lock_is_done (outcome.lock));
  lanyard_lock_leave_success (outcome.lock);
  lanyard_lock_release (outcome.lock);
  first = acquire (ID);
  g_assert_false (lanyard_lock_is_done (first));
  lanyard_lock_release (first);
}

/* A message that does not fit is cut, never within a character. */
static void
test_long_error (void)
{
  g_autofree char *message = g_strnfill (10000, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) left = NULL;
  Outcome outcome = { NULL };
  LanyardLock *first = acquire (ID);

  for (guint i = 1; i < 9998; i += 2)
    memcpy (message + i, "ž", 2);
  error = make_error (message);
  lanyard_lock_acquire_async (ID, NULL, acquired_cb, &outcome);
  lanyard_lock_leave_error (first, error);
  lanyard_lock_release (first);
  wait_for (&outcome);
  left = lanyard_lock_dup_error (outcome.lock);
  g_assert_error (left, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
  g_assert_true (g_utf8_validate (left->message, -1, NULL));
  g_assert_true (g_str_has_prefix (left->message, "xžž"));
  lanyard_lock_release (outcome.lock);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/lock/invalid-id", test_invalid_id);
  g_test_add_func ("/store/lock/folder-is-file", test_folder_is_file);
  g_test_add_func ("/store/lock/folder-is-link", test_folder_is_link);
  g_test_add_func ("/store/lock/file-is-link", test_file_is_link);
  g_test_add_func ("/store/lock/folder-of-another", test_folder_of_another);
  g_test_add_func ("/store/lock/modes", test_modes);
  g_test_add_func ("/store/lock/cancelled-before", test_cancelled_before);
  g_test_add_func ("/store/lock/cancelled-while-waiting", test_cancelled_while_waiting);
  g_test_add_func ("/store/lock/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/store/lock/other-ids", test_other_ids);
  g_test_add_func ("/store/lock/holder-killed", test_holder_killed);
  g_test_add_func ("/store/lock/not-inherited", test_not_inherited);
  g_test_add_func ("/store/lock/error-of-the-past", test_error_of_the_past);
  g_test_add_func ("/store/lock/rubbish-as-error", test_rubbish_as_error);
  g_test_add_func ("/store/lock/left-error", test_left_error);
  g_test_add_func ("/store/lock/long-error", test_long_error);
  g_test_add_func ("/store/lock/done", test_done);

  return lanyard_test_run ();
}
