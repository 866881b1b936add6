/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-socket-path.h"

#include <glib.h>
#include <string.h>

#define START offsetof (struct sockaddr_un, sun_path)

/* The path beside a bus with a name of so many bytes; NULL for none. */
static char *
make_path (const char *runtime_dir, const char *name, gsize length)
{
  struct sockaddr_un bus = { .sun_family = AF_UNIX };
  struct sockaddr_un path;

  memcpy (bus.sun_path, name, MIN (length, sizeof bus.sun_path));
  if (!lanyard_socket_path_make (runtime_dir, &bus, (socklen_t)(START + length), &path))
    return NULL;

  g_assert_cmpint (path.sun_family, ==, AF_UNIX);
  return g_strdup (path.sun_path);
}

static void
test_none (void)
{
  const struct sockaddr_un bus = { .sun_family = AF_UNIX, .sun_path = "/run/bus" };
  g_autofree char *long_folder = g_strnfill (sizeof bus.sun_path - strlen ("/lanyard/") - 16, '/');
  struct sockaddr_un path;

  g_assert_null (make_path (NULL, "/run/bus", 8));
  g_assert_null (make_path ("", "/run/bus", 8));
  g_assert_null (make_path ("run", "/run/bus", 8));
  g_assert_null (make_path ("/run", "", 0));
  g_assert_null (make_path (long_folder, "/run/bus", 8));
  /* A socket without a name, and one whose name is said to be longer than any. */
  g_assert_false (lanyard_socket_path_make ("/run", &bus, 0, &path));
  g_assert_false (lanyard_socket_path_make ("/run", &bus, START, &path));
  g_assert_false (lanyard_socket_path_make ("/run", &bus, sizeof bus + 1, &path));
}

/* The hashes were calculated elsewhere. */
static void
test_path (void)
{
  g_autofree char *path = make_path ("/run/user/1000", "/run/user/1000/bus", 18);
  g_autofree char *counted = make_path ("/run/user/1000", "/run/user/1000/bus\0", 19);
  g_autofree char *abstract = make_path ("/run", "\0bus", 4);
  g_autofree char *shorter = make_path ("/run", "\0bu", 3);

  g_assert_cmpstr (path, ==, "/run/user/1000/lanyard/91e90a7d210929a8");
  g_assert_cmpstr (counted, ==, path);
  g_assert_cmpstr (abstract, ==, "/run/lanyard/2735117ef77a15df");
  g_assert_cmpstr (shorter, !=, abstract);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/front/socket-path/none", test_none);
  g_test_add_func ("/front/socket-path/path", test_path);
  return g_test_run ();
}
