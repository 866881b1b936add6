/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-method.h"

#include <json-glib/json-glib.h>

static LanyardMethod *
make_method (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return lanyard_method_new ("oauth2", json_node_get_object (node));
}

/* A missing member, null and one of another type are all absent. */
static void
test_absent (void)
{
  g_autoptr (LanyardMethod) method =
    make_method ("{\"a\":{\"b\":null,\"c\":[1],\"d\":\"text\"},\"e\":{}}");

  g_assert_null (lanyard_method_get_string (method, "x"));
  g_assert_null (lanyard_method_get_string (method, "a"));
  g_assert_null (lanyard_method_get_string (method, "a.b"));
  g_assert_null (lanyard_method_get_string (method, "a.d.f"));
  g_assert_true (lanyard_method_get_boolean (method, "a.d", TRUE));
  g_assert_false (lanyard_method_get_boolean (method, "a.x", FALSE));
  g_assert_cmpint (lanyard_method_get_int64 (method, "a.d", 7), ==, 7);
  g_assert_null (lanyard_method_dup_strv (method, "a.x"));
  g_assert_null (lanyard_method_get_object (method, "a.c"));
  g_assert_null (lanyard_method_get_array (method, "e"));
}

static void
test_present (void)
{
  LanyardMethod *method =
    make_method ("{\"type\":\"oauth2\",\"token\":{\"url\":\"https://example.org\"},"
                 "\"flag\":false,\"seconds\":1800,\"one\":\"x\",\"many\":[\"x\",\"y\"]}");
  g_auto (GStrv) one = lanyard_method_dup_strv (method, "one");
  g_auto (GStrv) many = lanyard_method_dup_strv (method, "many");

  g_assert_cmpstr (lanyard_method_get_type_id (method), ==, "oauth2");
  g_assert_cmpstr (lanyard_method_get_string (method, "token.url"), ==, "https://example.org");
  g_assert_false (lanyard_method_get_boolean (method, "flag", TRUE));
  g_assert_cmpint (lanyard_method_get_int64 (method, "seconds", 0), ==, 1800);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (many[1], ==, "y");
  g_assert_nonnull (lanyard_method_get_object (method, "token"));
  g_assert_cmpuint (json_array_get_length (lanyard_method_get_array (method, "many")), ==, 2);

  g_assert_finalize_object (method);
}

/* Only a provider with several methods of one type names them. */
static void
test_id (void)
{
  g_autoptr (JsonNode) named = json_from_string ("{\"id\":\"own\",\"label\":\"Own\"}", NULL);
  g_autoptr (JsonNode) unnamed = json_from_string ("{\"label\":\"\"}", NULL);
  g_autoptr (LanyardMethod) first = lanyard_method_new ("oauth2", json_node_get_object (named));
  g_autoptr (LanyardMethod) second = lanyard_method_new ("oauth2", json_node_get_object (unnamed));

  g_assert_cmpstr (lanyard_method_get_id (second), ==, "oauth2");
  g_assert_null (lanyard_method_get_label (second));
  g_assert_null (lanyard_method_get_hint (second));
  g_assert_cmpstr (lanyard_method_get_id (first), ==, "own");
  g_assert_cmpstr (lanyard_method_get_label (first), ==, "Own");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/method/absent", test_absent);
  g_test_add_func ("/model/method/present", test_present);
  g_test_add_func ("/model/method/id", test_id);

  return g_test_run ();
}
