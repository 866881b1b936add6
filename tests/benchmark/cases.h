/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Case:
 * @name: what it is called on the command line
 * @run: does once what is measured
 * @data: for @run
 *
 * One way to do something, to be measured beside others.
 */
typedef struct
{
  const char *name;
  void (*run) (gpointer data);
  gpointer data;
} Case;

/**
 * cases_main:
 * @cases: (array length=n_cases): what can be measured
 *
 * Without arguments prints the names of the cases, one a line. With ROUNDS TIMES NAME… runs these
 * cases in turn, each TIMES times in each round, and prints how many nanoseconds it took once: one
 * line a case, one figure a round. Each runs once before that, also when there is no round.
 *
 * Returns: what main() returns
 */
int cases_main (int argc, char *argv[], const Case *cases, gsize n_cases);

G_END_DECLS
