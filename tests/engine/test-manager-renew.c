/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-lock.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"
#define N_ASKERS 100

static char *
add_expired (LanyardTestEngine *engine)
{
  return lanyard_test_engine_add (engine, "My mail", "example", TOKENS, -60);
}

/* How often the message names its authorization. */
static guint
count_prefixes (const char *message)
{
  guint count = 0;

  for (const char *p = strstr (message, "My mail: "); p != NULL; p = strstr (p + 1, "My mail: "))
    count++;
  return count;
}

static void
ask (LanyardTestEngine *engine, const char *id, GCancellable *cancellable, GAsyncResult **result)
{
  lanyard_manager_get_credentials_async (engine->manager, id, 0, cancellable,
                                         lanyard_test_take_result_cb, result);
}

static LanyardCredentials *
finish (LanyardTestEngine *engine, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) owned = NULL;

  lanyard_test_wait_for (result);
  owned = g_steal_pointer (result);
  return lanyard_manager_get_credentials_finish (engine->manager, owned, error);
}

/* One refresh, whoever asks. */
static void
test_one_refresh (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  GAsyncResult *results[N_ASKERS] = { NULL };

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'expires_in': 3600}");
  for (guint i = 0; i < N_ASKERS; i++)
    ask (engine, id, NULL, &results[i]);
  for (guint i = 0; i < N_ASKERS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardCredentials) credentials = finish (engine, &results[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
    }
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_WRITE), ==,
                    1);
}

