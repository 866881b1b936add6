/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the catalogue costs, beside what its parts cost at least. Each measurement and its peer run
 * in turns, so that whatever else the machine does slows both down; the medians count. */

#include "config.h"

#include "lanyard-catalogue.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "/io/github/lanyard/Lanyard/providers/"
#define ROUNDS 101
#define LOOKUPS 100000

typedef void (*Work) (void);

static const char *const ids[] = { "google", "github", "microsoft", "slack", "dropbox" };

/* What a search works on, which is not measured. */
static LanyardCatalogue *filled;

static void
nothing (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);
}

/* As the list window does at its start: a few names and colours. */
static void
show_some (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (
      lanyard_provider_get_color (lanyard_catalogue_lookup (catalogue, ids[i], NULL)));
}

/* As the editor's drop-down does when it opens. */
static void
show_all (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (lanyard_catalogue_list (catalogue)), >, 100);
}

/* As the editor does with the one that is chosen. */
static void
read_some (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (
      lanyard_provider_list_methods (lanyard_catalogue_lookup (catalogue, ids[i], NULL)));
}

static void
parse (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  g_assert_true (json_parser_load_from_data (parser, text, (gssize)length, NULL));
}

static void
parse_some (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strconcat (ids[i], ".json", NULL);

      parse (name);
    }
}

static void
parse_all (void)
{
  g_auto (GStrv) names =
    g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    parse (names[i]);
}

/* A key that is pressed. */
static void
search (void)
{
  g_autoptr (GListModel) found = lanyard_catalogue_search (filled, "goo cal");

  g_assert_nonnull (found);
}

static void
scan (void)
{
  GListModel *list = lanyard_catalogue_list (filled);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);
      const char *key = lanyard_provider_get_search_key (provider);

      n += strstr (key, "goo") != NULL && strstr (key, "cal") != NULL ? 1 : 0;
    }
  g_assert_cmpuint (n, <, g_list_model_get_n_items (list));
}

static int
compare_times (const void *a, const void *b)
{
  gint64 first = *(const gint64 *)a;
  gint64 second = *(const gint64 *)b;

  return (first > second) - (first < second);
}

static gint64
measure (Work work)
{
  gint64 start = g_get_monotonic_time ();

  work ();
  return g_get_monotonic_time () - start;
}

static void
compare (const char *what, Work ours, const char *peer, Work theirs)
{
  gint64 our_times[ROUNDS], their_times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      our_times[i] = measure (ours);
      their_times[i] = measure (theirs);
    }
  qsort (our_times, ROUNDS, sizeof our_times[0], compare_times);
  qsort (their_times, ROUNDS, sizeof their_times[0], compare_times);

  g_print ("%-34s %7" G_GINT64_FORMAT " us   %-34s %7" G_GINT64_FORMAT " us   ratio %.3f\n", what,
           our_times[ROUNDS / 2], peer, their_times[ROUNDS / 2],
           (double)our_times[ROUNDS / 2] / (double)MAX (their_times[ROUNDS / 2], 1));
}

/* How long a row of the list waits for a provider that it knows, in nanoseconds. */
static double
measure_known (void)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < LOOKUPS; i++)
    lanyard_catalogue_lookup (filled, ids[0], NULL);

  return (double)(g_get_monotonic_time () - start) * 1000 / LOOKUPS;
}

int
main (void)
{
  filled = lanyard_catalogue_new (NULL);
  g_print ("%u providers\n", g_list_model_get_n_items (lanyard_catalogue_list (filled)));

  compare ("names of 5 providers", show_some, "an empty catalogue", nothing);
  compare ("list of all providers", show_all, "json-glib parses all", parse_all);
  compare ("data of 5 providers", read_some, "json-glib parses 5", parse_some);
  compare ("search for two words", search, "strstr() in all keys", scan);
  g_print ("a provider that is known: %.0f ns\n", measure_known ());
  g_object_unref (filled);

  return EXIT_SUCCESS;
}
