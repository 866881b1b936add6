/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardDeadline:
 *
 * The end of an operation that is asynchronous: its #GCancellable fires when that of the caller
 * does, when the time is up, or when the operation itself gives up.
 */
typedef struct _LanyardDeadline LanyardDeadline;

/**
 * lanyard_deadline_new:
 * @task: the operation, whose cancellable and main context are used; not kept
 * @milliseconds: how long it may take
 *
 * Returns: (transfer full): a deadline that runs from now on
 */
LanyardDeadline *lanyard_deadline_new (GTask *task, guint milliseconds);

/**
 * lanyard_deadline_free:
 *
 * Ends a deadline; its cancellable fires no more. Not to be called from a handler of the caller's
 * cancellable.
 */
void lanyard_deadline_free (LanyardDeadline *self);

/**
 * lanyard_deadline_get_cancellable:
 *
 * Returns: (transfer none): for the parts of the operation
 */
GCancellable *lanyard_deadline_get_cancellable (LanyardDeadline *self);

/**
 * lanyard_deadline_is_over:
 *
 * Returns: whether the time is up
 */
gboolean lanyard_deadline_is_over (const LanyardDeadline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDeadline, lanyard_deadline_free)

G_END_DECLS
