/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What comes after the token and is not quite like the standard: renewal, further requests, use,
 * taking back (F1 to F18). */

#include "config.h"

#include "lanyard-test-quirk.h"

#include "lanyard-auth-type.h"
#include "lanyard-auth-types.h"

#include <string.h>

#define OLD "refresh_token=old&access_token=worn"
#define SERVICE "https://api.example.org/x"

static void
assert_not_renewable (const char *method, const char *credentials)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, NULL, credentials);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFlow) flow =
    lanyard_auth_type_refresh (lanyard_auth_types_lookup ("oauth2"), context, &error);

  g_assert_null (flow);
}

static void
test_f1_rotated (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_refresh ("'refresh': {'rotates': true}", NULL, OLD);

  lanyard_quirk_assert_param (quirk, "refresh_token", "old");
  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a', 'refresh_token': 'new'}");
  lanyard_quirk_assert_credential (quirk, "refresh_token", "new");
}

static void
test_f2_old_one_kept (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_refresh (NULL, NULL, OLD);

  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a'}");
  lanyard_quirk_assert_credential (quirk, "refresh_token", "old");
  lanyard_quirk_assert_credential (quirk, "access_token", "a");
}

static void
test_f3_own_endpoint (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_refresh (
    "'refresh': {'url': 'https://id.example.org/renew', 'method': 'PUT', 'body': 'json',"
    " 'auth': 'none', 'names': {'grant_type': null, 'refresh_token': 'refreshToken'},"
    " 'params': {'kind': 'again'}, 'response': {'root': 'data'}}",
    NULL, OLD);

  lanyard_quirk_assert_request (quirk, "PUT", "https://id.example.org/renew");
  lanyard_quirk_assert_param (quirk, "refreshToken", "old");
  lanyard_quirk_assert_param (quirk, "kind", "again");
  lanyard_quirk_assert_param (quirk, "grant_type", NULL);
  lanyard_quirk_answer (quirk, 200, "{'data': {'access_token': 'a'}}");
  lanyard_quirk_assert_credential (quirk, "access_token", "a");
}

static void
test_f4_with_access_token (void)
{
  const char *method =
    "'refresh': {'uses': 'access_token', 'method': 'GET', 'names': {'refresh_token':"
    " 'fb_exchange_token'}, 'params': {'grant_type': 'fb_exchange_token'}}";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_refresh (method, NULL, "access_token=worn");

  lanyard_quirk_assert_request (quirk, "GET", LANYARD_TEST_TOKEN_ENDPOINT);
  lanyard_quirk_assert_param (quirk, "fb_exchange_token", "worn");
  lanyard_quirk_assert_param (quirk, "grant_type", "fb_exchange_token");
  lanyard_quirk_answer (quirk, 200, "{'access_token': 'fresh'}");
  lanyard_quirk_assert_credential (quirk, "access_token", "fresh");
  g_assert_true (quirk->step->outcome->renewable);

  assert_not_renewable (method, "refresh_token=r");
}

static void
test_f5_no_refresh (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_exchange ("'refresh': {'none': true}", NULL, NULL);

  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a', 'refresh_token': 'r'}");
  g_assert_false (quirk->step->outcome->renewable);

  assert_not_renewable ("'refresh': {'none': true}", OLD);
  assert_not_renewable (NULL, "access_token=a");
}

static LanyardQuirk *
refresh_at (const char *method, gint64 left)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, NULL, OLD);
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  LanyardQuirk *quirk = g_new0 (LanyardQuirk, 1);

  lanyard_credentials_set_expires_at (credentials, LANYARD_TEST_NOW + left);
  quirk->context = lanyard_auth_context_with_credentials (context, credentials);
  quirk->flow =
    lanyard_auth_type_refresh (lanyard_auth_types_lookup ("oauth2"), quirk->context, NULL);
  quirk->step = lanyard_flow_begin (quirk->flow, LANYARD_TEST_NOW);
  return quirk;
}

