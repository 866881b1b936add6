/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardListHeader:
 *
 * The titles above the columns, each a button that orders the list by its column, and the other way
 * round when it does so already. A narrow list has none.
 */
#define LANYARD_TYPE_LIST_HEADER (lanyard_list_header_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListHeader, lanyard_list_header, LANYARD, LIST_HEADER, GtkWidget)

GtkWidget *lanyard_list_header_new (void);

/**
 * lanyard_list_header_set_sort:
 *
 * Shows by what the list is ordered. To change that, the buttons activate the actions `win.sort`
 * and `win.descending`.
 */
void
lanyard_list_header_set_sort (LanyardListHeader *self, LanyardListSort sort, gboolean descending);

G_END_DECLS
