/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-draft.h"
#include "lanyard-list-menu.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#define SECRET "0123456789abcdef0123456789abcdef"

#define add(path, function)                                                        \
  g_test_add ("/ui/list-menu/" path, UiFixture, NULL, ui_fixture_set_up, function, \
              ui_fixture_tear_down)

static gboolean
has_action (GMenuModel *menu, const char *action)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *name = NULL;

          g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_ACTION, "s", &name);
          if (g_strcmp0 (name, action) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
offers (UiFixture *fixture, LanyardAuthorization *authorization, const char *action)
{
  g_autoptr (LanyardListEntry) entry =
    lanyard_list_entry_new (authorization, lanyard_manager_get_catalogue (fixture->manager));
  g_autoptr (GMenuModel) menu = lanyard_list_menu_new (entry, fixture->manager);

  return has_action (menu, action);
}

static void
set_text (LanyardDraft *draft, const char *name, const char *text)
{
  lanyard_draft_set_text (draft,
                          lanyard_auth_type_find_field (lanyard_draft_get_auth_type (draft),
                                                        lanyard_draft_get_provider (draft), name),
                          text);
}

/* Returns: (transfer full): one that a person entered and saved */
static LanyardAuthorization *
save (UiFixture *fixture, const char *provider_id, const char *const *values)
{
  g_autoptr (LanyardDraft) draft = lanyard_draft_new (fixture->manager, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_draft_choose_provider (draft, ui_fixture_get_provider (fixture, provider_id));
  for (guint i = 0; values[i] != NULL; i += 2)
    set_text (draft, values[i], values[i + 1]);
  lanyard_draft_save_async (draft, TRUE, NULL, lanyard_test_take_result_cb, &result);
  lanyard_draft_save_finish (draft, lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  return g_object_ref (lanyard_draft_get_authorization (draft));
}

static void
test_without_sign_in (UiFixture *fixture, gconstpointer user_data)
{
  const char *const key[] = { "api_key", "k-5e1f", NULL };
  const char *const signing[] = { "signing_key", SECRET, "algorithm", "HS256", NULL };
  g_autoptr (LanyardAuthorization) with_key = save (fixture, "custom-api-key", key);
  g_autoptr (LanyardAuthorization) is_signed = save (fixture, "custom-jwt", signing);

  g_assert_false (offers (fixture, with_key, "authorization.authorize"));
  g_assert_true (offers (fixture, with_key, "authorization.test"));
  g_assert_false (offers (fixture, is_signed, "authorization.authorize"));
  g_assert_true (offers (fixture, is_signed, "authorization.test"));
}

static void
test_with_sign_in (UiFixture *fixture, gconstpointer user_data)
{
  const char *const login[] = {
    "token_endpoint", "https://acme.example/login", "username", "ada", "password", "secret", NULL
  };
  g_autoptr (LanyardAuthorization) fetched = save (fixture, "custom-jwt", login);
  g_autoptr (LanyardAuthorization) page = ui_fixture_make_saved (fixture, "Work");

  g_assert_true (offers (fixture, fetched, "authorization.authorize"));
  g_assert_false (offers (fixture, fetched, "authorization.test"));
  g_assert_true (offers (fixture, page, "authorization.authorize"));
}

static void
test_inactive (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) page = ui_fixture_make_saved (fixture, "Work");

  lanyard_authorization_set_active (page, FALSE);
  g_assert_false (offers (fixture, page, "authorization.authorize"));
  g_assert_true (offers (fixture, page, "authorization.open"));
  g_assert_true (offers (fixture, page, "authorization.delete"));
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  add ("without-sign-in", test_without_sign_in);
  add ("with-sign-in", test_with_sign_in);
  add ("inactive", test_inactive);

  return lanyard_test_run ();
}