static void
test_f6_not_too_early (void)
{
  g_autoptr (LanyardQuirk) early = refresh_at ("'refresh': {'not_before': 30}", 500);
  g_autoptr (LanyardQuirk) late = refresh_at ("'refresh': {'not_before': 30}", 20);
  g_autoptr (LanyardQuirk) usual = refresh_at (NULL, 500);

  /* Nothing is asked; the token is still good. */
  lanyard_quirk_assert_credential (early, "access_token", "worn");
  lanyard_quirk_assert_expires (early, 500);
  g_assert_true (early->step->outcome->renewable);
  lanyard_quirk_assert_param (late, "refresh_token", "old");
  lanyard_quirk_assert_param (usual, "refresh_token", "old");
}

static void
test_f7_refresh_token_ends (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_exchange (
    "'response': {'refresh_expires': {'path': 'x_refresh_token_expires_in'}}", NULL, NULL);
  g_autoptr (LanyardQuirk) over =
    lanyard_quirk_refresh (NULL, NULL, OLD "&refresh_expires_at=1767225600");
  g_autoptr (LanyardQuirk) good =
    lanyard_quirk_refresh (NULL, NULL, OLD "&refresh_expires_at=1767225601");

  lanyard_quirk_answer (
    quirk, 200, "{'access_token': 'a', 'refresh_token': 'r', 'x_refresh_token_expires_in': 100}");
  lanyard_quirk_assert_credential (quirk, "refresh_expires_at", "1767225700");
  lanyard_quirk_assert_failed (over, LANYARD_ERROR_NOT_AUTHORIZED, "authorize it again");
  lanyard_quirk_assert_param (good, "refresh_token", "old");
}

static void
test_f8_steps (void)
{
  const char *method =
    "'steps': [{'url': 'https://id.example.org/metadata', 'method': 'GET', 'when': 'sign_in',"
    "  'headers': {'Authorization': 'OAuth {access_token}'},"
    "  'response': {'capture': {'dc': '0.dc'}, 'allow': {'dc': '[a-z]+[0-9]+'}}},"
    " {'url': 'https://id.example.org/broken', 'optional': true},"
    " {'url': 'https://{dc}.api.example.org/login', 'body': 'json', 'auth': 'bearer',"
    "  'params': {'at': '{now}'},"
    "  'response': {'map': {'access_token': 'session'}, 'expires': {'default': 60}}}]";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_exchange (method, "scopes=files", NULL);

  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a', 'refresh_token': 'r'}");
  lanyard_quirk_assert_request (quirk, "GET", "https://id.example.org/metadata");
  lanyard_quirk_assert_header (quirk, "Authorization", "OAuth a");
  lanyard_quirk_answer (quirk, 200, "[{'dc': 'us6'}]");
  lanyard_quirk_assert_request (quirk, "POST", "https://id.example.org/broken");
  lanyard_quirk_assert_header (quirk, "Authorization", NULL);
  lanyard_quirk_answer (quirk, 403, "{'error': 'no'}");
  lanyard_quirk_assert_request (quirk, "POST", "https://us6.api.example.org/login");
  lanyard_quirk_assert_header (quirk, "Authorization", "Bearer a");
  lanyard_quirk_answer (quirk, 200, "{'session': 'BhRestToken'}");
  lanyard_quirk_assert_credential (quirk, "access_token", "BhRestToken");
  lanyard_quirk_assert_credential (quirk, "refresh_token", "r");
  lanyard_quirk_assert_credential (quirk, "dc", "us6");
  lanyard_quirk_assert_credential (quirk, "now", NULL);
  lanyard_quirk_assert_expires (quirk, 60);
  lanyard_quirk_assert_scopes (quirk, "files");
}

static void
test_f8_step_fails (void)
{
  const char *method = "'steps': [{'url': 'https://id.example.org/s',"
                       " 'response': {'capture': {'dc': 'dc'}, 'allow': {'dc': '[a-z]+'}}}]";
  g_autoptr (LanyardQuirk) refused = lanyard_quirk_exchange (method, NULL, NULL);
  g_autoptr (LanyardQuirk) hostile = lanyard_quirk_exchange (method, NULL, NULL);

  lanyard_quirk_answer (refused, 200, "{'access_token': 't0ken'}");
  lanyard_quirk_answer (refused, 403, "{'error': 'access_denied'}");
  lanyard_quirk_assert_failed (refused, LANYARD_ERROR_PROVIDER, "access_denied");

  lanyard_quirk_answer (hostile, 200, "{'access_token': 't0ken'}");
  lanyard_quirk_answer (hostile, 200, "{'dc': 'evil.example/'}");
  lanyard_quirk_assert_failed (hostile, LANYARD_ERROR_PROTOCOL, "dc");
}

