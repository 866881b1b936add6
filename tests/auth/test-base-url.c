/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-base-url.h"
#include "lanyard-error.h"

static void
test_normalize (void)
{
  static const struct
  {
    const char *typed;
    const char *normal;
  } CASES[] = {
    { "cloud.example.org", "https://cloud.example.org" },
    { "  https://cloud.example.org/  ", "https://cloud.example.org" },
    { "HTTPS://Cloud.Example.ORG:443//", "https://cloud.example.org" },
    { "http://cloud.example.org:80/x/", "http://cloud.example.org/x" },
    { "http://cloud.example.org:443/", "http://cloud.example.org:443" },
    { "localhost:8080/Base/", "https://localhost:8080/Base" },
    { "http://[::1]:8080/", "http://[::1]:8080" },
    { "bücher.example/Käse", "https://xn--bcher-kva.example/Käse" },
    { "https://example.org/a%2Fb/", "https://example.org/a%2Fb" },
    { "", NULL },
    { "   ", NULL },
    { "https://", NULL },
    { "/path", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *normal = lanyard_base_url_normalize (CASES[i].typed);
      g_autofree char *again = normal != NULL ? lanyard_base_url_normalize (normal) : NULL;

      g_test_message ("%s", CASES[i].typed);
      g_assert_cmpstr (normal, ==, CASES[i].normal);
      g_assert_cmpstr (again, ==, CASES[i].normal);
    }
}

static void
test_refused (void)
{
  static const char *const URLS[] = {
    "http://cloud.example.org",          "ftp://cloud.example.org",
    "https://me:secret@example.org",     "https://me@example.org/x",
    "https://example.org/?a=b",          "https://example.org/#x",
    "https://example.org/a/../b",        "https://example.org/%2e%2e/b",
    "https://good.example%2f@evil.test", "https://example.org/a b",
    "https://example.org\\@evil.test",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (URLS); i++)
    {
      g_autofree char *normal = lanyard_base_url_normalize (URLS[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", URLS[i]);
      g_assert_false (lanyard_base_url_check (normal != NULL ? normal : URLS[i], FALSE, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (g_strstr_len (error->message, -1, "secret"));
    }
}

/* Only what the person confirmed, and only the scheme. */
static void
test_confirmed_http (void)
{
  g_assert_true (lanyard_base_url_check ("http://cloud.example.org/x", TRUE, NULL));
  g_assert_true (lanyard_base_url_check ("http://127.0.0.1:8080", FALSE, NULL));
  g_assert_false (lanyard_base_url_check ("http://me:pw@cloud.example.org", TRUE, NULL));
  g_assert_false (lanyard_base_url_check ("ftp://cloud.example.org", TRUE, NULL));
  g_assert_false (lanyard_base_url_check ("http://cloud.example.org/..", TRUE, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/base-url/normalize", test_normalize);
  g_test_add_func ("/auth/base-url/refused", test_refused);
  g_test_add_func ("/auth/base-url/confirmed-http", test_confirmed_http);

  return g_test_run ();
}
