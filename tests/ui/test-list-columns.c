/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-columns.h"

/* About as wide as "Deactivate" and the menu's button. */
#define ACTIONS_WIDTH 160
#define ACTIONS_WIDTH_NARROW 74

static void
test_mode (void)
{
  g_assert_cmpint (lanyard_list_columns_get_mode (0), ==, LANYARD_LIST_NARROW);
  g_assert_cmpint (lanyard_list_columns_get_mode (360), ==, LANYARD_LIST_NARROW);
  g_assert_cmpint (lanyard_list_columns_get_mode (640), ==, LANYARD_LIST_MEDIUM);
  g_assert_cmpint (lanyard_list_columns_get_mode (980), ==, LANYARD_LIST_WIDE);
  g_assert_cmpint (lanyard_list_columns_get_mode (4000), ==, LANYARD_LIST_WIDE);
}

/* Nothing overlaps, nothing sticks out, and each column has room, at every width. */
static void
test_every_width (void)
{
  for (int width = LANYARD_LIST_MINIMUM_WIDTH; width < 3000; width++)
    {
      gboolean narrow = lanyard_list_columns_get_mode (width) == LANYARD_LIST_NARROW;
      int actions_width = narrow ? ACTIONS_WIDTH_NARROW : ACTIONS_WIDTH;
      LanyardListColumns columns;

      lanyard_list_columns_compute (&columns, width, actions_width);
      g_assert_cmpint (columns.provider_x, >=, 0);
      g_assert_cmpint (columns.name_x, >, columns.provider_x + columns.provider_width);
      g_assert_cmpint (columns.name_width, >=, narrow ? 100 : 120);
      g_assert_cmpint (columns.name_x + columns.name_width, <, columns.actions_x);
      g_assert_cmpint (columns.actions_x + actions_width, <, width);
      g_assert_cmpint (columns.status_width, >=, 160);
      if (narrow)
        {
          g_assert_cmpint (columns.status_x, ==, columns.name_x);
          g_assert_cmpint (columns.status_x + columns.status_width, <, width);
          continue;
        }
      g_assert_cmpint (columns.status_x, >, columns.name_x + columns.name_width);
      g_assert_cmpint (columns.status_x + columns.status_width, <, columns.actions_x);
    }
}

static void
test_too_narrow (void)
{
  LanyardListColumns columns;

  lanyard_list_columns_compute (&columns, 1, ACTIONS_WIDTH);
  g_assert_cmpint (columns.name_width, ==, 0);
  g_assert_cmpint (columns.status_width, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/list-columns/too-narrow", test_too_narrow);
  g_test_add_func ("/ui/list-columns/mode", test_mode);
  g_test_add_func ("/ui/list-columns/every-width", test_every_width);

  return g_test_run ();
}
