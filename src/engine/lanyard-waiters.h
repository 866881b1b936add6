/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_waiters_new:
 *
 * Makes room for tasks that all wait for the same thing, which goes on when one of them is
 * cancelled.
 *
 * Returns: (transfer full) (element-type GTask): the tasks that wait
 */
GPtrArray *lanyard_waiters_new (void);

/**
 * lanyard_waiters_add:
 * @waiters: where to wait
 * @task: (transfer full): a task without task data
 *
 * Lets @task wait. When it is cancelled it returns at once, and does not wait any more.
 */
void lanyard_waiters_add (GPtrArray *waiters, GTask *task);

/**
 * lanyard_waiters_take:
 * @waiters: (inout): left %NULL
 *
 * Ends the waiting.
 *
 * Returns: (transfer full) (element-type GTask): the tasks, for each of which something must be
 *   returned
 */
GPtrArray *lanyard_waiters_take (GPtrArray **waiters);

G_END_DECLS
