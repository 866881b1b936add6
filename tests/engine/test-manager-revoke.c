/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

static void
assert_unchanged (LanyardTestEngine *engine, const char *id, LanyardError code)
{
  g_autofree char *item = g_strdup (lanyard_memory_store_peek (engine->secrets, id));
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_test_engine_revoke (engine, id, &error));
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_assert_true (g_str_has_prefix (error->message, "My mail: "));
  g_assert_cmpstr (lanyard_memory_store_peek (engine->secrets, id), ==, item);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
}

static void
test_failures (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 0);

  lanyard_scripted_transport_add_error (engine->transport, LANYARD_ERROR_NETWORK);
  assert_unchanged (engine, id, LANYARD_ERROR_NETWORK);
  lanyard_scripted_transport_add_answer (engine->transport, 503, "");
  assert_unchanged (engine, id, LANYARD_ERROR_UNAVAILABLE);
  lanyard_scripted_transport_add_answer (engine->transport, 400,
                                         "{'error': 'unsupported_token_type'}");
  assert_unchanged (engine, id, LANYARD_ERROR_PROVIDER);

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  assert_unchanged (engine, id, LANYARD_ERROR_KEYRING_LOCKED);
  lanyard_memory_store_set_locked (engine->secrets, FALSE);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 3);
}

static void
test_impossible (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "other", TOKENS, 0);
  g_autofree char *unknown = g_uuid_string_random ();
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_manager_can_revoke (engine->manager, row));
  assert_unchanged (engine, id, LANYARD_ERROR_INVALID);
  g_assert_false (lanyard_test_engine_revoke (engine, unknown, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static void
test_revoked (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  g_autoptr (LanyardAuthorization) before = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) after = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_manager_can_revoke (engine->manager, before));
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  g_assert_true (lanyard_test_engine_revoke (engine, id, &error));
  g_assert_no_error (error);
  after = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (after), ==, LANYARD_STATUS_REVOKED);
  /* Nothing is left that could expire or be renewed. */
  g_assert_cmpint (lanyard_authorization_get_expires_at (after), ==, 0);
  g_assert_false (lanyard_authorization_is_renewable (after));
  g_assert_true (lanyard_authorization_equal (before, after));
  g_assert_false (lanyard_manager_can_revoke (engine->manager, after));
  lanyard_test_engine_assert_secret (engine, id, "access_token", NULL);
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", NULL);
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "s3cret");

  credentials = lanyard_test_engine_get_credentials (engine, id, 0, &error);
  g_assert_null (credentials);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 2);
}

/* One that is switched off is still good at the provider. */
static void
test_inactive (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) row = NULL;

  g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  g_assert_true (lanyard_test_engine_revoke (engine, id, NULL));
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_REVOKED);
  g_assert_false (lanyard_authorization_is_active (row));
}

/* The provider has taken it back, and the keyring cannot be told: it is not lost track of. */
static void
test_keyring_write_fails (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 0);

  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_STORE);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  assert_unchanged (engine, id, LANYARD_ERROR_FAILED);

  /* Once more is as good: a server answers 200 for a token that it no longer knows. */
  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_N_CALLS);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "");
  g_assert_true (lanyard_test_engine_revoke (engine, id, NULL));
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-revoke/failures", test_failures);
  g_test_add_func ("/engine/manager-revoke/impossible", test_impossible);
  g_test_add_func ("/engine/manager-revoke/keyring-write-fails", test_keyring_write_fails);
  g_test_add_func ("/engine/manager-revoke/revoked", test_revoked);
  g_test_add_func ("/engine/manager-revoke/inactive", test_inactive);

  return lanyard_test_run ();
}
