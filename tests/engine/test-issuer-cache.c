/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-issuer-cache.h"
#include "lanyard-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define ISSUER "https://id.example.org"
#define DAY (24 * 60 * 60)

static LanyardServerMetadata *
make_metadata (void)
{
  static const char text[] = "{\"issuer\":\"" ISSUER "\",\"token_endpoint\":\"" ISSUER "/t\"}";

  return lanyard_server_metadata_parse (ISSUER, text, strlen (text), NULL);
}

static gboolean
is_fresh (LanyardIssuerCache *cache, gint64 now)
{
  gboolean fresh = TRUE;

  lanyard_issuer_cache_lookup (cache, ISSUER, now, &fresh);
  return fresh;
}

static void
test_missing (void)
{
  g_autofree char *folder = lanyard_test_make_folder ();
  g_autoptr (LanyardIssuerCache) memory = lanyard_issuer_cache_new (NULL);
  g_autoptr (LanyardIssuerCache) disk = lanyard_issuer_cache_new (folder);

  g_assert_null (lanyard_issuer_cache_lookup (memory, ISSUER, 1, NULL));
  g_assert_null (lanyard_issuer_cache_lookup (disk, ISSUER, 1, NULL));
  g_assert_false (is_fresh (memory, 1));
}

static void
test_age (void)
{
  g_autoptr (LanyardIssuerCache) cache = lanyard_issuer_cache_new (NULL);
  g_autoptr (LanyardServerMetadata) metadata = make_metadata ();

  lanyard_issuer_cache_add (cache, metadata, 1000);
  g_assert_true (is_fresh (cache, 1000));
  g_assert_true (is_fresh (cache, 1000 + DAY - 1));
  g_assert_false (is_fresh (cache, 1000 + DAY));
  g_assert_false (is_fresh (cache, 999));
  g_assert_nonnull (lanyard_issuer_cache_lookup (cache, ISSUER, 1000 + DAY, NULL));
}

/* A later program finds it; one that somebody spoiled is not used. */
static void
test_disk (void)
{
  g_autofree char *folder = lanyard_test_make_folder ();
  g_autofree char *directory = g_build_filename (folder, "a", "b", NULL);
  g_autoptr (LanyardServerMetadata) metadata = make_metadata ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardIssuerCache) first = lanyard_issuer_cache_new (directory);
  g_autoptr (LanyardIssuerCache) later = lanyard_issuer_cache_new (directory);
  g_autoptr (LanyardIssuerCache) last = lanyard_issuer_cache_new (directory);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  gboolean fresh;
  LanyardServerMetadata *found;

  lanyard_issuer_cache_add (first, metadata, now);
  found = lanyard_issuer_cache_lookup (later, ISSUER, now + 5, &fresh);
  g_assert_nonnull (found);
  g_assert_true (fresh);
  g_assert_cmpstr (lanyard_server_metadata_get_string (found, "token_endpoint"), ==, ISSUER "/t");
  g_assert_null (lanyard_issuer_cache_lookup (later, ISSUER "/", now, NULL));

  dir = g_dir_open (directory, 0, NULL);
  path = g_build_filename (directory, g_dir_read_name (dir), NULL);
  g_assert_true (
    g_file_set_contents (path, "{\"issuer\":\"https://other.example.org\"}", -1, NULL));
  g_assert_null (lanyard_issuer_cache_lookup (last, ISSUER, now, NULL));
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/issuer-cache/missing", test_missing);
  g_test_add_func ("/engine/issuer-cache/age", test_age);
  g_test_add_func ("/engine/issuer-cache/disk", test_disk);

  return lanyard_test_run ();
}
