/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-draft.h"

#include "lanyard-error.h"
#include "lanyard-record.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#define add(path, function) \
  g_test_add ("/ui/draft/" path, UiFixture, NULL, ui_fixture_set_up, function, ui_fixture_tear_down)

static const LanyardField *
find_field (LanyardDraft *draft, const char *name)
{
  const LanyardField *field = lanyard_auth_type_find_field (
    lanyard_draft_get_auth_type (draft), lanyard_draft_get_provider (draft), name);

  g_assert_nonnull (field);
  return field;
}

static void
set_text (LanyardDraft *draft, const char *name, const char *text)
{
  lanyard_draft_set_text (draft, find_field (draft, name), text);
}

static const char *
get_setting (LanyardDraft *draft, const char *name)
{
  return lanyard_authorization_get_setting (lanyard_draft_get_authorization (draft), name);
}

static const char *
get_secret (LanyardDraft *draft)
{
  return lanyard_draft_get_secret (draft, find_field (draft, "client_secret"));
}

static const char *
get_name (LanyardDraft *draft)
{
  return lanyard_authorization_get_name (lanyard_draft_get_authorization (draft));
}

static gboolean
load (LanyardDraft *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_draft_load_async (draft, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_draft_load_finish (draft, lanyard_test_wait_for (&result), error);
}

static gboolean
save (LanyardDraft *draft, gboolean with_secrets, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_draft_save_async (draft, with_secrets, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_draft_save_finish (draft, lanyard_test_wait_for (&result), error);
}

static LanyardDraft *
open_draft (UiFixture *fixture, LanyardAuthorization *authorization)
{
  LanyardDraft *draft = lanyard_draft_new (fixture->manager, authorization);
  g_autoptr (GError) error = NULL;

  load (draft, &error);
  g_assert_no_error (error);
  g_assert_false (lanyard_draft_is_changed (draft));

  return draft;
}

static LanyardDraft *
open_new (UiFixture *fixture, const char *provider_id)
{
  LanyardDraft *draft = open_draft (fixture, NULL);

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, provider_id));
  return draft;
}

static LanyardAuthorization *
load_row (UiFixture *fixture, LanyardDraft *draft, GError **error)
{
  return lanyard_database_load (
    lanyard_manager_get_database (fixture->manager),
    lanyard_authorization_get_id (lanyard_draft_get_authorization (draft)), error);
}

static void
test_name_refused (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) other = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_new (fixture, "acme");
  g_autofree char *long_name = g_strnfill (10000, 'a');
  g_autoptr (GError) error = NULL;

  lanyard_draft_set_name (draft, "");
  g_assert_false (lanyard_draft_check_name (draft, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);

  lanyard_draft_set_name (draft, long_name);
  g_assert_false (lanyard_draft_check_name (draft, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);

  /* Case makes no other name. */
  lanyard_draft_set_name (draft, "wORK");
  g_assert_false (lanyard_draft_check_name (draft, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "“Work”"));
  g_clear_error (&error);

  lanyard_draft_set_name (draft, "עבודה");
  g_assert_true (lanyard_draft_check_name (draft, &error));
  g_assert_no_error (error);
}

static void
test_name_own (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);

  /* It is not in its own way. */
  g_assert_true (lanyard_draft_check_name (draft, NULL));
}

static void
test_name_made (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) first = ui_fixture_make_saved (fixture, "Acme");
  g_autoptr (LanyardAuthorization) second = ui_fixture_make_saved (fixture, "acme 2");
  g_autoptr (LanyardDraft) draft = open_new (fixture, "acme");

  g_assert_cmpstr (get_name (draft), ==, "Acme 3");
  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "globex"));
  g_assert_cmpstr (get_name (draft), ==, "Globex");
  lanyard_draft_set_name (draft, "Mine");
  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "acme"));
  g_assert_cmpstr (get_name (draft), ==, "Mine");
}

