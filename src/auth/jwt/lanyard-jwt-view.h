/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credentials.h"

G_BEGIN_DECLS

/**
 * LanyardJwtValidity:
 * @LANYARD_JWT_VALID: now is between its times
 * @LANYARD_JWT_NOT_YET_VALID: it begins later
 * @LANYARD_JWT_EXPIRED: it has ended
 * @LANYARD_JWT_UNKNOWN: it does not say when it ends
 *
 * What the times in a token say, by its own word alone.
 */
typedef enum
{
  LANYARD_JWT_VALID,
  LANYARD_JWT_NOT_YET_VALID,
  LANYARD_JWT_EXPIRED,
  LANYARD_JWT_UNKNOWN,
} LanyardJwtValidity;

/**
 * LanyardJwtView:
 * @credential: the name of the credential: `access_token`
 * @algorithm: (nullable): how it is signed
 * @header: its header, as JSON of several lines
 * @claims: its claims, as JSON of several lines
 * @issued_at: when it was made, in seconds since 1970; 0 when it does not say, as with the next two
 * @not_before: when it begins
 * @expires_at: when it ends
 *
 * A token taken apart for a person to look at, on this computer. Whether its signature is good is
 * not looked at, and nothing is to be decided by it.
 */
typedef struct
{
  char *credential;
  char *algorithm;
  char *header;
  char *claims;
  gint64 issued_at;
  gint64 not_before;
  gint64 expires_at;
} LanyardJwtView;

void lanyard_jwt_view_free (LanyardJwtView *self);

/**
 * lanyard_jwt_view_list:
 *
 * Returns: (transfer full) (element-type LanyardJwtView): every JWT among @credentials, by name
 */
GPtrArray *lanyard_jwt_view_list (LanyardCredentials *credentials);

/**
 * lanyard_jwt_view_get_validity:
 * @now: seconds since 1970
 */
LanyardJwtValidity lanyard_jwt_view_get_validity (const LanyardJwtView *self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardJwtView, lanyard_jwt_view_free)

G_END_DECLS
