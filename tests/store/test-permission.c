/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-permission.h"

#include "fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

#define APP "org.example.Calendar"
#define OTHER_APP "org.example.Mail"
#define NOBODY "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11"

static LanyardVerdict
load (LanyardDatabase *database, LanyardAuthorization *authorization, const char *app_id)
{
  g_autoptr (GError) error = NULL;
  LanyardVerdict verdict;

  lanyard_database_load_verdict (database, lanyard_authorization_get_id (authorization), app_id,
                                 &verdict, &error);
  g_assert_no_error (error);
  return verdict;
}

static void
save (LanyardDatabase *database,
      LanyardAuthorization *authorization,
      const char *app_id,
      LanyardVerdict verdict)
{
  g_autoptr (GError) error = NULL;

  lanyard_database_save_verdict (database, lanyard_authorization_get_id (authorization), app_id,
                                 verdict, &error);
  g_assert_no_error (error);
}

static void
note_use (LanyardDatabase *database, LanyardAuthorization *authorization, gint64 now)
{
  g_autoptr (GError) error = NULL;

  lanyard_database_note_use (database, lanyard_authorization_get_id (authorization), APP, now,
                             &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (LanyardDatabase *database, LanyardAuthorization *authorization, const char *app_id)
{
  const char *id = authorization != NULL ? lanyard_authorization_get_id (authorization) : NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *permissions = lanyard_database_list_permissions (database, id, app_id, &error);

  g_assert_no_error (error);
  return permissions;
}

static gint64
get_used_at (LanyardDatabase *database, LanyardAuthorization *authorization)
{
  g_autoptr (GPtrArray) permissions = list (database, authorization, APP);

  g_assert_cmpuint (permissions->len, ==, 1);
  return lanyard_permission_get_used_at (g_ptr_array_index (permissions, 0));
}

static void
test_gone (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (GError) error = NULL;

  g_assert_false (
    lanyard_database_save_verdict (database, NOBODY, APP, LANYARD_VERDICT_ALLOW, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (
    lanyard_database_save_verdict (database, NOBODY, APP, LANYARD_VERDICT_NONE, &error));
  g_assert_true (lanyard_database_note_use (database, NOBODY, APP, 1, &error));
  g_assert_no_error (error);
}

static void
test_removed (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) authorization = save_new (database, "Work");
  g_autoptr (GPtrArray) permissions = NULL;
  g_autoptr (GError) error = NULL;

  save (database, authorization, APP, LANYARD_VERDICT_ALLOW);
  lanyard_database_remove (database, lanyard_authorization_get_id (authorization), &error);
  g_assert_no_error (error);

  permissions = list (database, NULL, NULL);
  g_assert_cmpuint (permissions->len, ==, 0);
}

/* A word that a newer program, or a fault, wrote is no permission. */
static void
test_unknown_verdict (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) authorization = save_new (database, "Work");
  g_autoptr (GPtrArray) permissions = NULL;

  save (database, authorization, APP, LANYARD_VERDICT_ALLOW);
  run_sql ("UPDATE permission SET verdict = 'sometimes'");

  g_assert_cmpint (load (database, authorization, APP), ==, LANYARD_VERDICT_NONE);
  permissions = list (database, NULL, NULL);
  g_assert_cmpuint (permissions->len, ==, 0);
}

static void
test_verdicts (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) work = save_new (database, "Work");
  g_autoptr (LanyardAuthorization) home = save_new (database, "Home");

  g_assert_cmpint (load (database, work, APP), ==, LANYARD_VERDICT_NONE);
  save (database, work, APP, LANYARD_VERDICT_ALLOW);
  g_assert_cmpint (load (database, work, APP), ==, LANYARD_VERDICT_ALLOW);
  g_assert_cmpint (load (database, home, APP), ==, LANYARD_VERDICT_NONE);
  g_assert_cmpint (load (database, work, OTHER_APP), ==, LANYARD_VERDICT_NONE);
  g_assert_cmpint (load (database, work, "ORG.EXAMPLE.CALENDAR"), ==, LANYARD_VERDICT_NONE);

  save (database, work, APP, LANYARD_VERDICT_DENY);
  g_assert_cmpint (load (database, work, APP), ==, LANYARD_VERDICT_DENY);
  save (database, work, APP, LANYARD_VERDICT_NONE);
  g_assert_cmpint (load (database, work, APP), ==, LANYARD_VERDICT_NONE);
}

static void
test_list (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) work = save_new (database, "Work");
  g_autoptr (LanyardAuthorization) home = save_new (database, "Home");
  g_autoptr (GPtrArray) of_work = NULL;
  g_autoptr (GPtrArray) of_app = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  LanyardPermission *permission;

  save (database, work, OTHER_APP, LANYARD_VERDICT_DENY);
  save (database, work, APP, LANYARD_VERDICT_ALLOW);
  save (database, home, APP, LANYARD_VERDICT_ALLOW);

  of_work = list (database, work, NULL);
  g_assert_cmpuint (of_work->len, ==, 2);
  permission = g_ptr_array_index (of_work, 0);
  g_assert_cmpstr (lanyard_permission_get_app_id (permission), ==, APP);
  g_assert_cmpstr (lanyard_permission_get_authorization_id (permission), ==,
                   lanyard_authorization_get_id (work));
  g_assert_cmpint (lanyard_permission_get_verdict (permission), ==, LANYARD_VERDICT_ALLOW);
  g_assert_cmpint (ABS (lanyard_permission_get_decided_at (permission) - now), <=, 5);
  g_assert_cmpint (lanyard_permission_get_used_at (permission), ==, 0);
  permission = g_ptr_array_index (of_work, 1);
  g_assert_cmpstr (lanyard_permission_get_app_id (permission), ==, OTHER_APP);
  g_assert_cmpint (lanyard_permission_get_verdict (permission), ==, LANYARD_VERDICT_DENY);

  of_app = list (database, NULL, APP);
  g_assert_cmpuint (of_app->len, ==, 2);
}

static void
test_use (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) authorization = save_new (database, "Work");

  /* What was allowed once leaves no trace. */
  note_use (database, authorization, 1000);
  g_assert_cmpint (load (database, authorization, APP), ==, LANYARD_VERDICT_NONE);

  save (database, authorization, APP, LANYARD_VERDICT_ALLOW);
  note_use (database, authorization, 1000);
  g_assert_cmpint (get_used_at (database, authorization), ==, 1000);
  note_use (database, authorization, 1059);
  g_assert_cmpint (get_used_at (database, authorization), ==, 1000);
  note_use (database, authorization, 1060);
  g_assert_cmpint (get_used_at (database, authorization), ==, 1060);
  note_use (database, authorization, 500);
  g_assert_cmpint (get_used_at (database, authorization), ==, 500);

  save (database, authorization, APP, LANYARD_VERDICT_DENY);
  note_use (database, authorization, 9000);
  g_assert_cmpint (get_used_at (database, authorization), ==, 500);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/permission/gone", test_gone);
  g_test_add_func ("/store/permission/removed", test_removed);
  g_test_add_func ("/store/permission/unknown-verdict", test_unknown_verdict);
  g_test_add_func ("/store/permission/verdicts", test_verdicts);
  g_test_add_func ("/store/permission/list", test_list);
  g_test_add_func ("/store/permission/use", test_use);

  return lanyard_test_run ();
}
