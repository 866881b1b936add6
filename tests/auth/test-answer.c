/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-answer.h"

static LanyardResponse *
new_response (const char *content_type, const char *body)
{
  return lanyard_response_new (200, content_type, body, -1);
}

static void
assert_unreadable (const char *content_type, const char *body, gssize length)
{
  g_autoptr (LanyardResponse) response = lanyard_response_new (200, content_type, body, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = lanyard_answer_parse (response, &error);

  g_test_message ("%s", content_type != NULL ? content_type : "no type");
  g_assert_null (object);
  g_assert_nonnull (error);
  /* The body may hold a token. */
  g_assert_null (strstr (error->message, "tok3n"));
}

static void
test_parse_refused (void)
{
  g_autofree char *huge = g_strnfill (LANYARD_JSON_MAX_SIZE + 1, ' ');
  g_autofree char *deep = g_strnfill (100000, '[');

  assert_unreadable ("application/json", "", 0);
  assert_unreadable ("application/json", "tok3n", -1);
  assert_unreadable ("application/json", "[\"tok3n\"]", -1);
  assert_unreadable ("application/json", "\"tok3n\"", -1);
  assert_unreadable ("application/json", "null", -1);
  assert_unreadable ("application/json", "{\"access_token\": \"tok3n\"", -1);
  assert_unreadable ("application/json", "{\"access_token\": \"tok3n\"} x", -1);
  assert_unreadable ("application/json", "{\"a\": \"tok3n\", \"a\": \"other\"}", -1);
  assert_unreadable ("application/json", "{\"a\": \"\xff\"}", -1);
  assert_unreadable ("application/json", "{\"a\": \"\\u0000\"}", -1);
  assert_unreadable ("application/json", "{\"a\":\0\"tok3n\"}", 14);
  assert_unreadable ("application/json", deep, -1);
  assert_unreadable ("application/json", huge, -1);
  assert_unreadable ("text/html", "<!doctype html><p>tok3n", -1);
  assert_unreadable (NULL, "<!doctype html>", -1);
}

static void
test_parse_form_refused (void)
{
  static const char *const type = "application/x-www-form-urlencoded";

  assert_unreadable (type, "access_token=%", -1);
  assert_unreadable (type, "access_token=tok3n&access_token=other", -1);
  assert_unreadable (type, "access_token=\xff", -1);
  assert_unreadable (type, "access_token=tok3n\0&x=y", 22);
  /* A form that nobody announced. */
  assert_unreadable ("text/html", "access_token=tok3n", -1);
  assert_unreadable ("text/plain", "hello=1&access_token=tok3n", -1);
}

static void
test_parse_form (void)
{
  static const char *const types[] = { "application/x-www-form-urlencoded", "text/plain" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (LanyardResponse) response =
        new_response (types[i], "access_token=a%2Bb&scope=x+y&expires_in=60");
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = lanyard_answer_parse (response, &error);
      gint64 lifetime = 0;

      g_assert_no_error (error);
      g_assert_cmpstr (lanyard_json_get_string (object, "access_token"), ==, "a+b");
      g_assert_cmpstr (lanyard_json_get_string (object, "scope"), ==, "x y");
      g_assert_true (lanyard_json_get_int64 (object, "expires_in", &lifetime));
      g_assert_cmpint (lifetime, ==, 60);
    }
}

static void
test_parse_json (void)
{
  static const char *const types[] = { "application/json", "text/plain", "text/html",
                                       "application/vnd.example+json", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (LanyardResponse) response = new_response (types[i], "{\"access_token\": \"a\"}");
      g_autoptr (JsonObject) object = lanyard_answer_parse (response, NULL);

      g_assert_nonnull (object);
      g_assert_cmpstr (lanyard_json_get_string (object, "access_token"), ==, "a");
    }
}

static char *
dup_error (LanyardAuthContext *context, const LanyardResponse *response, LanyardError code)
{
  g_autoptr (GError) error = NULL;

  lanyard_answer_set_error (context, response, &error);
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_test_message ("%s", error->message);
  lanyard_test_assert_fit_to_show (error->message);
  g_assert_nonnull (strstr (error->message, "Example"));
  return g_strdup (error->message);
}

static void
test_unavailable (void)
{
  static const guint statuses[] = { 408, 429, 500, 502, 503, 504, 599 };
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (LanyardResponse) response =
        lanyard_test_response_new (statuses[i], "{'error': 'invalid_grant'}");
      g_autofree char *message = NULL;

      g_assert_true (lanyard_answer_is_unavailable (response));
      message = dup_error (context, response, LANYARD_ERROR_UNAVAILABLE);
    }
}

static void
test_retry_after (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardResponse) hostile = lanyard_response_new (503, NULL, "", -1);
  g_autoptr (LanyardResponse) response = lanyard_response_new (429, NULL, "", -1);
  g_autofree char *message = NULL;
  g_autofree char *hostile_message = NULL;

  lanyard_params_append (response->headers, "retry-after", "120");
  message = dup_error (context, response, LANYARD_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (message, "120"));

  lanyard_params_append (hostile->headers, "Retry-After", "\xe2\x80\xae\x1b[31m 9999999999999");
  hostile_message = dup_error (context, hostile, LANYARD_ERROR_UNAVAILABLE);
}

