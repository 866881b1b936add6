/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-provider-reader.h"
#include "lanyard-test-context.h"

#define BASE "https://cloud.example.org/api"

/* A provider of one type; @members are more members of its method, with single quotation marks. */
static LanyardAuthContext *
new_context (const char *type, const char *members, const char *settings, const char *credentials)
{
  g_autofree char *quoted =
    g_strdup_printf ("{'id': 'example', 'name': 'Example', 'methods': [{'type': '%s'%s%s}]}", type,
                     *members != '\0' ? ", " : "", members);
  g_autofree char *text = lanyard_test_quote_json (quoted);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (text, strlen (text), "example", &error);

  g_assert_no_error (error);
  return lanyard_test_context_new_for_provider (provider, settings, credentials);
}

static gboolean
apply (LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  const char *id = lanyard_method_get_type_id (lanyard_auth_context_get_method (context));

  return lanyard_auth_type_apply (lanyard_auth_types_lookup (id), context, request, error);
}

static void
assert_header (LanyardAuthContext *context, const char *uri, const char *name, const char *value)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uri);
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (context, request, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_params_get (request->headers, name), ==, value);
}

/* Nothing of a refused request may have changed, and nothing may tell the secret. */
static void
assert_refused (LanyardAuthContext *context, const char *uri, const char *secret)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uri);
  g_autoptr (GError) error = NULL;

  g_assert_false (apply (context, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_null (strstr (error->message, secret));
  g_assert_cmpstr (request->uri, ==, uri);
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 0);
}

static void
test_default_place (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", NULL, "api_key=k-1f9c%2F%2B%3D+0a");

  assert_header (context, "https://api.example.org/x", "Authorization", "Bearer k-1f9c/+= 0a");
}

static void
test_header (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", "placement=header%3AX-Api-Key", "api_key=k-1");

  assert_header (context, "https://api.example.org/x", "X-Api-Key", "k-1");
}

static void
test_header_template (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "'defaults': {'placement': 'header:Authorization=ApiKey {api_key}'}",
                 NULL, "api_key=k-1");

  assert_header (context, "https://api.example.org/x", "Authorization", "ApiKey k-1");
}

static void
test_query (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", "placement=query%3Aapi_key", "api_key=k-1f9c%2F%2B%3D+0a");
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://api.example.org/x?a=%20b");

  g_assert_true (apply (context, request, NULL));
  g_assert_cmpstr (request->uri, ==, "https://api.example.org/x?a=%20b&api_key=k-1f9c%2F%2B%3D+0a");
}

/* Which of two would count is the server's guess. */
static void
test_query_taken (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", "placement=query%3Aapi_key", "api_key=k-1f9c");

  assert_refused (context, "https://api.example.org/x?api_key=other", "k-1f9c");
}

static void
test_several_places (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (
    "api-key-secret", "'defaults': {'placement': 'header:X-Key; header:X-Secret={api_secret}'}",
    NULL, "api_key=a%3B+header%3AEvil%3Dx&api_secret=s");

  /* What separates places in the setting does not when it is in a key. */
  assert_header (context, "https://api.example.org/x", "X-Key", "a; header:Evil=x");
  assert_header (context, "https://api.example.org/x", "X-Secret", "s");
  assert_header (context, "https://api.example.org/x", "Evil", NULL);
}

static void
test_cookie (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", "placement=cookie%3Asid", "api_key=k-1");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://api.example.org/x");

  lanyard_params_append (request->headers, "Cookie", "a=b");
  g_assert_true (apply (context, request, NULL));
  g_assert_cmpstr (lanyard_params_get (request->headers, "Cookie"), ==, "a=b; sid=k-1");
}

