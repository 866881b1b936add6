/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"
#include "lanyard-schema.h"

G_BEGIN_DECLS

/* For how many milliseconds a call waits for another program. */
#define LANYARD_DATABASE_BUSY_TIMEOUT 5000

/**
 * lanyard_database_open_full:
 * @schema: the versions of the database
 * @busy_timeout: for how many milliseconds a call waits for another program
 *
 * As lanyard_database_open(), for tests of other versions and of a short patience.
 */
LanyardDatabase *lanyard_database_open_full (const char *path,
                                             const LanyardSchema *schema,
                                             int busy_timeout,
                                             GError **error);

/**
 * lanyard_database_get_handle:
 *
 * Returns: (transfer none): the connection, for tests that make it fail
 */
sqlite3 *lanyard_database_get_handle (LanyardDatabase *self);

G_END_DECLS
