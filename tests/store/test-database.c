/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-database.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

#define ID "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11"
#define SIMILAR_ID "6f1b9c1e-3c5d-4a8e-9d57-ffffffffffff"

static LanyardAuthorization *
load (LanyardDatabase *database, const char *id)
{
  g_autoptr (GError) error = NULL;
  LanyardAuthorization *authorization = lanyard_database_load (database, id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (authorization);
  return authorization;
}

static void
assert_found (LanyardDatabase *database, const char *name_or_id, LanyardAuthorization *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardAuthorization) found = lanyard_database_find (database, name_or_id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_authorization_get_id (found), ==,
                   lanyard_authorization_get_id (expected));
}

static guint
count_rows (LanyardDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lanyard_database_load_all (database, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
assert_not_saved (LanyardDatabase *database, LanyardAuthorization *authorization, int code)
{
  gint64 revision = lanyard_authorization_get_revision (authorization);
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_database_save (database, authorization, &error));
  g_assert_error (error, LANYARD_ERROR, code);
  g_assert_cmpint (lanyard_authorization_get_revision (authorization), ==, revision);
}

static void
test_not_found (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) other = save_new (database, "Other");
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_database_load (database, ID, &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, ID);
  g_assert_null (lanyard_database_find (database, "no <b>such</b> one", &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, "no <b>such</b> one");
  g_assert_null (lanyard_database_find (database, "", &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, "There is no authorization");
  /* Wildcards are characters like any other. */
  g_assert_null (lanyard_database_find (database, "%", &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, "%");
  g_assert_null (lanyard_database_find (database, "________", &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, "________");

  g_assert_true (lanyard_database_remove (database, ID, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_rows (database), ==, 1);
}

static void
test_ambiguous (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) first = lanyard_authorization_new (ID);
  g_autoptr (LanyardAuthorization) second = lanyard_authorization_new (SIMILAR_ID);
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_name (first, "First");
  lanyard_authorization_set_name (second, "Second");
  for (guint i = 0; i < 2; i++)
    {
      lanyard_authorization_set_provider_id (i == 0 ? first : second, "demo");
      lanyard_authorization_set_type_id (i == 0 ? first : second, "jwt");
      lanyard_database_save (database, i == 0 ? first : second, &error);
      g_assert_no_error (error);
    }

  g_assert_null (lanyard_database_find (database, "6f1b9c1e", &error));
  g_assert_nonnull (strstr (error->message, ID "  First"));
  assert_error_says (&error, LANYARD_ERROR_AMBIGUOUS, SIMILAR_ID "  Second");

  /* Seven characters are too few even if only one fitted. */
  g_assert_null (lanyard_database_find (database, "6f1b9c1", &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, "6f1b9c1");

  assert_found (database, ID, first);
  assert_found (database, "6F1B9C1E-3C5D-4A8E-9D57-0", first);
  assert_found (database, "6f1b9c1e-3c5d-4a8e-9d57-f", second);
}

static void
test_name_like_id (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) first = save_new (database, "First");
  const char *id = lanyard_authorization_get_id (first);
  g_autofree char *prefix = g_strndup (id, 8);
  g_autoptr (LanyardAuthorization) second = save_new (database, prefix);
  g_autoptr (LanyardAuthorization) third = save_new (database, id);
  g_autoptr (GError) error = NULL;

  /* A name comes before the beginning of an id, but not before a whole one. */
  assert_found (database, prefix, second);
  g_assert_null (lanyard_database_find (database, id, &error));
  assert_error_says (&error, LANYARD_ERROR_AMBIGUOUS, "First");
}

static void
test_duplicate_name (void)
{
  static const char *const same[] = { "Work", "work", " WORK ", "Ｗｏｒｋ",
                                      "wor\xe2\x84\xaa" /* the sign for kelvin */ };
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Work");
  g_autoptr (LanyardAuthorization) other = save_new (database, "Other");

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (LanyardAuthorization) duplicate = make_authorization (same[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_database_save (database, duplicate, &error));
      g_assert_cmpint (lanyard_authorization_get_revision (duplicate), ==, 0);
      assert_error_says (&error, LANYARD_ERROR_EXISTS, "already an authorization called");
      assert_found (database, same[i], saved);
    }

  lanyard_authorization_set_name (other, "work");
  assert_not_saved (database, other, LANYARD_ERROR_EXISTS);
  lanyard_authorization_set_name (saved, "WORK");
  g_assert_true (lanyard_database_save (database, saved, NULL));
  g_assert_cmpuint (count_rows (database), ==, 2);
}

static void
test_invalid (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autofree char *long_name = g_strnfill (10000, 'x');
  g_autofree char *long_value = g_strnfill (1000 * 1000, 'x');
  const char *names[] = { "", "   ", "two\nlines", "\x1b[31mred", long_name, NULL };
  g_autoptr (LanyardAuthorization) authorization = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LanyardAuthorization) unnamed = make_authorization (names[i]);

      assert_not_saved (database, unnamed, LANYARD_ERROR_INVALID);
    }

  authorization = lanyard_authorization_new (NULL);
  lanyard_authorization_set_name (authorization, "No provider");
  assert_not_saved (database, authorization, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_provider_id (authorization, "demo");
  lanyard_authorization_set_type_id (authorization, "no type");
  assert_not_saved (database, authorization, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_type_id (authorization, "oauth2");
  lanyard_authorization_set_setting (authorization, "client_id", long_value);
  assert_not_saved (database, authorization, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_setting (authorization, "client_id", NULL);
  lanyard_authorization_set_setting (authorization, "not a name", "x");
  assert_not_saved (database, authorization, LANYARD_ERROR_INVALID);
  lanyard_authorization_set_setting (authorization, "not a name", NULL);
  lanyard_authorization_set_scopes (authorization,
                                    (const char *const[]){ "fine", long_value, NULL });
  assert_not_saved (database, authorization, LANYARD_ERROR_INVALID);

  g_assert_cmpuint (count_rows (database), ==, 0);
}

static void
test_conflict (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardDatabase) other_database = open_database ();
  g_autoptr (LanyardAuthorization) mine = save_new (database, "Ours");
  const char *id = lanyard_authorization_get_id (mine);
  g_autoptr (LanyardAuthorization) theirs = load (other_database, id);
  g_autoptr (LanyardAuthorization) again = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_name (theirs, "Theirs");
  g_assert_true (lanyard_database_save (other_database, theirs, NULL));

  lanyard_authorization_set_name (mine, "Mine");
  g_assert_false (lanyard_database_save (database, mine, &error));
  assert_error_says (&error, LANYARD_ERROR_CONFLICT, "changed by another program");
  again = load (database, id);
  g_assert_cmpstr (lanyard_authorization_get_name (again), ==, "Theirs");

  /* What was never saved does not replace what was, even under the same id. */
  lanyard_authorization_set_revision (mine, 0);
  assert_not_saved (database, mine, LANYARD_ERROR_CONFLICT);
  g_assert_cmpuint (count_rows (database), ==, 1);
}

static void
test_gone (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardDatabase) other_database = open_database ();
  g_autoptr (LanyardAuthorization) mine = save_new (database, "Mine");
  g_autoptr (GError) error = NULL;

  g_assert_true (
    lanyard_database_remove (other_database, lanyard_authorization_get_id (mine), NULL));
  g_assert_false (lanyard_database_save (database, mine, &error));
  assert_error_says (&error, LANYARD_ERROR_CONFLICT, "removed by another program");
  g_assert_false (lanyard_database_save_state (database, mine, &error));
  assert_error_says (&error, LANYARD_ERROR_NOT_FOUND, "Mine");
  g_assert_cmpuint (count_rows (database), ==, 0);
}

static void
test_round_trip (void)
{
  static const char *const connectors[] = { "calendar", "mail", NULL };
  static const char *const scopes[] = { "a\"b\\c", "https://x.example/auth#y", "žluť", "", NULL };
  static const char *const granted[] = { "openid", NULL };
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = make_authorization ("All of it");
  g_autoptr (LanyardAuthorization) loaded = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  lanyard_authorization_set_setting (saved, "client_id", "it's; DROP TABLE setting; --");
  lanyard_authorization_set_setting (saved, "issuer", "https://issuer.example/žluť?x=%00");
  lanyard_authorization_set_connectors (saved, connectors);
  lanyard_authorization_set_scopes (saved, scopes);
  lanyard_authorization_set_granted_scopes (saved, granted);
  lanyard_authorization_set_active (saved, FALSE);
  lanyard_authorization_set_status (saved, LANYARD_STATUS_REFUSED);
  lanyard_authorization_set_account (saved, "žofie@example.org");
  lanyard_authorization_set_expires_at (saved, G_MAXINT64);
  lanyard_authorization_set_renewable (saved, TRUE);
  lanyard_authorization_set_authorized_at (saved, 1234567890);
  lanyard_authorization_set_created_at (saved, 1000000000);
  g_assert_true (lanyard_database_save (database, saved, NULL));

  loaded = load (database, lanyard_authorization_get_id (saved));
  g_assert_true (lanyard_authorization_equal (saved, loaded));
  g_assert_cmpstrv (lanyard_authorization_get_connectors (loaded), connectors);
  g_assert_cmpstrv (lanyard_authorization_get_scopes (loaded), scopes);
  g_assert_cmpstrv (lanyard_authorization_get_granted_scopes (loaded), granted);
  g_assert_cmpstr (lanyard_authorization_get_setting (loaded, "client_id"), ==,
                   "it's; DROP TABLE setting; --");
  g_assert_false (lanyard_authorization_is_active (loaded));
  g_assert_cmpint (lanyard_authorization_get_status (loaded), ==, LANYARD_STATUS_REFUSED);
  g_assert_cmpstr (lanyard_authorization_get_account (loaded), ==, "žofie@example.org");
  g_assert_cmpint (lanyard_authorization_get_expires_at (loaded), ==, G_MAXINT64);
  g_assert_true (lanyard_authorization_is_renewable (loaded));
  g_assert_cmpint (lanyard_authorization_get_authorized_at (loaded), ==, 1234567890);
  g_assert_cmpint (lanyard_authorization_get_created_at (loaded), ==, 1000000000);
  g_assert_cmpint (lanyard_authorization_get_modified_at (loaded), >=, now);
  g_assert_cmpint (lanyard_authorization_get_revision (loaded), ==, 1);

  rows = lanyard_database_load_all (database, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (lanyard_authorization_equal (saved, g_ptr_array_index (rows, 0)));
}

static void
test_absent_values (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = save_new (database, "Nothing");
  g_autoptr (LanyardAuthorization) unknown = load (database, lanyard_authorization_get_id (saved));
  g_autoptr (LanyardAuthorization) none = NULL;

  g_assert_null (lanyard_authorization_get_account (unknown));
  g_assert_null (lanyard_authorization_get_granted_scopes (unknown));
  g_assert_cmpuint (g_strv_length ((char **)lanyard_authorization_get_scopes (unknown)), ==, 0);
  g_assert_cmpint (lanyard_authorization_get_created_at (unknown), >, 0);

  /* That nothing was granted is another thing than that it is not known. */
  lanyard_authorization_set_granted_scopes (saved, (const char *const[]){ NULL });
  g_assert_true (lanyard_database_save_state (database, saved, NULL));
  none = load (database, lanyard_authorization_get_id (saved));
  g_assert_nonnull (lanyard_authorization_get_granted_scopes (none));
}

static void
test_update (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = make_authorization ("Before");
  g_autoptr (LanyardAuthorization) loaded = NULL;

  lanyard_authorization_set_setting (saved, "client_id", "one");
  lanyard_authorization_set_setting (saved, "resource", "two");
  g_assert_true (lanyard_database_save (database, saved, NULL));
  lanyard_authorization_set_name (saved, "After");
  lanyard_authorization_set_setting (saved, "client_id", "three");
  lanyard_authorization_set_setting (saved, "resource", NULL);
  g_assert_true (lanyard_database_save (database, saved, NULL));
  g_assert_cmpint (lanyard_authorization_get_revision (saved), ==, 2);

  loaded = load (database, lanyard_authorization_get_id (saved));
  g_assert_true (lanyard_authorization_equal (saved, loaded));
  g_assert_cmpint (lanyard_authorization_get_revision (loaded), ==, 2);
  g_assert_null (lanyard_authorization_get_setting (loaded, "resource"));
  assert_found (database, "after", saved);
}

static void
test_state (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) editor = save_new (database, "Edited");
  const char *id = lanyard_authorization_get_id (editor);
  g_autoptr (LanyardAuthorization) refresh = load (database, id);
  g_autoptr (LanyardAuthorization) loaded = NULL;

  lanyard_authorization_set_name (editor, "Edited meanwhile");
  g_assert_true (lanyard_database_save (database, editor, NULL));

  /* A renewed token neither fails because of the editor nor takes its change back. */
  lanyard_authorization_set_status (refresh, LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_expires_at (refresh, 4000000000);
  lanyard_authorization_set_authorized_at (refresh, 3000000000);
  lanyard_authorization_set_renewable (refresh, TRUE);
  lanyard_authorization_set_account (refresh, "me");
  g_assert_true (lanyard_database_save_state (database, refresh, NULL));

  loaded = load (database, id);
  g_assert_cmpstr (lanyard_authorization_get_name (loaded), ==, "Edited meanwhile");
  g_assert_cmpint (lanyard_authorization_get_revision (loaded), ==, 2);
  g_assert_cmpint (lanyard_authorization_get_status (loaded), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_authorization_get_expires_at (loaded), ==, 4000000000);
  g_assert_cmpint (lanyard_authorization_get_authorized_at (loaded), ==, 3000000000);
  g_assert_true (lanyard_authorization_is_renewable (loaded));
  g_assert_cmpstr (lanyard_authorization_get_account (loaded), ==, "me");
}

static void
test_remove (void)
{
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (LanyardAuthorization) saved = make_authorization ("Going");
  g_autoptr (LanyardAuthorization) again = NULL;
  g_autoptr (LanyardAuthorization) loaded = NULL;

  lanyard_authorization_set_setting (saved, "client_id", "one");
  g_assert_true (lanyard_database_save (database, saved, NULL));
  g_assert_true (lanyard_database_remove (database, lanyard_authorization_get_id (saved), NULL));
  g_assert_cmpuint (count_rows (database), ==, 0);

  /* The settings went with it. */
  again = lanyard_authorization_new (lanyard_authorization_get_id (saved));
  lanyard_authorization_set_name (again, "Going");
  lanyard_authorization_set_provider_id (again, "demo");
  lanyard_authorization_set_type_id (again, "oauth2");
  g_assert_true (lanyard_database_save (database, again, NULL));
  loaded = load (database, lanyard_authorization_get_id (saved));
  g_assert_null (lanyard_authorization_get_setting (loaded, "client_id"));
}

static void
test_names (void)
{
  static const char *const names[] = { "التقويم",       "יומן \u200eGoogle", "日历",
                                       "🗓️ plans", "' OR 1=1 --",       "a%_b",
                                       "Čeština" };
  g_autoptr (LanyardDatabase) database = open_database ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LanyardAuthorization) saved = save_new (database, names[i]);

      assert_found (database, names[i], saved);
    }
  g_assert_cmpuint (count_rows (database), ==, G_N_ELEMENTS (names));
}

static void
test_order (void)
{
  static const char *const names[] = { "beta", "Alpha", "delta", "Gamma" };
  static const char *const sorted[] = { "Alpha", "beta", "delta", "Gamma" };
  g_autoptr (LanyardDatabase) database = open_database ();
  g_autoptr (GPtrArray) rows = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_unref (save_new (database, names[i]));

  rows = lanyard_database_load_all (database, NULL);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (sorted));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (lanyard_authorization_get_name (g_ptr_array_index (rows, i)), ==, sorted[i]);
}

static void
test_modes (void)
{
  g_autofree char *path = dup_database_path ();
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (LanyardDatabase) database = NULL;
  g_autoptr (LanyardAuthorization) saved = NULL;
  GStatBuf info;
  mode_t mask = umask (0);

  database = open_database ();
  saved = save_new (database, "Private");
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (wal, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_clear_object (&database);

  /* As it may come out of a backup. */
  g_assert_cmpint (g_chmod (path, 0664), ==, 0);
  database = open_database ();
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  umask (mask);
}

static void
test_default_path (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "lanyard", "lanyard.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDatabase) database = lanyard_database_open_default (&error);

  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_finalize_object (g_steal_pointer (&database));
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/database/not-found", test_not_found);
  g_test_add_func ("/store/database/ambiguous", test_ambiguous);
  g_test_add_func ("/store/database/name-like-id", test_name_like_id);
  g_test_add_func ("/store/database/duplicate-name", test_duplicate_name);
  g_test_add_func ("/store/database/invalid", test_invalid);
  g_test_add_func ("/store/database/conflict", test_conflict);
  g_test_add_func ("/store/database/gone", test_gone);
  g_test_add_func ("/store/database/round-trip", test_round_trip);
  g_test_add_func ("/store/database/absent-values", test_absent_values);
  g_test_add_func ("/store/database/update", test_update);
  g_test_add_func ("/store/database/state", test_state);
  g_test_add_func ("/store/database/remove", test_remove);
  g_test_add_func ("/store/database/names", test_names);
  g_test_add_func ("/store/database/order", test_order);
  g_test_add_func ("/store/database/modes", test_modes);
  g_test_add_func ("/store/database/default-path", test_default_path);

  return lanyard_test_run ();
}
