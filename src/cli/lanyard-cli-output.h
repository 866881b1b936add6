/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * lanyard_cli_print:
 *
 * Prints an answer to standard output, in UTF-8.
 */
void lanyard_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * lanyard_cli_note:
 *
 * Prints one line for the person to standard error, in UTF-8.
 */
void lanyard_cli_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * lanyard_cli_print_json:
 * @root: (transfer full): what to print
 *
 * Prints an answer as JSON to standard output.
 */
void lanyard_cli_print_json (JsonNode *root);

/**
 * lanyard_cli_write_secret:
 * @text: what to write
 * @length: its length in bytes
 * @error: return location for %LANYARD_ERROR_FAILED
 *
 * Writes to standard output past every buffer, so that no copy stays behind.
 */
gboolean lanyard_cli_write_secret (const char *text, gsize length, GError **error);

/**
 * lanyard_cli_flush:
 * @error: return location for %LANYARD_ERROR_FAILED
 *
 * Writes out what was printed. Standard output may be a full disk, or a pipe that nobody reads any
 * more.
 *
 * Returns: whether all of it was written
 */
gboolean lanyard_cli_flush (GError **error);

G_END_DECLS
