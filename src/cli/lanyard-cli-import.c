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

typedef struct
{
  gboolean skip;
  gboolean rename;
  gboolean replace;
} Options;

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInfo) info = NULL;

  /* Before it is read: it may be larger than the memory. */
  info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);
  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > LANYARD_ARCHIVE_MAX_SIZE)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This file is too large to be an export of Lanyard"));
      return NULL;
    }
  return g_file_load_bytes (file, NULL, NULL, error);
}

static GPtrArray *
open_export (LanyardCli *cli, const char *path, GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, error);
  g_autoptr (LanyardSecret) passphrase = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) content = NULL;

  if (manager == NULL)
    return NULL;
  content = read_file (path, error);
  if (content == NULL)
    return NULL;
  if (lanyard_sealed_box_is_sealed (g_bytes_get_data (content, NULL), g_bytes_get_size (content)))
    {
      passphrase =
        lanyard_cli_read_secret (cli, "passphrase", _ ("Passphrase of the export"), error);
      if (passphrase == NULL)
        return NULL;
    }

  lanyard_manager_open_export_async (manager, content, passphrase,
                                     lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_open_export_finish (manager, result, error);
}

/* Asks what is to become of one that is there already. */
static gboolean
ask_mode (LanyardCli *cli, const char *name, LanyardImportMode *mode, GError **error)
{
  g_autofree char *question =
    /* Translators: the letters in brackets are those of the three next messages */
    g_strdup_printf (_ ("“%s” is there already: skip, rename or replace it? [s/n/p]"), name);
  const struct
  {
    LanyardImportMode mode;
    const char *letter;
  } answers[] = {
    /* Translators: the letter that stands for skip */
    { LANYARD_IMPORT_SKIP, C_ ("skip", "s") },
    /* Translators: the letter that stands for rename */
    { LANYARD_IMPORT_RENAME, C_ ("rename", "n") },
    /* Translators: the letter that stands for replace */
    { LANYARD_IMPORT_REPLACE, C_ ("replace", "p") },
  };

  while (TRUE)
    {
      g_autoptr (GError) own_error = NULL;
      g_autofree char *answer = lanyard_cli_ask_line (cli, question, &own_error);

      if (answer == NULL)
        {
          if (own_error == NULL)
            g_set_error_literal (&own_error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED,
                                 _ ("The import was stopped"));
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
        if (g_str_has_prefix (g_strstrip (answer), answers[i].letter))
          {
            *mode = answers[i].mode;
            return TRUE;
          }
    }
}

/* Without an answer nothing is begun: half an import helps nobody. */
static gboolean
check_clashes (LanyardManager *manager, GPtrArray *entries, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (LanyardAuthorization) existing = NULL;

      if (!lanyard_manager_find_clash (manager, g_ptr_array_index (entries, i), &existing, error))
        return FALSE;
      if (existing != NULL)
        g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "",
                                lanyard_authorization_get_name (existing));
    }
  if (names->len == 0)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS,
               _ ("There already: %s. Nothing was imported; say what is to become of them with "
                  "--skip, --rename or --replace"),
               names->str);
  return FALSE;
}

static LanyardAuthorization *
import_entry (LanyardCli *cli,
              const LanyardArchiveEntry *entry,
              LanyardImportMode mode,
              GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_import_async (manager, entry, mode, lanyard_cli_get_cancellable (cli),
                                lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_import_finish (manager, result, error);
}

/* What cannot be imported does not keep the person from the others, unless she stopped it. */
static gboolean
import_all (LanyardCli *cli,
            GPtrArray *entries,
            gboolean asks,
            LanyardImportMode mode,
            GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  guint n_imported = 0;
  guint n_failed = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const LanyardArchiveEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (LanyardAuthorization) existing = NULL;
      g_autoptr (LanyardAuthorization) imported = NULL;
      g_autoptr (GError) own_error = NULL;

      if (!lanyard_manager_find_clash (manager, entry, &existing, error))
        return FALSE;
      if (asks && existing != NULL &&
          !ask_mode (cli, lanyard_authorization_get_name (existing), &mode, error))
        return FALSE;

      imported = import_entry (cli, entry, mode, &own_error);
      if (imported != NULL)
        n_imported++;
      if (own_error == NULL)
        continue;
      if (lanyard_error_is_transient (own_error))
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      lanyard_cli_note ("lanyard: %s", own_error->message);
      n_failed++;
    }

  lanyard_cli_note (g_dngettext (NULL, "%u authorization was imported",
                                 "%u authorizations were imported", n_imported),
                    n_imported);
  lanyard_cli_set_exit_code (cli, n_failed > 0 ? 1 : 0);
  return TRUE;
}

gboolean
lanyard_cli_import (LanyardCli *cli, char ***arguments, GError **error)
{
  Options options = { FALSE, FALSE, FALSE };
  const GOptionEntry entries[] = { { "skip", 0, 0, G_OPTION_ARG_NONE, &options.skip,
                                     N_ ("Leave what is there already"), NULL },
                                   { "rename", 0, 0, G_OPTION_ARG_NONE, &options.rename,
                                     N_ ("Import what is there already under another name"), NULL },
                                   { "replace", 0, 0, G_OPTION_ARG_NONE, &options.replace,
                                     N_ ("Replace what is there already"), NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (GPtrArray) found = NULL;
  LanyardImportMode mode = LANYARD_IMPORT_SKIP;
  guint n_modes;

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  n_modes = (options.skip ? 1 : 0) + (options.rename ? 1 : 0) + (options.replace ? 1 : 0);
  if (n_modes > 1)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("Give only one of --skip, --rename and --replace"));
      return FALSE;
    }
  if (options.rename)
    mode = LANYARD_IMPORT_RENAME;
  else if (options.replace)
    mode = LANYARD_IMPORT_REPLACE;

  found = open_export (cli, (*arguments)[0], error);
  if (found == NULL)
    return FALSE;
  if (n_modes == 0 && !isatty (STDIN_FILENO) &&
      !check_clashes (lanyard_cli_get_manager (cli, NULL), found, error))
    return FALSE;
  return import_all (cli, found, n_modes == 0, mode, error);
}
