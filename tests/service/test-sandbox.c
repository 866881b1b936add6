/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "lanyard-bus-error.h"

#define NAME "[Application]\nname=org.example.Calendar\n"
#define INSTANCE "[Instance]\ninstance-id=1234567890\n"

static void
test_bad_info (void)
{
  const char *const cases[] = {
    "",
    "rubbish",
    NAME,
    INSTANCE,
    "[Application]\nname=\n" INSTANCE,
    "[Application]\nname=Calendar\n" INSTANCE,
    "[Application]\nname=snap.calendar\n" INSTANCE,
    "[Application]\nname=org.example.Calendar/x\n" INSTANCE,
    "[Application]\nname=org.example..Calendar\n" INSTANCE,
    "[Application]\nname=../../x\n" INSTANCE,
    "[Runtime]\nname=org.example.Calendar\n" INSTANCE,
    NAME "[Instance]\ninstance-id=\n",
    NAME "[Instance]\ninstance-id=../1\n",
    NAME "[Instance]\ninstance-id=-1\n",
    NAME "[Instance]\ninstance-id=123456789012345678901\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *instance_id = NULL;
      g_autofree char *app_id = NULL;
      g_autoptr (GError) error = NULL;

      app_id = lanyard_sandbox_parse_info (cases[i], strlen (cases[i]), &instance_id, &error);
      g_test_message ("%s", cases[i]);
      g_assert_null (app_id);
      g_assert_error (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER);
    }
}

static void
test_info_with_nul (void)
{
  static const char data[] = NAME INSTANCE "\0[Application]\nname=org.example.Mail\n";
  g_autofree char *instance_id = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_sandbox_parse_info (data, sizeof data - 1, &instance_id, &error));
  g_assert_error (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER);
}

