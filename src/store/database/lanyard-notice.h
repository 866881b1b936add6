/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Of which authorizations the person was told that they need her. It outlives whoever told her, so
 * that she is told once, and what she was told is taken back by whoever finds it settled. */

#pragma once

#include "lanyard-database.h"

G_BEGIN_DECLS

/**
 * lanyard_database_list_notices:
 *
 * Returns: (transfer full) (element-type utf8): the set of the ids of which the person was told,
 *   also of authorizations that are gone; or %NULL
 */
GHashTable *lanyard_database_list_notices (LanyardDatabase *self, GError **error);

/**
 * lanyard_database_save_notice:
 * @id: the id of an authorization, which may be gone
 * @is_told: whether the person was told of it, and it was not taken back
 *
 * Returns: whether it was saved
 */
gboolean lanyard_database_save_notice (LanyardDatabase *self,
                                       const char *id,
                                       gboolean is_told,
                                       GError **error);

G_END_DECLS
