/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-bus.h"

#include "lanyard-front-address.h"
#include "lanyard-socket-path.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int
connect_to (const LanyardFrontAddress *address)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd == -1)
    return -1;

  /* Where a standard stream is closed, its number is free. What is printed must not go to the bus:
   * lanyard-cli sees to that. A bus with a full queue makes nobody wait here, either. */
  if (fd <= STDERR_FILENO ||
      connect (fd, (const struct sockaddr *)&address->name, address->length) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Whether the other end belongs to the same person: a folder that is said to be hers may be
 * anybody's. */
static bool
is_ours (int fd)
{
  struct ucred peer;
  socklen_t length = sizeof peer;

  return getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid ();
}

static int
connect_beside (const LanyardFrontAddress *bus, const char *runtime_dir)
{
  LanyardFrontAddress address = { .length = sizeof address.name };
  int fd;

  if (!lanyard_socket_path_make (runtime_dir, &bus->name, bus->length, &address.name))
    return -1;

  fd = connect_to (&address);
  if (fd != -1 && !is_ours (fd))
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Connects to the first bus that there is, or beside it. */
static int
find (bool is_private)
{
  const char *list = getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime_dir = getenv ("XDG_RUNTIME_DIR");
  LanyardFrontAddress address;
  int fd = -1;

  if (list == NULL)
    {
      if (!lanyard_front_address_set_default (runtime_dir, &address))
        return -1;
      return is_private ? connect_beside (&address, runtime_dir) : connect_to (&address);
    }

  while (fd == -1 && lanyard_front_address_next (&list, runtime_dir, &address))
    fd = is_private ? connect_beside (&address, runtime_dir) : connect_to (&address);
  return fd;
}

int
lanyard_front_bus_connect (void)
{
  return find (false);
}

int
lanyard_front_bus_connect_private (void)
{
  return find (true);
}

static int64_t
get_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until there is something to read. */
static bool
wait_until (int fd, int64_t end)
{
  struct pollfd waiting = { .fd = fd, .events = POLLIN };
  int64_t left = end - get_milliseconds ();
  int n_ready;

  do
    n_ready = left > 0 ? poll (&waiting, 1, (int)left) : 0;
  while (n_ready == -1 && errno == EINTR && (left = end - get_milliseconds ()) > 0);
  return n_ready == 1;
}

static bool
receive (int fd, LanyardFrontStream *stream)
{
  ssize_t n_received;

  if (stream->length == stream->size)
    return false;

  n_received = recv (fd, stream->bytes + stream->length, stream->size - stream->length, 0);
  if (n_received == -1)
    return errno == EINTR || errno == EAGAIN;

  stream->length += (size_t)n_received;
  if (stream->length > stream->used)
    stream->used = stream->length;
  return n_received > 0;
}

bool
lanyard_front_bus_call (int fd,
                        const unsigned char *call,
                        size_t length,
                        const LanyardFrontPatience *patience,
                        LanyardFrontStream *stream,
                        LanyardFrontReply *reply)
{
  LanyardFrontState state = LANYARD_FRONT_MORE;
  int64_t start = get_milliseconds ();

  /* It is far smaller than what a socket holds. */
  if (send (fd, call, length, MSG_NOSIGNAL) != (ssize_t)length)
    return false;

  while (state == LANYARD_FRONT_MORE)
    {
      int64_t end = start + (stream->is_greeted ? patience->reply : patience->greeting);

      if (!wait_until (fd, end) || !receive (fd, stream))
        return false;
      state = lanyard_front_stream_read (stream, reply);
    }
  return state == LANYARD_FRONT_READY;
}
