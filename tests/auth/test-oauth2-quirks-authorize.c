/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Authorization requests that are not quite like the standard's, as providers' data describes them
 * (A1 to A22). */

#include "config.h"

#include "lanyard-test-quirk.h"

#include "lanyard-auth-type.h"
#include "lanyard-auth-types.h"

#include <string.h>

#define SCOPES "scopes=files+mail.read"

static void
assert_uri_has (LanyardQuirk *quirk, const char *text)
{
  if (strstr (quirk->step->uri, text) == NULL)
    g_error ("%s does not hold %s", quirk->step->uri, text);
}

/* Asserts that an authorization cannot even begin. */
static void
assert_invalid (const char *method, const char *settings, const char *words)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, settings, NULL);
  g_autoptr (GError) error = NULL;
  LanyardAuthType *type = lanyard_auth_types_lookup ("oauth2");

  g_assert_null (lanyard_auth_type_authorize (type, context, LANYARD_TEST_REDIRECT_URI, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  lanyard_test_assert_fit_to_show (error->message);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_a1_separator (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'separator': ','}}",
                             SCOPES, NULL);

  lanyard_quirk_assert_param (quirk, "scope", "files,mail.read");
}

static void
test_a2_raw_separator (void)
{
  g_autoptr (LanyardQuirk) plus =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'separator': '+', 'raw': true}}",
                             SCOPES, NULL);
  g_autoptr (LanyardQuirk) encoded =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'separator': '+'}}",
                             SCOPES, NULL);
  g_autoptr (LanyardQuirk) hostile =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'separator': '&admin=1&', 'raw': true}}",
                             SCOPES, NULL);

  assert_uri_has (plus, "&scope=files+mail.read&");
  assert_uri_has (encoded, "scope=files%2Bmail.read");
  lanyard_quirk_assert_param (hostile, "admin", NULL);
  lanyard_quirk_assert_param (hostile, "scope", "files&admin=1&mail.read");
}

static void
test_a3_scope_parameter (void)
{
  g_autoptr (LanyardQuirk) renamed =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'param': 'perms'}}",
                             SCOPES, NULL);
  g_autoptr (LanyardQuirk) grouped = lanyard_quirk_authorize (
    "'authorize': {'url': 'https://id.example.org/authorize', 'scope': {'separator': ',',"
    "  'groups': [{'group': 'user', 'param': 'user_scope'}]}},"
    "'scopes': [{'name': 'bot'}, {'name': 'me', 'group': 'user'}, {'name': 'you', 'group': 'user'},"
    "  {'name': 'x', 'group': 'heading'}],"
    "'connectors': [{'id': 'a', 'name': 'A'}]",
    "scopes=bot+me+x+you", NULL);

  lanyard_quirk_assert_param (renamed, "perms", "files mail.read");
  lanyard_quirk_assert_param (renamed, "scope", NULL);
  lanyard_quirk_assert_param (grouped, "scope", "bot,x");
  lanyard_quirk_assert_param (grouped, "user_scope", "me,you");
}

static void
test_a4_repeated_scope (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'param': 'rights', 'repeat': true}}",
                             SCOPES, NULL);

  assert_uri_has (quirk, "rights=files&rights=mail.read&");
}

static void
test_a5_no_scopes (void)
{
  const char *method = "'authorize': {'url': 'https://id.example.org/authorize',"
                       " 'scope': {'param': null}}";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, SCOPES, NULL);

  lanyard_quirk_assert_param (quirk, "scope", NULL);
  g_assert_null (strstr (quirk->step->uri, "mail.read"));
}

static void
test_a6_always_needed_scope (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'always': ['offline_access']}}",
                             SCOPES, NULL);
  g_autoptr (LanyardQuirk) twice =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'scope': {'always': ['files']}}",
                             SCOPES, NULL);

  lanyard_quirk_assert_param (quirk, "scope", "offline_access files mail.read");
  lanyard_quirk_assert_param (twice, "scope", "files mail.read");
}

static void
test_a7_parameter_for_refresh_token (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'params': {'access_type': 'offline', 'prompt': 'consent'}}",
                             "authorization_params=prompt%3Dlogin", NULL);

  lanyard_quirk_assert_param (quirk, "access_type", "offline");
  /* The person's own wins. */
  lanyard_quirk_assert_param (quirk, "prompt", "login");
}

