/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list, what needs no provider, and what is known of the keyring. */

#include "config.h"

#include "lanyard-test-engine.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

static void
count_cb (gpointer count)
{
  ++*(guint *)count;
}

static void
test_context_refused (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  g_autoptr (GError) provider_error = NULL;
  g_autoptr (GError) type_error = NULL;

  lanyard_authorization_set_type_id (draft, "basic");
  g_assert_null (lanyard_manager_dup_context (engine->manager, draft, NULL, &type_error));
  g_assert_error (type_error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_provider_id (draft, "nobody");
  g_assert_null (lanyard_manager_dup_context (engine->manager, draft, NULL, &provider_error));
  g_assert_error (provider_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static void
test_set_active_unknown (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_manager_set_active (engine->manager, id, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static void
test_remove_fails (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 0);
  g_autofree char *unknown = g_uuid_string_random ();
  g_autoptr (GError) locked = NULL;
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) not_found = NULL;

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  g_assert_false (lanyard_test_engine_remove (engine, id, &locked));
  g_assert_error (locked, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_true (g_str_has_prefix (locked->message, "My mail: "));
  lanyard_memory_store_set_locked (engine->secrets, FALSE);
  lanyard_memory_store_set_absent (engine->secrets, TRUE);
  g_assert_false (lanyard_test_engine_remove (engine, id, &absent));
  g_assert_error (absent, LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT);
  lanyard_memory_store_set_absent (engine->secrets, FALSE);
  g_assert_false (lanyard_test_engine_remove (engine, unknown, &not_found));
  g_assert_error (not_found, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);

  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r");
}

static void
test_remove (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autofree char *kept = lanyard_test_engine_add (engine, "Kept", "example", TOKENS, 0);
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);
  g_autoptr (LanyardAuthorization) shown = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_true (lanyard_test_engine_remove (engine, id, &error));
  g_assert_no_error (error);
  g_assert_null (lanyard_memory_store_peek (engine->secrets, id));
  row = lanyard_database_load (engine->database, id, NULL);
  g_assert_null (row);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  shown = g_list_model_get_item (list, 0);
  g_assert_cmpstr (lanyard_authorization_get_id (shown), ==, kept);
}

/* The objects stay while their row is there, so that windows can follow them. */
static void
test_list_follows (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);
  g_autoptr (LanyardAuthorization) shown = g_list_model_get_item (list, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) new_draft = lanyard_test_engine_new_draft ("New");
  guint n_notified = 0;

  g_assert_true (lanyard_manager_get_authorizations (engine->manager, NULL) == list);
  g_assert_true (G_IS_LIST_MODEL (list));
  g_signal_connect_swapped (shown, "notify::active", G_CALLBACK (count_cb), &n_notified);
  g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (lanyard_authorization_is_active (shown));

  lanyard_authorization_set_name (draft, "Renamed");
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, NULL));
  g_assert_cmpstr (lanyard_authorization_get_name (shown), ==, "Renamed");

  g_assert_true (lanyard_test_engine_save (engine, new_draft, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_true (g_list_model_get_item (list, 0) == shown);
  g_object_unref (shown);
  /* What the list has is its own: a draft is the editor's. */
  lanyard_authorization_set_name (new_draft, "Not saved");
  {
    g_autoptr (LanyardAuthorization) second = g_list_model_get_item (list, 1);

    g_assert_cmpstr (lanyard_authorization_get_name (second), ==, "New");
  }
}

/* Another program did all of it. */
static void
test_list_follows_others (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) beside = lanyard_test_engine_new_beside (engine);
  g_autofree char *gone = lanyard_test_engine_add (engine, "Gone", "example", TOKENS, 0);
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);
  g_autoptr (LanyardAuthorization) shown = g_list_model_get_item (list, 1);
  g_autoptr (LanyardAuthorization) new_draft = lanyard_test_engine_new_draft ("New");
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (beside, id);
  gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  g_assert_cmpstr (lanyard_authorization_get_id (shown), ==, id);
  lanyard_authorization_set_name (draft, "Renamed");
  g_assert_true (lanyard_test_engine_save (beside, draft, NULL, NULL));
  g_assert_true (lanyard_test_engine_save (beside, new_draft, NULL, NULL));
  g_assert_true (lanyard_test_engine_remove (beside, gone, NULL));

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (LanyardAuthorization) second = g_list_model_get_item (list, 1);

      if (g_list_model_get_n_items (list) == 2 &&
          g_strcmp0 (lanyard_authorization_get_name (shown), "Renamed") == 0 &&
          g_strcmp0 (lanyard_authorization_get_name (second), "New") == 0)
        break;
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_cmpstr (lanyard_authorization_get_name (shown), ==, "Renamed");
}

