/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"

G_BEGIN_DECLS

/**
 * LanyardVerdict:
 * @LANYARD_VERDICT_NONE: the person was not asked yet, or took the answer back
 * @LANYARD_VERDICT_ALLOW: the app may always use the authorization
 * @LANYARD_VERDICT_DENY: it may not, and does not ask again
 *
 * What the person decided about one sandboxed app and one authorization. An answer for once is
 * never kept.
 */
typedef enum
{
  LANYARD_VERDICT_NONE,
  LANYARD_VERDICT_ALLOW,
  LANYARD_VERDICT_DENY,
} LanyardVerdict;

/**
 * LanyardPermission:
 *
 * One answer of the person that is kept: which app, which authorization, allowed or not, since
 * when, and when it was last used. Immutable, reference-counted. It goes with its authorization.
 */
typedef struct _LanyardPermission LanyardPermission;

LanyardPermission *lanyard_permission_ref (LanyardPermission *self);
void lanyard_permission_unref (LanyardPermission *self);

/**
 * lanyard_permission_get_app_id:
 *
 * Returns: (transfer none): the app: the id of a Flatpak, or `snap.NAME`
 */
const char *lanyard_permission_get_app_id (LanyardPermission *self);

/**
 * lanyard_permission_get_authorization_id:
 *
 * Returns: (transfer none): the id of the authorization
 */
const char *lanyard_permission_get_authorization_id (LanyardPermission *self);

/**
 * lanyard_permission_get_verdict:
 *
 * Returns: %LANYARD_VERDICT_ALLOW or %LANYARD_VERDICT_DENY
 */
LanyardVerdict lanyard_permission_get_verdict (LanyardPermission *self);

/**
 * lanyard_permission_get_decided_at:
 *
 * Returns: when the person decided, in seconds since 1970
 */
gint64 lanyard_permission_get_decided_at (LanyardPermission *self);

/**
 * lanyard_permission_get_used_at:
 *
 * Returns: when the app last got something by it, in seconds since 1970; 0 is never. Noted to the
 *   minute.
 */
gint64 lanyard_permission_get_used_at (LanyardPermission *self);

/**
 * lanyard_database_list_permissions:
 * @authorization_id: (nullable): the authorization; %NULL for all
 * @app_id: (nullable): the app; %NULL for all
 *
 * Who changes permissions in another program is told by #LanyardDatabase::changed; who does it here
 * knows.
 *
 * Returns: (transfer full) (element-type LanyardPermission): what was decided, by app and
 *   authorization; or %NULL
 */
GPtrArray *lanyard_database_list_permissions (LanyardDatabase *self,
                                              const char *authorization_id,
                                              const char *app_id,
                                              GError **error);

/**
 * lanyard_database_load_verdict:
 * @verdict: (out): what was decided
 *
 * Returns: whether it could be read
 */
gboolean lanyard_database_load_verdict (LanyardDatabase *self,
                                        const char *authorization_id,
                                        const char *app_id,
                                        LanyardVerdict *verdict,
                                        GError **error);

/**
 * lanyard_database_save_verdict:
 * @verdict: what was decided; %LANYARD_VERDICT_NONE takes it back, so that the app asks again
 *
 * Keeps an answer, in place of an earlier one.
 *
 * Returns: whether it was saved; %LANYARD_ERROR_NOT_FOUND when the authorization is gone, which is
 *   no error for one that is taken back
 */
gboolean lanyard_database_save_verdict (LanyardDatabase *self,
                                        const char *authorization_id,
                                        const char *app_id,
                                        LanyardVerdict verdict,
                                        GError **error);

/**
 * lanyard_database_note_use:
 * @now: seconds since 1970
 *
 * Notes that an app used an authorization, where it was allowed for always. Within a minute nothing
 * is written: an app that asks all the time would keep the disk and all watchers busy.
 */
gboolean lanyard_database_note_use (LanyardDatabase *self,
                                    const char *authorization_id,
                                    const char *app_id,
                                    gint64 now,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPermission, lanyard_permission_unref)

G_END_DECLS
