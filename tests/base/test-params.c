/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-params.h"

#include "lanyard-error.h"

/* What comes next, in a form that TAP can bear. */
static void
message (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%.60s", escaped);
}

static LanyardParams *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LanyardParams *params = lanyard_params_parse (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (params);
  return params;
}

static void
test_parse_refused (void)
{
  static const char *const texts[] = { "a=%",
                                       "a=%4",
                                       "a=%4g",
                                       "a=%zz",
                                       "%=1",
                                       "a=1&b=%2",
                                       "a=%00",
                                       "%00=a",
                                       "a=%ff",
                                       "a=%c3",
                                       "a=%ED%A0%80" /* a surrogate */,
                                       "a=\xff",
                                       "a%c3=%c3" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardParams) params = lanyard_params_parse (texts[i], &error);

      message (texts[i]);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (params);
    }
}

static void
test_parse_error_hides_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardParams) params = lanyard_params_parse ("secret=swordfish%", &error);

  g_assert_null (params);
  g_assert_null (g_strstr_len (error->message, -1, "swordfish"));
}

static void
test_parse_empty (void)
{
  static const char *const texts[] = { NULL, "", "&", "&&&" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (LanyardParams) params = parse (texts[i]);

      g_assert_cmpuint (lanyard_params_get_length (params), ==, 0);
    }
}

static void
test_parse_pairs (void)
{
  g_autoptr (LanyardParams) params = parse ("a=1&&b&=c&d=x=y&a=2&e=%2525&f=%3d+%26");

  g_assert_cmpuint (lanyard_params_get_length (params), ==, 7);
  g_assert_cmpstr (lanyard_params_get_nth_name (params, 1), ==, "b");
  g_assert_cmpstr (lanyard_params_get_nth_value (params, 1), ==, "");
  g_assert_cmpstr (lanyard_params_get_nth_name (params, 2), ==, "");
  g_assert_cmpstr (lanyard_params_get_nth_value (params, 2), ==, "c");
  g_assert_cmpstr (lanyard_params_get (params, "d"), ==, "x=y");
  g_assert_cmpstr (lanyard_params_get (params, "a"), ==, "1");
  g_assert_cmpstr (lanyard_params_get_nth_value (params, 4), ==, "2");
  /* An escape is decoded once. */
  g_assert_cmpstr (lanyard_params_get (params, "e"), ==, "%25");
  g_assert_cmpstr (lanyard_params_get (params, "f"), ==, "= &");
}

/* V-5, RFC 6749 appendix B: the code points U+0020, U+0025, U+0026, U+002B, U+00A3, U+20AC. */
static void
test_rfc6749_appendix_b (void)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autoptr (LanyardParams) parsed = NULL;
  g_autofree char *text = NULL;

  lanyard_params_append (params, "x", " %&+£€");
  text = lanyard_params_encode (params);
  g_assert_cmpstr (text, ==, "x=+%25%26%2B%C2%A3%E2%82%AC");
  parsed = parse (text);
  g_assert_cmpstr (lanyard_params_get (parsed, "x"), ==, " %&+£€");
}

static void
test_encode_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6749);

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (GString) value = g_string_new (NULL);
      g_autoptr (LanyardParams) params = lanyard_params_new ();
      g_autoptr (LanyardParams) parsed = NULL;
      g_autofree char *text = NULL;

      for (int length = g_rand_int_range (random, 0, 20); length > 0; length--)
        g_string_append_unichar (value, (gunichar)g_rand_int_range (random, 1, 0xd800));
      lanyard_params_append (params, value->str, value->str);
      lanyard_params_append (params, "last", "");

      text = lanyard_params_encode (params);
      g_assert_true (g_str_is_ascii (text));
      parsed = parse (text);
      g_assert_cmpuint (lanyard_params_get_length (parsed), ==, 2);
      g_assert_cmpstr (lanyard_params_get_nth_name (parsed, 0), ==, value->str);
      g_assert_cmpstr (lanyard_params_get_nth_value (parsed, 0), ==, value->str);
    }
}

