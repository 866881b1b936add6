/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-cli.h"

int
main (int argc, char *argv[])
{
  return lanyard_front_run_cli (argv);
}