static void
test_a8_audience (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (
    "'authorize': {'url': 'https://id.example.org/authorize',"
    " 'params': {'audience': 'api.example.org'}},"
    "'token': {'url': 'https://id.example.org/token', 'params': {'audience': 'api.example.org'}}",
    NULL, NULL);

  lanyard_quirk_assert_param (quirk, "audience", "api.example.org");
  lanyard_quirk_redirect (quirk, "code=c&state=%s");
  lanyard_quirk_assert_param (quirk, "audience", "api.example.org");
}

static void
test_a9_resource_everywhere (void)
{
  const char *method = "'authorize': {'url': 'https://id.example.org/authorize',"
                       " 'params': {'resource': '{site}'}},"
                       "'token': {'url': 'https://id.example.org/token',"
                       " 'params': {'resource': '{site}'}},"
                       "'refresh': {'params': {'resource': '{site}'}},"
                       "'inputs': [{'name': 'site', 'label': 'Site', 'type': 'url'}]";
  const char *settings = "site=https%3A%2F%2Ferp.example.org";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, settings, NULL);
  g_autoptr (LanyardQuirk) renewal = lanyard_quirk_refresh (method, settings, "refresh_token=r");

  lanyard_quirk_assert_param (quirk, "resource", "https://erp.example.org");
  lanyard_quirk_redirect (quirk, "code=c&state=%s");
  lanyard_quirk_assert_param (quirk, "resource", "https://erp.example.org");
  lanyard_quirk_assert_param (renewal, "resource", "https://erp.example.org");
}

static void
test_a10_client_id_renamed (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (
    "'authorize': {'url': 'https://id.example.org/authorize', 'names': {'client_id': 'appid'}},"
    "'token': {'url': 'https://id.example.org/token', 'auth': 'client_secret_post',"
    " 'names': {'client_id': 'appid', 'client_secret': 'secret'}}",
    NULL, "client_secret=s3");

  lanyard_quirk_assert_param (quirk, "appid", "app");
  lanyard_quirk_assert_param (quirk, "client_id", NULL);
  lanyard_quirk_redirect (quirk, "code=c&state=%s");
  lanyard_quirk_assert_param (quirk, "appid", "app");
  lanyard_quirk_assert_param (quirk, "secret", "s3");
  lanyard_quirk_assert_param (quirk, "client_id", NULL);
  lanyard_quirk_assert_param (quirk, "client_secret", NULL);
}

static void
test_a11_redirect_uri_renamed (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'names': {'redirect_uri': 'redirectUrl'}}",
                             NULL, NULL);

  lanyard_quirk_assert_param (quirk, "redirectUrl", LANYARD_TEST_REDIRECT_URI);
  lanyard_quirk_assert_param (quirk, "redirect_uri", NULL);
}

static void
test_a12_response_type_dropped (void)
{
  g_autoptr (LanyardQuirk) none =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'names': {'response_type': null},"
                             " 'params': {'type': 'web_server'}}",
                             NULL, NULL);
  g_autoptr (LanyardQuirk) other =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'params': {'response_type': 'auth_code'}}",
                             NULL, NULL);

  lanyard_quirk_assert_param (none, "response_type", NULL);
  lanyard_quirk_assert_param (none, "type", "web_server");
  lanyard_quirk_assert_param (other, "response_type", "auth_code");
}

static void
test_a13_host_of_tenant (void)
{
  const char *method =
    "'authorize': {'url': 'https://{shop}.example.org/{lower(area)}/authorize/{client_id}'},"
    "'inputs': [{'name': 'shop', 'label': 'Shop', 'prefix': 'https://', 'suffix': '.example.org'},"
    "  {'name': 'area', 'label': 'Area', 'default': 'EU'}]";
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (method, "shop=acme", NULL);
  g_autoptr (LanyardQuirk) typed =
    lanyard_quirk_authorize (method, "shop=https%3A%2F%2Facme.example.org", NULL);
  g_autoptr (LanyardQuirk) hostile = NULL;

  assert_uri_has (quirk, "https://acme.example.org/eu/authorize/app?");
  assert_uri_has (typed, "https://acme.example.org/eu/authorize/app?");

  /* What is part of a host cannot become another one. */
  hostile = lanyard_quirk_authorize (method, "shop=evil.example%2F", NULL);
  lanyard_quirk_assert_failed (hostile, LANYARD_ERROR_INVALID, "server’s name");
  lanyard_quirk_free (g_steal_pointer (&hostile));
  hostile = lanyard_quirk_authorize (method, "shop=evil.example%3F", NULL);
  lanyard_quirk_assert_failed (hostile, LANYARD_ERROR_INVALID, "server’s name");
}

static void
test_a14_query_kept (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (
    "'authorize': {'url': 'https://id.example.org/w/index.php?title=Special:OAuth/authorize'}",
    NULL, NULL);

  assert_uri_has (quirk, "https://id.example.org/w/index.php?title=Special:OAuth/authorize&");
}

