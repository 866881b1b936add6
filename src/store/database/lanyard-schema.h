/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-sqlite.h"

G_BEGIN_DECLS

/**
 * LanyardSchema:
 * @steps: SQL that leads from version i to version i + 1, for each i from 0
 * @n_steps: how many there are: the version that this program reads and writes
 *
 * The versions of the database, of which `user_version` holds the number. A step that is in a
 * release is never changed again.
 */
typedef struct
{
  const char *const *steps;
  guint n_steps;
} LanyardSchema;

extern const LanyardSchema lanyard_schema;

/**
 * lanyard_schema_open:
 * @path: the file
 * @busy_timeout: for how many milliseconds a call waits for another program
 *
 * Opens a database and brings it to the current version, in one transaction. One that holds
 * something is copied to `NAME.backup-VERSION` before that; where that fails, nothing is changed.
 *
 * Returns: (transfer full): a handle, to be closed by sqlite3_close_v2(); or %NULL with
 * %LANYARD_ERROR_STORAGE_NEWER when it was written by a newer program, which changes nothing, or
 * %LANYARD_ERROR_STORAGE
 */
sqlite3 *lanyard_schema_open (const LanyardSchema *schema,
                              const char *path,
                              int busy_timeout,
                              GError **error);

G_END_DECLS
