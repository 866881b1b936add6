/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

static void
assert_refused (LanyardTestEngine *engine, const char *id, LanyardError code)
{
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) apply_error = NULL;

  credentials = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_null (credentials);
  g_assert_error (error, LANYARD_ERROR, (int)code);
  request = lanyard_test_engine_apply (engine, id, "https://api.example.org/", &apply_error);
  g_assert_null (request);
  g_assert_error (apply_error, LANYARD_ERROR, (int)code);
}

static void
assert_token (LanyardTestEngine *engine, const char *id, guint min_valid, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_test_engine_get_credentials (engine, id, min_valid, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, expected);
}

static void
test_unknown (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;

  assert_refused (engine, id, LANYARD_ERROR_NOT_FOUND);
  g_assert_false (lanyard_test_engine_refresh (engine, id, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

/* What the database alone can say asks neither the keyring nor the provider. */
static void
test_status_refuses (void)
{
  static const LanyardStatus statuses[] = { LANYARD_STATUS_NEW, LANYARD_STATUS_REFUSED,
                                            LANYARD_STATUS_REVOKED };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, -60);
      g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
      g_autoptr (GError) error = NULL;

      lanyard_authorization_set_status (row, statuses[i]);
      g_assert_true (lanyard_database_save_state (engine->database, row, NULL));
      assert_refused (engine, id, LANYARD_ERROR_NOT_AUTHORIZED);
      g_assert_false (lanyard_test_engine_refresh (engine, id, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
      g_assert_true (g_str_has_prefix (error->message, "My mail: "));
      g_assert_nonnull (strstr (error->message, "authorize it"));
      g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, statuses[i]);
      g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP),
                        ==, 0);
      g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
    }
}

static void
test_inactive (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) beside = lanyard_test_engine_new_beside (engine);
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));
  assert_refused (engine, id, LANYARD_ERROR_INACTIVE);
  /* At once in every other program, too. */
  assert_refused (beside, id, LANYARD_ERROR_INACTIVE);
  g_assert_false (lanyard_test_engine_refresh (beside, id, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INACTIVE);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP), ==,
                    0);

  g_assert_true (lanyard_manager_set_active (engine->manager, id, TRUE, NULL));
  assert_token (engine, id, 0, "a");
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_STORE), ==,
                    0);
}

static void
test_missing_item (void)
{
  static const char *const items[] = { NULL, "client_secret=s3cret" };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example",
                                                     items[i] != NULL ? items[i] : TOKENS, 0);

      if (items[i] == NULL)
        lanyard_memory_store_put (engine->secrets, id, "Mail", NULL);
      assert_refused (engine, id, LANYARD_ERROR_NOT_AUTHORIZED);
      g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_INCOMPLETE);
    }
}

/* It was missing, and is there again: the keyring was restored from a backup. */
static void
test_item_back (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autofree char *item = g_strdup (lanyard_memory_store_peek (engine->secrets, id));

  lanyard_memory_store_put (engine->secrets, id, "Mail", NULL);
  assert_refused (engine, id, LANYARD_ERROR_NOT_AUTHORIZED);
  lanyard_memory_store_put (engine->secrets, id, "Mail", item);
  assert_token (engine, id, 0, "a");
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
}

/* A damaged item is said to be, and nothing is done about it. */
static void
test_damaged_item (void)
{
  static const char *const texts[] = { "", "{", "[]", "{\"version\":1}",
                                       "{\"version\":99,\"credentials\":{}}" };
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      lanyard_memory_store_put (engine->secrets, id, "Mail", texts[i]);
      g_assert_null (lanyard_test_engine_get_credentials (engine, id, 0, &error));
      g_assert_true (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_INVALID) ||
                     g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER));
      g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
      g_assert_cmpstr (lanyard_memory_store_peek (engine->secrets, id), ==, texts[i]);
    }
}

/* Quirk F6: the provider says from when on a token should be renewed, and before when it must not.
 */
static void
test_margin_of_provider (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *early = lanyard_test_engine_add (engine, "Early", "punctual", TOKENS, 300);
  g_autofree char *good = lanyard_test_engine_add (engine, "Good", "punctual", TOKENS, 140);
  g_autofree char *late = lanyard_test_engine_add (engine, "Late", "punctual", TOKENS, 100);

  assert_token (engine, good, 0, "a");
  /* What is asked for cannot be had yet. */
  assert_token (engine, early, 600, "a");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'expires_in': 300}");
  assert_token (engine, late, 0, "b");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

/* Up to the margin a token is handed out as it is, without asking the provider. */
static void
test_valid (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *hour = lanyard_test_engine_add (engine, "Hour", "example", TOKENS, 3600);
  g_autofree char *forever = lanyard_test_engine_add (engine, "Forever", "example", TOKENS, 0);
  g_autofree char *minute = lanyard_test_engine_add (engine, "Minute", "example", TOKENS, 60);

  assert_token (engine, hour, 0, "a");
  assert_token (engine, hour, 3500, "a");
  assert_token (engine, forever, 86400, "a");
  assert_token (engine, minute, 0, "a");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_STORE), ==,
                    0);
}

