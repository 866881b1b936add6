/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-peer.h"

G_BEGIN_DECLS

/* So many may be connected at a time; the others call over the bus. */
#define LANYARD_SOCKET_MAX_PEERS 256

/**
 * LanyardSocket:
 *
 * The private socket of the service. A call over it takes half the time of one over the bus, where
 * every program that watches for names is woken up by one that comes and goes. It gives no other
 * right than the bus: the same gate decides about the same methods.
 */
typedef struct _LanyardSocket LanyardSocket;

/**
 * lanyard_socket_new:
 * @connection: the bus on which the service is
 * @called: called with each call
 *
 * Listens on the socket that belongs to the bus, in place of one that a service left behind. To be
 * called by the one that owns the name of the service there.
 *
 * Returns: (transfer full) (nullable): the socket; %NULL where there can be none, as
 *   beside a bus that is elsewhere
 */
LanyardSocket *
lanyard_socket_new (GDBusConnection *connection, LanyardPeerFunc called, gpointer user_data);

/**
 * lanyard_socket_free:
 * @self: (transfer full): a socket
 *
 * Removes it. Whoever has not yet made its call is hung up on, and makes it over the bus; calls
 * that are being answered are not touched.
 */
void lanyard_socket_free (LanyardSocket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSocket, lanyard_socket_free)

G_END_DECLS
