/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-catalogue.h"
#include "lanyard-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define OWN(id, name) "{\"id\":\"" id "\",\"name\":\"" name "\",\"methods\":[{\"type\":\"basic\"}]}"

typedef struct
{
  char *directory;
  LanyardCatalogue *catalogue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("lanyard-catalogue-XXXXXX", NULL);
  g_assert_nonnull (fixture->directory);
  fixture->catalogue = lanyard_catalogue_new (fixture->directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_assert_finalize_object (fixture->catalogue);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_not_found (LanyardCatalogue *catalogue, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_catalogue_lookup (catalogue, id, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static guint
find_position (GListModel *list, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);

      if (g_strcmp0 (lanyard_provider_get_id (provider), id) == 0)
        return i;
    }

  return G_MAXUINT;
}

/* An id is never a path. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *basename = g_path_get_basename (fixture->directory);
  g_autofree char *outside = g_strdup_printf ("../%s/own", basename);

  write_file (fixture, "own.json", OWN ("own", "Own"));
  assert_not_found (fixture->catalogue, "nothing");
  assert_not_found (fixture->catalogue, "");
  assert_not_found (fixture->catalogue, "../providers/google");
  assert_not_found (fixture->catalogue, outside);
  assert_not_found (fixture->catalogue, "google.json");
  assert_not_found (fixture->catalogue, "Google");
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) problems = NULL;
  GListModel *list;

  write_file (fixture, "broken.json", "{\n\"id\": broken\n}");
  write_file (fixture, "misnamed.json", OWN ("other", "Other"));
  write_file (fixture, "With Space.json", OWN ("with", "With"));
  write_file (fixture, "fine.json", OWN ("fine", "Fine"));
  write_file (fixture, ".hidden.json", "no JSON");
  write_file (fixture, "README", "no JSON either");

  g_assert_null (lanyard_catalogue_lookup (fixture->catalogue, "broken", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "broken.json"));
  g_assert_nonnull (strstr (error->message, "line 2"));

  list = lanyard_catalogue_list (fixture->catalogue);
  g_assert_cmpuint (find_position (list, "broken"), ==, G_MAXUINT);
  g_assert_cmpuint (find_position (list, "fine"), !=, G_MAXUINT);
  g_assert_cmpuint (find_position (list, "google"), !=, G_MAXUINT);

  problems = lanyard_catalogue_list_problems (fixture->catalogue);
  g_assert_cmpuint (g_strv_length (problems), ==, 3);
}

/* A broken file does not silently give way to the one that it should have replaced. */
static void
test_broken_override (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "google.json", "{}");
  g_assert_null (lanyard_catalogue_lookup (fixture->catalogue, "google", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* Neither a pipe that never ends nor a folder holds anything up. */
static void
test_no_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (fixture->directory, "pipe.json", NULL);
  g_autofree char *folder = g_build_filename (fixture->directory, "folder.json", NULL);
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, ' ');
  g_auto (GStrv) problems = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (fixture, "huge.json", filler);
  g_assert_null (lanyard_catalogue_lookup (fixture->catalogue, "pipe", NULL));
  g_assert_null (lanyard_catalogue_lookup (fixture->catalogue, "folder", NULL));
  g_assert_null (lanyard_catalogue_lookup (fixture->catalogue, "huge", NULL));
  problems = lanyard_catalogue_list_problems (fixture->catalogue);
  g_assert_cmpuint (g_strv_length (problems), ==, 3);
}

static void
test_no_folder (void)
{
  g_autoptr (LanyardCatalogue) none = lanyard_catalogue_new (NULL);
  g_autoptr (LanyardCatalogue) missing = lanyard_catalogue_new ("/nowhere/at/all");
  g_auto (GStrv) problems = lanyard_catalogue_list_problems (missing);

  g_assert_nonnull (lanyard_catalogue_lookup (none, "github", NULL));
  g_assert_nonnull (lanyard_catalogue_lookup (missing, "github", NULL));
  g_assert_cmpuint (g_strv_length (problems), ==, 0);
}

static void
test_lookup (Fixture *fixture, gconstpointer data)
{
  LanyardProvider *provider = lanyard_catalogue_lookup (fixture->catalogue, "google", NULL);
  LanyardMethod *method;

  g_assert_nonnull (provider);
  g_assert_true (lanyard_catalogue_lookup (fixture->catalogue, "google", NULL) == provider);
  method = lanyard_provider_find_method (provider, "oauth2");
  g_assert_cmpstr (lanyard_method_get_string (method, "token.url"), ==,
                   "https://oauth2.googleapis.com/token");
  g_assert_cmpstr (lanyard_method_get_string (method, "authorize.params.access_type"), ==,
                   "offline");
  g_assert_false (lanyard_method_get_boolean (method, "redirect.embedded", TRUE));
}

static void
test_own (Fixture *fixture, gconstpointer data)
{
  LanyardProvider *provider;

  write_file (fixture, "github.json", OWN ("github", "GitHub at work"));
  write_file (fixture, "own.json", OWN ("own", "Own"));
  provider = lanyard_catalogue_lookup (fixture->catalogue, "github", NULL);
  g_assert_cmpstr (lanyard_provider_get_name (provider), ==, "GitHub at work");
  g_assert_nonnull (lanyard_catalogue_lookup (fixture->catalogue, "own", NULL));
}

static void
count_cb (GListModel *list, guint position, guint removed, guint added, guint *count)
{
  (*count)++;
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  GListModel *list = lanyard_catalogue_list (fixture->catalogue);
  guint n = g_list_model_get_n_items (list);
  guint count = 0;

  g_assert_true (g_list_model_get_item_type (list) == LANYARD_TYPE_PROVIDER);
  g_assert_cmpuint (find_position (list, "dropbox"), <, find_position (list, "github"));
  g_assert_cmpuint (find_position (list, "github"), <, find_position (list, "slack"));
  g_assert_cmpuint (find_position (list, "custom-oauth2"), >, find_position (list, "slack"));
  g_assert_cmpuint (find_position (list, "custom-api-key"), >, find_position (list, "slack"));

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &count);
  g_assert_true (lanyard_catalogue_list (fixture->catalogue) == list);
  g_assert_cmpuint (count, ==, 0);

  write_file (fixture, "aaa.json", OWN ("aaa", "Aaa"));
  lanyard_catalogue_list (fixture->catalogue);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n + 1);
  g_assert_cmpuint (find_position (list, "aaa"), <, find_position (list, "dropbox"));
}

