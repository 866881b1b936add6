/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The largest call that is read, in bytes; what is larger goes over the bus. */
#define LANYARD_PEER_MAX_SIZE (64 * 1024)

/* How long a call may take to come, in milliseconds. */
#define LANYARD_PEER_PATIENCE 5000

/**
 * LanyardPeer:
 *
 * A program that is connected to the private socket: it makes one call, and gets one answer. Both
 * are messages of D-Bus; data/io.github.lanyard.Lanyard.Service.xml says which. Whoever sends
 * anything else, or takes too long to send it, is hung up on.
 */
typedef struct _LanyardPeer LanyardPeer;

/**
 * LanyardPeerFunc:
 *
 * Called once, when the call is there. It must be answered by lanyard_peer_return().
 */
typedef void (*LanyardPeerFunc) (LanyardPeer *peer, gpointer user_data);

/**
 * lanyard_peer_start:
 * @fd: (transfer full): its socket, which does not block
 * @called: called when the call is there, maybe at once
 * @ended: called when the connection has ended, with or without a call
 *
 * Reads a call. The peer frees itself at its end.
 *
 * Returns: (transfer none) (nullable): the peer, unless it has ended already
 */
LanyardPeer *
lanyard_peer_start (int fd, LanyardPeerFunc called, LanyardPeerFunc ended, gpointer user_data);

/**
 * lanyard_peer_hang_up:
 *
 * Ends the connection, unless its call is being answered.
 */
void lanyard_peer_hang_up (LanyardPeer *self);

int lanyard_peer_get_fd (LanyardPeer *self);

/**
 * lanyard_peer_get_gone:
 *
 * Returns: (transfer none): cancelled when the program hangs up before it got its answer
 */
GCancellable *lanyard_peer_get_gone (LanyardPeer *self);

/* The method of Service1 that is called, and what it is called with, of the right types. */
const char *lanyard_peer_get_method (LanyardPeer *self);
GVariant *lanyard_peer_get_parameters (LanyardPeer *self);

/**
 * lanyard_peer_return:
 * @self: (transfer full): the peer
 * @reply: (nullable): what the method answers, of which a floating reference is taken
 * @error: (transfer full) (nullable): why it failed
 */
void lanyard_peer_return (LanyardPeer *self, GVariant *reply, GError *error);

G_END_DECLS
