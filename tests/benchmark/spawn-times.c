/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* spawn-times WARM-UP ROUNDS [VARIABLE=VALUE]… PROGRAM [ARGUMENT]… [-- …]
 *
 * Runs several programs in turn, so that whatever else the machine does slows all of them down, and
 * prints how many nanoseconds each run took from start to end: one line a program. Python would
 * take longer to start a process than some of them take. */

#include <glib.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#define MAX_PROGRAMS 16

typedef struct
{
  /* Owned */
  char **environment;
  gint64 *times;

  /* Borrowed */
  char **arguments;
} Program;

static gint64
get_nanoseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* What a program prints goes nowhere; that it fails ends the benchmark. */
static gint64
run (const Program *program, posix_spawn_file_actions_t *actions)
{
  gint64 start = get_nanoseconds ();
  pid_t pid;
  int status;
  int problem = posix_spawn (&pid, program->arguments[0], actions, NULL, program->arguments,
                             program->environment);

  if (problem != 0)
    g_error ("%s: %s", program->arguments[0], g_strerror (problem));
  if (waitpid (pid, &status, 0) != pid || status != 0)
    g_error ("%s %s failed with status %d", program->arguments[0], program->arguments[1], status);
  return get_nanoseconds () - start;
}

/* Reads the next program and cuts its arguments off the others. */
static char **
read_program (Program *program, char **argv, guint n_rounds)
{
  program->environment = g_get_environ ();
  program->times = g_new0 (gint64, n_rounds);
  for (; strchr (*argv, '=') != NULL; argv++)
    {
      g_auto (GStrv) pair = g_strsplit (*argv, "=", 2);

      program->environment = g_environ_setenv (program->environment, pair[0], pair[1], TRUE);
    }
  program->arguments = argv;
  while (*argv != NULL && !g_str_equal (*argv, "--"))
    argv++;
  if (*argv != NULL)
    *argv++ = NULL;
  return argv;
}

int
main (int argc, char *argv[])
{
  Program programs[MAX_PROGRAMS];
  posix_spawn_file_actions_t actions;
  guint n_programs = 0;
  int warm_up = argc > 3 ? atoi (argv[1]) : 0;
  int n_rounds = argc > 3 ? atoi (argv[2]) : 0;

  if (n_rounds <= 0)
    return EXIT_FAILURE;
  for (argv += 3; *argv != NULL && n_programs < MAX_PROGRAMS; n_programs++)
    argv = read_program (&programs[n_programs], argv, (guint)n_rounds);

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, 1, "/dev/null", 1, 0);
  for (int round = -warm_up; round < n_rounds; round++)
    for (guint i = 0; i < n_programs; i++)
      {
        gint64 taken = run (&programs[i], &actions);

        if (round >= 0)
          programs[i].times[round] = taken;
      }
  posix_spawn_file_actions_destroy (&actions);

  for (guint i = 0; i < n_programs; i++)
    {
      for (int round = 0; round < n_rounds; round++)
        printf ("%" G_GINT64_FORMAT " ", programs[i].times[round]);
      printf ("\n");
      g_strfreev (programs[i].environment);
      g_free (programs[i].times);
    }
  return EXIT_SUCCESS;
}
