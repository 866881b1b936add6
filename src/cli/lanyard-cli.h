/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cli-output.h"
#include "lanyard-manager.h"

G_BEGIN_DECLS

/**
 * LanyardCli:
 *
 * One run of the `lanyard` command: what every command shares. Asynchronous calls are made one
 * after the other:
 *
 *     lanyard_manager_refresh_async (manager, id, NULL, cancellable, lanyard_cli_result_cb, cli);
 *     result = lanyard_cli_wait (cli);
 */
typedef struct _LanyardCli LanyardCli;

/**
 * LanyardCliFunc:
 * @cli: this run
 * @arguments: (inout): the name of the command and what follows it; for lanyard_cli_parse()
 * @error: return location for an error, which also decides the exit code
 *
 * Carries out one command.
 *
 * Returns: whether it worked
 */
typedef gboolean (*LanyardCliFunc) (LanyardCli *cli, char ***arguments, GError **error);

/**
 * LanyardCliCommand:
 * @name: its name
 * @synopsis: what follows the name, as `--help` shows it
 * @summary: one line that says what it does; marked with N_()
 * @description: (nullable): what else `--help` says, with examples; marked with N_()
 * @run: what it does
 */
typedef struct
{
  const char *name;
  const char *synopsis;
  const char *summary;
  const char *description;
  LanyardCliFunc run;
} LanyardCliCommand;

/**
 * lanyard_cli_main:
 *
 * The whole program, but for what lanyard_process_init() does.
 *
 * Returns: the exit code
 */
int lanyard_cli_main (int argc, char *argv[]);

LanyardCli *lanyard_cli_new (const LanyardCliCommand *command);
void lanyard_cli_free (LanyardCli *self);

/**
 * LanyardCliOption:
 * @name: its name, without the dashes
 * @argument: (nullable): what it takes, as the help calls it in English
 */
typedef struct
{
  const char *name;
  const char *argument;
} LanyardCliOption;

/**
 * lanyard_cli_list_options:
 *
 * Returns: (transfer full) (element-type LanyardCliOption): the options of @command
 */
GArray *lanyard_cli_list_options (const LanyardCliCommand *command);

/**
 * lanyard_cli_parse:
 * @arguments: (inout): the name of the command and what follows it; on success what is no option
 * @entries: (nullable): the options; those that may hold more than ASCII have the kind
 *   %G_OPTION_ARG_FILENAME, and are UTF-8 afterwards all the same
 * @n_needed: how many arguments there must be
 * @n_possible: how many there may be
 * @error: return location for %G_OPTION_ERROR, %LANYARD_ERROR_USAGE
 *
 * Reads the options of a command. `--help` prints the help and ends the program.
 *
 * Returns: whether they are right
 */
gboolean lanyard_cli_parse (LanyardCli *self,
                            char ***arguments,
                            const GOptionEntry *entries,
                            guint n_needed,
                            guint n_possible,
                            GError **error);

/**
 * lanyard_cli_parse_front:
 *
 * As lanyard_cli_parse(), but only up to the first argument that is no option: the rest belongs to
 * another program, and stays as it is.
 */
gboolean
lanyard_cli_parse_front (LanyardCli *self, char ***arguments, guint n_needed, GError **error);

/**
 * lanyard_cli_dup_utf8:
 * @argument: an argument as the system gave it
 *
 * Returns: (transfer full): @argument in UTF-8: it is taken for UTF-8 where it can be, whatever the
 *   locale says, so that a name works in a cron job, too; else it is converted from the locale's
 *   encoding; or %NULL with %LANYARD_ERROR_USAGE
 */
char *lanyard_cli_dup_utf8 (const char *argument, GError **error);

/**
 * lanyard_cli_prepare_keyring:
 *
 * For commands that are sure to read a secret, before anything else: lets the keyring be opened
 * while the database is. It takes most of the time that such a command takes.
 */
void lanyard_cli_prepare_keyring (LanyardCli *self);

/**
 * lanyard_cli_get_manager:
 *
 * Returns: (transfer none): the manager, made at the first call; or %NULL
 */
LanyardManager *lanyard_cli_get_manager (LanyardCli *self, GError **error);

/**
 * lanyard_cli_find:
 * @name: a name or an id
 *
 * Returns: (transfer full): the authorization, or %NULL
 */
LanyardAuthorization *lanyard_cli_find (LanyardCli *self, const char *name, GError **error);

/**
 * lanyard_cli_lookup_provider:
 * @id: the id of a provider, as the person typed it
 * @error: return location for %LANYARD_ERROR_USAGE when there is none
 *
 * Returns: (transfer none): the provider, which @catalogue keeps, or %NULL
 */
LanyardProvider *
lanyard_cli_lookup_provider (LanyardCatalogue *catalogue, const char *id, GError **error);

/* Is cancelled when the person presses Ctrl+C, or the system ends the program. */
GCancellable *lanyard_cli_get_cancellable (LanyardCli *self);

/**
 * lanyard_cli_result_cb:
 *
 * The callback of every asynchronous call, for lanyard_cli_wait().
 */
void lanyard_cli_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * lanyard_cli_wait:
 *
 * Runs the main loop until the call ends that was just made.
 *
 * Returns: (transfer full): its result
 */
GAsyncResult *lanyard_cli_wait (LanyardCli *self);

/* The exit code of a command that worked; 0 unless it is set. */
void lanyard_cli_set_exit_code (LanyardCli *self, int exit_code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCli, lanyard_cli_free)

G_END_DECLS
