/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-catalogue.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardProviderChooser:
 *
 * A row with a drop-down of providers, in groups, that is searched as one types. The *Custom*
 * providers are the answer when nothing is found. Files of the person's own that cannot be used are
 * pointed out. The list is filled when it opens, so that a window costs nothing for it.
 *
 * Properties: `provider` (read, write, nullable: what is chosen; notifies also when the person
 * chooses).
 */
#define LANYARD_TYPE_PROVIDER_CHOOSER (lanyard_provider_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LanyardProviderChooser,
                      lanyard_provider_chooser,
                      LANYARD,
                      PROVIDER_CHOOSER,
                      AdwActionRow)

/* Sets the providers to choose from, once. */
void lanyard_provider_chooser_set_catalogue (LanyardProviderChooser *self,
                                             LanyardCatalogue *catalogue);

LanyardProvider *lanyard_provider_chooser_get_provider (LanyardProviderChooser *self);
void lanyard_provider_chooser_set_provider (LanyardProviderChooser *self,
                                            LanyardProvider *provider);

/**
 * lanyard_provider_chooser_set_unknown:
 * @id: the id of a provider that is not in the catalogue
 *
 * Shows that a provider is meant that nothing is known of.
 */
void lanyard_provider_chooser_set_unknown (LanyardProviderChooser *self, const char *id);

/* Opens the list. */
void lanyard_provider_chooser_open (LanyardProviderChooser *self);

G_END_DECLS
