/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-record.h"
#include "mutate.h"

#include <string.h>

#define ID "0b5bd6f2-4a1e-4b8e-9d3c-2f6a7c1d8e90"
#define AUTHORIZATION "\"authorization\":{\"id\":\"" ID "\",\"name\":\"Work\"}"
#define ROUNDS 2000u

static LanyardCredentials *
open_text (const char *text, LanyardAuthorization **authorization, GError **error)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (text);

  return lanyard_record_open (secret, authorization, error);
}

static LanyardSecret *
seal_example (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (ID);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();

  lanyard_authorization_set_name (authorization, "Work");
  lanyard_authorization_set_setting (authorization, "client_id", "c");
  lanyard_credentials_set_text (credentials, "access_token", "at \"1\" \\ \t žluťoučký");
  lanyard_credentials_set_text (credentials, "private_key", "-----BEGIN KEY-----\nx\n");
  lanyard_credentials_set_text (credentials, "refresh_token", "rt-1");
  lanyard_credentials_set_expires_at (credentials, 1700000000);

  return lanyard_record_seal (authorization, credentials);
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "",
    "{",
    "null",
    "[]",
    "\"access_token\"",
    "{}",
    "{\"version\":1}",
    "{\"version\":1," AUTHORIZATION "}",
    "{\"version\":0," AUTHORIZATION ",\"credentials\":{}}",
    "{\"version\":\"one\"," AUTHORIZATION ",\"credentials\":{}}",
    "{" AUTHORIZATION ",\"credentials\":{}}",
    "{\"version\":1," AUTHORIZATION ",\"credentials\":[]}",
    "{\"version\":1," AUTHORIZATION ",\"credentials\":{\"expires_at\":\"soon\"}}",
    "{\"version\":1," AUTHORIZATION ",\"credentials\":{\"expires_at\":-1}}",
    "{\"version\":1," AUTHORIZATION ",\"credentials\":{\"a\":\"x\",\"a\":\"y\"}}",
    "{\"version\":1," AUTHORIZATION ",\"credentials\":{\"a\":\"\\u0000\"}}",
    "{\"version\":1,\"credentials\":{}}",
    "{\"version\":1,\"authorization\":7,\"credentials\":{}}",
    "{\"version\":1,\"authorization\":{\"id\":\"x\"},\"credentials\":{}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardAuthorization) authorization = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (open_text (cases[i], &authorization, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (authorization);
    }
}

static void
test_newer (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_text ("{\"version\":2,\"vault\":\"x\"}", NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER);
}

/* A message is shown and logged, so that it must not quote what it is about. */
static void
test_error_holds_no_secret (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
    open_text ("{\"version\":1,\"credentials\":{\"access_token\":\"hunter2\",}}", NULL, &error));
  g_assert_null (strstr (error->message, "hunter2"));
}

static void
test_huge (void)
{
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *text =
    g_strdup_printf ("{\"version\":1,\"credentials\":{\"a\":\"%s\"}}", filler);
  g_autoptr (GError) error = NULL;

  g_assert_null (open_text (text, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{\"version\":1,\"credentials\":{},\"x\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  g_assert_null (open_text (text->str, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* A damaged visible part does not cost the tokens. */
static void
test_damaged_authorization (void)
{
  static const char *text =
    "{\"version\":1,\"authorization\":{\"id\":\"x\"},\"credentials\":{\"access_token\":\"a\"}}";
  g_autoptr (LanyardCredentials) credentials = open_text (text, NULL, NULL);

  g_assert_nonnull (credentials);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "a");
}

static void
test_round_trip (void)
{
  g_autoptr (LanyardSecret) sealed = seal_example ();
  g_autoptr (LanyardSecret) again = NULL;
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  credentials = lanyard_record_open (sealed, &authorization, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_authorization_get_id (authorization), ==, ID);
  g_assert_cmpstr (lanyard_authorization_get_setting (authorization, "client_id"), ==, "c");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==,
                   "at \"1\" \\ \t žluťoučký");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "private_key"), ==,
                   "-----BEGIN KEY-----\nx\n");
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, 1700000000);
  g_assert_null (lanyard_credentials_get_rest (credentials));

  /* An item is only written when it changed, so that the same must give the same text. */
  again = lanyard_record_seal (authorization, credentials);
  g_assert_true (lanyard_secret_equal (sealed, again));
}

