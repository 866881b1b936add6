/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-template-fill.h"

#include "lanyard-error.h"

#include <string.h>

/* Names and what stands for them: the name itself between angle brackets, but for a few. */
static char *
look_up_cb (const char *name, gboolean is_cut, gpointer user_data)
{
  if (g_str_equal (name, "nothing"))
    return NULL;
  if (g_str_equal (name, "template"))
    return g_strdup ("{secret}{upper(secret)}");
  if (g_str_equal (name, "key"))
    return g_strdup ("0123-us6-eu");
  if (g_str_equal (name, "address"))
    return g_strdup ("https://User@Host.example:8080/path?q#f");
  if (g_str_equal (name, "host"))
    return g_strdup ("acme");
  if (g_str_equal (name, "evil"))
    return g_strdup ("evil.example/");
  if (g_str_equal (name, "long"))
    return g_strnfill (40000, 'x');

  return g_strdup_printf ("<%s>", name);
}

static void
assert_filled (const char *template, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *filled = lanyard_template_fill (template, look_up_cb, NULL, &error);

  g_test_message ("%s", template);
  g_assert_no_error (error);
  g_assert_cmpstr (filled, ==, expected);
}

static void
assert_refused (const char *template)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *filled = lanyard_template_fill (template, look_up_cb, NULL, &error);

  g_test_message ("%.100s", template);
  g_assert_null (filled);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_refused (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *huge = g_strnfill (9000, '{');

  assert_refused ("{");
  assert_refused ("{}");
  assert_refused ("{a");
  assert_refused ("{a b}");
  assert_refused ("{run(a)}");
  assert_refused ("{lower(a}");
  assert_refused ("{lower(a))}");
  assert_refused ("{after(a)}");
  assert_refused ("{after(a,b,c)}");
  assert_refused ("{lower('a)}");
  assert_refused ("{lower(lower(lower(lower(lower(a)))))}");
  /* Bytes that are no text, and a text that ends early. */
  assert_refused ("{sha256(a)}");
  assert_refused (huge);

  for (guint i = 0; i < 8; i++)
    g_string_append (many, "{long}");
  assert_refused (many->str);
  assert_refused ("{hex(hex(long),hex(long))}");
}

static void
test_names (void)
{
  assert_filled ("", "");
  assert_filled ("plain", "plain");
  assert_filled ("{a}", "<a>");
  assert_filled ("{ a }{b-c}{d_e}{f1}", "<a><b-c><d_e><f1>");
  assert_filled ("a{nothing}b", "ab");
  assert_filled ("{{a}} }} } {{{a}}}", "{a} } } {<a>}");
}

static void
test_once (void)
{
  /* What is filled in is not looked at again. */
  assert_filled ("{template}", "{secret}{upper(secret)}");
  assert_filled ("{lower(template)}", "{secret}{upper(secret)}");
}

static void
test_functions (void)
{
  assert_filled ("{base64('a?>')}", "YT8+");
  assert_filled ("{base64url('a?>')}", "YT8-");
  assert_filled ("{base64url('a')}", "YQ");
  assert_filled ("{hex('aZ')}", "615a");
  assert_filled ("{hex(md5('abc'))}", "900150983cd24fb0d6963f7d28e17f72");
  assert_filled ("{hex(sha256('abc'))}",
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_filled ("{hex(sha256('a','b','c'))}",
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  /* RFC 4231, test case 2. */
  assert_filled ("{hex(hmac_sha256('Jefe','what do ya want ','for nothing?'))}",
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  assert_filled ("{upper('aé')}{lower('AÉ')}", "AéaÉ");
  assert_filled ("{urlencode('a b/ž')}", "a%20b%2F%C5%BE");
  assert_filled ("{host(address)}", "Host.example");
  assert_filled ("{host('no address')}", "");
  assert_filled ("{lower('it''s')}", "it's");
}

static void
test_cut (void)
{
  assert_filled ("{after(key,'-')}", "us6-eu");
  assert_filled ("{before(key,'-')}", "0123");
  assert_filled ("{before(after(key,'-'),'-')}", "us6");
  /* Without the separator there is nothing, so that a key is never taken whole. */
  assert_filled ("{after(key,':')}{before(key,':')}{after(key,nothing)}", "");
}

static void
assert_address (const char *template, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *filled =
    lanyard_template_fill_address (template, look_up_cb, NULL, NULL, &error);

  g_test_message ("%s", template);
  g_assert_cmpstr (filled, ==, expected);
  if (expected == NULL)
    g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_addresses (void)
{
  assert_address ("https://{host}.example/{evil}", "https://acme.example/evil.example/");
  assert_address ("{address}", "https://User@Host.example:8080/path?q#f");
  assert_address ("https://{evil}.example/", NULL);
  assert_address ("https://{host}{evil}.example/", NULL);
  assert_address ("https://{address}/", NULL);
  assert_address ("https://{lower(evil)}/", NULL);
}

static void
test_lines (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_template_check_line ("X", "žluťoučký", NULL));
  g_assert_false (lanyard_template_check_line ("X-Key", "a\nb", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "X-Key"));
  g_assert_false (lanyard_template_check_line ("X", "a\rb", NULL));
  g_assert_false (lanyard_template_check_line ("X", "a\x7f", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/template-fill/refused", test_refused);
  g_test_add_func ("/auth/template-fill/names", test_names);
  g_test_add_func ("/auth/template-fill/once", test_once);
  g_test_add_func ("/auth/template-fill/functions", test_functions);
  g_test_add_func ("/auth/template-fill/cut", test_cut);
  g_test_add_func ("/auth/template-fill/addresses", test_addresses);
  g_test_add_func ("/auth/template-fill/lines", test_lines);

  return g_test_run ();
}