static void
assert_found (LanyardCatalogue *catalogue, const char *words, guint position, const char *id)
{
  g_autoptr (GListModel) found = lanyard_catalogue_search (catalogue, words);
  g_autoptr (LanyardProvider) provider = g_list_model_get_item (found, position);

  g_assert_nonnull (provider);
  g_assert_cmpstr (lanyard_provider_get_id (provider), ==, id);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) nothing = NULL;
  g_autoptr (GListModel) all = NULL;

  write_file (fixture, "zzq-inside.json", OWN ("zzq-inside", "Other Zzquery"));
  write_file (fixture, "zzq-plain.json", OWN ("zzq-plain", "Zzquery plain"));
  write_file (fixture, "zzq-popular.json",
              "{\"id\":\"zzq-popular\",\"name\":\"Zzquery popular\",\"popular\":1,"
              "\"methods\":[{\"type\":\"basic\"}]}");
  write_file (fixture, "zzq.json", OWN ("zzq", "ZZQUÉRY"));

  nothing = lanyard_catalogue_search (fixture->catalogue, "zebra crossing of nobody");
  g_assert_cmpuint (g_list_model_get_n_items (nothing), ==, 0);

  /* The name itself, then those that begin with it, the popular ones first, then the rest. */
  assert_found (fixture->catalogue, "zzquery", 0, "zzq");
  assert_found (fixture->catalogue, "zzquery", 1, "zzq-popular");
  assert_found (fixture->catalogue, " Zzquérý ", 2, "zzq-plain");
  assert_found (fixture->catalogue, "zzquery", 3, "zzq-inside");
  assert_found (fixture->catalogue, "google", 0, "google");
  assert_found (fixture->catalogue, "custom oauth 2", 0, "custom-oauth2");

  all = lanyard_catalogue_search (fixture->catalogue, "");
  g_assert_cmpuint (g_list_model_get_n_items (all), ==,
                    g_list_model_get_n_items (lanyard_catalogue_list (fixture->catalogue)));
}

