/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n.h>

#include "lanyard-error.h"
#include "lanyard-keyring.h"
#include "lanyard-process.h"
#include "lanyard-service.h"

/* In seconds, as in the schema. */
#define DEFAULT_IDLE_TIMEOUT 120

#define BUS_ADDRESS "DBUS_SESSION_BUS_ADDRESS"
#define GUID ",guid="

/* Small, because the service stays in memory for everybody. */
static void
save_memory (void)
{
  /* The threads of GLib allocate little; an arena for each would cost more than it saves. */
  mallopt (M_ARENA_MAX, 1);
  /* Only files of this computer are looked at. */
  g_setenv ("GIO_USE_VFS", "local", TRUE);
}

/* The program also works where its settings are not installed. */
static guint
get_idle_timeout (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, LANYARD_APP_ID, TRUE);
  if (schema == NULL)
    return DEFAULT_IDLE_TIMEOUT;

  settings = g_settings_new_full (schema, NULL, NULL);
  return g_settings_get_uint (settings, "service-idle-timeout");
}

/* In a sandbox of its own it sees no process of the others, but may see another one under the same
 * number: nobody could be told apart. */
static gboolean
check_surroundings (GError **error)
{
  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
               /* Translators: the id of an app */
               _ ("In a Flatpak, Lanyard’s service cannot tell which program asks. Use “flatpak "
                  "run --command=lanyard %s” instead."),
               LANYARD_APP_ID);
  return FALSE;
}

/* A bus that comes in the place of this one has the same address, but another GUID. */
static void
forget_guid_of_bus (void)
{
  const char *address = g_getenv (BUS_ADDRESS);
  g_auto (GStrv) parts = NULL;
  g_autofree char *without = NULL;
  const char *rest;

  if (address == NULL || strstr (address, GUID) == NULL)
    return;

  parts = g_strsplit (address, GUID, 2);
  rest = parts[1] + strspn (parts[1], "0123456789abcdefABCDEF");
  without = g_strconcat (parts[0], rest, NULL);
  g_setenv (BUS_ADDRESS, without, TRUE);
}

/* A connection of its own: the one that GIO shares is left to the keyring, since GIO makes another
 * one only when nobody uses it any more. When the bus goes away, what is on its way to the keyring
 * is finished first, by way of the next bus. */
static GDBusConnection *
connect_to_bus (GError **error)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (address == NULL)
    return NULL;

  return g_dbus_connection_new_for_address_sync (address,
                                                 G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                 NULL, NULL, error);
}

static gboolean
terminated_cb (gpointer user_data)
{
  lanyard_service_stop (LANYARD_SERVICE (user_data));
  return G_SOURCE_CONTINUE;
}

static LanyardService *
make_service (GError **error)
{
  g_autoptr (GDBusConnection) connection = connect_to_bus (error);
  g_autoptr (LanyardSecretStore) secrets = NULL;
  g_autoptr (LanyardDatabase) database = NULL;
  g_autoptr (LanyardCatalogue) catalogue = NULL;
  g_autoptr (LanyardManager) manager = NULL;

  if (connection == NULL)
    return NULL;

  /* Whoever starts the service wants a token, most of the time. Agreeing on a key with the keyring
   * takes both of them longer than all the rest, which is done meanwhile. */
  secrets = lanyard_keyring_new ();
  lanyard_secret_store_prepare (secrets);
  database = lanyard_database_open_default (error);
  if (database == NULL)
    return NULL;

  catalogue = lanyard_catalogue_new_default ();
  manager = lanyard_manager_new (database, secrets, catalogue, NULL);
  return lanyard_service_new (connection, manager, get_idle_timeout ());
}

int
main (int argc, char *argv[])
{
  g_autoptr (LanyardService) service = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GError) error = NULL;

  save_memory ();
  forget_guid_of_bus ();
  lanyard_process_init ();

  if (check_surroundings (&error))
    service = make_service (&error);
  if (service == NULL || !lanyard_service_start (service, &error))
    {
      g_printerr ("lanyard-service: %s\n", error->message);
      return EXIT_FAILURE;
    }

  loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect_swapped (service, "ended", G_CALLBACK (g_main_loop_quit), loop);
  g_unix_signal_add (SIGTERM, terminated_cb, service);
  g_unix_signal_add (SIGINT, terminated_cb, service);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}
