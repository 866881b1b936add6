/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardError:
 * @LANYARD_ERROR_FAILED: something failed that has no code of its own
 * @LANYARD_ERROR_INVALID: what the person, a file or a program gave is not valid
 * @LANYARD_ERROR_USAGE: a command was called in a way that it does not know
 * @LANYARD_ERROR_NOT_AUTHORIZED: the person must sign in (again)
 * @LANYARD_ERROR_DENIED: the provider or the person refused what was asked for
 * @LANYARD_ERROR_CANCELLED: the person stopped what was going on
 * @LANYARD_ERROR_KEYRING_LOCKED: the keyring is locked, and stays so
 * @LANYARD_ERROR_KEYRING_ABSENT: no keyring answers
 * @LANYARD_ERROR_NETWORK: the server was not reached: name, route, time-out, connection lost
 * @LANYARD_ERROR_TLS: the server's certificate is not to be trusted
 * @LANYARD_ERROR_UNAVAILABLE: the server was reached, and says that it cannot answer now
 * @LANYARD_ERROR_PROVIDER: the server refused the request for a reason of its own
 * @LANYARD_ERROR_PROTOCOL: the server's answer breaks the protocol
 * @LANYARD_ERROR_NOT_FOUND: there is no such authorization (or provider, connector, field)
 * @LANYARD_ERROR_AMBIGUOUS: several authorizations fit
 * @LANYARD_ERROR_EXISTS: there is one of this name already
 * @LANYARD_ERROR_CONFLICT: another program changed it meanwhile
 * @LANYARD_ERROR_INACTIVE: the authorization was deactivated
 * @LANYARD_ERROR_STORAGE: the database cannot be read or written
 * @LANYARD_ERROR_STORAGE_NEWER: the database was written by a newer Lanyard
 *
 * The codes of %LANYARD_ERROR. A message names the authorization where there is one, says what
 * happened in the person's words and what to do next. It never holds a secret.
 */
typedef enum
{
  LANYARD_ERROR_FAILED,
  LANYARD_ERROR_INVALID,
  LANYARD_ERROR_USAGE,
  LANYARD_ERROR_NOT_AUTHORIZED,
  LANYARD_ERROR_DENIED,
  LANYARD_ERROR_CANCELLED,
  LANYARD_ERROR_KEYRING_LOCKED,
  LANYARD_ERROR_KEYRING_ABSENT,
  LANYARD_ERROR_NETWORK,
  LANYARD_ERROR_TLS,
  LANYARD_ERROR_UNAVAILABLE,
  LANYARD_ERROR_PROVIDER,
  LANYARD_ERROR_PROTOCOL,
  LANYARD_ERROR_NOT_FOUND,
  LANYARD_ERROR_AMBIGUOUS,
  LANYARD_ERROR_EXISTS,
  LANYARD_ERROR_CONFLICT,
  LANYARD_ERROR_INACTIVE,
  LANYARD_ERROR_STORAGE,
  LANYARD_ERROR_STORAGE_NEWER,
  LANYARD_N_ERRORS
} LanyardError;

#define LANYARD_ERROR (lanyard_error_quark ())

GQuark lanyard_error_quark (void);

/**
 * lanyard_error_get_exit_code:
 * @error: an error of any domain
 *
 * Returns: the exit code of a command that failed with @error: 1 failed, 2 wrong usage (also an
 *   ambiguous name), 3 the person must authorize (also denied), 4 keyring locked or absent,
 *   5 network or provider unavailable (also TLS), 6 no such authorization, 7 inactive,
 *   130 cancelled (also %G_IO_ERROR_CANCELLED)
 */
int lanyard_error_get_exit_code (const GError *error);

/**
 * lanyard_error_is_cancelled:
 * @error: (nullable): an error of any domain
 *
 * Returns: whether @error says that the person or the program stopped the operation itself
 */
gboolean lanyard_error_is_cancelled (const GError *error);

/**
 * lanyard_error_is_transient:
 * @error: an error of any domain
 *
 * Returns: whether trying later may help, so that no status changes because of @error: network,
 *   TLS, unavailable, keyring locked or absent, cancelled
 */
gboolean lanyard_error_is_transient (const GError *error);

G_END_DECLS
