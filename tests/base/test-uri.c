/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-uri.h"

#include "lanyard-error.h"

#include <string.h>

/* What comes next, in a form that TAP can bear. */
static void
message (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%.60s", escaped);
}

static void
test_endpoint_refused (void)
{
  static const char *const uris[] = {
    "",
    "example.org",
    "/token",
    "//example.org/token",
    "https:",
    "https://",
    "https:///token",
    "https:/example.org/",
    "https://:443/",
    "https://example.org:0/",
    "https://example.org:65536/",
    "https://example.org:x/",
    "https://[::1/",
    "https://[zz]/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "HTTP://example.org/",
    "http://example.org/",
    "http://127.0.0.1.evil.com/",
    "http://localhost.evil/",
    "http://localhost.evil.com/",
    "http://evil.com/127.0.0.1",
    "http://127.0.0.1@evil.com/",
    "http://localhost:80@evil.com/",
    "http://evil.com#@127.0.0.1/",
    "http://evil.com?@127.0.0.1/",
    "http://notlocalhost/",
    "http://localhost./",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.0.01/",
    "http://128.0.0.1/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::2]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1]/",
    "https://good@evil.example/",
    "https://good:x@evil.example/",
    "https://@evil.example/",
    "https://good.example\\@evil.example/",
    "https://evil.example\\.good.example/",
    "https:\\\\example.org/",
    "https://example.org/#",
    "https://example.org/#x",
    "https://example.org/?a=b#x",
    "https://example.org/a b",
    " https://example.org/",
    "https://example.org/\n",
    "https://example.org/\r\nX: y",
    "https://example.org/\t",
    "https://exa\xc2\xa0mple.org/",
    "https://example.org/\xe2\x80\xae",
    "https://example.org/\xff",
    "https://good.example%2f.evil.example/",
    "http://%6cocalhost/",
    "https://example.org/%zz",
    "https://example.org/?%zz",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      message (uris[i]);
      g_assert_false (lanyard_uri_check_endpoint (uris[i], "token endpoint", &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "token endpoint: "));
    }
}

static void
test_endpoint_too_long (void)
{
  g_autofree char *filling = g_strnfill (8192 - strlen ("https://a.example/"), 'x');
  g_autofree char *longest = g_strconcat ("https://a.example/", filling, NULL);
  g_autofree char *too_long = g_strconcat (longest, "x", NULL);

  g_assert_false (lanyard_uri_check_endpoint (too_long, "x", NULL));
  g_assert_true (lanyard_uri_check_endpoint (longest, "x", NULL));
}

static void
test_endpoint_accepted (void)
{
  static const char *const uris[] = {
    "https://example.org",       "https://example.org/token",
    "HTTPS://EXAMPLE.ORG/token", "https://example.org:8443/a/b?c=d&e",
    "https://192.0.2.1/",        "https://[2001:db8::1]:8443/",
    "https://bücher.example/",   "http://localhost/",
    "http://LOCALHOST:8080/",    "http://127.0.0.1:8401/token",
    "http://127.8.8.8/",         "http://[::1]:8401/",
    "http://[0:0:0:0:0:0:0:1]/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      message (uris[i]);
      lanyard_uri_check_endpoint (uris[i], "token endpoint", &error);
      g_assert_no_error (error);
    }
}

