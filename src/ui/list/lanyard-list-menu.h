/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-entry.h"
#include "lanyard-manager.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lanyard_list_menu_new:
 * @entry: the row
 * @manager: tells what can be done with it
 *
 * Returns: (transfer full): what can be done with @entry, as actions of the group `authorization`
 * whose target is its id
 */
GMenuModel *lanyard_list_menu_new (LanyardListEntry *entry, LanyardManager *manager);

/**
 * lanyard_list_menu_popup:
 * @widget: what the menu belongs to
 * @anchor: below which part of it the menu opens
 * @point: (nullable): where it opens instead, in the coordinates of @widget
 *
 * Makes the menu of @entry, opens it, and lets it go when it is closed.
 */
void lanyard_list_menu_popup (GtkWidget *widget,
                              GtkWidget *anchor,
                              const graphene_point_t *point,
                              LanyardListEntry *entry,
                              LanyardManager *manager);

G_END_DECLS
