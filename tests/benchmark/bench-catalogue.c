/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A catalogue is made and five providers are looked up, as a program does at its start; against
 * json-glib's parser over the same texts, which checks nothing. Both run in turns, so that whatever
 * else the machine does slows both down; the median counts. */

#include "config.h"

#include "lanyard-catalogue.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

#define FOLDER "/io/github/lanyard/Lanyard/providers/"
#define ROUNDS 401
#define LOOKUPS 100000

static const char *const ids[] = { "google", "github", "microsoft", "slack", "dropbox" };

static gint64
measure_catalogue (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (lanyard_catalogue_lookup (catalogue, ids[i], NULL));

  return g_get_monotonic_time () - start;
}

static gint64
measure_json_glib (void)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, ids[i], ".json", NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      g_assert_true (json_parser_load_from_data (parser, text, (gssize)length, NULL));
    }

  return g_get_monotonic_time () - start;
}

/* How long a row of the list waits for a provider that was read already, in nanoseconds. */
static double
measure_known (void)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);
  gint64 start;

  lanyard_catalogue_lookup (catalogue, ids[0], NULL);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < LOOKUPS; i++)
    lanyard_catalogue_lookup (catalogue, ids[0], NULL);

  return (double)(g_get_monotonic_time () - start) * 1000 / LOOKUPS;
}

static int
compare_times (const void *a, const void *b)
{
  gint64 first = *(const gint64 *)a;
  gint64 second = *(const gint64 *)b;

  return (first > second) - (first < second);
}

int
main (void)
{
  static gint64 catalogue[ROUNDS], json_glib[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      catalogue[i] = measure_catalogue ();
      json_glib[i] = measure_json_glib ();
    }
  qsort (catalogue, ROUNDS, sizeof catalogue[0], compare_times);
  qsort (json_glib, ROUNDS, sizeof json_glib[0], compare_times);

  g_print ("catalogue with 5 providers: %" G_GINT64_FORMAT " us, bare json-glib: %" G_GINT64_FORMAT
           " us, ratio %.2f; a known provider: %.0f ns\n",
           catalogue[ROUNDS / 2], json_glib[ROUNDS / 2],
           (double)catalogue[ROUNDS / 2] / (double)json_glib[ROUNDS / 2], measure_known ());

  return EXIT_SUCCESS;
}
