/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-socket-path.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* FNV-1a: names apart is all that it has to keep. */
#define OFFSET_BASIS UINT64_C (0xcbf29ce484222325)
#define PRIME UINT64_C (0x100000001b3)

static uint64_t
hash_name (const char *name, size_t length)
{
  uint64_t hash = OFFSET_BASIS;

  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)name[i]) * PRIME;
  return hash;
}

bool
lanyard_socket_path_make (const char *runtime_dir,
                          const struct sockaddr_un *bus,
                          socklen_t bus_length,
                          struct sockaddr_un *path)
{
  const size_t start = offsetof (struct sockaddr_un, sun_path);
  size_t length = bus_length > start ? bus_length - start : 0;
  int n_written;

  /* The NUL behind a path may be counted or not; an abstract name begins with one. */
  if (length > 0 && length <= sizeof bus->sun_path && bus->sun_path[0] != '\0')
    length = strnlen (bus->sun_path, length);
  if (length == 0 || length > sizeof bus->sun_path || runtime_dir == NULL || runtime_dir[0] != '/')
    return false;

  memset (path, 0, sizeof *path);
  path->sun_family = AF_UNIX;
  n_written =
    snprintf (path->sun_path, sizeof path->sun_path, "%s" LANYARD_SOCKET_FOLDER "/%016" PRIx64,
              runtime_dir, hash_name (bus->sun_path, length));
  return n_written > 0 && (size_t)n_written < sizeof path->sun_path;
}
