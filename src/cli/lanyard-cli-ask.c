/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-ask.h"

#include "lanyard-error.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* No key in PEM form is longer. */
#define MAX_PEM (64 * 1024)

LanyardSecret *
lanyard_cli_read_secret (LanyardCli *cli, const char *name, const char *prompt, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) own_error = NULL;
  LanyardSecret *secret;

  lanyard_terminal_read_line_async (STDIN_FILENO, TRUE, lanyard_cli_get_cancellable (cli),
                                    lanyard_cli_result_cb, cli);
  /* Only now, when nothing that is typed is shown any more. */
  if (prompt != NULL && isatty (STDIN_FILENO))
    fprintf (stderr, "%s: ", prompt);
  result = lanyard_cli_wait (cli);
  secret = lanyard_terminal_read_line_finish (result, &own_error);
  if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));
  else if (secret == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("Standard input ended before the line for “%s” came"), name);
  return secret;
}

static LanyardSecret *
join_lines (LanyardSecret *first, LanyardSecret *second)
{
  return lanyard_secret_new_take (
    g_strconcat (lanyard_secret_get (first), "\n", lanyard_secret_get (second), NULL));
}

LanyardSecret *
lanyard_cli_ask_secret (LanyardCli *cli, const char *name, GError **error)
{
  g_autoptr (LanyardSecret) secret = lanyard_cli_read_secret (cli, name, name, error);
  gboolean is_whole =
    secret == NULL || !g_str_has_prefix (lanyard_secret_get (secret), "-----BEGIN ");

  while (!is_whole)
    {
      g_autoptr (LanyardSecret) start = g_steal_pointer (&secret);
      g_autoptr (LanyardSecret) line = lanyard_cli_read_secret (cli, name, NULL, error);

      if (line == NULL)
        return NULL;
      secret = join_lines (start, line);
      is_whole = g_str_has_prefix (lanyard_secret_get (line), "-----END ");
      if (!is_whole && lanyard_secret_get_length (secret) > MAX_PEM)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The end of the key for “%s” does not come"), name);
          return NULL;
        }
    }
  return g_steal_pointer (&secret);
}

char *
lanyard_cli_ask_line (LanyardCli *cli, const char *question, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardSecret) line = NULL;

  fprintf (stderr, "%s ", question);
  lanyard_terminal_read_line_async (STDIN_FILENO, FALSE, lanyard_cli_get_cancellable (cli),
                                    lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  line = lanyard_terminal_read_line_finish (result, error);
  return line != NULL ? g_utf8_strdown (lanyard_secret_get (line), -1) : NULL;
}

gboolean
lanyard_cli_ask_yes (LanyardCli *cli, const char *question, GError **error)
{
  g_autofree char *whole = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *yes = NULL;

  /* Translators: the letter in brackets stands for yes, as in the next message */
  whole = g_strdup_printf (_ ("%s [y/N]"), question);
  answer = lanyard_cli_ask_line (cli, whole, error);
  if (answer == NULL)
    return FALSE;

  /* Translators: the letter that stands for yes, in lower case */
  yes = g_utf8_strdown (_ ("y"), -1);
  return g_str_has_prefix (g_strstrip (answer), yes);
}
