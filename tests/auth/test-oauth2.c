/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-auth-types.h"

#include "lanyard-error.h"
#include "lanyard-provider-reader.h"

#include <string.h>

static LanyardAuthType *
get_type (void)
{
  return lanyard_auth_types_lookup ("oauth2");
}

static void
assert_invalid (const char *method, const char *settings, const char *words)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (method, settings, NULL);
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", settings != NULL ? settings : method);
  g_assert_false (lanyard_auth_type_validate (get_type (), context, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_http_endpoint (void)
{
  static const char *const fields[][2] = {
    { "authorization_endpoint", "Authorization endpoint" },
    { "token_endpoint", "Token endpoint" },
    { "revocation_endpoint", "Revocation endpoint" },
    { "userinfo_endpoint", "User information endpoint" },
    { "test_url", "Test address" },
    { "issuer", "Issuer" },
  };
  static const char *const uris[] = {
    "http://id.example.org/x",      "http://127.0.0.1.example.org/",
    "http://localhost.example/",    "ftp://id.example.org/",
    "javascript:alert(1)",          "id.example.org/x",
    "https://user@id.example.org/", "https://id.example.org/x%23y#z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (uris); j++)
        {
          g_autoptr (LanyardParams) params = lanyard_params_new ();
          g_autofree char *settings = NULL;

          lanyard_params_append (params, fields[i][0], uris[j]);
          settings = lanyard_params_encode (params);
          assert_invalid (NULL, settings, fields[i][1]);
        }
    }
}

static void
test_fragment (void)
{
  assert_invalid (NULL, "authorization_endpoint=https://id.example.org/a%23b", "#");
  assert_invalid (NULL, "token_endpoint=https://id.example.org/t%23", "#");
}

static void
test_redirect_uri (void)
{
  assert_invalid (NULL, "redirect_uri=http://example.org/cb", "Callback URL");
  assert_invalid (NULL, "redirect_uri=nodot:/cb", "Callback URL");
  assert_invalid (NULL, "redirect_uri=org.example.app://cb", "Callback URL");
  assert_invalid (NULL, "redirect_uri=https://example.org/cb%23x", "Callback URL");
  assert_invalid (NULL, "redirect_uri=urn:ietf:wg:oauth:2.0:oob", "Callback URL");
}

static void
test_reserved_params (void)
{
  static const char *const fields[] = { "authorization_params", "token_params", "refresh_params" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *reserved = g_strconcat (fields[i], "=state%3Dx", NULL);
      g_autofree char *repeated = g_strconcat (fields[i], "=a%3D1%26a%3D2", NULL);
      g_autofree char *broken = g_strconcat (fields[i], "=a%3D%25", NULL);

      assert_invalid (NULL, reserved, "state");
      assert_invalid (NULL, repeated, "a");
      assert_invalid (NULL, broken, "");
    }
}

static void
test_unknown_setting (void)
{
  assert_invalid (NULL, "colour=red", "colour");
  /* A secret is no setting. */
  assert_invalid (NULL, "client_secret=x", "client_secret");
  assert_invalid (NULL, "token_endpoint_auth_method=magic", "Client authentication");
}

static void
test_missing (void)
{
  assert_invalid (NULL, "client_id=", "Client ID");
  assert_invalid ("'custom': true, 'authorize': null", NULL, "Authorization endpoint");
  assert_invalid ("'custom': true, 'token': null", NULL, "Token endpoint");
}

/* An address of the provider's data, into which the person's own text was filled. */
static void
test_filled_in (void)
{
  static const char TEXT[] =
    "{'id': 'example', 'name': 'Example', 'inputs': [{'name': 'host', 'label': 'Host'}],"
    " 'methods': [{'type': 'oauth2', 'authorize': {'url': 'https://{host}/a'},"
    " 'token': {'url': 'https://{host}/t'}}]}";
  static const char *const hosts[] = { "user@id.example", "id.example/#", "", "a b",
                                       "id%2eexample" };
  g_autofree char *text = lanyard_test_quote_json (TEXT);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (text, strlen (text), "example", &error);
  g_autoptr (LanyardAuthContext) good = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (LanyardParams) params = lanyard_params_new ();
      g_autoptr (LanyardAuthContext) context = NULL;
      g_autofree char *settings = NULL;

      lanyard_params_append (params, "host", hosts[i]);
      settings = lanyard_params_encode (params);
      context = lanyard_test_context_new_for_provider (provider, settings, "refresh_token=r");
      g_test_message ("%s", hosts[i]);
      g_assert_false (lanyard_auth_type_validate (get_type (), context, NULL));
      g_assert_null (lanyard_auth_type_refresh (get_type (), context, NULL));
    }

  good = lanyard_test_context_new_for_provider (provider, "host=id.example", NULL);
  g_assert_true (lanyard_auth_type_validate (get_type (), good, NULL));
}

static void
test_valid (void)
{
  static const char *const settings[] = {
    NULL,
    "redirect_uri=http://127.0.0.1",
    "redirect_uri=http://[::1]:8400/cb",
    "redirect_uri=http://localhost:8400/cb",
    "redirect_uri=https://example.org/cb",
    "redirect_uri=org.example.app:/cb",
    "token_endpoint=http://127.0.0.1:8401/token&authorization_endpoint=http://[::1]:8401/a",
    "authorization_endpoint=https://id.example.org/a?p=1",
    "authorization_params=prompt%3Dconsent&resource=https://api.example.org",
    "token_endpoint_auth_method=none",
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, settings[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (lanyard_auth_type_validate (get_type (), context, &error));
      g_assert_no_error (error);
    }
}

/* A provider whose token comes with the redirect has no token endpoint. */
static void
test_valid_without_token_endpoint (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'token': null, 'callback': {'token': 'token'}, 'steps': [{'url': 'https://a.example/s'}]",
    NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_auth_type_validate (get_type (), context, &error));
  g_assert_no_error (error);
}

static void
test_authorize_refused (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) incomplete = lanyard_test_context_new (NULL, "client_id=", NULL);
  static const char *const redirects[] = { "http://example.org/cb", "cb", "",
                                           "http://127.0.0.1/#x" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (redirects); i++)
    {
      g_autoptr (GError) redirect_error = NULL;

      g_assert_null (
        lanyard_auth_type_authorize (get_type (), context, redirects[i], &redirect_error));
      g_assert_error (redirect_error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }

  g_assert_null (lanyard_auth_type_authorize (get_type (), incomplete, "http://127.0.0.1", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_refresh_refused (void)
{
  g_autoptr (LanyardAuthContext) nothing =
    lanyard_test_context_new (NULL, NULL, "access_token=a&client_secret=s");
  g_autoptr (LanyardAuthContext) no_endpoint =
    lanyard_test_context_new ("'custom': true, 'token': null", NULL, "refresh_token=r");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) endpoint_error = NULL;

  g_assert_null (lanyard_auth_type_refresh (get_type (), nothing, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_nonnull (strstr (error->message, "Example"));

  g_assert_null (lanyard_auth_type_refresh (get_type (), no_endpoint, &endpoint_error));
  g_assert_error (endpoint_error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_revoke_impossible (void)
{
  g_autoptr (LanyardAuthContext) nothing = lanyard_test_context_new (NULL, NULL, "client_secret=s");
  g_autoptr (LanyardAuthContext) no_endpoint =
    lanyard_test_context_new ("'revoke': null", NULL, "access_token=a");
  g_autoptr (LanyardAuthContext) unsafe = lanyard_test_context_new (
    NULL, "revocation_endpoint=http://id.example.org/r", "access_token=a");
  g_autoptr (LanyardAuthContext) bearer = lanyard_test_context_new (
    "'revoke': {'url': 'https://a.example/r', 'auth': 'bearer'}", NULL, "refresh_token=r");

  g_assert_null (lanyard_auth_type_revoke (get_type (), nothing));
  g_assert_null (lanyard_auth_type_revoke (get_type (), no_endpoint));
  g_assert_null (lanyard_auth_type_revoke (get_type (), unsafe));
  g_assert_null (lanyard_auth_type_revoke (get_type (), bearer));
}

static void
test_flows (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=a&refresh_token=r");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFlow) authorize =
    lanyard_auth_type_authorize (get_type (), context, "http://127.0.0.1", &error);
  g_autoptr (LanyardFlow) refresh = lanyard_auth_type_refresh (get_type (), context, &error);
  g_autoptr (LanyardFlow) revoke = lanyard_auth_type_revoke (get_type (), context);

  g_assert_no_error (error);
  g_assert_true (LANYARD_IS_FLOW (authorize));
  g_assert_true (LANYARD_IS_FLOW (refresh));
  g_assert_true (LANYARD_IS_FLOW (revoke));
}

static void
test_apply_refused (void)
{
  static const char *const uris[] = { "http://api.example.org/", "ftp://api.example.org/", "x",
                                      "https://user:pw@api.example.org/" };
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=t0ken");
  g_autoptr (LanyardAuthContext) nothing = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardRequest) good = lanyard_request_new ("GET", "https://api.example.org/");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uris[i]);
      g_autoptr (GError) uri_error = NULL;

      g_assert_false (lanyard_auth_type_apply (get_type (), context, request, &uri_error));
      g_assert_error (uri_error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_cmpuint (lanyard_params_get_length (request->headers), ==, 0);
    }

  g_assert_false (lanyard_auth_type_apply (get_type (), nothing, good, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

static void
test_apply (void)
{
  static const char *const uris[] = { "https://api.example.org/", "http://127.0.0.1:8080/x" };
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, NULL, "access_token=t0ken");

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", uris[i]);

      g_assert_true (lanyard_auth_type_apply (get_type (), context, request, NULL));
      g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer t0ken");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2/rfc6749-19-http-endpoint", test_http_endpoint);
  g_test_add_func ("/auth/oauth2/rfc6749-04-fragment", test_fragment);
  g_test_add_func ("/auth/oauth2/rfc8252-04-redirect-uri", test_redirect_uri);
  g_test_add_func ("/auth/oauth2/reserved-params", test_reserved_params);
  g_test_add_func ("/auth/oauth2/unknown-setting", test_unknown_setting);
  g_test_add_func ("/auth/oauth2/missing", test_missing);
  g_test_add_func ("/auth/oauth2/rfc6749-19-filled-in", test_filled_in);
  g_test_add_func ("/auth/oauth2/rfc8252-05-valid", test_valid);
  g_test_add_func ("/auth/oauth2/valid-without-token-endpoint", test_valid_without_token_endpoint);
  g_test_add_func ("/auth/oauth2/authorize-refused", test_authorize_refused);
  g_test_add_func ("/auth/oauth2/refresh-refused", test_refresh_refused);
  g_test_add_func ("/auth/oauth2/revoke-impossible", test_revoke_impossible);
  g_test_add_func ("/auth/oauth2/flows", test_flows);
  g_test_add_func ("/auth/oauth2/rfc6750-05-apply-refused", test_apply_refused);
  g_test_add_func ("/auth/oauth2/apply", test_apply);

  return g_test_run ();
}
