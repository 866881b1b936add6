/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-deadline.h"

struct _LanyardDeadline
{
  GCancellable *cancellable;
  GCancellable *caller;
  gulong caller_handler;
  GSource *timer;
  gboolean is_over;
};

static gboolean
time_is_up_cb (gpointer user_data)
{
  LanyardDeadline *self = user_data;

  self->is_over = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *caller, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

LanyardDeadline *
lanyard_deadline_new (GTask *task, guint milliseconds)
{
  LanyardDeadline *self;

  g_return_val_if_fail (G_IS_TASK (task), NULL);

  self = g_new0 (LanyardDeadline, 1);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->timer, time_is_up_cb, self, NULL);
  g_source_attach (self->timer, g_task_get_context (task));

  if (g_task_get_cancellable (task) != NULL)
    {
      self->caller = g_object_ref (g_task_get_cancellable (task));
      self->caller_handler =
        g_cancellable_connect (self->caller, G_CALLBACK (caller_cancelled_cb),
                               g_object_ref (self->cancellable), g_object_unref);
    }
  return self;
}

void
lanyard_deadline_free (LanyardDeadline *self)
{
  if (self == NULL)
    return;

  g_cancellable_disconnect (self->caller, self->caller_handler);
  g_clear_object (&self->caller);
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}

GCancellable *
lanyard_deadline_get_cancellable (LanyardDeadline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

gboolean
lanyard_deadline_is_over (const LanyardDeadline *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_over;
}
