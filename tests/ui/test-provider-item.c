/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-item.h"
#include "lanyard-test.h"

#define PROVIDER                                                     \
  "{\"id\": \"zebra-%d\", \"name\": \"Zebra %d\", \"popular\": %d, " \
  "\"methods\": [{\"type\": \"api-key\"}]}"

typedef struct
{
  char *folder;
  LanyardCatalogue *catalogue;
  GListStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = lanyard_test_make_folder ();
  for (int i = 1; i <= 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("zebra-%d.json", i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *text = g_strdup_printf (PROVIDER, i, i, 10000 - i);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
    }
  fixture->catalogue = lanyard_catalogue_new (fixture->folder);
  fixture->store = g_list_store_new (LANYARD_TYPE_PROVIDER_ITEM);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->catalogue);
  lanyard_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* The names of the rows; a heading is in brackets. */
static char **
list_rows (Fixture *fixture)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->store)); i++)
    {
      g_autoptr (LanyardProviderItem) item =
        g_list_model_get_item (G_LIST_MODEL (fixture->store), i);
      LanyardProvider *provider = lanyard_provider_item_get_provider (item);
      const char *heading = lanyard_provider_item_get_heading (item);
      g_autofree char *text = provider != NULL ? NULL : g_strdup_printf ("[%s]", heading);

      g_assert_true ((provider == NULL) != (heading == NULL));
      g_strv_builder_add (builder, provider != NULL ? lanyard_provider_get_name (provider) : text);
    }

  return g_strv_builder_end (builder);
}

static guint
count (char **rows, const char *prefix)
{
  guint n = 0;

  for (; *rows != NULL; rows++)
    n += g_str_has_prefix (*rows, prefix) ? 1 : 0;
  return n;
}

static void
test_groups (Fixture *fixture, gconstpointer user_data)
{
  g_auto (GStrv) rows = NULL;

  g_assert_true (lanyard_provider_items_fill (fixture->store, fixture->catalogue, ""));
  rows = list_rows (fixture);
  g_assert_cmpstr (rows[0], ==, "[Yours]");
  g_assert_cmpstr (rows[1], ==, "Zebra 1");
  g_assert_cmpuint (count (rows, "[All Providers]"), ==, 1);
  g_assert_cmpuint (count (rows, "[Custom]"), ==, 1);
  /* Each of the eight types can be entered by hand. */
  g_assert_cmpuint (count (rows, "Custom "), ==, 8);
  g_assert_cmpuint (count (rows, "Zebra "), >=, 24);
}

static void
test_search (Fixture *fixture, gconstpointer user_data)
{
  g_auto (GStrv) rows = NULL;

  g_assert_true (lanyard_provider_items_fill (fixture->store, fixture->catalogue, "zebra 12"));
  rows = list_rows (fixture);
  g_assert_cmpuint (g_strv_length (rows), ==, 1);
  g_assert_cmpstr (rows[0], ==, "Zebra 12");
}

static void
test_nothing_found (Fixture *fixture, gconstpointer user_data)
{
  g_auto (GStrv) rows = NULL;

  g_assert_false (lanyard_provider_items_fill (fixture->store, fixture->catalogue, "quagga"));
  rows = list_rows (fixture);
  g_assert_cmpuint (g_strv_length (rows), ==, 8);
  g_assert_cmpuint (count (rows, "Custom "), ==, 8);
}

/* A list of all providers must not read the data of any that Lanyard ships. */
static void
test_reads_nothing (Fixture *fixture, gconstpointer user_data)
{
  GListModel *list = lanyard_catalogue_list (fixture->catalogue);

  lanyard_provider_items_fill (fixture->store, fixture->catalogue, "");
  lanyard_provider_items_fill (fixture->store, fixture->catalogue, "g");
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);

      if (lanyard_catalogue_is_shipped (fixture->catalogue, lanyard_provider_get_id (provider)))
        g_assert_false (lanyard_provider_is_loaded (provider));
    }
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add ("/ui/provider-item/groups", Fixture, NULL, set_up, test_groups, tear_down);
  g_test_add ("/ui/provider-item/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/ui/provider-item/nothing-found", Fixture, NULL, set_up, test_nothing_found,
              tear_down);
  g_test_add ("/ui/provider-item/reads-nothing", Fixture, NULL, set_up, test_reads_nothing,
              tear_down);

  return lanyard_test_run ();
}
