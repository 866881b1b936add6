/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-request.h"

#include <string.h>

static void
test_headers (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://example.org/");

  lanyard_params_append (request->headers, "accept", "a");
  lanyard_params_append (request->headers, "X", "x");
  lanyard_params_append (request->headers, "ACCEPT", "b");
  lanyard_params_append (request->headers, "accept", "c");
  lanyard_request_set_header (request, "Accept", "d");
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 2);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Accept"), ==, "d");
  g_assert_cmpstr (lanyard_params_get (request->headers, "X"), ==, "x");

  lanyard_request_set_header (request, "Accept", "e");
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 2);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Accept"), ==, "e");
}

static void
test_bodies (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", "https://example.org/");
  g_autoptr (LanyardParams) form = lanyard_params_new ();
  g_autoptr (JsonObject) object = json_object_new ();

  g_assert_null (request->body);
  g_assert_null (request->content_type);

  lanyard_params_append (form, "a b", "ž&");
  lanyard_request_set_form (request, form);
  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (lanyard_secret_get (request->body), ==, "a+b=%C5%BE%26");

  json_object_set_string_member (object, "a", "\"ž");
  lanyard_request_set_json (request, object);
  g_assert_cmpstr (request->content_type, ==, "application/json");
  g_assert_cmpstr (lanyard_secret_get (request->body), ==, "{\"a\":\"\\\"ž\"}");
}

static void
test_copy (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", "https://example.org/");
  g_autoptr (LanyardRequest) bare = lanyard_request_new ("GET", "https://example.org/");
  g_autoptr (LanyardRequest) bare_copy = lanyard_request_copy (bare);
  g_autoptr (LanyardParams) form = lanyard_params_new ();
  g_autoptr (LanyardRequest) copy = NULL;

  lanyard_params_append (form, "a", "b");
  lanyard_request_set_form (request, form);
  lanyard_params_append (request->headers, "X", "x");
  request->allows_http = TRUE;
  request->is_repeatable = TRUE;
  copy = lanyard_request_copy (request);
  lanyard_params_set (request->headers, "X", "changed");

  g_assert_cmpstr (copy->method, ==, "POST");
  g_assert_true (copy->allows_http);
  g_assert_false (bare_copy->allows_http);
  g_assert_true (copy->is_repeatable);
  g_assert_false (bare_copy->is_repeatable);
  g_assert_cmpstr (copy->uri, ==, "https://example.org/");
  g_assert_cmpstr (copy->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (lanyard_params_get (copy->headers, "X"), ==, "x");
  g_assert_true (lanyard_secret_equal (copy->body, request->body));
  g_assert_null (bare_copy->body);
  g_assert_null (bare_copy->content_type);
}

static void
test_response (void)
{
  g_autoptr (LanyardResponse) response =
    lanyard_response_new (200, "application/json", "a\0b and more", 3);
  g_autoptr (LanyardResponse) whole = lanyard_response_new (404, NULL, "text", -1);

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (response->content_type, ==, "application/json");
  g_assert_cmpuint (lanyard_secret_get_length (response->body), ==, 3);
  g_assert_cmpmem (lanyard_secret_get (response->body), 3, "a\0b", 3);
  g_assert_cmpuint (lanyard_secret_get_length (whole->body), ==, 4);
  g_assert_null (whole->content_type);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/request/headers", test_headers);
  g_test_add_func ("/auth/request/bodies", test_bodies);
  g_test_add_func ("/auth/request/copy", test_copy);
  g_test_add_func ("/auth/request/response", test_response);

  return g_test_run ();
}
