/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-response.h"

#include "lanyard-error.h"
#include "lanyard-json.h"

#define NOW LANYARD_TEST_NOW
#define CODE LANYARD_OAUTH2_EXCHANGE_CODE
#define REFRESH LANYARD_OAUTH2_EXCHANGE_REFRESH

static LanyardAuthContext *
new_context (const char *method)
{
  return lanyard_test_context_new (method, "connectors=mail",
                                   "client_secret=s3cret&access_token=old&refresh_token=r3fresh"
                                   "&id_token=old.id.token");
}

static LanyardOutcome *
read_json (LanyardAuthContext *context,
           LanyardOAuth2Exchange exchange,
           guint status,
           const char *json,
           GError **error)
{
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (status, json);

  return lanyard_oauth2_response_read_tokens (context, exchange, response, NOW, error);
}

static LanyardOutcome *
read_good (LanyardAuthContext *context, LanyardOAuth2Exchange exchange, const char *json)
{
  g_autoptr (GError) error = NULL;
  LanyardOutcome *outcome = read_json (context, exchange, 200, json, &error);

  g_test_message ("%.200s", json);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  return outcome;
}

static const char *
get_text (LanyardOutcome *outcome, const char *name)
{
  return lanyard_credentials_get_text (outcome->credentials, name);
}

static void
assert_response_refused (LanyardAuthContext *context,
                         LanyardOAuth2Exchange exchange,
                         const LanyardResponse *response,
                         LanyardError code)
{
  g_autoptr (GError) error = NULL;
  LanyardOutcome *outcome =
    lanyard_oauth2_response_read_tokens (context, exchange, response, NOW, &error);

  g_assert_null (outcome);
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "Example"));
  g_assert_null (strstr (error->message, "s3cret"));
  g_assert_null (strstr (error->message, "r3fresh"));
  g_assert_null (strstr (error->message, "t0ken"));
  lanyard_test_assert_fit_to_show (error->message);
}

static void
assert_refused (LanyardAuthContext *context,
                LanyardOAuth2Exchange exchange,
                guint status,
                const char *json,
                LanyardError code)
{
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (status, json);

  g_test_message ("%u %.100s", status, json);
  assert_response_refused (context, exchange, response, code);
}

static void
test_malformed (void)
{
  static const char *const bodies[] = {
    "",
    "t0ken",
    "null",
    "[]",
    "[{'access_token': 't0ken'}]",
    "{'access_token': 't0ken'",
    "{'access_token': 't0ken'}}",
    "{'access_token': 't0ken', 'access_token': 't0ken2'}",
    "{access_token: 't0ken'}",
    "{'access_token': 't0ken',}",
    "{}",
    "{'access_token': null}",
    "{'access_token': ''}",
    "{'access_token': 42}",
    "{'access_token': ['t0ken']}",
    "{'access_token': {'token': 't0ken'}}",
    "{'Access_Token': 't0ken', 'token_type': 'bearer'}",
    "{'token_type': 'bearer', 'refresh_token': 't0ken'}",
  };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      assert_refused (context, CODE, 200, bodies[i], LANYARD_ERROR_PROTOCOL);
      assert_refused (context, REFRESH, 200, bodies[i], LANYARD_ERROR_PROTOCOL);
    }
}

static void
test_huge_and_deep (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autofree char *huge = g_strnfill (LANYARD_JSON_MAX_SIZE + 1, ' ');
  g_autofree char *opened = g_strnfill (100000, '[');
  g_autofree char *deep = g_strdup_printf ("{'a': %s", opened);
  g_autofree char *long_token = g_strnfill (100000, 't');
  g_autofree char *access = g_strdup_printf ("{'access_token': '%s'}", long_token);
  g_autofree char *refresh =
    g_strdup_printf ("{'access_token': 'a', 'refresh_token': '%s'}", long_token);

  memcpy (huge, "{}", 2);
  assert_refused (context, CODE, 200, huge, LANYARD_ERROR_PROTOCOL);
  assert_refused (context, CODE, 200, deep, LANYARD_ERROR_PROTOCOL);
  /* Neither a header field nor the keyring would take it. */
  assert_refused (context, CODE, 200, access, LANYARD_ERROR_PROTOCOL);
  assert_refused (context, CODE, 200, refresh, LANYARD_ERROR_PROTOCOL);
}

