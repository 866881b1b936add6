/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-cli.h"

#include <glib/gstdio.h>

static void
test_relative (void)
{
  char path[100];

  /* What the kernel says is absolute; anything else might be found in any folder. */
  g_assert_false (lanyard_front_find_cli ("", path, sizeof path));
  g_assert_false (lanyard_front_find_cli ("lanyard", path, sizeof path));
  g_assert_false (lanyard_front_find_cli ("./lanyard", path, sizeof path));
}

static void
test_no_room (void)
{
  char path[sizeof "/lanyard-cli"];

  g_assert_false (lanyard_front_find_cli ("/lanyard", path, sizeof path - 1));
  g_assert_true (lanyard_front_find_cli ("/lanyard", path, sizeof path));
  g_assert_cmpstr (path, ==, "/lanyard-cli");
}

static void
test_folder_of_everybody (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *program = g_build_filename (folder, "lanyard", NULL);
  g_autofree char *beside = g_build_filename (folder, "lanyard-cli", NULL);
  char path[1000];

  g_assert_true (lanyard_front_find_cli (program, path, sizeof path));
  g_assert_cmpstr (path, ==, beside);

  /* As /tmp is. */
  g_assert_cmpint (g_chmod (folder, 01777), ==, 0);
  g_assert_false (lanyard_front_find_cli (program, path, sizeof path));

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_false (lanyard_front_find_cli (program, path, sizeof path));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/front/cli/relative", test_relative);
  g_test_add_func ("/front/cli/no-room", test_no_room);
  g_test_add_func ("/front/cli/folder-of-everybody", test_folder_of_everybody);
  return g_test_run ();
}
