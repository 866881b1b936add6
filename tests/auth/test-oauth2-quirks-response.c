/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Token answers that are not quite like the standard's, as providers' data describes them (R1 to
 * R14). */

#include "config.h"

#include "lanyard-test-quirk.h"

#include "lanyard-encoding.h"

#include <string.h>

static LanyardQuirk *
exchange (const char *response)
{
  g_autofree char *method =
    response != NULL ? g_strdup_printf ("'response': {%s}", response) : NULL;

  return lanyard_quirk_exchange (method, "scopes=files+mail.read", "client_secret=hush");
}

static LanyardQuirk *
answer (const char *response, guint status, const char *json)
{
  LanyardQuirk *quirk = exchange (response);

  g_test_message ("%s", json);
  lanyard_quirk_answer (quirk, status, json);
  return quirk;
}

static void
assert_refused (const char *response,
                guint status,
                const char *json,
                LanyardError code,
                const char *words)
{
  g_autoptr (LanyardQuirk) quirk = answer (response, status, json);

  lanyard_quirk_assert_failed (quirk, code, words);
}

static void
assert_expires (const char *response, const char *json, gint64 lifetime)
{
  g_autoptr (LanyardQuirk) quirk = answer (response, 200, json);

  lanyard_quirk_assert_expires (quirk, lifetime);
}

static void
assert_scopes (const char *response, const char *json, const char *expected)
{
  g_autoptr (LanyardQuirk) quirk = answer (response, 200, json);

  lanyard_quirk_assert_scopes (quirk, expected);
}

static void
test_r1_other_formats (void)
{
  static const struct
  {
    const char *response;
    const char *type;
    const char *body;
  } bodies[] = {
    { NULL, "application/x-www-form-urlencoded", "access_token=t%2Bk&expires_in=60" },
    { NULL, "text/plain", "access_token=t%2Bk&expires_in=60" },
    { NULL, NULL, "access_token=t%2Bk&expires_in=60" },
    { "'format': 'form'", "text/html", "x=1&access_token=t%2Bk&expires_in=60" },
    { NULL, "text/html", "{\"access_token\":\"t+k\",\"expires_in\":60}" },
    { NULL, "text/javascript", "callback( {\"access_token\":\"t+k\",\"expires_in\":60} );\n" },
    { "'format': 'jsonp'", NULL, "cb({\"access_token\":\"t+k\",\"expires_in\":60})" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LanyardQuirk) quirk = exchange (bodies[i].response);

      g_test_message ("%s", bodies[i].body);
      lanyard_quirk_answer_as (quirk, 200, bodies[i].type, bodies[i].body);
      lanyard_quirk_assert_credential (quirk, "access_token", "t+k");
      lanyard_quirk_assert_expires (quirk, 60);
    }
}

static void
test_r1_not_that_format (void)
{
  static const char *const bodies[] = { "callback(", "callback({\"access_token\":\"t\"}", "()",
                                        ")(", "a=1&a=2" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LanyardQuirk) quirk = exchange ("'format': 'jsonp'");

      lanyard_quirk_answer_as (quirk, 200, "text/javascript", bodies[i]);
      lanyard_quirk_assert_failed (quirk, LANYARD_ERROR_PROTOCOL, "not a token");
    }
}

/* XML is not read: the README says so, and so does the error. */
static void
test_r2_xml (void)
{
  g_autoptr (LanyardQuirk) quirk = exchange (NULL);

  lanyard_quirk_answer_as (quirk, 200, "application/xml",
                           "<Access_Token><Token>t</Token></Access_Token>");
  lanyard_quirk_assert_failed (quirk, LANYARD_ERROR_PROTOCOL, "not a token");
}

