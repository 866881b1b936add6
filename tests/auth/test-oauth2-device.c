/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The device authorization grant (RFC 8628), and what providers do differently (quirk F13). */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-auth-types.h"
#include "lanyard-device-grant.h"
#include "lanyard-error.h"

#include <string.h>

#define ENDPOINT "https://id.example.org/device"
#define OFFERED "'device': {'url': '" ENDPOINT "'}"
#define ONLY "'grant': 'device', " OFFERED
/* V-10: the example of RFC 8628 section 3.2. */
#define CODES \
  "'device_code': 'GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS', 'user_code': 'WDJB-MJHT',"
#define PAGE                                          \
  "'verification_uri': 'https://example.com/device'," \
  "'verification_uri_complete': 'https://example.com/device?user_code=WDJB-MJHT',"
#define ANSWER "{" CODES PAGE "'expires_in': 1800, 'interval': 5}"
#define TOKENS "{'access_token': 'a', 'token_type': 'Bearer', 'refresh_token': 'r'}"

/* One sign-in, with a clock. */
typedef struct
{
  LanyardFlow *flow;
  LanyardStep *step;
  gint64 now;
} Device;

static void
take (Device *self, LanyardStep *step)
{
  g_clear_pointer (&self->step, lanyard_step_free);
  self->step = step;
}

static Device *
begin (const char *method, const char *settings, const char *credentials)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, settings, credentials);
  g_autoptr (GError) error = NULL;
  Device *self = g_new0 (Device, 1);

  self->now = LANYARD_TEST_NOW;
  self->flow = lanyard_auth_type_authorize (lanyard_auth_types_lookup ("oauth2"), context,
                                            LANYARD_DEVICE, &error);
  g_assert_no_error (error);
  take (self, lanyard_flow_begin (self->flow, self->now));
  return self;
}

static void
device_free (Device *self)
{
  lanyard_step_free (self->step);
  g_assert_finalize_object (self->flow);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Device, device_free)

static void
answer (Device *self, guint status, const char *json)
{
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (status, json);

  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_REQUEST);
  take (self, lanyard_flow_feed_response (self->flow, response, self->now));
}

/* The network fails instead. */
static void
lose (Device *self, LanyardError code)
{
  g_autoptr (GError) error = g_error_new (LANYARD_ERROR, (int)code, "The line is cut");

  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_REQUEST);
  take (self, lanyard_flow_fail (self->flow, error));
}

/* Lets the time pass that the flow wants to pass, which is @seconds. */
static void
wait_for (Device *self, guint seconds)
{
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_WAIT);
  g_assert_cmpuint (self->step->seconds, ==, seconds);
  self->now += seconds;
  take (self, lanyard_flow_resume (self->flow, self->now));
}

/* Up to the first question. */
static Device *
begin_asking (const char *method, const char *json)
{
  Device *self = begin (method, NULL, NULL);

  answer (self, 200, json);
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_CODE);
  take (self, lanyard_flow_resume (self->flow, self->now));
  wait_for (self, 5);
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_REQUEST);
  return self;
}

