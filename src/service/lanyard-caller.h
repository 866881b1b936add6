/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardCaller:
 * @name: (nullable): its unique name on the bus; %NULL for one at the private socket
 * @app_id: (nullable): the sandboxed app that it belongs to; %NULL for a program in no sandbox
 * @gone: cancelled when it leaves the bus, as far as lanyard_gate_watch() was called, or hangs up
 * @watch_id: for the gate
 * @is_listening: whether it has asked what there is, and so is told what changes
 * @shown: (element-type utf8): the ids of what it was told of, as long as it listens
 *
 * Who calls. Made by the gate, one for each name.
 */
typedef struct
{
  char *name;
  char *app_id;
  GCancellable *gone;
  guint watch_id;
  gboolean is_listening;
  GHashTable *shown;
} LanyardCaller;

/**
 * lanyard_caller_new:
 * @app_id: (nullable) (transfer full): the app
 */
LanyardCaller *lanyard_caller_new (const char *name, char *app_id);
LanyardCaller *lanyard_caller_ref (LanyardCaller *self);
void lanyard_caller_unref (LanyardCaller *self);

/**
 * lanyard_caller_identify_async:
 * @name: a unique name on the bus
 *
 * Finds out who has that name: which process opened the connection, by the word of the bus, and
 * which app it belongs to, by the word of the kernel.
 */
void lanyard_caller_identify_async (GDBusConnection *connection,
                                    const char *name,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * lanyard_caller_identify_finish:
 *
 * Returns: (transfer full): the caller; or %NULL with %LANYARD_BUS_ERROR_UNKNOWN_CALLER when it
 * cannot be told who it is
 */
LanyardCaller *lanyard_caller_identify_finish (GAsyncResult *result, GError **error);

/**
 * lanyard_caller_identify_socket:
 * @fd: a socket
 * @gone: cancelled when the other end hangs up
 *
 * Finds out who is at the other end, by the word of the kernel alone.
 *
 * Returns: (transfer full): the caller; or %NULL with %LANYARD_BUS_ERROR_UNKNOWN_CALLER when it
 *   cannot be told who it is
 */
LanyardCaller *lanyard_caller_identify_socket (int fd, GCancellable *gone, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCaller, lanyard_caller_unref)

G_END_DECLS
