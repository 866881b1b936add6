/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-text.h"

#include <libintl.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>

const char *
lanyard_front_translate (const char *text)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LANYARD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  return dgettext (GETTEXT_PACKAGE, text);
}

void
lanyard_front_print_error (const char *format, ...)
{
  va_list args;

  fputs ("lanyard: ", stderr);
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputc ('\n', stderr);
}