static void
test_r3_nested (void)
{
  g_autoptr (LanyardQuirk) root =
    answer ("'root': 'body.data'", 200,
            "{'status': 0, 'body': {'data': {'access_token': 'a', 'refresh_token': 'r'}}}");
  g_autoptr (LanyardQuirk) list = answer ("'root': '0'", 200, "[{'access_token': 'a'}]");
  g_autoptr (LanyardQuirk) paths =
    answer ("'map': {'access_token': ['user.token', 'tokens.1.value']}", 200,
            "{'tokens': [{'value': 'no'}, {'value': 'a'}]}");

  lanyard_quirk_assert_credential (root, "access_token", "a");
  lanyard_quirk_assert_credential (root, "refresh_token", "r");
  lanyard_quirk_assert_credential (list, "access_token", "a");
  lanyard_quirk_assert_credential (paths, "access_token", "a");

  assert_refused ("'map': {'access_token': 'tokens.7.value'}", 200, "{'tokens': [{'value': 'no'}]}",
                  LANYARD_ERROR_PROTOCOL, "without a token");
}

static void
test_r4_renamed (void)
{
  g_autoptr (LanyardQuirk) quirk =
    answer ("'map': {'access_token': 'token', 'refresh_token': 'refreshToken'}", 200,
            "{'token': 'a', 'refreshToken': 'r', 'access_token': 7}");

  lanyard_quirk_assert_credential (quirk, "access_token", "a");
  lanyard_quirk_assert_credential (quirk, "refresh_token", "r");
}

static void
test_r5_lifetime_as_text (void)
{
  assert_expires (NULL, "{'access_token': 'a', 'expires_in': '600'}", 600);
  assert_expires (NULL, "{'access_token': 'a', 'expires_in': 600.9}", 600);
  assert_expires (NULL, "{'access_token': 'a', 'expires_in': 'soon'}", 0);
}

static void
test_r6_other_expiry (void)
{
  g_autofree char *payload =
    g_strdup_printf ("{\"exp\":%" G_GINT64_FORMAT "}", LANYARD_TEST_NOW + 70);
  g_autofree char *encoded = lanyard_base64url_encode (payload, strlen (payload));
  g_autofree char *jwt =
    g_strdup_printf ("{'access_token': 'eyJhbGciOiJIUzI1NiJ9.%s.c2ln'}", encoded);

  assert_expires ("'expires': {'path': 'expires'}", "{'access_token': 'a', 'expires': 60}", 60);
  assert_expires ("'expires': {'path': 'ms', 'unit': 'ms'}", "{'access_token': 'a', 'ms': 60000}",
                  60);
  assert_expires ("'expires': {'unit': 'min'}", "{'access_token': 'a', 'expires_in': 2}", 120);
  assert_expires ("'expires': {'path': 'expires_at', 'kind': 'at'}",
                  "{'access_token': 'a', 'expires_at': '1767225700'}", 100);
  assert_expires ("'expires': {'path': 'e', 'kind': 'at', 'unit': 'ms'}",
                  "{'access_token': 'a', 'e': 1767225700999}", 100);
  assert_expires ("'expires': {'path': 'e', 'kind': 'iso'}",
                  "{'access_token': 'a', 'e': '2026-01-01T01:01:00+01:00'}", 60);
  assert_expires ("'expires': {'path': 'e', 'kind': 'iso', 'default': 30}",
                  "{'access_token': 'a', 'e': 'tomorrow'}", 30);
  assert_expires ("'expires': {'kind': 'jwt'}", jwt, 70);
  assert_expires ("'expires': {'kind': 'jwt', 'default': 30}", "{'access_token': 'opaque'}", 30);
  assert_expires ("'expires': {'default': 1800}", "{'access_token': 'a'}", 1800);
  /* Over already, or nonsense: unknown. */
  assert_expires ("'expires': {'path': 'e', 'kind': 'at'}", "{'access_token': 'a', 'e': 7}", 0);
  assert_expires (NULL, "{'access_token': 'a', 'expires_in': 9223372036854775807}", 0);
}

