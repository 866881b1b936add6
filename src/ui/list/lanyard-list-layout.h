/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the widgets of the list that place their children themselves have in common. */

/**
 * lanyard_list_layout_measure:
 *
 * Returns: the natural size of @child
 */
int lanyard_list_layout_measure (GtkWidget *child, GtkOrientation orientation);

/**
 * lanyard_list_layout_place:
 * @x: counted from the side where the person begins to read
 *
 * Gives @child its place in its parent; one that is given too little width gets its minimum.
 */
void lanyard_list_layout_place (GtkWidget *child, int x, int y, int width, int height);

/**
 * lanyard_list_layout_show:
 * @child: (nullable): a child
 *
 * Shows or hides a child while its parent is allocated. Assistive technology is not told of what
 * has no place, and so hears of nothing twice.
 */
void lanyard_list_layout_show (GtkWidget *child, gboolean visible);

G_END_DECLS
