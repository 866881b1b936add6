/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-json.h"

#include "lanyard-error.h"

#include <string.h>

/* What comes next, in a form that TAP can bear. */
static void
message (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%.60s", escaped);
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lanyard_json_parse_object (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);
  return object;
}

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lanyard_json_parse (text, length, &error);

  message (text);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_null (node);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " \n",
    "{",
    "}",
    "[",
    "]",
    "[1",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{'a':1}",
    "{\"a\":'b'}",
    "{\"a\":1}}",
    "{\"a\":1} {}",
    "{\"a\":1]",
    "// x\n{}",
    "/* x */{}",
    "{}#",
    "<html>",
    "True",
    "nul",
    "nullx",
    "NaN",
    "Infinity",
    "-Infinity",
    "-",
    "+1",
    "01",
    "-01",
    "1.",
    ".5",
    "1e",
    "1e+",
    "0x10",
    "1e999",
    "\"",
    "\"a",
    "\"\\\"",
    "\"\\",
    "\"a\nb\"",
    "\"a\tb\"",
    "\"\x01\"",
    "\"\\x41\"",
    "\"\\'\"",
    "\"\\u12\"",
    "\"\\u123g\"",
    "\"\\u0000\"",
    "{\"a\\u0000b\":1}",
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\xff\"",
    "\"\xc3\"",
    "\"\xed\xa0\x80\"",
    "\x0c{}",
    "\xc2\xa0{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
  assert_refused ("{}\0", 3);
  assert_refused ("\"a\0b\"", 5);
}

static void
test_repeated_name (void)
{
  static const char *const texts[] = {
    "{\"a\":1,\"a\":1}",
    "{\"a\":1,\"\\u0061\":2}",
    "[{\"x\":{\"token\":1,\"b\":2,\"token\":null}}]",
  };
  g_autoptr (JsonObject) fine = parse_object ("{\"a\":{\"a\":1},\"b\":{\"a\":1},\"A\":1}");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
  g_assert_cmpuint (json_object_get_size (fine), ==, 3);
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append (text, "1");
  for (guint i = depth; i > 0; i--)
    g_string_append (text, i % 2 == 1 ? "]" : "}");
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (LANYARD_JSON_MAX_DEPTH);
  g_autofree char *too_deep = nest (LANYARD_JSON_MAX_DEPTH + 1);
  g_autofree char *endless = g_strnfill (LANYARD_JSON_MAX_SIZE, '[');
  g_autoptr (JsonNode) node = lanyard_json_parse (deepest, strlen (deepest), NULL);
  GString *wide = g_string_new ("[[]");
  g_autoptr (JsonNode) wide_node = NULL;

  assert_refused (too_deep, strlen (too_deep));
  assert_refused (endless, strlen (endless));
  g_assert_nonnull (node);

  /* What stands beside each other is not deep. */
  for (int i = 0; i < 1000; i++)
    g_string_append (wide, ",[{}]");
  g_string_append (wide, "]");
  wide_node = lanyard_json_parse (wide->str, wide->len, NULL);
  g_assert_nonnull (wide_node);
  g_string_free (wide, TRUE);
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (LANYARD_JSON_MAX_SIZE + 1, ' ');
  g_autoptr (JsonNode) node = NULL;

  memcpy (text, "{}", 2);
  assert_refused (text, LANYARD_JSON_MAX_SIZE + 1);
  node = lanyard_json_parse (text, LANYARD_JSON_MAX_SIZE, NULL);
  g_assert_nonnull (node);
}

static void
test_error_line (void)
{
  static const char text[] = "{\n\"token\": \"swordfish\",\n\"b\": swordfish}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lanyard_json_parse (text, strlen (text), &error);

  g_assert_null (node);
  g_assert_nonnull (strstr (error->message, "3"));
  g_assert_null (strstr (error->message, "swordfish"));
}

static void
test_object_wanted (void)
{
  static const char *const texts[] = { "[]", "null", "\"a\"", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object =
        lanyard_json_parse_object (texts[i], strlen (texts[i]), &error);

      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (object);
    }
}

