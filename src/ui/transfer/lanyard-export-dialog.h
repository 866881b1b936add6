/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardExportDialog:
 *
 * Asks whether an export is to hold the secrets, and under which passphrase; then where to write
 * it; and writes it.
 *
 * Signal `done` (message): it was written; the message says so to the person. The window closes.
 */
#define LANYARD_TYPE_EXPORT_DIALOG (lanyard_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LanyardExportDialog, lanyard_export_dialog, LANYARD, EXPORT_DIALOG, AdwWindow)

/**
 * lanyard_export_dialog_new:
 * @authorization: (nullable): what to export; %NULL for all that there are
 */
GtkWidget *lanyard_export_dialog_new (LanyardManager *manager, LanyardAuthorization *authorization);

/**
 * lanyard_export_dialog_check:
 *
 * Checks the passphrase, shows what is wrong with it where it is, and puts the focus there.
 *
 * Returns: whether an export can be made of what was entered
 */
gboolean lanyard_export_dialog_check (LanyardExportDialog *self);

/**
 * lanyard_export_dialog_save:
 * @file: where to
 *
 * Writes the export. What goes wrong is shown in the dialog, which stays.
 */
void lanyard_export_dialog_save (LanyardExportDialog *self, GFile *file);

G_END_DECLS