static void
test_list_without_keyring (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));
  g_assert_true (lanyard_manager_set_active (engine->manager, id, TRUE, NULL));
  for (LanyardMemoryStoreCall call = 0; call < LANYARD_MEMORY_STORE_N_CALLS; call++)
    g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, call), ==, 0);
}

static void
assert_keyring (LanyardTestEngine *engine, const char *id, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) noted = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_test_engine_get_credentials (engine, id, 0, &error);

  g_object_get (engine->manager, "keyring-error", &noted, NULL);
  g_assert_cmpint (noted != NULL, ==, lanyard_manager_get_keyring_error (engine->manager) != NULL);
  if (code < 0)
    {
      g_assert_nonnull (credentials);
      g_assert_null (noted);
    }
  else
    {
      g_assert_error (error, LANYARD_ERROR, code);
      g_assert_error (noted, LANYARD_ERROR, code);
      g_assert_error (lanyard_manager_get_keyring_error (engine->manager), LANYARD_ERROR, code);
    }
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
}

static void
test_keyring_error (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (GAsyncResult) result = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (engine->manager, "notify::keyring-error", G_CALLBACK (count_cb),
                            &n_notified);
  assert_keyring (engine, id, -1);
  g_assert_cmpuint (n_notified, ==, 0);
  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  assert_keyring (engine, id, LANYARD_ERROR_KEYRING_LOCKED);
  assert_keyring (engine, id, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (n_notified, ==, 1);
  lanyard_memory_store_set_absent (engine->secrets, TRUE);
  assert_keyring (engine, id, LANYARD_ERROR_KEYRING_ABSENT);
  g_assert_cmpuint (n_notified, ==, 2);
  lanyard_memory_store_set_absent (engine->secrets, FALSE);

  lanyard_manager_unlock_async (engine->manager, NULL, lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_unlock_finish (engine->manager, lanyard_test_wait_for (&result), NULL));
  g_assert_null (lanyard_manager_get_keyring_error (engine->manager));
  g_assert_cmpuint (n_notified, ==, 3);
  assert_keyring (engine, id, -1);
}

/* What the keyring itself gets wrong says nothing about whether it is open. */
static void
test_keyring_failing (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_failing (engine->secrets, TRUE);
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_assert_null (lanyard_manager_get_keyring_error (engine->manager));
}

static void
test_unlock_dismissed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  lanyard_memory_store_set_dismissing (engine->secrets, TRUE);
  lanyard_manager_unlock_async (engine->manager, NULL, lanyard_test_take_result_cb, &result);
  g_assert_false (
    lanyard_manager_unlock_finish (engine->manager, lanyard_test_wait_for (&result), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_error (lanyard_manager_get_keyring_error (engine->manager), LANYARD_ERROR,
                  LANYARD_ERROR_KEYRING_LOCKED);
}

static void
test_getters (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();

  g_assert_true (lanyard_manager_get_database (engine->manager) == engine->database);
  g_assert_true (LANYARD_IS_CATALOGUE (lanyard_manager_get_catalogue (engine->manager)));
  g_assert_null (lanyard_manager_get_keyring_error (engine->manager));
  g_assert_false (lanyard_manager_is_renewing (engine->manager));
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager/context-refused", test_context_refused);
  g_test_add_func ("/engine/manager/set-active-unknown", test_set_active_unknown);
  g_test_add_func ("/engine/manager/remove-fails", test_remove_fails);
  g_test_add_func ("/engine/manager/keyring-error", test_keyring_error);
  g_test_add_func ("/engine/manager/keyring-failing", test_keyring_failing);
  g_test_add_func ("/engine/manager/unlock-dismissed", test_unlock_dismissed);
  g_test_add_func ("/engine/manager/remove", test_remove);
  g_test_add_func ("/engine/manager/list-follows", test_list_follows);
  g_test_add_func ("/engine/manager/list-follows-others", test_list_follows_others);
  g_test_add_func ("/engine/manager/list-without-keyring", test_list_without_keyring);
  g_test_add_func ("/engine/manager/getters", test_getters);

  return lanyard_test_run ();
}
