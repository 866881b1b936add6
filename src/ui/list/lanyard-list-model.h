/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-entry.h"

G_BEGIN_DECLS

/**
 * LanyardListModel:
 *
 * The rows of the list: a flat #GListModel of #LanyardListEntry, made from the authorizations by
 * view (active or inactive), search and order. A change of these scans keys that were made before
 * and is told in one `items-changed`, so that thousands of rows follow each key.
 *
 * Signal `reordered`: view, search or order was chosen anew. Emitted before the rows change.
 *
 * Signal `updated`: the list has followed a change, also one that is not seen in its rows.
 */
#define LANYARD_TYPE_LIST_MODEL (lanyard_list_model_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListModel, lanyard_list_model, LANYARD, LIST_MODEL, GObject)

/**
 * lanyard_list_model_new:
 * @authorizations: a list of #LanyardAuthorization, which is followed
 * @catalogue: the providers
 *
 * Returns: (transfer full): a model of the active ones, by name
 */
LanyardListModel *lanyard_list_model_new (GListModel *authorizations, LanyardCatalogue *catalogue);

/**
 * lanyard_list_model_set_search:
 * @text: (nullable): words, each of which a row must have in its search key
 */
void lanyard_list_model_set_search (LanyardListModel *self, const char *text);
gboolean lanyard_list_model_has_search (LanyardListModel *self);
void lanyard_list_model_set_show_inactive (LanyardListModel *self, gboolean show_inactive);
gboolean lanyard_list_model_get_show_inactive (LanyardListModel *self);
void
lanyard_list_model_set_sort (LanyardListModel *self, LanyardListSort sort, gboolean descending);
LanyardListSort lanyard_list_model_get_sort (LanyardListModel *self, gboolean *descending);

/**
 * lanyard_list_model_count_elsewhere:
 *
 * Returns: how many rows the same search finds in the other view
 */
guint lanyard_list_model_count_elsewhere (LanyardListModel *self);

/**
 * lanyard_list_model_count_all:
 *
 * Returns: how many authorizations there are, whatever is shown
 */
guint lanyard_list_model_count_all (LanyardListModel *self);

/**
 * lanyard_list_model_find:
 * @id: the id of an authorization
 *
 * Returns: (transfer none) (nullable): its entry, whether it is shown or not
 */
LanyardListEntry *lanyard_list_model_find (LanyardListModel *self, const char *id);

/**
 * lanyard_list_model_has_name:
 *
 * Returns: whether an authorization has that name (as lanyard_text_dup_key() compares names)
 */
gboolean lanyard_list_model_has_name (LanyardListModel *self, const char *name);

G_END_DECLS
