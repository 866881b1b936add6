/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rules of RFC 5849 section 3.4.1 that its example does not show. */

#include "config.h"

#include "lanyard-oauth1-base-string.h"

#define FORM "application/x-www-form-urlencoded"

static void
assert_base_string (const char *uri,
                    const char *content_type,
                    const char *body,
                    const char *expected)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", uri);
  g_auto (LanyardOAuth1Origin) origin = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *base_string = NULL;

  request->content_type = g_strdup (content_type);
  if (body != NULL)
    request->body = lanyard_secret_new (body);
  base_string = lanyard_oauth1_base_string_dup (request, NULL, 0, &origin, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (base_string, ==, expected);
}

/* 5849-07, section 3.4.1.2: a port is left out only where it is the scheme's own. */
static void
test_base_uri (void)
{
  static const char *const CASES[][2] = {
    { "HTTPS://Example.NET/Path", "POST&https%3A%2F%2Fexample.net%2FPath&" },
    { "https://example.net:443/", "POST&https%3A%2F%2Fexample.net%2F&" },
    { "http://example.net:80/", "POST&http%3A%2F%2Fexample.net%2F&" },
    { "https://example.net:80/", "POST&https%3A%2F%2Fexample.net%3A80%2F&" },
    { "http://example.net:443/", "POST&http%3A%2F%2Fexample.net%3A443%2F&" },
    { "https://example.net/a?b=c#d", "POST&https%3A%2F%2Fexample.net%2Fa&b%3Dc" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    assert_base_string (CASES[i][0], NULL, NULL, CASES[i][1]);
}

/* 5849-08, sections 3.4.1.3.1 and 3.4.1.3.2: the query and the form are one list, decoded before
 * they are escaped again; what is there twice is signed twice, and what is empty, too. */
static void
test_parameters (void)
{
  static const struct
  {
    const char *query;
    const char *form;
    const char *expected;
  } CASES[] = {
    { "a=1", "a=1", "a%3D1%26a%3D1" },  { "b=2", "a=1", "a%3D1%26b%3D2" },
    { "a=1+2", NULL, "a%3D1%25202" },   { "a=1%202", NULL, "a%3D1%25202" },
    { "a=1%2b2", NULL, "a%3D1%252B2" }, { "a+b=c", NULL, "a%2520b%3Dc" },
    { "%61=%62", NULL, "a%3Db" },       { "a&b=", NULL, "a%3D%26b%3D" },
    { "=x&b", NULL, "%3Dx%26b%3D" },    { "a=b=c", NULL, "a%3Db%253Dc" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *uri = g_strconcat ("https://example.net/?", CASES[i].query, NULL);
      g_autofree char *expected =
        g_strconcat ("POST&https%3A%2F%2Fexample.net%2F&", CASES[i].expected, NULL);

      g_test_message ("%s", CASES[i].query);
      assert_base_string (uri, CASES[i].form != NULL ? FORM : NULL, CASES[i].form, expected);
    }
}

/* 5849-09, section 3.4.1.3.2: by bytes; and names are compared before they are joined with their
 * values, since "=" comes after "%", "-" and the digits. */
static void
test_order (void)
{
  static const char *const CASES[][2] = {
    { "a-=1&a=2", "a%3D2%26a-%3D1" },
    { "a%20=1&a=2", "a%3D2%26a%2520%3D1" },
    { "a1=1&a=2", "a%3D2%26a1%3D1" },
    { "b=1&B=1&_=1&~=1&0=1", "0%3D1%26B%3D1%26_%3D1%26b%3D1%26~%3D1" },
    { "x=a&x=Z&x=10&x=9&x=&x=%C3%A4", "x%3D%26x%3D%25C3%25A4%26x%3D10%26x%3D9%26x%3DZ%26x%3Da" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *uri = g_strconcat ("https://example.net/?", CASES[i][0], NULL);
      g_autofree char *expected =
        g_strconcat ("POST&https%3A%2F%2Fexample.net%2F&", CASES[i][1], NULL);

      g_test_message ("%s", CASES[i][0]);
      assert_base_string (uri, NULL, NULL, expected);
    }
}

/* 5849-17, section 3.4.1.3.1: only a form of one part is signed. */
static void
test_other_bodies (void)
{
  static const char *const TYPES[] = { "application/json", "multipart/form-data; boundary=x",
                                       "text/plain", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (TYPES); i++)
    assert_base_string ("https://example.net/?q=1", TYPES[i], "a=b",
                        "POST&https%3A%2F%2Fexample.net%2F&q%3D1");
  assert_base_string ("https://example.net/?q=1", FORM "; charset=UTF-8", "a=b",
                      "POST&https%3A%2F%2Fexample.net%2F&a%3Db%26q%3D1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth1-base-string/rfc5849-07-base-uri", test_base_uri);
  g_test_add_func ("/auth/oauth1-base-string/rfc5849-08-parameters", test_parameters);
  g_test_add_func ("/auth/oauth1-base-string/rfc5849-09-order", test_order);
  g_test_add_func ("/auth/oauth1-base-string/rfc5849-17-other-bodies", test_other_bodies);

  return g_test_run ();
}
