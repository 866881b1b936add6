/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cli.h"

G_BEGIN_DECLS

/**
 * lanyard_cli_commands_list:
 *
 * Returns: (transfer none): every command, in the order in which `lanyard --help` lists them, up to
 *   one without a name
 */
const LanyardCliCommand *lanyard_cli_commands_list (void);

/**
 * lanyard_cli_commands_lookup:
 *
 * Returns: (transfer none) (nullable): the command of that name
 */
const LanyardCliCommand *lanyard_cli_commands_lookup (const char *name);

/**
 * lanyard_cli_commands_suggest:
 * @name: what was typed
 *
 * Returns: (transfer none) (nullable): the command that was meant, perhaps
 */
const LanyardCliCommand *lanyard_cli_commands_suggest (const char *name);

/**
 * lanyard_cli_complete:
 * @words: what stands behind `lanyard` on the command line, up to the word that is typed, maybe ""
 *
 * Prints what the last word can become, one a line, with a tab and a description behind it where
 * there is one. It is what the shells' completion asks; it never asks the keyring or the network.
 *
 * Returns: the exit code
 */
int lanyard_cli_complete (char **words);

/* The commands. Each is in lanyard-cli-NAME.c, or beside its nearest relative. */
gboolean lanyard_cli_list (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_show (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_types (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_providers (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_provider (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_check (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_save_provider (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_add (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_set (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_authorize (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_token (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_header (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_curl (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_test (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_refresh (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_revoke (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_deactivate (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_activate (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_remove (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_run (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_git_credential (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_export (LanyardCli *cli, char ***arguments, GError **error);
gboolean lanyard_cli_import (LanyardCli *cli, char ***arguments, GError **error);

G_END_DECLS
