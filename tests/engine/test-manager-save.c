/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-database-private.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

static guint
count_rows (LanyardTestEngine *engine)
{
  g_autoptr (GPtrArray) rows = lanyard_database_load_all (engine->database, NULL);

  return rows->len;
}

static void
assert_not_saved (LanyardTestEngine *engine,
                  LanyardAuthorization *draft,
                  const char *credentials,
                  LanyardError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_test_engine_save (engine, draft, credentials, &error));
  g_assert_error (error, LANYARD_ERROR, (int)code);
}

static void
test_invalid (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *long_name = g_strnfill (10000, 'x');
  const char *const names[] = { "", " ", "a\nb", long_name };
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LanyardAuthorization) unnamed = lanyard_test_engine_new_draft (names[i]);

      assert_not_saved (engine, unnamed, "client_secret=s", LANYARD_ERROR_INVALID);
    }

  lanyard_authorization_set_setting (draft, "token_endpoint", "http://id.example.org/");
  assert_not_saved (engine, draft, NULL, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_setting (draft, "token_endpoint", NULL);
  lanyard_authorization_set_setting (draft, "client_secret", "in the open");
  assert_not_saved (engine, draft, NULL, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_setting (draft, "client_secret", NULL);
  lanyard_authorization_set_type_id (draft, "basic");
  assert_not_saved (engine, draft, NULL, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_type_id (draft, "oauth2");
  lanyard_authorization_set_provider_id (draft, "nobody");
  assert_not_saved (engine, draft, NULL, LANYARD_ERROR_NOT_FOUND);

  g_assert_cmpuint (count_rows (engine), ==, 0);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_STORE), ==,
                    0);
}

static void
test_name_taken (void)
{
  static const char *const same[] = { "Mail", "mail", " MAIL ", "ｍａｉｌ" };
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) own = lanyard_test_engine_load (engine, id);

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft (same[i]);

      assert_not_saved (engine, draft, "client_secret=s", LANYARD_ERROR_EXISTS);
    }
  g_assert_cmpuint (count_rows (engine), ==, 1);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_STORE), ==,
                    0);

  /* Its own name is not taken. */
  lanyard_authorization_set_name (own, "MAIL");
  g_assert_true (lanyard_test_engine_save (engine, own, NULL, NULL));
}

static void
test_right_to_left (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("הדואר שלי");
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_test_engine_save (engine, draft, "client_secret=s", &error));
  g_assert_no_error (error);
}

static void
test_error_names_it (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("My mail");
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  g_assert_false (lanyard_test_engine_save (engine, draft, "client_secret=s3cret", &error));
  g_assert_true (g_str_has_prefix (error->message, "My mail: "));
  g_assert_null (strstr (error->message, "s3cret"));
}

static void
test_new (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);
  const char *id = lanyard_authorization_get_id (draft);
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_test_engine_save (engine, draft, "client_secret=s3cret", &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_authorization_get_revision (draft), ==, 1);
  g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_NEW);
  row = lanyard_test_engine_load (engine, id);
  g_assert_true (lanyard_authorization_equal (row, draft));
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "s3cret");
  g_assert_cmpstr (lanyard_memory_store_peek_label (engine->secrets, id), ==, "Mail");
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
}

/* Only what the type calls secret gets into the keyring from an editor. */
static void
test_entered_only (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  const char *id = lanyard_authorization_get_id (draft);

  g_assert_true (
    lanyard_test_engine_save (engine, draft, "client_secret=s&access_token=made-up&x=y", NULL));
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "s");
  lanyard_test_engine_assert_secret (engine, id, "access_token", NULL);
  lanyard_test_engine_assert_secret (engine, id, "x", NULL);
}

static void
test_nothing_secret (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");

  g_assert_true (lanyard_test_engine_save (engine, draft, "", NULL));
  g_assert_cmpuint (count_rows (engine), ==, 1);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_WRITE), ==,
                    0);
}

/* NULL credentials leave the keyring alone: it need not even be there. */
static void
test_settings_only (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_absent (engine->secrets, TRUE);
  lanyard_authorization_set_setting (draft, "resource", "https://api.example.org");
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_authorization_get_revision (draft), ==, 2);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP), ==,
                    0);
}

