/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-front-reply.h"

/**
 * LanyardFrontPatience:
 * @greeting: how long the bus may take to answer to Hello
 * @reply: how long the whole call may take
 *
 * How long to wait, in milliseconds.
 */
typedef struct
{
  int greeting;
  int reply;
} LanyardFrontPatience;

/**
 * lanyard_front_bus_connect:
 *
 * Connects to the session's bus, as the environment says where it is.
 *
 * Returns: the socket, which does not block and is none of the standard streams; or -1
 */
int lanyard_front_bus_connect (void);

/**
 * lanyard_front_bus_connect_private:
 *
 * Connects to the private socket of the service on that bus, where there is one: what is said there
 * is the same, but for the greeting.
 *
 * Returns: the socket, as above; or -1
 */
int lanyard_front_bus_connect_private (void);

/**
 * lanyard_front_bus_call:
 * @fd: the socket
 * @call: what lanyard_front_call_write() wrote, or its call alone
 * @length: its length
 * @patience: how long to wait
 * @stream: where the answer goes; at a private socket, as if the bus had greeted
 * @reply: (out): the answer, which borrows from @stream
 *
 * Says it all in one piece and waits for the answer to the call.
 *
 * Returns: whether it came, and is one
 */
bool lanyard_front_bus_call (int fd,
                             const unsigned char *call,
                             size_t length,
                             const LanyardFrontPatience *patience,
                             LanyardFrontStream *stream,
                             LanyardFrontReply *reply);
