/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-error.h"
#include "lanyard-manager-export.h"
#include "lanyard-sealed-box.h"

#include <string.h>

#define TOKENS "client_secret=s3cret&access_token=planted-token&refresh_token=r"
#define PASSPHRASE "correct horse"

static GBytes *
export_all (LanyardTestEngine *engine, const char *passphrase, GError **error)
{
  g_autoptr (LanyardSecret) secret = passphrase != NULL ? lanyard_secret_new (passphrase) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_export_async (engine->manager, NULL, secret, NULL, lanyard_test_take_result_cb,
                                &result);
  lanyard_test_wait_for (&result);
  return lanyard_manager_export_finish (engine->manager, result, error);
}

static GPtrArray *
open_export (LanyardTestEngine *engine, GBytes *content, const char *passphrase, GError **error)
{
  g_autoptr (LanyardSecret) secret = passphrase != NULL ? lanyard_secret_new (passphrase) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_open_export_async (engine->manager, content, secret, NULL,
                                     lanyard_test_take_result_cb, &result);
  lanyard_test_wait_for (&result);
  return lanyard_manager_open_export_finish (engine->manager, result, error);
}

static LanyardAuthorization *
import (LanyardTestEngine *engine,
        const LanyardArchiveEntry *entry,
        LanyardImportMode mode,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_import_async (engine->manager, entry, mode, NULL, lanyard_test_take_result_cb,
                                &result);
  lanyard_test_wait_for (&result);
  return lanyard_manager_import_finish (engine->manager, result, error);
}

/* Exports everything of @from, and reads it. */
static GPtrArray *
carry (LanyardTestEngine *from, const char *passphrase)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  content = export_all (from, passphrase, &error);
  g_assert_no_error (error);
  entries = open_export (from, content, passphrase, &error);
  g_assert_no_error (error);
  return entries;
}

static void
test_locked (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_set_locked (engine->secrets, TRUE);
  content = export_all (engine, PASSPHRASE, &error);
  g_assert_null (content);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);

  /* What is not secret needs no keyring. */
  g_clear_error (&error);
  content = export_all (engine, NULL, &error);
  g_assert_no_error (error);
  lanyard_memory_store_set_locked (engine->secrets, FALSE);
}

static void
test_weak_passphrase (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  content = export_all (engine, "short", &error);
  g_assert_null (content);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_wrong_passphrase (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GBytes) content = export_all (engine, PASSPHRASE, NULL);
  static const char *const wrong[] = { NULL, "correct horsE" };

  g_assert_nonnull (content);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_export (engine, content, wrong[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED);
    }
}

static void
test_without_secrets (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) other = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GBytes) content = export_all (engine, NULL, NULL);
  g_autoptr (GPtrArray) entries = carry (engine, NULL);
  g_autoptr (LanyardAuthorization) imported = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (memmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                         "planted-token", strlen ("planted-token")));
  g_assert_cmpuint (entries->len, ==, 1);

  imported = import (other, g_ptr_array_index (entries, 0), LANYARD_IMPORT_SKIP, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_authorization_get_id (imported), ==, id);
  g_assert_cmpint (lanyard_test_engine_get_status (other, id), ==, LANYARD_STATUS_NEW);
  lanyard_test_engine_assert_secret (other, id, "access_token", NULL);
}

static void
test_with_secrets (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) other = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GPtrArray) entries = carry (engine, PASSPHRASE);
  g_autoptr (LanyardAuthorization) imported = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  imported = import (other, g_ptr_array_index (entries, 0), LANYARD_IMPORT_SKIP, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_authorization_get_id (imported), ==, id);
  g_assert_cmpint (lanyard_test_engine_get_status (other, id), ==, LANYARD_STATUS_AUTHORIZED);
  lanyard_test_engine_assert_secret (other, id, "client_secret", "s3cret");
  lanyard_test_engine_assert_secret (other, id, "refresh_token", "r");

  /* It can be used at once. */
  credentials = lanyard_test_engine_get_credentials (other, id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "planted-token");
}

