/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The folder below XDG_RUNTIME_DIR. */
#define LANYARD_SOCKET_FOLDER "/lanyard"

/**
 * lanyard_socket_path_make:
 * @runtime_dir: (nullable): XDG_RUNTIME_DIR
 * @bus: the socket of a session's bus
 * @bus_length: the length of its name
 * @path: (out): the socket of the service on that bus
 *
 * Finds the private socket of the service, beside the bus:
 * data/io.github.lanyard.Lanyard.Service.xml says what is spoken there. A person may have several
 * sessions that share a runtime folder, each with a bus, a keyring and a service of its own, so the
 * name of the socket tells the bus. Needs nothing but libc, for the front of the command line.
 *
 * Returns: whether there can be one
 */
bool lanyard_socket_path_make (const char *runtime_dir,
                               const struct sockaddr_un *bus,
                               socklen_t bus_length,
                               struct sockaddr_un *path);
