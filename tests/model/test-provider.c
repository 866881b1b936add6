/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider.h"
#include "lanyard-search-key.h"

#define TEXT                                                                                    \
  "{\"id\":\"example\",\"name\":\"Example Ünïted\",\"website\":\"https://www.example.org\","  \
  "\"aliases\":[\"Kalender\",\"mail\"],"                                                        \
  "\"inputs\":[{\"name\":\"tenant\",\"label\":\"Tenant\",\"default\":\"common\",\"required\":"  \
  "true},"                                                                                      \
  "{\"name\":\"region\",\"label\":\"Region\",\"type\":\"choice\",\"advanced\":true,"            \
  "\"choices\":[{\"id\":\"eu\",\"label\":\"Europe\"},{\"id\":\"us\",\"label\":\"America\"}]}]," \
  "\"methods\":[{\"type\":\"oauth2\",\"authorize\":{\"scope\":{\"always\":[\"openid\"]}}},"     \
  "{\"type\":\"api-key\"}],"                                                                    \
  "\"scopes\":[{\"name\":\"openid\"},{\"name\":\"read\",\"description\":\"Read it\"}],"         \
  "\"connectors\":[{\"id\":\"reading\",\"name\":\"Reading\",\"scopes\":[\"read\",\"openid\"]}," \
  "{\"id\":\"nothing\",\"name\":\"Nothing\",\"description\":\"Asks for nothing\"}]}"

static LanyardProvider *
make_provider (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return lanyard_provider_new (json_node_get_object (node));
}

/* Whether a search for @words finds @provider. */
static gboolean
matches (LanyardProvider *provider, const char *words)
{
  g_autofree char *folded = lanyard_search_key_fold (words);

  return lanyard_search_key_rank (lanyard_provider_get_search_key (provider), folded) > 0;
}

static void
test_unknown (void)
{
  g_autoptr (LanyardProvider) provider = make_provider (TEXT);

  g_assert_null (lanyard_provider_find_method (provider, "jwt"));
  g_assert_null (lanyard_provider_find_scope (provider, "write"));
  g_assert_null (lanyard_provider_find_connector (provider, "writing"));
  g_assert_null (lanyard_provider_get_docs_url (provider));
  g_assert_null (lanyard_provider_get_registration_url (provider));
  g_assert_null (lanyard_provider_get_hint (provider));
  g_assert_false (lanyard_provider_is_custom (provider));
}

/* Whoever makes a provider has checked its data; still nothing crashes where it is odd. */
static void
test_odd (void)
{
  g_autoptr (LanyardProvider) provider =
    make_provider ("{\"id\":\"odd\",\"name\":\"Odd\",\"methods\":[1,{}],\"scopes\":{},"
                   "\"inputs\":[{}],\"connectors\":[{\"scopes\":7}],\"aliases\":{}}");
  g_auto (GStrv) scopes = lanyard_provider_collect_scopes (provider, NULL, NULL, NULL);

  g_assert_cmpuint (lanyard_provider_list_methods (provider)->len, ==, 0);
  g_assert_cmpuint (lanyard_provider_list_scopes (provider)->len, ==, 0);
  g_assert_null (lanyard_provider_find_method (provider, NULL));
  g_assert_null (lanyard_provider_find_connector (provider, "x"));
  g_assert_cmpuint (g_strv_length (scopes), ==, 0);
  g_assert_true (matches (provider, "odd"));
}

static void
test_data (void)
{
  LanyardProvider *provider = make_provider (TEXT);
  const LanyardConnector *connector;

  g_assert_cmpstr (lanyard_provider_get_id (provider), ==, "example");
  g_assert_cmpstr (lanyard_provider_get_name (provider), ==, "Example Ünïted");
  g_assert_cmpuint (lanyard_provider_list_methods (provider)->len, ==, 2);
  g_assert_cmpstr (lanyard_method_get_type_id (lanyard_provider_find_method (provider, "api-key")),
                   ==, "api-key");
  g_assert_cmpstr (lanyard_method_get_type_id (lanyard_provider_find_method (provider, NULL)), ==,
                   "oauth2");
  g_assert_cmpstr (lanyard_provider_find_scope (provider, "read")->description, ==, "Read it");
  g_assert_null (lanyard_provider_find_scope (provider, "openid")->description);
  connector = lanyard_provider_find_connector (provider, "nothing");
  g_assert_cmpstr (connector->description, ==, "Asks for nothing");
  g_assert_null (connector->scopes[0]);

  g_assert_finalize_object (provider);
}

