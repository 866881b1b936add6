/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-caller.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gio/gunixfdlist.h>

#include "lanyard-bus-error.h"

#define NAME ":1.42"

/* Since Linux 5.3. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

static const char bus_xml[] =
  "<node><interface name='org.freedesktop.DBus'>"
  "<method name='GetConnectionCredentials'><arg type='s' direction='in'/>"
  "<arg type='a{sv}' direction='out'/></method>"
  "<method name='GetConnectionUnixProcessID'><arg type='s' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "</interface></node>";

/* A bus that says of a connection what the case wants. */
typedef struct
{
  GDBusConnection *connection;
  GDBusConnection *client;

  uid_t uid;
  pid_t pid;
  const char *label;
  int pidfd;
  /* What it says when it is asked once more; 0 when the name has gone. */
  pid_t later_pid;
  /* Ended before it says that. */
  pid_t ending;
} Bus;

static void
end_child (pid_t pid)
{
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

static pid_t
start_child (void)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    prctl (PR_SET_PDEATHSIG, SIGKILL);
  while (pid == 0)
    pause ();
  return pid;
}

static void
return_credentials (Bus *bus, GDBusMethodInvocation *invocation)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&builder, "{sv}", "UnixUserID", g_variant_new_uint32 (bus->uid));
  if (bus->pid != 0)
    g_variant_builder_add (&builder, "{sv}", "ProcessID", g_variant_new_uint32 ((guint32)bus->pid));
  if (bus->label != NULL)
    g_variant_builder_add (&builder, "{sv}", "LinuxSecurityLabel",
                           g_variant_new_bytestring (bus->label));
  if (bus->pidfd >= 0)
    g_variant_builder_add (&builder, "{sv}", "ProcessFD",
                           g_variant_new_handle (g_unix_fd_list_append (fds, bus->pidfd, NULL)));
  g_dbus_method_invocation_return_value_with_unix_fd_list (
    invocation, g_variant_new ("(a{sv})", &builder), fds);
}

static void
return_later_pid (Bus *bus, GDBusMethodInvocation *invocation)
{
  if (bus->ending != 0)
    end_child (bus->ending);
  if (bus->later_pid != 0)
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(u)", (guint32)bus->later_pid));
  else
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_NAME_HAS_NO_OWNER, "gone");
}

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *object_path,
           const char *interface_name,
           const char *method_name,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  const char *name;

  g_variant_get (parameters, "(&s)", &name);
  g_assert_cmpstr (name, ==, NAME);
  if (g_str_equal (method_name, "GetConnectionCredentials"))
    return_credentials (user_data, invocation);
  else
    return_later_pid (user_data, invocation);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GIOStream *
make_stream (int fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

/* One that tells the truth about this program. */
static void
open_bus (Bus *bus)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (bus_xml, NULL);
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GIOStream) theirs = NULL;
  g_autoptr (GIOStream) ours = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  *bus = (Bus){ .uid = geteuid (), .pid = getpid (), .later_pid = getpid (), .pidfd = -1 };
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  ours = make_stream (fds[0]);
  theirs = make_stream (fds[1]);
  g_dbus_connection_new (ours, NULL, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL,
                         take_result_cb, &result);
  bus->connection = g_dbus_connection_new_sync (
    theirs, guid, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER, NULL, NULL, &error);
  g_assert_no_error (error);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  bus->client = g_dbus_connection_new_finish (result, &error);
  g_assert_no_error (error);

  g_dbus_connection_register_object (bus->connection, "/org/freedesktop/DBus", node->interfaces[0],
                                     &vtable, bus, NULL, &error);
  g_assert_no_error (error);
}

static void
close_bus (Bus *bus)
{
  if (bus->pidfd >= 0)
    close (bus->pidfd);
  g_dbus_connection_close_sync (bus->client, NULL, NULL);
  g_dbus_connection_close_sync (bus->connection, NULL, NULL);
  g_object_unref (bus->client);
  g_object_unref (bus->connection);
}

static LanyardCaller *
identify (Bus *bus, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_caller_identify_async (bus->client, NAME, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return lanyard_caller_identify_finish (result, error);
}

static void
assert_unknown (Bus *bus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCaller) caller = identify (bus, &error);

  g_assert_null (caller);
  g_assert_error (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER);
  close_bus (bus);
}

static void
assert_app (Bus *bus, const char *app_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCaller) caller = identify (bus, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (caller->name, ==, NAME);
  g_assert_cmpstr (caller->app_id, ==, app_id);
  close_bus (bus);
}

static int
open_pidfd (pid_t pid)
{
  return (int)syscall (SYS_pidfd_open, pid, 0);
}

static void
test_other_user (void)
{
  Bus bus;

  open_bus (&bus);
  bus.uid++;
  assert_unknown (&bus);
}

static void
test_no_process (void)
{
  Bus bus;

  open_bus (&bus);
  bus.pid = 0;
  assert_unknown (&bus);
}

static void
test_gone (void)
{
  Bus bus;

  open_bus (&bus);
  bus.later_pid = 0;
  assert_unknown (&bus);
}

/* The name belongs to another connection by now. */
static void
test_another_later (void)
{
  Bus bus;

  open_bus (&bus);
  bus.later_pid = getppid ();
  assert_unknown (&bus);
}

static void
test_ended_before (void)
{
  Bus bus;

  open_bus (&bus);
  bus.pid = bus.later_pid = start_child ();
  end_child (bus.pid);
  assert_unknown (&bus);
}

static void
test_ended_meanwhile (void)
{
  Bus bus;

  open_bus (&bus);
  bus.pid = bus.later_pid = bus.ending = start_child ();
  assert_unknown (&bus);
}

/* Who connected has ended, somebody else has its number, and a third one its connection. */
static void
test_number_in_use_again (void)
{
  pid_t pid = start_child ();
  Bus bus;

  open_bus (&bus);
  bus.pidfd = open_pidfd (pid);
  end_child (pid);
  if (bus.pidfd < 0)
    {
      close_bus (&bus);
      g_test_skip ("no pidfd here");
      return;
    }

  assert_unknown (&bus);
}

static void
test_in_no_sandbox (void)
{
  Bus bus;

  open_bus (&bus);
  assert_app (&bus, NULL);

  open_bus (&bus);
  bus.pidfd = open_pidfd (getpid ());
  bus.label = "unconfined";
  assert_app (&bus, NULL);
}

static void
test_snap (void)
{
  Bus bus;

  open_bus (&bus);
  bus.label = "snap.calendar.app (enforce)";
  assert_app (&bus, "snap.calendar");

  open_bus (&bus);
  bus.label = "snap.calendar";
  assert_unknown (&bus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/caller/other-user", test_other_user);
  g_test_add_func ("/service/caller/no-process", test_no_process);
  g_test_add_func ("/service/caller/gone", test_gone);
  g_test_add_func ("/service/caller/another-later", test_another_later);
  g_test_add_func ("/service/caller/ended-before", test_ended_before);
  g_test_add_func ("/service/caller/ended-meanwhile", test_ended_meanwhile);
  g_test_add_func ("/service/caller/number-in-use-again", test_number_in_use_again);
  g_test_add_func ("/service/caller/in-no-sandbox", test_in_no_sandbox);
  g_test_add_func ("/service/caller/snap", test_snap);

  return g_test_run ();
}
