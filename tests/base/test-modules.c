/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-modules.h"

#include "lanyard-error.h"

/* Beside this program there is none. */
static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_modules_get_symbol ("nothing", "lanyard_nothing", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_cmpuint (lanyard_modules_get_type ("nothing", "lanyard_nothing_get_type", &error), ==,
                    G_TYPE_INVALID);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/modules/missing", test_missing);

  return g_test_run ();
}
