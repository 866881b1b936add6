/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-record.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

static void
assert_repair (LanyardTestEngine *engine, int expected)
{
  g_autoptr (GError) error = NULL;
  int changed = lanyard_test_engine_repair (engine, &error);

  g_assert_no_error (error);
  g_assert_cmpint (changed, ==, expected);
}

/* As a crash leaves it: the item is there, its row is not. */
static char *
add_orphan (LanyardTestEngine *engine, const char *name)
{
  char *id = lanyard_test_engine_add (engine, name, "example", TOKENS, 3600);

  g_assert_true (lanyard_database_remove (engine->database, id, NULL));
  return id;
}

/* As a crash leaves it: the item knows of something that the row does not. */
static void
seal (LanyardTestEngine *engine, LanyardAuthorization *authorization, const char *credentials)
{
  g_autoptr (LanyardCredentials) secrets = lanyard_test_engine_parse_credentials (credentials);
  g_autoptr (LanyardSecret) sealed = NULL;

  lanyard_credentials_set_expires_at (secrets,
                                      lanyard_authorization_get_expires_at (authorization));
  sealed = lanyard_record_seal (authorization, secrets);
  lanyard_memory_store_put (engine->secrets, lanyard_authorization_get_id (authorization),
                            lanyard_authorization_get_name (authorization),
                            lanyard_secret_get (sealed));
}

static void
test_keyring_closed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autofree char *orphan = add_orphan (engine, "Orphan");
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) locked = NULL;

  lanyard_memory_store_set_absent (engine->secrets, TRUE);
  g_assert_cmpint (lanyard_test_engine_repair (engine, &absent), ==, -1);
  g_assert_error (absent, LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT);
  g_assert_error (lanyard_manager_get_keyring_error (engine->manager), LANYARD_ERROR,
                  LANYARD_ERROR_KEYRING_ABSENT);
  lanyard_memory_store_set_absent (engine->secrets, FALSE);

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  g_assert_cmpint (lanyard_test_engine_repair (engine, &locked), ==, -1);
  g_assert_error (locked, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  lanyard_memory_store_set_locked (engine->secrets, FALSE);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
  assert_repair (engine, 1);
}

/* Where nothing is wrong, no secret is read, open or closed. */
static void
test_nothing (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = NULL;

  assert_repair (engine, 0);
  id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  assert_repair (engine, 0);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP), ==,
                    0);
}

static void
test_orphan (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_orphan (engine, "Mail");
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);
  g_autoptr (LanyardAuthorization) row = NULL;

  assert_repair (engine, 1);
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Mail");
  g_assert_cmpstr (lanyard_authorization_get_setting (row, "client_id"), ==, "app");
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  assert_repair (engine, 0);
}

static void
test_orphan_name_taken (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *long_name = g_strnfill (200, 'x');
  g_autofree char *id = add_orphan (engine, long_name);
  g_autofree char *taken = lanyard_test_engine_add (engine, long_name, "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) row = NULL;

  assert_repair (engine, 1);
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpstr (lanyard_authorization_get_name (row), !=, long_name);
  g_assert_true (g_str_has_prefix (lanyard_authorization_get_name (row), "xxx"));
}

/* What cannot be read is left alone, and does not stop the others. */
static void
test_damaged_orphan (void)
{
  static const char *const texts[] = { "", "{}", "{\"version\":1,\"credentials\":{}}",
                                       "{\"version\":99,\"credentials\":{}}" };
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *orphan = add_orphan (engine, "Orphan");
  g_autofree char *other = lanyard_test_engine_add (engine, "Other", "example", TOKENS, 0);
  g_autofree char *foreign = g_uuid_string_random ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      lanyard_memory_store_put (engine->secrets, id, "Damaged", texts[i]);
      if (i != 2)
        g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*cannot be repaired*");
    }
  /* An item that says it is another one must not bring that one back in time. */
  lanyard_memory_store_put (engine->secrets, foreign, "Other",
                            lanyard_memory_store_peek (engine->secrets, other));
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*cannot be repaired*");
  lanyard_memory_store_put (engine->secrets, "not-ours", "Whatever", "x");

  assert_repair (engine, 1);
  g_test_assert_expected_messages ();
  g_assert_cmpint (lanyard_test_engine_get_status (engine, orphan), ==, LANYARD_STATUS_AUTHORIZED);
}

static void
test_missing_item (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) new_draft = lanyard_test_engine_new_draft ("New");
  g_autofree char *item = g_strdup (lanyard_memory_store_peek (engine->secrets, id));

  g_assert_true (lanyard_test_engine_save (engine, new_draft, NULL, NULL));
  lanyard_memory_store_put (engine->secrets, id, "Mail", NULL);
  assert_repair (engine, 1);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_INCOMPLETE);
  assert_repair (engine, 0);

  lanyard_memory_store_put (engine->secrets, id, "Mail", item);
  assert_repair (engine, 1);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
}

/* What needs no secret misses none. */
static void
test_nothing_secret (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Basic");

  lanyard_authorization_set_provider_id (draft, "basics");
  lanyard_authorization_set_type_id (draft, "basic");
  lanyard_authorization_set_setting (draft, "client_id", NULL);
  lanyard_authorization_set_setting (draft, "username", "ada");
  g_assert_true (lanyard_test_engine_save (engine, draft, "", NULL));
  g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_AUTHORIZED);
  assert_repair (engine, 0);
}

