/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Providers' files that want too much, or something dangerous: each is refused with the path of
 * what is wrong. And what the grammar allows beside them. */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-provider-reader.h"

#include <string.h>

#define AUTHORIZE "'authorize': {'url': 'https://a.example/a'}"
#define TOKEN "'token': {'url': 'https://a.example/t'}"
#define BEGIN "{'id': 'example', 'name': 'Example', "
#define INPUTS                                                                                 \
  "'inputs': [{'name': 'tenant', 'label': 'T'}, {'name': 'pin', 'label': 'P', 'type': 'pem'}," \
  " {'name': 'pair', 'label': 'P', 'split': {'separator': ':', 'names': ['left', 'right']}}], "
#define METHOD(text) BEGIN INPUTS "'methods': [{'type': 'oauth2', " text "}]}"

typedef struct
{
  const char *text;
  const char *where;
} Case;

static LanyardProvider *
read_text (const char *text, GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return lanyard_provider_reader_read (json, strlen (json), "example", error);
}

static void
assert_refused (const char *text, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider = read_text (text, &error);

  if (provider != NULL)
    g_error ("Not refused: %.300s", text);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (strlen (error->message), <, 700);
  if (strstr (error->message, where) == NULL)
    g_error ("“%s” does not name “%s”", error->message, where);
}

static void
assert_all_refused (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    assert_refused (cases[i].text, cases[i].where);
}