static void
test_changed (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);

  g_assert_false (lanyard_draft_is_new (draft));
  set_text (draft, "client_id", "another");
  g_assert_true (lanyard_draft_is_changed (draft));
  set_text (draft, "client_id", "old client");
  g_assert_false (lanyard_draft_is_changed (draft));

  g_assert_cmpstr (get_secret (draft), ==, "old secret");
  set_text (draft, "client_secret", "another");
  g_assert_true (lanyard_draft_is_changed (draft));
  set_text (draft, "client_secret", "old secret");
  g_assert_false (lanyard_draft_is_changed (draft));

  lanyard_draft_add_connector (draft, "calendar", -1);
  g_assert_true (lanyard_draft_is_changed (draft));
  g_assert_cmpint (lanyard_draft_remove_connector (draft, "calendar"), ==, 0);
  g_assert_false (lanyard_draft_is_changed (draft));
  g_assert_cmpint (lanyard_draft_remove_connector (draft, "calendar"), ==, -1);
}

static void
test_given (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = open_new (fixture, "acme");
  const LanyardField *field = find_field (draft, "token_endpoint");
  g_autofree char *text = lanyard_draft_dup_text (draft, field);
  g_autofree char *tenant_text = NULL;
  g_autofree char *own_text = NULL;

  g_assert_cmpstr (text, ==, "https://acme.example/common/token");
  set_text (draft, "tenant", "contoso");
  tenant_text = lanyard_draft_dup_text (draft, field);
  g_assert_cmpstr (tenant_text, ==, "https://acme.example/contoso/token");

  /* What the provider gives anyway is no setting. */
  set_text (draft, "token_endpoint", tenant_text);
  g_assert_null (get_setting (draft, "token_endpoint"));
  set_text (draft, "token_endpoint", "https://elsewhere.example/token");
  own_text = lanyard_draft_dup_text (draft, field);
  g_assert_cmpstr (own_text, ==, "https://elsewhere.example/token");
  set_text (draft, "token_endpoint", "");
  g_assert_null (get_setting (draft, "token_endpoint"));
}

static void
test_provider_keeps_what_fits (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = open_new (fixture, "acme");
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (draft);

  set_text (draft, "tenant", "contoso");
  set_text (draft, "client_id", "client");
  set_text (draft, "client_secret", "secret");
  set_text (draft, "redirect_uri", "http://127.0.0.1:9999/back");
  set_text (draft, "token_endpoint", "https://elsewhere.example/token");
  lanyard_draft_add_connector (draft, "calendar", -1);
  lanyard_draft_add_scope (draft, "files", -1);
  lanyard_draft_add_scope (draft, "people", -1);

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "globex"));
  g_assert_cmpstr (get_setting (draft, "client_id"), ==, "client");
  g_assert_cmpstr (get_secret (draft), ==, "secret");
  g_assert_cmpstr (get_setting (draft, "redirect_uri"), ==, "http://127.0.0.1:9999/back");
  g_assert_null (get_setting (draft, "tenant"));
  /* An address of the old provider must not get what is meant for the new one. */
  g_assert_null (get_setting (draft, "token_endpoint"));
  g_assert_null (lanyard_authorization_get_connectors (authorization)[0]);
  g_assert_cmpstr (lanyard_authorization_get_scopes (authorization)[0], ==, "files");
  g_assert_null (lanyard_authorization_get_scopes (authorization)[1]);
}

static void
test_provider_comes_back (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = NULL;

  lanyard_authorization_set_setting (saved, "tenant", "contoso");
  lanyard_authorization_set_connectors (saved, (const char *[]){ "calendar", NULL });
  lanyard_authorization_set_status (saved, LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_account (saved, "anna@example.org");
  ui_fixture_save (fixture, saved, "old secret");
  draft = open_draft (fixture, saved);

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "globex"));
  g_assert_true (lanyard_draft_is_changed (draft));
  /* Nobody signed in there. */
  g_assert_cmpint (lanyard_authorization_get_status (lanyard_draft_get_authorization (draft)), ==,
                   LANYARD_STATUS_NEW);
  g_assert_null (lanyard_authorization_get_account (lanyard_draft_get_authorization (draft)));

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "acme"));
  g_assert_false (lanyard_draft_is_changed (draft));
  g_assert_cmpstr (get_setting (draft, "tenant"), ==, "contoso");
  g_assert_cmpint (lanyard_authorization_get_status (lanyard_draft_get_authorization (draft)), ==,
                   LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpstr (lanyard_authorization_get_account (lanyard_draft_get_authorization (draft)), ==,
                   "anna@example.org");
}

