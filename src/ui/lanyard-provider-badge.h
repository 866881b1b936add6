/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-provider.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardProviderBadge:
 *
 * A rounded square in a provider's colour with the first letter of its name. It is decoration: the
 * name stands beside it, so that assistive technology passes over it.
 *
 * Properties: `provider` (read, write, nullable; %NULL shows a globe), `size` (read, write: width
 * and height in logical pixels, 32).
 */
#define LANYARD_TYPE_PROVIDER_BADGE (lanyard_provider_badge_get_type ())
G_DECLARE_FINAL_TYPE (LanyardProviderBadge,
                      lanyard_provider_badge,
                      LANYARD,
                      PROVIDER_BADGE,
                      GtkWidget)

GtkWidget *lanyard_provider_badge_new (void);

void lanyard_provider_badge_set_provider (LanyardProviderBadge *self, LanyardProvider *provider);
void lanyard_provider_badge_set_size (LanyardProviderBadge *self, int size);

/**
 * lanyard_provider_badge_draw:
 * @widget: the widget that is drawn
 * @snapshot: where to draw
 * @provider: (nullable): the provider
 * @size: width and height in logical pixels
 *
 * Draws a badge at the origin of @snapshot, for widgets that draw one themselves.
 */
void lanyard_provider_badge_draw (GtkWidget *widget,
                                  GtkSnapshot *snapshot,
                                  LanyardProvider *provider,
                                  int size);

G_END_DECLS