static void
test_body (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", "placement=body%3Akey", "api_key=k%26%22");
  g_autoptr (LanyardRequest) form = lanyard_request_new ("POST", "https://api.example.org/x");
  g_autoptr (LanyardRequest) json = lanyard_request_new ("POST", "https://api.example.org/x");
  g_autoptr (LanyardRequest) other = lanyard_request_new ("POST", "https://api.example.org/x");
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (context, form, NULL));
  g_assert_cmpstr (lanyard_secret_get (form->body), ==, "key=k%26%22");

  json->content_type = g_strdup ("application/json");
  json->body = lanyard_secret_new ("{\"a\":1}");
  g_assert_true (apply (context, json, NULL));
  g_assert_cmpstr (lanyard_secret_get (json->body), ==, "{\"a\":1,\"key\":\"k&\\\"\"}");

  other->content_type = g_strdup ("text/plain");
  other->body = lanyard_secret_new ("text");
  g_assert_false (apply (context, other, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_broken_key (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", "", "placement=header%3AX-Api-Key", "api_key=k-1%0D%0AEvil%3A+x");

  assert_refused (context, "https://api.example.org/x", "k-1");
}

static void
test_broken_places (void)
{
  static const char *const PLACES[] = { "nowhere%3Ax",   "header",         "header%3A",
                                        "header%3AX+Y",  "header%3AX%0AY", "query%3A%3D{api_key}",
                                        "cookie%3Aa%3Bb" };

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *settings = g_strconcat ("placement=", PLACES[i], NULL);
      g_autoptr (LanyardAuthContext) context =
        new_context ("api-key", "", settings, "api_key=k-1f9c");

      g_test_message ("%s", PLACES[i]);
      assert_refused (context, "https://api.example.org/x", "k-1f9c");
    }
}

static void
test_missing_key (void)
{
  g_autoptr (LanyardAuthContext) context = new_context ("api-key", "", NULL, NULL);

  assert_refused (context, "https://api.example.org/x", "not there");
}

/* 7617-04, RFC 7617 section 2.2: to nothing outside the stored URL. */
static void
test_scope_of_url (gconstpointer data)
{
  gboolean is_basic = g_str_equal (data, "basic-url");
  const char *settings = is_basic ? "username=ada&base_url=https%3A%2F%2Fcloud.example.org%2Fapi"
                                  : "base_url=https%3A%2F%2Fcloud.example.org%2Fapi";
  g_autoptr (LanyardAuthContext) context =
    new_context (data, "", settings, is_basic ? "password=k-1f9c" : "api_key=k-1f9c");
  static const char *const FOREIGN[] = {
    "https://cloud.example.org/",
    "https://cloud.example.org/apis",
    "https://cloud.example.org/api/../x",
    "https://cloud.example.org:444/api",
    "https://cloud.example.org.evil/api",
    "https://evil.example/api",
    "https://cloud.example.org/api/%2e%2e/x",
  };
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", BASE "/v1/me?x=1");

  g_assert_true (apply (context, request, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (FOREIGN); i++)
    assert_refused (context, FOREIGN[i], "k-1f9c");
}

static void
test_missing_url (gconstpointer data)
{
  gboolean is_basic = g_str_equal (data, "basic-url");
  g_autoptr (LanyardAuthContext) context = new_context (
    data, "", is_basic ? "username=ada" : NULL, is_basic ? "password=k-1f9c" : "api_key=k-1f9c");

  assert_refused (context, BASE, "k-1f9c");
}

static void
test_basic (gconstpointer data)
{
  static const struct
  {
    const char *settings;
    const char *credentials;
    const char *value;
  } CASES[] = {
    /* V-9 and 7617-02: RFC 7617 sections 2 and 2.1. UTF-8 it is, whatever the server's charset. */
    { "username=Aladdin", "password=open+sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
    { "username=test", "password=123%C2%A3", "Basic dGVzdDoxMjPCow==" },
    /* 7617-05 and 06: only the first colon separates, and nothing need follow it. */
    { "username=colon", "password=a%3Ab%3Ac", "Basic Y29sb246YTpiOmM=" },
    { "username=empty", NULL, "Basic ZW1wdHk6" },
    { "username=empty", "password=", "Basic ZW1wdHk6" },
    /* 7617-02: a decomposed letter goes out composed. */
    { "username=e%CC%81", "password=x", "Basic w6k6eA==" },
    { "username=x", "password=e%CC%81", "Basic eDrDqQ==" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *settings =
        g_strconcat (CASES[i].settings, "&base_url=", "https%3A%2F%2Fcloud.example.org", NULL);
      g_autoptr (LanyardAuthContext) context =
        new_context (data, "", settings, CASES[i].credentials);

      assert_header (context, BASE, "Authorization", CASES[i].value);
    }
}

/* 7617-01, RFC 7617 section 2. */
static void
test_basic_refused (void)
{
  static const char *const CREDENTIALS[][2] = {
    { "username=a%3Ab", "password=k-1f9c" },   { "username=%3A", "password=k-1f9c" },
    { "username=a%7F", "password=k-1f9c" },    { "username=a%0D%0Ab", "password=k-1f9c" },
    { "username=a%09", "password=k-1f9c" },    { "username=a", "password=k-1f9c%0A" },
    { "username=a", "password=k-1f9c%7F" },    { "username=a", "password=k-1f9c%01" },
    { "username=a", "password=k-1f9c%C2%85" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CREDENTIALS); i++)
    {
      g_autoptr (LanyardAuthContext) context =
        new_context ("basic", "", CREDENTIALS[i][0], CREDENTIALS[i][1]);

      assert_refused (context, "https://api.example.org/x", "k-1f9c");
    }
}

/* 7617-03, RFC 7617 section 4: whoever is on the way could read the password. */
static void
test_basic_over_http (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("basic", "", "username=a", "password=k-1f9c");
  g_autoptr (LanyardAuthContext) confirmed =
    new_context ("basic", "", "username=a&allow_http=yes", "password=k-1f9c");

  assert_refused (context, "http://api.example.org/x", "k-1f9c");
  assert_header (confirmed, "http://api.example.org/x", "Authorization", "Basic YTprLTFmOWM=");
}

static void
test_no_consent (gconstpointer data)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (data);

  g_assert_false (lanyard_auth_type_needs_consent (type));
  g_assert_cmpstr (lanyard_auth_type_get_info (type)->id, ==, data);
}

int
main (int argc, char *argv[])
{
  static const char *const TYPES[] = { "api-key", "api-key-secret", "api-key-url", "basic-url",
                                       "basic" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/key-types/default-place", test_default_place);
  g_test_add_func ("/auth/key-types/header", test_header);
  g_test_add_func ("/auth/key-types/header-template", test_header_template);
  g_test_add_func ("/auth/key-types/query", test_query);
  g_test_add_func ("/auth/key-types/query-taken", test_query_taken);
  g_test_add_func ("/auth/key-types/several-places", test_several_places);
  g_test_add_func ("/auth/key-types/cookie", test_cookie);
  g_test_add_func ("/auth/key-types/body", test_body);
  g_test_add_func ("/auth/key-types/broken-key", test_broken_key);
  g_test_add_func ("/auth/key-types/broken-places", test_broken_places);
  g_test_add_func ("/auth/key-types/missing-key", test_missing_key);
  g_test_add_data_func ("/auth/key-types/scope-of-url/api-key", "api-key-url", test_scope_of_url);
  g_test_add_data_func ("/auth/key-types/scope-of-url/rfc7617-04-basic", "basic-url",
                        test_scope_of_url);
  g_test_add_data_func ("/auth/key-types/missing-url/api-key", "api-key-url", test_missing_url);
  g_test_add_data_func ("/auth/key-types/missing-url/basic", "basic-url", test_missing_url);
  g_test_add_data_func ("/auth/key-types/basic/rfc7617-02-05-06-with-url", "basic-url", test_basic);
  g_test_add_data_func ("/auth/key-types/basic/rfc7617-02-05-06-without-url", "basic", test_basic);
  g_test_add_func ("/auth/key-types/basic/rfc7617-01-refused", test_basic_refused);
  g_test_add_func ("/auth/key-types/basic/rfc7617-03-over-http", test_basic_over_http);
  for (gsize i = 0; i < G_N_ELEMENTS (TYPES); i++)
    {
      g_autofree char *path = g_strconcat ("/auth/key-types/no-consent/", TYPES[i], NULL);

      g_test_add_data_func (path, TYPES[i], test_no_consent);
    }

  return g_test_run ();
}