static void
test_scopes (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = open_new (fixture, "acme");
  g_auto (GStrv) scopes = NULL;

  lanyard_draft_add_connector (draft, "contacts", -1);
  lanyard_draft_add_connector (draft, "calendar", 0);
  lanyard_draft_add_connector (draft, "calendar", -1);
  lanyard_draft_add_scope (draft, "my.own", -1);
  scopes = lanyard_draft_dup_scopes (draft);
  g_assert_cmpstrv (scopes, ((const char *[]){ "openid", "events", "people", "my.own", NULL }));
}

static void
test_save (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = open_new (fixture, "acme");
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  set_text (draft, "client_id", "client");
  set_text (draft, "client_secret", "s3cret");
  lanyard_draft_add_connector (draft, "calendar", -1);
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (lanyard_draft_is_changed (draft));
  g_assert_false (lanyard_draft_is_new (draft));

  row = load_row (fixture, draft, &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_authorization_equal (row, lanyard_draft_get_authorization (draft)));
  credentials = ui_fixture_dup_credentials (fixture, lanyard_authorization_get_id (row));
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "client_secret"), ==, "s3cret");
}

static void
test_save_leaves_keyring_alone (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_reset_counts (fixture->store);
  g_assert_true (save (draft, TRUE, &error));
  set_text (draft, "client_id", "another");
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_memory_store_count (fixture->store, LANYARD_MEMORY_STORE_WRITE), ==, 0);
}

/* A token that was renewed while the editor was open must survive its save. */
static void
test_save_keeps_renewed_token (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  const char *id = lanyard_authorization_get_id (saved);
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);
  g_autoptr (LanyardCredentials) renewed = ui_fixture_dup_credentials (fixture, id);
  g_autoptr (LanyardCredentials) after = NULL;
  g_autoptr (LanyardSecret) record = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_credentials_set_text (renewed, "refresh_token", "renewed");
  record = lanyard_record_seal (saved, renewed);
  lanyard_memory_store_put (fixture->store, id, "Work", lanyard_secret_get (record));

  set_text (draft, "client_secret", "new secret");
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  after = ui_fixture_dup_credentials (fixture, id);
  g_assert_cmpstr (lanyard_credentials_get_text (after, "client_secret"), ==, "new secret");
  g_assert_cmpstr (lanyard_credentials_get_text (after, "refresh_token"), ==, "renewed");
}

static void
test_load_keeps_what_was_typed (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);

  set_text (draft, "client_secret", "typed");
  g_assert_true (load (draft, NULL));
  g_assert_cmpstr (get_secret (draft), ==, "typed");
  set_text (draft, "client_secret", "old secret");
  g_assert_false (lanyard_draft_is_changed (draft));
}

static void
test_locked (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (LanyardDraft) draft = lanyard_draft_new (fixture->manager, saved);
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_locked (fixture->store, TRUE);
  g_assert_false (load (draft, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (lanyard_draft_has_secrets (draft));
  g_assert_null (lanyard_draft_dup_entered (draft));
  g_assert_false (lanyard_draft_is_changed (draft));

  lanyard_draft_set_name (draft, "Private");
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  row = load_row (fixture, draft, &error);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Private");

  /* The tokens of the old provider would stay in the keyring. */
  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "globex"));
  g_assert_false (save (draft, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
}

static void
test_locked_new (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = lanyard_draft_new (fixture->manager, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_draft_has_secrets (draft));
  lanyard_memory_store_set_locked (fixture->store, TRUE);
  g_assert_false (load (draft, &error));
  g_clear_error (&error);
  g_assert_false (lanyard_draft_has_secrets (draft));

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "acme"));
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (lanyard_draft_is_changed (draft));
}

