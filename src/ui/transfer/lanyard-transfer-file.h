/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_transfer_file_dup_name:
 * @name: (nullable): the name of the only authorization in it; %NULL for one with several
 *
 * Returns: (transfer full): a name for the file of an export, which any file system takes
 */
char *lanyard_transfer_file_dup_name (const char *name);

/**
 * lanyard_transfer_file_save_async:
 * @file: where to
 * @content: the export
 *
 * Writes an export so that only the person can read it, and so that there is all of it or what was
 * there before.
 */
void lanyard_transfer_file_save_async (GFile *file,
                                       GBytes *content,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean lanyard_transfer_file_save_finish (GFile *file, GAsyncResult *result, GError **error);

/**
 * lanyard_transfer_file_load_async:
 * @file: an export
 *
 * Reads a file; one that is too large for an export fails with %LANYARD_ERROR_INVALID.
 */
void lanyard_transfer_file_load_async (GFile *file,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *lanyard_transfer_file_load_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
