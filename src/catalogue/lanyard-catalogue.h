/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-provider.h"

G_BEGIN_DECLS

/**
 * LanyardCatalogue:
 *
 * The providers that are known: those that Lanyard ships (a resource) and the person's own files,
 * which add to them or override them. Making a catalogue reads nothing; a provider is read when it
 * is first asked for, and kept.
 */
#define LANYARD_TYPE_CATALOGUE (lanyard_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCatalogue, lanyard_catalogue, LANYARD, CATALOGUE, GObject)

/**
 * lanyard_catalogue_new:
 * @directory: (nullable): the folder of the person's own files, or %NULL for none; it need not
 * exist
 *
 * Returns: (transfer full): a new catalogue
 */
LanyardCatalogue *lanyard_catalogue_new (const char *directory);

/**
 * lanyard_catalogue_new_default:
 *
 * Returns: (transfer full): a catalogue with `$XDG_CONFIG_HOME/lanyard/providers`
 */
LanyardCatalogue *lanyard_catalogue_new_default (void);

/**
 * lanyard_catalogue_lookup:
 * @id: the id of a provider
 * @error: return location for %LANYARD_ERROR_NOT_FOUND, or %LANYARD_ERROR_INVALID where its file is
 * broken
 *
 * Returns: (transfer none) (nullable): the provider, which the catalogue keeps
 */
LanyardProvider *lanyard_catalogue_lookup (LanyardCatalogue *self, const char *id, GError **error);

/**
 * lanyard_catalogue_list:
 *
 * Looks what there is, and reads what is new since the last call; the list is the same one, and
 * tells what was added.
 *
 * Returns: (transfer none): a list of #LanyardProvider, ordered by name with the *Custom* ones at
 * the end; broken files are left out
 */
GListModel *lanyard_catalogue_list (LanyardCatalogue *self);

/**
 * lanyard_catalogue_list_problems:
 *
 * Returns: (transfer full): a message for each of the person's files that could not be read
 */
char **lanyard_catalogue_list_problems (LanyardCatalogue *self);

G_END_DECLS