static void
assert_failed (Device *self, LanyardError code, const char *words)
{
  g_assert_cmpint (self->step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (self->step->error, LANYARD_ERROR, (int)code);
  g_assert_nonnull (strstr (self->step->error->message, words));
  g_assert_null (strstr (self->step->error->message, "GmRhmhcx"));
  lanyard_test_assert_fit_to_show (self->step->error->message);
}

static void
assert_param (Device *self, const char *name, const char *expected)
{
  g_autoptr (LanyardParams) form = lanyard_test_parse_form (self->step->request);

  g_assert_cmpstr (lanyard_params_get (form, name), ==, expected);
}

/* An answer with codes that is refused, and why. */
static void
assert_refused (const char *json, const char *words)
{
  g_autoptr (Device) device = begin (OFFERED, NULL, NULL);

  answer (device, 200, json);
  assert_failed (device, LANYARD_ERROR_PROTOCOL, words);
}

static void
test_not_offered (void)
{
  g_autoptr (Device) device = begin (NULL, NULL, NULL);

  assert_failed (device, LANYARD_ERROR_INVALID, "Example");
}

static void
test_broken_answers (void)
{
  assert_refused ("[]", "code");
  assert_refused ("{}", "device code");
  assert_refused ("{'user_code': 'A', " PAGE "'expires_in': 1800}", "device code");
  assert_refused ("{'device_code': 'd', " PAGE "'expires_in': 1800}", "typed");
  assert_refused ("{" CODES "'expires_in': 1800}", "address");
  assert_refused ("{" CODES PAGE "'interval': 5}", "how long");
}

static void
test_hostile_times (void)
{
  assert_refused ("{" CODES PAGE "'expires_in': -1800}", "how long");
  assert_refused ("{" CODES PAGE "'expires_in': 0}", "how long");
  assert_refused ("{" CODES PAGE "'expires_in': 'never'}", "how long");
  assert_refused ("{" CODES PAGE "'expires_in': 1800, 'interval': 1800}", "over before");
  assert_refused ("{" CODES PAGE "'expires_in': 1800, 'interval': 9223372036854775807}",
                  "over before");
}

static void
test_hostile_codes (void)
{
  const char *const codes[] = { "",          "   ",       "A\\nB",    "\\u001b[31mA",
                                "A\\u202eB", "A\\u200bB", "A\\u2028B" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{'device_code': 'd', 'user_code': '%s', " PAGE "'expires_in': 1800}", codes[i]);

      assert_refused (json, "");
    }

  assert_refused ("{'device_code': 'd', 'user_code': "
                  "'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', " PAGE
                  "'expires_in': 1800}",
                  "typed");
}

static void
test_hostile_pages (void)
{
  const char *const uris[] = {
    "http://example.com/device",          "javascript:alert(1)",         "file:///etc/passwd",
    "https://user:password@example.com/", "https://example.com/\\u0007", "//example.com/device",
    "http://127.0.0.1:631/printers",      "https://localhost/device",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autofree char *page =
        g_strdup_printf ("{" CODES "'verification_uri': '%s', 'expires_in': 1800}", uris[i]);
      g_autofree char *complete = g_strdup_printf (
        "{" CODES "'verification_uri': 'https://example.com/', 'verification_uri_complete': '%s',"
        "'expires_in': 1800}",
        uris[i]);
      g_autoptr (Device) device = begin (OFFERED, NULL, NULL);

      assert_refused (page, "address");
      /* The other one is not needed. */
      answer (device, 200, complete);
      g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_CODE);
      g_assert_null (device->step->uri_complete);
    }
}

static void
test_request_refused (void)
{
  g_autoptr (Device) refused = begin (OFFERED, NULL, NULL);
  g_autoptr (Device) odd = begin (OFFERED, NULL, NULL);
  g_autoptr (Device) busy = begin (OFFERED, NULL, NULL);
  g_autoptr (Device) cut = begin (OFFERED, NULL, NULL);

  answer (refused, 401, "{'error': 'invalid_client'}");
  assert_failed (refused, LANYARD_ERROR_PROVIDER, "client ID");
  answer (odd, 200, "{'error': 'device_flow_disabled'}");
  assert_failed (odd, LANYARD_ERROR_PROVIDER, "device_flow_disabled");
  answer (busy, 503, "{}");
  assert_failed (busy, LANYARD_ERROR_UNAVAILABLE, "503");
  lose (cut, LANYARD_ERROR_NETWORK);
  assert_failed (cut, LANYARD_ERROR_NETWORK, "line");
}

static void
test_denied (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);

  answer (device, 400, "{'error': 'access_denied'}");
  assert_failed (device, LANYARD_ERROR_DENIED, "access_denied");
}

static void
test_expired_token (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);

  answer (device, 400, "{'error': 'expired_token'}");
  assert_failed (device, LANYARD_ERROR_NOT_AUTHORIZED, "in time");
}

static void
test_other_error_stops (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);
  g_autoptr (Device) grant = begin_asking (OFFERED, ANSWER);
  g_autoptr (Device) page = begin_asking (OFFERED, ANSWER);

  answer (device, 400, "{'error': 'invalid_request'}");
  assert_failed (device, LANYARD_ERROR_PROVIDER, "invalid_request");
  answer (grant, 400, "{'error': 'invalid_grant'}");
  assert_failed (grant, LANYARD_ERROR_NOT_AUTHORIZED, "invalid_grant");
  answer (page, 200, "{}");
  assert_failed (page, LANYARD_ERROR_PROTOCOL, "token");
}

