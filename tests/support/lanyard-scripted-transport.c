/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-scripted-transport.h"

struct _LanyardScriptedTransport
{
  GObject parent_instance;

  /* Owned */
  GQueue answers;
  GPtrArray *requests;
  GQueue held;

  /* Borrowed */
  LanyardScriptedTransportFunc func;
  gpointer func_data;

  gboolean is_held;
};

/* One of both. */
typedef struct
{
  LanyardResponse *response;
  GError *error;
} Answer;

static void lanyard_scripted_transport_iface_init (LanyardTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardScriptedTransport,
                               lanyard_scripted_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_TRANSPORT,
                                                      lanyard_scripted_transport_iface_init))

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->response, lanyard_response_free);
  g_clear_error (&answer->error);
  g_free (answer);
}

static void
take_answer (LanyardScriptedTransport *self, LanyardResponse *response, GError *error)
{
  Answer *answer = g_new (Answer, 1);

  answer->response = response;
  answer->error = error;
  g_queue_push_tail (&self->answers, answer);
}

static void
give_answer (GTask *task)
{
  LanyardScriptedTransport *self = g_task_get_source_object (task);
  Answer *answer;

  if (g_task_return_error_if_cancelled (task))
    return;

  answer = g_queue_pop_head (&self->answers);
  if (answer == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NETWORK, "Nobody answers");
      return;
    }

  if (self->func != NULL)
    self->func (g_task_get_task_data (task), TRUE, self->func_data);
  if (answer->response != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer->response),
                           (GDestroyNotify)lanyard_response_free);
  else
    g_task_return_error (task, g_steal_pointer (&answer->error));
  answer_free (answer);
}

static gboolean
answer_due_cb (gpointer user_data)
{
  GTask *task = user_data;
  LanyardScriptedTransport *self = g_task_get_source_object (task);

  if (self->is_held && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_queue_push_tail (&self->held, g_object_ref (task));
  else
    give_answer (task);

  return G_SOURCE_REMOVE;
}

static void
attach_answer (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_task_attach_source (task, source, answer_due_cb);
}

static void
lanyard_scripted_transport_send_async (LanyardTransport *transport,
                                       const LanyardRequest *request,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  LanyardScriptedTransport *self = LANYARD_SCRIPTED_TRANSPORT (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lanyard_scripted_transport_send_async);
  g_task_set_task_data (task, lanyard_request_copy (request), (GDestroyNotify)lanyard_request_free);
  g_ptr_array_add (self->requests, lanyard_request_copy (request));
  if (self->func != NULL)
    self->func (request, FALSE, self->func_data);
  attach_answer (task);
}

static LanyardResponse *
lanyard_scripted_transport_send_finish (LanyardTransport *transport,
                                        GAsyncResult *result,
                                        GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_scripted_transport_iface_init (LanyardTransportInterface *iface)
{
  iface->send_async = lanyard_scripted_transport_send_async;
  iface->send_finish = lanyard_scripted_transport_send_finish;
}

static void
lanyard_scripted_transport_finalize (GObject *object)
{
  LanyardScriptedTransport *self = LANYARD_SCRIPTED_TRANSPORT (object);

  g_queue_clear_full (&self->answers, (GDestroyNotify)answer_free);
  g_queue_clear_full (&self->held, g_object_unref);
  g_ptr_array_unref (self->requests);

  G_OBJECT_CLASS (lanyard_scripted_transport_parent_class)->finalize (object);
}

static void
lanyard_scripted_transport_class_init (LanyardScriptedTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_scripted_transport_finalize;
}

static void
lanyard_scripted_transport_init (LanyardScriptedTransport *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_request_free);
}

LanyardScriptedTransport *
lanyard_scripted_transport_new (void)
{
  return g_object_new (LANYARD_TYPE_SCRIPTED_TRANSPORT, NULL);
}

void
lanyard_scripted_transport_add_answer (LanyardScriptedTransport *self,
                                       guint status,
                                       const char *json)
{
  g_autofree char *body = g_strdelimit (g_strdup (json), "'", '"');

  take_answer (self, lanyard_response_new (status, "application/json", body, -1), NULL);
}

void
lanyard_scripted_transport_add_response (LanyardScriptedTransport *self, LanyardResponse *response)
{
  take_answer (self, response, NULL);
}

void
lanyard_scripted_transport_add_error (LanyardScriptedTransport *self, LanyardError code)
{
  take_answer (self, NULL, g_error_new (LANYARD_ERROR, (int)code, "Scripted error"));
}

void
lanyard_scripted_transport_set_held (LanyardScriptedTransport *self, gboolean is_held)
{
  self->is_held = is_held;
  while (!is_held && !g_queue_is_empty (&self->held))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->held);

      attach_answer (task);
    }
}

void
lanyard_scripted_transport_set_func (LanyardScriptedTransport *self,
                                     LanyardScriptedTransportFunc func,
                                     gpointer user_data)
{
  self->func = func;
  self->func_data = user_data;
}

guint
lanyard_scripted_transport_count (LanyardScriptedTransport *self)
{
  return self->requests->len;
}

const LanyardRequest *
lanyard_scripted_transport_get_request (LanyardScriptedTransport *self, guint index)
{
  g_return_val_if_fail (index < self->requests->len, NULL);

  return g_ptr_array_index (self->requests, index);
}
