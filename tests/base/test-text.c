/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-text.h"

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
assert_quote (const char *text, guint max_chars, const char *expected)
{
  g_autofree char *quote = lanyard_text_quote (text, max_chars);

  g_assert_cmpstr (quote, ==, expected);
}

static void
test_quote_nothing (void)
{
  assert_quote (NULL, 10, NULL);
  assert_quote ("", 10, NULL);
  assert_quote ("text", 0, NULL);
  assert_quote (" \n\t\r\v\f ", 10, NULL);
  assert_quote ("\xe2\x80\xae\xe2\x81\xa9\xe2\x80\xa8", 10, NULL);
}

static void
test_quote_cleaned (void)
{
  assert_quote ("two\r\nlines", 20, "“two lines”");
  assert_quote ("  a \t\n  b  ", 20, "“a b”");
  assert_quote ("a\x1b[31mb", 20, "“a [31mb”");
  assert_quote ("a\x7f\xc2\x85z", 20, "“a z”");
  /* U+202E turns the direction, U+2028 ends a line, U+200B has no width, U+E0041 is a tag. */
  assert_quote ("a\xe2\x80\xae"
                "b\xe2\x80\xa8"
                "c\xe2\x80\x8b"
                "d\xf3\xa0\x81\x81",
                20, "“a b c d”");
  assert_quote ("a\xff\xc3z", 20, "“a��z”");
  assert_quote ("\xed\xa0\x80", 20, "“���”");
  assert_quote ("<b>&amp;%s", 20, "“<b>&amp;%s”");
  assert_quote ("שלום", 20, "“שלום”");
}

static void
test_quote_cut (void)
{
  assert_quote ("abc", 3, "“abc”");
  assert_quote ("abc \n", 3, "“abc”");
  assert_quote ("abcd", 3, "“ab…”");
  assert_quote ("abcd", 1, "“…”");
  assert_quote ("äöüß", 3, "“äö…”");
  assert_quote ("a b", 2, "“a…”");
  assert_quote ("ab cd", 4, "“ab …”");
}

/* Whatever comes: valid, on one line, no longer than allowed. */
static void
test_quote_any_bytes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 5000; i++)
    {
      gsize length = (gsize)g_rand_int_range (random, 0, 40);
      guint max_chars = (guint)g_rand_int_range (random, 0, 12);
      /* Exactly as long as it is, so that the sanitizer sees a read behind the end. */
      g_autofree char *bytes = g_malloc (length + 1);
      g_autofree char *quote = NULL;

      for (gsize n = 0; n < length; n++)
        bytes[n] = (char)g_rand_int_range (random, 1, 256);
      bytes[length] = '\0';

      quote = lanyard_text_quote (bytes, max_chars);
      if (quote == NULL)
        continue;
      g_assert_true (g_utf8_validate (quote, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (quote, -1), <=, max_chars + 2);
      for (const char *c = quote; *c != '\0'; c = g_utf8_next_char (c))
        g_assert_true (g_unichar_isprint (g_utf8_get_char (c)) ||
                       g_unichar_type (g_utf8_get_char (c)) != G_UNICODE_CONTROL);
    }
}

static void
test_name_refused (void)
{
  g_autofree char *long_name = g_strnfill (201, 'x');
  g_autofree char *very_long_name = g_strnfill (10000, 'x');
  const char *names[] = {
    "",
    " ",
    "\xc2\xa0\xe3\x80\x80",
    "a\nb",
    "a\tb",
    "a\x1b",
    "a\xe2\x80\xa8z",
    "\xff",
    "a\xc3",
    "a\xe2\x80\xaez",
    "a\xe2\x81\xa6z",
    long_name,
    very_long_name,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      message (names[i]);
      g_assert_false (lanyard_text_check_name (names[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_name_accepted (void)
{
  g_autoptr (GString) longest = g_string_new (NULL);
  const char *names[] = {
    "Work mail",
    "a",
    " x ",
    "Žluťoučký kůň",
    "שלום \xe2\x80\x8fx",
    "العربية",
    "👨\xe2\x80\x8d👩",
    "日本語",
    "<b>%s&",
    NULL,
  };

  for (int i = 0; i < 200; i++)
    g_string_append (longest, "é");
  names[G_N_ELEMENTS (names) - 1] = longest->str;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      lanyard_text_check_name (names[i], &error);
      g_assert_no_error (error);
    }
}

static void
test_key (void)
{
  static const struct
  {
    const char *text;
    const char *key;
  } cases[] = {
    { "", "" },
    { "  ", "" },
    { " \xc2\xa0Work Mail\xe3\x80\x80", "work mail" },
    { "STRASSE", "strasse" },
    { "Straße", "strasse" },
    { "Cafe\xcc\x81", "café" },
    { "ＦＵＬＬ", "full" },
    { "ﬁ", "fi" },
    { "\xff", "\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = lanyard_text_dup_key (cases[i].text);
      g_autofree char *again = lanyard_text_dup_key (key);

      g_assert_cmpstr (key, ==, cases[i].key);
      g_assert_cmpstr (again, ==, key);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/quote-nothing", test_quote_nothing);
  g_test_add_func ("/base/text/quote-cleaned", test_quote_cleaned);
  g_test_add_func ("/base/text/quote-cut", test_quote_cut);
  g_test_add_func ("/base/text/quote-any-bytes", test_quote_any_bytes);
  g_test_add_func ("/base/text/name-refused", test_name_refused);
  g_test_add_func ("/base/text/name-accepted", test_name_accepted);
  g_test_add_func ("/base/text/key", test_key);
  return g_test_run ();
}
