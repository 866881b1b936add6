/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-windows.h"

#include "lanyard-bus-names.h"
#include "lanyard-caller.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

/* A graphical program may take its time to start, in milliseconds. */
#define PATIENCE 60000

static void
ask_bus (GTask *task,
         const char *method,
         GVariant *parameters,
         const char *reply_type,
         GAsyncReadyCallback callback)
{
  g_dbus_connection_call (g_task_get_source_object (task), BUS_NAME, BUS_PATH, BUS_NAME, method,
                          parameters, G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, PATIENCE,
                          g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LanyardCaller) caller = lanyard_caller_identify_finish (result, &error);

  if (caller == NULL)
    g_task_return_error (task, error);
  else if (caller->app_id != NULL)
    g_task_return_new_error (task, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                             "%s has taken the name of the windows", caller->app_id);
  else
    g_task_return_pointer (task, g_strdup (caller->name), g_free);
}

static void
identify (GTask *task, GVariant *reply)
{
  const char *owner;

  g_variant_get (reply, "(&s)", &owner);
  lanyard_caller_identify_async (g_task_get_source_object (task), owner, identified_cb,
                                 g_object_ref (task));
}

static void
owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    identify (task, reply);
  else
    g_task_return_error (task, error);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    ask_bus (task, "GetNameOwner", g_variant_new ("(s)", LANYARD_BUS_PERSON_NAME), "(s)", owner_cb);
  else
    g_task_return_error (task, error);
}

/* The bus starts only what it knows how to start, even if it runs: so that is asked first. */
static void
first_owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    {
      identify (task, reply);
      return;
    }
  if (!g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  ask_bus (task, "StartServiceByName", g_variant_new ("(su)", LANYARD_BUS_PERSON_NAME, 0), "(u)",
           started_cb);
}

void
lanyard_windows_find_async (GDBusConnection *connection,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_windows_find_async);
  ask_bus (task, "GetNameOwner", g_variant_new ("(s)", LANYARD_BUS_PERSON_NAME), "(s)",
           first_owner_cb);
}

char *
lanyard_windows_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lanyard_windows_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
