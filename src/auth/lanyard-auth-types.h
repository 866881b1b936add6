/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-type.h"

G_BEGIN_DECLS

/**
 * lanyard_auth_types_lookup:
 * @id: (nullable): an id: `oauth2`
 *
 * Returns: (transfer none) (nullable): the authorization type of that id
 */
LanyardAuthType *lanyard_auth_types_lookup (const char *id);

/**
 * lanyard_auth_types_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): the ids of all types, in the order in which
 * they are shown
 */
const char *const *lanyard_auth_types_list (void);

G_END_DECLS