static void
test_inputs (void)
{
  g_autoptr (LanyardProvider) provider = make_provider (TEXT);
  GPtrArray *inputs = lanyard_provider_list_inputs (provider);
  const LanyardField *field;

  g_assert_cmpuint (inputs->len, ==, 2);
  field = g_ptr_array_index (inputs, 0);
  g_assert_cmpstr (field->name, ==, "tenant");
  g_assert_cmpint (field->kind, ==, LANYARD_FIELD_TEXT);
  g_assert_cmpint (field->flags, ==, LANYARD_FIELD_REQUIRED);
  g_assert_cmpstr (field->default_value, ==, "common");
  field = g_ptr_array_index (inputs, 1);
  g_assert_cmpint (field->kind, ==, LANYARD_FIELD_CHOICE);
  g_assert_cmpint (field->flags, ==, LANYARD_FIELD_ADVANCED);
  g_assert_cmpstr (field->choices[1].label, ==, "America");
  g_assert_null (field->choices[2].id);
  g_assert_true (lanyard_field_check (field, "eu", NULL));
  g_assert_false (lanyard_field_check (field, "asia", NULL));
}

static void
test_color (void)
{
  g_autoptr (LanyardProvider) first = make_provider (TEXT);
  g_autoptr (LanyardProvider) again = make_provider (TEXT);
  g_autoptr (LanyardProvider) own =
    make_provider ("{\"id\":\"x\",\"name\":\"X\",\"color\":\"#123456\"}");

  g_assert_cmpstr (lanyard_provider_get_color (own), ==, "#123456");
  g_assert_true (g_regex_match_simple ("^#[0-9a-f]{6}$", lanyard_provider_get_color (first), 0, 0));
  g_assert_cmpstr (lanyard_provider_get_color (first), ==, lanyard_provider_get_color (again));
}

static void
test_collect_scopes (void)
{
  static const char *const connectors[] = { "gone", "reading", "reading", NULL };
  static const char *const own[] = { "read", "extra", NULL };
  g_autoptr (LanyardProvider) provider = make_provider (TEXT);
  LanyardMethod *method = lanyard_provider_find_method (provider, "oauth2");
  g_auto (GStrv) all = lanyard_provider_collect_scopes (provider, method, connectors, own);
  g_auto (GStrv) none = lanyard_provider_collect_scopes (provider, method, NULL, NULL);
  g_autofree char *joined = g_strjoinv (" ", all);

  g_assert_cmpstr (joined, ==, "openid read extra");
  g_assert_cmpuint (g_strv_length (none), ==, 1);
}

static void
test_matches (void)
{
  static const char *const hits[] = { "",       "EXAMPLE",      "ünïted",
                                      "kalend", "example mail", "mail example.org",
                                      "united", "lender" };
  static const char *const misses[] = { "calendar", "example calendar", "exampl3", "www" };
  g_autoptr (LanyardProvider) provider = make_provider (TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (misses); i++)
    g_assert_false (matches (provider, misses[i]));
  for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
    g_assert_true (matches (provider, hits[i]));
}

static guint n_loads;

static JsonObject *
load_cb (const char *id)
{
  g_autoptr (JsonNode) node = json_from_string (TEXT, NULL);

  g_assert_cmpstr (id, ==, "example");
  n_loads++;
  return json_node_dup_object (node);
}

