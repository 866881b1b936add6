/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-memory-store.h"

#include "lanyard-error.h"
#include "lanyard-test.h"

#define ID "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11"

static char *
lookup (LanyardSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardSecret) secret = NULL;

  lanyard_secret_store_lookup_async (store, ID, NULL, lanyard_test_take_result_cb, &result);
  g_assert_null (result);
  secret = lanyard_secret_store_lookup_finish (store, lanyard_test_wait_for (&result), error);

  return secret != NULL ? g_strdup (lanyard_secret_get (secret)) : NULL;
}

static gboolean
store_item (LanyardSecretStore *store, const char *label, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (text);

  lanyard_secret_store_store_async (store, ID, label, secret, NULL, lanyard_test_take_result_cb,
                                    &result);
  return lanyard_secret_store_store_finish (store, lanyard_test_wait_for (&result), error);
}

static gboolean
remove_item (LanyardSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_secret_store_remove_async (store, ID, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_secret_store_remove_finish (store, lanyard_test_wait_for (&result), error);
}

static gboolean
unlock (LanyardSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_secret_store_unlock_async (store, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_secret_store_unlock_finish (store, lanyard_test_wait_for (&result), error);
}

static void
test_switches (void)
{
  g_autoptr (LanyardMemoryStore) memory = lanyard_memory_store_new ();
  LanyardSecretStore *store = LANYARD_SECRET_STORE (memory);
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_put (memory, ID, "Work", "secret");

  lanyard_memory_store_set_absent (memory, TRUE);
  g_assert_null (lookup (store, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT);
  g_clear_error (&error);
  lanyard_memory_store_set_absent (memory, FALSE);

  lanyard_memory_store_set_failing (memory, TRUE);
  g_assert_false (remove_item (store, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_clear_error (&error);
  lanyard_memory_store_set_failing (memory, FALSE);

  lanyard_memory_store_set_failing_call (memory, LANYARD_MEMORY_STORE_STORE);
  g_assert_false (store_item (store, "Work", "other", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_clear_error (&error);
  lanyard_memory_store_set_failing_call (memory, LANYARD_MEMORY_STORE_N_CALLS);

  lanyard_memory_store_set_locked (memory, TRUE);
  lanyard_memory_store_set_dismissing (memory, TRUE);
  g_assert_false (unlock (store, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (store_item (store, "Work", "other", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  lanyard_memory_store_set_dismissing (memory, FALSE);
  g_assert_true (unlock (store, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_memory_store_peek (memory, ID), ==, "secret");
}

static void
test_items (void)
{
  LanyardMemoryStore *memory = lanyard_memory_store_new ();
  LanyardSecretStore *store = LANYARD_SECRET_STORE (memory);
  g_autofree char *text = NULL;

  g_assert_null (lookup (store, NULL));
  g_assert_true (store_item (store, "Work", "one", NULL));
  g_assert_true (store_item (store, "Work", "one", NULL));
  g_assert_cmpuint (lanyard_memory_store_count (memory, LANYARD_MEMORY_STORE_STORE), ==, 2);
  g_assert_cmpuint (lanyard_memory_store_count (memory, LANYARD_MEMORY_STORE_WRITE), ==, 1);
  g_assert_true (store_item (store, "Home", "one", NULL));
  g_assert_cmpuint (lanyard_memory_store_count (memory, LANYARD_MEMORY_STORE_WRITE), ==, 2);
  g_assert_cmpstr (lanyard_memory_store_peek_label (memory, ID), ==, "Home");
  text = lookup (store, NULL);
  g_assert_cmpstr (text, ==, "one");
  g_assert_true (remove_item (store, NULL));
  g_assert_true (remove_item (store, NULL));
  g_assert_null (lanyard_memory_store_peek (memory, ID));
  g_assert_finalize_object (memory);
}

static void
test_cancelled (void)
{
  g_autoptr (LanyardMemoryStore) memory = lanyard_memory_store_new ();
  LanyardSecretStore *store = LANYARD_SECRET_STORE (memory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_delay (memory, 60 * 60 * 1000);
  lanyard_secret_store_list_async (store, cancellable, lanyard_test_take_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (lanyard_secret_store_list_finish (store, lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/store/memory-store/switches", test_switches);
  g_test_add_func ("/store/memory-store/items", test_items);
  g_test_add_func ("/store/memory-store/cancelled", test_cancelled);

  return lanyard_test_run ();
}
