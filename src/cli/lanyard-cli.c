/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli.h"

#include "lanyard-cli-commands.h"
#include "lanyard-cli-rescue.h"
#include "lanyard-columns.h"
#include "lanyard-error.h"
#include "lanyard-keyring.h"
#include "lanyard-secret.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* As lanyard_error_get_exit_code() has it for a keyring. */
#define KEYRING_EXIT_CODE 4

struct _LanyardCli
{
  /* Owned */
  LanyardSecretStore *secrets;
  LanyardManager *manager;
  GCancellable *cancellable;
  GAsyncResult *result;

  /* Borrowed */
  const LanyardCliCommand *command;
  GArray *options;

  gboolean catches_signals;
  int exit_code;
};

static gboolean
stop_cb (gpointer user_data)
{
  LanyardCli *self = user_data;

  /* The next signal ends the program at once. */
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
catch_signals (LanyardCli *self)
{
  /* Only now: while nothing waits in a main loop, the system's own way is the quicker one. */
  if (self->catches_signals)
    return;

  g_unix_signal_add (SIGINT, stop_cb, self);
  g_unix_signal_add (SIGTERM, stop_cb, self);
  g_unix_signal_add (SIGHUP, stop_cb, self);
  self->catches_signals = TRUE;
}

static gboolean
fail_usage (LanyardCli *self, GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               /* Translators: what is wrong, then how the command is called right */
               _ ("%s; it is used as: lanyard %s %s"), message, self->command->name,
               self->command->synopsis);
  return FALSE;
}

static GOptionContext *
make_context (LanyardCli *self, const GOptionEntry *entries)
{
  g_autofree char *program = g_strdup_printf ("lanyard %s", self->command->name);
  GOptionContext *context = g_option_context_new (self->command->synopsis);

  /* The help begins with it. */
  g_set_prgname (program);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (self->command->summary));
  if (self->command->description != NULL)
    g_option_context_set_description (context, _ (self->command->description));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

/* What is left of the arguments, without the name of the program and the "--" that ends options. */
static void
drop_front (char ***arguments)
{
  g_auto (GStrv) all = *arguments;
  guint n_dropped = all[1] != NULL && g_str_equal (all[1], "--") ? 2 : 1;

  *arguments = g_strdupv (all + n_dropped);
}

static gboolean
convert_strings (char **strings, GError **error)
{
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    {
      char *converted = lanyard_cli_dup_utf8 (strings[i], error);

      if (converted == NULL)
        return FALSE;
      g_free (strings[i]);
      strings[i] = converted;
    }
  return TRUE;
}

static gboolean
convert_options (const GOptionEntry *entries, GError **error)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      if (entries->arg == G_OPTION_ARG_FILENAME)
        {
          char **value = entries->arg_data;
          char *pair[] = { *value, NULL };

          if (!convert_strings (pair, error))
            return FALSE;
          *value = pair[0];
        }
      else if (entries->arg == G_OPTION_ARG_FILENAME_ARRAY &&
               !convert_strings (*(char ***)entries->arg_data, error))
        return FALSE;
    }
  return TRUE;
}

static void
print_help (FILE *file)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (3);
  g_autofree char *commands = NULL;

  for (const LanyardCliCommand *command = lanyard_cli_commands_list (); command->name != NULL;
       command++)
    lanyard_columns_add_row (table,
                             (const char *const[]){ "", command->name, _ (command->summary) });
  commands = lanyard_columns_format (table, 0);

  fprintf (file, "%s\n  lanyard %s\n\n", _ ("Usage:"), _ ("COMMAND [OPTIONS]"));
  fprintf (file, "%s\n\n",
           _ ("Sign in to web services once; hand out fresh credentials to programs and scripts."));
  fprintf (file, "%s\n%s\n", _ ("Commands:"), commands);
  fprintf (file, "%s\n",
           _ ("“lanyard COMMAND --help” says more. Exit codes: 0 done, 1 failed, 2 wrong usage,\n"
              "3 you must authorize, 4 keyring locked or absent, 5 network or provider\n"
              "unavailable, 6 no such authorization, 7 inactive, 130 cancelled."));
}