/* Steps that are for a sign-in alone are not made again. */
static void
test_f8_steps_of_renewal (void)
{
  const char *method = "'steps': [{'url': 'https://id.example.org/once', 'when': 'sign_in'},"
                       " {'url': 'https://id.example.org/again', 'when': 'renewal'}]";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_refresh (method, NULL, OLD);

  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a'}");
  lanyard_quirk_assert_request (quirk, "POST", "https://id.example.org/again");
  lanyard_quirk_answer (quirk, 200, "{}");
  lanyard_quirk_assert_credential (quirk, "access_token", "a");
}

static void
assert_use (const char *use, const char *uri, const char *name, const char *value)
{
  g_autofree char *method = g_strdup_printf ("'use': {%s}", use);
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_exchange (method, NULL, NULL);
  g_autoptr (LanyardRequest) request = NULL;

  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a/b', 'openid': 'me'}");
  request = lanyard_quirk_use (quirk, SERVICE "?q=1");
  g_assert_cmpstr (request->uri, ==, uri);
  g_assert_cmpstr (lanyard_params_get_ignoring_case (request->headers, name), ==, value);
}

static void
test_f9_other_header (void)
{
  assert_use ("'header': {'name': 'X-Shopify-Access-Token', 'value': '{access_token}'}",
              SERVICE "?q=1", "X-Shopify-Access-Token", "a/b");
  assert_use ("'header': {'name': 'X-Auth-Token', 'value': '{access_token}'}", SERVICE "?q=1",
              "Authorization", NULL);
  assert_use ("'header': {'name': 'Authorization', 'value': 'Zoho-oauthtoken {access_token}'}",
              SERVICE "?q=1", "Authorization", "Zoho-oauthtoken a/b");
}

