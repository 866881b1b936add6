/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-database-private.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"

/* Something that happens while the person is at the provider. */
typedef struct
{
  LanyardTestEngine *engine;
  const char *id;
  GCancellable *cancellable;
} Meanwhile;

static void
assert_fails (LanyardTestEngine *engine,
              LanyardAuthorization *draft,
              LanyardRobotConsent *consent,
              GQuark domain,
              int code)
{
  const char *id = lanyard_authorization_get_id (draft);
  g_autoptr (LanyardAuthorization) draft_before = lanyard_authorization_dup (draft);
  g_autofree char *before = g_strdup (lanyard_memory_store_peek (engine->secrets, id));
  g_autoptr (LanyardAuthorization) row_before = lanyard_database_load (engine->database, id, NULL);
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (
    lanyard_test_engine_authorize (engine, draft, "client_secret=s3cret", consent, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_null (strstr (error->message, "s3cret"));
  if (domain == LANYARD_ERROR)
    g_assert_true (g_str_has_prefix (error->message, lanyard_authorization_get_name (draft)));

  g_assert_cmpint (lanyard_authorization_get_status (draft), ==,
                   lanyard_authorization_get_status (draft_before));
  g_assert_cmpint (lanyard_authorization_get_revision (draft), ==,
                   lanyard_authorization_get_revision (draft_before));

  /* What was saved before stays as it was. */
  g_assert_cmpstr (lanyard_memory_store_peek (engine->secrets, id), ==, before);
  row = lanyard_database_load (engine->database, id, NULL);
  g_assert_cmpint (row != NULL, ==, row_before != NULL);
  if (row != NULL)
    {
      g_assert_true (lanyard_authorization_equal (row, row_before));
      g_assert_cmpint (lanyard_authorization_get_status (row), ==,
                       lanyard_authorization_get_status (row_before));
      g_assert_cmpint (lanyard_authorization_get_revision (row), ==,
                       lanyard_authorization_get_revision (row_before));
    }
}

/* Each fault, for one that is new and for one that works. */
static void
test_faults (void)
{
  static const struct
  {
    const char *query;
    guint status;
    const char *answer;
    LanyardError code;
  } cases[] = {
    { "error=access_denied&state=%s", 0, NULL, LANYARD_ERROR_DENIED },
    { "code=c", 0, NULL, LANYARD_ERROR_PROTOCOL },
    { "code=c&state=forged", 0, NULL, LANYARD_ERROR_PROTOCOL },
    { "code=c&code=d&state=%s", 0, NULL, LANYARD_ERROR_PROTOCOL },
    { "code=c&state=%s", 0, NULL, LANYARD_ERROR_NETWORK },
    { "code=c&state=%s", 400, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { "code=c&state=%s", 401, "{'error': 'invalid_client'}", LANYARD_ERROR_PROVIDER },
    { "code=c&state=%s", 503, "", LANYARD_ERROR_UNAVAILABLE },
    { "code=c&state=%s", 200, "<html>", LANYARD_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
      g_autofree char *id = lanyard_test_engine_add (engine, "Old", "example", TOKENS, 0);
      g_autoptr (LanyardAuthorization) new_draft = lanyard_test_engine_new_draft ("New");
      g_autoptr (LanyardAuthorization) old_draft = lanyard_test_engine_load (engine, id);

      lanyard_robot_consent_set_query (consent, cases[i].query);
      for (guint j = 0; j < 2 && cases[i].answer != NULL; j++)
        lanyard_scripted_transport_add_answer (engine->transport, cases[i].status, cases[i].answer);
      lanyard_authorization_set_setting (old_draft, "resource", "https://api.example.org");
      assert_fails (engine, new_draft, consent, LANYARD_ERROR, (int)cases[i].code);
      assert_fails (engine, old_draft, consent, LANYARD_ERROR, (int)cases[i].code);
    }
}

static void
test_consent_fails (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) unprepared = lanyard_robot_consent_new ();
  g_autoptr (LanyardRobotConsent) closed = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");

  lanyard_robot_consent_set_prepare_error (unprepared, LANYARD_ERROR_INVALID);
  assert_fails (engine, draft, unprepared, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpuint (lanyard_robot_consent_count_asked (unprepared), ==, 0);

  lanyard_robot_consent_set_run_error (closed, LANYARD_ERROR_CANCELLED);
  assert_fails (engine, draft, closed, LANYARD_ERROR, LANYARD_ERROR_CANCELLED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

/* What is wrong is said before the person signs in, not after. */
static void
test_not_asked (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  g_autoptr (LanyardAuthorization) key = lanyard_test_engine_new_draft ("Key");
  g_autofree char *id = lanyard_test_engine_add (engine, "Taken", "example", TOKENS, 0);

  lanyard_authorization_set_setting (draft, "client_id", NULL);
  assert_fails (engine, draft, consent, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_setting (draft, "client_id", "app");
  lanyard_authorization_set_name (draft, "taken");
  assert_fails (engine, draft, consent, LANYARD_ERROR, LANYARD_ERROR_EXISTS);
  lanyard_authorization_set_name (draft, "Mail");
  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  assert_fails (engine, draft, consent, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  lanyard_memory_store_set_locked (engine->secrets, FALSE);
  lanyard_memory_store_set_absent (engine->secrets, TRUE);
  assert_fails (engine, draft, consent, LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT);
  lanyard_memory_store_set_absent (engine->secrets, FALSE);

  lanyard_authorization_set_provider_id (key, "keys");
  lanyard_authorization_set_type_id (key, "api-key");
  lanyard_authorization_set_setting (key, "client_id", NULL);
  assert_fails (engine, key, consent, LANYARD_ERROR, LANYARD_ERROR_INVALID);

  g_assert_cmpuint (lanyard_robot_consent_count_prepared (consent), ==, 0);
}

static void
test_new (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("My mail");
  const char *id = lanyard_authorization_get_id (draft);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'new', 'refresh_token': 'r1',"
                                         " 'expires_in': 3600, 'scope': 'mail.read'}");
  g_assert_true (
    lanyard_test_engine_authorize (engine, draft, "client_secret=s3cret", consent, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_robot_consent_get_name (consent), ==, "My mail");
  g_assert_cmpstr (lanyard_robot_consent_get_provider (consent), ==, "Example");

  row = lanyard_test_engine_load (engine, id);
  g_assert_true (lanyard_authorization_equal (row, draft));
  g_assert_cmpint (lanyard_authorization_get_revision (draft), ==, 1);
  g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_true (lanyard_authorization_is_renewable (row));
  g_assert_cmpint (lanyard_authorization_get_authorized_at (row), >=, now);
  g_assert_cmpint (lanyard_authorization_get_expires_at (row), >=, now + 3600);
  g_assert_cmpstr (lanyard_authorization_get_granted_scopes (row)[0], ==, "mail.read");
  lanyard_test_engine_assert_secret (engine, id, "access_token", "new");
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r1");
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "s3cret");
  g_assert_cmpstr (lanyard_memory_store_peek_label (engine->secrets, id), ==, "My mail");
}

/* RFC 8252 section 7.3: whoever catches the redirect chooses the port. */
static void
test_port_of_consent (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  g_autoptr (LanyardParams) form = NULL;
  const LanyardRequest *request;

  lanyard_robot_consent_set_redirect_uri (consent, "http://127.0.0.1:51234/callback/example");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'a'}");
  g_assert_true (
    lanyard_test_engine_authorize (engine, draft, "client_secret=s", consent, NULL, NULL));
  request = lanyard_scripted_transport_get_request (engine->transport, 0);
  form = lanyard_params_parse (lanyard_secret_get (request->body), NULL);
  g_assert_cmpstr (lanyard_params_get (form, "redirect_uri"), ==,
                   "http://127.0.0.1:51234/callback/example");
  g_assert_nonnull (strstr (lanyard_robot_consent_get_uri (consent), "127.0.0.1%3A51234"));
}

/* Authorizing again keeps every setting, and nothing of the last sign-in. */
static void
test_again (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_account (draft, "Ada");
  lanyard_authorization_set_status (draft, LANYARD_STATUS_REFUSED);
  g_assert_true (lanyard_database_save_state (engine->database, draft, NULL));
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  /* NULL takes the client secret from the keyring. */
  g_assert_true (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error));
  g_assert_no_error (error);
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpstr (lanyard_authorization_get_setting (row, "client_id"), ==, "app");
  g_assert_false (lanyard_authorization_is_renewable (row));
  /* Whose sign-in it was is not known any more. */
  g_assert_null (lanyard_authorization_get_account (row));
  lanyard_test_engine_assert_secret (engine, id, "client_secret", "s3cret");
  lanyard_test_engine_assert_secret (engine, id, "access_token", "b");
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", NULL);
}

/* The secret of one client is nothing for another provider. */
static void
test_provider_changed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  const LanyardRequest *request;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_provider_id (draft, "other");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'name': 'Grace'}");
  g_assert_true (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error));
  g_assert_no_error (error);
  request = lanyard_scripted_transport_get_request (engine->transport, 0);
  g_assert_cmpstr (request->uri, ==, "https://other.example/token");
  g_assert_null (lanyard_params_get (request->headers, "Authorization"));
  g_assert_null (strstr (lanyard_secret_get (request->body), "s3cret"));
  lanyard_test_engine_assert_secret (engine, id, "client_secret", NULL);
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", NULL);
  g_assert_cmpstr (lanyard_authorization_get_account (draft), ==, "Grace");
}

static void
deactivate_cb (gpointer user_data)
{
  Meanwhile *meanwhile = user_data;

  g_assert_true (
    lanyard_manager_set_active (meanwhile->engine->manager, meanwhile->id, FALSE, NULL));
}

static void
test_deactivated_meanwhile (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardAuthorization) row = NULL;
  Meanwhile meanwhile = { engine, id, NULL };

  lanyard_robot_consent_set_func (consent, deactivate_cb, &meanwhile);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  g_assert_true (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, NULL));
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_false (lanyard_authorization_is_active (row));
}