static void
test_refusal (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *expected;
  } cases[] = {
    { 400, "{'error': 'invalid_scope'}", "“invalid_scope”" },
    { 400, "{'error': 'invalid_scope', 'error_description': 'No such'}", "“No such”" },
    { 400, "{'error': 'x', 'error_uri': 'https://example.org/x'}", "“https://example.org/x”" },
    { 401, "{'error': 'invalid_client'}", "check client ID and client secret" },
    { 403, "{'error': 'unauthorized_client'}", "check client ID and client secret" },
    { 400, "{'error': 42}", "“42”" },
    { 400, "{'error': {'message': 'nested'}}", "HTTP 400" },
    { 403, "{}", "HTTP 403" },
    { 404, "<html>not found</html>", "HTTP 404" },
    { 302, "", "HTTP 302" },
  };
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardResponse) response =
        lanyard_test_response_new (cases[i].status, cases[i].body);
      g_autofree char *message = dup_error (context, response, LANYARD_ERROR_PROVIDER);

      g_assert_nonnull (strstr (message, cases[i].expected));
    }
}

static void
test_refusal_mapped (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new ("'response': {'error': ['error.type', 'errors'],"
                              " 'error_text': 'error.message'}",
                              NULL, NULL);
  g_autoptr (LanyardResponse) response =
    lanyard_test_response_new (400, "{'error': {'type': 'Bad', 'message': 'So it is'}}");
  g_autofree char *message = dup_error (context, response, LANYARD_ERROR_PROVIDER);

  g_assert_nonnull (strstr (message, "“Bad”"));
  g_assert_nonnull (strstr (message, "“So it is”"));
}

/* RFC 6749 section 10.14. */
static void
test_refusal_hostile (void)
{
  static const char *const texts[] = {
    "\\u001b[31mred\\u0007", "\\u202egnp.exe\\u2066", "a\\nb\\r\\nc\\u2028d\\u0085e",
    "%s%n%d %100000d",       "<b>x</b>&amp;",         "\\ufeff\\u200b",
  };
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autofree char *long_text = g_strnfill (10000, 'x');
  g_autofree char *long_body = g_strdup_printf (
    "{'error': '%s', 'error_description': '%s', 'error_uri': 'https://a.example/%s'}", long_text,
    long_text, long_text);
  g_autoptr (LanyardResponse) long_response = lanyard_test_response_new (400, long_body);
  g_autofree char *long_message = dup_error (context, long_response, LANYARD_ERROR_PROVIDER);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{'error': '%s', 'error_description': '%s', 'error_uri': '%s'}", texts[i],
                         texts[i], texts[i]);
      g_autoptr (LanyardResponse) response = lanyard_test_response_new (400, body);
      g_autofree char *message = dup_error (context, response, LANYARD_ERROR_PROVIDER);
    }
}

static void
test_refusal_without_secret (void)
{
  static const char *const bodies[] = {
    "{'error': 'invalid_client', 'error_description': 'secret s3cr/t is wrong'}",
    "{'error': 's3cr/t', 'error_description': 'wrong'}",
    "{'error': 'x', 'error_uri': 'https://id.example.org/?secret=s3cr/t'}",
    "{'error': 'x', 'error_description': 'client_secret=s3cr%2Ft&grant_type=refresh_token'}",
    "{'error': 'x', 'error_description': 'client_secret=s3cr%2ft'}",
    "{'error': 'x', 'error_description': 'refresh token r3fr3sh is unknown'}",
    "{'error': 'x', 'error_description': 'Authorization: Basic YXBwOnMzY3IlMkZ0'}",
    "{'error': 'x', 'error_description': 'Authorization: Basic YXBwOnMzY3IvdA=='}",
  };
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "client_secret=s3cr/t&refresh_token=r3fr3sh");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LanyardResponse) response = lanyard_test_response_new (400, bodies[i]);
      g_autofree char *message = dup_error (context, response, LANYARD_ERROR_PROVIDER);

      g_assert_null (strstr (message, "s3cr"));
      g_assert_null (strstr (message, "r3fr3sh"));
      g_assert_null (strstr (message, "YXBw"));
    }
}

static void
test_insufficient_scope (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (403, "{'message': 'no'}");
  g_autoptr (LanyardResponse) bare = lanyard_test_response_new (403, "");
  g_autofree char *message = NULL;
  g_autofree char *bare_message = NULL;

  lanyard_params_append (response->headers, "WWW-Authenticate",
                         "Bearer error=\"insufficient_scope\", scope=\"mail.send files\"");
  message = dup_error (context, response, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (message, "“mail.send files”"));

  lanyard_params_append (bare->headers, "WWW-Authenticate", "Bearer error=insufficient_scope");
  bare_message = dup_error (context, bare, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (bare_message, "scopes"));
}

