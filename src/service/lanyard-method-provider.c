/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The methods that ask the provider, or the person. */

#include "config.h"

#include "lanyard-methods.h"

#include <glib/gi18n.h>

#include "lanyard-bus-names.h"
#include "lanyard-error.h"

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;
  g_autofree char *sentence =
    lanyard_manager_test_finish (LANYARD_MANAGER (source), result, &error);

  if (sentence != NULL)
    lanyard_call_return (call, g_variant_new ("(s)", sentence));
  else
    lanyard_call_return_error (call, error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  LanyardDatabase *database = lanyard_manager_get_database (call->manager);
  g_autoptr (LanyardAuthorization) row = NULL;
  GError *error = NULL;

  if (lanyard_manager_refresh_finish (LANYARD_MANAGER (source), result, &error))
    row =
      lanyard_database_load (database, lanyard_authorization_get_id (call->authorization), &error);

  if (row != NULL)
    lanyard_call_return (call, g_variant_new ("(x)", lanyard_authorization_get_expires_at (row)));
  else
    lanyard_call_return_error (call, error);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;

  if (lanyard_manager_revoke_finish (LANYARD_MANAGER (source), result, &error))
    lanyard_call_return (call, NULL);
  else
    lanyard_call_return_error (call, error);
}

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    {
      lanyard_call_return (call, NULL);
      return;
    }

  if (error->domain == LANYARD_ERROR)
    {
      g_dbus_error_strip_remote_error (error);
      lanyard_call_return_error (call, error);
      return;
    }

  g_message ("The window cannot be opened: %s", error->message);
  lanyard_call_return_error (
    call,
    g_error_new (LANYARD_ERROR, LANYARD_ERROR_FAILED,
                 _ ("%s: Lanyard’s window cannot be opened; sign in with “lanyard authorize”"),
                 lanyard_authorization_get_name (call->authorization)));
  g_error_free (error);
}

void
lanyard_method_test (LanyardCall *call)
{
  lanyard_manager_test_async (call->manager, lanyard_authorization_get_id (call->authorization),
                              lanyard_call_begin_waiting (call), tested_cb, call);
}

void
lanyard_method_refresh (LanyardCall *call)
{
  lanyard_manager_refresh_async (call->manager, lanyard_authorization_get_id (call->authorization),
                                 NULL, lanyard_call_begin_waiting (call), refreshed_cb, call);
}

void
lanyard_method_revoke (LanyardCall *call)
{
  /* Begun is begun, also when the caller leaves. */
  lanyard_call_begin_waiting (call);
  lanyard_manager_revoke_async (call->manager, lanyard_authorization_get_id (call->authorization),
                                NULL, revoked_cb, call);
}

void
lanyard_method_request_authorization (LanyardCall *call)
{
  /* The person takes the time that it takes. */
  g_dbus_connection_call (call->connection, LANYARD_BUS_PERSON_NAME, LANYARD_BUS_PERSON_PATH,
                          LANYARD_BUS_PERSON_INTERFACE, "Authorize",
                          g_variant_new ("(s)", lanyard_authorization_get_id (call->authorization)),
                          NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, lanyard_call_begin_waiting (call),
                          authorized_cb, call);
}
