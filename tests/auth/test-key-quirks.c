/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-provider-reader.h"
#include "lanyard-test-context.h"

#include <string.h>

/* How real providers take keys and passwords, each said by the provider's data. */
static LanyardAuthContext *
new_context (const char *type, const char *members, const char *settings, const char *credentials)
{
  g_autofree char *quoted = g_strdup_printf (
    "{\"id\": \"example\", \"name\": \"Example\", \"methods\": [{\"type\": \"%s\"%s%s}]}", type,
    *members != '\0' ? ", " : "", members);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (quoted, strlen (quoted), "example", &error);

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

static void
assert_uri (LanyardAuthContext *context, const char *uri, const char *expected)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uri);
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (context, request, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (request->uri, ==, expected);
}

static void
assert_refused (LanyardAuthContext *context, const char *uri)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uri);
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", uri);
  g_assert_false (apply (context, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpstr (request->uri, ==, uri);
  g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 0);
  g_assert_null (strstr (error->message, "k-1"));
}

static void
test_k1_prefixes (void)
{
  static const struct
  {
    const char *template;
    const char *value;
  } CASES[] = {
    { "SSWS {api_key}", "SSWS k-1" },
    { "Token token={api_key}", "Token token=k-1" },
    { "{api_key}", "k-1" },
    { "Basic {base64(api_key,':')}", "Basic ay0xOg==" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *members =
        g_strdup_printf ("\"place\": [{\"in\": \"header\", \"name\": \"Authorization\","
                         " \"value\": \"%s\"}]",
                         CASES[i].template);
      g_autoptr (LanyardAuthContext) context =
        new_context ("api-key", members, NULL, "api_key=k-1");

      assert_header (context, "https://api.example/x", "Authorization", CASES[i].value);
    }
}

static void
test_k2_several_places (void)
{
  static const char members[] =
    "\"place\": [{\"in\": \"header\", \"name\": \"apikey\"},"
    " {\"in\": \"header\", \"name\": \"Authorization\", \"value\": \"Bearer {api_key}\"},"
    " {\"in\": \"query\", \"name\": \"app\", \"value\": \"{api_secret}\"}],"
    " \"use\": {\"headers\": {\"X-Version\": \"2\"}}";
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key-secret", members, NULL, "api_key=k-1&api_secret=s");
  g_autoptr (LanyardAuthContext) chosen = new_context (
    "api-key-secret", members, "placement=header%3AX-Mine", "api_key=k-1&api_secret=s");

  /* When the last place is taken, nothing of the first is done. */
  assert_refused (context, "https://api.example/x?app=y");
  assert_header (context, "https://api.example/x", "apikey", "k-1");
  assert_header (context, "https://api.example/x", "Authorization", "Bearer k-1");
  assert_header (context, "https://api.example/x", "X-Version", "2");
  assert_uri (context, "https://api.example/x", "https://api.example/x?app=s");
  /* What the person says comes before what the provider's data says. */
  assert_header (chosen, "https://api.example/x", "X-Mine", "k-1");
  assert_header (chosen, "https://api.example/x", "apikey", NULL);
}

static void
test_k3_body (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (
    "api-key", "\"place\": [{\"in\": \"body\", \"name\": \"key\"}]", NULL, "api_key=k-1");
  g_autoptr (LanyardRequest) json = lanyard_request_new ("POST", "https://api.example/x");
  g_autoptr (LanyardRequest) form = lanyard_request_new ("POST", "https://api.example/x");
  g_autoptr (LanyardRequest) text = lanyard_request_new ("POST", "https://api.example/x");

  json->content_type = g_strdup ("application/json");
  json->body = lanyard_secret_new ("{\"a\":1}");
  text->content_type = g_strdup ("text/plain");
  text->body = lanyard_secret_new ("a");
  g_assert_false (apply (context, text, NULL));
  g_assert_cmpstr (lanyard_secret_get (text->body), ==, "a");
  g_assert_true (apply (context, json, NULL));
  g_assert_cmpstr (lanyard_secret_get (json->body), ==, "{\"a\":1,\"key\":\"k-1\"}");
  g_assert_true (apply (context, form, NULL));
  g_assert_cmpstr (lanyard_secret_get (form->body), ==, "key=k-1");
}

static void
test_path (void)
{
  static const char members[] =
    "\"place\": [{\"in\": \"path\", \"name\": \"TOKEN\", \"value\": \"bot{api_key}\"}]";
  static const char *const BAD[] = { "api_key=a%2Fb", "api_key=a%5Cb", "api_key=a%0Ab" };
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", members, NULL, "api_key=1%3Aa%3Fb");
  g_autoptr (LanyardAuthContext) dots = new_context (
    "api-key", "\"place\": [{\"in\": \"path\", \"name\": \"TOKEN\"}]", NULL, "api_key=..");

  assert_uri (context, "https://api.example/getMe?a=b", "https://api.example/bot1:a%3Fb/getMe?a=b");
  assert_uri (context, "https://api.example/v1/TOKEN/me", "https://api.example/v1/bot1:a%3Fb/me");
  assert_uri (context, "https://api.example", "https://api.example/bot1:a%3Fb");
  assert_refused (dots, "https://api.example/me");
  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (LanyardAuthContext) bad = new_context ("api-key", members, NULL, BAD[i]);

      assert_refused (bad, "https://api.example/me");
    }
}

