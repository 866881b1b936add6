/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring.h"

#include "keyring-fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

/* There is no session bus, as in a shell over SSH or in a cron job. */

static void
test_no_bus (void)
{
  LanyardSecretStore *store = make_keyring (5000);
  g_autoptr (GError) error = NULL;

  assert_all_fail (store, LANYARD_ERROR_KEYRING_ABSENT);
  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
  g_assert_finalize_object (store);
}

static void
test_prepare (void)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);
  g_autoptr (GError) error = NULL;

  /* It has nobody to tell; the next call does. */
  lanyard_secret_store_prepare (store);
  lanyard_secret_store_prepare (store);
  g_assert_null (lookup (store, ID, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  g_test_add_func ("/store/keyring/absent/no-bus", test_no_bus);
  g_test_add_func ("/store/keyring/absent/prepare", test_prepare);

  return lanyard_test_run ();
}