static void
test_empty (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (ID);
  g_autoptr (LanyardCredentials) none = lanyard_credentials_new ();
  g_autoptr (LanyardSecret) sealed = lanyard_record_seal (authorization, none);
  g_autoptr (LanyardCredentials) credentials = lanyard_record_open (sealed, NULL, NULL);
  g_auto (GStrv) names = NULL;

  g_assert_nonnull (credentials);
  names = lanyard_credentials_list_names (credentials);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, 0);
}

/* Whatever a newer Lanyard wrote is still there when an older one has renewed a token. */
static void
test_unknown_kept (void)
{
  static const char *text =
    "{\"version\":1,\"authorization\":{\"id\":\"" ID "\",\"name\":\"Work\",\"color\":\"red\"},"
    "\"credentials\":{\"access_token\":\"a\",\"later_key\":\"k\",\"keys\":[{\"d\":\"s\"}],"
    "\"refresh_token\":null,\"\":\"nameless\"},"
    "\"apps\":{\"org.example\":true}}";
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = open_text (text, &authorization, NULL);
  g_autoptr (LanyardCredentials) copy = NULL;
  g_autoptr (LanyardSecret) sealed = NULL;
  g_autoptr (JsonObject) root = NULL;

  g_assert_nonnull (credentials);
  g_assert_nonnull (lanyard_credentials_get_rest (credentials));
  copy = lanyard_credentials_copy (credentials);
  lanyard_credentials_set_text (copy, "access_token", "b");
  lanyard_credentials_set_text (copy, "refresh_token", "r");
  sealed = lanyard_record_seal (authorization, copy);

  root = lanyard_json_parse_object (lanyard_secret_get (sealed), lanyard_secret_get_length (sealed),
                                    NULL);
  g_assert_nonnull (root);
  g_assert_cmpstr (lanyard_json_get_string (root, "authorization.color"), ==, "red");
  g_assert_cmpstr (lanyard_json_get_string (root, "authorization.name"), ==, "Work");
  g_assert_cmpstr (lanyard_json_get_string (root, "credentials.access_token"), ==, "b");
  g_assert_cmpstr (lanyard_json_get_string (root, "credentials.refresh_token"), ==, "r");
  g_assert_cmpstr (lanyard_json_get_string (root, "credentials.later_key"), ==, "k");
  g_assert_cmpuint (json_array_get_length (lanyard_json_get_array (root, "credentials.keys")), ==,
                    1);
  g_assert_nonnull (lanyard_json_get_object (root, "apps"));
}

/* However an item is damaged, it is opened or refused with a message; and what is opened can be
 * sealed and opened again. */
static void
test_damaged (void)
{
  g_autoptr (LanyardSecret) sealed = seal_example ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint n_opened = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gsize length;
      g_autofree char *text =
        mutate (random, lanyard_secret_get (sealed), lanyard_secret_get_length (sealed), &length);
      g_autoptr (LanyardSecret) secret = lanyard_secret_new_bytes (text, length);
      g_autoptr (LanyardAuthorization) authorization = NULL;
      g_autoptr (LanyardCredentials) credentials = NULL;
      g_autoptr (LanyardCredentials) again = NULL;
      g_autoptr (LanyardSecret) resealed = NULL;
      g_autoptr (LanyardSecret) resealed_again = NULL;
      g_autoptr (GError) error = NULL;

      credentials = lanyard_record_open (secret, &authorization, &error);
      if (credentials == NULL)
        {
          g_assert_nonnull (error);
          g_assert_cmpuint (error->domain, ==, LANYARD_ERROR);
          continue;
        }

      n_opened++;
      resealed = lanyard_record_seal (authorization, credentials);
      again = lanyard_record_open (resealed, NULL, &error);
      g_assert_no_error (error);
      resealed_again = lanyard_record_seal (authorization, again);
      g_assert_true (lanyard_secret_equal (resealed_again, resealed));
    }

  g_test_message ("%u of %u damaged items could be opened", n_opened, ROUNDS);
  g_assert_cmpuint (n_opened, >, 0);
  g_assert_cmpuint (n_opened, <, ROUNDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/record/broken", test_broken);
  g_test_add_func ("/model/record/newer", test_newer);
  g_test_add_func ("/model/record/error-holds-no-secret", test_error_holds_no_secret);
  g_test_add_func ("/model/record/huge", test_huge);
  g_test_add_func ("/model/record/deep", test_deep);
  g_test_add_func ("/model/record/damaged-authorization", test_damaged_authorization);
  g_test_add_func ("/model/record/round-trip", test_round_trip);
  g_test_add_func ("/model/record/empty", test_empty);
  g_test_add_func ("/model/record/unknown-kept", test_unknown_kept);
  g_test_add_func ("/model/record/damaged", test_damaged);

  return g_test_run ();
}