static void
test_encode_secret (void)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autoptr (LanyardSecret) value = lanyard_secret_new ("a b/~");
  g_autoptr (LanyardSecret) text = NULL;

  lanyard_params_append (params, "id", "1");
  lanyard_params_append_secret (params, "client_secret", value);
  text = lanyard_params_encode_secret (params);
  g_assert_cmpstr (lanyard_secret_get (text), ==, "id=1&client_secret=a+b%2F%7E");
}

static void
test_set (void)
{
  g_autoptr (LanyardParams) params = parse ("a=1&b=2&a=3&c=4&a=5");
  g_autofree char *replaced = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *added = NULL;

  lanyard_params_set (params, "a", "new");
  replaced = lanyard_params_encode (params);
  g_assert_cmpstr (replaced, ==, "a=new&b=2&c=4");

  lanyard_params_set (params, "b", NULL);
  lanyard_params_set (params, "none", NULL);
  removed = lanyard_params_encode (params);
  g_assert_cmpstr (removed, ==, "a=new&c=4");

  lanyard_params_set (params, "d", "");
  added = lanyard_params_encode (params);
  g_assert_cmpstr (added, ==, "a=new&c=4&d=");
}

/* The value that is set may be the one that is replaced. */
static void
test_set_own_value (void)
{
  g_autoptr (LanyardParams) params = parse ("a=1&b=2&a=3");

  lanyard_params_set (params, lanyard_params_get_nth_name (params, 2),
                      lanyard_params_get_nth_value (params, 2));
  g_assert_cmpuint (lanyard_params_get_length (params), ==, 2);
  g_assert_cmpstr (lanyard_params_get (params, "a"), ==, "3");
}

static void
test_get_case (void)
{
  g_autoptr (LanyardParams) params = parse ("content-TYPE=text&I=1");

  g_assert_null (lanyard_params_get (params, "Content-Type"));
  g_assert_null (lanyard_params_get_ignoring_case (params, "Content"));
  g_assert_cmpstr (lanyard_params_get_ignoring_case (params, "Content-Type"), ==, "text");
  g_assert_cmpstr (lanyard_params_get_ignoring_case (params, "i"), ==, "1");
}

static void
test_find_repeated (void)
{
  g_autoptr (LanyardParams) once = parse ("a=1&A=1&b=1");
  g_autoptr (LanyardParams) twice = parse ("a=1&code=1&b=1&code=1&b=2");

  g_assert_null (lanyard_params_find_repeated (once));
  g_assert_cmpstr (lanyard_params_find_repeated (twice), ==, "code");
}

static void
test_copy (void)
{
  g_autoptr (LanyardParams) params = parse ("a=1&a=2");
  g_autoptr (LanyardParams) copy = lanyard_params_copy (params);
  g_autofree char *text = NULL;

  lanyard_params_set (params, "a", NULL);
  text = lanyard_params_encode (copy);
  g_assert_cmpstr (text, ==, "a=1&a=2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/params/parse-refused", test_parse_refused);
  g_test_add_func ("/base/params/parse-error-hides-values", test_parse_error_hides_values);
  g_test_add_func ("/base/params/parse-empty", test_parse_empty);
  g_test_add_func ("/base/params/parse-pairs", test_parse_pairs);
  g_test_add_func ("/base/params/rfc6749-appendix-b", test_rfc6749_appendix_b);
  g_test_add_func ("/base/params/encode-round-trip", test_encode_round_trip);
  g_test_add_func ("/base/params/encode-secret", test_encode_secret);
  g_test_add_func ("/base/params/set", test_set);
  g_test_add_func ("/base/params/set-own-value", test_set_own_value);
  g_test_add_func ("/base/params/get-case", test_get_case);
  g_test_add_func ("/base/params/find-repeated", test_find_repeated);
  g_test_add_func ("/base/params/copy", test_copy);
  return g_test_run ();
}
