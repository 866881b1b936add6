/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-model.h"

typedef struct
{
  GListStore *store;
  LanyardCatalogue *catalogue;
  LanyardListModel *model;
  /* What the model told since the last check */
  guint n_changes;
  guint position;
  guint n_removed;
  guint n_added;
} Fixture;

static void
items_changed_cb (Fixture *fixture, guint position, guint n_removed, guint n_added)
{
  fixture->n_changes++;
  fixture->position = position;
  fixture->n_removed = n_removed;
  fixture->n_added = n_added;
}

static LanyardAuthorization *
add (Fixture *fixture, const char *name, const char *provider_id)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);

  lanyard_authorization_set_name (authorization, name);
  lanyard_authorization_set_provider_id (authorization, provider_id);
  lanyard_authorization_set_type_id (authorization, "oauth2");
  g_list_store_append (fixture->store, authorization);
  return authorization;
}

/* The model follows when the main loop runs, before anything is drawn. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = g_list_store_new (LANYARD_TYPE_AUTHORIZATION);
  fixture->catalogue = lanyard_catalogue_new (NULL);
  fixture->model = lanyard_list_model_new (G_LIST_MODEL (fixture->store), fixture->catalogue);
  g_signal_connect_swapped (fixture->model, "items-changed", G_CALLBACK (items_changed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  settle ();
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->catalogue);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  GListModel *model = G_LIST_MODEL (fixture->model);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LanyardListEntry) entry = g_list_model_get_item (model, i);
      LanyardAuthorization *authorization = lanyard_list_entry_get_authorization (entry);

      g_string_append_printf (names, "%s%s", i == 0 ? "" : " ",
                              lanyard_authorization_get_name (authorization));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  assert_rows (fixture, "");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), 0));
  g_assert_null (lanyard_list_model_find (fixture->model, "no such id"));
  g_assert_cmpuint (lanyard_list_model_count_all (fixture->model), ==, 0);
  lanyard_list_model_set_search (fixture->model, "x");
  assert_rows (fixture, "");
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  LanyardAuthorization *authorization;

  add (fixture, "beta", "b");
  authorization = add (fixture, "Alpha", "c");
  add (fixture, "gamma", "a");
  settle ();
  assert_rows (fixture, "Alpha beta gamma");

  lanyard_list_model_set_sort (fixture->model, LANYARD_LIST_SORT_NAME, TRUE);
  assert_rows (fixture, "gamma beta Alpha");
  lanyard_list_model_set_sort (fixture->model, LANYARD_LIST_SORT_PROVIDER, FALSE);
  assert_rows (fixture, "gamma beta Alpha");
  lanyard_authorization_set_status (authorization, LANYARD_STATUS_REFUSED);
  lanyard_list_model_set_sort (fixture->model, LANYARD_LIST_SORT_STATUS, FALSE);
  assert_rows (fixture, "Alpha beta gamma");
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  LanyardAuthorization *authorization = add (fixture, "Work Calendar", "google");

  add (fixture, "Scripts", "github");
  settle ();
  lanyard_list_model_set_search (fixture->model, "nothing like it");
  assert_rows (fixture, "");
  lanyard_list_model_set_search (fixture->model, "CALENDAR  work");
  assert_rows (fixture, "Work Calendar");
  lanyard_list_model_set_search (fixture->model, "GOOGLE");
  assert_rows (fixture, "Work Calendar");
  lanyard_list_model_set_search (fixture->model, "%s");
  assert_rows (fixture, "");
  lanyard_list_model_set_search (fixture->model, "anna");
  assert_rows (fixture, "");
  lanyard_authorization_set_account (authorization, "anna@example.org");
  settle ();
  assert_rows (fixture, "Work Calendar");
  lanyard_list_model_set_search (fixture->model, " ");
  assert_rows (fixture, "Scripts Work Calendar");
  g_assert_false (lanyard_list_model_has_search (fixture->model));
}

static void
test_inactive (Fixture *fixture, gconstpointer data)
{
  LanyardAuthorization *authorization = add (fixture, "Alpha", "github");

  add (fixture, "Beta", "github");
  settle ();
  lanyard_authorization_set_active (authorization, FALSE);
  settle ();
  assert_rows (fixture, "Beta");
  lanyard_list_model_set_search (fixture->model, "alpha");
  assert_rows (fixture, "");
  g_assert_cmpuint (lanyard_list_model_count_elsewhere (fixture->model), ==, 1);
  lanyard_list_model_set_show_inactive (fixture->model, TRUE);
  assert_rows (fixture, "Alpha");
  g_assert_nonnull (
    lanyard_list_model_find (fixture->model, lanyard_authorization_get_id (authorization)));
}

/* One change, and no larger than it must be: a row that stays keeps its focus. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  LanyardAuthorization *authorization;

  add (fixture, "a", "x");
  authorization = add (fixture, "b", "x");
  add (fixture, "c", "x");
  settle ();
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (fixture->n_added, ==, 3);

  lanyard_authorization_set_status (authorization, LANYARD_STATUS_AUTHORIZED);
  settle ();
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  lanyard_authorization_set_active (authorization, FALSE);
  settle ();
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  g_assert_cmpuint (fixture->position, ==, 1);
  g_assert_cmpuint (fixture->n_removed, ==, 1);
  g_assert_cmpuint (fixture->n_added, ==, 0);

  lanyard_list_model_set_search (fixture->model, "x");
  g_assert_cmpuint (fixture->n_changes, ==, 2);
}

/* What is being done with a row goes on when others come and go. */
static void
test_progress (Fixture *fixture, gconstpointer data)
{
  LanyardAuthorization *authorization = add (fixture, "a", "x");
  const char *id = lanyard_authorization_get_id (authorization);
  LanyardListEntry *entry = lanyard_list_model_find (fixture->model, id);
  g_autoptr (GCancellable) first = lanyard_list_entry_begin (entry, "Testing…");
  g_autoptr (GCancellable) second = NULL;

  add (fixture, "b", "x");
  settle ();
  g_assert_true (lanyard_list_model_find (fixture->model, id) == entry);
  g_assert_cmpstr (lanyard_list_entry_get_progress (entry), ==, "Testing…");

  second = lanyard_list_entry_begin (entry, "Revoking…");
  g_assert_true (g_cancellable_is_cancelled (first));
  lanyard_list_entry_end (entry, first);
  g_assert_cmpstr (lanyard_list_entry_get_progress (entry), ==, "Revoking…");
  lanyard_list_entry_end (entry, second);
  g_assert_null (lanyard_list_entry_get_progress (entry));
  g_assert_false (g_cancellable_is_cancelled (second));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  add (fixture, "Work calendar", "x");
  g_assert_true (lanyard_list_model_has_name (fixture->model, "WORK CALENDAR "));
  g_assert_false (lanyard_list_model_has_name (fixture->model, "Work"));
}