static void
test_strings (void)
{
  g_autoptr (JsonObject) object =
    parse_object ("\xef\xbb\xbf {\"a\" : \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é\\uD83D\\uDE00\","
                  "\"\\u0062\":\"\"}\r\n\t ");

  g_assert_cmpstr (lanyard_json_get_string (object, "a"), ==, "\"\\/\b\f\n\r\téé😀");
  g_assert_cmpstr (lanyard_json_get_string (object, "b"), ==, "");
}

/* The text need not end in NUL. */
static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) number = lanyard_json_parse ("12345", 3, &error);
  g_autoptr (JsonNode) word = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (json_node_get_int (number), ==, 123);
  word = lanyard_json_parse ("true", 3, &error);
  g_assert_null (word);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_lookup (void)
{
  g_autoptr (JsonObject) object =
    parse_object ("{\"a\":{\"b\":{\"c\":\"x\"},\"n\":null,\"s\":\"y\"},\"\":1,\"l\":[1]}");

  g_assert_null (lanyard_json_lookup (object, "z"));
  g_assert_null (lanyard_json_lookup (object, "z.b"));
  g_assert_null (lanyard_json_lookup (object, "a.n"));
  g_assert_null (lanyard_json_lookup (object, "a.n.c"));
  g_assert_null (lanyard_json_lookup (object, "a.s.c"));
  g_assert_null (lanyard_json_lookup (object, "l.0"));
  g_assert_null (lanyard_json_lookup (object, "a..c"));
  g_assert_null (lanyard_json_lookup (object, ""));
  g_assert_cmpstr (lanyard_json_get_string (object, "a.b.c"), ==, "x");
  g_assert_null (lanyard_json_get_string (object, "a.b"));
  g_assert_null (lanyard_json_get_string (object, "l"));
  g_assert_nonnull (lanyard_json_get_object (object, "a.b"));
  g_assert_null (lanyard_json_get_object (object, "a.s"));
  g_assert_nonnull (lanyard_json_get_array (object, "l"));
  g_assert_null (lanyard_json_get_array (object, "a"));
}

static void
test_copy_object (void)
{
  g_autoptr (JsonObject) object = parse_object ("{\"a\":1,\"b\":{\"c\":2}}");
  g_autoptr (JsonObject) copy = lanyard_json_copy_object (object);
  g_autoptr (JsonObject) empty = lanyard_json_copy_object (NULL);

  g_assert_cmpuint (json_object_get_size (empty), ==, 0);
  json_object_set_int_member (copy, "a", 7);
  json_object_remove_member (copy, "b");
  g_assert_cmpint (json_object_get_int_member (object, "a"), ==, 1);
  g_assert_nonnull (lanyard_json_lookup (object, "b.c"));
  g_assert_cmpint (json_object_get_int_member (copy, "a"), ==, 7);
}

static void
test_int64 (void)
{
  static const struct
  {
    const char *value;
    gboolean is_valid;
    gint64 number;
  } cases[] = {
    { "true", FALSE, 0 },
    { "[1]", FALSE, 0 },
    { "\"\"", FALSE, 0 },
    { "\"-\"", FALSE, 0 },
    { "\" 1\"", FALSE, 0 },
    { "\"+1\"", FALSE, 0 },
    { "\"1x\"", FALSE, 0 },
    { "\"1e3\"", FALSE, 0 },
    { "\"1.2.3\"", FALSE, 0 },
    { "\"9223372036854775808\"", FALSE, 0 },
    { "9223372036854775808", FALSE, 0 },
    { "-9223372036854777856", FALSE, 0 },
    { "1e300", FALSE, 0 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "\"9223372036854775807\"", TRUE, G_MAXINT64 },
    { "3600", TRUE, 3600 },
    { "3600.9", TRUE, 3600 },
    { "-1.9", TRUE, -1 },
    { "36e2", TRUE, 3600 },
    { "\"3600\"", TRUE, 3600 },
    { "\"3600.9\"", TRUE, 3600 },
    { "\"-5\"", TRUE, -5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"a\":%s}", cases[i].value);
      g_autoptr (JsonObject) object = parse_object (text);
      gint64 number = 0;

      message (text);
      g_assert_true (lanyard_json_get_int64 (object, "a", &number) == cases[i].is_valid);
      g_assert_cmpint (number, ==, cases[i].number);
      g_assert_false (lanyard_json_get_int64 (object, "b", &number));
    }
}

