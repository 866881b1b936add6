/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-ask.h"
#include "lanyard-cli-commands.h"
#include "lanyard-error.h"
#include "lanyard-manager-export.h"
#include "lanyard-sealed-box.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* On a terminal it is asked for twice: a slip would lock the person out of her own file. */
static LanyardSecret *
ask_passphrase (LanyardCli *cli, GError **error)
{
  g_autoptr (LanyardSecret) passphrase =
    lanyard_cli_read_secret (cli, "passphrase", _ ("Passphrase for the export"), error);
  g_autoptr (LanyardSecret) again = NULL;

  if (passphrase == NULL || !lanyard_sealed_box_check_passphrase (passphrase, error))
    return NULL;
  if (!isatty (STDIN_FILENO))
    return g_steal_pointer (&passphrase);

  again = lanyard_cli_read_secret (cli, "passphrase", _ ("Once more"), error);
  if (again == NULL)
    return NULL;
  if (!lanyard_secret_equal (passphrase, again))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The two passphrases are not the same; nothing was exported"));
      return NULL;
    }
  return g_steal_pointer (&passphrase);
}

/* The ids of what was named; an empty list stands for all. */
static char **
find_ids (LanyardCli *cli, char **names, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (LanyardAuthorization) authorization = lanyard_cli_find (cli, names[i], error);

      if (authorization == NULL)
        return NULL;
      g_strv_builder_add (builder, lanyard_authorization_get_id (authorization));
    }
  return g_strv_builder_end (builder);
}

gboolean
lanyard_cli_export (LanyardCli *cli, char ***arguments, GError **error)
{
  gboolean with_secrets = FALSE;
  const GOptionEntry entries[] = { { "with-secrets", 0, 0, G_OPTION_ARG_NONE, &with_secrets,
                                     N_ ("Export the secrets, too, encrypted under a passphrase"),
                                     NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardSecret) passphrase = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) content = NULL;
  g_auto (GStrv) ids = NULL;
  LanyardManager *manager;
  gconstpointer data;
  gsize length = 0;

  if (!lanyard_cli_parse (cli, arguments, entries, 0, G_MAXUINT, error))
    return FALSE;
  if (with_secrets && isatty (STDOUT_FILENO))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("An encrypted export is no text for a terminal; write it to a file: "
                              "lanyard export --with-secrets > FILE"));
      return FALSE;
    }
  manager = lanyard_cli_get_manager (cli, error);
  if (manager == NULL)
    return FALSE;
  ids = find_ids (cli, *arguments, error);
  if (ids == NULL)
    return FALSE;
  if (with_secrets)
    {
      passphrase = ask_passphrase (cli, error);
      if (passphrase == NULL)
        return FALSE;
    }

  lanyard_manager_export_async (manager, *ids != NULL ? (const char *const *)ids : NULL, passphrase,
                                lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  content = lanyard_manager_export_finish (manager, result, error);
  if (content == NULL)
    return FALSE;

  data = g_bytes_get_data (content, &length);
  return lanyard_cli_write_secret (data, length, error);
}