/* Each way of one type keeps what was entered for it. */
static void
test_methods (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = open_new (fixture, "several");
  LanyardProvider *provider = lanyard_draft_get_provider (draft);
  LanyardMethod *first = lanyard_provider_find_method (provider, "api-key");
  LanyardMethod *admin = lanyard_provider_lookup_method (provider, "admin");
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_draft_get_method (draft) == first);
  set_text (draft, "test_url", "https://several.example/me");
  lanyard_draft_choose_method (draft, admin);
  g_assert_true (lanyard_draft_get_method (draft) == admin);
  set_text (draft, "test_url", "https://several.example/admin");
  lanyard_draft_choose_method (draft, first);
  g_assert_cmpstr (get_setting (draft, "test_url"), ==, "https://several.example/me");
  lanyard_draft_choose_method (draft, admin);
  g_assert_cmpstr (get_setting (draft, "test_url"), ==, "https://several.example/admin");

  set_text (draft, "api_key", "k3y");
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  row = load_row (fixture, draft, &error);
  g_assert_cmpstr (lanyard_authorization_get_method_id (row), ==, "admin");
}

static void
test_unencrypted (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = lanyard_draft_new (fixture->manager, NULL);

  g_assert_false (lanyard_draft_is_unencrypted (draft));
  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "custom-basic-url"));
  g_assert_false (lanyard_draft_is_unencrypted (draft));
  set_text (draft, "base_url", "http://127.0.0.1:8080");
  g_assert_false (lanyard_draft_is_unencrypted (draft));
  set_text (draft, "base_url", "http://nas.example/dav");
  g_assert_true (lanyard_draft_is_unencrypted (draft));

  lanyard_draft_choose_encryption (draft, TRUE);
  g_assert_cmpstr (get_setting (draft, "base_url"), ==, "https://nas.example/dav");
  g_assert_false (lanyard_draft_is_unencrypted (draft));

  set_text (draft, "base_url", "http://nas.example/dav");
  lanyard_draft_choose_encryption (draft, FALSE);
  g_assert_cmpstr (get_setting (draft, "base_url"), ==, "http://nas.example/dav");
  g_assert_cmpstr (get_setting (draft, "allow_http"), ==, "yes");
  g_assert_false (lanyard_draft_is_unencrypted (draft));
}

