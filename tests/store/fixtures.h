/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"

G_BEGIN_DECLS

/**
 * dup_database_path:
 *
 * Returns: (transfer full): where the case's own database is
 */
char *dup_database_path (void);

/**
 * open_database:
 *
 * Returns: (transfer full): the case's own database, in which a call waits 50 ms for others
 */
LanyardDatabase *open_database (void);

/**
 * make_authorization:
 *
 * Returns: (transfer full): an authorization with everything that it needs to be saved
 */
LanyardAuthorization *make_authorization (const char *name);

/**
 * save_new:
 *
 * Returns: (transfer full): a saved authorization
 */
LanyardAuthorization *save_new (LanyardDatabase *database, const char *name);

/**
 * run_sql:
 *
 * Changes the case's database behind the back of the objects under test.
 */
void run_sql (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * assert_whole:
 *
 * Checks that SQLite finds the case's database whole.
 */
void assert_whole (void);

/**
 * assert_error_says:
 * @part: what the message must contain
 *
 * Checks an error of the storage, and frees it.
 */
void assert_error_says (GError **error, int code, const char *part);

G_END_DECLS
