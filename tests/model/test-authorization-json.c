/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-authorization.h"
#include "lanyard-error.h"
#include "lanyard-json.h"

#include <string.h>

#define ID "0b5bd6f2-4a1e-4b8e-9d3c-2f6a7c1d8e90"

static LanyardAuthorization *
read_text (const char *text, GError **error)
{
  g_autoptr (JsonObject) object = lanyard_json_parse_object (text, strlen (text), NULL);

  g_assert_nonnull (object);
  return lanyard_authorization_from_json (object, error);
}

static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    const char *member;
  } cases[] = {
    { "{}", "id" },
    { "{\"id\":\"../../etc/passwd\"}", "id" },
    { "{\"id\":7}", "id" },
    { "{\"id\":\"" ID "\",\"name\":7}", "name" },
    { "{\"id\":\"" ID "\",\"name\":\"a\\nb\"}", "name" },
    { "{\"id\":\"" ID "\",\"type\":[\"oauth2\"]}", "type" },
    { "{\"id\":\"" ID "\",\"account\":{}}", "account" },
    { "{\"id\":\"" ID "\",\"active\":\"yes\"}", "active" },
    { "{\"id\":\"" ID "\",\"renewable\":1}", "renewable" },
    { "{\"id\":\"" ID "\",\"status\":\"fine\"}", "status" },
    { "{\"id\":\"" ID "\",\"status\":3}", "status" },
    { "{\"id\":\"" ID "\",\"expires_at\":\"soon\"}", "expires_at" },
    { "{\"id\":\"" ID "\",\"created_at\":-1}", "created_at" },
    { "{\"id\":\"" ID "\",\"settings\":[]}", "settings" },
    { "{\"id\":\"" ID "\",\"settings\":{\"a\":1}}", "settings" },
    { "{\"id\":\"" ID "\",\"settings\":{\"\":\"x\"}}", "settings" },
    { "{\"id\":\"" ID "\",\"settings\":{\"a\":\"x\\u0007\"}}", "settings" },
    { "{\"id\":\"" ID "\",\"scopes\":\"all\"}", "scopes" },
    { "{\"id\":\"" ID "\",\"connectors\":[1]}", "connectors" },
    { "{\"id\":\"" ID "\",\"granted_scopes\":[\"\"]}", "granted_scopes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (cases[i].text, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      if (strstr (error->message, cases[i].member) == NULL)
        g_error ("“%s” does not name %s", error->message, cases[i].member);
    }
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (10000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"id\":\"" ID "\",\"name\":\"%s\"}", name);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (text, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_long_setting (void)
{
  g_autofree char *value = g_strnfill (16 * 1024 + 1, 'x');
  g_autofree char *text =
    g_strdup_printf ("{\"id\":\"" ID "\",\"settings\":{\"resource\":\"%s\"}}", value);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (text, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* What is absent, or null, is what it is in a new authorization. */
static void
test_minimal (void)
{
  g_autoptr (LanyardAuthorization) authorization =
    read_text ("{\"id\":\"" ID "\",\"name\":null,\"later\":{\"x\":1}}", NULL);
  g_autoptr (LanyardAuthorization) fresh = lanyard_authorization_new (NULL);

  g_assert_nonnull (authorization);
  g_assert_cmpstr (lanyard_authorization_get_id (authorization), ==, ID);
  g_assert_true (lanyard_authorization_equal (authorization, fresh));
  g_assert_true (lanyard_authorization_is_active (authorization));
  g_assert_null (lanyard_authorization_get_granted_scopes (authorization));
}

static void
test_round_trip (void)
{
  static const char *text =
    "{\"id\":\"" ID "\",\"name\":\"Práce العمل\",\"provider\":\"google\",\"type\":\"oauth2\","
    "\"account\":\"ada@example.org\",\"active\":false,\"status\":\"refused\",\"renewable\":true,"
    "\"expires_at\":1700000000,\"authorized_at\":1,\"created_at\":2,\"modified_at\":3,"
    "\"settings\":{\"client_id\":\"c\",\"token_params\":\"a=\\\"1\\\"\"},"
    "\"connectors\":[\"calendar\",\"drive\"],\"scopes\":[\"own\"],\"granted_scopes\":[]}";
  g_autoptr (LanyardAuthorization) authorization = read_text (text, NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *again = NULL;

  g_assert_nonnull (authorization);
  g_assert_cmpstr (lanyard_authorization_get_name (authorization), ==, "Práce العمل");
  g_assert_cmpint (lanyard_authorization_get_expires_at (authorization), ==, 1700000000);
  g_assert_nonnull (lanyard_authorization_get_granted_scopes (authorization));
  object = lanyard_authorization_to_json (authorization);
  node = json_node_init_object (json_node_alloc (), object);
  again = json_to_string (node, FALSE);
  g_assert_cmpstr (again, ==, text);
}

static void
test_absent_left_out (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (ID);
  g_autoptr (JsonObject) object = lanyard_authorization_to_json (authorization);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"id\":\"" ID "\",\"active\":true,\"status\":\"new\",\"renewable\":false,"
                   "\"settings\":{},\"connectors\":[],\"scopes\":[]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/authorization-json/broken", test_broken);
  g_test_add_func ("/model/authorization-json/long-name", test_long_name);
  g_test_add_func ("/model/authorization-json/long-setting", test_long_setting);
  g_test_add_func ("/model/authorization-json/minimal", test_minimal);
  g_test_add_func ("/model/authorization-json/round-trip", test_round_trip);
  g_test_add_func ("/model/authorization-json/absent-left-out", test_absent_left_out);

  return g_test_run ();
}
