/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-sqlite.h"

G_BEGIN_DECLS

/**
 * LanyardTable:
 *
 * The statements that read and write authorizations with their settings. Transactions are the
 * caller's: each function below that needs one says so. Errors are those of #LanyardDatabase.
 */
typedef struct _LanyardTable LanyardTable;

/**
 * lanyard_table_new:
 * @handle: (transfer full): a database of the current version
 */
LanyardTable *lanyard_table_new (sqlite3 *handle);
void lanyard_table_free (LanyardTable *self);

/**
 * lanyard_table_list:
 *
 * Reads all of them, in a transaction. A damaged one is left out with a warning, so that it does
 * not keep the person from the others; whoever loads it by its id is told what is wrong with it.
 *
 * Returns: (transfer full) (element-type LanyardAuthorization): the authorizations, by name
 */
GPtrArray *lanyard_table_list (LanyardTable *self, GError **error);

/**
 * lanyard_table_load:
 *
 * Reads the one with this id, in a transaction.
 */
LanyardAuthorization *lanyard_table_load (LanyardTable *self, const char *id, GError **error);

/**
 * lanyard_table_find:
 *
 * Reads those that a name, an id or the beginning of an id fits, in a transaction.
 *
 * Returns: (transfer full) (element-type LanyardAuthorization): the authorizations, by name
 */
GPtrArray *lanyard_table_find (LanyardTable *self, const char *name_or_id, GError **error);

/**
 * lanyard_table_save:
 * @now: seconds since 1970
 *
 * Writes a row and its settings, in a transaction that can write. @authorization stays as it is. A
 * row that is damaged is replaced, since nobody can read it any more.
 */
gboolean lanyard_table_save (LanyardTable *self,
                             LanyardAuthorization *authorization,
                             gint64 now,
                             GError **error);
gboolean
lanyard_table_save_state (LanyardTable *self, LanyardAuthorization *authorization, GError **error);
gboolean lanyard_table_remove (LanyardTable *self, const char *id, GError **error);

/**
 * lanyard_table_set_not_found_error:
 * @name_or_id: what was looked for
 */
void lanyard_table_set_not_found_error (GError **error, const char *name_or_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTable, lanyard_table_free)

G_END_DECLS
