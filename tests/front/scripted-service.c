/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The least that a GDBus service is, under the name of Lanyard's: for tests, which ask by the name
 * of the authorization what it shall answer, and for benchmarks, beside the real one.
 *
 *   Token LENGTH    a token of so many letters
 *   Options         what the options say, as the token
 *   Error NAME      the error NAME
 *   Types           other types than those that were asked for
 *   Nothing         no answer
 *   Leave           no answer, and the service leaves the bus
 *   anything else   the token or header of that name
 *
 * scripted-service [NAME ON THE BUS]
 */

#include <gio/gio.h>
#include <stdlib.h>

#define NAME "io.github.lanyard.Lanyard.Service"
#define PATH "/io/github/lanyard/Lanyard/Service"

static const char interface_xml[] =
  "<node><interface name='io.github.lanyard.Lanyard.Service1'>"
  "<method name='GetAccessToken'>"
  "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
  "<arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='x' direction='out'/>"
  "</method>"
  "<method name='GetHeaders'>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='a(ss)' direction='out'/>"
  "</method>"
  "</interface></node>";

static GVariant *
make_token (const char *authorization, GVariant *parameters)
{
  g_autofree char *token = g_strdup (authorization);

  if (g_str_has_prefix (authorization, "Token "))
    {
      g_free (token);
      token = g_strnfill ((gsize)atoi (authorization + strlen ("Token ")), 't');
    }
  else if (g_str_equal (authorization, "Options"))
    {
      g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);

      g_free (token);
      token = g_variant_print (options, TRUE);
    }
  return g_variant_new ("(ssx)", token, "Bearer", G_GINT64_CONSTANT (0));
}

static GVariant *
make_headers (const char *authorization, GVariant *parameters)
{
  const char *method, *uri;
  GVariantBuilder headers;

  g_variant_get_child (parameters, 1, "&s", &method);
  g_variant_get_child (parameters, 2, "&s", &uri);
  g_variant_builder_init (&headers, G_VARIANT_TYPE ("a(ss)"));
  g_variant_builder_add (&headers, "(ss)", "Authorization", authorization);
  if (method[0] != '\0')
    {
      g_variant_builder_add (&headers, "(ss)", "X-Method", method);
      g_variant_builder_add (&headers, "(ss)", "X-Uri", uri);
    }
  return g_variant_new ("(a(ss))", &headers);
}

/* Below what checks the types of an answer. */
static void
answer_wrong (GDBusMethodInvocation *invocation)
{
  GDBusMessage *call = g_dbus_method_invocation_get_message (invocation);
  g_autoptr (GDBusMessage) reply = g_dbus_message_new_method_reply (call);

  g_dbus_message_set_body (reply, g_variant_new ("(su)", "token", 0));
  g_dbus_connection_send_message (g_dbus_method_invocation_get_connection (invocation), reply,
                                  G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
}

static void
call_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  const char *authorization;

  g_variant_get_child (parameters, 0, "&s", &authorization);
  if (g_str_equal (authorization, "Nothing"))
    return;
  if (g_str_equal (authorization, "Leave"))
    exit (0);
  if (g_str_equal (authorization, "Types"))
    answer_wrong (invocation);
  else if (g_str_has_prefix (authorization, "Error "))
    g_dbus_method_invocation_return_dbus_error (invocation, authorization + strlen ("Error "),
                                                "Žluť: what to do\nnext");
  else if (g_str_equal (method, "GetAccessToken"))
    g_dbus_method_invocation_return_value (invocation, make_token (authorization, parameters));
  else
    g_dbus_method_invocation_return_value (invocation, make_headers (authorization, parameters));
}

static void
acquired_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_print ("ready\n");
}

static void
connected_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  static const GDBusInterfaceVTable table = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);

  g_dbus_connection_register_object (connection, PATH, info->interfaces[0], &table, NULL, NULL,
                                     NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_bus_own_name (G_BUS_TYPE_SESSION, argc > 1 ? argv[1] : NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                  connected_cb, acquired_cb, NULL, NULL, NULL);
  g_main_loop_run (loop);
  return 0;
}