static void
test_web_page (void)
{
  static const guint statuses[] = { 200, 203 };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (LanyardResponse) page = lanyard_response_new (
        statuses[i], "text/html", "<!doctype html><title>Welcome to the hotel</title>", -1);
      g_autoptr (GError) error = NULL;

      assert_response_refused (context, REFRESH, page, LANYARD_ERROR_PROTOCOL);
      g_assert_null (lanyard_oauth2_response_read_tokens (context, REFRESH, page, NOW, &error));
      g_assert_nonnull (strstr (error->message, "web page"));
    }
}

/* RFC 6749 appendix A.12; what has a line break in it could end the header field it is put into. */
static void
test_token_characters (void)
{
  static const char *const tokens[] = { "a\\r\\nX-Evil: 1", "a\\nb", "a\\tb",   "a\\u0000b",
                                        "a\\u007f",         "žeton", "\\u00e9", "\\ud83d\\ude00" };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *access = g_strdup_printf ("{'access_token': '%s'}", tokens[i]);
      g_autofree char *refresh =
        g_strdup_printf ("{'access_token': 'a', 'refresh_token': '%s'}", tokens[i]);

      assert_refused (context, CODE, 200, access, LANYARD_ERROR_PROTOCOL);
      assert_refused (context, REFRESH, 200, refresh, LANYARD_ERROR_PROTOCOL);
    }
}

static void
test_token_type (void)
{
  static const char *const good[] = { "bearer", "Bearer", "BEARER", "bEaReR" };
  static const char *const bad[] = { "mac", "DPoP", "N_A", "bearer ", "bearer token", "\\u202e" };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardOutcome) missing = NULL;
  g_autoptr (LanyardOutcome) wrong_type = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{'access_token': 't0ken', 'token_type': '%s'}", bad[i]);

      assert_refused (context, CODE, 200, body, LANYARD_ERROR_PROTOCOL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{'access_token': 'a', 'token_type': '%s'}", good[i]);
      g_autoptr (LanyardOutcome) outcome = read_good (context, CODE, body);

      g_assert_cmpstr (get_text (outcome, "access_token"), ==, "a");
    }

  missing = read_good (context, CODE, "{'access_token': 'a'}");
  wrong_type = read_good (context, CODE, "{'access_token': 'a', 'token_type': null}");
}

/* Where the provider's data says how a token is used, its type is the provider's own (quirk R8). */
static void
test_token_type_of_data (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("'use': {'header': {'name': 'Authorization', 'value': 'Bearer {access_token}'}}");
  g_autoptr (LanyardOutcome) outcome =
    read_good (context, CODE, "{'access_token': 'a', 'token_type': 'User Access Token'}");

  g_assert_cmpstr (get_text (outcome, "access_token"), ==, "a");
}

static void
test_expires_in (void)
{
  static const struct
  {
    const char *value;
    gint64 expires_at;
  } cases[] = {
    { "3600", NOW + 3600 },
    { "'3600'", NOW + 3600 },
    { "3600.9", NOW + 3600 },
    { "1", NOW + 1 },
    { "0", 0 },
    { "'0'", 0 },
    { "-1", 0 },
    { "-9223372036854775808", 0 },
    { "9223372036854775807", 0 },
    { "99999999999999999999", 0 },
    { "1e300", 0 },
    { "-1e300", 0 },
    { "'soon'", 0 },
    { "''", 0 },
    { "null", 0 },
    { "true", 0 },
    { "[3600]", 0 },
    { "315360001", 0 },
  };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{'access_token': 'a', 'expires_in': %s}", cases[i].value);
      g_autoptr (LanyardOutcome) outcome = read_good (context, CODE, body);

      g_assert_cmpint (lanyard_credentials_get_expires_at (outcome->credentials), ==,
                       cases[i].expires_at);
    }
}

static void
test_no_expires_in (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardAuthContext) with_default =
    new_context ("'response': {'expires': {'default': 600}}");
  g_autoptr (LanyardOutcome) outcome = read_good (context, REFRESH, "{'access_token': 'a'}");
  g_autoptr (LanyardOutcome) other = read_good (with_default, REFRESH, "{'access_token': 'a'}");

  g_assert_cmpint (lanyard_credentials_get_expires_at (outcome->credentials), ==, 0);
  g_assert_cmpint (lanyard_credentials_get_expires_at (other->credentials), ==, NOW + 600);
}