static void
test_renewed_token_kept (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardCredentials) renewed = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;
  gint64 expires_at;

  /* The editor was opened; then somebody needed a token. */
  lanyard_scripted_transport_add_answer (
    engine->transport, 200, "{'access_token': 'new', 'refresh_token': 'r2', 'expires_in': 3600}");
  renewed = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_no_error (error);
  expires_at = lanyard_credentials_get_expires_at (renewed);

  lanyard_authorization_set_name (draft, "Renamed");
  g_assert_true (lanyard_test_engine_save (
    engine, draft, "client_secret=changed&access_token=a&refresh_token=r", &error));
  g_assert_no_error (error);
  lanyard_test_engine_assert_secret (engine, id, "access_token", "new");
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r2");
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "changed");
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_expires_at (row), ==, expires_at);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Renamed");
  g_assert_cmpint (lanyard_authorization_get_expires_at (draft), ==, expires_at);
}

/* What happened to it while an editor was open is not undone by what the editor saves. */
static void
test_state_kept (void)
{
  static const char *const credentials[] = { NULL, "client_secret=s3cret" };

  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
      g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
      g_autoptr (LanyardAuthorization) row = NULL;
      g_autoptr (GError) error = NULL;

      lanyard_scripted_transport_add_answer (engine->transport, 400, "{'error': 'invalid_grant'}");
      g_assert_null (lanyard_test_engine_get_credentials (engine, id, 0, NULL));
      g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));

      lanyard_authorization_set_name (draft, "Renamed");
      g_assert_true (lanyard_test_engine_save (engine, draft, credentials[i], &error));
      g_assert_no_error (error);
      row = lanyard_test_engine_load (engine, id);
      g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Renamed");
      g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_REFUSED);
      g_assert_false (lanyard_authorization_is_active (row));
      g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_REFUSED);
      g_assert_false (lanyard_authorization_is_active (draft));
    }
}

/* The tokens of one provider are nothing for another. */
static void
test_provider_changed (void)
{
  static const char *const credentials[] = { NULL, "client_secret=new" };

  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
      g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
      g_autoptr (LanyardAuthorization) row = NULL;
      g_autoptr (GError) error = NULL;

      lanyard_authorization_set_account (draft, "Ada");
      lanyard_authorization_set_provider_id (draft, "other");
      g_assert_true (lanyard_test_engine_save (engine, draft, credentials[i], &error));
      g_assert_no_error (error);
      row = lanyard_test_engine_load (engine, id);
      g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_NEW);
      g_assert_cmpint (lanyard_authorization_get_expires_at (row), ==, 0);
      g_assert_false (lanyard_authorization_is_renewable (row));
      g_assert_null (lanyard_authorization_get_account (row));
      lanyard_test_engine_assert_secret (engine, id, "access_token", NULL);
      lanyard_test_engine_assert_secret (engine, id, "refresh_token", NULL);
      lanyard_test_engine_assert_secret (engine, id, "client_secret", i == 0 ? NULL : "new");
    }
}

static void
test_conflict (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) beside = lanyard_test_engine_new_beside (engine);
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) first = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) second = lanyard_test_engine_load (beside, id);
  g_autoptr (LanyardAuthorization) row = NULL;

  lanyard_authorization_set_name (first, "First");
  lanyard_authorization_set_name (second, "Second");
  g_assert_true (lanyard_test_engine_save (engine, first, "client_secret=first", NULL));
  assert_not_saved (beside, second, "client_secret=second", LANYARD_ERROR_CONFLICT);
  assert_not_saved (beside, second, NULL, LANYARD_ERROR_CONFLICT);
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "First");
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "first");
  lanyard_test_engine_assert_secret (engine, id, "access_token", "a");
}

/* Both began before either had saved. */
static void
test_conflict_at_once (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) beside = lanyard_test_engine_new_beside (engine);
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) first = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) second = lanyard_test_engine_load (beside, id);
  g_autoptr (LanyardCredentials) first_secret =
    lanyard_test_engine_parse_credentials ("client_secret=first");
  g_autoptr (LanyardCredentials) second_secret =
    lanyard_test_engine_parse_credentials ("client_secret=second");
  g_autoptr (GAsyncResult) first_result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_name (first, "First");
  lanyard_authorization_set_name (second, "Second");
  lanyard_manager_save_async (engine->manager, first, first_secret, NULL,
                              lanyard_test_take_result_cb, &first_result);
  lanyard_manager_save_async (beside->manager, second, second_secret, NULL,
                              lanyard_test_take_result_cb, &second_result);
  g_assert_true (
    lanyard_manager_save_finish (engine->manager, lanyard_test_wait_for (&first_result), NULL));
  g_assert_false (
    lanyard_manager_save_finish (beside->manager, lanyard_test_wait_for (&second_result), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT);
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "First");
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "first");
}

