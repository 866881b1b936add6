/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Redirects that are not quite like the standard's, as providers' data describes them (C1 to C8).
 */

#include "config.h"

#include "lanyard-test-quirk.h"

#include <string.h>

#define TOKENS "{'access_token': 'at', 'refresh_token': 'rt', 'expires_in': 60}"

static void
assert_refused (const char *method, const char *query, LanyardError code, const char *words)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize (method, "client_id=app", "client_secret=hush");

  g_test_message ("%s", query);
  lanyard_quirk_redirect (quirk, query);
  lanyard_quirk_assert_failed (quirk, code, words);
}

static void
test_c1_captured (void)
{
  const char *method =
    "'callback': {'capture': {'realm_id': 'realmId', 'shop': ['shop', 'store']}},"
    "'token': {'url': 'https://id.example.org/token',"
    " 'params': {'company': '{realm_id}'}},"
    "'verify': {'url': 'https://api.example.org/{realm_id}/me'}";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, NULL, "realm_id=old&shop=old");
  g_autofree char *filler = g_strnfill (3000, 'x');
  g_autofree char *large = g_strconcat ("code=c&state=%s&realmId=", filler, NULL);

  lanyard_quirk_redirect (quirk, "code=c&state=%s&realmId=4711");
  lanyard_quirk_assert_param (quirk, "company", "4711");
  lanyard_quirk_answer (quirk, 200, TOKENS);
  lanyard_quirk_assert_request (quirk, "GET", "https://api.example.org/4711/me");
  lanyard_quirk_answer (quirk, 200, "{'name': 'Jana'}");
  lanyard_quirk_assert_credential (quirk, "realm_id", "4711");
  /* What belongs to an earlier sign-in is gone. */
  lanyard_quirk_assert_credential (quirk, "shop", NULL);

  assert_refused (method, "code=c&state=%s&realmId=1%0d%0aX-Evil:%20y", LANYARD_ERROR_PROTOCOL,
                  "realm_id");
  assert_refused (method, large, LANYARD_ERROR_PROTOCOL, "realm_id");
  assert_refused (method, "code=c&state=%s&realmId=1&realmId=2", LANYARD_ERROR_PROTOCOL, "twice");
}

static void
test_c2_captured_host (void)
{
  const char *method = "'callback': {'capture': {'server': 'accounts-server'},"
                       " 'allow': {'server': 'https://accounts\\\\.zoho\\\\.(com|eu)'}},"
                       "'token': {'url': '{server}/oauth/v2/token'}";
  const char *part = "'callback': {'capture': {'store': 'domain_prefix'},"
                     " 'allow': {'store': '[a-z0-9-]+'}},"
                     "'token': {'url': 'https://{store}.example.org/token'}";
  static const char *const hosts[] = {
    "https://evil.example",
    "https://accounts.zoho.com.evil.example",
    "https://accounts.zoho.com@evil.example",
    "http://accounts.zoho.com",
    "https://accounts-zoho.com",
    "https://accounts.zoho.com/%0a",
  };
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, NULL, NULL);
  g_autoptr (LanyardQuirk) missing = lanyard_quirk_authorize (method, NULL, NULL);

  lanyard_quirk_redirect (quirk, "code=c&state=%s&accounts-server=https%3A%2F%2Faccounts.zoho.eu");
  lanyard_quirk_assert_request (quirk, "POST", "https://accounts.zoho.eu/oauth/v2/token");

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *escaped = g_uri_escape_string (hosts[i], "%", FALSE);
      g_autofree char *query = g_strconcat ("code=c&state=%s&accounts-server=", escaped, NULL);

      assert_refused (method, query, LANYARD_ERROR_PROTOCOL, "server");
    }
  assert_refused (part, "code=c&state=%s&domain_prefix=evil.example%2F", LANYARD_ERROR_PROTOCOL,
                  "store");

  /* Without it there is no address at all. */
  lanyard_quirk_redirect (missing, "code=c&state=%s");
  g_assert_cmpint (missing->step->kind, ==, LANYARD_STEP_FAILED);
}

