/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-archive.h"
#include "lanyard-error.h"
#include "mutate.h"

#include <string.h>

#define ID_A "0b5bd6f2-4a1e-4b8e-9d3c-2f6a7c1d8e90"
#define ID_B "1b5bd6f2-4a1e-4b8e-9d3c-2f6a7c1d8e90"
#define ENTRY(id)                                                                          \
  "{\"version\":1,\"authorization\":{\"id\":\"" id "\",\"name\":\"N\",\"provider\":\"p\"," \
  "\"type\":\"basic\"},\"credentials\":{}}\n"
#define ROUNDS 2000u

static GPtrArray *
read_text (const char *text, GError **error)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (text);

  return lanyard_archive_read (secret, error);
}

static LanyardArchiveEntry *
new_entry (const char *id, const char *name, const char *token)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (id);
  g_autoptr (LanyardCredentials) credentials = NULL;

  lanyard_authorization_set_name (authorization, name);
  lanyard_authorization_set_provider_id (authorization, "example");
  lanyard_authorization_set_type_id (authorization, "oauth2");
  lanyard_authorization_set_setting (authorization, "client_id", "c d");
  if (token != NULL)
    {
      credentials = lanyard_credentials_new ();
      lanyard_credentials_set_text (credentials, "access_token", token);
      lanyard_credentials_set_expires_at (credentials, 1700000000);
    }
  return lanyard_archive_entry_new (authorization, credentials);
}

static LanyardSecret *
write_example (void)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_archive_entry_free);

  g_ptr_array_add (entries, new_entry (ID_A, "Žluťoučký", "at\n\"1\""));
  g_ptr_array_add (entries, new_entry (ID_B, "Other", NULL));
  return lanyard_archive_write (entries);
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "",
    "\n",
    "{}\n",
    "[]\n",
    "{\"lanyard-export\":1,\"authorizations\":0}",
    "{\"lanyard-export\":0,\"authorizations\":0}\n",
    "{\"lanyard-export\":1}\n",
    "{\"lanyard-export\":1,\"authorizations\":-1}\n",
    "{\"lanyard-export\":1,\"authorizations\":1}\n",
    "{\"lanyard-export\":1,\"authorizations\":0}\n\n",
    "{\"lanyard-export\":1,\"authorizations\":0}\n" ENTRY (ID_A),
    "{\"lanyard-export\":1,\"authorizations\":1}\n{}\n",
    "{\"lanyard-export\":1,\"authorizations\":2}\n" ENTRY (ID_A) ENTRY (ID_A),
    "{\"lanyard-export\":1,\"authorizations\":1}\n" ENTRY (ID_A) "x",
    "{\"lanyard-export\":1,\"authorizations\":1}\n" ENTRY ("../../etc/passwd"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GError) error = NULL;

      entries = read_text (cases[i], &error);
      g_assert_null (entries);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_newer (void)
{
  static const char *const cases[] = {
    "{\"lanyard-export\":2}\n",
    "{\"lanyard-export\":1,\"authorizations\":1}\n{\"version\":2}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GError) error = NULL;

      entries = read_text (cases[i], &error);
      g_assert_null (entries);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER);
    }
}

/* However little is missing at the end, it is noticed. */
static void
test_cut (void)
{
  g_autoptr (LanyardSecret) text = write_example ();

  for (gsize i = 0; i < lanyard_secret_get_length (text); i++)
    {
      g_autoptr (LanyardSecret) part = lanyard_secret_new_bytes (lanyard_secret_get (text), i);
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_archive_read (part, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_line_named (void)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  entries =
    read_text ("{\"lanyard-export\":1,\"authorizations\":2}\n" ENTRY (ID_A) "secret\n", &error);
  g_assert_null (entries);
  g_assert_nonnull (strstr (error->message, "3"));
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_mutated (void)
{
  g_autoptr (LanyardSecret) text = write_example ();
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < ROUNDS; i++)
    {
      gsize length = 0;
      g_autofree char *copy =
        mutate (random, lanyard_secret_get (text), lanyard_secret_get_length (text), &length);
      g_autoptr (LanyardSecret) changed = lanyard_secret_new_bytes (copy, length);
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GError) error = NULL;

      entries = lanyard_archive_read (changed, &error);
      g_assert_true ((entries == NULL) == (error != NULL));
    }
}

static void
test_read (void)
{
  g_autoptr (LanyardSecret) text = write_example ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  LanyardArchiveEntry *entry;

  entries = lanyard_archive_read (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);

  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (lanyard_authorization_get_id (entry->authorization), ==, ID_A);
  g_assert_cmpstr (lanyard_authorization_get_name (entry->authorization), ==, "Žluťoučký");
  g_assert_cmpstr (lanyard_authorization_get_setting (entry->authorization, "client_id"), ==,
                   "c d");
  g_assert_cmpstr (lanyard_credentials_get_text (entry->credentials, "access_token"), ==,
                   "at\n\"1\"");
  g_assert_cmpint (lanyard_credentials_get_expires_at (entry->credentials), ==, 1700000000);

  entry = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (lanyard_authorization_get_name (entry->authorization), ==, "Other");
  g_assert_null (entry->credentials);
}

static void
test_empty (void)
{
  g_autoptr (GPtrArray) none =
    g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_archive_entry_free);
  g_autoptr (LanyardSecret) text = lanyard_archive_write (none);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  entries = lanyard_archive_read (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/archive/broken", test_broken);
  g_test_add_func ("/model/archive/newer", test_newer);
  g_test_add_func ("/model/archive/cut", test_cut);
  g_test_add_func ("/model/archive/line-named", test_line_named);
  g_test_add_func ("/model/archive/mutated", test_mutated);
  g_test_add_func ("/model/archive/read", test_read);
  g_test_add_func ("/model/archive/empty", test_empty);
  return g_test_run ();
}
