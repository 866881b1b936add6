/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-soup-message.h"

#define SECRET "s3cret-w0rd"

static void
check_refused (const LanyardRequest *request)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_soup_message_new (request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, SECRET));
}

static void
test_soup_message_address_refused (void)
{
  const char *const uris[] = {
    "http://example.org/token",
    "ftp://127.0.0.1/token",
    "file:///etc/passwd",
    "https://a:" SECRET "@127.0.0.1/token",
    "https://127.0.0.1/token#part",
    "http://localhost.example/token",
    "http://127.0.0.1.example/token",
    "http://2130706433/token",
    "http://0x7f.1/token",
    "https://example.org/\r\nHost: other",
    "https:///token",
    "/token",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uris[i]);

      check_refused (request);
    }
}

/* What a person confirmed for a server at home opens http, and nothing else. */
static void
test_soup_message_http_confirmed (void)
{
  const char *const refused[] = { "ftp://nas.example/", "http://a:" SECRET "@nas.example/",
                                  "http:///", "file:///etc/passwd" };
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "http://nas.example/dav");
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (LanyardRequest) other = lanyard_request_new ("GET", refused[i]);

      other->allows_http = TRUE;
      check_refused (other);
    }

  check_refused (request);
  request->allows_http = TRUE;
  message = lanyard_soup_message_new (request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (soup_message_get_uri (message)), ==, "nas.example");
}

static void
test_soup_message_header_refused (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } cases[] = {
    { "X-Key", SECRET "\r\nX-Other: 1" },
    { "X-Key", SECRET "\n" },
    { "X-Key", "\x01" SECRET },
    { "X-Key", SECRET "\x7f" },
    { "X-Key\r\nX-Other: 1", SECRET },
    { "X-Key: 1", SECRET },
    { "X Key", SECRET },
    { "X-Ké", SECRET },
    { "", SECRET },
    { "Host", "other.example" },
    { "content-length", "5" },
    { "Transfer-Encoding", "chunked" },
    { "User-Agent", "Somebody else" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://example.org/");

      lanyard_params_append (request->headers, cases[i].name, cases[i].value);
      check_refused (request);
    }
}

static void
test_soup_message_method_refused (void)
{
  const char *const methods[] = { "", "GET /other", "GET\r\nHost: other", "GÉT" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (LanyardRequest) request =
        lanyard_request_new (methods[i], "https://example.org/token");

      check_refused (request);
    }
}

static void
test_soup_message_content_type_refused (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", "https://example.org/token");

  request->content_type = g_strdup ("text/plain\r\nX-Other: 1");
  request->body = lanyard_secret_new (SECRET);
  check_refused (request);
}

static void
test_soup_message_request (void)
{
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("POST", "https://example.org/a%2Fb?c=%20d&c=e");
  g_autoptr (LanyardParams) form = lanyard_params_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *uri = NULL;

  lanyard_params_append (form, "code", SECRET);
  lanyard_request_set_form (request, form);
  lanyard_params_append (request->headers, "X-Key", "one");
  lanyard_params_append (request->headers, "X-Key", "tw\to ½");
  message = lanyard_soup_message_new (request, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (soup_message_get_method (message), ==, "POST");
  uri = g_uri_to_string (soup_message_get_uri (message));
  g_assert_cmpstr (uri, ==, request->uri);
  g_assert_cmpstr (
    soup_message_headers_get_list (soup_message_get_request_headers (message), "X-Key"), ==,
    "one, tw\to ½");
  g_assert_true (soup_message_query_flags (message, SOUP_MESSAGE_NO_REDIRECT));

  /* The message shares the body, and gives it back. */
  lanyard_soup_message_forget (message);
  g_assert_null (
    soup_message_headers_get_list (soup_message_get_request_headers (message), "X-Key"));
}

static void
test_soup_message_response (void)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", "https://example.org/");
  g_autoptr (LanyardResponse) response = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  soup_message_headers_append (headers, "Content-Type", "Application/JSON; charset=utf-8");
  soup_message_headers_append (headers, "X-Twice", "one");
  soup_message_headers_append (headers, "X-Twice", "two");
  response = lanyard_soup_message_dup_response (message, "a\0b", 3);

  g_assert_cmpstr (response->content_type, ==, "application/json");
  g_assert_cmpuint (lanyard_params_get_length (response->headers), ==, 3);
  g_assert_cmpstr (lanyard_params_find_repeated (response->headers), ==, "X-Twice");
  g_assert_cmpmem (lanyard_secret_get (response->body), lanyard_secret_get_length (response->body),
                   "a\0b", 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/soup-message/address-refused", test_soup_message_address_refused);
  g_test_add_func ("/net/soup-message/http-confirmed", test_soup_message_http_confirmed);
  g_test_add_func ("/net/soup-message/header-refused", test_soup_message_header_refused);
  g_test_add_func ("/net/soup-message/method-refused", test_soup_message_method_refused);
  g_test_add_func ("/net/soup-message/content-type-refused",
                   test_soup_message_content_type_refused);
  g_test_add_func ("/net/soup-message/request", test_soup_message_request);
  g_test_add_func ("/net/soup-message/response", test_soup_message_response);

  return g_test_run ();
}