static void
test_info (void)
{
  g_autofree char *instance_id = NULL;
  g_autofree char *app_id = NULL;
  g_autoptr (GError) error = NULL;

  app_id = lanyard_sandbox_parse_info (NAME INSTANCE, strlen (NAME INSTANCE), &instance_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (app_id, ==, "org.example.Calendar");
  g_assert_cmpstr (instance_id, ==, "1234567890");
}

static void
test_labels (void)
{
  const char *const others[] = {
    NULL,
    "",
    "unconfined",
    "snap.",
    "snap..app",
    "snap.calendar",
    "snap.Calendar.app",
    "/usr/bin/x (enforce)",
  };
  g_autofree char *snap = lanyard_sandbox_parse_label ("snap.calendar.app (enforce)");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (lanyard_sandbox_parse_label (others[i]));
  g_assert_cmpstr (snap, ==, "snap.calendar");
}

/* The folder of a process as it would be in /proc, with a root of its own. */
typedef struct
{
  char *path;
  char *info;
  int fd;
} Process;

static void
make_process (Process *process)
{
  g_autofree char *root = NULL;

  process->path = g_dir_make_tmp ("lanyard-process-XXXXXX", NULL);
  root = g_build_filename (process->path, "root", NULL);
  process->info = g_build_filename (root, ".flatpak-info", NULL);
  g_assert_cmpint (g_mkdir (root, 0700), ==, 0);
  process->fd = open (process->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (process->fd, >=, 0);
}

static void
clear_process (Process *process)
{
  g_autofree char *root = g_path_get_dirname (process->info);

  if (g_remove (process->info) != 0)
    g_assert_false (g_file_test (process->info, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (root), ==, 0);
  g_assert_cmpint (g_rmdir (process->path), ==, 0);
  close (process->fd);
  g_free (process->path);
  g_free (process->info);
}

static void
write_text (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* What Flatpak keeps outside. */
static char *
make_outside (const char *text)
{
  g_autofree char *folder =
    g_build_filename (g_get_user_runtime_dir (), ".flatpak", "1234567890", NULL);
  char *path = g_build_filename (folder, "info", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (text != NULL)
    write_text (path, text);
  return path;
}

static void
assert_unknown (int process_fd, const char *label)
{
  g_autofree char *app_id = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_sandbox_identify (process_fd, label, &app_id, &error));
  g_assert_error (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER);
  g_assert_null (app_id);
}

static char *
identify (int process_fd, const char *label)
{
  char *app_id = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_sandbox_identify (process_fd, label, &app_id, &error);
  g_assert_no_error (error);
  return app_id;
}

/* Only a file of its own, of the right size, is what Flatpak wrote. */
static void
test_odd_files (void)
{
  g_autofree char *outside = make_outside (NAME INSTANCE);
  g_autofree char *long_info = g_strnfill (LANYARD_SANDBOX_MAX_INFO, '#');
  Process process;

  make_process (&process);
  assert_unknown (process.fd, NULL);

  g_assert_cmpint (symlink (outside, process.info), ==, 0);
  assert_unknown (process.fd, NULL);
  g_assert_cmpint (g_remove (process.info), ==, 0);

  g_assert_cmpint (mkfifo (process.info, 0600), ==, 0);
  assert_unknown (process.fd, NULL);
  g_assert_cmpint (g_remove (process.info), ==, 0);

  g_assert_cmpint (g_mkdir (process.info, 0700), ==, 0);
  assert_unknown (process.fd, NULL);
  g_assert_cmpint (g_remove (process.info), ==, 0);

  memcpy (long_info, NAME INSTANCE, strlen (NAME INSTANCE));
  g_assert_true (g_file_set_contents (process.info, long_info, LANYARD_SANDBOX_MAX_INFO, NULL));
  g_assert_cmpint (truncate (process.info, LANYARD_SANDBOX_MAX_INFO + 1), ==, 0);
  assert_unknown (process.fd, NULL);

  clear_process (&process);
  g_remove (outside);
}

/* What is inside counts for nothing if Flatpak does not say the same outside. */
static void
test_outside (void)
{
  g_autofree char *outside = make_outside (NULL);
  g_autofree char *other = g_strconcat (outside, ".other", NULL);
  g_autofree char *app_id = NULL;
  Process process;

  make_process (&process);
  write_text (process.info, NAME INSTANCE);
  assert_unknown (process.fd, NULL);
  write_text (outside, "[Application]\nname=org.example.Mail\n" INSTANCE);
  assert_unknown (process.fd, NULL);
  write_text (outside, NAME "[Instance]\ninstance-id=1234567891\n");
  assert_unknown (process.fd, NULL);
  g_assert_cmpint (g_rename (outside, other), ==, 0);
  write_text (other, NAME INSTANCE);
  g_assert_cmpint (symlink (other, outside), ==, 0);
  assert_unknown (process.fd, NULL);
  g_assert_cmpint (g_rename (other, outside), ==, 0);

  app_id = identify (process.fd, NULL);
  g_assert_cmpstr (app_id, ==, "org.example.Calendar");
  clear_process (&process);
  g_remove (outside);
}

/* A child that waits until it is ended, in namespaces of its own or in ours; 0 where it cannot have
 * any. */
static pid_t
start_child (int namespaces)
{
  int pipe_fds[2];
  char is_there = 0;
  pid_t pid;

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (namespaces == 0 || unshare (namespaces) == 0)
        (void)!write (pipe_fds[1], "1", 1);
      else
        _exit (1);
      close (pipe_fds[1]);
      while (TRUE)
        pause ();
    }

  close (pipe_fds[1]);
  (void)!read (pipe_fds[0], &is_there, 1);
  close (pipe_fds[0]);
  if (is_there == '1')
    return pid;

  waitpid (pid, NULL, 0);
  return 0;
}

static void
end_child (pid_t pid)
{
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

static int
open_process (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d", (int)pid);
  int fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* Whatever gets its number: what was opened stays what it was. */
static void
test_ended (void)
{
  pid_t pid = start_child (0);
  int fd = open_process (pid);
  g_autofree char *app_id = identify (fd, NULL);

  g_assert_null (app_id);
  end_child (pid);
  assert_unknown (fd, NULL);
  close (fd);
}

static void
test_other_namespaces (void)
{
  const int kinds[] = { CLONE_NEWUSER, CLONE_NEWUSER | CLONE_NEWNS };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      pid_t pid = start_child (kinds[i]);
      int fd;

      if (pid == 0)
        {
          g_test_skip ("no namespaces here");
          return;
        }
      fd = open_process (pid);
      assert_unknown (fd, NULL);
      close (fd);
      end_child (pid);
    }
}

/* The label counts before anything else, and one that is cut off is nobody's. */
static void
test_snap (void)
{
  const char *const cut_off[] = { "snap.", "snap.calendar", "snap..app", "snap.Calendar.app" };
  int fd = open_process (getpid ());
  g_autofree char *snap = identify (fd, "snap.calendar.app (enforce)");
  g_autofree char *other = identify (fd, "/usr/bin/snap.calendar.app (enforce)");
  g_autofree char *unconfined = identify (fd, "unconfined");

  for (guint i = 0; i < G_N_ELEMENTS (cut_off); i++)
    assert_unknown (fd, cut_off[i]);
  g_assert_cmpstr (snap, ==, "snap.calendar");
  g_assert_null (other);
  g_assert_null (unconfined);
  close (fd);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-runtime-XXXXXX", NULL);
  g_autofree char *flatpak = g_build_filename (folder, ".flatpak", NULL);
  g_autofree char *instance = g_build_filename (flatpak, "1234567890", NULL);
  int status;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/sandbox/bad-info", test_bad_info);
  g_test_add_func ("/service/sandbox/info-with-nul", test_info_with_nul);
  g_test_add_func ("/service/sandbox/info", test_info);
  g_test_add_func ("/service/sandbox/labels", test_labels);
  g_test_add_func ("/service/sandbox/odd-files", test_odd_files);
  g_test_add_func ("/service/sandbox/outside", test_outside);
  g_test_add_func ("/service/sandbox/ended", test_ended);
  g_test_add_func ("/service/sandbox/other-namespaces", test_other_namespaces);
  g_test_add_func ("/service/sandbox/snap", test_snap);

  status = g_test_run ();
  g_rmdir (instance);
  g_rmdir (flatpak);
  g_rmdir (folder);
  return status;
}
