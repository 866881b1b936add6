/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "keyring-fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

/* The file that libsecret keeps in a sandbox, with a password that is given instead of asked for at
 * the portal. */

static const char *program;

#ifdef __SANITIZE_ADDRESS__
const char *__asan_default_options (void);

/* Each time that libsecret 0.20 opens its file, it leaks a few bytes. */
const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

/* What the program does when it is started with --store: it is another program. */
static int
store_and_exit (const char *id, const char *text)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (20 * 1000);
  g_autoptr (GError) error = NULL;

  if (store_text (store, id, "Theirs", text, &error))
    return 0;

  g_printerr ("%s\n", error->message);
  return 1;
}

static void
let_another_store (const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--store", id, text, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static char *
build_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring", NULL);
}

static void
clear_file (void)
{
  g_autofree char *path = build_path ();

  lanyard_test_remove_folder (path);
}

static void
test_damaged (void)
{
  g_autofree char *path = build_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "this is no keyring, is it?", -1, NULL));
  assert_all_fail (store, LANYARD_ERROR_FAILED);
  clear_file ();
  assert_holds (store, ID, NULL);
}

static void
test_items (void)
{
  LanyardSecretStore *store = make_keyring (5000);
  g_autofree char *path = build_path ();
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  clear_file ();
  assert_holds (store, ID, NULL);
  g_assert_true (remove_item (store, ID, &error));
  g_assert_no_error (error);
  g_assert_true (unlock (store, &error));

  g_assert_true (store_text (store, ID, "Work “žluť”", "one", &error));
  g_assert_no_error (error);
  assert_holds (store, ID, "one");
  g_assert_true (store_text (store, ID, "Work", "two", &error));
  g_assert_true (store_text (store, OTHER_ID, "Other", "three", &error));
  assert_holds (store, ID, "two");
  ids = list_ids (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *)ids, ID));

  g_assert_true (remove_item (store, ID, &error));
  assert_holds (store, ID, NULL);
  assert_holds (store, OTHER_ID, "three");
  g_assert_true (store_text (store, ID, "Work", "four", &error));
  all = lookup_all (store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (all, ==, "four three");
  g_assert_finalize_object (store);
}

static void
test_unchanged (void)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);
  g_autofree char *path = build_path ();
  GStatBuf before;
  GStatBuf after;

  clear_file ();
  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);

  g_assert_true (store_text (store, ID, "Home", "one", NULL));
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, !=, after.st_ino);
}

/* Several programs in one sandbox: each sees what the others wrote, and none undoes it. */
static void
test_other_program (void)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);
  g_autoptr (GError) error = NULL;

  clear_file ();
  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  assert_holds (store, ID, "one");

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *theirs = g_strdup_printf ("theirs %u", i);
      g_autofree char *ours = g_strdup_printf ("ours %u", i);

      let_another_store (ID, theirs);
      assert_holds (store, ID, theirs);

      let_another_store (OTHER_ID, theirs);
      g_assert_true (store_text (store, ID, "Work", ours, &error));
      g_assert_no_error (error);
      assert_holds (store, ID, ours);
      assert_holds (store, OTHER_ID, theirs);
    }
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--store"))
    return store_and_exit (argv[2], argv[3]);

  program = argv[0];
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "sesame", TRUE);
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/keyring/file/damaged", test_damaged);
  g_test_add_func ("/store/keyring/file/items", test_items);
  g_test_add_func ("/store/keyring/file/unchanged", test_unchanged);
  g_test_add_func ("/store/keyring/file/other-program", test_other_program);

  return lanyard_test_run ();
}
