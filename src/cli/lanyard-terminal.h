/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_terminal_can_read:
 * @fd: standard input
 *
 * Returns: whether somebody or something can answer there: a terminal, a pipe, a socket or a file;
 *   not `/dev/null`, nor nothing at all
 */
gboolean lanyard_terminal_can_read (int fd);

/**
 * lanyard_terminal_get_width:
 *
 * Returns: how many columns the terminal at @fd has; 0 when it is none, or does not say
 */
guint lanyard_terminal_get_width (int fd);

/**
 * lanyard_terminal_read_line_async:
 * @fd: what to read from; nothing behind the line is taken
 * @hidden: whether a terminal is to keep to itself what is typed; what it was like before is
 *   restored at the end, also when a signal cancels
 *
 * Reads one line, of at most 64 KiB (the kernel takes 4095 bytes from a terminal).
 */
void lanyard_terminal_read_line_async (int fd,
                                       gboolean hidden,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * lanyard_terminal_read_line_finish:
 *
 * Returns: (transfer full) (nullable): the line, without its end; %NULL without an error when there
 *   is nothing more to read
 */
LanyardSecret *lanyard_terminal_read_line_finish (GAsyncResult *result, GError **error);

G_END_DECLS
