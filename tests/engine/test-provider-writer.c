/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-catalogue.h"
#include "lanyard-error.h"
#include "lanyard-provider-reader.h"
#include "lanyard-provider-writer.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEXT "{\"id\":\"own\",\"name\":\"Own\",\"methods\":[{\"type\":\"basic\"}]}"

static LanyardAuthorization *
make_authorization (const char *provider_id, const char *type_id)
{
  LanyardAuthorization *authorization = lanyard_authorization_new (NULL);

  lanyard_authorization_set_provider_id (authorization, provider_id);
  lanyard_authorization_set_type_id (authorization, type_id);
  return authorization;
}

static char *
make (LanyardAuthorization *authorization, GError **error)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);
  LanyardProvider *provider = lanyard_catalogue_lookup (
    catalogue, lanyard_authorization_get_provider_id (authorization), NULL);

  return lanyard_provider_writer_make (provider, authorization, "own", "Own", error);
}

static void
assert_refused (LanyardAuthorization *authorization, const char *where)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (make (authorization, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, where));
}

static void
test_refused (void)
{
  g_autoptr (LanyardAuthorization) wrong_type = make_authorization ("custom-basic", "oauth2");
  g_autoptr (LanyardAuthorization) incomplete = make_authorization ("custom-oauth2", "oauth2");
  g_autoptr (LanyardAuthorization) insecure = make_authorization ("custom-oauth2", "oauth2");

  assert_refused (wrong_type, "oauth2");
  assert_refused (incomplete, "authorize.url");
  lanyard_authorization_set_setting (insecure, "authorization_endpoint", "https://example.org/a");
  lanyard_authorization_set_setting (insecure, "token_endpoint", "http://example.org/t");
  assert_refused (insecure, "token.url");
}

/* What the person is asked for with each authorization does not go into the file. */
static void
test_oauth2 (void)
{
  static const char *const scopes[] = { "read", "write", NULL };
  g_autoptr (LanyardAuthorization) authorization = make_authorization ("custom-oauth2", "oauth2");
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LanyardMethod *method;

  lanyard_authorization_set_setting (authorization, "authorization_endpoint",
                                     "https://example.org/a");
  lanyard_authorization_set_setting (authorization, "token_endpoint", "https://example.org/t");
  lanyard_authorization_set_setting (authorization, "client_id", "my-own-client");
  lanyard_authorization_set_setting (authorization, "token_params", "audience=a{b}");
  lanyard_authorization_set_scopes (authorization, scopes);
  text = make (authorization, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, "my-own-client"));

  provider = lanyard_provider_reader_read (text, strlen (text), "own", &error);
  g_assert_no_error (error);
  g_assert_false (lanyard_provider_is_custom (provider));
  g_assert_null (lanyard_provider_get_hint (provider));
  g_assert_nonnull (lanyard_provider_find_scope (provider, "read"));
  g_assert_nonnull (lanyard_provider_find_scope (provider, "write"));
  method = lanyard_provider_find_method (provider, "oauth2");
  g_assert_cmpstr (lanyard_method_get_string (method, "authorize.url"), ==,
                   "https://example.org/a");
  g_assert_cmpstr (lanyard_method_get_string (method, "token.url"), ==, "https://example.org/t");
  g_assert_cmpstr (lanyard_method_get_string (method, "defaults.token_params"), ==,
                   "audience=a{{b}}");
}

/* A place for a key is a text with names, and stays one. */
static void
test_api_key (void)
{
  g_autoptr (LanyardAuthorization) authorization = make_authorization ("custom-api-key", "api-key");
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  lanyard_authorization_set_setting (authorization, "placement",
                                     "header:Authorization=ApiKey {api_key}");
  text = make (authorization, &error);
  g_assert_no_error (error);
  provider = lanyard_provider_reader_read (text, strlen (text), "own", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
    lanyard_method_get_string (lanyard_provider_find_method (provider, NULL), "defaults.placement"),
    ==, "header:Authorization=ApiKey {api_key}");
}

/* A variant of a provider that is shipped keeps what is known of it. */
static void
test_variant (void)
{
  g_autoptr (LanyardAuthorization) authorization = make_authorization ("github", "oauth2");
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  lanyard_authorization_set_setting (authorization, "token_endpoint", "https://example.org/t");
  text = make (authorization, &error);
  g_assert_no_error (error);
  provider = lanyard_provider_reader_read (text, strlen (text), "own", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_provider_get_name (provider), ==, "Own");
  g_assert_cmpuint (lanyard_provider_list_connectors (provider)->len, >, 0);
  g_assert_cmpstr (
    lanyard_method_get_string (lanyard_provider_find_method (provider, NULL), "token.url"), ==,
    "https://example.org/t");
}

static void
test_suggest_id (void)
{
  static const char *const cases[][2] = {
    { "Act-On", "act-on" }, { "  Můj  server! ", "muj-server" },
    { "日本", "provider" }, { "", "provider" },
    { "../../etc", "etc" }, { "A日B", "ab" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = lanyard_provider_writer_suggest_id (cases[i][0]);

      g_assert_cmpstr (id, ==, cases[i][1]);
    }
}

static void
assert_not_saved (const char *directory, const char *id, const char *text, LanyardError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_provider_writer_save (directory, id, text, FALSE, &error));
  g_assert_error (error, LANYARD_ERROR, (int)code);
}

static void
test_save (void)
{
  g_autofree char *parent = g_dir_make_tmp ("lanyard-writer-XXXXXX", NULL);
  g_autofree char *directory = g_build_filename (parent, "lanyard", "providers", NULL);
  g_autofree char *middle = g_build_filename (parent, "lanyard", NULL);
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;

  assert_not_saved (directory, "../own", TEXT, LANYARD_ERROR_INVALID);
  assert_not_saved (directory, "other", TEXT, LANYARD_ERROR_INVALID);
  assert_not_saved (directory, "own", "{}", LANYARD_ERROR_INVALID);
  assert_not_saved (directory, "github",
                    "{\"id\":\"github\",\"name\":\"G\",\"methods\":[{\"type\":\"basic\"}]}",
                    LANYARD_ERROR_EXISTS);
  assert_not_saved ("/proc/none", "own", TEXT, LANYARD_ERROR_FAILED);

  path = lanyard_provider_writer_save (directory, "own", TEXT, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, TEXT);

  assert_not_saved (directory, "own", TEXT " ", LANYARD_ERROR_EXISTS);
  again = lanyard_provider_writer_save (directory, "own", TEXT " ", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, path);

  /* Nothing but the file is left behind. */
  folder = g_dir_open (directory, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (folder), ==, "own.json");
  g_assert_null (g_dir_read_name (folder));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
  g_assert_cmpint (g_rmdir (middle), ==, 0);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/provider-writer/refused", test_refused);
  g_test_add_func ("/engine/provider-writer/oauth2", test_oauth2);
  g_test_add_func ("/engine/provider-writer/api-key", test_api_key);
  g_test_add_func ("/engine/provider-writer/variant", test_variant);
  g_test_add_func ("/engine/provider-writer/suggest-id", test_suggest_id);
  g_test_add_func ("/engine/provider-writer/save", test_save);

  return g_test_run ();
}
