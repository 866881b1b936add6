/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardImportDialog:
 *
 * Opens an export, with its passphrase where it has one; shows what is in it; and imports what the
 * person chose. What cannot be imported stays in the list with the reason beside it.
 *
 * Signal `done` (message): all that was chosen was imported; the message says so to the person. The
 * window closes.
 */
#define LANYARD_TYPE_IMPORT_DIALOG (lanyard_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LanyardImportDialog, lanyard_import_dialog, LANYARD, IMPORT_DIALOG, AdwWindow)

/**
 * lanyard_import_dialog_new:
 * @content: what is in the file
 * @file_name: what it is called
 */
GtkWidget *
lanyard_import_dialog_new (LanyardManager *manager, GBytes *content, const char *file_name);

G_END_DECLS