static void
test_details (Fixture *fixture, gconstpointer data)
{
  LanyardAuthorization *authorization = add (fixture, "a", "no such provider");
  LanyardListEntry *entry =
    lanyard_list_model_find (fixture->model, lanyard_authorization_get_id (authorization));
  g_autofree char *type = lanyard_list_entry_dup_details (entry);
  g_autofree char *scopes = NULL;
  g_autofree char *both = NULL;
  g_autofree char *host = NULL;

  g_assert_cmpstr (type, ==, "OAuth 2.0");
  g_assert_cmpstr (lanyard_list_entry_get_provider_name (entry), ==, "no such provider");
  lanyard_authorization_set_scopes (authorization, (const char *[]){ "one", NULL });
  scopes = lanyard_list_entry_dup_details (entry);
  g_assert_cmpstr (scopes, ==, "1 scope");
  lanyard_authorization_set_connectors (authorization, (const char *[]){ "x", "y", NULL });
  both = lanyard_list_entry_dup_details (entry);
  g_assert_cmpstr (both, ==, "2 connectors · 1 scope");
  lanyard_authorization_set_setting (authorization, "base_url", "https://cloud.example.org/x?y");
  host = lanyard_list_entry_dup_details (entry);
  g_assert_cmpstr (host, ==, "cloud.example.org");
}

#define ADD_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/ui/list-model/empty", test_empty);
  ADD_TEST ("/ui/list-model/order", test_order);
  ADD_TEST ("/ui/list-model/search", test_search);
  ADD_TEST ("/ui/list-model/inactive", test_inactive);
  ADD_TEST ("/ui/list-model/changes", test_changes);
  ADD_TEST ("/ui/list-model/progress", test_progress);
  ADD_TEST ("/ui/list-model/names", test_names);
  ADD_TEST ("/ui/list-model/details", test_details);

  return g_test_run ();
}
