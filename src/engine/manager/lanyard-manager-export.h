/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-archive.h"
#include "lanyard-manager.h"

G_BEGIN_DECLS

/**
 * LanyardImportMode:
 * @LANYARD_IMPORT_SKIP: what is there stays as it is
 * @LANYARD_IMPORT_RENAME: what is imported gets another name, and another id where it must
 * @LANYARD_IMPORT_REPLACE: what is imported takes the place of what is there
 *
 * What becomes of an authorization that is there already, by its id or its name.
 */
typedef enum
{
  LANYARD_IMPORT_SKIP,
  LANYARD_IMPORT_RENAME,
  LANYARD_IMPORT_REPLACE,
} LanyardImportMode;

/**
 * lanyard_manager_export_async:
 * @ids: (array zero-terminated=1) (nullable): the ids of authorizations; %NULL for all
 * @passphrase: (nullable): what the export is encrypted under; without one it holds no secrets
 *
 * Makes an export: settings, connectors and scopes, and with @passphrase also the credentials and
 * what became of them. A locked keyring fails it.
 */
void lanyard_manager_export_async (LanyardManager *self,
                                   const char *const *ids,
                                   LanyardSecret *passphrase,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * lanyard_manager_export_finish:
 *
 * Returns: (transfer full): the content of the file, or %NULL
 */
GBytes *lanyard_manager_export_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_open_export_async:
 * @content: the content of a file
 * @passphrase: (nullable): needed when lanyard_sealed_box_is_sealed()
 *
 * Reads an export, without importing anything yet.
 */
void lanyard_manager_open_export_async (LanyardManager *self,
                                        GBytes *content,
                                        LanyardSecret *passphrase,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * lanyard_manager_open_export_finish:
 *
 * Returns: (transfer full) (element-type LanyardArchiveEntry): what is in it; or %NULL with
 * %LANYARD_ERROR_DENIED for a wrong passphrase, and what lanyard_archive_read() fails with
 */
GPtrArray *
lanyard_manager_open_export_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_find_clash:
 * @entry: an entry of an export
 * @existing: (out) (transfer full) (nullable): the authorization of the same id, else of the same
 * name
 *
 * Returns: whether the database could be asked
 */
gboolean lanyard_manager_find_clash (LanyardManager *self,
                                     const LanyardArchiveEntry *entry,
                                     LanyardAuthorization **existing,
                                     GError **error);

/**
 * lanyard_manager_import_async:
 * @entry: an entry of an export
 * @mode: what to do when it is there already
 *
 * Imports one authorization: it keeps its id, and with credentials also its status. What takes the
 * place of another keeps that one's id, and its name where its own is taken by a third one; without
 * credentials it keeps those that are there.
 */
void lanyard_manager_import_async (LanyardManager *self,
                                   const LanyardArchiveEntry *entry,
                                   LanyardImportMode mode,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * lanyard_manager_import_finish:
 *
 * Returns: (transfer full) (nullable): what was saved; %NULL without an error when it was skipped
 */
LanyardAuthorization *
lanyard_manager_import_finish (LanyardManager *self, GAsyncResult *result, GError **error);

G_END_DECLS
