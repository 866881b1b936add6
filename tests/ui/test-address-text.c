/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-address-text.h"

static void
assert_tidy (const char *text, const char *expected)
{
  g_autofree char *tidied = lanyard_address_text_tidy (text);
  g_autofree char *again = lanyard_address_text_tidy (tidied);

  g_assert_cmpstr (tidied, ==, expected);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_left_alone (void)
{
  assert_tidy ("", "");
  assert_tidy ("not an address", "not an address");
  assert_tidy ("me@example.org", "me@example.org");
  assert_tidy ("mailto:me", "mailto:me");
  assert_tidy ("ftp://Example.org/", "ftp://Example.org/");
  assert_tidy ("https://{tenant}.example.org/", "https://{tenant}.example.org/");
  assert_tidy ("https://user:pw@Example.org/", "https://user:pw@Example.org/");
  assert_tidy ("https://", "https://");
}

static void
test_tidied (void)
{
  assert_tidy (" cloud.example.org\n", "https://cloud.example.org");
  assert_tidy ("localhost:8080/api", "https://localhost:8080/api");
  assert_tidy ("HTTPS://Cloud.Example.ORG/", "https://cloud.example.org");
  assert_tidy ("https://example.org:443/Api/", "https://example.org/Api/");
  assert_tidy ("http://127.0.0.1:8400/a?b=%20c#top", "http://127.0.0.1:8400/a?b=%20c");
  /* Where the person wrote http it stays: that it is refused is for the check to say. */
  assert_tidy ("http://example.org:80", "http://example.org");
  assert_tidy ("https://[::1]:8443/x", "https://[::1]:8443/x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/address-text/left-alone", test_left_alone);
  g_test_add_func ("/ui/address-text/tidied", test_tidied);

  return g_test_run ();
}
