/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"

G_BEGIN_DECLS

/**
 * LanyardDatabase:
 *
 * Everything that may be seen, in SQLite: one row per authorization, WAL, foreign keys,
 * `user_version` migrations with a backup before each. Calls are synchronous and short; a database
 * that another program keeps locked fails after 5 seconds. Errors are %LANYARD_ERROR_STORAGE with a
 * message that says what to do (read-only, full, locked, damaged), %LANYARD_ERROR_STORAGE_NEWER,
 * and those named below.
 *
 * It takes whatever settings it is given: that none of them is secret is the task of whoever splits
 * what a person entered by #LanyardFieldKind, the editor and the command line.
 *
 * Signal `changed`: another program changed the database; at most a second after it did, and at
 * most ten times a second. The database is watched from the first call after a handler was
 * connected, or from the next time that the main loop is idle after it was opened; who connects
 * none pays nothing.
 */
#define LANYARD_TYPE_DATABASE (lanyard_database_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDatabase, lanyard_database, LANYARD, DATABASE, GObject)

/**
 * lanyard_database_open:
 * @path: the file; its folder is made where it is missing, with mode 0700, the file with 0600
 *
 * Returns: (transfer full): the database, or %NULL
 */
LanyardDatabase *lanyard_database_open (const char *path, GError **error);

/**
 * lanyard_database_open_default:
 *
 * Returns: (transfer full): `$XDG_DATA_HOME/lanyard/lanyard.db`
 */
LanyardDatabase *lanyard_database_open_default (GError **error);

/**
 * lanyard_database_poll:
 *
 * Looks now whether another program changed the database, and emits `changed` where it did: for
 * whoever must not wait until the change is noticed. It costs some microseconds.
 *
 * Returns: whether the database could be asked
 */
gboolean lanyard_database_poll (LanyardDatabase *self, GError **error);

/**
 * lanyard_database_load_all:
 *
 * Reads all authorizations, as they are at one moment. A damaged row does not keep the person from
 * the others: it is left out with a warning that names it, and lanyard_database_load() tells what
 * is wrong with it. Saving an authorization of that id, as restoring it from the keyring does,
 * replaces it.
 *
 * Returns: (transfer full) (element-type LanyardAuthorization): every authorization, by name; or
 * %NULL
 */
GPtrArray *lanyard_database_load_all (LanyardDatabase *self, GError **error);

/**
 * lanyard_database_load:
 *
 * Returns: (transfer full): the authorization, or %NULL with %LANYARD_ERROR_NOT_FOUND
 */
LanyardAuthorization *lanyard_database_load (LanyardDatabase *self, const char *id, GError **error);

/**
 * lanyard_database_find:
 * @name_or_id: a name (compared by lanyard_text_dup_key()), a UUID, or at least 8 characters that
 * begin one
 *
 * A name comes before the beginning of an id, but not before a whole one.
 *
 * Returns: (transfer full): the authorization, or %NULL with %LANYARD_ERROR_NOT_FOUND or
 * %LANYARD_ERROR_AMBIGUOUS, whose message lists the candidates
 */
LanyardAuthorization *
lanyard_database_find (LanyardDatabase *self, const char *name_or_id, GError **error);

/**
 * lanyard_database_save:
 * @authorization: what to save; on success its revision and `modified_at` are set
 *
 * Inserts or updates the whole row, in one transaction.
 *
 * Returns: whether it was saved; %LANYARD_ERROR_INVALID when it could not be read again (a name
 * that lanyard_text_check_name() refuses, no provider or type, a huge value), %LANYARD_ERROR_EXISTS
 * when another one has the same name, %LANYARD_ERROR_CONFLICT when the row has another revision
 * than @authorization (or is gone)
 */
gboolean
lanyard_database_save (LanyardDatabase *self, LanyardAuthorization *authorization, GError **error);

/**
 * lanyard_database_save_state:
 *
 * Updates only what changes by itself (active, status, account, expires_at, renewable, granted
 * scopes, authorized_at), whatever the revision, so that a renewed token never competes with an
 * editor.
 *
 * Returns: whether it was saved; %LANYARD_ERROR_NOT_FOUND when the row is gone
 */
gboolean lanyard_database_save_state (LanyardDatabase *self,
                                      LanyardAuthorization *authorization,
                                      GError **error);

/**
 * lanyard_database_remove:
 *
 * Removes a row; one that is not there is no error.
 */
gboolean lanyard_database_remove (LanyardDatabase *self, const char *id, GError **error);

G_END_DECLS