static void
test_boolean (void)
{
  g_autoptr (JsonObject) object =
    parse_object ("{\"t\":true,\"f\":false,\"s\":\"true\",\"n\":null,\"i\":1}");

  g_assert_true (lanyard_json_get_boolean (object, "t", FALSE));
  g_assert_false (lanyard_json_get_boolean (object, "f", TRUE));
  g_assert_false (lanyard_json_get_boolean (object, "s", FALSE));
  g_assert_true (lanyard_json_get_boolean (object, "n", TRUE));
  g_assert_true (lanyard_json_get_boolean (object, "i", TRUE));
  g_assert_true (lanyard_json_get_boolean (object, "none", TRUE));
}

static void
test_dup_text (void)
{
  static const char *const names[] = { "s", "i", "d", "b", "n", "o", "none" };
  static const char *const texts[] = { "x", "-12", "0.5", "true", NULL, NULL, NULL };
  g_autoptr (JsonObject) object =
    parse_object ("{\"s\":\"x\",\"i\":-12,\"d\":0.5,\"b\":true,\"n\":null,\"o\":{}}");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = lanyard_json_dup_text (object, names[i]);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_dup_strv (void)
{
  g_autoptr (JsonObject) object =
    parse_object ("{\"a\":[\"x\",1,null,[\"z\"],\"y\"],\"s\":\"x y\",\"e\":[],\"o\":{}}");
  g_auto (GStrv) array = lanyard_json_dup_strv (object, "a");
  g_auto (GStrv) single = lanyard_json_dup_strv (object, "s");
  g_auto (GStrv) empty = lanyard_json_dup_strv (object, "e");

  g_assert_null (lanyard_json_dup_strv (object, "o"));
  g_assert_null (lanyard_json_dup_strv (object, "none"));
  g_assert_cmpstrv (array, ((const char *const[]){ "x", "y", NULL }));
  g_assert_cmpstrv (single, ((const char *const[]){ "x y", NULL }));
  g_assert_nonnull (empty);
  g_assert_cmpuint (g_strv_length (empty), ==, 0);
}

/* Damages a valid text at random places. Whatever is accepted then, json-glib's own parser reads as
 * the same. */
static void
test_random_damage (void)
{
  static const char text[] =
    "{\"a\":[1,-2.5e1,true,false,null,\"\\u00e9\\n\"],\"b\":{\"c\":\"d\",\"e\":[]},\"f\":\"\"}";
  static const char bytes[] = "{}[]\",:\\u0159.eE+-tfn \n/'\xc3\xa9";
  g_autoptr (GRand) random = g_rand_new_with_seed (8259);
  guint n_accepted = 0;

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *damaged = g_strdup (text);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (JsonNode) reference = NULL;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        damaged[g_rand_int_range (random, 0, sizeof text - 1)] =
          bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];
      node = lanyard_json_parse (damaged, strlen (damaged), NULL);
      if (node == NULL)
        continue;

      n_accepted++;
      reference = json_from_string (damaged, NULL);
      g_assert_nonnull (reference);
      g_assert_true (json_node_equal (node, reference));
    }
  g_assert_cmpuint (n_accepted, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/refused", test_refused);
  g_test_add_func ("/base/json/repeated-name", test_repeated_name);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/size", test_size);
  g_test_add_func ("/base/json/error-line", test_error_line);
  g_test_add_func ("/base/json/object-wanted", test_object_wanted);
  g_test_add_func ("/base/json/strings", test_strings);
  g_test_add_func ("/base/json/length", test_length);
  g_test_add_func ("/base/json/lookup", test_lookup);
  g_test_add_func ("/base/json/copy-object", test_copy_object);
  g_test_add_func ("/base/json/int64", test_int64);
  g_test_add_func ("/base/json/boolean", test_boolean);
  g_test_add_func ("/base/json/dup-text", test_dup_text);
  g_test_add_func ("/base/json/dup-strv", test_dup_strv);
  g_test_add_func ("/base/json/random-damage", test_random_damage);
  return g_test_run ();
}
