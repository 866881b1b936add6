/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-record.h"

#include <glib/gstdio.h>

static const char EXAMPLE[] =
  "{\"id\": \"example\", \"name\": \"Example\", \"methods\": [{\"type\": \"oauth2\","
  " \"authorize\": {\"url\": \"https://id.example.org/authorize\"},"
  " \"token\": {\"url\": \"" LANYARD_TEST_TOKEN_ENDPOINT "\", \"auth\": \"client_secret_post\"},"
  " \"revoke\": {\"url\": \"" LANYARD_TEST_REVOCATION_ENDPOINT "\"}}],"
  " \"scopes\": [{\"name\": \"mail.read\"}, {\"name\": \"mail.send\"}],"
  " \"connectors\": [{\"id\": \"mail\", \"name\": \"Mail\","
  " \"scopes\": [\"mail.read\", \"mail.send\"]}]}";

static const char OTHER[] =
  "{\"id\": \"other\", \"name\": \"Other\", \"methods\": [{\"type\": \"oauth2\","
  " \"authorize\": {\"url\": \"https://other.example/authorize\"},"
  " \"token\": {\"url\": \"https://other.example/token\"},"
  " \"verify\": {\"url\": \"https://api.example.org/me\"}}]}";

/* It says in an answer with HTTP status 200 that it refuses (quirk R9). */
static const char POLITE[] =
  "{\"id\": \"polite\", \"name\": \"Polite\", \"methods\": [{\"type\": \"api-key\","
  " \"response\": {\"ok_when\": {\"ok\": \"true\"}},"
  " \"verify\": {\"url\": \"https://api.example.org/me\"}}]}";

/* Two ways of one type (quirk F17). */
static const char SEVERAL[] =
  "{\"id\": \"several\", \"name\": \"Several\", \"methods\": ["
  "{\"type\": \"api-key\", \"verify\": {\"url\": \"https://api.example.org/first\"}},"
  "{\"type\": \"api-key\", \"id\": \"second\","
  " \"verify\": {\"url\": \"https://api.example.org/second\"}}]}";

/* It renews no token early, nor late (quirk F6). */
static const char PUNCTUAL[] =
  "{\"id\": \"punctual\", \"name\": \"Punctual\", \"methods\": [{\"type\": \"oauth2\","
  " \"authorize\": {\"url\": \"https://punctual.example/authorize\"},"
  " \"token\": {\"url\": \"https://punctual.example/token\"},"
  " \"refresh\": {\"not_before\": 150, \"margin\": 120}}]}";

static const char KEYS[] =
  "{\"id\": \"keys\", \"name\": \"Keys\", \"methods\": [{\"type\": \"api-key\","
  " \"verify\": {\"url\": \"https://api.example.org/me\"}}]}";

static const char BASICS[] =
  "{\"id\": \"basics\", \"name\": \"Basics\", \"methods\": [{\"type\": \"basic\"}]}";

