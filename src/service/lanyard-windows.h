/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_windows_find_async:
 * @connection: the bus
 * @cancellable: (nullable): stops it
 *
 * Finds out who speaks for the person: who has the name of Lanyard's windows, which are started if
 * need be. A sandboxed app that got hold of the name is not believed: it would answer the questions
 * that are asked about it.
 */
void lanyard_windows_find_async (GDBusConnection *connection,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * lanyard_windows_find_finish:
 *
 * Returns: (transfer full): the unique name of the windows; or %NULL when they cannot be started,
 *   or the name is not theirs
 */
char *lanyard_windows_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
