/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-process.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* The limit that this program was started with. */
static struct rlimit first_limit;

static void
test_no_core_dumps (void)
{
  /* A limit of 0 cannot be raised; one of 1 forbids more. */
  const rlim_t expected = first_limit.rlim_max == 0 ? 0 : 1;
  struct rlimit limit;
  g_autofree char *filter = NULL;

  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, expected);
  g_assert_cmpuint (limit.rlim_max, ==, expected);

  if (!g_file_get_contents ("/proc/self/coredump_filter", &filter, NULL, NULL))
    g_test_skip ("this kernel has no coredump_filter");
  else
    g_assert_cmpuint (strtoul (filter, NULL, 16), ==, 0);
}

static void
test_closed_pipe (void)
{
  int pipe_fds[2];

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  close (pipe_fds[0]);
  g_assert_cmpint (write (pipe_fds[1], "x", 1), ==, -1);
  g_assert_cmpint (errno, ==, EPIPE);
  close (pipe_fds[1]);
}

static void
test_standard_streams (void)
{
  if (g_test_subprocess ())
    {
      close (STDIN_FILENO);
      lanyard_process_init ();
      g_assert_cmpint (dup (STDIN_FILENO), >, STDERR_FILENO);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &first_limit), ==, 0);
  lanyard_process_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/process/no-core-dumps", test_no_core_dumps);
  g_test_add_func ("/base/process/standard-streams", test_standard_streams);
  g_test_add_func ("/base/process/closed-pipe", test_closed_pipe);
  return g_test_run ();
}
