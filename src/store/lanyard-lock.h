/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardLock:
 *
 * The lock of one authorization, across all programs of the person: whoever holds it may ask the
 * provider for new credentials. It goes when its owner dies.
 */
typedef struct _LanyardLock LanyardLock;

/**
 * lanyard_lock_acquire_async:
 * @id: the id of an authorization: a UUID
 *
 * Waits, without blocking the main loop, until the lock is free; the caller sets the patience by
 * @cancellable. The lock file is in `$XDG_RUNTIME_DIR/lanyard/`, in a sandbox in
 * `$XDG_RUNTIME_DIR/app/APPLICATION-ID/lanyard/`, the folder that all runs of the app share.
 */
void lanyard_lock_acquire_async (const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * lanyard_lock_acquire_finish:
 *
 * Returns: (transfer full): the lock, to be released by lanyard_lock_release(); or %NULL with
 * %G_IO_ERROR_CANCELLED or %LANYARD_ERROR_STORAGE
 */
LanyardLock *lanyard_lock_acquire_finish (GAsyncResult *result, GError **error);

/**
 * lanyard_lock_leave_error:
 * @error: why the holder of the lock failed
 *
 * Leaves word for all who wait for the lock now: what they wait for was tried, and failed. Only an
 * error of %LANYARD_ERROR can be left; as all of these, it must not hold a secret.
 */
void lanyard_lock_leave_error (LanyardLock *self, const GError *error);

/**
 * lanyard_lock_leave_success:
 *
 * Leaves word for all who wait for the lock now: what they wait for is done.
 */
void lanyard_lock_leave_success (LanyardLock *self);

/**
 * lanyard_lock_dup_error:
 *
 * Returns: (transfer full) (nullable): what another holder left while this one was waiting; %NULL
 *   when nobody did
 */
GError *lanyard_lock_dup_error (LanyardLock *self);

/**
 * lanyard_lock_is_done:
 *
 * Returns: whether another holder left while this one was waiting that it is done
 */
gboolean lanyard_lock_is_done (LanyardLock *self);

/**
 * lanyard_lock_release:
 * @self: (transfer full) (nullable): a lock
 *
 * Lets the next one have it.
 */
void lanyard_lock_release (LanyardLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLock, lanyard_lock_release)

G_END_DECLS
