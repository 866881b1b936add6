/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret-store.h"

G_BEGIN_DECLS

/**
 * LanyardFolderStore:
 *
 * A keyring for tests that outlives its program: one file per item, replaced as a whole. It tells
 * what happens to it, so that a test can end the program right then.
 */
#define LANYARD_TYPE_FOLDER_STORE (lanyard_folder_store_get_type ())
G_DECLARE_FINAL_TYPE (LanyardFolderStore, lanyard_folder_store, LANYARD, FOLDER_STORE, GObject)

/**
 * LanyardFolderStoreFunc:
 * @event: `lookup`, `store`, `stored`, `remove`, `removed`, `list`
 */
typedef void (*LanyardFolderStoreFunc) (const char *event, gpointer user_data);

/**
 * lanyard_folder_store_new:
 * @func: (nullable) (scope forever): told of each event
 */
LanyardFolderStore *
lanyard_folder_store_new (const char *folder, LanyardFolderStoreFunc func, gpointer user_data);

G_END_DECLS
