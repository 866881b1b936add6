/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-own-providers.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWN(id, name) "{\"id\":\"" id "\",\"name\":\"" name "\",\"methods\":[{\"type\":\"basic\"}]}"

typedef struct
{
  char *directory;
  LanyardOwnProviders *own;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("lanyard-own-XXXXXX", NULL);
  g_assert_nonnull (fixture->directory);
  fixture->own = lanyard_own_providers_new (fixture->directory);
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
  lanyard_own_providers_free (fixture->own);
}

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = dup_path (fixture, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_refused (Fixture *fixture, const char *id, const char *where)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_own_providers_lookup (fixture->own, id, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, where));
}

/* Whoever can write it can say where secrets are sent. */
static void
test_writable_by_all (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "own.json");

  write_file (fixture, "own.json", OWN ("own", "Own"));
  g_assert_cmpint (g_chmod (path, 0666), ==, 0);
  assert_refused (fixture, "own", "o-w");

  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_true (lanyard_own_providers_update (fixture->own));
  g_assert_nonnull (lanyard_own_providers_lookup (fixture->own, "own", NULL));
}

/* A link is followed to an ordinary file, and to nothing else. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  static const char *const links[][2] = { { "device.json", "/dev/zero" },
                                          { "loop.json", "loop.json" },
                                          { "folder.json", "/" },
                                          { "open.json", "open" },
                                          { "fine.json", "fine" } };
  g_autofree char *open_path = dup_path (fixture, "open");

  write_file (fixture, "fine", OWN ("fine", "Fine"));
  write_file (fixture, "open", OWN ("open", "Open"));
  g_assert_cmpint (g_chmod (open_path, 0666), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *path = dup_path (fixture, links[i][0]);

      g_assert_cmpint (symlink (links[i][1], path), ==, 0);
    }

  assert_refused (fixture, "device", "device.json");
  assert_refused (fixture, "loop", "loop.json");
  assert_refused (fixture, "folder", "folder.json");
  assert_refused (fixture, "open", "o-w");
  g_assert_nonnull (lanyard_own_providers_lookup (fixture->own, "fine", NULL));
}

static void
test_dangling (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "own.json");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
  g_assert_null (lanyard_own_providers_lookup (fixture->own, "own", &error));
  g_assert_no_error (error);
}

/* The line is said, and the other files are not hurt. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) problems = NULL;
  g_autoptr (GPtrArray) providers = NULL;

  write_file (fixture, "broken.json",
              "{ \"id\": \"broken\", \"name\": \"Broken\",\n\"methods\": 7 }");
  write_file (fixture, "fine.json", OWN ("fine", "Fine"));
  write_file (fixture, "Wrong Name.json", OWN ("wrong", "Wrong"));
  assert_refused (fixture, "broken", "line 2, column 1: methods");

  lanyard_own_providers_update (fixture->own);
  problems = lanyard_own_providers_list_problems (fixture->own);
  providers = lanyard_own_providers_list (fixture->own);
  g_assert_cmpuint (g_strv_length (problems), ==, 2);
  g_assert_cmpuint (providers->len, ==, 1);
  g_assert_true (lanyard_own_providers_has (fixture->own, "broken"));
  /* What stays as it is, is no news. */
  g_assert_false (lanyard_own_providers_update (fixture->own));
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "own.json");
  LanyardProvider *first;

  g_assert_false (lanyard_own_providers_update (fixture->own));
  write_file (fixture, "own.json", OWN ("own", "Own"));
  g_assert_true (lanyard_own_providers_update (fixture->own));
  g_assert_false (lanyard_own_providers_update (fixture->own));

  first = lanyard_own_providers_lookup (fixture->own, "own", NULL);
  write_file (fixture, "own.json", OWN ("own", "New"));
  g_assert_true (lanyard_own_providers_update (fixture->own));
  g_assert_cmpstr (
    lanyard_provider_get_name (lanyard_own_providers_lookup (fixture->own, "own", NULL)), ==,
    "New");
  g_assert_cmpstr (lanyard_provider_get_name (first), ==, "Own");

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (lanyard_own_providers_update (fixture->own));
  g_assert_false (lanyard_own_providers_has (fixture->own, "own"));
}

#define ADD(path, func) \
  g_test_add ("/catalogue/own-providers/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("writable-by-all", test_writable_by_all);
  ADD ("links", test_links);
  ADD ("dangling", test_dangling);
  ADD ("broken", test_broken);
  ADD ("update", test_update);

  return g_test_run ();
}