static void
test_deleted_meanwhile (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);

  g_assert_true (lanyard_test_engine_remove (engine, id, NULL));
  assert_not_saved (engine, draft, "client_secret=s", LANYARD_ERROR_CONFLICT);
  g_assert_null (lanyard_memory_store_peek (engine->secrets, id));
  g_assert_cmpuint (count_rows (engine), ==, 0);
}

static void
test_keyring_trouble (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  assert_not_saved (engine, draft, "client_secret=s", LANYARD_ERROR_KEYRING_LOCKED);
  lanyard_memory_store_set_locked (engine->secrets, FALSE);
  lanyard_memory_store_set_absent (engine->secrets, TRUE);
  assert_not_saved (engine, draft, "client_secret=s", LANYARD_ERROR_KEYRING_ABSENT);
  lanyard_memory_store_set_absent (engine->secrets, FALSE);
  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_STORE);
  assert_not_saved (engine, draft, "client_secret=s", LANYARD_ERROR_FAILED);
  g_assert_cmpuint (count_rows (engine), ==, 0);

  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_N_CALLS);
  g_assert_true (lanyard_test_engine_save (engine, draft, "client_secret=s", NULL));
}

static void
break_database (LanyardTestEngine *engine, const char *trigger)
{
  g_autofree char *sql = g_strdup_printf (
    "CREATE TRIGGER broken BEFORE %s BEGIN SELECT RAISE (ABORT, 'broken'); END", trigger);
  g_autoptr (GError) error = NULL;

  lanyard_sqlite_run (lanyard_database_get_handle (engine->database), sql, &error);
  g_assert_no_error (error);
}

/* A new item whose row could not be written must not stay behind. */
static void
test_database_trouble (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");

  break_database (engine, "INSERT ON authorization");
  assert_not_saved (engine, draft, "client_secret=s", LANYARD_ERROR_STORAGE);
  g_assert_null (lanyard_memory_store_peek (engine->secrets, lanyard_authorization_get_id (draft)));
  g_assert_cmpint (lanyard_authorization_get_revision (draft), ==, 0);
}

static void
test_without_consent (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Key");

  lanyard_authorization_set_provider_id (draft, "keys");
  lanyard_authorization_set_type_id (draft, "api-key");
  lanyard_authorization_set_setting (draft, "client_id", NULL);
  g_assert_true (lanyard_test_engine_save (engine, draft, "", NULL));
  g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_NEW);
  g_assert_true (lanyard_test_engine_save (engine, draft, "api_key=k", NULL));
  g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, lanyard_authorization_get_id (draft)),
                   ==, LANYARD_STATUS_AUTHORIZED);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-save/invalid", test_invalid);
  g_test_add_func ("/engine/manager-save/name-taken", test_name_taken);
  g_test_add_func ("/engine/manager-save/error-names-it", test_error_names_it);
  g_test_add_func ("/engine/manager-save/conflict", test_conflict);
  g_test_add_func ("/engine/manager-save/conflict-at-once", test_conflict_at_once);
  g_test_add_func ("/engine/manager-save/deleted-meanwhile", test_deleted_meanwhile);
  g_test_add_func ("/engine/manager-save/keyring-trouble", test_keyring_trouble);
  g_test_add_func ("/engine/manager-save/database-trouble", test_database_trouble);
  g_test_add_func ("/engine/manager-save/right-to-left", test_right_to_left);
  g_test_add_func ("/engine/manager-save/new", test_new);
  g_test_add_func ("/engine/manager-save/entered-only", test_entered_only);
  g_test_add_func ("/engine/manager-save/nothing-secret", test_nothing_secret);
  g_test_add_func ("/engine/manager-save/settings-only", test_settings_only);
  g_test_add_func ("/engine/manager-save/renewed-token-kept", test_renewed_token_kept);
  g_test_add_func ("/engine/manager-save/state-kept", test_state_kept);
  g_test_add_func ("/engine/manager-save/provider-changed", test_provider_changed);
  g_test_add_func ("/engine/manager-save/without-consent", test_without_consent);

  return lanyard_test_run ();
}