/* RFC 8628 sections 3.1 to 3.5, with the values of the RFC. */
static void
test_whole_way (void)
{
  g_autoptr (Device) device = begin (OFFERED, "scopes=mail.read mail.send", NULL);

  g_assert_cmpstr (device->step->request->method, ==, "POST");
  g_assert_cmpstr (device->step->request->uri, ==, ENDPOINT);
  assert_param (device, "client_id", "app");
  assert_param (device, "scope", "mail.read mail.send");
  assert_param (device, "redirect_uri", NULL);
  assert_param (device, "code_challenge", NULL);

  answer (device, 200, ANSWER);
  g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_CODE);
  g_assert_cmpstr (device->step->user_code, ==, "WDJB-MJHT");
  g_assert_cmpstr (device->step->uri, ==, "https://example.com/device");
  g_assert_cmpstr (device->step->uri_complete, ==,
                   "https://example.com/device?user_code=WDJB-MJHT");
  g_assert_cmpint (device->step->expires_at, ==, LANYARD_TEST_NOW + 1800);

  take (device, lanyard_flow_resume (device->flow, device->now));
  wait_for (device, 5);
  g_assert_cmpstr (device->step->request->uri, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  assert_param (device, "grant_type", "urn:ietf:params:oauth:grant-type:device_code");
  assert_param (device, "device_code", "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS");
  assert_param (device, "client_id", "app");
  assert_param (device, "user_code", NULL);

  answer (device, 400, "{'error': 'authorization_pending'}");
  wait_for (device, 5);
  answer (device, 200, TOKENS);
  g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (
    lanyard_credentials_get_text (device->step->outcome->credentials, "access_token"), ==, "a");
  g_assert_null (lanyard_credentials_get (device->step->outcome->credentials, "device_code"));
  g_assert_null (lanyard_credentials_get (device->step->outcome->credentials, "user_code"));
  g_assert_true (device->step->outcome->renewable);
  g_assert_cmpstr (device->step->outcome->granted_scopes[0], ==, "mail.read");
}

static void
test_interval (void)
{
  g_autoptr (Device) absent = begin_asking (OFFERED, "{" CODES PAGE "'expires_in': 1800}");
  g_autoptr (Device) zero =
    begin_asking (OFFERED, "{" CODES PAGE "'expires_in': '1800', 'interval': 0}");
  g_autoptr (Device) negative =
    begin_asking (OFFERED, "{" CODES PAGE "'expires_in': 1800, 'interval': -5}");
  g_autoptr (Device) longer = begin (OFFERED, NULL, NULL);

  answer (longer, 200, "{" CODES PAGE "'expires_in': 1800, 'interval': '17'}");
  take (longer, lanyard_flow_resume (longer->flow, longer->now));
  wait_for (longer, 17);
}

/* For this and all later questions. */
static void
test_slow_down (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);

  answer (device, 400, "{'error': 'slow_down'}");
  wait_for (device, 10);
  answer (device, 400, "{'error': 'authorization_pending'}");
  wait_for (device, 10);
  answer (device, 400, "{'error': 'slow_down'}");
  wait_for (device, 15);
  /* A server that says how slow; it is not believed that less will do. */
  answer (device, 403, "{'error': 'slow_down', 'interval': 30}");
  wait_for (device, 30);
  answer (device, 403, "{'error': 'slow_down', 'interval': 1}");
  wait_for (device, 35);
  answer (device, 403, "{'error': 'slow_down', 'interval': 999999999999}");
  wait_for (device, 60);
}

static void
test_back_off (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);

  lose (device, LANYARD_ERROR_NETWORK);
  wait_for (device, 10);
  answer (device, 503, "busy");
  wait_for (device, 20);
  answer (device, 400, "{'error': 'authorization_pending'}");
  wait_for (device, 20);
  lose (device, LANYARD_ERROR_UNAVAILABLE);
  wait_for (device, 40);
  lose (device, LANYARD_ERROR_NETWORK);
  wait_for (device, 60);
  lose (device, LANYARD_ERROR_NETWORK);
  wait_for (device, 60);
  answer (device, 200, TOKENS);
  g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_DONE);
}

static void
test_untrusted_server_stops (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);

  lose (device, LANYARD_ERROR_TLS);
  assert_failed (device, LANYARD_ERROR_TLS, "line");
}

