/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-provider.h"

G_BEGIN_DECLS

/**
 * LanyardOwnProviders:
 *
 * The person's own providers: the files of one folder. A file is read when it is asked for and
 * again when it was replaced; one that is broken is reported and hurts no other. Such a file says
 * where secrets are sent: one that belongs to another person, or that everybody can change, is
 * refused, behind a symbolic link too.
 */
typedef struct _LanyardOwnProviders LanyardOwnProviders;

/**
 * lanyard_own_providers_new:
 * @directory: (nullable): the folder, which need not exist; %NULL for none
 */
LanyardOwnProviders *lanyard_own_providers_new (const char *directory);
void lanyard_own_providers_free (LanyardOwnProviders *self);

/**
 * lanyard_own_providers_lookup:
 * @id: the id of a provider, which must be a plain name
 * @error: return location for %LANYARD_ERROR_INVALID, with file and line
 *
 * Reads no other file.
 *
 * Returns: (transfer none) (nullable): the provider; %NULL without an error when there is no such
 * file
 */
LanyardProvider *
lanyard_own_providers_lookup (LanyardOwnProviders *self, const char *id, GError **error);

/**
 * lanyard_own_providers_update:
 *
 * Looks what became of the folder, and reads what is new or was replaced.
 *
 * Returns: whether a provider or a problem came, went or changed
 */
gboolean lanyard_own_providers_update (LanyardOwnProviders *self);

/**
 * lanyard_own_providers_list:
 *
 * Returns: (transfer container) (element-type LanyardProvider): those that can be used, as the last
 * update found them
 */
GPtrArray *lanyard_own_providers_list (LanyardOwnProviders *self);

/**
 * lanyard_own_providers_has:
 *
 * Returns: whether there is a file of that id, usable or not, as the last update found it
 */
gboolean lanyard_own_providers_has (LanyardOwnProviders *self, const char *id);

/**
 * lanyard_own_providers_list_problems:
 *
 * Returns: (transfer full): a message with file and line for each file that cannot be used
 */
char **lanyard_own_providers_list_problems (LanyardOwnProviders *self);

/**
 * lanyard_own_providers_read_file:
 * @length: (out): its length in bytes
 * @error: return location for a #GFileError
 *
 * Returns: (transfer full): the text of a file that may be a provider's, or %NULL
 */
char *lanyard_own_providers_read_file (const char *path, gsize *length, GError **error);

/**
 * lanyard_own_providers_is_id:
 *
 * Returns: whether @id can be part of a file's path: nothing but a plain name is one
 */
gboolean lanyard_own_providers_is_id (const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOwnProviders, lanyard_own_providers_free)

G_END_DECLS
