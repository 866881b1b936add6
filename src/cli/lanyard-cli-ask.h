/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cli.h"

G_BEGIN_DECLS

/* What a command asks the person, or reads from standard input where nobody sits. */

/**
 * lanyard_cli_read_secret:
 * @name: what it is, for the error
 * @prompt: (nullable): what a person is shown
 *
 * Returns: (transfer full): one line, unseen on a terminal; or %NULL with %LANYARD_ERROR_USAGE when
 * there is none
 */
LanyardSecret *
lanyard_cli_read_secret (LanyardCli *cli, const char *name, const char *prompt, GError **error);

/**
 * lanyard_cli_ask_secret:
 *
 * As lanyard_cli_read_secret(), for a secret that may be a key in PEM form, whose lines belong
 * together (RFC 7468 section 2).
 */
LanyardSecret *lanyard_cli_ask_secret (LanyardCli *cli, const char *name, GError **error);

/**
 * lanyard_cli_ask_line:
 *
 * Returns: (transfer full) (nullable): what was answered, in lower case; %NULL without an error
 * when nobody answers
 */
char *lanyard_cli_ask_line (LanyardCli *cli, const char *question, GError **error);

/**
 * lanyard_cli_ask_yes:
 *
 * Returns: whether the answer was yes; no without an error is no
 */
gboolean lanyard_cli_ask_yes (LanyardCli *cli, const char *question, GError **error);

G_END_DECLS
