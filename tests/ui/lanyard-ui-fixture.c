/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-ui-fixture.h"

#include "lanyard-record.h"
#include "lanyard-test.h"

#include <string.h>

static const char acme[] =
  "{\"id\": \"acme\", \"name\": \"Acme\", \"website\": \"https://acme.example\","
  " \"registration_url\": \"https://acme.example/clients\","
  " \"hint\": \"Register a client <first> & come back.\","
  " \"inputs\": [{\"name\": \"tenant\", \"label\": \"Tenant\", \"type\": \"text\","
  "   \"default\": \"common\"}],"
  " \"methods\": [{\"type\": \"oauth2\","
  "   \"authorize\": {\"url\": \"https://acme.example/{tenant}/authorize\","
  "     \"scope\": {\"always\": [\"openid\"]}},"
  "   \"token\": {\"url\": \"https://acme.example/{tenant}/token\"}}],"
  " \"scopes\": [{\"name\": \"openid\", \"description\": \"Know who you are\"},"
  "   {\"name\": \"events\", \"description\": \"See <your> events\"},"
  "   {\"name\": \"people\", \"description\": \"See people\"},"
  "   {\"name\": \"files\", \"description\": \"See files\"}],"
  " \"connectors\": [{\"id\": \"calendar\", \"name\": \"Calendar\","
  "   \"description\": \"Read events\", \"scopes\": [\"events\"]},"
  "   {\"id\": \"contacts\", \"name\": \"Contacts\", \"description\": \"Read contacts\","
  "    \"scopes\": [\"people\", \"events\"]}]}";

static const char globex[] =
  "{\"id\": \"globex\", \"name\": \"Globex\", \"website\": \"https://globex.example\","
  " \"methods\": [{\"type\": \"oauth2\","
  "   \"authorize\": {\"url\": \"https://globex.example/authorize\"},"
  "   \"token\": {\"url\": \"https://globex.example/token\"},"
  "   \"redirect\": {\"embedded\": false}}],"
  " \"scopes\": [{\"name\": \"files\", \"description\": \"See files\"}]}";

/* Two ways of one type. */
static const char several[] =
  "{\"id\": \"several\", \"name\": \"Several\", \"methods\": ["
  " {\"type\": \"api-key\", \"label\": \"Key\"},"
  " {\"type\": \"api-key\", \"id\": \"admin\", \"label\": \"Key of an administrator\"}]}";

static void
write_provider (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static GLogWriterOutput
write_log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE") &&
          g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel"))
        return G_LOG_WRITER_HANDLED;
    }
  return g_log_writer_default (level, fields, n_fields, user_data);
}

void
ui_fixture_accept_dialogs (void)
{
  g_log_set_writer_func (write_log_cb, NULL, NULL);
}

void
ui_fixture_set_up (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardDatabase) database = NULL;
  g_autoptr (LanyardCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = lanyard_test_make_folder ();
  write_provider (fixture->folder, "acme.json", acme);
  write_provider (fixture->folder, "globex.json", globex);
  write_provider (fixture->folder, "several.json", several);
  catalogue = lanyard_catalogue_new (fixture->folder);
  fixture->database_path = g_build_filename (fixture->folder, "data", "lanyard.db", NULL);
  database = lanyard_database_open (fixture->database_path, &error);
  g_assert_no_error (error);

  fixture->store = lanyard_memory_store_new ();
  fixture->manager =
    lanyard_manager_new (database, LANYARD_SECRET_STORE (fixture->store), catalogue, NULL);
  g_assert_nonnull (lanyard_manager_get_authorizations (fixture->manager, &error));
  g_assert_nonnull (ui_fixture_get_provider (fixture, "acme"));
  g_assert_nonnull (ui_fixture_get_provider (fixture, "globex"));
}

void
ui_fixture_tear_down (UiFixture *fixture, gconstpointer user_data)
{
  ui_fixture_settle ();
  g_assert_finalize_object (fixture->manager);
  g_assert_finalize_object (fixture->store);
  lanyard_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->database_path);
}

LanyardAuthorization *
ui_fixture_make (const char *provider_id, const char *name)
{
  LanyardAuthorization *authorization = lanyard_authorization_new (NULL);

  lanyard_authorization_set_name (authorization, name);
  lanyard_authorization_set_provider_id (authorization, provider_id);
  lanyard_authorization_set_type_id (authorization, "oauth2");

  return authorization;
}

/* A save keeps the state that is in the database; a test may want another one. */
static void
save_state (UiFixture *fixture, LanyardAuthorization *authorization, LanyardAuthorization *state)
{
  GListModel *list = lanyard_manager_get_authorizations (fixture->manager, NULL);
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_revision (state, lanyard_authorization_get_revision (authorization));
  lanyard_authorization_assign (authorization, state);
  lanyard_database_save_state (lanyard_manager_get_database (fixture->manager), authorization,
                               &error);
  g_assert_no_error (error);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LanyardAuthorization) item = g_list_model_get_item (list, i);

      if (g_str_equal (lanyard_authorization_get_id (item),
                       lanyard_authorization_get_id (authorization)))
        lanyard_authorization_assign (item, authorization);
    }
}

void
ui_fixture_save (UiFixture *fixture, LanyardAuthorization *authorization, const char *secret)
{
  g_autoptr (LanyardAuthorization) state = lanyard_authorization_dup (authorization);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_credentials_set_text (credentials, "client_secret", secret);
  lanyard_manager_save_async (fixture->manager, authorization, credentials, NULL,
                              lanyard_test_take_result_cb, &result);
  lanyard_manager_save_finish (fixture->manager, lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  save_state (fixture, authorization, state);
}

LanyardAuthorization *
ui_fixture_make_saved (UiFixture *fixture, const char *name)
{
  LanyardAuthorization *authorization = ui_fixture_make ("acme", name);

  lanyard_authorization_set_setting (authorization, "client_id", "old client");
  ui_fixture_save (fixture, authorization, "old secret");

  return authorization;
}

void
ui_fixture_change_elsewhere (UiFixture *fixture,
                             LanyardAuthorization *authorization,
                             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDatabase) database = lanyard_database_open (fixture->database_path, &error);
  g_autoptr (LanyardAuthorization) row = NULL;

  g_assert_no_error (error);
  row = lanyard_database_load (database, lanyard_authorization_get_id (authorization), &error);
  g_assert_no_error (error);
  lanyard_authorization_set_name (row, name);
  lanyard_database_save (database, row, &error);
  g_assert_no_error (error);
}

LanyardProvider *
ui_fixture_get_provider (UiFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  LanyardProvider *provider =
    lanyard_catalogue_lookup (lanyard_manager_get_catalogue (fixture->manager), id, &error);

  g_assert_no_error (error);
  return provider;
}

LanyardCredentials *
ui_fixture_dup_credentials (UiFixture *fixture, const char *id)
{
  const char *text = lanyard_memory_store_peek (fixture->store, id);
  g_autoptr (LanyardSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  LanyardCredentials *credentials;

  if (text == NULL)
    return NULL;

  secret = lanyard_secret_new (text);
  credentials = lanyard_record_open (secret, NULL, &error);
  g_assert_no_error (error);

  return credentials;
}

static gboolean
too_late_cb (gpointer user_data)
{
  gboolean *is_late = user_data;

  *is_late = TRUE;
  return G_SOURCE_REMOVE;
}

void
ui_fixture_wait (UiFixtureFunc is_done, gpointer user_data)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add_seconds (10, too_late_cb, &is_late);

  while (!is_done (user_data) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (id);
}

void
ui_fixture_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
