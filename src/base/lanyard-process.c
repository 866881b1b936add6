/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-process.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static void
set_up_translations (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LANYARD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };
  int filter;

  (void)setrlimit (RLIMIT_CORE, &none);

  /* The limit does not bind a kernel that pipes dumps to a program (systemd-coredump, for one); an
   * empty filter leaves it a dump without memory. */
  filter = open ("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
  if (filter == -1)
    return;
  if (write (filter, "0\n", 2) == -1)
    g_debug ("Core dumps may hold memory: coredump_filter cannot be set");
  close (filter);
}

void
lanyard_process_init (void)
{
  set_up_translations ();
  forbid_core_dumps ();
  signal (SIGPIPE, SIG_IGN);
}
