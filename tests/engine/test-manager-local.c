/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Credentials that come about without a page to sign in on, or without asking anybody. */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-error.h"

#define KEY "signing_key=0123456789abcdef0123456789abcdef"

static LanyardAuthorization *
new_draft (void)
{
  LanyardAuthorization *draft = lanyard_authorization_new (NULL);

  lanyard_authorization_set_name (draft, "Signed");
  lanyard_authorization_set_provider_id (draft, "custom-jwt");
  lanyard_authorization_set_type_id (draft, "jwt");
  lanyard_authorization_set_setting (draft, "algorithm", "HS256");
  return draft;
}

static char *
get_token (LanyardTestEngine *engine, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_test_engine_get_credentials (engine, id, 0, &error);

  g_assert_no_error (error);
  return g_strdup (lanyard_credentials_get_text (credentials, "access_token"));
}

/* A page that is needed is not done without. */
static void
test_page_without_consent (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Page");
  g_autoptr (GError) error = NULL;

  g_assert_false (
    lanyard_test_engine_authorize (engine, draft, "client_secret=s", NULL, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_true (g_str_has_prefix (error->message, "Page: "));
}

static void
test_incomplete (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_test_engine_save (engine, draft, "signing_key=short", &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, lanyard_authorization_get_id (draft)),
                   ==, LANYARD_STATUS_NEW);
  g_assert_null (
    lanyard_test_engine_get_credentials (engine, lanyard_authorization_get_id (draft), 0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

static void
test_made_when_needed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  const char *id = lanyard_authorization_get_id (draft);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_test_engine_save (engine, draft, KEY, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);

  first = get_token (engine, id);
  second = get_token (engine, id);
  g_assert_true (g_str_has_prefix (first, "eyJ"));
  g_assert_cmpstr (first, !=, second);
  lanyard_test_engine_assert_secret (engine, id, "access_token", NULL);
}

/* What was wrong is mended without entering the key again. */
static void
test_mended (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  const char *id = lanyard_authorization_get_id (draft);
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_setting (draft, "algorithm", "RS256");
  g_assert_true (lanyard_test_engine_save (engine, draft, KEY, &error));
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_NEW);

  /* The name alone mends nothing. */
  lanyard_authorization_set_name (draft, "Signed here");
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, &error));
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_NEW);

  lanyard_authorization_set_setting (draft, "algorithm", "HS256");
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_authorization_get_status (draft), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
  token = get_token (engine, id);
  g_assert_true (g_str_has_prefix (token, "eyJ"));
}

/* Settings are saved whatever the keyring does; what they mend shows when it can be read. */
static void
test_mended_while_locked (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  const char *id = lanyard_authorization_get_id (draft);
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_setting (draft, "algorithm", "RS256");
  g_assert_true (lanyard_test_engine_save (engine, draft, KEY, &error));
  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  lanyard_authorization_set_setting (draft, "algorithm", "HS256");
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_NEW);

  lanyard_memory_store_set_locked (engine->secrets, FALSE);
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
}

/* A token that was kept says what the settings said then. */
static void
test_changed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  const char *id = lanyard_authorization_get_id (draft);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_test_engine_authorize (engine, draft, KEY, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
  before = get_token (engine, id);

  lanyard_authorization_set_setting (draft, "algorithm", "RS256");
  g_assert_true (lanyard_test_engine_save (engine, draft, KEY, &error));
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_NEW);
  lanyard_test_engine_assert_secret (engine, id, "access_token", NULL);

  lanyard_authorization_set_setting (draft, "algorithm", "HS256");
  g_assert_true (lanyard_test_engine_save (engine, draft, KEY, &error));
  g_assert_no_error (error);
  after = get_token (engine, id);
  g_assert_cmpstr (before, !=, after);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-local/page-without-consent", test_page_without_consent);
  g_test_add_func ("/engine/manager-local/incomplete", test_incomplete);
  g_test_add_func ("/engine/manager-local/made-when-needed", test_made_when_needed);
  g_test_add_func ("/engine/manager-local/mended", test_mended);
  g_test_add_func ("/engine/manager-local/mended-while-locked", test_mended_while_locked);
  g_test_add_func ("/engine/manager-local/changed", test_changed);

  return lanyard_test_run ();
}
