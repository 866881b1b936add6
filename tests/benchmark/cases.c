/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const Case *
find_case (const Case *cases, gsize n_cases, const char *name)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      if (g_str_equal (cases[i].name, name))
        return &cases[i];
    }

  g_error ("there is no case %s", name);
}

/* In nanoseconds, for one of so many. */
static double
measure (const Case *self, int n_times)
{
  struct timespec start, end;

  clock_gettime (CLOCK_MONOTONIC, &start);
  for (int i = 0; i < n_times; i++)
    self->run (self->data);
  clock_gettime (CLOCK_MONOTONIC, &end);
  return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) /
         n_times;
}

int
cases_main (int argc, char *argv[], const Case *cases, gsize n_cases)
{
  int n_names = argc - 3;
  int n_rounds, n_times;
  double *times;

  if (n_names <= 0)
    {
      for (gsize i = 0; i < n_cases; i++)
        puts (cases[i].name);
      return EXIT_SUCCESS;
    }

  n_rounds = atoi (argv[1]);
  n_times = atoi (argv[2]);
  times = g_new0 (double, (gsize)(n_names * (n_rounds + 1)));
  /* The first of all is for what is made once and kept. */
  for (int i = 0; i < n_names; i++)
    measure (find_case (cases, n_cases, argv[3 + i]), 1);
  for (int round = 0; round < n_rounds; round++)
    for (int i = 0; i < n_names; i++)
      times[i * n_rounds + round] = measure (find_case (cases, n_cases, argv[3 + i]), n_times);

  for (int i = 0; i < n_names; i++)
    {
      for (int round = 0; round < n_rounds; round++)
        printf ("%.0f ", times[i * n_rounds + round]);
      printf ("\n");
    }
  g_free (times);
  return EXIT_SUCCESS;
}
