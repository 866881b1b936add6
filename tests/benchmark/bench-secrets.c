/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-secrets, in a session with a keyring of its own (session.py): the secrets of 1,000
 * authorizations, read as Lanyard reads all of them, and each by its id, beside the least that it
 * takes (two calls) and libsecret's search. In turn; the median counts. */

#include "config.h"

#include "lanyard-keyring.h"
#include "lanyard-libsecret.h"

#include <stdlib.h>

#define N_ITEMS 1000
#define ROUNDS 5
#define SECRET "{\"access_token\":\"benchmark-0123456789abcdef\",\"token_type\":\"Bearer\"}"

static const SecretSchema schema = {
  .name = LANYARD_SECRET_SCHEMA,
  .attributes = { { "id", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char **
list_ids (LanyardSecretStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char **ids;

  lanyard_secret_store_list_async (store, NULL, keep_result_cb, &result);
  wait_for (&result);
  ids = lanyard_secret_store_list_finish (store, result, &error);
  g_assert_no_error (error);
  return ids;
}

static void
read_one (LanyardSecretStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LanyardSecret *secret;

  lanyard_secret_store_lookup_async (store, id, NULL, keep_result_cb, &result);
  wait_for (&result);
  secret = lanyard_secret_store_lookup_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (secret);
  lanyard_secret_unref (secret);
}

static gint64
read_singly (LanyardSecretStore *store)
{
  gint64 start = g_get_monotonic_time ();
  g_auto (GStrv) ids = list_ids (store);

  g_assert_cmpuint (g_strv_length (ids), ==, N_ITEMS);
  for (guint i = 0; ids[i] != NULL; i++)
    read_one (store, ids[i]);
  return g_get_monotonic_time () - start;
}

static gint64
read_all (LanyardSecretStore *store)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) secrets = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_secret_store_lookup_all_async (store, NULL, keep_result_cb, &result);
  wait_for (&result);
  secrets = lanyard_secret_store_lookup_all_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (secrets->len, ==, N_ITEMS);
  return g_get_monotonic_time () - start;
}

/* Unwraps a secret as whoever uses it must. */
static void
decode (SecretService *service, GVariant *encoded)
{
  SecretValue *value = secret_service_decode_dbus_secret (service, encoded);

  g_assert_nonnull (value);
  secret_value_unref (value);
}

static gint64
read_at_once (SecretService *service)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) paths = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) secrets = NULL;
  g_autoptr (GError) error = NULL;
  guint n_secrets;

  secret_service_search_for_dbus_paths_sync (service, &schema, attributes, NULL, &paths, NULL,
                                             &error);
  g_assert_no_error (error);
  reply = g_dbus_proxy_call_sync (
    G_DBUS_PROXY (service), "GetSecrets",
    g_variant_new ("(^aoo)", paths, secret_service_get_session_dbus_path (service)),
    G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  secrets = g_variant_get_child_value (reply, 0);
  n_secrets = (guint)g_variant_n_children (secrets);
  g_assert_cmpuint (n_secrets, ==, N_ITEMS);
  for (guint i = 0; i < n_secrets; i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (secrets, i);
      g_autoptr (GVariant) encoded = g_variant_get_child_value (entry, 1);

      decode (service, encoded);
    }
  return g_get_monotonic_time () - start;
}

static gint64
search (SecretService *service)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  GList *items = secret_service_search_sync (
    service, &schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, N_ITEMS);
  g_list_free_full (items, g_object_unref);
  return g_get_monotonic_time () - start;
}

static void
fill (SecretService *service)
{
  SecretValue *value = secret_value_new (SECRET, -1, "application/json");

  /* In the keyring that is not written to a file. */
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, "id", id, NULL);
      g_autoptr (GError) error = NULL;

      secret_service_store_sync (service, &schema, attributes, SECRET_COLLECTION_SESSION,
                                 "Benchmark", value, NULL, &error);
      g_assert_no_error (error);
    }
  secret_value_unref (value);
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
  g_autoptr (SecretService) service =
    secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, NULL);
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  static const char *const names[] = { "lanyard, all at once", "lanyard, one by one",
                                       "SearchItems and GetSecrets", "libsecret's search" };
  gint64 times[G_N_ELEMENTS (names)][ROUNDS];

  if (service == NULL)
    return 77;

  fill (service);
  for (guint i = 0; i < ROUNDS; i++)
    {
      times[0][i] = read_all (store);
      times[1][i] = read_singly (store);
      times[2][i] = read_at_once (service);
      times[3][i] = search (service);
    }

  g_print ("row 5: the secrets of %d authorizations (median of %d, in turn)\n", N_ITEMS, ROUNDS);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      qsort (times[i], ROUNDS, sizeof times[i][0], compare_times);
      g_print ("  %-36s %12.2f ms\n", names[i], (double)times[i][ROUNDS / 2] / 1000);
    }
  g_print ("{\"row\": 5, \"ms\": {");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_print ("%s\"%s\": %.3f", i > 0 ? ", " : "", names[i], (double)times[i][ROUNDS / 2] / 1000);
  g_print ("}, \"ratio\": %.3f, \"goal\": 0.08}\n",
           (double)times[0][ROUNDS / 2] / (double)times[3][ROUNDS / 2]);
  return EXIT_SUCCESS;
}