/* What lists show is known without the data; anything else reads it, once. */
static void
test_lazy (void)
{
  const LanyardProviderSummary summary = {
    .id = "example",
    .name = "Short",
    .type_ids = "oauth2 api-key",
    .search_key = "short",
    .rank = 7,
  };
  g_autoptr (LanyardProvider) provider = lanyard_provider_new_lazy (&summary, load_cb);

  n_loads = 0;
  g_assert_cmpstr (lanyard_provider_get_id (provider), ==, "example");
  g_assert_cmpstr (lanyard_provider_get_name (provider), ==, "Short");
  g_assert_null (lanyard_provider_get_website (provider));
  g_assert_nonnull (lanyard_provider_get_color (provider));
  g_assert_cmpstr (lanyard_provider_get_type_ids (provider)[1], ==, "api-key");
  g_assert_null (lanyard_provider_get_type_ids (provider)[2]);
  g_assert_cmpuint (lanyard_provider_get_rank (provider), ==, 7);
  g_assert_true (matches (provider, "sho"));
  g_assert_false (lanyard_provider_is_loaded (provider));
  g_assert_cmpuint (n_loads, ==, 0);

  g_assert_nonnull (lanyard_provider_find_connector (provider, "reading"));
  g_assert_nonnull (lanyard_provider_find_method (provider, "api-key"));
  g_assert_true (lanyard_provider_is_loaded (provider));
  g_assert_cmpuint (n_loads, ==, 1);
}

/* A suffix that is typed all the same is no reason to refuse what is before it. */
static void
test_typed_affixes (void)
{
  g_autoptr (LanyardProvider) provider =
    make_provider ("{\"id\":\"x\",\"name\":\"X\",\"methods\":[],\"inputs\":[{\"name\":"
                   "\"shop\",\"label\":\"Shop\",\"pattern\":\"[a-z]+|[0-9]+\",\"prefix\":"
                   "\"https://\",\"suffix\":\".example.com\"}]}");
  const LanyardField *field = g_ptr_array_index (lanyard_provider_list_inputs (provider), 0);

  g_assert_false (lanyard_field_check (field, "A", NULL));
  g_assert_false (lanyard_field_check (field, "shop.exampleXcom", NULL));
  g_assert_false (lanyard_field_check (field, "shop.example.com.evil.example", NULL));
  g_assert_true (lanyard_field_check (field, "shop", NULL));
  g_assert_true (lanyard_field_check (field, "shop.example.com", NULL));
  g_assert_true (lanyard_field_check (field, "https://42.example.com", NULL));
}

#define SEVERAL                                                                  \
  "{\"id\":\"several\",\"name\":\"Several\",\"methods\":[{\"type\":\"oauth2\"}," \
  "{\"type\":\"oauth2\",\"id\":\"device\"},{\"type\":\"api-key\",\"id\":\"key\"}]}"

/* Quirk F17: two ways in which a provider authorizes may be of one type. */
static void
test_several_methods (void)
{
  g_autoptr (LanyardProvider) provider = make_provider (SEVERAL);
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  LanyardMethod *first = lanyard_provider_lookup_method (provider, "oauth2");
  LanyardMethod *device = lanyard_provider_lookup_method (provider, "device");

  g_assert_null (lanyard_provider_lookup_method (provider, "api-key"));
  g_assert_null (lanyard_provider_find_method_of (provider, authorization));
  g_assert_true (device != NULL && device != first);

  lanyard_provider_use_method (provider, device, authorization);
  g_assert_cmpstr (lanyard_authorization_get_method_id (authorization), ==, "device");
  g_assert_true (lanyard_provider_find_method_of (provider, authorization) == device);

  /* One that is gone, or is of another type. */
  lanyard_authorization_set_method_id (authorization, "gone");
  g_assert_true (lanyard_provider_find_method_of (provider, authorization) == first);
  lanyard_authorization_set_method_id (authorization, "key");
  g_assert_true (lanyard_provider_find_method_of (provider, authorization) == first);

  /* What was saved before there was a choice says only the type. */
  lanyard_provider_use_method (provider, first, authorization);
  g_assert_null (lanyard_authorization_get_method_id (authorization));
  g_assert_true (lanyard_provider_find_method_of (provider, authorization) == first);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/provider/unknown", test_unknown);
  g_test_add_func ("/model/provider/odd", test_odd);
  g_test_add_func ("/model/provider/data", test_data);
  g_test_add_func ("/model/provider/inputs", test_inputs);
  g_test_add_func ("/model/provider/color", test_color);
  g_test_add_func ("/model/provider/collect-scopes", test_collect_scopes);
  g_test_add_func ("/model/provider/matches", test_matches);
  g_test_add_func ("/model/provider/lazy", test_lazy);
  g_test_add_func ("/model/provider/typed-affixes", test_typed_affixes);
  g_test_add_func ("/model/provider/f17-several-methods", test_several_methods);

  return g_test_run ();
}