static void
test_cookie (void)
{
  static const char members[] = "\"place\": [{\"in\": \"cookie\", \"name\": \"session\"}]";
  g_autoptr (LanyardAuthContext) context = new_context ("api-key", members, NULL, "api_key=k-1");
  g_autoptr (LanyardAuthContext) bad = new_context ("api-key", members, NULL, "api_key=a%3B+b=c");

  assert_header (context, "https://api.example/x", "Cookie", "session=k-1");
  assert_refused (bad, "https://api.example/x");
}

/* The name of a data centre behind the key's dash is the host of the requests (quirk F16). */
static void
test_host_in_key (void)
{
  static const char members[] = "\"base_url\": \"https://{after(api_key,'-')}.api.example/3.0\"";
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key", members, NULL, "api_key=abc-us6");
  g_autoptr (LanyardAuthContext) evil =
    new_context ("api-key", members, NULL, "api_key=abc-evil.test%2F");

  assert_header (context, "https://us6.api.example/3.0/ping", "Authorization", "Bearer abc-us6");
  assert_refused (context, "https://us7.api.example/3.0/ping");
  assert_refused (context, "https://us6.api.example/2.0/ping");
  assert_refused (evil, "https://evil.test/.api.example/3.0/ping");
}

static void
test_k4_basic (void)
{
  static const struct
  {
    const char *members;
    const char *settings;
    const char *credentials;
    const char *value;
  } CASES[] = {
    { "", "username=test", "password=123%C2%A3", "Basic dGVzdDoxMjPCow==" },
    { "", "username=Aladdin", "password=open+sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
    /* An empty password; a colon in it. */
    { "", "username=a", "", "Basic YTo=" },
    { "", "username=a", "password=b%3Ac", "Basic YTpiOmM=" },
    /* e with an accent, of two characters, becomes one. */
    { "", "username=e%CC%81", "password=x", "Basic w6k6eA==" },
    { "\"basic\": {\"user\": \"{password}\"}", "", "password=key", "Basic a2V5Og==" },
    { "\"basic\": {\"user\": \"{password}\", \"password\": \"X\"}", "", "password=key",
      "Basic a2V5Olg=" },
    { "\"basic\": {\"password\": \"{password}\"}", "", "password=key", "Basic OmtleQ==" },
    { "\"basic\": {\"user\": \"{username}/token\", \"password\": \"{password}\"}",
      "username=me%40example.org", "password=key", "Basic bWVAZXhhbXBsZS5vcmcvdG9rZW46a2V5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardAuthContext) context =
        new_context ("basic", CASES[i].members, CASES[i].settings, CASES[i].credentials);

      g_test_message ("%s %s", CASES[i].members, CASES[i].settings);
      assert_header (context, "https://api.example/x", "Authorization", CASES[i].value);
    }
}

static void
test_k4_basic_refused (void)
{
  static const struct
  {
    const char *settings;
    const char *credentials;
  } CASES[] = {
    { "", "password=x" },
    { "username=a%3Ab", "password=x" },
    { "username=a%0Ab", "password=x" },
    { "username=a", "password=x%0Dy" },
    { "username=a", "password=x%7Fy" },
    { "username=a", "password=x%C2%85y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardAuthContext) context =
        new_context ("basic", "", CASES[i].settings, CASES[i].credentials);

      assert_refused (context, "https://api.example/x");
    }
}

/* However the address of the server is typed, credentials stay within it. */
static void
test_k9_own_server (void)
{
  static const char *const OUTSIDE[] = {
    "https://cloud.example/other",
    "https://cloud.example/apix",
    "https://cloud.example/api/../other",
    "https://cloud.example/api/%2e%2e/other",
    "https://cloud.example/api/..%2fother",
    "https://cloud.example/api%2f..%2fother",
    "https://cloud.example:8443/api/x",
    "https://cloud.example.evil.test/api/x",
    "https://cloud.example@evil.test/api/x",
    "https://evil.test/https://cloud.example/api/x",
    "http://cloud.example/api/x",
    "https://cloud.example\\@evil.test/api/x",
  };
  g_autoptr (LanyardAuthContext) context =
    new_context ("api-key-url", "", "base_url=+Cloud.Example%3A443%2Fapi%2F+", "api_key=k-1");

  assert_header (context, "https://cloud.example/api", "Authorization", "Bearer k-1");
  assert_header (context, "https://cloud.example/api/x?y=..", "Authorization", "Bearer k-1");
  for (gsize i = 0; i < G_N_ELEMENTS (OUTSIDE); i++)
    assert_refused (context, OUTSIDE[i]);
}

/* 7617-03, RFC 7617 section 4: https, unless the person confirmed http for this very server. */
static void
test_k9_http (void)
{
  g_autoptr (LanyardAuthContext) refused =
    new_context ("basic-url", "", "base_url=http%3A%2F%2Fnas.example&username=a", "password=k-1");
  g_autoptr (LanyardAuthContext) confirmed = new_context (
    "basic-url", "", "base_url=http%3A%2F%2Fnas.example&username=a&allow_http=yes", "password=x");
  g_autoptr (LanyardAuthContext) secure =
    new_context ("basic-url", "", "base_url=https%3A%2F%2Fnas.example&username=a&allow_http=yes",
                 "password=k-1");

  assert_refused (refused, "http://nas.example/x");
  assert_header (confirmed, "http://nas.example/x", "Authorization", "Basic YTp4");
  /* That http is allowed does not make https the same as http. */
  assert_refused (secure, "http://nas.example/x");
  assert_refused (confirmed, "https://nas.example/x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/key-quirks/k1-prefixes", test_k1_prefixes);
  g_test_add_func ("/auth/key-quirks/k2-several-places", test_k2_several_places);
  g_test_add_func ("/auth/key-quirks/k3-body", test_k3_body);
  g_test_add_func ("/auth/key-quirks/path", test_path);
  g_test_add_func ("/auth/key-quirks/cookie", test_cookie);
  g_test_add_func ("/auth/key-quirks/f16-host-in-key", test_host_in_key);
  g_test_add_func ("/auth/key-quirks/k4-basic", test_k4_basic);
  g_test_add_func ("/auth/key-quirks/k4-basic-refused", test_k4_basic_refused);
  g_test_add_func ("/auth/key-quirks/k9-own-server", test_k9_own_server);
  g_test_add_func ("/auth/key-quirks/k9-http", test_k9_http);

  return g_test_run ();
}
