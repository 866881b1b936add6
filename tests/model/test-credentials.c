/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-credentials.h"

static void
test_absent (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_auto (GStrv) names = lanyard_credentials_list_names (credentials);

  g_assert_null (lanyard_credentials_get (NULL, "access_token"));
  g_assert_null (lanyard_credentials_get_text (NULL, "access_token"));
  g_assert_null (lanyard_credentials_get (credentials, "access_token"));
  g_assert_null (lanyard_credentials_get_text (credentials, "access_token"));
  g_assert_null (lanyard_credentials_get_rest (credentials));
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, 0);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
}

/* The time is no secret, and a text that is none could not be written into the keyring. */
static void
test_refused (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardSecret) binary = lanyard_secret_new_bytes ("a\0b", 3);

  g_test_expect_message ("lanyard", G_LOG_LEVEL_CRITICAL, "*expires_at*");
  lanyard_credentials_set_text (credentials, "expires_at", "1");
  g_test_assert_expected_messages ();

  g_test_expect_message ("lanyard", G_LOG_LEVEL_CRITICAL, "*is_text*");
  lanyard_credentials_set (credentials, "access_token", binary);
  g_test_assert_expected_messages ();
  g_assert_null (lanyard_credentials_get (credentials, "access_token"));

  lanyard_credentials_set_expires_at (credentials, -5);
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, 0);
}

static void
test_set (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardSecret) secret = lanyard_secret_new ("one");
  g_auto (GStrv) names = NULL;

  lanyard_credentials_set (credentials, "refresh_token", secret);
  lanyard_credentials_set_text (credentials, "access_token", "two");
  lanyard_credentials_set_text (credentials, "access_token", "three");
  g_assert_true (lanyard_credentials_get (credentials, "refresh_token") == secret);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "three");
  names = lanyard_credentials_list_names (credentials);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "access_token");
  g_assert_cmpstr (names[1], ==, "refresh_token");

  lanyard_credentials_set_text (credentials, "access_token", "");
  g_assert_null (lanyard_credentials_get (credentials, "access_token"));
  lanyard_credentials_set (credentials, "refresh_token", NULL);
  g_assert_null (lanyard_credentials_get (credentials, "refresh_token"));
}

/* A secret may be set to what it is already. */
static void
test_set_itself (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();

  lanyard_credentials_set_text (credentials, "api_key", "k");
  lanyard_credentials_set (credentials, "api_key",
                           lanyard_credentials_get (credentials, "api_key"));
  lanyard_credentials_set_text (credentials, "api_key",
                                lanyard_credentials_get_text (credentials, "api_key"));
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "api_key"), ==, "k");
}

static void
test_copy (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardSecret) rest = lanyard_secret_new ("{\"later\":1}");
  g_autoptr (LanyardCredentials) copy = NULL;

  lanyard_credentials_set_text (credentials, "access_token", "a");
  lanyard_credentials_set_expires_at (credentials, 7);
  lanyard_credentials_set_rest (credentials, rest);
  copy = lanyard_credentials_copy (credentials);
  g_assert_cmpstr (lanyard_credentials_get_text (copy, "access_token"), ==, "a");
  g_assert_cmpint (lanyard_credentials_get_expires_at (copy), ==, 7);
  g_assert_true (lanyard_credentials_get_rest (copy) == rest);

  lanyard_credentials_set_text (copy, "access_token", "b");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "a");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/credentials/absent", test_absent);
  g_test_add_func ("/model/credentials/refused", test_refused);
  g_test_add_func ("/model/credentials/set", test_set);
  g_test_add_func ("/model/credentials/set-itself", test_set_itself);
  g_test_add_func ("/model/credentials/copy", test_copy);

  return g_test_run ();
}