/* The last wait is cut, and the server is not asked for what is over. */
static void
test_expiry (void)
{
  g_autoptr (Device) device =
    begin_asking (OFFERED, "{" CODES PAGE "'expires_in': 12, 'interval': 5}");
  g_autoptr (Device) asleep = begin_asking (OFFERED, ANSWER);
  g_autoptr (Device) offline =
    begin_asking (OFFERED, "{" CODES PAGE "'expires_in': 9, 'interval': 5}");

  answer (device, 400, "{'error': 'authorization_pending'}");
  wait_for (device, 5);
  answer (device, 400, "{'error': 'authorization_pending'}");
  wait_for (device, 2);
  assert_failed (device, LANYARD_ERROR_NOT_AUTHORIZED, "in time");

  /* The machine slept meanwhile. */
  answer (asleep, 400, "{'error': 'authorization_pending'}");
  asleep->now += 7200;
  take (asleep, lanyard_flow_resume (asleep->flow, asleep->now));
  assert_failed (asleep, LANYARD_ERROR_NOT_AUTHORIZED, "in time");

  lose (offline, LANYARD_ERROR_NETWORK);
  wait_for (offline, 4);
  assert_failed (offline, LANYARD_ERROR_NETWORK, "line");
}

static void
test_longest (void)
{
  g_autoptr (Device) device = begin (OFFERED, NULL, NULL);

  answer (device, 200, "{" CODES PAGE "'expires_in': 9223372036854775807}");
  g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_CODE);
  g_assert_cmpint (device->step->expires_at, ==, LANYARD_TEST_NOW + 24 * 60 * 60);
}

/* One way of client authentication, and the client named in the body in any case. */
static void
test_client (void)
{
  g_autoptr (Device) basic = begin (OFFERED ", 'token': {'url': '" LANYARD_TEST_TOKEN_ENDPOINT
                                            "', 'auth': 'client_secret_basic'}",
                                    NULL, "client_secret=s3cret");
  g_autoptr (Device) post = begin (OFFERED ", 'token': {'url': '" LANYARD_TEST_TOKEN_ENDPOINT
                                           "', 'auth': 'client_secret_post'}",
                                   NULL, "client_secret=s3cret");
  g_autoptr (Device) none =
    begin ("'device': {'url': '" ENDPOINT "', 'auth': 'none'}", NULL, "client_secret=s3cret");

  assert_param (basic, "client_id", "app");
  assert_param (basic, "client_secret", NULL);
  g_assert_nonnull (lanyard_params_get (basic->step->request->headers, "Authorization"));
  assert_param (post, "client_id", "app");
  assert_param (post, "client_secret", "s3cret");
  g_assert_null (lanyard_params_get (post->step->request->headers, "Authorization"));
  assert_param (none, "client_id", "app");
  assert_param (none, "client_secret", NULL);
}

static void
test_own_params (void)
{
  g_autoptr (Device) device =
    begin (OFFERED, "authorization_params=audience%3Dx&resource=https://api.example.org", NULL);

  assert_param (device, "audience", "x");
  assert_param (device, "resource", "https://api.example.org");
}

static void
test_support (void)
{
  g_autoptr (LanyardAuthContext) none = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) offered = lanyard_test_context_new (OFFERED, NULL, NULL);
  g_autoptr (LanyardAuthContext) only = lanyard_test_context_new (ONLY, NULL, NULL);
  g_autoptr (LanyardAuthContext) entered = lanyard_test_context_new (
    NULL, "device_authorization_endpoint=https://id.example.org/own", NULL);
  g_autoptr (LanyardAuthContext) no_page =
    lanyard_test_context_new ("'custom': true, 'authorize': null",
                              "device_authorization_endpoint=https://id.example.org/own", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_device_grant_is_offered (none));
  g_assert_false (lanyard_device_grant_is_only_way (none));
  g_assert_true (lanyard_device_grant_is_offered (offered));
  g_assert_false (lanyard_device_grant_is_only_way (offered));
  g_assert_true (lanyard_device_grant_is_only_way (only));
  g_assert_true (lanyard_device_grant_is_offered (entered));
  g_assert_false (lanyard_device_grant_is_only_way (entered));
  g_assert_true (lanyard_device_grant_is_only_way (no_page));
  lanyard_auth_type_validate (lanyard_auth_types_lookup ("oauth2"), no_page, &error);
  g_assert_no_error (error);
}

static void
test_endpoint_checked (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    NULL, "device_authorization_endpoint=http://id.example.org/device", NULL);
  g_autoptr (GError) error = NULL;

  lanyard_auth_type_validate (lanyard_auth_types_lookup ("oauth2"), context, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* GitHub: HTTP 200 says that it is not yet. */
static void
test_f13_pending_with_200 (void)
{
  g_autoptr (Device) device = begin_asking (OFFERED, ANSWER);

  answer (device, 200, "{'error': 'authorization_pending'}");
  wait_for (device, 5);
  answer (device, 200, "{'error': 'slow_down', 'interval': 10}");
  wait_for (device, 10);
  answer (device, 200, TOKENS);
  g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_DONE);
}

