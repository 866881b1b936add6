/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-status-badge.h"

G_BEGIN_DECLS

/**
 * lanyard_status_text_get_label:
 * @authorization: an authorization
 * @now: seconds since 1970
 * @kind: (out) (optional): how to show it
 *
 * The word for the status of an authorization. An inactive one is not authorized, whatever its
 * credentials: it is handed out to nobody.
 *
 * Returns: (transfer none): *Authorized*, *Not authorized* or *Sign in again*
 */
const char *lanyard_status_text_get_label (LanyardAuthorization *authorization,
                                           gint64 now,
                                           LanyardBadgeKind *kind);

/**
 * lanyard_status_text_dup_reason:
 * @authorization: an authorization
 * @keyring_error: (nullable): why the keyring cannot be used, if it cannot
 * @now: seconds since 1970
 *
 * The line beside the status, in the person's words and in lower case, since it continues what the
 * label says: "renews in 42 min", "does not expire", "expired yesterday", "never authorized",
 * "keyring locked", "inactive, still signed in".
 *
 * Returns: (transfer full): the text
 */
char *lanyard_status_text_dup_reason (LanyardAuthorization *authorization,
                                      const GError *keyring_error,
                                      gint64 now);

/**
 * lanyard_status_text_dup_use:
 * @used_at: when something was last used, in seconds since 1970; 0 is never
 * @now: seconds since 1970
 *
 * Returns: (transfer full): when that was, in the person's words and in lower case: "used 5 min
 * ago", "used yesterday", "not used yet"
 */
char *lanyard_status_text_dup_use (gint64 used_at, gint64 now);

G_END_DECLS
