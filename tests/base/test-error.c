/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"

#include <gio/gio.h>

/* In the order of the codes. */
static const int exit_codes[LANYARD_N_ERRORS] = {
  1, 1, 2, 3, 3, 130, 4, 4, 5, 5, 5, 1, 1, 6, 2, 1, 1, 7, 1, 1,
};

static void
test_exit_code_each (void)
{
  for (int code = 0; code < LANYARD_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (LANYARD_ERROR, code, "x");

      g_test_message ("code %d", code);
      g_assert_cmpint (lanyard_error_get_exit_code (error), ==, exit_codes[code]);
    }
}

static void
test_exit_code_foreign (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) failed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr (GError) option = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "x");
  /* A number that means something else in another domain. */
  g_autoptr (GError) same_number =
    g_error_new_literal (G_FILE_ERROR, (int)LANYARD_ERROR_INACTIVE, "x");

  g_assert_cmpint (lanyard_error_get_exit_code (cancelled), ==, 130);
  g_assert_cmpint (lanyard_error_get_exit_code (failed), ==, 1);
  g_assert_cmpint (lanyard_error_get_exit_code (option), ==, 2);
  g_assert_cmpint (lanyard_error_get_exit_code (same_number), ==, 1);
}

static void
test_is_cancelled (void)
{
  g_autoptr (GError) own = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_CANCELLED, "x");
  g_autoptr (GError) gio = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) denied = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_DENIED, "x");

  g_assert_false (lanyard_error_is_cancelled (NULL));
  g_assert_false (lanyard_error_is_cancelled (denied));
  g_assert_true (lanyard_error_is_cancelled (own));
  g_assert_true (lanyard_error_is_cancelled (gio));
}

static void
test_is_transient (void)
{
  for (int code = 0; code < LANYARD_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (LANYARD_ERROR, code, "x");
      int exit_code = exit_codes[code];

      g_test_message ("code %d", code);
      g_assert_true (lanyard_error_is_transient (error) ==
                     (exit_code == 4 || exit_code == 5 || exit_code == 130));
    }
}

static void
test_is_transient_foreign (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) same_number =
    g_error_new_literal (G_FILE_ERROR, (int)LANYARD_ERROR_NETWORK, "x");

  g_assert_false (lanyard_error_is_transient (same_number));
  g_assert_true (lanyard_error_is_transient (cancelled));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/exit-code-each", test_exit_code_each);
  g_test_add_func ("/base/error/exit-code-foreign", test_exit_code_foreign);
  g_test_add_func ("/base/error/is-cancelled", test_is_cancelled);
  g_test_add_func ("/base/error/is-transient", test_is_transient);
  g_test_add_func ("/base/error/is-transient-foreign", test_is_transient_foreign);
  return g_test_run ();
}
