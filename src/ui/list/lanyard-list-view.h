/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-model.h"
#include "lanyard-manager.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardListView:
 *
 * The list: the titles of the columns, the rows, and the menu of a row, which is made when it is
 * opened. Opening a row is the action `authorization.open` of the window.
 *
 * Action: `list.menu` (s: the id of a row that is shown).
 */
#define LANYARD_TYPE_LIST_VIEW (lanyard_list_view_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListView, lanyard_list_view, LANYARD, LIST_VIEW, GtkWidget)

GtkWidget *lanyard_list_view_new (void);

/**
 * lanyard_list_view_set_model:
 * @model: the rows
 * @manager: tells what can be done with a row, and about the keyring
 */
void lanyard_list_view_set_model (LanyardListView *self,
                                  LanyardListModel *model,
                                  LanyardManager *manager);

/**
 * lanyard_list_view_refresh:
 *
 * Shows anew what depends on the time and the keyring.
 */
void lanyard_list_view_refresh (LanyardListView *self);

G_END_DECLS