/* A sign-in after a refusal, of which only the keyring was told. */
static void
test_sign_in_unfinished (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autoptr (LanyardAuthorization) signed_in = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardAuthorization) repaired = NULL;

  lanyard_authorization_set_status (row, LANYARD_STATUS_REFUSED);
  lanyard_authorization_set_active (row, FALSE);
  g_assert_true (lanyard_database_save_state (engine->database, row, NULL));
  lanyard_authorization_set_setting (signed_in, "client_id", "other-app");
  lanyard_authorization_set_authorized_at (signed_in, now + 5);
  lanyard_authorization_set_expires_at (signed_in, now + 3600);
  seal (engine, signed_in, "client_secret=s3cret&access_token=b&refresh_token=r2");

  assert_repair (engine, 1);
  repaired = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (repaired), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_authorization_get_expires_at (repaired), ==, now + 3600);
  /* The tokens belong to the settings that they were asked for with. */
  g_assert_cmpstr (lanyard_authorization_get_setting (repaired, "client_id"), ==, "other-app");
  g_assert_false (lanyard_authorization_is_active (repaired));
  assert_repair (engine, 0);
}

/* One that still worked before is put right when it is used. */
static void
test_sign_in_unfinished_in_use (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autoptr (LanyardAuthorization) signed_in = lanyard_test_engine_load (engine, id);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_setting (signed_in, "client_id", "other-app");
  lanyard_authorization_set_authorized_at (signed_in, now + 5);
  lanyard_authorization_set_expires_at (signed_in, now + 3600);
  seal (engine, signed_in, "access_token=b&refresh_token=r2");
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpstr (lanyard_authorization_get_setting (row, "client_id"), ==, "other-app");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

/* The settings were edited after the crash: what the person did last counts. */
static void
test_sign_in_unfinished_and_edited (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autoptr (LanyardAuthorization) signed_in = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardAuthorization) repaired = NULL;

  lanyard_authorization_set_status (row, LANYARD_STATUS_REFUSED);
  g_assert_true (lanyard_database_save_state (engine->database, row, NULL));
  lanyard_authorization_set_setting (signed_in, "client_id", "other-app");
  lanyard_authorization_set_authorized_at (signed_in, now - 60);
  seal (engine, signed_in, "access_token=b&refresh_token=r2");
  lanyard_authorization_set_name (row, "Edited");
  g_assert_true (lanyard_database_save (engine->database, row, NULL));

  assert_repair (engine, 1);
  repaired = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (repaired), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpstr (lanyard_authorization_get_name (repaired), ==, "Edited");
  g_assert_cmpstr (lanyard_authorization_get_setting (repaired, "client_id"), ==, "app");
}

static void
test_revocation_unfinished (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (LanyardAuthorization) revoked = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_status (revoked, LANYARD_STATUS_REVOKED);
  lanyard_authorization_set_expires_at (revoked, 0);
  seal (engine, revoked, "client_secret=s3cret");
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_nonnull (strstr (error->message, "revoked"));
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_REVOKED);
}

static void
test_renewal_unfinished (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autoptr (LanyardAuthorization) renewed = lanyard_test_engine_load (engine, id);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;

  lanyard_authorization_set_expires_at (renewed, now + 3600);
  seal (engine, renewed, "access_token=b&refresh_token=r2");
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_expires_at (row), ==, now + 3600);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *orphan = add_orphan (engine, "Orphan");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_manager_repair_async (engine->manager, cancellable, lanyard_test_take_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (
    lanyard_manager_repair_finish (engine->manager, lanyard_test_wait_for (&result), &error), ==,
    -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_repair (engine, 1);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-repair/keyring-closed", test_keyring_closed);
  g_test_add_func ("/engine/manager-repair/damaged-orphan", test_damaged_orphan);
  g_test_add_func ("/engine/manager-repair/cancelled", test_cancelled);
  g_test_add_func ("/engine/manager-repair/nothing", test_nothing);
  g_test_add_func ("/engine/manager-repair/nothing-secret", test_nothing_secret);
  g_test_add_func ("/engine/manager-repair/orphan", test_orphan);
  g_test_add_func ("/engine/manager-repair/orphan-name-taken", test_orphan_name_taken);
  g_test_add_func ("/engine/manager-repair/missing-item", test_missing_item);
  g_test_add_func ("/engine/manager-repair/sign-in-unfinished", test_sign_in_unfinished);
  g_test_add_func ("/engine/manager-repair/sign-in-unfinished-in-use",
                   test_sign_in_unfinished_in_use);
  g_test_add_func ("/engine/manager-repair/sign-in-unfinished-and-edited",
                   test_sign_in_unfinished_and_edited);
  g_test_add_func ("/engine/manager-repair/revocation-unfinished", test_revocation_unfinished);
  g_test_add_func ("/engine/manager-repair/renewal-unfinished", test_renewal_unfinished);

  return lanyard_test_run ();
}
