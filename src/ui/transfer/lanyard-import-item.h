/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager-export.h"

G_BEGIN_DECLS

/**
 * LanyardImportItem:
 *
 * One authorization of an export, and what the person wants to become of it. One that clashes with
 * what is there begins as skipped, any other one as chosen.
 *
 * Properties: `chosen` (read, write), `mode` (read, write: a #LanyardImportMode as a number),
 * `error` (read, nullable: why it was not imported). A clash is chosen exactly when it is not
 * skipped.
 */
#define LANYARD_TYPE_IMPORT_ITEM (lanyard_import_item_get_type ())
G_DECLARE_FINAL_TYPE (LanyardImportItem, lanyard_import_item, LANYARD, IMPORT_ITEM, GObject)

/**
 * lanyard_import_item_new:
 * @entry: (transfer none): what lives as long as @entries
 * @entries: (transfer none): what the export holds
 * @existing: (nullable): what it clashes with
 */
LanyardImportItem *lanyard_import_item_new (const LanyardArchiveEntry *entry,
                                            GPtrArray *entries,
                                            LanyardAuthorization *existing);

const LanyardArchiveEntry *lanyard_import_item_get_entry (LanyardImportItem *self);
const char *lanyard_import_item_get_name (LanyardImportItem *self);
LanyardAuthorization *lanyard_import_item_get_existing (LanyardImportItem *self);
gboolean lanyard_import_item_is_chosen (LanyardImportItem *self);
void lanyard_import_item_set_chosen (LanyardImportItem *self, gboolean chosen);
LanyardImportMode lanyard_import_item_get_mode (LanyardImportItem *self);
void lanyard_import_item_set_mode (LanyardImportItem *self, LanyardImportMode mode);
const char *lanyard_import_item_get_error (LanyardImportItem *self);
void lanyard_import_item_set_error (LanyardImportItem *self, const char *message);

G_END_DECLS
