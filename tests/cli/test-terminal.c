/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-terminal.h"

#include "lanyard-error.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static LanyardSecret *
wait_for_line (GAsyncResult **result, GError **error)
{
  LanyardSecret *line;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  line = lanyard_terminal_read_line_finish (*result, error);
  g_clear_object (result);
  return line;
}

static LanyardSecret *
read_line (int fd, GError **error)
{
  GAsyncResult *result = NULL;

  lanyard_terminal_read_line_async (fd, TRUE, NULL, result_cb, &result);
  return wait_for_line (&result, error);
}

static void
assert_line (int fd, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) line = read_line (fd, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line != NULL ? lanyard_secret_get (line) : NULL, ==, expected);
}

static void
write_text (int fd, const char *text)
{
  g_assert_cmpint (write (fd, text, strlen (text)), ==, strlen (text));
}

/* What can be opened, but not read. */
static void
test_unreadable (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) line = NULL;
  int fd = open ("/", O_RDONLY | O_DIRECTORY);

  line = read_line (fd, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_assert_null (line);
  close (fd);
}

static void
test_closed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) line = NULL;
  int fd = open ("/dev/null", O_RDONLY);

  close (fd);
  line = read_line (fd, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_assert_null (line);
}

static gpointer
write_endless_line (gpointer data)
{
  g_autofree char *text = g_strnfill (70 * 1024, 'x');
  int fd = GPOINTER_TO_INT (data);

  /* The reader may be gone before the end. */
  (void)!write (fd, text, strlen (text));
  close (fd);
  return NULL;
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) line = NULL;
  GThread *thread;
  int fds[2];

  signal (SIGPIPE, SIG_IGN);
  g_assert_cmpint (pipe (fds), ==, 0);
  thread = g_thread_new ("write", write_endless_line, GINT_TO_POINTER (fds[1]));
  line = read_line (fds[0], &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  close (fds[0]);
  g_thread_join (thread);
}

/* One line each, and nothing of the next. */
static void
test_lines (void)
{
  char rest[8] = "";
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  write_text (fds[1], "swordfish\n\nžluť\r\nrest\n");
  assert_line (fds[0], "swordfish");
  assert_line (fds[0], "");
  assert_line (fds[0], "žluť");
  g_assert_cmpint (read (fds[0], rest, sizeof rest - 1), ==, 5);
  g_assert_cmpstr (rest, ==, "rest\n");

  write_text (fds[1], "without end");
  close (fds[1]);
  assert_line (fds[0], "without end");
  assert_line (fds[0], NULL);
  close (fds[0]);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) line = NULL;
  GAsyncResult *result = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  lanyard_terminal_read_line_async (fds[0], TRUE, cancellable, result_cb, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);

  g_cancellable_cancel (cancellable);
  line = wait_for_line (&result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fds[0]);
  close (fds[1]);
}

static void
test_can_read (void)
{
  int null = open ("/dev/null", O_RDONLY);
  int file = open ("/proc/self/exe", O_RDONLY);
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_false (lanyard_terminal_can_read (-1));
  g_assert_false (lanyard_terminal_can_read (null));
  g_assert_true (lanyard_terminal_can_read (fds[0]));
  g_assert_true (lanyard_terminal_can_read (file));
  g_assert_cmpuint (lanyard_terminal_get_width (null), ==, 0);
  close (null);
  close (file);
  close (fds[0]);
  close (fds[1]);
}

/* Opens a terminal of our own: the side of the person, and the side of the program. */
static gboolean
open_terminal (int *person, int *program)
{
  *person = posix_openpt (O_RDWR | O_NOCTTY);
  if (*person == -1 || grantpt (*person) != 0 || unlockpt (*person) != 0)
    return FALSE;
  *program = open (ptsname (*person), O_RDWR | O_NOCTTY);
  return *program != -1;
}

static gboolean
is_echoing (int fd)
{
  struct termios settings;

  g_assert_cmpint (tcgetattr (fd, &settings), ==, 0);
  return (settings.c_lflag & ECHO) != 0;
}

static void
test_hidden (void)
{
  g_autoptr (LanyardSecret) line = NULL;
  GAsyncResult *result = NULL;
  char echo[64] = "";
  int person;
  int program;

  if (!open_terminal (&person, &program))
    {
      g_test_skip ("no terminal can be made here");
      return;
    }

  g_assert_true (is_echoing (program));
  lanyard_terminal_read_line_async (program, TRUE, NULL, result_cb, &result);
  g_assert_false (is_echoing (program));
  write_text (person, "swordfisx\x7fh\n");
  line = wait_for_line (&result, NULL);
  g_assert_true (is_echoing (program));
  g_assert_cmpstr (lanyard_secret_get (line), ==, "swordfish");

  /* Of what was typed the person sees the end of the line only. */
  g_assert_cmpint (read (person, echo, sizeof echo - 1), >, 0);
  g_assert_null (strstr (echo, "sword"));
  close (person);
  close (program);
}

static void
test_hidden_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) line = NULL;
  GAsyncResult *result = NULL;
  int person;
  int program;

  if (!open_terminal (&person, &program))
    {
      g_test_skip ("no terminal can be made here");
      return;
    }

  lanyard_terminal_read_line_async (program, TRUE, cancellable, result_cb, &result);
  g_assert_false (is_echoing (program));
  g_cancellable_cancel (cancellable);
  line = wait_for_line (&result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (is_echoing (program));
  close (person);
  close (program);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/terminal/unreadable", test_unreadable);
  g_test_add_func ("/cli/terminal/closed", test_closed);
  g_test_add_func ("/cli/terminal/too-long", test_too_long);
  g_test_add_func ("/cli/terminal/lines", test_lines);
  g_test_add_func ("/cli/terminal/cancelled", test_cancelled);
  g_test_add_func ("/cli/terminal/can-read", test_can_read);
  g_test_add_func ("/cli/terminal/hidden", test_hidden);
  g_test_add_func ("/cli/terminal/hidden-cancelled", test_hidden_cancelled);
  return g_test_run ();
}