static void
test_min_valid (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *minute = lanyard_test_engine_add (engine, "Minute", "example", TOKENS, 60);
  g_autofree char *seconds = lanyard_test_engine_add (engine, "Seconds", "example", TOKENS, 5);

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'expires_in': 3600}");
  assert_token (engine, minute, 300, "b");
  /* A token that ends in a moment is of no use. */
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'c', 'expires_in': 3600}");
  assert_token (engine, seconds, 0, "c");
}

static void
test_not_renewable (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *expired =
    lanyard_test_engine_add (engine, "Expired", "example", "access_token=a", -1);
  g_autofree char *minute =
    lanyard_test_engine_add (engine, "Minute", "example", "access_token=a", 60);
  g_autoptr (GError) error = NULL;

  assert_refused (engine, expired, LANYARD_ERROR_NOT_AUTHORIZED);
  assert_token (engine, minute, 300, "a");
  g_assert_false (lanyard_test_engine_refresh (engine, minute, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
  /* The token is good yet: nobody refused it. */
  g_assert_cmpint (lanyard_test_engine_get_status (engine, minute), ==, LANYARD_STATUS_AUTHORIZED);
  assert_token (engine, minute, 0, "a");
}

/* While the provider cannot be reached, a token that is still good is handed out. */
static void
test_still_good (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 8);

  lanyard_scripted_transport_add_error (engine->transport, LANYARD_ERROR_NETWORK);
  assert_token (engine, id, 2, "a");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

static void
test_apply (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autoptr (LanyardRequest) request = NULL;
  g_autoptr (LanyardRequest) refused = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'expires_in': 3600}");
  request = lanyard_test_engine_apply (engine, id, "https://api.example.org/x?y", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (request->uri, ==, "https://api.example.org/x?y");
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer b");

  refused = lanyard_test_engine_apply (engine, id, "http://api.example.org/", &error);
  g_assert_null (refused);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_key (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Key");
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardRequest) request = NULL;
  const char *id = lanyard_authorization_get_id (draft);

  lanyard_authorization_set_provider_id (draft, "keys");
  lanyard_authorization_set_type_id (draft, "api-key");
  lanyard_authorization_set_setting (draft, "client_id", NULL);
  g_assert_true (lanyard_test_engine_save (engine, draft, "api_key=k3y", NULL));
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "api_key"), ==, "k3y");
  request = lanyard_test_engine_apply (engine, id, "https://api.example.org/", NULL);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer k3y");
}

static void
test_load (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, -60);
  g_autofree char *unknown = g_uuid_string_random ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) unknown_result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardCredentials) nothing = NULL;
  g_auto (GStrv) names = NULL;

  /* The editor takes them as they are, expired or not. */
  lanyard_manager_load_credentials_async (engine->manager, id, NULL, lanyard_test_take_result_cb,
                                          &result);
  credentials = lanyard_manager_load_credentials_finish (engine->manager,
                                                         lanyard_test_wait_for (&result), NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "a");

  lanyard_manager_load_credentials_async (engine->manager, unknown, NULL,
                                          lanyard_test_take_result_cb, &unknown_result);
  nothing = lanyard_manager_load_credentials_finish (engine->manager,
                                                     lanyard_test_wait_for (&unknown_result), NULL);
  names = lanyard_credentials_list_names (nothing);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-credentials/unknown", test_unknown);
  g_test_add_func ("/engine/manager-credentials/status-refuses", test_status_refuses);
  g_test_add_func ("/engine/manager-credentials/inactive", test_inactive);
  g_test_add_func ("/engine/manager-credentials/missing-item", test_missing_item);
  g_test_add_func ("/engine/manager-credentials/item-back", test_item_back);
  g_test_add_func ("/engine/manager-credentials/damaged-item", test_damaged_item);
  g_test_add_func ("/engine/manager-credentials/not-renewable", test_not_renewable);
  g_test_add_func ("/engine/manager-credentials/still-good", test_still_good);
  g_test_add_func ("/engine/manager-credentials/rfc6749-15-valid", test_valid);
  g_test_add_func ("/engine/manager-credentials/min-valid", test_min_valid);
  g_test_add_func ("/engine/manager-credentials/apply", test_apply);
  g_test_add_func ("/engine/manager-credentials/key", test_key);
  g_test_add_func ("/engine/manager-credentials/load", test_load);
  g_test_add_func ("/engine/manager-credentials/f6-margin-of-provider", test_margin_of_provider);

  return lanyard_test_run ();
}
