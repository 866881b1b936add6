/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-provider-reader.h"
#include "mutate.h"

#include <string.h>

#define FOLDER "/io/github/lanyard/Lanyard/providers"
#define ROUNDS 2000u

/* A provider with @extra members, and one with @method in place of its method's data. */
#define PROVIDER(extra)                                                                  \
  "{\"id\":\"example\",\"name\":\"Example\"" extra ",\"methods\":[{\"type\":\"oauth2\"," \
  "\"authorize\":{\"url\":\"https://example.org/a\"},"                                   \
  "\"token\":{\"url\":\"https://example.org/t\"}}]}"
#define METHOD(method)                                         \
  "{\"id\":\"example\",\"name\":\"Example\","                  \
  "\"inputs\":[{\"name\":\"tenant\",\"label\":\"Tenant\"},"    \
  "{\"name\":\"pin\",\"label\":\"Pin\",\"type\":\"secret\"}]," \
  "\"methods\":[{\"type\":\"oauth2\"," method "}]}"
#define ENDPOINTS                                                                               \
  "\"authorize\":{\"url\":\"https://example.org/a\"},\"token\":{\"url\":\"https://example.org/" \
  "t\"}"

typedef struct
{
  const char *text;
  const char *where;
} Case;

static LanyardProvider *
read_text (const char *text, GError **error)
{
  return lanyard_provider_reader_read (text, strlen (text), "example", error);
}

static void
assert_refused (const char *text, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider = read_text (text, &error);

  if (provider != NULL)
    g_error ("Not refused: %s", text);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  if (strstr (error->message, where) == NULL)
    g_error ("“%s” does not name “%s”", error->message, where);
}

static void
assert_all_refused (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    assert_refused (cases[i].text, cases[i].where);
}

