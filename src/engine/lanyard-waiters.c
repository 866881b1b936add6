/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-waiters.h"

typedef struct
{
  /* Owned */
  GSource *cancelled;

  /* Borrowed */
  GPtrArray *waiters;
} Waiter;

static void
stop_watching (Waiter *waiter)
{
  if (waiter->cancelled != NULL)
    g_source_destroy (waiter->cancelled);
  g_clear_pointer (&waiter->cancelled, g_source_unref);
}

static void
waiter_free (Waiter *waiter)
{
  stop_watching (waiter);
  g_free (waiter);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Waiter *waiter = g_task_get_task_data (task);

  if (g_ptr_array_remove (waiter->waiters, task))
    g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

GPtrArray *
lanyard_waiters_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

void
lanyard_waiters_add (GPtrArray *waiters, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->waiters = waiters;
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (waiter->cancelled, g_main_context_get_thread_default ());
    }
  g_task_set_task_data (task, waiter, (GDestroyNotify)waiter_free);
  g_ptr_array_add (waiters, task);
}

GPtrArray *
lanyard_waiters_take (GPtrArray **waiters)
{
  /* A task may outlive what it waited for by a turn of the main loop. */
  for (guint i = 0; i < (*waiters)->len; i++)
    stop_watching (g_task_get_task_data (g_ptr_array_index (*waiters, i)));

  return g_steal_pointer (waiters);
}