static void
assert_granted (LanyardAuthContext *context,
                LanyardOAuth2Exchange exchange,
                const char *json,
                const char *expected)
{
  g_autoptr (LanyardOutcome) outcome = read_good (context, exchange, json);
  g_autofree char *joined =
    outcome->granted_scopes != NULL ? g_strjoinv ("|", outcome->granted_scopes) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_scope (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardAuthContext) commas = new_context ("'response': {'scope_separator': ','}");

  assert_granted (context, CODE, "{'access_token': 'a'}", "mail.read|mail.send");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': null}", "mail.read|mail.send");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': 7}", "mail.read|mail.send");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': 'mail.read'}", "mail.read");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': ' b  a '}", "b|a");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': 'a b a'}", "a|b");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': ['x', 7, 'y']}", "x|y");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': ['x y', 'z']}", "x y|z");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': ''}", "");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': []}", "");
  assert_granted (commas, CODE, "{'access_token': 'a', 'scope': 'x,y, z'}", "x|y|z");
  /* After a refresh, silence means that nothing changed. */
  assert_granted (context, REFRESH, "{'access_token': 'a'}", NULL);
  assert_granted (context, REFRESH, "{'access_token': 'a', 'scope': 'mail.read'}", "mail.read");
}

/* Whatever a server grants is stored and shown. */
static void
test_scope_hostile (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autofree char *long_scope = g_strnfill (2000, 's');
  g_autofree char *long_body =
    g_strdup_printf ("{'access_token': 'a', 'scope': ['ok', '%s']}", long_scope);
  g_autoptr (GString) many = g_string_new ("{'access_token': 'a', 'scope': '");
  g_autoptr (LanyardOutcome) outcome = NULL;

  assert_granted (
    context, CODE,
    "{'access_token': 'a', 'scope': ['ok', '', '  ', 'a\\nb', '\\u202ec', 'd\\u0085']}", "ok");
  assert_granted (context, CODE, "{'access_token': 'a', 'scope': 'ok a\\nb\\u001b'}", "ok");
  assert_granted (context, CODE, long_body, "ok");

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (many, "s%u ", i);
  g_string_append (many, "'}");
  outcome = read_good (context, CODE, many->str);
  g_assert_cmpuint (g_strv_length (outcome->granted_scopes), <=, 1000);
  g_assert_cmpstr (outcome->granted_scopes[0], ==, "s0");
}

static void
test_refresh_token (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardOutcome) kept = read_good (context, REFRESH, "{'access_token': 'a'}");
  g_autoptr (LanyardOutcome) empty =
    read_good (context, REFRESH, "{'access_token': 'a', 'refresh_token': ''}");
  g_autoptr (LanyardOutcome) wrong_type =
    read_good (context, REFRESH, "{'access_token': 'a', 'refresh_token': false}");
  g_autoptr (LanyardOutcome) rotated =
    read_good (context, REFRESH, "{'access_token': 'a', 'refresh_token': 'new'}");

  g_assert_cmpstr (get_text (kept, "refresh_token"), ==, "r3fresh");
  g_assert_cmpstr (get_text (empty, "refresh_token"), ==, "r3fresh");
  g_assert_cmpstr (get_text (wrong_type, "refresh_token"), ==, "r3fresh");
  g_assert_cmpstr (get_text (rotated, "refresh_token"), ==, "new");
  g_assert_true (kept->renewable);
  g_assert_true (rotated->renewable);
  g_assert_cmpstr (get_text (rotated, "access_token"), ==, "a");
  g_assert_cmpstr (get_text (rotated, "client_secret"), ==, "s3cret");
  /* What the flow was given stays as it was. */
  g_assert_cmpstr (
    lanyard_credentials_get_text (lanyard_auth_context_get_credentials (context), "access_token"),
    ==, "old");
}

/* The tokens of an earlier sign-in, maybe of somebody else, end with a new one. */
static void
test_new_sign_in (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardOutcome) outcome = read_good (context, CODE, "{'access_token': 'a'}");

  g_assert_null (get_text (outcome, "refresh_token"));
  g_assert_null (get_text (outcome, "id_token"));
  g_assert_null (get_text (outcome, "token_type"));
  g_assert_false (outcome->renewable);
  g_assert_cmpstr (get_text (outcome, "client_secret"), ==, "s3cret");
}

static void
test_unknown_members (void)
{
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardOutcome) outcome =
    read_good (context, CODE,
               "{'ext_expires_in': 1, 'x': {'y': [1, {'z': null}]}, 'access_token': 'a',"
               " 'token_type': 'bearer', 'client_secret': 'theirs', 'id_token': 'i.d.t'}");

  g_assert_cmpstr (get_text (outcome, "access_token"), ==, "a");
  g_assert_cmpstr (get_text (outcome, "client_secret"), ==, "s3cret");
  g_assert_cmpstr (get_text (outcome, "id_token"), ==, "i.d.t");
}

