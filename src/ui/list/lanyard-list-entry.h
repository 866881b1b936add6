/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-catalogue.h"

G_BEGIN_DECLS

/**
 * LanyardListSort:
 * @LANYARD_LIST_SORT_NAME: by name
 * @LANYARD_LIST_SORT_PROVIDER: by the provider's name
 * @LANYARD_LIST_SORT_STATUS: by status, those that need the person first
 *
 * By what the list is ordered; equal ones by name.
 */
typedef enum
{
  LANYARD_LIST_SORT_NAME,
  LANYARD_LIST_SORT_PROVIDER,
  LANYARD_LIST_SORT_STATUS,
} LanyardListSort;

#define LANYARD_TYPE_LIST_SORT (lanyard_list_sort_get_type ())
GType lanyard_list_sort_get_type (void);

/**
 * LanyardListEntry:
 *
 * One authorization as the list shows it, with the keys by which it is searched and ordered, which
 * are made once, and with what is being done with it.
 *
 * Signal `changed`: something that a row shows, or by which it is found or ordered, has changed.
 */
#define LANYARD_TYPE_LIST_ENTRY (lanyard_list_entry_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListEntry, lanyard_list_entry, LANYARD, LIST_ENTRY, GObject)

LanyardListEntry *lanyard_list_entry_new (LanyardAuthorization *authorization,
                                          LanyardCatalogue *catalogue);
LanyardAuthorization *lanyard_list_entry_get_authorization (LanyardListEntry *self);
const char *lanyard_list_entry_get_id (LanyardListEntry *self);

/**
 * lanyard_list_entry_get_provider:
 *
 * Returns: (transfer none) (nullable): the provider; %NULL when the catalogue does not know it
 */
LanyardProvider *lanyard_list_entry_get_provider (LanyardListEntry *self);

/**
 * lanyard_list_entry_get_provider_name:
 *
 * Returns: (transfer none): the provider's name, or its id when the catalogue does not know it
 */
const char *lanyard_list_entry_get_provider_name (LanyardListEntry *self);

/**
 * lanyard_list_entry_dup_details:
 *
 * Returns: (transfer full): the line below the name: "2 connectors · 5 scopes", the host that it is
 * for, or its type
 */
char *lanyard_list_entry_dup_details (LanyardListEntry *self);

/**
 * lanyard_list_entry_get_search_key:
 *
 * Returns: (transfer none): name, provider, account and address, as lanyard_text_dup_key() makes it
 */
const char *lanyard_list_entry_get_search_key (LanyardListEntry *self);

/**
 * lanyard_list_entry_compare:
 * @now: seconds since 1970
 *
 * Returns: below zero when @a stands before @b, above when behind
 */
int lanyard_list_entry_compare (LanyardListEntry *a,
                                LanyardListEntry *b,
                                LanyardListSort sort,
                                gint64 now);

/**
 * lanyard_list_entry_begin:
 * @progress: what is being done: "Testing…"
 *
 * Marks the beginning of something that takes time. What ran before is cancelled.
 *
 * Returns: (transfer full): what the person cancels it by
 */
GCancellable *lanyard_list_entry_begin (LanyardListEntry *self, const char *progress);

/**
 * lanyard_list_entry_end:
 * @cancellable: what lanyard_list_entry_begin() gave; an older one than the last changes nothing
 */
void lanyard_list_entry_end (LanyardListEntry *self, GCancellable *cancellable);

/**
 * lanyard_list_entry_get_progress:
 *
 * Returns: (transfer none) (nullable): what is being done; %NULL for nothing
 */
const char *lanyard_list_entry_get_progress (LanyardListEntry *self);
void lanyard_list_entry_cancel (LanyardListEntry *self);

G_END_DECLS
