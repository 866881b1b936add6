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

/* A file that is opened later must not take the place of a standard stream that is closed: what is
 * printed would go there. */
static void
open_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && open ("/dev/null", O_RDWR) == -1)
      g_error ("/dev/null cannot be opened");
}

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
  /* Smaller than any core file can be; and a kernel that pipes dumps to a program
   * (systemd-coredump, for one), which heeds no other limit, takes 1 for a process not to be
   * dumped. */
  const struct rlimit one = { 1, 1 };
  const struct rlimit none = { 0, 0 };
  int filter;

  if (setrlimit (RLIMIT_CORE, &one) != 0)
    (void)setrlimit (RLIMIT_CORE, &none);

  /* Where the limit was 0 before, and cannot be raised, an empty filter leaves the program a dump
   * without memory. */
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
  open_standard_streams ();
  set_up_translations ();
  forbid_core_dumps ();
  signal (SIGPIPE, SIG_IGN);
}
