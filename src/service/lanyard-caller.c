/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-caller.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gunixfdlist.h>

#include "lanyard-sandbox.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

/* Since Linux 6.5. */
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

/* Of a security label, with its NUL. */
#define MAX_LABEL 256

/* Nothing that the bus answers takes longer, in milliseconds. */
#define PATIENCE 10000

typedef struct
{
  /* Owned */
  char *name;
  char *app_id;

  guint32 pid;
  int process_fd;
  /* The process that connected, whatever has its number now; -1 when the bus cannot tell. */
  int pidfd;
} Identification;

static void
identification_free (Identification *identification)
{
  if (identification->process_fd >= 0)
    close (identification->process_fd);
  if (identification->pidfd >= 0)
    close (identification->pidfd);
  g_free (identification->name);
  g_free (identification->app_id);
  g_free (identification);
}

static void
caller_clear (gpointer data)
{
  LanyardCaller *self = data;

  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  g_free (self->name);
  g_free (self->app_id);
  g_object_unref (self->gone);
  g_clear_pointer (&self->shown, g_hash_table_unref);
}

static void
return_unknown (GTask *task)
{
  GError *error = NULL;

  lanyard_sandbox_set_unknown_error (&error);
  g_task_return_error (task, error);
}

/* Asks the bus something about a name. */
static void
ask_bus (GTask *task, const char *method, const char *reply_type, GAsyncReadyCallback callback)
{
  GDBusConnection *connection = g_task_get_source_object (task);
  Identification *identification = g_task_get_task_data (task);

  g_dbus_connection_call_with_unix_fd_list (connection, BUS_NAME, BUS_PATH, BUS_NAME, method,
                                            g_variant_new ("(s)", identification->name),
                                            G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE,
                                            PATIENCE, NULL, NULL, callback, g_object_ref (task));
}

/* The folder of a process that has ended is empty, also when its number is in use again. */
static gboolean
is_running (int process_fd)
{
  struct stat info;

  return fstatat (process_fd, "stat", &info, 0) == 0;
}

/* Whether a process has not ended, by its pidfd. */
static gboolean
is_alive (int pidfd)
{
  struct pollfd ended = { .fd = pidfd, .events = POLLIN };

  return poll (&ended, 1, 0) == 0;
}

/* The number of a process says who it is only as long as that process lives. As its pidfd says that
 * it still does, what was looked at is that process. A bus that gives no pidfd is asked once more:
 * if the connection is still there, and so is what was looked at, both belonged together, unless
 * somebody keeps the connection of a process that ended, and another one got its number. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Identification *identification = g_task_get_task_data (task);
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), NULL, result, NULL);
  guint32 pid = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  if (pid == 0 || pid != identification->pid || !is_running (identification->process_fd) ||
      (identification->pidfd >= 0 && !is_alive (identification->pidfd)))
    {
      return_unknown (task);
      return;
    }

  g_task_return_pointer (
    task, lanyard_caller_new (identification->name, g_steal_pointer (&identification->app_id)),
    (GDestroyNotify)lanyard_caller_unref);
}

static void
look_at_process (GTask *task, const char *label)
{
  Identification *identification = g_task_get_task_data (task);
  g_autofree char *path = g_strdup_printf ("/proc/%u", identification->pid);
  GError *error = NULL;

  identification->process_fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (identification->process_fd < 0)
    return_unknown (task);
  else if (!lanyard_sandbox_identify (identification->process_fd, label, &identification->app_id,
                                      &error))
    g_task_return_error (task, error);
  else
    ask_bus (task, "GetConnectionUnixProcessID", "(u)", checked_cb);
}

/* Newer buses give it. */
static int
take_pidfd (GVariant *credentials, GUnixFDList *fds)
{
  gint32 handle;

  if (fds == NULL || !g_variant_lookup (credentials, "ProcessFD", "h", &handle))
    return -1;

  return g_unix_fd_list_get (fds, handle, NULL);
}

