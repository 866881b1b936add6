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
 * which add to them or override them. Making a catalogue reads nothing. Of a shipped provider only
 * its row of the index is read, until somebody asks what the row does not say.
 *
 * Signal `changed`: one of the person's own files came, went, was replaced, or is broken now or no
 * longer. A provider that was looked up before stays usable; look it up again. Comes only after
 * lanyard_catalogue_watch().
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
 * lanyard_catalogue_get_directory:
 *
 * Returns: (transfer none) (nullable): the folder of the person's own files
 */
const char *lanyard_catalogue_get_directory (LanyardCatalogue *self);

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
 * lanyard_catalogue_is_shipped:
 *
 * Returns: whether Lanyard ships a provider @id, whether or not the person overrides it
 */
gboolean lanyard_catalogue_is_shipped (LanyardCatalogue *self, const char *id);

/**
 * lanyard_catalogue_list:
 *
 * Looks what there is, and reads what is new since the last call; the list is the same one, and
 * tells what was added. After lanyard_catalogue_watch() it follows the person's files by itself.
 *
 * Returns: (transfer none): a list of #LanyardProvider, ordered by name with the *Custom* ones at
 * the end; broken files are left out
 */
GListModel *lanyard_catalogue_list (LanyardCatalogue *self);

/**
 * lanyard_catalogue_search:
 * @words: what the person types, in whatever case and with or without accents; "" finds all
 *
 * Searches names, aliases and websites. It is quick enough for each key that is pressed, and reads
 * no provider's data.
 *
 * Returns: (transfer full): a new list of #LanyardProvider: whose name is or begins with @words
 * comes first (lanyard_search_key_rank()), among equals those that most people look for
 * (lanyard_provider_get_rank()), then by name; the *Custom* ones last
 */
GListModel *lanyard_catalogue_search (LanyardCatalogue *self, const char *words);

/**
 * lanyard_catalogue_list_problems:
 *
 * Returns: (transfer full): a message, with path and line, for each of the person's files that
 * cannot be used
 */
char **lanyard_catalogue_list_problems (LanyardCatalogue *self);

/**
 * lanyard_catalogue_watch:
 *
 * Begins to watch the person's own files; for programs with a main loop. Several changes at once,
 * as of an editor that replaces a file, are one.
 */
void lanyard_catalogue_watch (LanyardCatalogue *self);

G_END_DECLS
