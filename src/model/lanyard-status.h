/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LanyardStatus:
 * @LANYARD_STATUS_NEW: never authorized
 * @LANYARD_STATUS_AUTHORIZED: credentials are there, as far as is known they work
 * @LANYARD_STATUS_EXPIRED: the access token has expired, and nothing can renew it
 * @LANYARD_STATUS_REFUSED: the provider refused the credentials; the person must sign in again
 * @LANYARD_STATUS_REVOKED: the person took the authorization back
 * @LANYARD_STATUS_INCOMPLETE: the credentials are missing from the keyring
 *
 * Where an authorization stands. Stored; whether the keyring is locked or the authorization
 * inactive is another question.
 */
typedef enum
{
  LANYARD_STATUS_NEW,
  LANYARD_STATUS_AUTHORIZED,
  LANYARD_STATUS_EXPIRED,
  LANYARD_STATUS_REFUSED,
  LANYARD_STATUS_REVOKED,
  LANYARD_STATUS_INCOMPLETE,
} LanyardStatus;

#define LANYARD_TYPE_STATUS (lanyard_status_get_type ())
GType lanyard_status_get_type (void);

/**
 * lanyard_status_get_id:
 *
 * Returns: the name of @status in the database and in `--json`: `new`, `authorized`, `expired`,
 * `refused`, `revoked`, `incomplete`
 */
const char *lanyard_status_get_id (LanyardStatus status);
gboolean lanyard_status_from_id (const char *id, LanyardStatus *status);

/**
 * lanyard_status_get_label:
 *
 * Returns: (transfer none): the status for the person, in her language: *Authorized*, *Not
 * authorized* or *Sign in again*
 */
const char *lanyard_status_get_label (LanyardStatus status);

G_END_DECLS