static void
test_one_failure (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  GAsyncResult *results[N_ASKERS] = { NULL };

  lanyard_scripted_transport_add_error (engine->transport, LANYARD_ERROR_NETWORK);
  for (guint i = 0; i < N_ASKERS; i++)
    ask (engine, id, NULL, &results[i]);
  for (guint i = 0; i < N_ASKERS; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (finish (engine, &results[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
      g_assert_cmpuint (count_prefixes (error->message), ==, 1);
    }
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);

  /* It was nobody's last try. */
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  g_assert_true (lanyard_test_engine_refresh (engine, id, NULL));
}

/* In different programs, of which the second finds what the first stored. */
static void
test_two_programs (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) beside = lanyard_test_engine_new_beside (engine);
  g_autofree char *id = add_expired (engine);
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;
  g_autoptr (LanyardCredentials) first_credentials = NULL;
  g_autoptr (LanyardCredentials) second_credentials = NULL;

  lanyard_scripted_transport_add_answer (
    engine->transport, 200, "{'access_token': 'b', 'refresh_token': 'r2', 'expires_in': 3600}");
  ask (engine, id, NULL, &first);
  ask (beside, id, NULL, &second);
  first_credentials = finish (engine, &first, NULL);
  second_credentials = finish (beside, &second, NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (first_credentials, "access_token"), ==, "b");
  g_assert_cmpstr (lanyard_credentials_get_text (second_credentials, "access_token"), ==, "b");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

static void
test_refused_once (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) beside = lanyard_test_engine_new_beside (engine);
  g_autofree char *id = add_expired (engine);
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second_error = NULL;
  g_autoptr (GError) third_error = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 400, "{'error': 'invalid_grant'}");
  ask (engine, id, NULL, &first);
  ask (beside, id, NULL, &second);
  g_assert_null (finish (engine, &first, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_null (finish (beside, &second, &second_error));
  g_assert_error (second_error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_REFUSED);
  g_assert_false (lanyard_test_engine_refresh (engine, id, &third_error));
  g_assert_error (third_error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
  /* Nothing is thrown away: what it was is needed to see what happened. */
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r");
}

/* Only invalid_grant signs anybody out. */
static void
test_status_unchanged (void)
{
  static const LanyardError errors[] = { LANYARD_ERROR_NETWORK, LANYARD_ERROR_TLS,
                                         LANYARD_ERROR_PROTOCOL };
  static const struct
  {
    guint status;
    const char *body;
  } answers[] = {
    { 503, "" },
    { 500, "{'error': 'invalid_grant'}" },
    { 429, "" },
    { 408, "" },
    { 401, "{'error': 'invalid_client'}" },
    { 403, "" },
    { 302, "" },
    { 200, "<html>Log in to this network" },
    { 200, "" },
    { 200, "{'token_type': 'bearer'}" },
  };
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autofree char *item = g_strdup (lanyard_memory_store_peek (engine->secrets, id));

  for (guint i = 0; i < G_N_ELEMENTS (errors) + G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      if (i < G_N_ELEMENTS (errors))
        lanyard_scripted_transport_add_error (engine->transport, errors[i]);
      else
        lanyard_scripted_transport_add_answer (engine->transport,
                                               answers[i - G_N_ELEMENTS (errors)].status,
                                               answers[i - G_N_ELEMENTS (errors)].body);
      g_assert_false (lanyard_test_engine_refresh (engine, id, &error));
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "My mail: "));
      g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
      g_assert_cmpstr (lanyard_memory_store_peek (engine->secrets, id), ==, item);
    }
}

static void
test_keyring_locked (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  g_assert_false (lanyard_test_engine_refresh (engine, id, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_true (g_str_has_prefix (error->message, "My mail: "));
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

/* The keyring was good to read, and not to write what the server has rotated: what is the only good
 * token now is not lost, and not handed out either. */
static void
test_keyring_write_fails (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autofree char *item = g_strdup (lanyard_memory_store_peek (engine->secrets, id));
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_STORE);
  lanyard_scripted_transport_add_answer (
    engine->transport, 200, "{'access_token': 'b', 'refresh_token': 'r2', 'expires_in': 3600}");
  g_assert_null (lanyard_test_engine_get_credentials (engine, id, 0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "My mail: "));
  g_assert_nonnull (strstr (error->message, "could not be stored"));
  g_assert_cmpstr (lanyard_memory_store_peek (engine->secrets, id), ==, item);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);

  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_N_CALLS);
  g_clear_error (&error);
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r2");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

static void
lock_keyring_cb (const LanyardRequest *request, gboolean is_answer, gpointer user_data)
{
  lanyard_memory_store_set_locked (user_data, TRUE);
}

/* Locked while the request was under way; unlocking it is enough. */
static void
test_keyring_locked_meanwhile (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_set_func (engine->transport, lock_keyring_cb, engine->secrets);
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'refresh_token': 'r2'}");
  g_assert_false (lanyard_test_engine_refresh (engine, id, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_nonnull (lanyard_manager_get_keyring_error (engine->manager));

  lanyard_manager_unlock_async (engine->manager, NULL, lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_unlock_finish (engine->manager, lanyard_test_wait_for (&result), NULL));
  while (lanyard_manager_is_renewing (engine->manager))
    g_main_context_iteration (NULL, TRUE);
  lanyard_test_engine_assert_secret (engine, id, "access_token", "b");
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r2");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
  g_assert_null (lanyard_manager_get_keyring_error (engine->manager));
}

/* Somebody signed in again since: what was kept is of the past. */
static void
test_kept_is_outdated (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autofree char *other = NULL;
  g_autofree char *item = NULL;

  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_STORE);
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'refresh_token': 'r2'}");
  g_assert_false (lanyard_test_engine_refresh (engine, id, NULL));
  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_N_CALLS);

  other =
    lanyard_test_engine_add (engine, "Other", "example", "access_token=x&refresh_token=x2", -60);
  item = g_strdup (lanyard_memory_store_peek (engine->secrets, other));
  lanyard_memory_store_put (engine->secrets, id, "My mail", item);
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'y', 'refresh_token': 'y2'}");
  g_assert_true (lanyard_test_engine_refresh (engine, id, NULL));
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "y2");
}

