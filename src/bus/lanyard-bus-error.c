/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-bus-error.h"

#include "lanyard-bus-names.h"
#include "lanyard-error.h"

#define NAME(name) LANYARD_BUS_ERROR_PREFIX name

static const GDBusErrorEntry entries[] = {
  { LANYARD_ERROR_FAILED, NAME ("Failed") },
  { LANYARD_ERROR_INVALID, NAME ("Invalid") },
  { LANYARD_ERROR_USAGE, NAME ("Usage") },
  { LANYARD_ERROR_NOT_AUTHORIZED, NAME ("NotAuthorized") },
  { LANYARD_ERROR_DENIED, NAME ("Denied") },
  { LANYARD_ERROR_CANCELLED, NAME ("Cancelled") },
  { LANYARD_ERROR_KEYRING_LOCKED, NAME ("KeyringLocked") },
  { LANYARD_ERROR_KEYRING_ABSENT, NAME ("KeyringAbsent") },
  { LANYARD_ERROR_NETWORK, NAME ("Network") },
  { LANYARD_ERROR_TLS, NAME ("Tls") },
  { LANYARD_ERROR_UNAVAILABLE, NAME ("Unavailable") },
  { LANYARD_ERROR_PROVIDER, NAME ("Provider") },
  { LANYARD_ERROR_PROTOCOL, NAME ("Protocol") },
  { LANYARD_ERROR_NOT_FOUND, NAME ("NotFound") },
  { LANYARD_ERROR_AMBIGUOUS, NAME ("Ambiguous") },
  { LANYARD_ERROR_EXISTS, NAME ("Exists") },
  { LANYARD_ERROR_CONFLICT, NAME ("Conflict") },
  { LANYARD_ERROR_INACTIVE, NAME ("Inactive") },
  { LANYARD_ERROR_STORAGE, NAME ("Storage") },
  { LANYARD_ERROR_STORAGE_NEWER, NAME ("StorageNewer") },
};

static const GDBusErrorEntry bus_entries[] = {
  { LANYARD_BUS_ERROR_OTHER_DATA, NAME ("OtherData") },
  { LANYARD_BUS_ERROR_UNKNOWN_CALLER, NAME ("UnknownCaller") },
};

/* Each code has a name. */
G_STATIC_ASSERT (G_N_ELEMENTS (entries) == LANYARD_N_ERRORS);
G_STATIC_ASSERT (G_N_ELEMENTS (bus_entries) == LANYARD_BUS_N_ERRORS);

GQuark
lanyard_bus_error_quark (void)
{
  static gsize quark;

  g_dbus_error_register_error_domain ("lanyard-bus-error-quark", &quark, bus_entries,
                                      G_N_ELEMENTS (bus_entries));
  return (GQuark)quark;
}

void
lanyard_bus_error_init (void)
{
  static gsize is_registered;

  (void)lanyard_bus_error_quark ();
  if (!g_once_init_enter (&is_registered))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_dbus_error_register_error (LANYARD_ERROR, entries[i].error_code, entries[i].dbus_error_name);
  g_once_init_leave (&is_registered, 1);
}

GError *
lanyard_bus_error_translate (GError *error)
{
  GError *translated;

  if (error->domain == LANYARD_ERROR || error->domain == LANYARD_BUS_ERROR ||
      error->domain == G_DBUS_ERROR)
    return error;

  translated = g_error_new_literal (LANYARD_ERROR,
                                    lanyard_error_is_cancelled (error) ? LANYARD_ERROR_CANCELLED
                                                                       : LANYARD_ERROR_FAILED,
                                    error->message);
  g_error_free (error);
  return translated;
}

void
lanyard_bus_error_return (GDBusMethodInvocation *invocation, GError *error)
{
  g_dbus_method_invocation_take_error (invocation, lanyard_bus_error_translate (error));
}
