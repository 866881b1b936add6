/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-call.h"

#include "lanyard-bus-error.h"
#include "lanyard-bus-names.h"

static void
call_free (LanyardCall *self)
{
  self->done (self, self->user_data);

  g_object_unref (self->manager);
  g_object_unref (self->gate);
  g_object_unref (self->objects);
  g_clear_pointer (&self->caller, lanyard_caller_unref);
  g_clear_object (&self->authorization);
  g_clear_pointer (&self->options, g_variant_unref);
  g_clear_pointer (&self->request, lanyard_request_free);
  g_free (self);
}

static LanyardCall *
make_call (LanyardManager *manager,
           LanyardGate *gate,
           LanyardObjects *objects,
           LanyardCallFunc done,
           gpointer user_data)
{
  LanyardCall *self = g_new0 (LanyardCall, 1);

  self->manager = g_object_ref (manager);
  self->gate = g_object_ref (gate);
  self->objects = g_object_ref (objects);
  self->done = done;
  self->user_data = user_data;
  return self;
}

LanyardCall *
lanyard_call_new (LanyardManager *manager,
                  LanyardGate *gate,
                  LanyardObjects *objects,
                  GDBusMethodInvocation *invocation,
                  LanyardCallFunc done,
                  gpointer user_data)
{
  LanyardCall *self = make_call (manager, gate, objects, done, user_data);

  self->invocation = invocation;
  self->connection = g_dbus_method_invocation_get_connection (invocation);
  self->interface = g_dbus_method_invocation_get_interface_name (invocation);
  self->method = g_dbus_method_invocation_get_method_name (invocation);
  self->parameters = g_dbus_method_invocation_get_parameters (invocation);
  return self;
}

LanyardCall *
lanyard_call_new_for_peer (LanyardManager *manager,
                           LanyardGate *gate,
                           LanyardObjects *objects,
                           GDBusConnection *connection,
                           LanyardPeer *peer,
                           LanyardCallFunc done,
                           gpointer user_data)
{
  LanyardCall *self = make_call (manager, gate, objects, done, user_data);

  self->peer = peer;
  self->connection = connection;
  self->interface = LANYARD_BUS_SERVICE_INTERFACE;
  self->method = lanyard_peer_get_method (peer);
  self->parameters = lanyard_peer_get_parameters (peer);
  return self;
}

GCancellable *
lanyard_call_begin_waiting (LanyardCall *self)
{
  self->is_slow = TRUE;
  lanyard_gate_watch (self->gate, self->caller);
  return self->caller->gone;
}

void
lanyard_call_return (LanyardCall *self, GVariant *reply)
{
  if (self->authorization != NULL)
    lanyard_gate_note_use (self->gate, self->caller,
                           lanyard_authorization_get_id (self->authorization));

  if (self->peer != NULL)
    lanyard_peer_return (g_steal_pointer (&self->peer), reply, NULL);
  else
    g_dbus_method_invocation_return_value (g_steal_pointer (&self->invocation), reply);
  call_free (self);
}

void
lanyard_call_return_error (LanyardCall *self, GError *error)
{
  if (self->peer != NULL)
    lanyard_peer_return (g_steal_pointer (&self->peer), NULL, error);
  else
    lanyard_bus_error_return (g_steal_pointer (&self->invocation), error);
  call_free (self);
}