static void
test_one_cancels (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[3] = { NULL };
  g_autoptr (LanyardCredentials) first = NULL;
  g_autoptr (LanyardCredentials) third = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_set_held (engine->transport, TRUE);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  ask (engine, id, NULL, &results[0]);
  ask (engine, id, cancellable, &results[1]);
  ask (engine, id, NULL, &results[2]);
  while (lanyard_scripted_transport_count (engine->transport) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (cancellable);
  g_assert_null (finish (engine, &results[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (results[0]);
  g_assert_null (results[2]);

  lanyard_scripted_transport_set_held (engine->transport, FALSE);
  first = finish (engine, &results[0], NULL);
  third = finish (engine, &results[2], NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (first, "access_token"), ==, "b");
  g_assert_cmpstr (lanyard_credentials_get_text (third, "access_token"), ==, "b");
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

/* The answer is on its way: it is stored even when nobody waits for it any more. */
static void
test_all_cancel (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  lanyard_scripted_transport_set_held (engine->transport, TRUE);
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'refresh_token': 'r2'}");
  ask (engine, id, cancellable, &result);
  while (lanyard_scripted_transport_count (engine->transport) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (engine, &result, NULL));
  g_assert_true (lanyard_manager_is_renewing (engine->manager));

  lanyard_scripted_transport_set_held (engine->transport, FALSE);
  while (lanyard_manager_is_renewing (engine->manager))
    g_main_context_iteration (NULL, TRUE);
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r2");
}

static void
test_cancelled_before (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  ask (engine, id, cancellable, &result);
  g_assert_null (finish (engine, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

/* Deactivated or deleted while another program was renewing it. */
static void
test_changed_meanwhile (void)
{
  static const LanyardError codes[] = { LANYARD_ERROR_INACTIVE, LANYARD_ERROR_NOT_FOUND };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autofree char *id = add_expired (engine);
      g_autoptr (GAsyncResult) lock_result = NULL;
      LanyardLock *lock;
      GAsyncResult *result = NULL;
      g_autoptr (GError) error = NULL;

      lanyard_lock_acquire_async (id, NULL, lanyard_test_take_result_cb, &lock_result);
      lock = lanyard_lock_acquire_finish (lanyard_test_wait_for (&lock_result), NULL);
      ask (engine, id, NULL, &result);
      while (!lanyard_manager_is_renewing (engine->manager))
        g_main_context_iteration (NULL, TRUE);

      if (i == 0)
        g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));
      else
        g_assert_true (lanyard_database_remove (engine->database, id, NULL));
      lanyard_lock_release (lock);
      g_assert_null (finish (engine, &result, &error));
      g_assert_error (error, LANYARD_ERROR, (int)codes[i]);
      g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
    }
}

static void
test_state_after (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_expired (engine);
  GListModel *list = lanyard_manager_get_authorizations (engine->manager, NULL);
  g_autoptr (LanyardAuthorization) shown = g_list_model_get_item (list, 0);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardAuthorization) row = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'b', 'expires_in': 3600,"
                                         " 'scope': 'mail.read'}");
  g_assert_true (lanyard_test_engine_refresh (engine, id, NULL));
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_expires_at (row), >=, now + 3600);
  g_assert_cmpstr (lanyard_authorization_get_granted_scopes (row)[0], ==, "mail.read");
  g_assert_true (lanyard_authorization_is_renewable (row));
  /* Nobody signed in, and nothing was edited. */
  g_assert_cmpint (lanyard_authorization_get_authorized_at (row), <, now - 3600);
  g_assert_cmpint (lanyard_authorization_get_revision (row), ==, 1);
  g_assert_cmpint (lanyard_authorization_get_expires_at (shown), ==,
                   lanyard_authorization_get_expires_at (row));
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r");
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-renew/rfc6749-17-refused-once", test_refused_once);
  g_test_add_func ("/engine/manager-renew/rfc6749-17-status-unchanged", test_status_unchanged);
  g_test_add_func ("/engine/manager-renew/one-failure", test_one_failure);
  g_test_add_func ("/engine/manager-renew/keyring-locked", test_keyring_locked);
  g_test_add_func ("/engine/manager-renew/keyring-write-fails", test_keyring_write_fails);
  g_test_add_func ("/engine/manager-renew/keyring-locked-meanwhile", test_keyring_locked_meanwhile);
  g_test_add_func ("/engine/manager-renew/kept-is-outdated", test_kept_is_outdated);
  g_test_add_func ("/engine/manager-renew/one-cancels", test_one_cancels);
  g_test_add_func ("/engine/manager-renew/all-cancel", test_all_cancel);
  g_test_add_func ("/engine/manager-renew/cancelled-before", test_cancelled_before);
  g_test_add_func ("/engine/manager-renew/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/engine/manager-renew/one-refresh", test_one_refresh);
  g_test_add_func ("/engine/manager-renew/two-programs", test_two_programs);
  g_test_add_func ("/engine/manager-renew/state-after", test_state_after);

  return lanyard_test_run ();
}
