/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-status.h"

static void
test_unknown_id (void)
{
  LanyardStatus status = LANYARD_STATUS_REVOKED;

  g_assert_false (lanyard_status_from_id (NULL, &status));
  g_assert_false (lanyard_status_from_id ("", &status));
  g_assert_false (lanyard_status_from_id ("Authorized", &status));
  g_assert_false (lanyard_status_from_id ("authorized ", &status));
  g_assert_cmpint (status, ==, LANYARD_STATUS_REVOKED);
}

static void
test_ids (void)
{
  static const char *const ids[] = { "new",     "authorized", "expired",
                                     "refused", "revoked",    "incomplete" };
  g_autoptr (GEnumClass) class = g_type_class_ref (LANYARD_TYPE_STATUS);

  g_assert_cmpuint (class->n_values, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < class->n_values; i++)
    {
      LanyardStatus status = (LanyardStatus) class->values[i].value;
      LanyardStatus found = LANYARD_STATUS_NEW;

      g_assert_cmpstr (lanyard_status_get_id (status), ==, ids[i]);
      g_assert_cmpstr (class->values[i].value_nick, ==, ids[i]);
      g_assert_true (lanyard_status_from_id (ids[i], &found));
      g_assert_cmpint (found, ==, status);
    }
}

static void
test_labels (void)
{
  g_assert_cmpstr (lanyard_status_get_label (LANYARD_STATUS_AUTHORIZED), ==, "Authorized");
  g_assert_cmpstr (lanyard_status_get_label (LANYARD_STATUS_NEW), ==, "Not authorized");
  g_assert_cmpstr (lanyard_status_get_label (LANYARD_STATUS_REVOKED), ==, "Not authorized");
  g_assert_cmpstr (lanyard_status_get_label (LANYARD_STATUS_EXPIRED), ==, "Sign in again");
  g_assert_cmpstr (lanyard_status_get_label (LANYARD_STATUS_REFUSED), ==, "Sign in again");
  g_assert_cmpstr (lanyard_status_get_label (LANYARD_STATUS_INCOMPLETE), ==, "Sign in again");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/status/unknown-id", test_unknown_id);
  g_test_add_func ("/model/status/ids", test_ids);
  g_test_add_func ("/model/status/labels", test_labels);

  return g_test_run ();
}
