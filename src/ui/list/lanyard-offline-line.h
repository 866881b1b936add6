/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardOfflineLine:
 *
 * A quiet line that is there while there is no network, and says what that means. It follows the
 * network by itself.
 */
#define LANYARD_TYPE_OFFLINE_LINE (lanyard_offline_line_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOfflineLine, lanyard_offline_line, LANYARD, OFFLINE_LINE, GtkWidget)

/**
 * lanyard_offline_line_new:
 * @monitor: the network
 */
GtkWidget *lanyard_offline_line_new (GNetworkMonitor *monitor);

G_END_DECLS
