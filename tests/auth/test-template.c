/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-template.h"

#include "lanyard-json.h"

#include <string.h>

#define NOW LANYARD_TEST_NOW
#define NOW_TEXT "1767225600"

static LanyardRequest *
new_request (LanyardAuthContext *context, const char *json)
{
  g_autofree char *text = lanyard_test_quote_json (json);
  g_autoptr (JsonObject) object = lanyard_json_parse_object (text, strlen (text), NULL);

  g_assert_nonnull (object);
  return lanyard_template_new_request (context, object, "https://a.example/x", "GET", NOW);
}

static void
test_bare (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardRequest) nothing =
    lanyard_template_new_request (context, NULL, "https://a.example/x", "GET", NOW);
  g_autoptr (LanyardRequest) empty = new_request (context, "{}");

  g_assert_cmpstr (nothing->method, ==, "GET");
  g_assert_cmpstr (nothing->uri, ==, "https://a.example/x");
  g_assert_cmpstr (lanyard_params_get (nothing->headers, "Accept"), ==, "application/json");
  g_assert_null (nothing->body);
  g_assert_cmpstr (empty->method, ==, "GET");
  g_assert_null (empty->body);
}

static void
test_form (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "refresh_token=long");
  g_autoptr (LanyardRequest) request =
    new_request (context, "{'method': 'POST', 'headers': {'X-Id': '{client_id}', 'Accept': 'a/b'},"
                          " 'params': {'t': '{refresh_token}', 'now': 'at {now}', 'n': 7}}");
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (request);

  g_assert_cmpstr (lanyard_params_get (request->headers, "X-Id"), ==, "app");
  g_assert_cmpstr (lanyard_params_get (request->headers, "Accept"), ==, "a/b");
  g_assert_cmpstr (lanyard_params_get (form, "t"), ==, "long");
  g_assert_cmpstr (lanyard_params_get (form, "now"), ==, "at " NOW_TEXT);
}

static void
test_json (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "refresh_token=%22long");
  g_autoptr (LanyardRequest) request =
    new_request (context, "{'method': 'POST', 'body': 'json', 'params':"
                          " {'t': '{refresh_token}', 'now': '{now}', 'text': 'at {now}'}}");
  g_autoptr (JsonObject) object = NULL;
  gint64 now = 0;

  g_assert_cmpstr (request->content_type, ==, "application/json");
  object = lanyard_json_parse_object (lanyard_secret_get (request->body),
                                      lanyard_secret_get_length (request->body), NULL);
  g_assert_nonnull (object);
  g_assert_cmpstr (lanyard_json_get_string (object, "t"), ==, "\"long");
  /* A number, not a text. */
  g_assert_null (lanyard_json_get_string (object, "now"));
  g_assert_true (lanyard_json_get_int64 (object, "now", &now));
  g_assert_cmpint (now, ==, NOW);
  g_assert_cmpstr (lanyard_json_get_string (object, "text"), ==, "at " NOW_TEXT);
}

static void
assert_probe (const char *method, const char *settings, const char *verb, const char *uri)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, settings, NULL);
  g_autoptr (LanyardRequest) request = lanyard_template_new_probe (context, NOW);

  if (uri == NULL)
    {
      g_assert_null (request);
      return;
    }
  g_assert_nonnull (request);
  g_assert_cmpstr (request->method, ==, verb);
  g_assert_cmpstr (request->uri, ==, uri);
  /* Credentials come later. */
  g_assert_null (lanyard_params_get (request->headers, "Authorization"));
}

static void
test_probe (void)
{
  assert_probe (NULL, NULL, NULL, NULL);
  assert_probe ("'verify': {'url': 'https://a.example/v', 'method': 'POST'}", NULL, "POST",
                "https://a.example/v");
  assert_probe ("'verify': {'url': 'https://a.example/v'},"
                "'userinfo': {'url': 'https://a.example/u'}",
                NULL, "GET", "https://a.example/v");
  assert_probe ("'userinfo': {'url': 'https://a.example/u'}", NULL, "GET", "https://a.example/u");
  assert_probe (NULL, "test_url=https://b.example/t", "GET", "https://b.example/t");
}

/* What the provider's data says of its own request does not fit another address. */
static void
test_probe_of_person (void)
{
  assert_probe ("'verify': {'url': 'https://a.example/v', 'method': 'POST', 'body': 'json',"
                " 'params': {'t': '{now}'}}",
                "test_url=https://b.example/t", "GET", "https://b.example/t");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/template/bare", test_bare);
  g_test_add_func ("/auth/template/form", test_form);
  g_test_add_func ("/auth/template/json", test_json);
  g_test_add_func ("/auth/template/probe", test_probe);
  g_test_add_func ("/auth/template/probe-of-person", test_probe_of_person);

  return g_test_run ();
}
