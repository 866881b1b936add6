/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-application.h"
#include "lanyard-process.h"

int
main (int argc, char *argv[])
{
  g_autoptr (LanyardApplication) application = NULL;

  lanyard_process_init ();
  application = lanyard_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
