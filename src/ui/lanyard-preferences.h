/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lanyard_preferences_new:
 * @settings: what the window changes, at once
 *
 * Returns: (transfer floating): the window with the person's preferences, which is not shown yet
 */
GtkWidget *lanyard_preferences_new (GSettings *settings);

G_END_DECLS