static void
test_syntax (void)
{
  static const Case cases[] = {
    { "", "JSON" },
    { "[]", "JSON" },
    { "{\n\"id\": \"example\",\n}", "line 3" },
    { "{\"id\":\"example\",\"id\":\"example\"}", "line 1" },
    { PROVIDER (",\"hint\":\"one\",\"hint\":\"two\""), "line 1" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_size (void)
{
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *huge = g_strdup_printf (PROVIDER (",\"hint\":\"%s\""), filler);
  g_autofree char *large = NULL;
  g_autoptr (GString) deep = g_string_new ("{\"methods\":");
  g_autoptr (GString) many = g_string_new ("");
  g_autofree char *listed = NULL;

  assert_refused (huge, "JSON");
  filler[5000] = '\0';
  large = g_strdup_printf (PROVIDER (",\"hint\":\"%s\""), filler);
  assert_refused (large, "hint:");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep->str, "JSON");

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (many, "%s\"alias %u\"", i > 0 ? "," : "", i);
  listed = g_strdup_printf (PROVIDER (",\"aliases\":[%s]"), many->str);
  assert_refused (listed, "aliases:");
}

static void
test_unknown_members (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"colour\":\"#123456\""), "colour:" },
    { METHOD (ENDPOINTS ",\"pcke\":\"off\""), "methods[0].pcke:" },
    { METHOD ("\"authorize\":{\"scope\":{\"seperator\":\",\"}}"),
      "methods[0].authorize.scope.seperator:" },
    { METHOD (ENDPOINTS ",\"steps\":[{\"url\":\"https://example.org\",\"x\":1}]"),
      "methods[0].steps[0].x:" },
    { PROVIDER (",\"scopes\":[{\"name\":\"a\",\"text\":\"b\"}]"), "scopes[0].text:" },
    { PROVIDER (",\"new\\nline\":1"), "new line" },
    { "{\"id\":\"example\",\"name\":\"E\",\"methods\":[{\"type\":\"api-key\",\"token\":{}}]}",
      "methods[0].token:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_types (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"hint\":7"), "hint:" },
    { PROVIDER (",\"hint\":null"), "hint:" },
    { PROVIDER (",\"hint\":\"\""), "hint:" },
    { PROVIDER (",\"aliases\":\"one\""), "aliases:" },
    { PROVIDER (",\"aliases\":[1]"), "aliases[0]:" },
    { PROVIDER (",\"custom\":\"yes\""), "custom:" },
    { PROVIDER (",\"color\":\"red\""), "color:" },
    { PROVIDER (",\"color\":\"#12345g\""), "color:" },
    { PROVIDER (",\"confidence\":\"sure\""), "confidence:" },
    { PROVIDER (",\"scopes\":{}"), "scopes:" },
    { PROVIDER (",\"scopes\":[]"), "scopes:" },
    { PROVIDER (",\"scopes\":[\"read\"]"), "scopes[0]:" },
    { METHOD ("\"authorize\":\"https://example.org\""), "methods[0].authorize:" },
    { METHOD (ENDPOINTS ",\"pkce\":\"never\""), "methods[0].pkce:" },
    { METHOD (ENDPOINTS ",\"response\":{\"expires\":{\"default\":\"60\"}}"),
      "methods[0].response.expires.default:" },
    { METHOD (ENDPOINTS ",\"response\":{\"expires\":{\"default\":0}}"),
      "methods[0].response.expires.default:" },
    { METHOD (ENDPOINTS ",\"response\":{\"expires\":{\"default\":1.5}}"),
      "methods[0].response.expires.default:" },
    { METHOD (ENDPOINTS ",\"response\":{\"ok_when\":{\"ok\":true}}"),
      "methods[0].response.ok_when.ok:" },
    { METHOD (ENDPOINTS ",\"response\":{\"error\":{}}"), "methods[0].response.error:" },
    { METHOD (ENDPOINTS ",\"defaults\":[]"), "methods[0].defaults:" },
    { METHOD (ENDPOINTS ",\"defaults\":{\"client id\":\"x\"}"), "methods[0].defaults." },
    { METHOD (ENDPOINTS ",\"redirect\":{\"embedded\":0}"), "methods[0].redirect.embedded:" },
    { METHOD (ENDPOINTS ",\"use\":{\"header\":{\"name\":\"X:y\",\"value\":\"z\"}}"),
      "methods[0].use.header.name:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_required (void)
{
  static const Case cases[] = {
    { "{}", "id:" },
    { "{\"id\":\"example\",\"methods\":[{\"type\":\"basic\"}]}", "name:" },
    { "{\"id\":\"example\",\"name\":\"E\"}", "methods:" },
    { "{\"id\":\"example\",\"name\":\"E\",\"methods\":[{}]}", "methods[0].type:" },
    { "{\"id\":\"example\",\"name\":\"E\",\"methods\":[{\"type\":\"saml\"}]}", "methods[0].type:" },
    { METHOD ("\"label\":\"x\""), "methods[0].authorize.url:" },
    { METHOD ("\"authorize\":{\"url\":\"https://example.org/a\"}"), "methods[0].token.url:" },
    { METHOD (ENDPOINTS ",\"revoke\":{\"auth\":\"bearer\"}"), "methods[0].revoke.url:" },
    { PROVIDER (",\"connectors\":[{\"id\":\"x\"}]"), "connectors[0].name:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_addresses (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"website\":\"http://example.org\""), "website" },
    { PROVIDER (",\"website\":\"javascript:alert(1)\""), "website" },
    { METHOD ("\"authorize\":{\"url\":\"http://example.org/a\"}"), "methods[0].authorize.url" },
    { METHOD ("\"authorize\":{\"url\":\"//example.org/a\"}"), "methods[0].authorize.url" },
    { METHOD ("\"authorize\":{\"url\":\"https://a:b@example.org\"}"), "methods[0].authorize.url" },
    { METHOD ("\"authorize\":{\"url\":\"https://example.org/#x\"}"), "methods[0].authorize.url" },
    { METHOD ("\"authorize\":{\"url\":\"http://127.0.0.1.example.org/\"}"),
      "methods[0].authorize.url" },
    { METHOD ("\"authorize\":{\"url\":\"http://{tenant}/\"}"), "methods[0].authorize.url" },
    { METHOD (ENDPOINTS ",\"redirect\":{\"value\":\"http://example.org/cb\"}"),
      "methods[0].redirect.value:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_templates (void)
{
  static const Case cases[] = {
    { METHOD ("\"authorize\":{\"url\":\"https://example.org/{tenent}\"}"),
      "methods[0].authorize.url:" },
    { METHOD ("\"authorize\":{\"url\":\"https://example.org/{\"}"), "methods[0].authorize.url:" },
    { METHOD ("\"authorize\":{\"url\":\"https://example.org/{}\"}"), "methods[0].authorize.url:" },
    /* No secret is ever part of an address. */
    { METHOD ("\"authorize\":{\"url\":\"https://example.org/{pin}\"}"),
      "methods[0].authorize.url:" },
    { METHOD (ENDPOINTS ",\"verify\":{\"url\":\"https://example.org/?t={access_token}\"}"),
      "methods[0].verify.url:" },
    { METHOD (ENDPOINTS ",\"verify\":{\"url\":\"https://example.org/{now}\"}"),
      "methods[0].verify.url:" },
    { METHOD (ENDPOINTS ",\"defaults\":{\"placement\":\"header:X={api_kee}\"}"),
      "methods[0].defaults.placement:" },
    { METHOD (ENDPOINTS ",\"refresh\":{\"params\":{\"x\":\"{nothing}\"}}"),
      "methods[0].refresh.params.x:" },
    { METHOD (ENDPOINTS ",\"use\":{\"header\":{\"name\":\"A\",\"value\":\"{tok\\u202een}\"}}"),
      "methods[0].use.header.value:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_characters (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"hint\":\"two\\nlines\""), "hint:" },
    { PROVIDER (",\"hint\":\"bell\\u0007\""), "hint:" },
    { PROVIDER (",\"hint\":\"turned \\u202e round\""), "hint:" },
    { METHOD (ENDPOINTS ",\"use\":{\"headers\":{\"A\":\"b\\r\\nC: d\"}}"),
      "methods[0].use.headers.A:" },
    { METHOD (ENDPOINTS ",\"token\":{\"headers\":{\"A\\nB\":\"c\"}}"), "line 1" },
    { METHOD ("\"token\":{\"headers\":{\"A\\nB\":\"c\"}}"), "methods[0].token.headers." },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_repeated (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"scopes\":[{\"name\":\"a\"},{\"name\":\"a\"}]"), "scopes[1].name:" },
    { PROVIDER (",\"connectors\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"a\",\"name\":\"B\"}]"),
      "connectors[1].id:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"a\",\"label\":\"A\"},{\"name\":\"a\",\"label\":\"A\"}]"),
      "inputs[1].name:" },
    { PROVIDER (",\"aliases\":[\"a\",\"a\"]"), "aliases[1]:" },
    { "{\"id\":\"example\",\"name\":\"E\",\"methods\":[{\"type\":\"jwt\"},{\"type\":\"jwt\"}]}",
      "methods[1].type:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_references (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"connectors\":[{\"id\":\"a\",\"name\":\"A\",\"scopes\":[\"gone\"]}]"),
      "connectors[0].scopes[0]:" },
    { PROVIDER (",\"connectors\":[{\"id\":\"A b\",\"name\":\"A\"}]"), "connectors[0].id:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_inputs (void)
{
  static const Case cases[] = {
    { PROVIDER (",\"inputs\":[{\"name\":\"client_id\",\"label\":\"A\"}]"), "inputs[0]:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"access_token\",\"label\":\"A\"}]"), "inputs[0]:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"a\",\"label\":\"A\",\"type\":\"choice\"}]"),
      "inputs[0]:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"a\",\"label\":\"A\",\"choices\":[{\"id\":\"x\","
                "\"label\":\"X\"}]}]"),
      "inputs[0]:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"a\",\"label\":\"A\",\"pattern\":\"(\"}]"),
      "inputs[0].pattern:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"a\",\"label\":\"A\",\"pattern\":\"[a-z]+\","
                "\"default\":\"7\"}]"),
      "inputs[0].default:" },
    { PROVIDER (",\"inputs\":[{\"name\":\"a\",\"label\":\"A\",\"type\":\"url\","
                "\"default\":\"http://example.org\"}]"),
      "inputs[0].default:" },
  };

  assert_all_refused (cases, G_N_ELEMENTS (cases));
}

