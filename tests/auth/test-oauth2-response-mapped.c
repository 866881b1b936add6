/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Token answers that break the standard, read by what the provider's data says of them. */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-response.h"

#include "lanyard-error.h"

#define NOW LANYARD_TEST_NOW
#define CODE LANYARD_OAUTH2_EXCHANGE_CODE
#define REFRESH LANYARD_OAUTH2_EXCHANGE_REFRESH

#define SLACK                                                                         \
  "'response': {'ok_when': {'ok': 'true'}, 'error': 'error', 'scope_separator': ','," \
  " 'map': {'access_token': ['authed_user.access_token', 'access_token'],"            \
  " 'token_type': ['authed_user.token_type', 'token_type'],"                          \
  " 'expires_in': ['authed_user.expires_in', 'expires_in'],"                          \
  " 'refresh_token': ['authed_user.refresh_token', 'refresh_token'],"                 \
  " 'scope': ['authed_user.scope', 'scope']}},"                                       \
  "'use': {'header': {'name': 'Authorization', 'value': 'Bearer {access_token}'}}"

static void
assert_read (const char *method,
             const char *content_type,
             const char *body,
             const char *access_token,
             const char *refresh_token,
             gint64 lifetime,
             const char *granted)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, NULL, NULL);
  g_autofree char *text = lanyard_test_quote_json (body);
  g_autoptr (LanyardResponse) response = lanyard_response_new (200, content_type, text, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardOutcome) outcome =
    lanyard_oauth2_response_read_tokens (context, CODE, response, NOW, &error);
  g_autofree char *joined = NULL;

  g_test_message ("%s", body);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (outcome->credentials, "access_token"), ==,
                   access_token);
  g_assert_cmpstr (lanyard_credentials_get_text (outcome->credentials, "refresh_token"), ==,
                   refresh_token);
  g_assert_cmpint (lanyard_credentials_get_expires_at (outcome->credentials), ==,
                   lifetime != 0 ? NOW + lifetime : 0);
  joined = g_strjoinv ("|", outcome->granted_scopes);
  g_assert_cmpstr (joined, ==, granted);
}

static void
assert_refused (const char *method,
                LanyardOAuth2Exchange exchange,
                guint status,
                const char *body,
                LanyardError code,
                const char *words)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (method, NULL, "client_secret=s3cret");
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (status, body);
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", body);
  g_assert_null (lanyard_oauth2_response_read_tokens (context, exchange, response, NOW, &error));
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, "s3cret"));
}

static void
test_error_with_success_status (void)
{
  /* GitHub. */
  assert_refused (NULL, CODE, 200,
                  "{'error': 'bad_verification_code', 'error_description': 'The code is wrong'}",
                  LANYARD_ERROR_PROVIDER, "“The code is wrong”");
  /* Slack. */
  assert_refused (SLACK, CODE, 200, "{'ok': false, 'error': 'invalid_code'}",
                  LANYARD_ERROR_PROVIDER, "“invalid_code”");
  assert_refused (SLACK, CODE, 200,
                  "{'ok': false, 'error': 'x', 'authed_user': {'access_token': 'a'}}",
                  LANYARD_ERROR_PROVIDER, "“x”");
  assert_refused (SLACK, REFRESH, 200, "{'authed_user': {'access_token': 'a'}}",
                  LANYARD_ERROR_PROVIDER, "HTTP 200");
  assert_refused (SLACK, REFRESH, 200, "{'ok': 1, 'access_token': 'a'}", LANYARD_ERROR_PROVIDER,
                  "HTTP 200");
  assert_refused (SLACK, REFRESH, 200, "{'ok': false, 'error': 's3cret'}", LANYARD_ERROR_PROVIDER,
                  "HTTP 200");
  /* A number that stands for an error, as with WeChat. */
  assert_refused ("'response': {'error_when': {'errcode': '40029'}, 'error': 'errcode',"
                  " 'error_text': 'errmsg'}",
                  CODE, 200, "{'errcode': 40029, 'errmsg': 'invalid code', 'access_token': 'a'}",
                  LANYARD_ERROR_PROVIDER, "“invalid code”");
}

static void
test_conditions (void)
{
  static const char *const both = "'response': {'ok_when': {'ok': 'true', 'status': '0'}}";
  static const char *const any = "'response': {'error_when': {'a': '1', 'b.c': 'x'}}";

  assert_refused (both, CODE, 200, "{'access_token': 't', 'ok': true}", LANYARD_ERROR_PROVIDER,
                  "HTTP 200");
  assert_refused (both, CODE, 200, "{'access_token': 't', 'ok': true, 'status': 1}",
                  LANYARD_ERROR_PROVIDER, "HTTP 200");
  assert_read (both, "application/json", "{'access_token': 't', 'ok': true, 'status': 0}", "t",
               NULL, 0, "");
  assert_refused (any, CODE, 200, "{'access_token': 't', 'a': 1}", LANYARD_ERROR_PROVIDER,
                  "HTTP 200");
  assert_refused (any, CODE, 200, "{'access_token': 't', 'b': {'c': 'x'}}", LANYARD_ERROR_PROVIDER,
                  "HTTP 200");
  assert_read (any, "application/json", "{'access_token': 't', 'a': 2}", "t", NULL, 0, "");
}

