/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardKeyringBar:
 *
 * The bar that says that the keyring is locked or absent, with a button for the action
 * `win.unlock`.
 */
#define LANYARD_TYPE_KEYRING_BAR (lanyard_keyring_bar_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeyringBar, lanyard_keyring_bar, LANYARD, KEYRING_BAR, GtkWidget)

GtkWidget *lanyard_keyring_bar_new (void);

/**
 * lanyard_keyring_bar_set_error:
 * @error: (nullable): why the keyring cannot be used; %NULL hides the bar
 */
void lanyard_keyring_bar_set_error (LanyardKeyringBar *self, const GError *error);

G_END_DECLS