static void
save_cb (gpointer user_data)
{
  Meanwhile *meanwhile = user_data;
  g_autoptr (LanyardAuthorization) row =
    lanyard_test_engine_load (meanwhile->engine, meanwhile->id);

  lanyard_authorization_set_name (row, "Renamed elsewhere");
  g_assert_true (lanyard_database_save (meanwhile->engine->database, row, NULL));
}

static void
test_saved_meanwhile (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  Meanwhile meanwhile = { engine, id, NULL };
  g_autoptr (GError) error = NULL;

  lanyard_robot_consent_set_func (consent, save_cb, &meanwhile);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  g_assert_false (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT);
  lanyard_test_engine_assert_secret (engine, id, "access_token", "a");
}

static void
test_cancelled (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_robot_consent_set_held (consent, TRUE);
  lanyard_manager_authorize_async (engine->manager, draft, NULL, LANYARD_CONSENT (consent),
                                   cancellable, lanyard_test_take_result_cb, &result);
  while (lanyard_robot_consent_count_asked (consent) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_false (
    lanyard_manager_authorize_finish (engine->manager, lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_STORE), ==,
                    0);
}

/* The provider has given it: what arrived is saved, and said to be. */
static void
test_cancelled_too_late (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  lanyard_manager_authorize_async (engine->manager, draft, NULL, LANYARD_CONSENT (consent),
                                   cancellable, lanyard_test_take_result_cb, &result);
  while (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_STORE) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_true (
    lanyard_manager_authorize_finish (engine->manager, lanyard_test_wait_for (&result), &error));
  g_assert_no_error (error);
  lanyard_test_engine_assert_secret (engine, lanyard_authorization_get_id (draft), "access_token",
                                     "b");
  g_assert_cmpint (lanyard_test_engine_get_status (engine, lanyard_authorization_get_id (draft)),
                   ==, LANYARD_STATUS_AUTHORIZED);
}

static void
test_keyring_write_fails (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);

  lanyard_memory_store_set_failing_call (engine->secrets, LANYARD_MEMORY_STORE_STORE);
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  assert_fails (engine, draft, consent, LANYARD_ERROR, LANYARD_ERROR_FAILED);
}

