/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-window.h"

G_BEGIN_DECLS

/**
 * lanyard_window_install_transfer_actions:
 * @widget_class: the class of #LanyardWindow
 *
 * Installs `win.export-all` and `win.import`.
 */
void lanyard_window_install_transfer_actions (GtkWidgetClass *widget_class);

/**
 * lanyard_window_export:
 *
 * Lets the person export one authorization.
 */
void lanyard_window_export (LanyardWindow *self, LanyardListEntry *entry);

G_END_DECLS
