/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardBusError:
 * @LANYARD_BUS_ERROR_OTHER_DATA: the caller works on another data folder than the service
 * @LANYARD_BUS_ERROR_UNKNOWN_CALLER: the service cannot tell which program the caller is
 *
 * What can go wrong on the bus alone.
 */
typedef enum
{
  LANYARD_BUS_ERROR_OTHER_DATA,
  LANYARD_BUS_ERROR_UNKNOWN_CALLER,
  LANYARD_BUS_N_ERRORS
} LanyardBusError;

#define LANYARD_BUS_ERROR (lanyard_bus_error_quark ())

GQuark lanyard_bus_error_quark (void);

/**
 * lanyard_bus_error_init:
 *
 * Lets #LanyardError and #LanyardBusError travel over D-Bus as
 * `io.github.lanyard.Lanyard.Error.NAME`, in both directions. Who calls a method or answers one
 * calls this first.
 */
void lanyard_bus_error_init (void);

/**
 * lanyard_bus_error_translate:
 * @error: (transfer full): an error of any domain
 *
 * Returns: (transfer full): an error of ours: one that has no name of its own becomes Cancelled or
 *   Failed
 */
GError *lanyard_bus_error_translate (GError *error);

/**
 * lanyard_bus_error_return:
 * @invocation: (transfer full): the call to answer
 * @error: (transfer full): an error of any domain
 *
 * Answers a call with an error of ours: one that has no name of its own becomes Cancelled or
 * Failed, so that a caller need not know of GLib.
 */
void lanyard_bus_error_return (GDBusMethodInvocation *invocation, GError *error);

G_END_DECLS