static void
test_a15_fragment (void)
{
  g_autoptr (LanyardQuirk) mark =
    lanyard_quirk_authorize ("'authorize': {'url': 'https://id.example.org/authorize',"
                             " 'fragment': 'wechat_redirect'}",
                             NULL, NULL);
  g_autoptr (LanyardQuirk) route = lanyard_quirk_authorize (
    "'authorize': {'url': 'https://id.example.org/', 'fragment': '/oauth/authorize',"
    " 'params_in_fragment': true}",
    NULL, NULL);

  g_assert_true (g_str_has_suffix (mark->step->uri, "#wechat_redirect"));
  lanyard_quirk_assert_param (mark, "client_id", "app");
  g_assert_true (g_str_has_prefix (route->step->uri,
                                   "https://id.example.org/#/oauth/authorize?response_type=code&"));
}

static void
test_a16_pkce_required (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize ("'pkce': 'required'", NULL, NULL);

  lanyard_quirk_assert_param (quirk, "code_challenge_method", "S256");
  lanyard_quirk_redirect (quirk, "code=c&state=%s");
  g_assert_nonnull (strstr (lanyard_secret_get (quirk->step->request->body), "code_verifier="));
}

static void
test_a17_pkce_off (void)
{
  g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize ("'pkce': 'off'", NULL, NULL);

  lanyard_quirk_assert_param (quirk, "code_challenge", NULL);
  lanyard_quirk_assert_param (quirk, "code_challenge_method", NULL);
  lanyard_quirk_redirect (quirk, "code=c&state=%s");
  lanyard_quirk_assert_param (quirk, "code_verifier", NULL);
}

static void
test_a18_pkce_encoding (void)
{
  static const struct
  {
    const char *method;
    gsize length;
  } encodings[] = {
    { "'pkce_encoding': 'base64url'", 43 },
    { "'pkce_encoding': 'hex'", 64 },
    /* base64url of 64 digits */
    { "'pkce_encoding': 'hex_base64url'", 86 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (LanyardQuirk) quirk = lanyard_quirk_authorize (encodings[i].method, NULL, NULL);
      g_autoptr (LanyardParams) asked = lanyard_test_parse_query (quirk->step->uri);
      g_autofree char *challenge = g_strdup (lanyard_params_get (asked, "code_challenge"));
      g_autoptr (LanyardParams) form = NULL;
      g_autofree char *hex = NULL;

      g_assert_cmpuint (strlen (challenge), ==, encodings[i].length);
      lanyard_quirk_redirect (quirk, "code=c&state=%s");
      form = lanyard_test_parse_form (quirk->step->request);
      hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                           lanyard_params_get (form, "code_verifier"), -1);
      if (encodings[i].length == 64)
        g_assert_cmpstr (challenge, ==, hex);
    }
}

static void
test_a19_state_in_redirect_uri (void)
{
  g_autoptr (LanyardQuirk) quirk =
    lanyard_quirk_authorize ("'state_in_redirect_uri': true", NULL, NULL);
  g_autoptr (LanyardQuirk) forged =
    lanyard_quirk_authorize ("'state_in_redirect_uri': true", NULL, NULL);
  g_autoptr (LanyardParams) asked = lanyard_test_parse_query (quirk->step->uri);

  lanyard_quirk_assert_param (quirk, "state", NULL);
  g_assert_nonnull (strstr (lanyard_params_get (asked, "redirect_uri"), "?state="));
  lanyard_quirk_redirect (quirk, "code=c");
  lanyard_quirk_assert_request (quirk, "POST", LANYARD_TEST_TOKEN_ENDPOINT);

  g_free (forged->step->redirect_uri);
  forged->step->redirect_uri = g_strdup (LANYARD_TEST_REDIRECT_URI "?state=other");
  lanyard_quirk_redirect (forged, "code=c");
  lanyard_quirk_assert_failed (forged, LANYARD_ERROR_PROTOCOL, "Nothing was saved");
}

static void
test_a20_nonce (void)
{
  const char *method = "'authorize': {'url': 'https://id.example.org/authorize',"
                       " 'params': {'nonce': '{random}', 'response_mode': 'query'}}";
  g_autoptr (LanyardQuirk) first = lanyard_quirk_authorize (method, NULL, NULL);
  g_autoptr (LanyardQuirk) second = lanyard_quirk_authorize (method, NULL, NULL);
  g_autoptr (LanyardParams) one = lanyard_test_parse_query (first->step->uri);
  g_autoptr (LanyardParams) two = lanyard_test_parse_query (second->step->uri);

  lanyard_quirk_assert_param (first, "response_mode", "query");
  g_assert_cmpuint (strlen (lanyard_params_get (one, "nonce")), >=, 22);
  g_assert_cmpstr (lanyard_params_get (one, "nonce"), !=, lanyard_params_get (two, "nonce"));
}

