/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-catalogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardProviderItem:
 *
 * One row of the list that a provider is chosen from: a provider, or the heading of the group that
 * follows.
 */
#define LANYARD_TYPE_PROVIDER_ITEM (lanyard_provider_item_get_type ())
G_DECLARE_FINAL_TYPE (LanyardProviderItem, lanyard_provider_item, LANYARD, PROVIDER_ITEM, GObject)

/**
 * lanyard_provider_item_get_heading:
 *
 * Returns: (transfer none) (nullable): the text of a heading; %NULL for a provider
 */
const char *lanyard_provider_item_get_heading (LanyardProviderItem *self);

/**
 * lanyard_provider_item_get_provider:
 *
 * Returns: (transfer none) (nullable): the provider; %NULL for a heading
 */
LanyardProvider *lanyard_provider_item_get_provider (LanyardProviderItem *self);

/**
 * lanyard_provider_items_fill:
 * @store: a list of #LanyardProviderItem, whose items are replaced
 * @catalogue: the providers
 * @words: what is searched; "" shows all of them, in groups
 *
 * Fills the list: without a search the person's own providers, the popular ones, all of them and
 * the *Custom* ones, each under a heading; else what was found, the best first. Where nothing was
 * found the *Custom* ones are what is left. No provider's data is read.
 *
 * Returns: whether there is one that @words find
 */
gboolean
lanyard_provider_items_fill (GListStore *store, LanyardCatalogue *catalogue, const char *words);

G_END_DECLS
