/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every provider that Lanyard ships: read as the program reads it, and held to what a person and a
 * reviewer expect of it. */

#include "config.h"

#include "lanyard-catalogue.h"
#include "lanyard-grammar.h"
#include "lanyard-json.h"
#include "lanyard-provider-reader.h"

#include <math.h>
#include <string.h>

#define FOLDER "/io/github/lanyard/Lanyard/providers"

/* A few scopes that are always asked for explain themselves. */
#define N_SCOPES_WITHOUT_CONNECTORS 5

typedef void (*ProviderFunc) (const char *id, LanyardProvider *provider);

static void
for_each_provider (ProviderFunc func)
{
  g_auto (GStrv) names =
    g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert_nonnull (names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", FOLDER, names[i], NULL);
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardProvider) provider = NULL;
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      provider = lanyard_provider_reader_read (text, length, id, &error);
      g_assert_no_error (error);
      func (id, provider);
    }
}

static void
check_read (const char *id, LanyardProvider *provider)
{
  g_assert_cmpstr (lanyard_provider_get_id (provider), ==, id);
  g_assert_cmpstr (lanyard_provider_get_name (provider), !=, NULL);
  g_assert_cmpstr (lanyard_provider_get_color (provider), !=, NULL);
  if (lanyard_provider_is_custom (provider))
    g_assert_cmpstr (lanyard_provider_get_hint (provider), !=, NULL);
}

static void
test_read (void)
{
  for_each_provider (check_read);
}

static guint n_providers;
static GHashTable *n_of_type;

static void
count_types (const char *id, LanyardProvider *provider)
{
  GPtrArray *methods = lanyard_provider_list_methods (provider);

  if (lanyard_provider_is_custom (provider))
    return;

  n_providers++;
  for (guint i = 0; i < methods->len; i++)
    {
      const char *type_id = lanyard_method_get_type_id (g_ptr_array_index (methods, i));
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_of_type, type_id));

      g_hash_table_insert (n_of_type, (gpointer)g_intern_string (type_id),
                           GUINT_TO_POINTER (n + 1));
    }
}

/* Hundreds of providers, and several of each type. */
static void
test_types (void)
{
  static const char *const type_ids[] = { "oauth1",      "oauth2", "api-key",   "api-key-secret",
                                          "api-key-url", "jwt",    "basic-url", "basic" };

  n_of_type = g_hash_table_new (g_str_hash, g_str_equal);
  for_each_provider (count_types);
  g_assert_cmpuint (n_providers, >, 450);
  for (gsize i = 0; i < G_N_ELEMENTS (type_ids); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (n_of_type, type_ids[i])), >=, 10);
  g_hash_table_unref (n_of_type);
}

/* WCAG 2.1: the relative luminance of a colour. */
static double
get_luminance (const char *color)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (guint i = 0; i < 3; i++)
    {
      char digits[3] = { color[1 + 2 * i], color[2 + 2 * i], '\0' };
      double part = (double)g_ascii_strtoull (digits, NULL, 16) / 255;

      luminance +=
        weights[i] * (part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }

  return luminance;
}

static void
check_color (const char *id, LanyardProvider *provider)
{
  double contrast = 1.05 / (get_luminance (lanyard_provider_get_color (provider)) + 0.05);

  if (contrast < 3)
    g_error ("White text on the colour of %s is hard to read: contrast %.2f", id, contrast);
}

static void
test_color (void)
{
  for_each_provider (check_color);
}

static void
check_connectors (const char *id, LanyardProvider *provider)
{
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);

  for (guint i = 0; i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);

      g_assert_cmpstr (connector->description, !=, NULL);
      for (guint j = 0; connector->scopes[j] != NULL; j++)
        g_assert_nonnull (lanyard_provider_find_scope (provider, connector->scopes[j]));
    }
  /* Whoever is shown scopes is also shown what they are good for. */
  if (lanyard_provider_list_scopes (provider)->len > N_SCOPES_WITHOUT_CONNECTORS)
    g_assert_cmpuint (connectors->len, >, 0);
}

static void
test_connectors (void)
{
  for_each_provider (check_connectors);
}

static gboolean
is_sentence (const char *text)
{
  gunichar last = g_utf8_get_char (g_utf8_prev_char (text + strlen (text)));

  return !g_unichar_islower (g_utf8_get_char (text)) && last != ' ' && last != ',';
}

