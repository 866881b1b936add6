/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lanyard_mnemonics_name:
 * @widget: a widget, mostly a window
 *
 * Gives each button in @widget whose label has a mnemonic the name that a person reads. GTK up to
 * 4.8 tells assistive technology the label twice, once with its underscore.
 */
void lanyard_mnemonics_name (GtkWidget *widget);

/**
 * lanyard_mnemonics_name_icons:
 * @widget: a row of libadwaita
 *
 * Names each button in @widget after its tooltip. Those that libadwaita puts into rows, as the one
 * that shows a password, have an icon and a tooltip, but no name for assistive technology.
 */
void lanyard_mnemonics_name_icons (GtkWidget *widget);

/**
 * lanyard_mnemonics_name_menu:
 * @button: a button that opens something
 * @name: its name for assistive technology, where its label does not say enough
 *
 * Names @button, and the button in it that has the focus.
 */
void lanyard_mnemonics_name_menu (GtkMenuButton *button, const char *name);

G_END_DECLS
