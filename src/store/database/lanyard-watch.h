/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardWatch:
 *
 * Notices, through the file system, that a database or the files that belong to it (`NAME-wal`) may
 * have changed.
 */
typedef struct _LanyardWatch LanyardWatch;

/**
 * LanyardWatchFunc:
 *
 * Something may have changed: called from the main loop, at most ten times a second.
 */
typedef void (*LanyardWatchFunc) (gpointer user_data);

/**
 * lanyard_watch_new:
 * @path: the database
 *
 * Returns: (transfer full): a watch, which calls @func until it is freed
 */
LanyardWatch *lanyard_watch_new (const char *path, LanyardWatchFunc func, gpointer user_data);
void lanyard_watch_free (LanyardWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWatch, lanyard_watch_free)

G_END_DECLS
