/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-error.h"
#include "lanyard-server-metadata.h"

#define ISSUER "https://id.example.org/realm"
#define DOCUMENT(members) "{'issuer':'" ISSUER "'," members "}"

static LanyardServerMetadata *
parse (const char *issuer, const char *json, GError **error)
{
  g_autofree char *text = lanyard_test_quote_json (json);

  return lanyard_server_metadata_parse (issuer, text, strlen (text), error);
}

static void
assert_refused (const char *issuer, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardServerMetadata) metadata = parse (issuer, json, &error);

  g_test_message ("%.100s", json);
  g_assert_null (metadata);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  lanyard_test_assert_fit_to_show (error->message);
}

/* RFC 8414 section 3.2: an object, and nothing else. */
static void
test_broken (void)
{
  static const char *const documents[] = {
    "",
    "[]",
    "null",
    "<html></html>",
    "{'issuer':'" ISSUER "'",
    "{}",
    "{'issuer':7}",
    "{'issuer':'" ISSUER "','issuer':'" ISSUER "'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    assert_refused (ISSUER, documents[i]);
}

/* RFC 8414 sections 3.3 and 4: the same code points, whatever they would mean. */
static void
test_other_issuer (void)
{
  static const char *const issuers[] = {
    "https://id.example.org",         "https://id.example.org/realm/",
    "https://ID.example.org/realm",   "https://id.example.org:443/realm",
    "http://id.example.org/realm",    "https://id.example.org/%72ealm",
    "https://evil.example.org/realm", "https://id.example.org/realm\\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (issuers); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'issuer':'%s'}", issuers[i]);

      assert_refused (ISSUER, json);
    }
}

/* Credentials go to none of these. */
static void
test_endpoints (void)
{
  static const char *const documents[] = {
    DOCUMENT ("'token_endpoint':'http://id.example.org/token'"),
    DOCUMENT ("'token_endpoint':'http://127.0.0.1/token'"),
    DOCUMENT ("'token_endpoint':'/token'"),
    DOCUMENT ("'token_endpoint':''"),
    DOCUMENT ("'token_endpoint':7"),
    DOCUMENT ("'token_endpoint':['https://id.example.org/token']"),
    DOCUMENT ("'token_endpoint':'https://id.example.org/token#x'"),
    DOCUMENT ("'token_endpoint':'https://user@id.example.org/token'"),
    DOCUMENT ("'authorization_endpoint':'javascript:alert(1)'"),
    DOCUMENT ("'jwks_uri':'http://id.example.org/keys'"),
    DOCUMENT ("'revocation_endpoint':'ftp://id.example.org/revoke'"),
    DOCUMENT ("'userinfo_endpoint':'https://id.example.org/\\nx'"),
    DOCUMENT ("'device_authorization_endpoint':'x'"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    assert_refused (ISSUER, documents[i]);
}

static void
test_issuers (void)
{
  static const char *const wrong[] = {
    "",
    "id.example.org",
    "http://id.example.org",
    "https://id.example.org?x=y",
    "https://id.example.org/#x",
    "https://user:password@id.example.org",
    "file:///etc/passwd",
  };
  static const char *const right[] = { "https://id.example.org", "https://id.example.org/a/b/",
                                       "http://127.0.0.1:8080", "http://localhost/x" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_server_metadata_check_issuer (wrong[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (lanyard_server_metadata_check_issuer (right[i], NULL));
}

static void
test_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardServerMetadata) metadata =
    parse (ISSUER,
           DOCUMENT ("'token_endpoint':'https://id.example.org/token',"
                     "'registration_endpoint':null,'unknown':{'a':[1]},"
                     "'authorization_response_iss_parameter_supported':true,"
                     "'scopes_supported':['openid','mail']"),
           &error);
  g_autoptr (LanyardServerMetadata) again = NULL;
  g_auto (GStrv) scopes = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_server_metadata_get_issuer (metadata), ==, ISSUER);
  g_assert_cmpstr (lanyard_server_metadata_get_string (metadata, "token_endpoint"), ==,
                   "https://id.example.org/token");
  g_assert_null (lanyard_server_metadata_get_string (metadata, "registration_endpoint"));
  g_assert_true (lanyard_server_metadata_get_boolean (
    metadata, "authorization_response_iss_parameter_supported"));
  g_assert_false (lanyard_server_metadata_get_boolean (metadata, "other"));
  scopes = lanyard_server_metadata_dup_list (metadata, "scopes_supported");
  g_assert_cmpstr (scopes[1], ==, "mail");

  text = lanyard_server_metadata_dup_text (metadata);
  again = lanyard_server_metadata_parse (ISSUER, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_server_metadata_get_string (again, "token_endpoint"), ==,
                   "https://id.example.org/token");
}

/* RFC 8414 section 2: a missing list means client_secret_basic. */
static void
test_auth_method (void)
{
  static const struct
  {
    const char *json;
    const char *expected;
  } cases[] = {
    { "{'issuer':'" ISSUER "'}", "client_secret_basic" },
    { DOCUMENT ("'token_endpoint_auth_methods_supported':['none','client_secret_post']"),
      "client_secret_post" },
    { DOCUMENT ("'token_endpoint_auth_methods_supported':['none']"), "none" },
    { DOCUMENT ("'token_endpoint_auth_methods_supported':['tls_client_auth']"), NULL },
    { DOCUMENT ("'token_endpoint_auth_methods_supported':[]"), NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardServerMetadata) metadata = parse (ISSUER, cases[i].json, NULL);

      g_assert_cmpstr (lanyard_server_metadata_choose_auth_method (metadata), ==,
                       cases[i].expected);
    }
}

static void
test_loopback (void)
{
  g_autoptr (LanyardServerMetadata) metadata =
    parse ("http://127.0.0.1:1",
           "{'issuer':'http://127.0.0.1:1','token_endpoint':'http://127.0.0.1:1/token'}", NULL);

  g_assert_nonnull (metadata);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/server-metadata/broken", test_broken);
  g_test_add_func ("/auth/server-metadata/other-issuer", test_other_issuer);
  g_test_add_func ("/auth/server-metadata/endpoints", test_endpoints);
  g_test_add_func ("/auth/server-metadata/issuers", test_issuers);
  g_test_add_func ("/auth/server-metadata/members", test_members);
  g_test_add_func ("/auth/server-metadata/auth-method", test_auth_method);
  g_test_add_func ("/auth/server-metadata/loopback", test_loopback);

  return g_test_run ();
}