static gboolean
find_command (const char *name, const LanyardCliCommand **command, GError **error)
{
  const LanyardCliCommand *suggestion;

  *command = lanyard_cli_commands_lookup (name);
  if (*command != NULL)
    return TRUE;

  suggestion = lanyard_cli_commands_suggest (name);
  if (suggestion != NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("There is no command “%s”; did you mean “%s”?"), name, suggestion->name);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("There is no command “%s”; “lanyard --help” lists them"), name);
  return FALSE;
}

static int
report (const GError *error, const LanyardCliCommand *command)
{
  /* Whoever cancels knows it. */
  if (!lanyard_error_is_cancelled (error))
    lanyard_cli_note ("lanyard: %s", error->message);
  if (error->domain == G_OPTION_ERROR)
    lanyard_cli_note (_ ("“lanyard %s --help” lists the options"), command->name);
  return lanyard_error_get_exit_code (error);
}

static int
run_command (char **arguments)
{
  g_autoptr (LanyardCli) cli = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) own_arguments = g_strdupv (arguments);
  const LanyardCliCommand *command;

  if (!find_command (arguments[0], &command, &error))
    return report (error, NULL);

  cli = lanyard_cli_new (command);
  if (!command->run (cli, &own_arguments, &error) || !lanyard_cli_flush (&error))
    cli->exit_code = report (error, command);
  return cli->manager == NULL || lanyard_cli_rescue (cli->manager) ? cli->exit_code
                                                                   : KEYRING_EXIT_CODE;
}

GArray *
lanyard_cli_list_options (const LanyardCliCommand *command)
{
  g_autoptr (LanyardCli) cli = lanyard_cli_new (command);
  g_autoptr (GArray) options = g_array_new (FALSE, FALSE, sizeof (LanyardCliOption));
  g_auto (GStrv) arguments = g_new0 (char *, 2);
  g_autoptr (GError) error = NULL;

  cli->options = options;
  arguments[0] = g_strdup (command->name);
  (void)command->run (cli, &arguments, &error);
  return g_steal_pointer (&options);
}

LanyardCli *
lanyard_cli_new (const LanyardCliCommand *command)
{
  LanyardCli *self = g_new0 (LanyardCli, 1);

  self->command = command;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
lanyard_cli_free (LanyardCli *self)
{
  /* Whoever stops waiting for a renewal must not lose what the provider gives instead of the old
   * refresh token. The next signal ends the program at once. */
  while (self->manager != NULL && lanyard_manager_is_renewing (self->manager))
    g_main_context_iteration (NULL, TRUE);

  while (self->catches_signals && g_source_remove_by_user_data (self))
    ;
  g_clear_object (&self->manager);
  g_clear_object (&self->secrets);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);
  g_free (self);
}

int
lanyard_cli_main (int argc, char *argv[])
{
  const char *name = argc > 1 ? argv[1] : NULL;

  g_set_prgname ("lanyard");
  if (name == NULL)
    {
      print_help (stderr);
      return 2;
    }
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h"))
    {
      print_help (stdout);
      return 0;
    }
  if (g_str_equal (name, "--version"))
    {
      lanyard_cli_print ("lanyard %s\n", LANYARD_VERSION);
      return 0;
    }
  if (g_str_equal (name, "__complete"))
    return lanyard_cli_complete (argv + 2);
  return run_command (argv + 1);
}

/* What every command does first tells its options, too; see lanyard_cli_list_options(). */
static gboolean
note_options (LanyardCli *self, const GOptionEntry *entries, GError **error)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      LanyardCliOption option = { entries->long_name, entries->arg_description };

      g_array_append_val (self->options, option);
    }
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED, "");
  return FALSE;
}

