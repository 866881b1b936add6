/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-sqlite.h"

G_BEGIN_DECLS

/* The columns that lanyard_row_read() expects, in its order. */
#define LANYARD_ROW_COLUMNS                                                                        \
  "id, name, provider, type, active, status, account, expires_at, renewable, connectors, scopes, " \
  "granted_scopes, authorized_at, created_at, modified_at, revision"

/**
 * lanyard_row_check:
 * @authorization: an authorization that is going to be saved
 *
 * Refuses what lanyard_row_read() would refuse, so that nothing gets in that does not come out.
 *
 * Returns: whether @authorization can be saved; %LANYARD_ERROR_INVALID says what is wrong
 */
gboolean lanyard_row_check (LanyardAuthorization *authorization, GError **error);

/**
 * lanyard_row_bind:
 * @statement: a statement whose parameters are called like the columns
 *
 * Gives the parameters that @statement has the values of @authorization, except `revision` and
 * `modified_at`.
 */
void lanyard_row_bind (LanyardAuthorization *authorization, sqlite3_stmt *statement);

/**
 * lanyard_row_read:
 * @statement: stands on a row of %LANYARD_ROW_COLUMNS
 *
 * Reads a row and checks each value, since a file can be damaged.
 *
 * Returns: (transfer full): the authorization without its settings; or %NULL with
 * %LANYARD_ERROR_STORAGE, which names the row
 */
LanyardAuthorization *lanyard_row_read (sqlite3_stmt *statement, GError **error);

/**
 * lanyard_row_read_setting:
 * @statement: stands on a row with the name of a setting at @column and its value behind it
 *
 * Returns: whether the setting is valid and was added to @authorization
 */
gboolean lanyard_row_read_setting (LanyardAuthorization *authorization,
                                   sqlite3_stmt *statement,
                                   int column,
                                   GError **error);

G_END_DECLS