static void
test_f10_token_in_query (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new ("'use': {'query': {'q': '{access_token}'}}", NULL, OLD);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", SERVICE "?q=1");
  g_autoptr (GError) error = NULL;

  assert_use ("'query': {'oauth_token': '{access_token}'}", SERVICE "?q=1&oauth_token=a%2Fb",
              "Authorization", NULL);

  /* It would leave open which one counts. */
  g_assert_false (
    lanyard_auth_type_apply (lanyard_auth_types_lookup ("oauth2"), context, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_f11_companion_headers (void)
{
  assert_use ("'headers': {'Notion-Version': '2022-06-28', 'Client-Id': '{client_id}'}",
              SERVICE "?q=1", "Notion-Version", "2022-06-28");
  assert_use ("'headers': {'Client-Id': '{client_id}'}", SERVICE "?q=1", "Client-Id", "app");
  assert_use ("'headers': {'Client-Id': '{client_id}'}", SERVICE "?q=1", "Authorization",
              "Bearer a/b");
}

static void
test_f12_delete (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_revoke (
    "'revoke': {'method': 'DELETE', 'url': "
    "'https://api.example.org/applications/{client_id}/grant',"
    " 'auth': 'client_secret_basic', 'body': 'json', 'params': {'access_token': '{access_token}'}}",
    NULL, OLD "&client_secret=s");

  lanyard_quirk_assert_request (quirk, "DELETE", "https://api.example.org/applications/app/grant");
  lanyard_quirk_assert_header (quirk, "Authorization", "Basic YXBwOnM=");
  lanyard_quirk_assert_param (quirk, "access_token", "worn");
  lanyard_quirk_assert_param (quirk, "token", NULL);
  lanyard_quirk_answer (quirk, 204, "");
  /* One request is all there is. */
  lanyard_quirk_assert_credential (quirk, "access_token", NULL);
  lanyard_quirk_assert_credential (quirk, "refresh_token", NULL);
  lanyard_quirk_assert_credential (quirk, "client_secret", "s");
}

static void
test_f12_other_revocations (void)
{
  g_autoptr (LanyardQuirk) path = lanyard_quirk_revoke (
    "'revoke': {'method': 'DELETE', 'auth': 'none',"
    " 'url': 'https://api.example.org/refresh-tokens/{urlencode(refresh_token)}'}",
    NULL, "access_token=a&refresh_token=r%2F1");
  g_autoptr (LanyardQuirk) named = lanyard_quirk_revoke (
    "'revoke': {'url': 'https://api.example.org/revoke', 'auth': 'none',"
    " 'params': {'access_token': '{access_token}'}, 'response': {'ok_when': {'ok': 'true'}}}",
    NULL, OLD);
  g_autoptr (LanyardQuirk) bearer = lanyard_quirk_revoke (
    "'revoke': {'url': 'https://api.example.org/revoke', 'auth': 'bearer'}", NULL, OLD);

  lanyard_quirk_assert_request (path, "DELETE", "https://api.example.org/refresh-tokens/r%2F1");
  lanyard_quirk_assert_param (named, "access_token", "worn");
  lanyard_quirk_assert_header (named, "Authorization", NULL);
  lanyard_quirk_answer (named, 200, "{'ok': false}");
  lanyard_quirk_assert_failed (named, LANYARD_ERROR_PROVIDER, "refused");
  lanyard_quirk_assert_header (bearer, "Authorization", "Bearer worn");
  g_assert_null (bearer->step->request->body);
}

/* Registration can be described; whoever registers by hand is not kept from it. */
static void
test_f14_registration (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (
    "'register': {'url': 'https://id.example.org/api/v1/apps',"
    " 'params': {'client_name': 'Lanyard', 'redirect_uris': '{redirect_uri}'}}",
    NULL, NULL);

  lanyard_quirk_assert_param (quirk, "client_id", "app");
}

static void
test_f15_data_beats_discovery (void)
{
  g_autofree char *text = lanyard_test_quote_json (
    "{'issuer': 'https://id.example.org', 'token_endpoint': 'https://other.example/token',"
    " 'revocation_endpoint': 'https://other.example/revoke'}");
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new ("'issuer': 'https://id.example.org', 'revoke': null", NULL, NULL);
  g_autoptr (LanyardServerMetadata) metadata = NULL;
  g_autoptr (LanyardAuthContext) discovered = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *given = NULL;
  g_autofree char *found = NULL;

  metadata = lanyard_server_metadata_parse ("https://id.example.org", text, strlen (text), &error);
  g_assert_no_error (error);
  discovered = lanyard_auth_context_with_metadata (context, metadata);
  given = lanyard_auth_context_dup_endpoint (discovered, "token_endpoint", NULL);
  found = lanyard_auth_context_dup_endpoint (discovered, "revocation_endpoint", NULL);
  g_assert_cmpstr (given, ==, LANYARD_TEST_TOKEN_ENDPOINT);
  g_assert_cmpstr (found, ==, "https://other.example/revoke");
}

static void
test_f16_part_of_secret (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'verify': {'url': 'https://{after(api_token,\\u0027-\\u0027)}.api.example.org/3.0'},"
    "'inputs': [{'name': 'api_token', 'label': 'Key', 'type': 'secret'}]",
    NULL, "api_token=0123-us6");
  g_autoptr (LanyardAuthContext) without = lanyard_test_context_new (
    "'verify': {'url': 'https://x{after(api_token,\\u0027-\\u0027)}.api.example.org/3.0'},"
    "'inputs': [{'name': 'api_token', 'label': 'Key', 'type': 'secret'}]",
    NULL, "api_token=0123");
  g_autofree char *uri = lanyard_auth_context_dup_endpoint (context, "test_url", NULL);
  g_autofree char *shown = lanyard_auth_context_dup_value (context, "test_url");
  g_autofree char *nothing = lanyard_auth_context_dup_endpoint (without, "test_url", NULL);

  g_assert_cmpstr (uri, ==, "https://us6.api.example.org/3.0");
  g_assert_cmpstr (shown, ==, "https://us6.api.example.org/3.0");
  /* A key without a separator does not become part of an address as a whole. */
  g_assert_cmpstr (nothing, ==, "https://x.api.example.org/3.0");
}

static void
test_f18_client_credentials (void)
{
  const char *method =
    "'grant': 'client_credentials', 'authorize': null,"
    "'token': {'url': 'https://id.example.org/token', 'params': {'kind': 'app'}}";
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize (method, "scopes=files+mail.read", "client_secret=s");
  g_autoptr (LanyardQuirk) renewal =
    lanyard_quirk_refresh (method, "scopes=files", "client_secret=s&access_token=worn");
  g_autoptr (LanyardQuirk) refused = lanyard_quirk_authorize (method, NULL, "client_secret=s");

  /* Nobody signs in. */
  lanyard_quirk_assert_request (quirk, "POST", LANYARD_TEST_TOKEN_ENDPOINT);
  lanyard_quirk_assert_param (quirk, "grant_type", "client_credentials");
  lanyard_quirk_assert_param (quirk, "scope", "files mail.read");
  lanyard_quirk_assert_param (quirk, "kind", "app");
  lanyard_quirk_assert_param (quirk, "redirect_uri", NULL);
  lanyard_quirk_assert_header (quirk, "Authorization", "Basic YXBwOnM=");
  lanyard_quirk_answer (quirk, 200, "{'access_token': 'a', 'expires_in': 60}");
  lanyard_quirk_assert_credential (quirk, "access_token", "a");
  g_assert_true (quirk->step->outcome->renewable);

  lanyard_quirk_assert_param (renewal, "grant_type", "client_credentials");
  lanyard_quirk_answer (renewal, 200, "{'access_token': 'b'}");
  lanyard_quirk_assert_credential (renewal, "access_token", "b");

  lanyard_quirk_answer (refused, 401, "{'error': 'invalid_client'}");
  lanyard_quirk_assert_failed (refused, LANYARD_ERROR_PROVIDER, "check client ID");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth2/quirk/f1-rotated", test_f1_rotated);
  g_test_add_func ("/oauth2/quirk/f2-old-one-kept", test_f2_old_one_kept);
  g_test_add_func ("/oauth2/quirk/f3-own-endpoint", test_f3_own_endpoint);
  g_test_add_func ("/oauth2/quirk/f4-with-access-token", test_f4_with_access_token);
  g_test_add_func ("/oauth2/quirk/f5-no-refresh", test_f5_no_refresh);
  g_test_add_func ("/oauth2/quirk/f6-not-too-early", test_f6_not_too_early);
  g_test_add_func ("/oauth2/quirk/f7-refresh-token-ends", test_f7_refresh_token_ends);
  g_test_add_func ("/oauth2/quirk/f8-steps", test_f8_steps);
  g_test_add_func ("/oauth2/quirk/f8-step-fails", test_f8_step_fails);
  g_test_add_func ("/oauth2/quirk/f8-steps-of-renewal", test_f8_steps_of_renewal);
  g_test_add_func ("/oauth2/quirk/f9-other-header", test_f9_other_header);
  g_test_add_func ("/oauth2/quirk/f10-token-in-query", test_f10_token_in_query);
  g_test_add_func ("/oauth2/quirk/f11-companion-headers", test_f11_companion_headers);
  g_test_add_func ("/oauth2/quirk/f12-delete", test_f12_delete);
  g_test_add_func ("/oauth2/quirk/f12-other-revocations", test_f12_other_revocations);
  g_test_add_func ("/oauth2/quirk/f14-registration", test_f14_registration);
  g_test_add_func ("/oauth2/quirk/f15-data-beats-discovery", test_f15_data_beats_discovery);
  g_test_add_func ("/oauth2/quirk/f16-part-of-secret", test_f16_part_of_secret);
  g_test_add_func ("/oauth2/quirk/f18-client-credentials", test_f18_client_credentials);

  return g_test_run ();
}
