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
  /* Standard output is for answers alone; GLib would tell debug messages there. */
  g_log_writer_default_set_use_stderr (TRUE);
  return lanyard_cli_main (argc, argv);
}
