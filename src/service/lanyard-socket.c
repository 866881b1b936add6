/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>

#include "lanyard-socket-path.h"

/* So many are let in before anything else gets its turn. */
#define MAX_AT_ONCE 16

#define BACKLOG 128

struct _LanyardSocket
{
  /* Owned */
  GHashTable *peers;
  guint accept_id;
  int fd;

  /* Borrowed */
  LanyardPeerFunc called;
  gpointer user_data;

  struct sockaddr_un address;
  /* The file that was made, which another service may have replaced since. */
  ino_t inode;
};

static void
clear_socket (gpointer data)
{
  LanyardSocket *self = data;

  g_hash_table_unref (self->peers);
}

static void
called_cb (LanyardPeer *peer, gpointer user_data)
{
  LanyardSocket *self = user_data;

  self->called (peer, self->user_data);
}

/* A call may last longer than the socket is there, so each peer holds it. */
static void
ended_cb (LanyardPeer *peer, gpointer user_data)
{
  LanyardSocket *self = user_data;

  g_hash_table_remove (self->peers, peer);
  g_rc_box_release_full (self, clear_socket);
}

static void
let_in (LanyardSocket *self, int fd)
{
  LanyardPeer *peer;

  if (g_hash_table_size (self->peers) >= LANYARD_SOCKET_MAX_PEERS)
    {
      close (fd);
      return;
    }

  peer = lanyard_peer_start (fd, called_cb, ended_cb, g_rc_box_acquire (self));
  if (peer != NULL)
    g_hash_table_add (self->peers, peer);
}

static gboolean
accept_cb (int fd, GIOCondition condition, gpointer user_data)
{
  LanyardSocket *self = g_rc_box_acquire (user_data);

  for (guint i = 0; i < MAX_AT_ONCE; i++)
    {
      int peer_fd = accept4 (fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

      if (peer_fd < 0)
        break;
      let_in (self, peer_fd);
    }

  g_rc_box_release_full (self, clear_socket);
  return G_SOURCE_CONTINUE;
}

/* The bus by the name under which everybody else connects to it, too. */
static gboolean
find_address (GDBusConnection *connection, struct sockaddr_un *address)
{
  GIOStream *stream = g_dbus_connection_get_stream (connection);
  struct sockaddr_un bus = { 0 };
  socklen_t length = sizeof bus;
  GSocket *socket;

  if (!G_IS_SOCKET_CONNECTION (stream))
    return FALSE;

  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  return getpeername (g_socket_get_fd (socket), (struct sockaddr *)&bus, &length) == 0 &&
         bus.sun_family == AF_UNIX &&
         lanyard_socket_path_make (g_getenv ("XDG_RUNTIME_DIR"), &bus, length, address);
}

/* A folder that belongs to the person alone. */
static gboolean
check_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  return g_mkdir_with_parents (folder, 0700) == 0 && lstat (folder, &info) == 0 &&
         S_ISDIR (info.st_mode) && info.st_uid == geteuid () && (info.st_mode & 0077) == 0;
}

/* In place of what a service left there that was killed. */
static int
listen_at (const struct sockaddr_un *address, ino_t *inode)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct stat info;

  if (fd < 0)
    return -1;

  (void)unlink (address->sun_path);
  if (bind (fd, (const struct sockaddr *)address, sizeof *address) == 0 &&
      chmod (address->sun_path, 0600) == 0 && lstat (address->sun_path, &info) == 0 &&
      listen (fd, BACKLOG) == 0)
    {
      *inode = info.st_ino;
      return fd;
    }

  close (fd);
  return -1;
}

LanyardSocket *
lanyard_socket_new (GDBusConnection *connection, LanyardPeerFunc called, gpointer user_data)
{
  struct sockaddr_un address;
  LanyardSocket *self;
  ino_t inode = 0;
  int fd;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  if (!find_address (connection, &address) || !check_folder (address.sun_path))
    return NULL;

  fd = listen_at (&address, &inode);
  if (fd < 0)
    {
      g_message ("There is no socket beside the bus: %s", g_strerror (errno));
      return NULL;
    }

  self = g_rc_box_new0 (LanyardSocket);
  self->fd = fd;
  self->address = address;
  self->inode = inode;
  self->called = called;
  self->user_data = user_data;
  self->peers = g_hash_table_new (NULL, NULL);
  self->accept_id = g_unix_fd_add (fd, G_IO_IN, accept_cb, self);
  return self;
}

void
lanyard_socket_free (LanyardSocket *self)
{
  g_autoptr (GList) peers = NULL;
  struct stat info;

  g_clear_handle_id (&self->accept_id, g_source_remove);
  if (lstat (self->address.sun_path, &info) == 0 && info.st_ino == self->inode)
    (void)unlink (self->address.sun_path);
  close (self->fd);

  peers = g_hash_table_get_keys (self->peers);
  for (GList *l = peers; l != NULL; l = l->next)
    lanyard_peer_hang_up (l->data);
  g_rc_box_release_full (self, clear_socket);
}