static void
test_errors (void)
{
  static const struct
  {
    LanyardOAuth2Exchange exchange;
    guint status;
    const char *body;
    LanyardError code;
  } cases[] = {
    { REFRESH, 400, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { REFRESH, 401, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { REFRESH, 403, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { REFRESH, 200, "{'error': 'invalid_grant'}", LANYARD_ERROR_NOT_AUTHORIZED },
    { REFRESH, 400, "", LANYARD_ERROR_NOT_AUTHORIZED },
    { CODE, 400, "{'error': 'invalid_grant', 'error_description': 'Code was used'}",
      LANYARD_ERROR_NOT_AUTHORIZED },
    { CODE, 400, "", LANYARD_ERROR_PROVIDER },
    { REFRESH, 400, "{'error': 'invalid_client'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 401, "{'error': 'invalid_client'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 400, "{'error': 'Invalid_Grant'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 400, "{'error': 'unsupported_grant_type'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 400, "{'error_description': 'invalid_grant'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 400, "{}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 401, "", LANYARD_ERROR_PROVIDER },
    { REFRESH, 403, "", LANYARD_ERROR_PROVIDER },
    { REFRESH, 403, "{'error': 'access_denied'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 404, "", LANYARD_ERROR_PROVIDER },
    { REFRESH, 301, "", LANYARD_ERROR_PROVIDER },
    { REFRESH, 307, "{'access_token': 't0ken'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 400, "{'access_token': 't0ken'}", LANYARD_ERROR_PROVIDER },
    { REFRESH, 408, "", LANYARD_ERROR_UNAVAILABLE },
    { REFRESH, 429, "{'error': 'invalid_grant'}", LANYARD_ERROR_UNAVAILABLE },
    { REFRESH, 500, "{'error': 'invalid_grant'}", LANYARD_ERROR_UNAVAILABLE },
    { REFRESH, 503, "", LANYARD_ERROR_UNAVAILABLE },
    { REFRESH, 503, "{'access_token': 't0ken'}", LANYARD_ERROR_UNAVAILABLE },
    { REFRESH, 400, "{'error': 'x', 'error_description': 's3cret is wrong'}",
      LANYARD_ERROR_PROVIDER },
    { CODE, 400, "{'error': 'invalid_grant', 'error_description': 's3cret'}",
      LANYARD_ERROR_NOT_AUTHORIZED },
  };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);
  g_autoptr (LanyardResponse) page = lanyard_response_new (400, "text/html", "<p>Blocked", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (context, cases[i].exchange, cases[i].status, cases[i].body, cases[i].code);

  /* A proxy's page says nothing about the grant. */
  assert_response_refused (context, REFRESH, page, LANYARD_ERROR_PROVIDER);
}

static void
test_any_success (void)
{
  static const guint statuses[] = { 200, 201, 203, 299 };
  g_autoptr (LanyardAuthContext) context = new_context (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardOutcome) outcome =
        read_json (context, CODE, statuses[i], "{'access_token': 'a'}", &error);

      g_assert_no_error (error);
      g_assert_nonnull (outcome);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-response/malformed", test_malformed);
  g_test_add_func ("/auth/oauth2-response/huge-and-deep", test_huge_and_deep);
  g_test_add_func ("/auth/oauth2-response/web-page", test_web_page);
  g_test_add_func ("/auth/oauth2-response/rfc6749-23-token-characters", test_token_characters);
  g_test_add_func ("/auth/oauth2-response/rfc6749-17-errors", test_errors);
  g_test_add_func ("/auth/oauth2-response/rfc6749-14-token-type", test_token_type);
  g_test_add_func ("/auth/oauth2-response/token-type-of-data", test_token_type_of_data);
  g_test_add_func ("/auth/oauth2-response/expires-in", test_expires_in);
  g_test_add_func ("/auth/oauth2-response/rfc6749-15-no-expires-in", test_no_expires_in);
  g_test_add_func ("/auth/oauth2-response/rfc6749-16-scope", test_scope);
  g_test_add_func ("/auth/oauth2-response/rfc6749-23-scope-hostile", test_scope_hostile);
  g_test_add_func ("/auth/oauth2-response/rfc6749-18-refresh-token", test_refresh_token);
  g_test_add_func ("/auth/oauth2-response/new-sign-in", test_new_sign_in);
  g_test_add_func ("/auth/oauth2-response/rfc6749-10-unknown-members", test_unknown_members);
  g_test_add_func ("/auth/oauth2-response/any-success", test_any_success);

  return g_test_run ();
}
