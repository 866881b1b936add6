/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-draft.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#include <string.h>

#define SECRET "0123456789abcdef0123456789abcdef"
/* {"alg":"HS256"} {"sub":"ada","exp":4102444800}, and what is no signature of it */
#define TOKEN "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.AAAA"

#define add(path, function)                                                           \
  g_test_add ("/ui/draft-tokens/" path, UiFixture, NULL, ui_fixture_set_up, function, \
              ui_fixture_tear_down)

static LanyardDraft *
make_draft (UiFixture *fixture, const char *provider_id)
{
  LanyardDraft *draft = lanyard_draft_new (fixture->manager, NULL);

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, provider_id));
  return draft;
}

static void
set_text (LanyardDraft *draft, const char *name, const char *text)
{
  const LanyardField *field = lanyard_auth_type_find_field (
    lanyard_draft_get_auth_type (draft), lanyard_draft_get_provider (draft), name);

  g_assert_nonnull (field);
  lanyard_draft_set_text (draft, field, text);
}

static void
save (LanyardDraft *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_draft_save_async (draft, TRUE, NULL, lanyard_test_take_result_cb, &result);
  lanyard_draft_save_finish (draft, lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
}

static void
test_none (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) empty = lanyard_draft_new (fixture->manager, NULL);
  g_autoptr (LanyardDraft) draft = make_draft (fixture, "custom-api-key");
  g_autoptr (GPtrArray) nothing = lanyard_draft_list_tokens (empty);
  g_autoptr (GPtrArray) tokens = NULL;

  g_assert_cmpuint (nothing->len, ==, 0);
  set_text (draft, "api_key", "not a.jwt.at all");
  save (draft);
  tokens = lanyard_draft_list_tokens (draft);
  g_assert_cmpuint (tokens->len, ==, 0);
}

static void
test_signed_here (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = make_draft (fixture, "custom-jwt");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *check = NULL;
  LanyardJwtView *token, *same;

  g_assert_true (lanyard_draft_needs_sign_in (draft));
  set_text (draft, "signing_key", SECRET);
  set_text (draft, "algorithm", "HS256");
  set_text (draft, "claims", "{\"sub\": \"ada\"}");
  g_assert_false (lanyard_draft_needs_sign_in (draft));
  g_assert_false (lanyard_draft_uses_scopes (draft));
  /* What is typed is no token yet. */
  before = lanyard_draft_list_tokens (draft);
  g_assert_cmpuint (before->len, ==, 0);

  save (draft);
  tokens = lanyard_draft_list_tokens (draft);
  g_assert_cmpuint (tokens->len, ==, 1);
  token = g_ptr_array_index (tokens, 0);
  g_assert_cmpstr (token->algorithm, ==, "HS256");
  g_assert_nonnull (strstr (token->claims, "ada"));
  check = lanyard_draft_dup_token_check (draft, token);
  g_assert_nonnull (strstr (check, "your key"));

  /* It stays the same as long as it is good. */
  again = lanyard_draft_list_tokens (draft);
  same = g_ptr_array_index (again, 0);
  g_assert_cmpstr (same->claims, ==, token->claims);
}

static void
test_access_token (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = make_draft (fixture, "custom-api-key");
  g_autoptr (GPtrArray) tokens = NULL;
  g_autofree char *check = NULL;
  LanyardJwtView *token;

  /* Whatever it is called: a token is a token. */
  set_text (draft, "api_key", TOKEN);
  save (draft);
  tokens = lanyard_draft_list_tokens (draft);
  g_assert_cmpuint (tokens->len, ==, 1);
  token = g_ptr_array_index (tokens, 0);
  g_assert_cmpstr (token->credential, ==, "api_key");
  g_assert_cmpint (token->expires_at, ==, G_GINT64_CONSTANT (4102444800));
  g_assert_null (strstr (token->claims, "AAAA"));
  g_assert_null (strstr (token->header, "AAAA"));
  check = lanyard_draft_dup_token_check (draft, token);
  g_assert_true (g_str_has_prefix (check, "Not verified"));
}

static void
test_other_provider (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = make_draft (fixture, "custom-api-key");
  g_autoptr (GPtrArray) tokens = NULL;

  set_text (draft, "api_key", TOKEN);
  save (draft);
  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, "acme"));
  tokens = lanyard_draft_list_tokens (draft);
  g_assert_cmpuint (tokens->len, ==, 0);
  g_assert_true (lanyard_draft_uses_scopes (draft));
}

static void
test_key_passphrase (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDraft) draft = make_draft (fixture, "custom-jwt");
  const LanyardField *field = lanyard_auth_type_find_field (
    lanyard_draft_get_auth_type (draft), lanyard_draft_get_provider (draft), "signing_key");
  g_autofree char *none = NULL;
  g_autofree char *plain = NULL;
  LanyardKeyState state;

  none = lanyard_draft_dup_key_text (draft, field, &state);
  g_assert_null (none);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_NONE);
  set_text (draft, "signing_key", SECRET);
  plain = lanyard_draft_dup_key_text (draft, field, &state);
  g_assert_null (plain);
  g_assert_cmpint (state, ==, LANYARD_KEY_STATE_PLAIN);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  add ("none", test_none);
  add ("signed-here", test_signed_here);
  add ("access-token", test_access_token);
  add ("other-provider", test_other_provider);
  add ("key", test_key_passphrase);

  return lanyard_test_run ();
}
