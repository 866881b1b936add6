/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-import-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardImportRow:
 *
 * Shows a #LanyardImportItem: whether it is chosen, its name and provider, and for one that is
 * there already what is to become of it. Its texts are no markup.
 */
#define LANYARD_TYPE_IMPORT_ROW (lanyard_import_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardImportRow, lanyard_import_row, LANYARD, IMPORT_ROW, GtkBox)

GtkWidget *lanyard_import_row_new (void);

/**
 * lanyard_import_row_set_item:
 * @item: (nullable): what to show
 * @catalogue: (nullable): knows the providers; needed with @item
 */
void lanyard_import_row_set_item (LanyardImportRow *self,
                                  LanyardImportItem *item,
                                  LanyardCatalogue *catalogue);

G_END_DECLS