static void
credentials_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Identification *identification = g_task_get_task_data (task);
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), &fds, result, NULL);
  g_autoptr (GVariant) credentials = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  g_autoptr (GVariant) label = NULL;
  guint32 uid;

  if (credentials == NULL || !g_variant_lookup (credentials, "UnixUserID", "u", &uid) ||
      !g_variant_lookup (credentials, "ProcessID", "u", &identification->pid) ||
      uid != geteuid () || identification->pid == 0)
    {
      return_unknown (task);
      return;
    }

  identification->pidfd = take_pidfd (credentials, fds);
  label = g_variant_lookup_value (credentials, "LinuxSecurityLabel", G_VARIANT_TYPE_BYTESTRING);
  look_at_process (task, label != NULL ? g_variant_get_bytestring (label) : NULL);
}

LanyardCaller *
lanyard_caller_new (const char *name, char *app_id)
{
  LanyardCaller *self = g_rc_box_new0 (LanyardCaller);

  self->name = g_strdup (name);
  self->app_id = app_id;
  self->gone = g_cancellable_new ();
  return self;
}

LanyardCaller *
lanyard_caller_ref (LanyardCaller *self)
{
  return g_rc_box_acquire (self);
}

void
lanyard_caller_unref (LanyardCaller *self)
{
  g_rc_box_release_full (self, caller_clear);
}

void
lanyard_caller_identify_async (GDBusConnection *connection,
                               const char *name,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Identification *identification;

  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));
  g_return_if_fail (g_dbus_is_unique_name (name));

  task = g_task_new (connection, NULL, callback, user_data);
  g_task_set_source_tag (task, lanyard_caller_identify_async);
  identification = g_new0 (Identification, 1);
  identification->name = g_strdup (name);
  identification->process_fd = -1;
  identification->pidfd = -1;
  g_task_set_task_data (task, identification, (GDestroyNotify)identification_free);

  ask_bus (task, "GetConnectionCredentials", "(a{sv})", credentials_cb);
}

LanyardCaller *
lanyard_caller_identify_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The label that the kernel's security module gives the other end; empty where there is no such
 * module. */
static gboolean
read_label (int fd, char *label, socklen_t size)
{
  socklen_t length = size - 1;

  memset (label, 0, size);
  return getsockopt (fd, SOL_SOCKET, SO_PEERSEC, label, &length) == 0 || errno == ENOPROTOOPT;
}

/* Whether the process that connected is still there, so that what was looked at by its number was
 * that process. A kernel that cannot tell is asked what the bus is asked. */
static gboolean
is_still_there (int fd, int process_fd)
{
  socklen_t length = sizeof (int);
  int pidfd = -1;
  char byte;
  gboolean is_there;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &length) != 0)
    return errno == ENOPROTOOPT && is_running (process_fd) &&
           recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;

  is_there = is_alive (pidfd);
  close (pidfd);
  return is_there;
}

LanyardCaller *
lanyard_caller_identify_socket (int fd, GCancellable *gone, GError **error)
{
  struct ucred peer = { 0 };
  socklen_t length = sizeof peer;
  char label[MAX_LABEL];
  g_autofree char *path = NULL;
  g_autofree char *app_id = NULL;
  LanyardCaller *self = NULL;
  gboolean is_known = FALSE;
  int process_fd = -1;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid () &&
      peer.pid > 0 && read_label (fd, label, sizeof label))
    {
      path = g_strdup_printf ("/proc/%d", (int)peer.pid);
      process_fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
  if (process_fd >= 0)
    {
      is_known = lanyard_sandbox_identify (process_fd, label, &app_id, NULL) &&
                 is_still_there (fd, process_fd);
      close (process_fd);
    }
  if (!is_known)
    {
      lanyard_sandbox_set_unknown_error (error);
      return NULL;
    }

  self = lanyard_caller_new (NULL, g_steal_pointer (&app_id));
  g_set_object (&self->gone, gone);
  return self;
}