/* The tokens are in the keyring, and the next repair brings back what belongs to them. */
static void
test_database_write_fails (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  const char *id = lanyard_authorization_get_id (draft);
  sqlite3 *handle = lanyard_database_get_handle (engine->database);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_sqlite_run (handle,
                                     "CREATE TRIGGER broken BEFORE INSERT ON authorization"
                                     " BEGIN SELECT RAISE (ABORT, 'broken'); END",
                                     NULL));
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 'b'}");
  g_assert_false (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE);
  lanyard_test_engine_assert_secret (engine, id, "access_token", "b");

  g_assert_true (lanyard_sqlite_run (handle, "DROP TRIGGER broken", NULL));
  g_assert_cmpint (lanyard_test_engine_repair (engine, NULL), ==, 1);
  credentials = lanyard_test_engine_get_credentials (engine, id, 0, NULL);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-authorize/faults", test_faults);
  g_test_add_func ("/engine/manager-authorize/consent-fails", test_consent_fails);
  g_test_add_func ("/engine/manager-authorize/not-asked", test_not_asked);
  g_test_add_func ("/engine/manager-authorize/saved-meanwhile", test_saved_meanwhile);
  g_test_add_func ("/engine/manager-authorize/cancelled", test_cancelled);
  g_test_add_func ("/engine/manager-authorize/cancelled-too-late", test_cancelled_too_late);
  g_test_add_func ("/engine/manager-authorize/keyring-write-fails", test_keyring_write_fails);
  g_test_add_func ("/engine/manager-authorize/database-write-fails", test_database_write_fails);
  g_test_add_func ("/engine/manager-authorize/new", test_new);
  g_test_add_func ("/engine/manager-authorize/rfc8252-05-port-of-consent", test_port_of_consent);
  g_test_add_func ("/engine/manager-authorize/again", test_again);
  g_test_add_func ("/engine/manager-authorize/provider-changed", test_provider_changed);
  g_test_add_func ("/engine/manager-authorize/deactivated-meanwhile", test_deactivated_meanwhile);

  return lanyard_test_run ();
}