/* What functions make of a value is no more to be trusted than the value. */
static void
test_c2_part_of_kept_host (void)
{
  const char *method = "'callback': {'capture': {'server': 's'}, 'allow': {'server':"
                       " 'https://a\\\\.example'}},"
                       "'token': {'url': 'https://{host(server)}/token'}";
  g_autoptr (LanyardQuirk) good =
    lanyard_quirk_refresh (method, NULL, "refresh_token=r&server=https%3A%2F%2Fa.example");
  g_autoptr (LanyardQuirk) bad =
    lanyard_quirk_refresh (method, NULL, "refresh_token=r&server=https%3A%2F%2Fevil.example");

  lanyard_quirk_assert_request (good, "POST", "https://a.example/token");
  lanyard_quirk_assert_failed (bad, LANYARD_ERROR_PROTOCOL, "server");
}

/* A host that was kept by an earlier program, with another pattern, is checked when it is used. */
static void
test_c2_kept_host (void)
{
  const char *method = "'callback': {'capture': {'server': 's'}, 'allow': {'server':"
                       " 'https://a\\\\.example'}},"
                       "'token': {'url': '{server}/token'}";
  g_autoptr (LanyardQuirk) good =
    lanyard_quirk_refresh (method, NULL, "refresh_token=r&server=https%3A%2F%2Fa.example");
  g_autoptr (LanyardQuirk) bad =
    lanyard_quirk_refresh (method, NULL, "refresh_token=r&server=https%3A%2F%2Fevil.example");

  lanyard_quirk_assert_request (good, "POST", "https://a.example/token");
  lanyard_quirk_assert_failed (bad, LANYARD_ERROR_PROTOCOL, "server");
}

static void
test_c3_code_renamed (void)
{
  const char *method = "'callback': {'code': 'auth_code'}";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, NULL, NULL);

  lanyard_quirk_redirect (quirk, "auth_code=xyz&state=%s");
  lanyard_quirk_assert_param (quirk, "code", "xyz");

  assert_refused (method, "code=xyz&state=%s", LANYARD_ERROR_PROTOCOL, "code is missing");
}

static void
test_c4_token_itself (void)
{
  const char *method = "'callback': {'token': 'access_token', 'ok_when': {'accepted': '1'}}";
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize (method, NULL, "refresh_token=old&access_token=old");

  lanyard_quirk_redirect (quirk, "accepted=1&access_token=t0ken&state=%s");
  lanyard_quirk_assert_credential (quirk, "access_token", "t0ken");
  lanyard_quirk_assert_credential (quirk, "refresh_token", NULL);
  lanyard_quirk_assert_expires (quirk, 0);

  assert_refused (method, "accepted=0&access_token=t&state=%s", LANYARD_ERROR_DENIED, "allowed");
  assert_refused (method, "accepted=1&access_token=t&state=x", LANYARD_ERROR_PROTOCOL, "another");
  assert_refused (method, "accepted=1&state=%s", LANYARD_ERROR_PROTOCOL, "missing");
}

static void
test_c5_error_names (void)
{
  const char *method = "'callback': {'error': ['error_reason', 'denied'], 'error_text': 'reason',"
                       " 'error_map': {'user_denied': 'access_denied', 'true': 'access_denied'}}";

  assert_refused (method, "error_reason=user_denied&reason=Too%20bad&state=%s",
                  LANYARD_ERROR_DENIED, "Too bad");
  assert_refused (method, "denied=true&state=%s", LANYARD_ERROR_DENIED, "not allowed");
  assert_refused (method, "error=server_error&state=%s", LANYARD_ERROR_PROVIDER, "server_error");
  /* Not before it is known whose answer it is. */
  assert_refused (method, "denied=true&state=other", LANYARD_ERROR_PROTOCOL, "state");
  assert_refused (NULL, "error=%E2%80%AEevil%0A&state=%s", LANYARD_ERROR_PROVIDER, "evil");
}

