/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test.h"

#include <glib/gstdio.h>

/* More than anything takes, also with sanitizers on a busy machine. */
#define PATIENCE 60

static char *root;

static void
set_folder (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_setenv (variable, path, TRUE);
}

static gboolean
patience_over_cb (gpointer user_data)
{
  g_test_message ("Nothing came within %d seconds", PATIENCE);
  g_assert_not_reached ();

  return G_SOURCE_REMOVE;
}

void
lanyard_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  root = g_dir_make_tmp ("lanyard-test-XXXXXX", &error);
  g_assert_no_error (error);

  set_folder ("HOME", "home");
  set_folder ("XDG_CACHE_HOME", "cache");
  set_folder ("XDG_CONFIG_HOME", "config");
  set_folder ("XDG_DATA_HOME", "data");
  set_folder ("XDG_RUNTIME_DIR", "runtime");
  set_folder ("XDG_STATE_HOME", "state");

  g_test_init (argc, argv, NULL);
}

int
lanyard_test_run (void)
{
  int status = g_test_run ();

  lanyard_test_remove_folder (root);
  g_clear_pointer (&root, g_free);

  return status;
}

char *
lanyard_test_make_folder (void)
{
  g_autofree char *template = g_build_filename (root, "folder-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (template));
  return g_steal_pointer (&template);
}

void
lanyard_test_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      lanyard_test_remove_folder (child);
    }

  g_remove (path);
}

void
lanyard_test_take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

GAsyncResult *
lanyard_test_wait_for (GAsyncResult **result)
{
  guint patience_id = g_timeout_add_seconds (PATIENCE, patience_over_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience_id);

  return *result;
}