static void
test_a21_redirect_restricted (void)
{
  g_autoptr (LanyardQuirk) named = lanyard_quirk_authorize (
    "'redirect': {'value': 'https://localhost/cb', 'kinds': ['https'], 'sent': '{ru_name}'},"
    "'inputs': [{'name': 'ru_name', 'label': 'RuName'}]",
    "ru_name=Acme-App-1", NULL);
  g_autoptr (LanyardQuirk) literal =
    lanyard_quirk_authorize ("'redirect': {'kinds': ['loopback_ip']}", NULL, NULL);

  lanyard_quirk_assert_param (named, "redirect_uri", "Acme-App-1");
  lanyard_quirk_redirect (named, "code=c&state=%s");
  lanyard_quirk_assert_param (named, "redirect_uri", "Acme-App-1");
  g_assert_cmpint (literal->step->kind, ==, LANYARD_STEP_CONSENT);

  assert_invalid ("'redirect': {'kinds': ['https']}", NULL, "callback URL");
  assert_invalid ("'redirect': {'kinds': ['loopback_ip']}",
                  "redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fcb", "callback URL");
  assert_invalid ("'redirect': {'kinds': ['loopback', 'https']}",
                  "redirect_uri=org.example.app%3A%2Fcb", "callback URL");
}

static void
test_a22_embedded_view_refused (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new ("'redirect': {'embedded': false}", NULL, NULL);
  g_autoptr (LanyardAuthContext) other = lanyard_test_context_new (NULL, NULL, NULL);

  g_assert_false (lanyard_method_get_boolean (lanyard_auth_context_get_method (context),
                                              "redirect.embedded", TRUE));
  g_assert_true (lanyard_method_get_boolean (lanyard_auth_context_get_method (other),
                                             "redirect.embedded", TRUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth2/quirk/a1-separator", test_a1_separator);
  g_test_add_func ("/oauth2/quirk/a2-raw-separator", test_a2_raw_separator);
  g_test_add_func ("/oauth2/quirk/a3-scope-parameter", test_a3_scope_parameter);
  g_test_add_func ("/oauth2/quirk/a4-repeated-scope", test_a4_repeated_scope);
  g_test_add_func ("/oauth2/quirk/a5-no-scopes", test_a5_no_scopes);
  g_test_add_func ("/oauth2/quirk/a6-always-needed-scope", test_a6_always_needed_scope);
  g_test_add_func ("/oauth2/quirk/a7-parameter-for-refresh-token",
                   test_a7_parameter_for_refresh_token);
  g_test_add_func ("/oauth2/quirk/a8-audience", test_a8_audience);
  g_test_add_func ("/oauth2/quirk/a9-resource-everywhere", test_a9_resource_everywhere);
  g_test_add_func ("/oauth2/quirk/a10-client-id-renamed", test_a10_client_id_renamed);
  g_test_add_func ("/oauth2/quirk/a11-redirect-uri-renamed", test_a11_redirect_uri_renamed);
  g_test_add_func ("/oauth2/quirk/a12-response-type-dropped", test_a12_response_type_dropped);
  g_test_add_func ("/oauth2/quirk/a13-host-of-tenant", test_a13_host_of_tenant);
  g_test_add_func ("/oauth2/quirk/a14-query-kept", test_a14_query_kept);
  g_test_add_func ("/oauth2/quirk/a15-fragment", test_a15_fragment);
  g_test_add_func ("/oauth2/quirk/a16-pkce-required", test_a16_pkce_required);
  g_test_add_func ("/oauth2/quirk/a17-pkce-off", test_a17_pkce_off);
  g_test_add_func ("/oauth2/quirk/a18-pkce-encoding", test_a18_pkce_encoding);
  g_test_add_func ("/oauth2/quirk/a19-state-in-redirect-uri", test_a19_state_in_redirect_uri);
  g_test_add_func ("/oauth2/quirk/a20-nonce", test_a20_nonce);
  g_test_add_func ("/oauth2/quirk/a21-redirect-restricted", test_a21_redirect_restricted);
  g_test_add_func ("/oauth2/quirk/a22-embedded-view-refused", test_a22_embedded_view_refused);

  return g_test_run ();
}