/* Plain words in sentence case, without a full stop: they stand in rows of a list. */
static void
check_words (const char *id, LanyardProvider *provider)
{
  GPtrArray *scopes = lanyard_provider_list_scopes (provider);
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);

  for (guint i = 0; i < scopes->len; i++)
    {
      const LanyardScope *scope = g_ptr_array_index (scopes, i);

      g_assert_nonnull (scope->description);
      if (!is_sentence (scope->description) || g_str_has_suffix (scope->description, "."))
        g_error ("%s: the description of %s is not in sentence case", id, scope->name);
    }
  for (guint i = 0; i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);

      if (!is_sentence (connector->description) || g_str_has_suffix (connector->description, "."))
        g_error ("%s: the description of %s is not in sentence case", id, connector->id);
    }
}

static void
test_words (void)
{
  for_each_provider (check_words);
}

/* An address that begins with a setting of the person's is checked when it is used. */
static gboolean
is_safe (const char *uri)
{
  return g_str_has_prefix (uri, "https://") || *uri == '{';
}

/* Whatever is shipped is https: http to loopback is only for the person's own files. */
static void
check_node (const char *id, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        {
          if ((g_str_equal (name, "url") || g_str_has_suffix (name, "_url")) &&
              !is_safe (json_node_get_string (member)))
            g_error ("%s: %s is not https", id, json_node_get_string (member));
          check_node (id, member);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        check_node (id, json_array_get_element (array, i));
    }
}

static void
check_https (const char *id, LanyardProvider *provider)
{
  g_autofree char *path = g_strconcat (FOLDER "/", id, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  root = lanyard_json_parse (text, length, NULL);
  g_assert_nonnull (root);
  check_node (id, root);
}

static void
test_https (void)
{
  for_each_provider (check_https);
}

/* The schema that editors use names the same members as the reader's tables. */
static void
compare_members (JsonObject *schema, JsonObject *definition, const LanyardGrammar *members)
{
  JsonObject *properties = json_object_get_object_member (definition, "properties");
  guint n = 0;

  g_assert_false (
    json_object_get_boolean_member_with_default (definition, "additionalProperties", TRUE));
  for (; members->name != NULL; members++, n++)
    {
      JsonObject *property;

      if (!json_object_has_member (properties, members->name))
        g_error ("schema.json does not know %s", members->name);
      property = json_object_get_object_member (properties, members->name);
      if (members->members == NULL)
        continue;
      if (members->kind == LANYARD_GRAMMAR_OBJECTS)
        property = json_object_get_object_member (property, "items");
      if (json_object_has_member (property, "$ref"))
        property = lanyard_json_get_object (
          schema, strrchr (json_object_get_string_member (property, "$ref"), '/') + 1);
      compare_members (schema, property, members->members);
    }
  g_assert_cmpuint (json_object_get_size (properties), ==, n);
}

static void
test_schema (void)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("LANYARD_TEST_PROVIDERS"), "schema.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *definitions;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  root = lanyard_json_parse_object (text, length, &error);
  g_assert_no_error (error);
  definitions = json_object_get_object_member (root, "$defs");

  compare_members (definitions, root, lanyard_grammar_get_provider ());
  compare_members (definitions, json_object_get_object_member (definitions, "method"),
                   lanyard_grammar_get_method ("basic"));
  compare_members (definitions, json_object_get_object_member (definitions, "oauth1"),
                   lanyard_grammar_get_method ("oauth1"));
  compare_members (definitions, json_object_get_object_member (definitions, "oauth2"),
                   lanyard_grammar_get_method ("oauth2"));
  compare_members (definitions, json_object_get_object_member (definitions, "jwt"),
                   lanyard_grammar_get_method ("jwt"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/shipped/read", test_read);
  g_test_add_func ("/catalogue/shipped/types", test_types);
  g_test_add_func ("/catalogue/shipped/color", test_color);
  g_test_add_func ("/catalogue/shipped/connectors", test_connectors);
  g_test_add_func ("/catalogue/shipped/words", test_words);
  g_test_add_func ("/catalogue/shipped/https", test_https);
  g_test_add_func ("/catalogue/shipped/schema", test_schema);

  return g_test_run ();
}