static void
test_mapped_grant_error (void)
{
  assert_refused ("'response': {'error': 'error.type'}", REFRESH, 400,
                  "{'error': {'type': 'invalid_grant'}}", LANYARD_ERROR_NOT_AUTHORIZED,
                  "authorize it again");
  assert_refused ("'response': {'error': 'error.type'}", REFRESH, 400,
                  "{'error': {'type': 'other'}}", LANYARD_ERROR_PROVIDER, "“other”");
}

static void
test_form (void)
{
  assert_read (NULL, "application/x-www-form-urlencoded",
               "access_token=gho_1&scope=mail.read%2Cfiles&token_type=bearer&expires_in=60",
               "gho_1", NULL, 60, "mail.read,files");
  assert_read ("'response': {'scope_separator': ', '}", "application/x-www-form-urlencoded",
               "access_token=gho_1&scope=mail.read%2Cfiles&token_type=bearer", "gho_1", NULL, 0,
               "mail.read|files");
  assert_read (NULL, "text/plain", "access_token=t&refresh_token=r", "t", "r", 0, "");
}

static void
test_form_error (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardResponse) response =
    lanyard_response_new (200, "application/x-www-form-urlencoded",
                          "error=bad_verification_code&error_description=It+is+wrong", -1);
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_oauth2_response_read_tokens (context, CODE, response, NOW, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (error->message, "“It is wrong”"));
}

static void
test_nested (void)
{
  /* Withings. */
  assert_read ("'response': {'root': 'body', 'ok_when': {'status': '0'}}", "application/json",
               "{'status': 0, 'body': {'access_token': 't', 'refresh_token': 'r',"
               " 'expires_in': '10800', 'scope': 'user.info user.metrics'}}",
               "t", "r", 10800, "user.info|user.metrics");
  /* Where the root is not there, the answer is read as it is. */
  assert_read ("'response': {'root': 'body'}", "application/json", "{'access_token': 't'}", "t",
               NULL, 0, "");
  assert_refused ("'response': {'root': 'body', 'ok_when': {'status': '0'}}", CODE, 200,
                  "{'status': 503, 'error': 'Invalid params', 'body': {}}", LANYARD_ERROR_PROVIDER,
                  "“Invalid params”");
}

static void
test_renamed (void)
{
  assert_read (
    SLACK, "application/json",
    "{'ok': true, 'authed_user': {'id': 'U1', 'access_token': 'xoxp', 'expires_in': 43200,"
    " 'token_type': 'user', 'refresh_token': 'xoxe', 'scope': 'chat:write,files:read'}}",
    "xoxp", "xoxe", 43200, "chat:write|files:read");
  assert_read (SLACK, "application/json", "{'ok': true, 'access_token': 'xoxp'}", "xoxp", NULL, 0,
               "");
  assert_read ("'response': {'map': {'access_token': 'token', 'refresh_token': 'refreshToken',"
               " 'expires_in': 'ttl', 'scope': 'scopes'}}",
               "application/json",
               "{'token': 't', 'refreshToken': 'r', 'ttl': '60', 'scopes': ['a', 'b'],"
               " 'access_token': 'other', 'expires_in': 1}",
               "t", "r", 60, "a|b");
}

static void
test_renamed_type (void)
{
  assert_refused ("'response': {'map': {'token_type': 'kind'}}", CODE, 200,
                  "{'access_token': 't', 'kind': 'mac'}", LANYARD_ERROR_PROTOCOL, "“mac”");
  assert_read ("'response': {'map': {'token_type': 'kind'}}", "application/json",
               "{'access_token': 't', 'kind': 'Bearer', 'token_type': 'other'}", "t", NULL, 0, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-response-mapped/error-with-success-status",
                   test_error_with_success_status);
  g_test_add_func ("/auth/oauth2-response-mapped/conditions", test_conditions);
  g_test_add_func ("/auth/oauth2-response-mapped/mapped-grant-error", test_mapped_grant_error);
  g_test_add_func ("/auth/oauth2-response-mapped/form", test_form);
  g_test_add_func ("/auth/oauth2-response-mapped/form-error", test_form_error);
  g_test_add_func ("/auth/oauth2-response-mapped/nested", test_nested);
  g_test_add_func ("/auth/oauth2-response-mapped/renamed", test_renamed);
  g_test_add_func ("/auth/oauth2-response-mapped/renamed-type", test_renamed_type);

  return g_test_run ();
}