static void
assert_accepted (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider = read_text (text, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_nonnull (provider);
}

/* A template of @n calls within each other, as a parameter of the token request. */
static char *
make_deep (guint n)
{
  g_autoptr (GString) text =
    g_string_new (BEGIN "'methods': [{'type': 'oauth2', " AUTHORIZE
                        ", 'token': {'url': 'https://a.example/t', 'params': {'x': '{");

  for (guint i = 0; i < n; i++)
    g_string_append (text, "lower(");
  g_string_append (text, "client_id");
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, ')');
  g_string_append (text, "}'}}}]}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_deep_template (void)
{
  g_autofree char *deep = make_deep (5);
  g_autofree char *deeper = make_deep (200);
  g_autofree char *good = make_deep (4);

  assert_refused (deep, "methods[0].token.params.x:");
  assert_refused (deeper, "methods[0].token.params.x:");
  assert_accepted (good);
}

static void
test_huge_template (void)
{
  g_autoptr (GString) many = g_string_new (BEGIN "'methods': [{'type': 'oauth2', " AUTHORIZE
                                                 ", 'token': {'url': 'https://a.example/t',"
                                                 " 'params': {'x': '");
  g_autofree char *filler = g_strnfill (3000, 'x');
  g_autofree char *large =
    g_strdup_printf (METHOD (AUTHORIZE ", 'token': {'url': 'https://a.example/t',"
                                       " 'params': {'x': '%s'}}"),
                     filler);

  for (guint i = 0; i < 101; i++)
    g_string_append (many, "{client_id}");
  g_string_append (many, "'}}}]}");

  assert_refused (many->str, "methods[0].token.params.x:");
  assert_refused (large, "methods[0].token.params.x:");
}

static void
test_broken_templates (void)
{
  static const Case cases[] = {
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{system(client_id)}'}}"),
      "methods[0].use.headers.X: calls the function “system”" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{lower()}'}}"),
      "methods[0].use.headers.X:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{before(client_id)}'}}"),
      "methods[0].use.headers.X: calls the function “before”" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{lower(client_id}'}}"),
      "methods[0].use.headers.X: has a “(”" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{lower(client_id) x}'}}"),
      "methods[0].use.headers.X:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{lower(\\u0027x)}'}}"),
      "methods[0].use.headers.X: has a quotation mark" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{{client_id}'}}, 'x': 1"),
      "methods[0].x:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{lower({client_id})}'}}"),
      "methods[0].use.headers.X:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': '{Client}'}}"),
      "methods[0].use.headers.X:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

/* By its id an authorization remembers which one it uses. */
static void
test_method_ids (void)
{
  static const Case cases[] = {
    { BEGIN "'methods': [{'type': 'api-key'}, {'type': 'api-key'}]}",
      "methods[1].type: is there twice" },
    { BEGIN "'methods': [{'type': 'api-key', 'id': 'basic'}, {'type': 'basic'}]}",
      "methods[1].type: is there twice" },
    { BEGIN "'inputs': [{'name': 'method', 'label': 'M'}], 'methods': [{'type': 'basic'}]}",
      "inputs[0]: has the name" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
  assert_accepted (BEGIN "'methods': [{'type': 'api-key'}, {'type': 'api-key', 'id': 'other'}]}");
}

static void
test_addresses (void)
{
  static const Case cases[] = {
    { METHOD (AUTHORIZE "," TOKEN ", 'steps': [{'url': 'http://a.example/'}]"),
      "methods[0].steps[0].url" },
    { METHOD (AUTHORIZE "," TOKEN ", 'revoke': {'url': 'http://{tenant}/'}"),
      "methods[0].revoke.url" },
    { METHOD (AUTHORIZE "," TOKEN ", 'refresh': {'url': 'ftp://a.example/'}"),
      "methods[0].refresh.url" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'base_url': 'https://u:p@a.example/'}"),
      "methods[0].use.base_url" },
    /* Secrets stand in no address that is shown, and in no host. */
    { METHOD (AUTHORIZE "," TOKEN ", 'verify': {'url': 'https://a.example/{access_token}'}"),
      "methods[0].verify.url:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'verify': {'url': 'https://a.example/{hex(pin)}'}"),
      "methods[0].verify.url:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'steps': [{'url': 'https://{access_token}.a.example/'}]"),
      "methods[0].steps[0].url:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'steps': [{'url': '{lower(refresh_token)}/x'}]"),
      "methods[0].steps[0].url:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_captured (void)
{
  static const Case cases[] = {
    /* A host that came from outside needs a pattern. */
    { METHOD (AUTHORIZE ", 'callback': {'capture': {'server': 's'}},"
                        " 'token': {'url': '{server}/token'}"),
      "methods[0].token.url:" },
    { METHOD (AUTHORIZE ", 'callback': {'capture': {'server': 's'}, 'allow': {'other': '.*'}},"
                        " 'token': {'url': 'https://{server}.a.example/token'}"),
      "methods[0].token.url:" },
    { METHOD (AUTHORIZE ", 'callback': {'capture': {'server': 's'}},"
                        " 'token': {'url': 'https://{after(server,\\u0027-\\u0027)}/token'}"),
      "methods[0].token.url:" },
    { METHOD (AUTHORIZE ", 'callback': {'capture': {'server': 's'}},"
                        " 'token': {'url': 'https://{host(server)}/token'}"),
      "methods[0].token.url:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'callback': {'capture': {'server': 's'}, 'allow':"
                        " {'server': '('}}"),
      "methods[0].callback.allow.server:" },
    /* Its name is its own. */
    { METHOD (AUTHORIZE "," TOKEN ", 'callback': {'capture': {'access_token': 's'}}"),
      "methods[0].callback.capture.access_token:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'callback': {'capture': {'tenant': 's'}}"),
      "methods[0].callback.capture.tenant:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'callback': {'capture': {'expires_at': 's'}}"),
      "methods[0].callback.capture.expires_at:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'response': {'capture': {'left': 's'}}"),
      "methods[0].response.capture.left:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'response': {'capture': {'A b': 's'}}"),
      "methods[0].response.capture." },
    { METHOD (AUTHORIZE "," TOKEN ", 'response': {'capture': {'x': {}}}"),
      "methods[0].response.capture.x:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_header_injection (void)
{
  static const Case cases[] = {
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X': 'a\\r\\nX-Evil: b'}}"),
      "methods[0].use.headers.X:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'headers': {'X\\r\\nY': 'a'}}"),
      "methods[0].use.headers." },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'header': {'name': 'X\\n', 'value': 'a'}}"),
      "methods[0].use.header.name:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'use': {'query': {'a b': 'a'}}"), "methods[0].use.query." },
    { METHOD (AUTHORIZE ", 'token': {'url': 'https://a.example/t', 'user': 'a\\nb'}"),
      "methods[0].token.user:" },
    { METHOD (TOKEN ", 'authorize': {'url': 'https://a.example/a\\r\\nHost: b'}"),
      "methods[0].authorize.url:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_wrong_values (void)
{
  static const Case cases[] = {
    { METHOD (AUTHORIZE "," TOKEN ", 'grant': 'password'"), "methods[0].grant:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'redirect': {'kinds': ['ftp']}"),
      "methods[0].redirect.kinds[0]:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'redirect': {'kinds': ['https', 'https']}"),
      "methods[0].redirect.kinds[1]:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'refresh': {'not_before': -1}"),
      "methods[0].refresh.not_before:" },
    { METHOD (TOKEN ", 'authorize': {'url': 'https://a.example', 'scope': {'param': 7}}"),
      "methods[0].authorize.scope.param:" },
    { METHOD (AUTHORIZE ", 'token': {'url': 'https://a.example/t', 'params': {'x': []}}"),
      "methods[0].token.params.x:" },
    { METHOD (AUTHORIZE ", 'token': {'url': 'https://a.example/t', 'params': {'x': null}}"),
      "methods[0].token.params.x:" },
    { METHOD (AUTHORIZE "," TOKEN ", 'response': {'expires': {'unit': 'h'}}"),
      "methods[0].response.expires.unit:" },
    { BEGIN "'popular': 0, 'methods': [{'type': 'basic'}]}", "popular:" },
    { BEGIN "'category': 'toys', 'methods': [{'type': 'basic'}]}", "category:" },
    { BEGIN "'methods': [{'type': 'oauth2', 'grant': 'client_credentials'}]}",
      "methods[0].token.url:" },
    { BEGIN "'methods': [{'type': 'oauth2', 'grant': 'device', " TOKEN "}]}",
      "methods[0].device.url:" },
    { BEGIN "'scopes': [{'name': 'a', 'implies': ['b']}], 'methods': [{'type': 'basic'}]}",
      "scopes[0].implies[0]:" },
    { BEGIN "'connectors': [{'id': 'a', 'name': 'A', 'methods': ['jwt']}],"
            " 'methods': [{'type': 'basic'}]}",
      "connectors[0].methods[0]:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

/* One provider may have several methods of one type (F17). */
static void
test_methods (void)
{
  static const Case cases[] = {
    { BEGIN "'methods': [{'type': 'basic', 'id': 'a'}, {'type': 'jwt', 'id': 'a'}]}",
      "methods[1].id:" },
    { BEGIN "'methods': [{'type': 'jwt'}, {'type': 'basic', 'id': 'jwt'}]}", "methods[1].id:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
  assert_accepted (BEGIN
                   "'methods': [{'type': 'oauth2', 'label': 'App', " AUTHORIZE "," TOKEN "},"
                   " {'type': 'oauth2', 'id': 'bot', 'label': 'Bot', " TOKEN
                   ", 'grant': 'client_credentials'}, {'type': 'api-key'}],"
                   " 'connectors': [{'id': 'a', 'name': 'A', 'methods': ['bot', 'api-key']}]}");
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    METHOD (AUTHORIZE "," TOKEN ", 'steps': [{'url': 'https://a.example/{access_token}/x'}]"),
    METHOD (AUTHORIZE "," TOKEN ", 'revoke': {'url': 'https://a.example/{refresh_token}',"
                      " 'method': 'DELETE', 'auth': 'none'}"),
    METHOD (AUTHORIZE ", 'callback': {'capture': {'server': ['s', 't']}, 'allow': {'server':"
                      " 'https://[a-z]+[.]a[.]example'}}, 'token': {'url': '{server}/token'}"),
    METHOD (AUTHORIZE "," TOKEN ", 'callback': {'capture': {'realm': 'realmId'}},"
                      " 'verify': {'url': 'https://a.example/{realm}/{left}'}"),
    METHOD (AUTHORIZE "," TOKEN
                      ", 'verify': {'url': 'https://{after(pin,\\u0027-\\u0027)}.a.example'}"),
    METHOD (AUTHORIZE "," TOKEN ", 'verify': {'url': 'https://a.example', 'body': 'json', 'params':"
                      " {'query': '{{ me {{ id }} }}', 'n': 1, 'yes': true, 'at': '{now}'}}"),
    METHOD (AUTHORIZE
            "," TOKEN ", 'use': {'headers': {'X':"
            " '{base64( hmac_sha256(pin, upper(tenant), \\u0027it\\u0027\\u0027s\\u0027) )}'}}"),
    METHOD (TOKEN ", 'authorize': {'url': 'https://a.example', 'scope': {'param': null}}"),
    BEGIN "'category': 'crm', 'popular': 12, 'status': 'limited', 'limits': ['SAML'],"
          " 'methods': [{'type': 'basic', 'hint': 'X', 'limits': ['mTLS']}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_accepted (texts[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/hostile/deep-template", test_deep_template);
  g_test_add_func ("/catalogue/hostile/huge-template", test_huge_template);
  g_test_add_func ("/catalogue/hostile/broken-templates", test_broken_templates);
  g_test_add_func ("/catalogue/hostile/method-ids", test_method_ids);
  g_test_add_func ("/catalogue/hostile/addresses", test_addresses);
  g_test_add_func ("/catalogue/hostile/captured", test_captured);
  g_test_add_func ("/catalogue/hostile/header-injection", test_header_injection);
  g_test_add_func ("/catalogue/hostile/wrong-values", test_wrong_values);
  g_test_add_func ("/catalogue/hostile/methods", test_methods);
  g_test_add_func ("/catalogue/hostile/accepted", test_accepted);

  return g_test_run ();
}