static void
test_redirect_refused (void)
{
  static const char *const uris[] = {
    "",
    "oob",
    "urn:ietf:wg:oauth:2.0:oob",
    "app:/callback",
    "org.example.app:callback",
    "org.example.app://callback",
    "org.example.app:/callback#x",
    "javascript:alert(1)",
    "http://example.org/",
    "http://127.0.0.1.evil.com/",
    "https://user@example.org/",
    "https://example.org/#",
    "http://127.0.0.1/a\\b",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      message (uris[i]);
      g_assert_false (lanyard_uri_check_redirect (uris[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_redirect_accepted (void)
{
  static const char *const uris[] = {
    "https://example.org/callback",
    "http://127.0.0.1/",
    "http://127.0.0.1:8765/callback?a=b",
    "http://[::1]:8765/callback",
    "http://localhost/callback",
    "org.example.app:/callback",
    "io.github.lanyard.Lanyard:/oauth2/x?y",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      message (uris[i]);
      lanyard_uri_check_redirect (uris[i], &error);
      g_assert_no_error (error);
    }
}

static void
test_is_loopback (void)
{
  g_assert_false (lanyard_uri_is_loopback (""));
  g_assert_false (lanyard_uri_is_loopback ("localhost"));
  g_assert_false (lanyard_uri_is_loopback ("https://example.org/"));
  g_assert_false (lanyard_uri_is_loopback ("http://127.0.0.1.evil.com/"));
  g_assert_false (lanyard_uri_is_loopback ("http://localhost@evil.com/"));
  g_assert_false (lanyard_uri_is_loopback ("http://evil.com\\@localhost/"));
  g_assert_false (lanyard_uri_is_loopback ("org.example.app:/localhost"));
  g_assert_true (lanyard_uri_is_loopback ("https://localhost/"));
  g_assert_true (lanyard_uri_is_loopback ("http://127.0.0.1:1/x"));
  g_assert_true (lanyard_uri_is_loopback ("http://[::1]/"));
}

static void
test_append_params (void)
{
  static const struct
  {
    const char *uri;
    const char *result;
  } cases[] = {
    { "https://a.example", "https://a.example?x=1+2&y=%26" },
    { "https://a.example/p", "https://a.example/p?x=1+2&y=%26" },
    { "https://a.example/p?", "https://a.example/p?x=1+2&y=%26" },
    { "https://a.example/p?q=%41+b", "https://a.example/p?q=%41+b&x=1+2&y=%26" },
    { "https://a.example/p?q&", "https://a.example/p?q&x=1+2&y=%26" },
    { "https://a.example/p?q#f?", "https://a.example/p?q&x=1+2&y=%26#f?" },
    { "https://a.example/p#f?", "https://a.example/p?x=1+2&y=%26#f?" },
  };
  g_autoptr (LanyardParams) none = lanyard_params_new ();
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  lanyard_params_append (params, "x", "1 2");
  lanyard_params_append (params, "y", "&");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *result = lanyard_uri_append_params (cases[i].uri, params);
      g_autofree char *same = lanyard_uri_append_params (cases[i].uri, none);

      g_assert_cmpstr (result, ==, cases[i].result);
      g_assert_cmpstr (same, ==, cases[i].uri);
    }
}

static void
test_matches_refused (void)
{
  static const struct
  {
    const char *uri;
    const char *redirect_uri;
  } cases[] = {
    { "", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/cb?code=1", "" },
    { "http://127.0.0.1:8765/cb?code=1", "http://127.0.0.1:8766/cb" },
    { "http://127.0.0.1/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "https://127.0.0.1:8765/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://localhost:8765/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://[::1]:8765/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/cb/?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/cbx?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/CB?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/x/../cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/%63b?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/%3A?code=1", "http://127.0.0.1:8765/%3a" },
    { "http://127.0.0.1:8765//cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765?/cb&code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765#/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://user@127.0.0.1:8765/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765@evil.example/cb?code=1", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765.evil.example/cb", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765\\@evil.example/cb", "http://127.0.0.1:8765/cb" },
    { "https://evil.example/cb?http://127.0.0.1:8765/cb", "http://127.0.0.1:8765/cb" },
    { "https://a.example/cb?code=1", "https://a.example/cb?app=1" },
    { "https://a.example/cb?app=2&code=1", "https://a.example/cb?app=1" },
    { "https://a.example/cb#?app=1", "https://a.example/cb?app=1" },
    { "https://a.example/cb?app=1&%zz", "https://a.example/cb?app=1" },
    { "https://a.example/cb?a=1", "https://a.example/cb?a=1&a=2" },
    { "org.example.other:/cb?code=1", "org.example.app:/cb" },
    { "org.example.app://cb?code=1", "org.example.app:/cb" },
    { "org.example.app:cb?code=1", "org.example.app:/cb" },
    { "org.example.app:/?code=1", "org.example.app:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s for %s", cases[i].uri, cases[i].redirect_uri);
      g_assert_false (lanyard_uri_matches_redirect (cases[i].uri, cases[i].redirect_uri));
    }
}

static void
test_matches_accepted (void)
{
  static const struct
  {
    const char *uri;
    const char *redirect_uri;
  } cases[] = {
    { "http://127.0.0.1:8765/cb?code=1&state=2", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/cb", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/cb?code=1#_=_", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1:8765/cb?code=%zz", "http://127.0.0.1:8765/cb" },
    { "http://127.0.0.1/?code=1", "http://127.0.0.1" },
    { "http://127.0.0.1?code=1", "http://127.0.0.1/" },
    { "http://127.0.0.1:80/cb?code=1", "http://127.0.0.1/cb" },
    { "https://a.example/cb?code=1", "https://a.example:443/cb" },
    { "HTTPS://A.EXAMPLE/%7ecb?code=1", "https://a.example/%7ecb" },
    { "http://[::1]:8765/cb?code=1", "http://[::1]:8765/cb" },
    { "https://a.example/cb?code=1&app=%31&b", "https://a.example/cb?b=&app=1" },
    { "org.example.app:/cb?code=1", "org.example.app:/cb" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s for %s", cases[i].uri, cases[i].redirect_uri);
      g_assert_true (lanyard_uri_matches_redirect (cases[i].uri, cases[i].redirect_uri));
    }
}

static void
test_origin (void)
{
  static const struct
  {
    const char *uri;
    const char *origin;
    const char *redacted;
  } cases[] = {
    { "", NULL, "(not an address)" },
    { "swordfish", NULL, "(not an address)" },
    { "/a?swordfish", NULL, "(not an address)" },
    { "https://a.example/\nswordfish", NULL, "(not an address)" },
    { "https://a.example:443/p/q?swordfish#swordfish", "https://a.example",
      "https://a.example/p/q" },
    { "HTTP://u:swordfish@A.example:8080", "http://A.example:8080", "http://A.example:8080" },
    { "https://good@evil.example/x", "https://evil.example", "https://evil.example/x" },
    { "http://[::1]:8401/x", "http://[::1]:8401", "http://[::1]:8401/x" },
    { "org.example.app:/cb?swordfish", "org.example.app:", "org.example.app:/cb" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *origin = lanyard_uri_dup_origin (cases[i].uri);
      g_autofree char *redacted = lanyard_uri_redact (cases[i].uri);

      g_assert_cmpstr (origin, ==, cases[i].origin);
      g_assert_cmpstr (redacted, ==, cases[i].redacted);
    }
}

static void
test_within (void)
{
  static const struct
  {
    const char *uri;
    const char *base;
    gboolean is_within;
  } CASES[] = {
    { "https://a.example/api", "https://a.example/api", TRUE },
    { "https://a.example/api/", "https://a.example/api", TRUE },
    { "https://a.example/api/x?y=..", "https://a.example/api/", TRUE },
    { "https://A.example:443/api/x", "https://a.example/api", TRUE },
    { "https://a.example", "https://a.example/", TRUE },
    { "https://a.example/x", "https://a.example", TRUE },
    { "https://a.example/apix", "https://a.example/api", FALSE },
    { "https://a.example/", "https://a.example/api", FALSE },
    { "https://a.example/api/../admin", "https://a.example/api", FALSE },
    { "https://a.example/api/%2e%2E/admin", "https://a.example/api", FALSE },
    { "https://a.example/api/..%2fadmin", "https://a.example/api", FALSE },
    { "https://a.example/api/..%5cadmin", "https://a.example/api", FALSE },
    { "http://a.example/api", "https://a.example/api", FALSE },
    { "https://a.example:444/api", "https://a.example/api", FALSE },
    { "https://b.example/api", "https://a.example/api", FALSE },
    { "https://a.example.b.example/api", "https://a.example/api", FALSE },
    { "https://a.example\\@b.example/api", "https://a.example/api", FALSE },
    { "mailto:a@a.example", "https://a.example/", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("%s in %s", CASES[i].uri, CASES[i].base);
      g_assert_cmpint (lanyard_uri_is_within (CASES[i].uri, CASES[i].base), ==, CASES[i].is_within);
    }
}

/* Damages an address at random places. Whatever passes then still begins with the scheme and the
 * host that it had, or with another host that is spelled out. */
static void
test_random_damage (void)
{
  static const char text[] = "http://127.0.0.1:8765/cb?code=1&state=2";
  static const char bytes[] = "@:/\\?#%[]. \n0a\xc3\xa9\xff";
  g_autoptr (GRand) random = g_rand_new_with_seed (3986);
  guint n_accepted = 0;

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *damaged = g_strdup (text);
      g_autofree char *redacted = NULL;
      g_autofree char *origin = NULL;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        damaged[g_rand_int_range (random, 0, sizeof text - 1)] =
          bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];

      redacted = lanyard_uri_redact (damaged);
      g_assert_null (strchr (redacted, '?'));
      if (!lanyard_uri_check_endpoint (damaged, "x", NULL))
        continue;

      n_accepted++;
      origin = lanyard_uri_dup_origin (damaged);
      g_assert_true (g_str_has_prefix (damaged, "http://127."));
      g_assert_true (g_str_has_prefix (origin, "http://127."));
      g_assert_null (strpbrk (damaged, "\\ \n#"));
      g_assert_true (lanyard_uri_is_loopback (damaged));
      if (lanyard_uri_matches_redirect (damaged, "http://127.0.0.1:8765/cb"))
        g_assert_true (g_str_has_prefix (damaged, "http://127.0.0.1:8765/cb?"));
    }
  g_assert_cmpuint (n_accepted, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/uri/endpoint-refused", test_endpoint_refused);
  g_test_add_func ("/base/uri/endpoint-too-long", test_endpoint_too_long);
  g_test_add_func ("/base/uri/endpoint-accepted", test_endpoint_accepted);
  g_test_add_func ("/base/uri/redirect-refused", test_redirect_refused);
  g_test_add_func ("/base/uri/redirect-accepted", test_redirect_accepted);
  g_test_add_func ("/base/uri/is-loopback", test_is_loopback);
  g_test_add_func ("/base/uri/append-params", test_append_params);
  g_test_add_func ("/base/uri/matches-refused", test_matches_refused);
  g_test_add_func ("/base/uri/matches-accepted", test_matches_accepted);
  g_test_add_func ("/base/uri/origin", test_origin);
  g_test_add_func ("/base/uri/within", test_within);
  g_test_add_func ("/base/uri/random-damage", test_random_damage);
  return g_test_run ();
}