static void
test_challenge_words (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=t0k3n");
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (401, "");
  g_autoptr (LanyardResponse) leaking = lanyard_test_response_new (401, "");
  g_autofree char *message = NULL;
  g_autofree char *leaking_message = NULL;

  lanyard_params_append (response->headers, "WWW-Authenticate",
                         "Bearer error=\"invalid_token\", error_description=\"It \xff expired\"");
  message = dup_error (context, response, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (message, "“invalid_token”"));

  lanyard_params_append (leaking->headers, "WWW-Authenticate",
                         "Bearer error=\"x\", error_description=\"t0k3n is unknown\"");
  leaking_message = dup_error (context, leaking, LANYARD_ERROR_PROVIDER);
  g_assert_null (strstr (leaking_message, "t0k3n"));
}

static void
test_account (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *expected;
  } cases[] = {
    { 200, "", NULL },
    { 200, "[]", NULL },
    { 200, "{}", NULL },
    { 401, "{'name': 'Ada'}", NULL },
    { 200, "{'name': 7}", NULL },
    { 200, "{'name': ''}", NULL },
    { 200, "{'name': '  '}", NULL },
    { 200, "{'name': 'a\\nb'}", NULL },
    { 200, "{'name': 'a\\u001bb'}", NULL },
    { 200, "{'name': 'Ada', 'email': 'ada@example.org'}", "Ada" },
    { 200, "{'name': null, 'email': 'ada@example.org'}", "ada@example.org" },
    { 201, "{'sub': '42'}", "42" },
    { 200, "{'name': 'Žofie \\u202eב'}", NULL },
    { 200, "{'name': 'עברית'}", "עברית" },
  };
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autofree char *long_name = g_strnfill (201, 'x');
  g_autofree char *long_body = g_strdup_printf ("{'name': '%s'}", long_name);
  g_autoptr (LanyardResponse) long_response = lanyard_test_response_new (200, long_body);

  g_assert_null (lanyard_answer_dup_account (context, long_response));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardResponse) response =
        lanyard_test_response_new (cases[i].status, cases[i].body);
      g_autofree char *account = lanyard_answer_dup_account (context, response);

      g_test_message ("%u", i);
      g_assert_cmpstr (account, ==, cases[i].expected);
    }
}

static void
test_account_mapped (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'verify': {'url': 'https://api.example.org/me', 'account': ['user.login', 'user.id']}", NULL,
    NULL);
  g_autoptr (LanyardResponse) response =
    lanyard_test_response_new (200, "{'name': 'no', 'user': {'login': 'ada'}}");
  g_autoptr (LanyardResponse) other = lanyard_test_response_new (200, "{'name': 'no'}");
  g_autofree char *account = lanyard_answer_dup_account (context, response);

  g_assert_cmpstr (account, ==, "ada");
  g_assert_null (lanyard_answer_dup_account (context, other));
}

static void
assert_verified (const char *method, const char *json, const char *refusal)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, NULL, NULL);
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (200, json);
  g_autoptr (GError) error = NULL;
  gboolean is_verified = lanyard_answer_check_verified (context, response, &error);

  g_assert_cmpint (is_verified, ==, refusal == NULL);
  if (refusal == NULL)
    return;

  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (error->message, refusal));
}

static void
test_verified (void)
{
  const char *common = "'response': {'ok_when': {'ok': 'true'}}";
  const char *own = "'response': {'ok_when': {'ok': 'true'}}, 'verify':"
                    " {'url': 'https://a.example/me', 'response': {'ok_when': {'state': 'fine'}}}";

  assert_verified (common, "{'ok': false, 'error': 'not_authed'}", "not_authed");
  assert_verified (common, "{}", "refused");
  assert_verified (own, "{'ok': true}", "refused");
  assert_verified (common, "{'ok': true}", NULL);
  assert_verified (own, "{'state': 'fine'}", NULL);
  assert_verified (NULL, "{'error': 'x'}", NULL);
  assert_verified (common, "<html>", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/answer/parse-refused", test_parse_refused);
  g_test_add_func ("/auth/answer/parse-form-refused", test_parse_form_refused);
  g_test_add_func ("/auth/answer/parse-form", test_parse_form);
  g_test_add_func ("/auth/answer/parse-json", test_parse_json);
  g_test_add_func ("/auth/answer/unavailable", test_unavailable);
  g_test_add_func ("/auth/answer/rfc7009-03-retry-after", test_retry_after);
  g_test_add_func ("/auth/answer/rfc6749-17-refusal", test_refusal);
  g_test_add_func ("/auth/answer/refusal-mapped", test_refusal_mapped);
  g_test_add_func ("/auth/answer/rfc6749-23-refusal-hostile", test_refusal_hostile);
  g_test_add_func ("/auth/answer/refusal-without-secret", test_refusal_without_secret);
  g_test_add_func ("/auth/answer/rfc6750-06-insufficient-scope", test_insufficient_scope);
  g_test_add_func ("/auth/answer/challenge-words", test_challenge_words);
  g_test_add_func ("/auth/answer/rfc6749-23-account", test_account);
  g_test_add_func ("/auth/answer/account-mapped", test_account_mapped);
  g_test_add_func ("/auth/answer/verified", test_verified);

  return g_test_run ();
}