/* A damaged item, and two that say that they are the same, are looked at by themselves. */
static void
test_read_at_once (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *mail = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autofree char *files = lanyard_test_engine_add (engine, "Files", "example", TOKENS, 3600);
  g_autofree char *text = g_strdup (lanyard_memory_store_peek (engine->secrets, mail));
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_memory_store_reset_counts (engine->secrets);
  content = export_all (engine, PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP_ALL),
                    ==, 1);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP), ==,
                    0);

  lanyard_memory_store_put (engine->secrets, "another", "Another", text);
  entries = carry (engine, PASSPHRASE);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpuint (lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP), ==,
                    1);

  lanyard_memory_store_put (engine->secrets, files, "Files", "this is no record");
  g_clear_pointer (&content, g_bytes_unref);
  content = export_all (engine, PASSPHRASE, &error);
  g_assert_null (content);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_skipped (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GPtrArray) entries = carry (engine, PASSPHRASE);
  g_autoptr (LanyardAuthorization) existing = NULL;
  g_autoptr (LanyardAuthorization) imported = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_manager_find_clash (engine->manager, g_ptr_array_index (entries, 0),
                                             &existing, &error));
  g_assert_cmpstr (lanyard_authorization_get_id (existing), ==, id);

  imported = import (engine, g_ptr_array_index (entries, 0), LANYARD_IMPORT_SKIP, &error);
  g_assert_no_error (error);
  g_assert_null (imported);
}

static void
test_renamed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GPtrArray) entries = carry (engine, PASSPHRASE);
  const char *const names[] = { "Mail 2", "Mail 3" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LanyardAuthorization) imported = NULL;
      g_autoptr (GError) error = NULL;

      imported = import (engine, g_ptr_array_index (entries, 0), LANYARD_IMPORT_RENAME, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (lanyard_authorization_get_name (imported), ==, names[i]);
      g_assert_cmpstr (lanyard_authorization_get_id (imported), !=, id);
      lanyard_test_engine_assert_secret (engine, lanyard_authorization_get_id (imported),
                                         "access_token", "planted-token");
    }
  lanyard_test_engine_assert_secret (engine, id, "access_token", "planted-token");
}

/* Another authorization of the same name: the id of the one that is there stays, so that whoever
 * uses it goes on. */
static void
test_replaced (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) other = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autofree char *old_id =
    lanyard_test_engine_add (other, "MAIL", "other", "access_token=old&client_secret=x", 3600);
  g_autoptr (GPtrArray) entries = carry (engine, PASSPHRASE);
  g_autoptr (GPtrArray) bare = carry (engine, NULL);
  g_autoptr (LanyardAuthorization) imported = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  imported = import (other, g_ptr_array_index (entries, 0), LANYARD_IMPORT_REPLACE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_authorization_get_id (imported), ==, old_id);
  row = lanyard_test_engine_load (other, old_id);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Mail");
  g_assert_cmpstr (lanyard_authorization_get_provider_id (row), ==, "example");
  lanyard_test_engine_assert_secret (other, old_id, "access_token", "planted-token");

  /* Without secrets, those that are there stay, and so does what they are worth. */
  g_clear_object (&imported);
  imported = import (other, g_ptr_array_index (bare, 0), LANYARD_IMPORT_REPLACE, &error);
  g_assert_no_error (error);
  lanyard_test_engine_assert_secret (other, old_id, "access_token", "planted-token");
  g_assert_cmpint (lanyard_test_engine_get_status (other, old_id), ==, LANYARD_STATUS_AUTHORIZED);
}

/* What this computer does not know is not imported, and nothing of it stays behind. */
static void
test_unknown_provider (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 3600);
  g_autoptr (GPtrArray) entries = carry (engine, PASSPHRASE);
  LanyardArchiveEntry *entry = g_ptr_array_index (entries, 0);
  g_autoptr (LanyardTestEngine) other = lanyard_test_engine_new ();
  g_autoptr (LanyardAuthorization) imported = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_provider_id (entry->authorization, "nobody");
  imported = import (other, entry, LANYARD_IMPORT_REPLACE, &error);
  g_assert_null (imported);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Mail"));
  lanyard_test_engine_assert_secret (other, id, "access_token", NULL);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);
  g_test_add_func ("/engine/manager-export/locked", test_locked);
  g_test_add_func ("/engine/manager-export/weak-passphrase", test_weak_passphrase);
  g_test_add_func ("/engine/manager-export/wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/engine/manager-export/unknown-provider", test_unknown_provider);
  g_test_add_func ("/engine/manager-export/without-secrets", test_without_secrets);
  g_test_add_func ("/engine/manager-export/with-secrets", test_with_secrets);
  g_test_add_func ("/engine/manager-export/read-at-once", test_read_at_once);
  g_test_add_func ("/engine/manager-export/skipped", test_skipped);
  g_test_add_func ("/engine/manager-export/renamed", test_renamed);
  g_test_add_func ("/engine/manager-export/replaced", test_replaced);
  return lanyard_test_run ();
}