gboolean
lanyard_cli_parse (LanyardCli *self,
                   char ***arguments,
                   const GOptionEntry *entries,
                   guint n_needed,
                   guint n_possible,
                   GError **error)
{
  g_autoptr (GOptionContext) context = make_context (self, entries);
  g_autofree char *message = NULL;
  guint length;

  if (self->options != NULL)
    return note_options (self, entries, error);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;
  drop_front (arguments);
  if (!convert_options (entries, error) || !convert_strings (*arguments, error))
    return FALSE;

  length = g_strv_length (*arguments);
  if (length < n_needed)
    return fail_usage (self, error, _ ("Something is missing"));
  if (length > n_possible)
    {
      message = g_strdup_printf (_ ("“%s” is one argument too many"), (*arguments)[n_possible]);
      return fail_usage (self, error, message);
    }
  return TRUE;
}

gboolean
lanyard_cli_parse_front (LanyardCli *self, char ***arguments, guint n_needed, GError **error)
{
  g_autoptr (GOptionContext) context = make_context (self, NULL);

  if (self->options != NULL)
    return note_options (self, NULL, error);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;
  drop_front (arguments);
  if (g_strv_length (*arguments) < n_needed)
    return fail_usage (self, error, _ ("Something is missing"));
  return TRUE;
}

char *
lanyard_cli_dup_utf8 (const char *argument, GError **error)
{
  char *converted;

  g_return_val_if_fail (argument != NULL, NULL);

  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);

  converted = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);
  if (converted == NULL)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                         _ ("An argument is not valid text (UTF-8)"));
  return converted;
}

void
lanyard_cli_prepare_keyring (LanyardCli *self)
{
  if (self->secrets != NULL)
    return;

  self->secrets = lanyard_keyring_new ();
  lanyard_secret_store_prepare (self->secrets);
}

LanyardManager *
lanyard_cli_get_manager (LanyardCli *self, GError **error)
{
  g_autoptr (LanyardDatabase) database = NULL;
  g_autoptr (LanyardCatalogue) catalogue = NULL;

  if (self->manager != NULL)
    return self->manager;

  database = lanyard_database_open_default (error);
  if (database == NULL)
    return NULL;

  if (self->secrets == NULL)
    self->secrets = lanyard_keyring_new ();
  catalogue = lanyard_catalogue_new_default ();
  self->manager = lanyard_manager_new (database, self->secrets, catalogue, NULL);
  return self->manager;
}

/* A crash may have left an authorization in the keyring alone. */
static gboolean
repair (LanyardCli *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int n_changed;

  lanyard_manager_repair_async (self->manager, self->cancellable, lanyard_cli_result_cb, self);
  result = lanyard_cli_wait (self);
  n_changed = lanyard_manager_repair_finish (self->manager, result, &error);
  if (n_changed < 0)
    g_info ("The keyring was not compared with the list: %s", error->message);
  return n_changed > 0;
}

LanyardAuthorization *
lanyard_cli_find (LanyardCli *self, const char *name, GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (self, error);
  LanyardAuthorization *found;
  g_autoptr (GError) own_error = NULL;

  if (manager == NULL)
    return NULL;

  found = lanyard_database_find (lanyard_manager_get_database (manager), name, &own_error);
  if (found != NULL)
    return found;
  if (g_error_matches (own_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND) && repair (self))
    return lanyard_database_find (lanyard_manager_get_database (manager), name, error);

  g_propagate_error (error, g_steal_pointer (&own_error));
  return NULL;
}

LanyardProvider *
lanyard_cli_lookup_provider (LanyardCatalogue *catalogue, const char *id, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  LanyardProvider *provider = lanyard_catalogue_lookup (catalogue, id, &own_error);

  /* The exit code 6 is for authorizations; a provider that is not there was not typed right. */
  if (g_error_matches (own_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("There is no provider “%s”; “lanyard providers” lists them"), id);
  else if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));
  return provider;
}

GCancellable *
lanyard_cli_get_cancellable (LanyardCli *self)
{
  return self->cancellable;
}

void
lanyard_cli_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCli *self = user_data;

  g_assert (self->result == NULL);
  self->result = g_object_ref (result);
}

GAsyncResult *
lanyard_cli_wait (LanyardCli *self)
{
  catch_signals (self);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&self->result);
}

void
lanyard_cli_set_exit_code (LanyardCli *self, int exit_code)
{
  self->exit_code = exit_code;
}
