/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-gate.h"
#include "lanyard-manager.h"
#include "lanyard-objects.h"
#include "lanyard-peer.h"

G_BEGIN_DECLS

typedef struct _LanyardCall LanyardCall;

/**
 * LanyardCallFunc:
 *
 * Called when a call has been answered, just before it is freed.
 */
typedef void (*LanyardCallFunc) (LanyardCall *call, gpointer user_data);

/**
 * LanyardCall:
 * @invocation: (nullable): what is to be answered on the bus
 * @peer: (nullable): or else at the private socket
 * @connection: the bus
 * @interface: what is called: an interface
 * @method: its method
 * @parameters: and what it is called with
 * @caller: (nullable): who calls, once that is known
 * @authorization: (nullable): which authorization it is about, once that is known
 * @options: (nullable): a{sv}
 * @request: (nullable): the request that credentials are added to
 *
 * A method call on its way. It ends, and is freed, by lanyard_call_return() or
 * lanyard_call_return_error().
 */
struct _LanyardCall
{
  /* Owned */
  LanyardManager *manager;
  LanyardGate *gate;
  LanyardObjects *objects;
  GDBusMethodInvocation *invocation;
  LanyardPeer *peer;
  LanyardCaller *caller;
  LanyardAuthorization *authorization;
  GVariant *options;
  LanyardRequest *request;

  /* Borrowed */
  GDBusConnection *connection;
  const char *interface;
  const char *method;
  GVariant *parameters;
  LanyardCallFunc done;
  gpointer user_data;

  gboolean is_slow;
};

/**
 * lanyard_call_new:
 * @invocation: (transfer full): the call
 * @done: called at its end
 */
LanyardCall *lanyard_call_new (LanyardManager *manager,
                               LanyardGate *gate,
                               LanyardObjects *objects,
                               GDBusMethodInvocation *invocation,
                               LanyardCallFunc done,
                               gpointer user_data);

/**
 * lanyard_call_new_for_peer:
 * @peer: (transfer full): the call
 */
LanyardCall *lanyard_call_new_for_peer (LanyardManager *manager,
                                        LanyardGate *gate,
                                        LanyardObjects *objects,
                                        GDBusConnection *connection,
                                        LanyardPeer *peer,
                                        LanyardCallFunc done,
                                        gpointer user_data);

/**
 * lanyard_call_begin_waiting:
 *
 * To be called before something that takes longer: it ends when the caller leaves.
 *
 * Returns: (transfer none): what is cancelled then
 */
GCancellable *lanyard_call_begin_waiting (LanyardCall *self);

/**
 * lanyard_call_return:
 * @self: (transfer full): the call
 * @reply: (nullable): its answer, of which a floating reference is taken
 */
void lanyard_call_return (LanyardCall *self, GVariant *reply);

/**
 * lanyard_call_return_error:
 * @self: (transfer full): the call
 * @error: (transfer full): why it failed
 */
void lanyard_call_return_error (LanyardCall *self, GError *error);

G_END_DECLS