static void
test_r7_zero_is_never (void)
{
  assert_expires ("'expires': {'zero_is_never': true, 'default': 60}",
                  "{'access_token': 'a', 'expires_in': 0}", 0);
  assert_expires ("'expires': {'default': 60}", "{'access_token': 'a', 'expires_in': 0}", 60);
}

static void
test_r8_token_type (void)
{
  g_autoptr (LanyardQuirk) missing = answer (NULL, 200, "{'access_token': 'a'}");
  g_autoptr (LanyardQuirk) lower =
    answer (NULL, 200, "{'access_token': 'a', 'token_type': 'bEaReR'}");
  g_autoptr (LanyardQuirk) odd = lanyard_quirk_exchange (
    "'use': {'header': {'name': 'Authorization', 'value': 'Bearer {access_token}'}}", NULL, NULL);

  lanyard_quirk_assert_credential (missing, "access_token", "a");
  lanyard_quirk_assert_credential (lower, "access_token", "a");
  lanyard_quirk_answer (odd, 200, "{'access_token': 'a', 'token_type': 'User Access Token'}");
  lanyard_quirk_assert_credential (odd, "access_token", "a");

  assert_refused (NULL, 200, "{'access_token': 'a', 'token_type': 'mac'}", LANYARD_ERROR_PROTOCOL,
                  "mac");
}

static void
test_r9_error_in_success (void)
{
  g_autoptr (LanyardQuirk) good =
    answer ("'ok_when': {'status': '0'}, 'error_when': {'errcode': '!0'}", 200,
            "{'status': 0, 'errcode': 0, 'access_token': 'a'}");

  lanyard_quirk_assert_credential (good, "access_token", "a");
  assert_refused ("'ok_when': {'ok': 'true'}, 'error': 'error'", 200,
                  "{'ok': false, 'error': 'bad_code', 'access_token': 'a'}", LANYARD_ERROR_PROVIDER,
                  "bad_code");
  assert_refused ("'ok_when': {'ok': 'true'}", 200, "{'access_token': 'a'}", LANYARD_ERROR_PROVIDER,
                  "refused");
  assert_refused ("'error_when': {'errcode': '!0'}, 'error': 'errcode', 'error_text': 'errmsg'",
                  200, "{'errcode': 40029, 'errmsg': 'invalid code'}", LANYARD_ERROR_PROVIDER,
                  "invalid code");
  assert_refused ("'error_when': {'failure': '*'}", 200,
                  "{'failure': {'why': 1}, 'access_token': 'a'}", LANYARD_ERROR_PROVIDER,
                  "refused");
  assert_refused (NULL, 200, "{'error': 'bad_verification_code'}", LANYARD_ERROR_PROVIDER,
                  "bad_verification_code");
}

static void
test_r10_error_shapes (void)
{
  assert_refused ("'error': 'error.code', 'error_text': 'error.message'", 400,
                  "{'error': {'code': 190, 'message': 'Invalid app'}}", LANYARD_ERROR_PROVIDER,
                  "Invalid app");
  assert_refused ("'error': 'errors.0.errorType', 'error_text': ['errors.0.text', 'text']", 400,
                  "{'errors': [{'errorType': 'invalid_client', 'text': 'No'}]}",
                  LANYARD_ERROR_PROVIDER, "check client ID");
  assert_refused ("'error': 'sub_error', 'error_map': {'20155': 'invalid_grant'}", 400,
                  "{'error': 1101, 'sub_error': 20155}", LANYARD_ERROR_NOT_AUTHORIZED,
                  "invalid_grant");
  /* What a server says is quoted and cut, and never a secret. */
  assert_refused (NULL, 400, "{'error': 'x\\u202ey\\n', 'error_description': '<b>hush</b>'}",
                  LANYARD_ERROR_PROVIDER, "x y");
}

