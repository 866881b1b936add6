/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * lanyard_oauth2_expiry_read:
 * @member: which part of the provider's data says where it is: `expires`, `refresh_expires`
 * @fallback: (nullable): the paths of the lifetime, where the data names none
 * @object: the answer
 * @token: (nullable): the token itself, which may be a JWT that says when it ends
 * @now: when the answer came, in seconds since 1970
 *
 * Reads when a token ends: a lifetime, a time, or a date, in whatever unit. Negative and absurd
 * ones count as unknown: the token is used until the server refuses it.
 *
 * Returns: seconds since 1970; 0 when it is not known, or never
 */
gint64 lanyard_oauth2_expiry_read (LanyardAuthContext *context,
                                   const char *member,
                                   char **fallback,
                                   JsonObject *object,
                                   const char *token,
                                   gint64 now);

G_END_DECLS