/* Neither a list nor a search reads what it does not show. */
static void
test_reads_nothing (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);
  GListModel *list = lanyard_catalogue_list (catalogue);
  g_autoptr (GListModel) found = lanyard_catalogue_search (catalogue, "a");

  g_assert_cmpuint (g_list_model_get_n_items (found), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);

      g_assert_nonnull (lanyard_provider_get_color (provider));
      g_assert_nonnull (lanyard_provider_get_type_ids (provider)[0]);
      g_assert_false (lanyard_provider_is_loaded (provider));
    }
}

/* What the index says is what the file says. */
static void
test_index (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);
  GListModel *list = lanyard_catalogue_list (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);
      g_autoptr (JsonObject) root = lanyard_provider_dup_data (provider);
      g_autoptr (LanyardProvider) whole = lanyard_provider_new (root);

      g_assert_cmpstr (lanyard_provider_get_name (provider), ==, lanyard_provider_get_name (whole));
      g_assert_cmpstr (lanyard_provider_get_website (provider), ==,
                       lanyard_provider_get_website (whole));
      g_assert_cmpstr (lanyard_provider_get_color (provider), ==,
                       lanyard_provider_get_color (whole));
      g_assert_cmpstr (lanyard_provider_get_search_key (provider), ==,
                       lanyard_provider_get_search_key (whole));
      g_assert_cmpuint (lanyard_provider_get_rank (provider), ==,
                        lanyard_provider_get_rank (whole));
      g_assert_true (g_strv_equal (lanyard_provider_get_type_ids (provider),
                                   lanyard_provider_get_type_ids (whole)));
    }
}

static void
changed_cb (LanyardCatalogue *catalogue, guint *count)
{
  (*count)++;
}

/* Runs the main loop until so many changes were told, for a minute at most. */
static void
wait_for_changes (guint *count, guint n)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (*count < n && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (*count, ==, n);
}

/* Files that come, are replaced, break and go; each time several at once are one change. */
static void
test_watch (Fixture *fixture, gconstpointer data)
{
  GListModel *list = lanyard_catalogue_list (fixture->catalogue);
  guint n = g_list_model_get_n_items (list);
  g_autofree char *path = g_build_filename (fixture->directory, "own.json", NULL);
  g_auto (GStrv) problems = NULL;
  LanyardProvider *first, *second;
  guint count = 0;

  lanyard_catalogue_watch (fixture->catalogue);
  g_signal_connect (fixture->catalogue, "changed", G_CALLBACK (changed_cb), &count);

  write_file (fixture, "own.json", OWN ("own", "Own"));
  write_file (fixture, "more.json", OWN ("more", "More"));
  wait_for_changes (&count, 1);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n + 2);

  first = lanyard_catalogue_lookup (fixture->catalogue, "own", NULL);
  write_file (fixture, "own.json", OWN ("own", "Renamed"));
  wait_for_changes (&count, 2);
  second = lanyard_catalogue_lookup (fixture->catalogue, "own", NULL);
  g_assert_cmpstr (lanyard_provider_get_name (second), ==, "Renamed");
  /* Whoever has the one before may use it yet. */
  g_assert_cmpstr (lanyard_provider_get_name (first), ==, "Own");

  write_file (fixture, "own.json", "{\n \"id\": 7 }");
  wait_for_changes (&count, 3);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n + 1);
  g_assert_null (lanyard_catalogue_lookup (fixture->catalogue, "own", NULL));
  problems = lanyard_catalogue_list_problems (fixture->catalogue);
  g_assert_cmpuint (g_strv_length (problems), ==, 1);
  g_assert_nonnull (strstr (problems[0], "own.json"));
  g_assert_nonnull (strstr (problems[0], "line 1"));

  g_assert_cmpint (g_remove (path), ==, 0);
  wait_for_changes (&count, 4);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n + 1);
}

#define ADD(path, func) \
  g_test_add ("/catalogue/catalogue/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("unknown", test_unknown);
  ADD ("broken", test_broken);
  ADD ("broken-override", test_broken_override);
  ADD ("no-files", test_no_files);
  g_test_add_func ("/catalogue/catalogue/no-folder", test_no_folder);
  ADD ("lookup", test_lookup);
  ADD ("own", test_own);
  ADD ("list", test_list);
  ADD ("search", test_search);
  g_test_add_func ("/catalogue/catalogue/reads-nothing", test_reads_nothing);
  g_test_add_func ("/catalogue/catalogue/index", test_index);
  ADD ("watch", test_watch);

  return g_test_run ();
}