static void
test_r11_scope_shapes (void)
{
  assert_scopes (NULL, "{'access_token': 'a', 'scope': ['x', 'y']}", "x y");
  assert_scopes ("'map': {'scope': 'scopes'}", "{'access_token': 'a', 'scopes': 'x y'}", "x y");
  assert_scopes ("'scope_separator': ','", "{'access_token': 'a', 'scope': 'x,y'}", "x y");
  assert_scopes (NULL, "{'access_token': 'a', 'scope': null}", "files mail.read");
  assert_scopes (NULL, "{'access_token': 'a', 'scope': 'files'}", "files");
}

static void
test_r12_captured (void)
{
  const char *response =
    "'capture': {'instance_url': 'instance_url', 'team': ['team.id', 'bot.team']},"
    " 'allow': {'instance_url': 'https://[a-z0-9.-]+[.]my[.]example'}";
  g_autoptr (LanyardQuirk) quirk =
    answer (response, 200,
            "{'access_token': 'a', 'instance_url': 'https://eu1.my.example',"
            " 'team': {'id': 4711}}");

  lanyard_quirk_assert_credential (quirk, "instance_url", "https://eu1.my.example");
  lanyard_quirk_assert_credential (quirk, "team", "4711");

  assert_refused (response, 200, "{'access_token': 'a', 'instance_url': 'https://evil.example'}",
                  LANYARD_ERROR_PROTOCOL, "instance_url");
  assert_refused (response, 200, "{'access_token': 'a', 'team': {'id': 'a\\r\\nX: y'}}",
                  LANYARD_ERROR_PROTOCOL, "team");
}

static void
test_r13_wrong_types (void)
{
  g_autoptr (LanyardQuirk) quirk =
    answer (NULL, 200,
            "{'access_token': 'a', 'id_token': false, 'refresh_token': null, 'scope': null,"
            " 'expires_in': null, 'token_type': 7}");

  lanyard_quirk_assert_credential (quirk, "access_token", "a");
  lanyard_quirk_assert_credential (quirk, "id_token", NULL);
  lanyard_quirk_assert_credential (quirk, "refresh_token", NULL);
  lanyard_quirk_assert_expires (quirk, 0);

  assert_refused (NULL, 200, "{'access_token': {'token': 'a'}}", LANYARD_ERROR_PROTOCOL,
                  "without a token");
}

static void
test_r14_created (void)
{
  g_autoptr (LanyardQuirk) quirk = answer (NULL, 201, "{'access_token': 'a'}");

  lanyard_quirk_assert_credential (quirk, "access_token", "a");
  assert_refused (NULL, 302, "{'access_token': 'a'}", LANYARD_ERROR_PROVIDER, "refused");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth2/quirk/r1-other-formats", test_r1_other_formats);
  g_test_add_func ("/oauth2/quirk/r1-not-that-format", test_r1_not_that_format);
  g_test_add_func ("/oauth2/quirk/r2-xml", test_r2_xml);
  g_test_add_func ("/oauth2/quirk/r3-nested", test_r3_nested);
  g_test_add_func ("/oauth2/quirk/r4-renamed", test_r4_renamed);
  g_test_add_func ("/oauth2/quirk/r5-lifetime-as-text", test_r5_lifetime_as_text);
  g_test_add_func ("/oauth2/quirk/r6-other-expiry", test_r6_other_expiry);
  g_test_add_func ("/oauth2/quirk/r7-zero-is-never", test_r7_zero_is_never);
  g_test_add_func ("/oauth2/quirk/r8-token-type", test_r8_token_type);
  g_test_add_func ("/oauth2/quirk/r9-error-in-success", test_r9_error_in_success);
  g_test_add_func ("/oauth2/quirk/r10-error-shapes", test_r10_error_shapes);
  g_test_add_func ("/oauth2/quirk/r11-scope-shapes", test_r11_scope_shapes);
  g_test_add_func ("/oauth2/quirk/r12-captured", test_r12_captured);
  g_test_add_func ("/oauth2/quirk/r13-wrong-types", test_r13_wrong_types);
  g_test_add_func ("/oauth2/quirk/r14-created", test_r14_created);

  return g_test_run ();
}