static void
test_id (void)
{
  static const char *text = PROVIDER ("");
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_provider_reader_read (text, strlen (text), "other", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "id:"));
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    PROVIDER (""),
    PROVIDER (",\"registration_url\":\"https://example.org/#/apps\""),
    METHOD ("\"issuer\":\"https://example.org\""),
    METHOD ("\"authorize\":{\"url\":\"http://127.0.0.1:8401/{tenant}/a?b=c\","
            "\"names\":{\"scope\":null,\"client_id\":\"key\"}},"
            "\"token\":{\"url\":\"http://localhost:8401/t\"}"),
    METHOD (ENDPOINTS ",\"use\":{\"headers\":{\"X-Pin\":\"{pin} {access_token}\"}}"),
    METHOD (ENDPOINTS ",\"response\":{\"error\":\"error\",\"error_text\":[\"a.b\",\"c\"]}"),
    METHOD (ENDPOINTS ",\"verify\":{\"url\":\"{base_url}/me\"}"),
    "{\"id\":\"example\",\"name\":\"E\",\"custom\":true,\"methods\":[{\"type\":\"oauth2\"}]}",
    "{\"id\":\"example\",\"name\":\"E\",\"methods\":[{\"type\":\"api-key\",\"defaults\":"
    "{\"placement\":\"header:X-Api-Key\"}},{\"type\":\"basic\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      LanyardProvider *provider = read_text (texts[i], &error);

      g_assert_no_error (error);
      g_assert_finalize_object (provider);
    }
}

