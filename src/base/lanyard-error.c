/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (lanyard - error - quark, lanyard_error)

static int
get_exit_code (LanyardError code)
{
  /* Without a default, so that the compiler asks for the exit code of each new error. */
  switch (code)
    {
    case LANYARD_ERROR_USAGE:
    case LANYARD_ERROR_AMBIGUOUS:
      return 2;
    case LANYARD_ERROR_NOT_AUTHORIZED:
    case LANYARD_ERROR_DENIED:
      return 3;
    case LANYARD_ERROR_KEYRING_LOCKED:
    case LANYARD_ERROR_KEYRING_ABSENT:
      return 4;
    case LANYARD_ERROR_NETWORK:
    case LANYARD_ERROR_TLS:
    case LANYARD_ERROR_UNAVAILABLE:
      return 5;
    case LANYARD_ERROR_NOT_FOUND:
      return 6;
    case LANYARD_ERROR_INACTIVE:
      return 7;
    case LANYARD_ERROR_CANCELLED:
      return 130;
    case LANYARD_ERROR_FAILED:
    case LANYARD_ERROR_INVALID:
    case LANYARD_ERROR_PROVIDER:
    case LANYARD_ERROR_PROTOCOL:
    case LANYARD_ERROR_EXISTS:
    case LANYARD_ERROR_CONFLICT:
    case LANYARD_ERROR_STORAGE:
    case LANYARD_ERROR_STORAGE_NEWER:
    case LANYARD_N_ERRORS:
      break;
    }
  return 1;
}

int
lanyard_error_get_exit_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, 1);

  if (lanyard_error_is_cancelled (error))
    return 130;
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain == LANYARD_ERROR)
    return get_exit_code (error->code);
  return 1;
}

gboolean
lanyard_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

gboolean
lanyard_error_is_transient (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (lanyard_error_is_cancelled (error))
    return TRUE;
  if (error->domain != LANYARD_ERROR)
    return FALSE;

  switch (error->code)
    {
    case LANYARD_ERROR_NETWORK:
    case LANYARD_ERROR_TLS:
    case LANYARD_ERROR_UNAVAILABLE:
    case LANYARD_ERROR_KEYRING_LOCKED:
    case LANYARD_ERROR_KEYRING_ABSENT:
      return TRUE;
    default:
      return FALSE;
    }
}