/* Google: another name for the page, and HTTP 428. */
static void
test_f13_url (void)
{
  g_autoptr (Device) device =
    begin_asking (OFFERED, "{" CODES "'verification_url': 'https://example.com/d',"
                           "'expires_in': 1800, 'interval': 5}");

  answer (device, 428, "{'error': 'authorization_pending'}");
  wait_for (device, 5);
}

/* Huawei and Amazon: other names in the answer, an odd grant_type, and the user code sent again. */
static void
test_f13_renamed (void)
{
  g_autoptr (Device) device = begin_asking (
    "'grant': 'device', 'device': {'url': '" ENDPOINT "', 'grant_type': 'device_code',"
    " 'params': {'response_type': 'device_code'}, 'response': {'map': {'expires_in': 'expire_in',"
    " 'user_code': 'data.code', 'verification_uri': ['nope', 'data.page']}}},"
    " 'token': {'url': '" LANYARD_TEST_TOKEN_ENDPOINT "', 'params': {'user_code': '{user_code}'},"
    " 'response': {'error_map': {'1101': 'authorization_pending'}}}",
    "{'device_code': 'd3', 'data': {'code': 'ABCD', 'page': 'https://example.com/d'},"
    " 'expire_in': 300}");

  assert_param (device, "grant_type", "device_code");
  assert_param (device, "device_code", "d3");
  assert_param (device, "user_code", "ABCD");
  answer (device, 400, "{'error': 1101, 'sub_error': 20411}");
  wait_for (device, 5);
  answer (device, 400, "{'error': 1102}");
  assert_failed (device, LANYARD_ERROR_PROVIDER, "1102");
}

/* Where the data does not say so, another name is another thing. */
static void
test_f13_unknown_names (void)
{
  assert_refused ("{" CODES PAGE "'expire_in': 300}", "how long");
  assert_refused ("{'device_code': 'd', 'code': 'ABCD', " PAGE "'expires_in': 300}", "typed");
}

/* What is said of tokens is not said of codes. */
static void
test_f13_token_answers_differ (void)
{
  g_autoptr (Device) device =
    begin_asking (OFFERED ", 'response': {'root': 'data', 'map': {'expires_in': 'life'},"
                          " 'expires': {'path': 'ends', 'kind': 'at'}}",
                  ANSWER);

  answer (device, 200, "{'data': {'access_token': 'nested'}}");
  g_assert_cmpint (device->step->kind, ==, LANYARD_STEP_DONE);
}

static void
test_f13_minutes (void)
{
  g_autoptr (Device) device =
    begin ("'device': {'url': '" ENDPOINT "', 'names': {'scope': 'scopes'}, 'response': {'expires':"
           " {'path': 'minutes', 'unit': 'min'}}}",
           "scopes=mail.read", NULL);

  assert_param (device, "scopes", "mail.read");
  assert_param (device, "scope", NULL);
  answer (device, 200, "{" CODES PAGE "'minutes': 10}");
  g_assert_cmpint (device->step->expires_at, ==, LANYARD_TEST_NOW + 600);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add_func ("/auth/oauth2-device/" path, function)
  ADD ("not-offered", test_not_offered);
  ADD ("broken-answers", test_broken_answers);
  ADD ("hostile-times", test_hostile_times);
  ADD ("hostile-codes", test_hostile_codes);
  ADD ("hostile-pages", test_hostile_pages);
  ADD ("request-refused", test_request_refused);
  ADD ("denied", test_denied);
  ADD ("expired-token", test_expired_token);
  ADD ("other-error-stops", test_other_error_stops);
  ADD ("whole-way", test_whole_way);
  ADD ("interval", test_interval);
  ADD ("slow-down", test_slow_down);
  ADD ("back-off", test_back_off);
  ADD ("untrusted-server-stops", test_untrusted_server_stops);
  ADD ("expiry", test_expiry);
  ADD ("longest", test_longest);
  ADD ("client", test_client);
  ADD ("own-params", test_own_params);
  ADD ("support", test_support);
  ADD ("endpoint-checked", test_endpoint_checked);
  ADD ("f13-pending-with-200", test_f13_pending_with_200);
  ADD ("f13-url", test_f13_url);
  ADD ("f13-renamed", test_f13_renamed);
  ADD ("f13-unknown-names", test_f13_unknown_names);
  ADD ("f13-token-answers-differ", test_f13_token_answers_differ);
  ADD ("f13-minutes", test_f13_minutes);
#undef ADD

  return g_test_run ();
}