static void
test_conflict_theirs (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);
  g_autoptr (GError) error = NULL;

  lanyard_draft_set_name (draft, "Mine");
  ui_fixture_change_elsewhere (fixture, saved, "Theirs");
  g_assert_false (save (draft, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpstr (get_name (draft), ==, "Mine");

  g_assert_true (lanyard_draft_load_theirs (draft, &error));
  g_assert_cmpstr (get_name (draft), ==, "Theirs");
  g_assert_false (lanyard_draft_is_changed (draft));
}

static void
test_conflict_mine (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_draft_set_name (draft, "Mine");
  ui_fixture_change_elsewhere (fixture, saved, "Theirs");
  g_assert_false (save (draft, TRUE, NULL));
  g_assert_true (lanyard_draft_keep_mine (draft, &error));
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  row = load_row (fixture, draft, &error);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Mine");
}

static void
test_conflict_removed (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_draft_set_name (draft, "Mine");
  g_assert_true (lanyard_database_remove (lanyard_manager_get_database (fixture->manager),
                                          lanyard_authorization_get_id (saved), &error));
  g_assert_false (save (draft, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (lanyard_draft_load_theirs (draft, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (lanyard_draft_keep_mine (draft, &error));
  g_assert_true (save (draft, TRUE, &error));
  g_assert_no_error (error);
  row = load_row (fixture, draft, &error);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Mine");
}

static LanyardAuthorization *
find_live (UiFixture *fixture, LanyardAuthorization *authorization)
{
  GListModel *list = lanyard_manager_get_authorizations (fixture->manager, NULL);
  g_autoptr (LanyardAuthorization) live = g_list_model_get_item (list, 0);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_assert_cmpstr (lanyard_authorization_get_id (live), ==,
                   lanyard_authorization_get_id (authorization));
  return live;
}

static void
test_follows (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardDraft) draft = open_draft (fixture, saved);
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (draft);
  LanyardAuthorization *live = find_live (fixture, saved);
  g_autoptr (LanyardAuthorization) theirs = lanyard_authorization_dup (saved);

  /* The state always. */
  set_text (draft, "client_id", "mine");
  lanyard_authorization_set_expires_at (live, 4711);
  lanyard_authorization_set_status (live, LANYARD_STATUS_REFUSED);
  g_assert_cmpint (lanyard_authorization_get_expires_at (authorization), ==, 4711);
  g_assert_cmpint (lanyard_authorization_get_status (authorization), ==, LANYARD_STATUS_REFUSED);
  g_assert_true (lanyard_draft_is_changed (draft));

  /* The rest only when there is nothing to lose. */
  lanyard_authorization_set_name (theirs, "Theirs");
  lanyard_authorization_set_revision (theirs, lanyard_authorization_get_revision (saved) + 1);
  lanyard_authorization_assign (live, theirs);
  g_assert_cmpstr (get_name (draft), ==, "Work");
  set_text (draft, "client_id", "old client");
  g_assert_false (lanyard_draft_is_changed (draft));
  lanyard_authorization_set_name (live, "Theirs again");
  g_assert_cmpstr (get_name (draft), ==, "Theirs again");
  g_assert_false (lanyard_draft_is_changed (draft));
  ui_fixture_settle ();
}

static void
assert_needless (UiFixture *fixture,
                 const char *provider_id,
                 const char *needless,
                 const char *needed)
{
  g_autoptr (LanyardDraft) draft = open_new (fixture, provider_id);

  g_assert_false (lanyard_draft_is_needless (draft, find_field (draft, needed)));
  g_assert_true (lanyard_draft_is_needless (draft, find_field (draft, needless)));
}

/* What a provider's data has no use for is not asked of the person. */
static void
test_needless (UiFixture *fixture, gconstpointer user_data)
{
  const char *const fields[] = { "token_endpoint", "username", "signing_key" };
  g_autoptr (LanyardDraft) custom = open_new (fixture, "custom-jwt");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_false (lanyard_draft_is_needless (custom, find_field (custom, fields[i])));

  assert_needless (fixture, "reservanto", "token_endpoint", "authorization_endpoint");
  assert_needless (fixture, "ghost", "username", "signing_key");
  assert_needless (fixture, "docker-hub", "signing_key", "password");
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  add ("name/refused", test_name_refused);
  add ("name/own", test_name_own);
  add ("name/made", test_name_made);
  add ("changed", test_changed);
  add ("given", test_given);
  add ("needless", test_needless);
  add ("provider/keeps-what-fits", test_provider_keeps_what_fits);
  add ("provider/comes-back", test_provider_comes_back);
  add ("scopes", test_scopes);
  add ("save", test_save);
  add ("save/leaves-keyring-alone", test_save_leaves_keyring_alone);
  add ("save/keeps-renewed-token", test_save_keeps_renewed_token);
  add ("load/keeps-what-was-typed", test_load_keeps_what_was_typed);
  add ("locked", test_locked);
  add ("locked/new", test_locked_new);
  add ("f17-methods", test_methods);
  add ("unencrypted", test_unencrypted);
  add ("conflict/theirs", test_conflict_theirs);
  add ("conflict/mine", test_conflict_mine);
  add ("conflict/removed", test_conflict_removed);
  add ("follows", test_follows);

  return lanyard_test_run ();
}