static void
write_provider (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static LanyardCatalogue *
new_catalogue (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "providers", NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  write_provider (path, "example.json", EXAMPLE);
  write_provider (path, "other.json", OTHER);
  write_provider (path, "keys.json", KEYS);
  write_provider (path, "polite.json", POLITE);
  write_provider (path, "punctual.json", PUNCTUAL);
  write_provider (path, "several.json", SEVERAL);
  write_provider (path, "basics.json", BASICS);
  return lanyard_catalogue_new (path);
}

LanyardManager *
lanyard_test_engine_new_in (const char *folder,
                            LanyardSecretStore *secrets,
                            LanyardTransport *transport,
                            LanyardDatabase **database)
{
  g_autoptr (LanyardCatalogue) catalogue = new_catalogue (folder);
  g_autofree char *path = g_build_filename (folder, "lanyard.db", NULL);
  g_autoptr (GError) error = NULL;

  *database = lanyard_database_open (path, &error);
  g_assert_no_error (error);
  return lanyard_manager_new (*database, secrets, catalogue, transport);
}

static LanyardTestEngine *
new_engine (const char *folder, LanyardMemoryStore *secrets, LanyardScriptedTransport *transport)
{
  LanyardTestEngine *self = g_new0 (LanyardTestEngine, 1);

  self->folder = g_strdup (folder);
  self->secrets = g_object_ref (secrets);
  self->transport = g_object_ref (transport);
  self->manager = lanyard_test_engine_new_in (folder, LANYARD_SECRET_STORE (secrets),
                                              LANYARD_TRANSPORT (transport), &self->database);
  return self;
}

LanyardTestEngine *
lanyard_test_engine_new (void)
{
  g_autofree char *folder = lanyard_test_make_folder ();
  g_autoptr (LanyardMemoryStore) secrets = lanyard_memory_store_new ();
  g_autoptr (LanyardScriptedTransport) transport = lanyard_scripted_transport_new ();

  return new_engine (folder, secrets, transport);
}

LanyardTestEngine *
lanyard_test_engine_new_beside (LanyardTestEngine *other)
{
  return new_engine (other->folder, other->secrets, other->transport);
}

void
lanyard_test_engine_free (LanyardTestEngine *self)
{
  /* What has been answered may still have its turn in the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_finalize_object (self->manager);
  g_assert_finalize_object (self->database);
  g_object_unref (self->secrets);
  g_object_unref (self->transport);
  g_free (self->folder);
  g_free (self);
}

LanyardAuthorization *
lanyard_test_engine_new_draft (const char *name)
{
  LanyardAuthorization *draft = lanyard_authorization_new (NULL);

  lanyard_authorization_set_name (draft, name);
  lanyard_authorization_set_provider_id (draft, "example");
  lanyard_authorization_set_type_id (draft, "oauth2");
  lanyard_authorization_set_setting (draft, "client_id", "app");
  return draft;
}

LanyardCredentials *
lanyard_test_engine_parse_credentials (const char *text)
{
  g_autoptr (LanyardParams) params = lanyard_params_parse (text, NULL);
  LanyardCredentials *credentials = lanyard_credentials_new ();

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    lanyard_credentials_set_text (credentials, lanyard_params_get_nth_name (params, i),
                                  lanyard_params_get_nth_value (params, i));
  return credentials;
}

char *
lanyard_test_engine_add (LanyardTestEngine *self,
                         const char *name,
                         const char *provider,
                         const char *credentials,
                         gint64 expires_in)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_new_draft (name);
  g_autoptr (LanyardCredentials) secrets = lanyard_test_engine_parse_credentials (credentials);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 expires_at = expires_in != 0 ? now + expires_in : 0;
  g_autoptr (LanyardSecret) sealed = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_provider_id (row, provider);
  lanyard_authorization_set_status (row, LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_expires_at (row, expires_at);
  lanyard_authorization_set_authorized_at (row, now - 86400);
  lanyard_authorization_set_renewable (row,
                                       lanyard_credentials_get (secrets, "refresh_token") != NULL);
  lanyard_credentials_set_expires_at (secrets, expires_at);
  lanyard_database_save (self->database, row, &error);
  g_assert_no_error (error);
  sealed = lanyard_record_seal (row, secrets);
  lanyard_memory_store_put (self->secrets, lanyard_authorization_get_id (row), name,
                            lanyard_secret_get (sealed));
  return g_strdup (lanyard_authorization_get_id (row));
}

LanyardAuthorization *
lanyard_test_engine_load (LanyardTestEngine *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  LanyardAuthorization *row = lanyard_database_load (self->database, id, &error);

  g_assert_no_error (error);
  return row;
}

LanyardStatus
lanyard_test_engine_get_status (LanyardTestEngine *self, const char *id)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (self, id);

  return lanyard_authorization_get_status (row);
}

void
lanyard_test_engine_assert_secret (LanyardTestEngine *self,
                                   const char *id,
                                   const char *name,
                                   const char *expected)
{
  const char *text = lanyard_memory_store_peek (self->secrets, id);
  g_autoptr (LanyardSecret) sealed = text != NULL ? lanyard_secret_new (text) : NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  if (sealed != NULL)
    credentials = lanyard_record_open (sealed, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, name), ==, expected);
}

gboolean
lanyard_test_engine_save (LanyardTestEngine *self,
                          LanyardAuthorization *draft,
                          const char *credentials,
                          GError **error)
{
  g_autoptr (LanyardCredentials) entered =
    credentials != NULL ? lanyard_test_engine_parse_credentials (credentials) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_save_async (self->manager, draft, entered, NULL, lanyard_test_take_result_cb,
                              &result);
  return lanyard_manager_save_finish (self->manager, lanyard_test_wait_for (&result), error);
}

gboolean
lanyard_test_engine_authorize (LanyardTestEngine *self,
                               LanyardAuthorization *draft,
                               const char *credentials,
                               LanyardRobotConsent *consent,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (LanyardCredentials) entered =
    credentials != NULL ? lanyard_test_engine_parse_credentials (credentials) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_authorize_async (self->manager, draft, entered, LANYARD_CONSENT (consent),
                                   cancellable, lanyard_test_take_result_cb, &result);
  return lanyard_manager_authorize_finish (self->manager, lanyard_test_wait_for (&result), error);
}

LanyardCredentials *
lanyard_test_engine_get_credentials (LanyardTestEngine *self,
                                     const char *id,
                                     guint min_valid,
                                     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_get_credentials_async (self->manager, id, min_valid, NULL,
                                         lanyard_test_take_result_cb, &result);
  return lanyard_manager_get_credentials_finish (self->manager, lanyard_test_wait_for (&result),
                                                 error);
}

gboolean
lanyard_test_engine_refresh (LanyardTestEngine *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_refresh_async (self->manager, id, NULL, NULL, lanyard_test_take_result_cb,
                                 &result);
  return lanyard_manager_refresh_finish (self->manager, lanyard_test_wait_for (&result), error);
}

LanyardRequest *
lanyard_test_engine_apply (LanyardTestEngine *self, const char *id, const char *uri, GError **error)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uri);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_apply_async (self->manager, id, request, NULL, lanyard_test_take_result_cb,
                               &result);
  return lanyard_manager_apply_finish (self->manager, lanyard_test_wait_for (&result), NULL, error);
}

char *
lanyard_test_engine_test (LanyardTestEngine *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_test_async (self->manager, id, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_manager_test_finish (self->manager, lanyard_test_wait_for (&result), error);
}

gboolean
lanyard_test_engine_revoke (LanyardTestEngine *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_revoke_async (self->manager, id, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_manager_revoke_finish (self->manager, lanyard_test_wait_for (&result), error);
}

gboolean
lanyard_test_engine_remove (LanyardTestEngine *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_remove_async (self->manager, id, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_manager_remove_finish (self->manager, lanyard_test_wait_for (&result), error);
}

int
lanyard_test_engine_repair (LanyardTestEngine *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_repair_async (self->manager, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_manager_repair_finish (self->manager, lanyard_test_wait_for (&result), error);
}
