/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

/**
 * LanyardFrontAddress:
 * @name: what connect() takes
 * @length: how many bytes of it count
 *
 * Where a message bus listens.
 */
typedef struct
{
  struct sockaddr_un name;
  socklen_t length;
} LanyardFrontAddress;

/**
 * lanyard_front_address_next:
 * @list: (inout): what is left of the addresses, as DBUS_SESSION_BUS_ADDRESS has them; moves on
 * @runtime_dir: (nullable): XDG_RUNTIME_DIR
 * @address: (out): the next address
 *
 * Reads the next of several addresses that is a Unix socket to connect to; others, and what is not
 * an address, are left out (D-Bus specification, "Server Addresses").
 *
 * Returns: whether there is one
 */
bool lanyard_front_address_next (const char **list,
                                 const char *runtime_dir,
                                 LanyardFrontAddress *address);

/**
 * lanyard_front_address_set_default:
 * @runtime_dir: (nullable): XDG_RUNTIME_DIR
 * @address: (out): the address
 *
 * Takes the address at which the session's bus listens when no variable says another.
 *
 * Returns: whether there is one
 */
bool lanyard_front_address_set_default (const char *runtime_dir, LanyardFrontAddress *address);