static void
test_c6_signed (void)
{
  const char *method = "'callback': {'hmac': {'param': 'hmac'}}, 'state_in_redirect_uri': false";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, NULL, "client_secret=hush");
  g_autoptr (LanyardParams) asked = lanyard_test_parse_query (quirk->step->uri);
  g_autofree char *text = g_strdup_printf ("code=c&shop=a.example&state=%s&timestamp=1",
                                           lanyard_params_get (asked, "state"));
  g_autofree char *mac =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)"hush", 4, text, -1);
  g_autofree char *query =
    g_strconcat ("hmac=", mac, "&timestamp=1&state=%s&shop=a.example&code=c", NULL);

  lanyard_quirk_redirect (quirk, query);
  lanyard_quirk_assert_request (quirk, "POST", LANYARD_TEST_TOKEN_ENDPOINT);

  assert_refused (method, query, LANYARD_ERROR_PROTOCOL, "signature");
  assert_refused (method, "code=c&state=%s", LANYARD_ERROR_PROTOCOL, "not signed");
  assert_refused (method, "code=c&state=%s&hmac=", LANYARD_ERROR_PROTOCOL, "signature");
}

static void
test_c6_without_secret (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'callback': {'hmac': {'param': 'hmac'}}", NULL, NULL);

  /* HMAC with an empty key is no proof of anything. */
  lanyard_quirk_redirect (quirk, "code=c&state=%s&hmac=00");
  lanyard_quirk_assert_failed (quirk, LANYARD_ERROR_PROTOCOL, "signature");
}

static void
test_c7_junk_behind_code (void)
{
  g_autoptr (LanyardQuirk) fragment = lanyard_quirk_authorize (NULL, NULL, NULL);
  g_autoptr (LanyardQuirk) encoded = lanyard_quirk_authorize (NULL, NULL, NULL);

  lanyard_quirk_redirect (fragment, "state=%s&code=abc#_");
  lanyard_quirk_assert_param (fragment, "code", "abc");
  lanyard_quirk_redirect (encoded, "code=abc%2A%214519&state=%s");
  lanyard_quirk_assert_param (encoded, "code", "abc*!4519");
}

static void
test_c8_granted_scopes (void)
{
  const char *method = "'callback': {'scope': 'scope'}";
  g_autoptr (LanyardQuirk) silent = lanyard_quirk_authorize (method, "scopes=files+more", NULL);
  g_autoptr (LanyardQuirk) said = lanyard_quirk_authorize (method, "scopes=files+more", NULL);

  lanyard_quirk_redirect (silent, "code=c&state=%s&scope=read,files");
  lanyard_quirk_answer (silent, 200, TOKENS);
  lanyard_quirk_assert_scopes (silent, "read files");

  lanyard_quirk_redirect (said, "code=c&state=%s&scope=read,files");
  lanyard_quirk_answer (said, 200, "{'access_token': 'at', 'scope': 'files'}");
  lanyard_quirk_assert_scopes (said, "files");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth2/quirk/c1-captured", test_c1_captured);
  g_test_add_func ("/oauth2/quirk/c2-captured-host", test_c2_captured_host);
  g_test_add_func ("/oauth2/quirk/c2-kept-host", test_c2_kept_host);
  g_test_add_func ("/oauth2/quirk/c2-part-of-kept-host", test_c2_part_of_kept_host);
  g_test_add_func ("/oauth2/quirk/c3-code-renamed", test_c3_code_renamed);
  g_test_add_func ("/oauth2/quirk/c4-token-itself", test_c4_token_itself);
  g_test_add_func ("/oauth2/quirk/c5-error-names", test_c5_error_names);
  g_test_add_func ("/oauth2/quirk/c6-signed", test_c6_signed);
  g_test_add_func ("/oauth2/quirk/c6-without-secret", test_c6_without_secret);
  g_test_add_func ("/oauth2/quirk/c7-junk-behind-code", test_c7_junk_behind_code);
  g_test_add_func ("/oauth2/quirk/c8-granted-scopes", test_c8_granted_scopes);

  return g_test_run ();
}
