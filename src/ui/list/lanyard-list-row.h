/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardListRow:
 *
 * One row of the list: provider, name, status, and the buttons. It takes the focus itself, so that
 * the arrow keys go from row to row and Enter opens one; Tab and the horizontal arrows reach its
 * buttons. How it divides its width is #LanyardListColumns' matter.
 *
 * A list view makes a widget for each of the first 200 rows, seen or not: so a row is empty, and as
 * high as the others, until lanyard_list_row_fill() says that it comes into sight.
 *
 * What its buttons and keys do are actions of the window, whose target is the id of the
 * authorization: `authorization.toggle-active`, `authorization.cancel`, `authorization.delete`; and
 * `list.menu` of the list.
 */
#define LANYARD_TYPE_LIST_ROW (lanyard_list_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListRow, lanyard_list_row, LANYARD, LIST_ROW, GtkWidget)

GtkWidget *lanyard_list_row_new (void);

/**
 * lanyard_list_row_new_action_button:
 *
 * Returns: (transfer floating): the button that a row has, as wide as it is there in each of its
 * states; the header measures it, and the one for the menu
 */
GtkWidget *lanyard_list_row_new_action_button (void);
GtkWidget *lanyard_list_row_new_menu_button (void);

/**
 * lanyard_list_row_set_entry:
 * @entry: (nullable): what to show, which is followed from lanyard_list_row_fill() on
 */
void lanyard_list_row_set_entry (LanyardListRow *self, LanyardListEntry *entry);
/**
 * lanyard_list_row_fill:
 * @keyring_error: (nullable): why the keyring cannot be used, if it cannot
 *
 * Shows the entry, as it is now, since the row is in sight or about to be.
 */
void lanyard_list_row_fill (LanyardListRow *self, const GError *keyring_error);

/**
 * lanyard_list_row_is_filled:
 *
 * Returns: whether the row shows its entry, and follows it
 */
gboolean lanyard_list_row_is_filled (LanyardListRow *self);
LanyardListEntry *lanyard_list_row_get_entry (LanyardListRow *self);

/**
 * lanyard_list_row_get_menu_anchor:
 *
 * Returns: (transfer none): the button below which the row's menu opens
 */
GtkWidget *lanyard_list_row_get_menu_anchor (LanyardListRow *self);

G_END_DECLS
