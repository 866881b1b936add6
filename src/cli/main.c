/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli.h"
#include "lanyard-process.h"

int
main (int argc, char *argv[])
{
  lanyard_process_init ();
  return lanyard_cli_main (argc, argv);
}
