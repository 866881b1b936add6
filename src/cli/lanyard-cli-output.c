/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-output.h"

#include "lanyard-error.h"
#include "lanyard-secret.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void
lanyard_cli_print (const char *format, ...)
{
  va_list args;

  /* Not g_print(), which turns what a C locale does not know into question marks. */
  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
}

void
lanyard_cli_note (const char *format, ...)
{
  va_list args;

  /* In the order in which things happened, also where both go to one file. */
  fflush (stdout);
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputc ('\n', stderr);
}

void
lanyard_cli_print_json (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  char *text;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  fflush (stdout);
  lanyard_cli_write_secret (text, strlen (text), NULL);
  lanyard_cli_print ("\n");
  lanyard_secret_wipe_string (text);
  json_node_unref (root);
}

gboolean
lanyard_cli_write_secret (const char *text, gsize length, GError **error)
{
  fflush (stdout);
  while (length > 0)
    {
      gssize n_written = write (STDOUT_FILENO, text, length);

      if (n_written == -1 && errno == EINTR)
        continue;
      if (n_written == -1)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                       _ ("The answer could not be written: %s"), g_strerror (errno));
          return FALSE;
        }
      text += n_written;
      length -= (gsize)n_written;
    }
  return TRUE;
}

gboolean
lanyard_cli_flush (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
               _ ("The answer could not be written: %s"), g_strerror (errno));
  return FALSE;
}