static void
damage (const char *text, gsize length, const char *id, GRand *random, guint *n_read)
{
  gsize mutated_length;
  g_autofree char *mutated = mutate (random, text, length, &mutated_length);
  /* A copy of exactly that size, so that the sanitizer sees a step beyond its end. */
  g_autofree char *exact = g_memdup2 (mutated, MAX (mutated_length, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (exact, mutated_length, id, &error);

  if (provider == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, LANYARD_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }

  g_assert_cmpstr (lanyard_provider_get_id (provider), ==, id);
  g_assert_nonnull (lanyard_provider_get_search_key (provider));
  (*n_read)++;
}

/* However the shipped files are damaged, they are read or refused with a message. */
static void
test_damaged (void)
{
  g_auto (GStrv) names =
    g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint n_read = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      const char *name = names[i % g_strv_length (names)];
      g_autofree char *path = g_build_path ("/", FOLDER, name, NULL);
      g_autofree char *id = g_strndup (name, strlen (name) - strlen (".json"));
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      damage (text, length, id, random, &n_read);
    }

  g_test_message ("%u of %u damaged files could be read", n_read, ROUNDS);
  g_assert_cmpuint (n_read, >, 0);
  g_assert_cmpuint (n_read, <, ROUNDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/reader/syntax", test_syntax);
  g_test_add_func ("/catalogue/reader/size", test_size);
  g_test_add_func ("/catalogue/reader/unknown-members", test_unknown_members);
  g_test_add_func ("/catalogue/reader/types", test_types);
  g_test_add_func ("/catalogue/reader/required", test_required);
  g_test_add_func ("/catalogue/reader/addresses", test_addresses);
  g_test_add_func ("/catalogue/reader/templates", test_templates);
  g_test_add_func ("/catalogue/reader/characters", test_characters);
  g_test_add_func ("/catalogue/reader/repeated", test_repeated);
  g_test_add_func ("/catalogue/reader/references", test_references);
  g_test_add_func ("/catalogue/reader/inputs", test_inputs);
  g_test_add_func ("/catalogue/reader/id", test_id);
  g_test_add_func ("/catalogue/reader/accepted", test_accepted);
  g_test_add_func ("/catalogue/reader/damaged", test_damaged);

  return g_test_run ();
}
