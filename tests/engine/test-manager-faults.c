/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A database that cannot be written, and a folder for locks that cannot be used: each is said, with
 * the name of the authorization, and what was there before still works when it is over. */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-database-private.h"

#include <glib/gstdio.h>

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

static void
run_sql (LanyardTestEngine *engine, const char *sql)
{
  g_autoptr (GError) error = NULL;

  lanyard_sqlite_run (lanyard_database_get_handle (engine->database), sql, &error);
  g_assert_no_error (error);
}

static void
break_database (LanyardTestEngine *engine)
{
  run_sql (engine, "CREATE TRIGGER broken_insert BEFORE INSERT ON authorization"
                   " BEGIN SELECT RAISE (ABORT, 'broken'); END");
  run_sql (engine, "CREATE TRIGGER broken_update BEFORE UPDATE ON authorization"
                   " BEGIN SELECT RAISE (ABORT, 'broken'); END");
  run_sql (engine, "CREATE TRIGGER broken_delete BEFORE DELETE ON authorization"
                   " BEGIN SELECT RAISE (ABORT, 'broken'); END");
}

static void
mend_database (LanyardTestEngine *engine)
{
  run_sql (engine, "DROP TRIGGER broken_insert");
  run_sql (engine, "DROP TRIGGER broken_update");
  run_sql (engine, "DROP TRIGGER broken_delete");
}

static void
assert_storage (GError *error)
{
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE);
  g_assert_true (g_str_has_prefix (error->message, "My mail: "));
}

/* The new token is in the keyring: it is handed out as soon as the database can be written. */
static void
test_renew (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, -60);
  g_autoptr (LanyardCredentials) none = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  break_database (engine);
  lanyard_scripted_transport_add_answer (
    engine->transport, 200, "{'access_token': 'b', 'refresh_token': 'r2', 'expires_in': 3600}");
  none = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_null (none);
  assert_storage (error);
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r2");

  mend_database (engine);
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

/* While the database is full, a token that is good is still handed out. */
static void
test_behind (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardCredentials) credentials = NULL;

  lanyard_authorization_set_expires_at (row, 1);
  g_assert_true (lanyard_database_save_state (engine->database, row, NULL));
  break_database (engine);
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*could not be saved*");
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "a");
}

static void
test_refused (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, -60);
  g_autoptr (GError) error = NULL;

  break_database (engine);
  lanyard_scripted_transport_add_answer (engine->transport, 400, "{'error': 'invalid_grant'}");
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*could not be saved*");
  g_assert_false (lanyard_test_engine_refresh (engine, id, &error));
  g_test_assert_expected_messages ();
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

static void
test_others (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (GError) save_error = NULL;
  g_autoptr (GError) remove_error = NULL;
  g_autoptr (GError) active_error = NULL;
  g_autoptr (GError) revoke_error = NULL;

  break_database (engine);
  g_assert_false (lanyard_test_engine_save (engine, draft, "client_secret=new", &save_error));
  assert_storage (save_error);
  g_assert_false (lanyard_manager_set_active (engine->manager, id, FALSE, &active_error));
  g_assert_error (active_error, LANYARD_ERROR, LANYARD_ERROR_STORAGE);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  g_assert_false (lanyard_test_engine_revoke (engine, id, &revoke_error));
  assert_storage (revoke_error);
  g_assert_false (lanyard_test_engine_remove (engine, id, &remove_error));
  assert_storage (remove_error);

  mend_database (engine);
  g_assert_true (lanyard_test_engine_remove (engine, id, NULL));
}

/* The first error is what the person is told, not that nothing could be tidied up. */
static void
test_nothing_works (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("My mail");
  g_autoptr (GError) error = NULL;

  break_database (engine);
  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_REMOVE);
  g_assert_false (lanyard_test_engine_save (engine, draft, "client_secret=s", &error));
  assert_storage (error);

  mend_database (engine);
  g_assert_cmpint (lanyard_test_engine_repair (engine, NULL), ==, 1);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, lanyard_authorization_get_id (draft)),
                   ==, LANYARD_STATUS_NEW);
}

static void
test_no_locks (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, -60);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "lanyard", NULL);
  g_autofree char *aside = g_strconcat (folder, "-aside", NULL);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (GError) save_error = NULL;
  g_autoptr (GError) renew_error = NULL;
  g_autoptr (GError) revoke_error = NULL;
  g_autoptr (GError) remove_error = NULL;

  g_rename (folder, aside);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (lanyard_test_engine_save (engine, draft, "client_secret=s", &save_error));
  assert_storage (save_error);
  g_assert_false (lanyard_test_engine_refresh (engine, id, &renew_error));
  assert_storage (renew_error);
  g_assert_false (lanyard_test_engine_revoke (engine, id, &revoke_error));
  assert_storage (revoke_error);
  g_assert_false (lanyard_test_engine_remove (engine, id, &remove_error));
  assert_storage (remove_error);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r");

  g_assert_cmpint (g_remove (folder), ==, 0);
  g_rename (aside, folder);
  g_assert_true (lanyard_test_engine_save (engine, draft, "client_secret=s", NULL));
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-faults/renew", test_renew);
  g_test_add_func ("/engine/manager-faults/behind", test_behind);
  g_test_add_func ("/engine/manager-faults/refused", test_refused);
  g_test_add_func ("/engine/manager-faults/others", test_others);
  g_test_add_func ("/engine/manager-faults/nothing-works", test_nothing_works);
  g_test_add_func ("/engine/manager-faults/no-locks", test_no_locks);

  return lanyard_test_run ();
}
