/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-answer.h"
#include "lanyard-front-cli.h"

int
main (int argc, char *argv[])
{
  int exit_code = lanyard_front_answer (argc, argv);

  return exit_code != -1 ? exit_code : lanyard_front_run_cli (argv);
}
