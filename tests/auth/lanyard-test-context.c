/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-json.h"
#include "lanyard-provider-reader.h"

#include <string.h>

static const char BASE[] =
  "{'id': 'example', 'name': 'Example', 'methods': [{'type': 'oauth2',"
  " 'authorize': {'url': '" LANYARD_TEST_AUTHORIZATION_ENDPOINT "'},"
  " 'token': {'url': '" LANYARD_TEST_TOKEN_ENDPOINT "'},"
  " 'revoke': {'url': '" LANYARD_TEST_REVOCATION_ENDPOINT "'}}],"
  " 'scopes': [{'name': 'mail.read'}, {'name': 'mail.send'}, {'name': 'files'}],"
  " 'connectors': [{'id': 'mail', 'name': 'Mail', 'scopes': ['mail.read', 'mail.send']},"
  "                {'id': 'files', 'name': 'Files', 'scopes': ['files']}]}";

static JsonObject *
parse (const char *text)
{
  g_autofree char *json = lanyard_test_quote_json (text);
  g_autoptr (GError) error = NULL;
  JsonObject *object = lanyard_json_parse_object (json, strlen (json), &error);

  g_assert_no_error (error);
  return object;
}

/* What belongs to the provider, not to its method. */
static const char *const PROVIDER_MEMBERS[] = { "custom", "inputs", "scopes", "connectors", NULL };

static void
override (JsonObject *provider, JsonObject *overrides)
{
  JsonArray *methods = json_object_get_array_member (provider, "methods");
  JsonObject *object = json_array_get_object_element (methods, 0);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, overrides);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (g_strv_contains (PROVIDER_MEMBERS, name))
        json_object_set_member (provider, name, json_node_copy (node));
      else if (JSON_NODE_HOLDS_NULL (node))
        json_object_remove_member (object, name);
      else
        json_object_set_member (object, name, json_node_copy (node));
    }
}

LanyardProvider *
lanyard_test_provider_new (const char *method)
{
  g_autoptr (JsonObject) object = parse (BASE);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LanyardProvider *provider;

  if (method != NULL)
    {
      g_autofree char *braced = g_strdup_printf ("{%s}", method);
      g_autoptr (JsonObject) overrides = parse (braced);

      override (object, overrides);
    }

  text = json_to_string (node, FALSE);
  provider = lanyard_provider_reader_read (text, strlen (text), "example", &error);
  g_assert_no_error (error);
  return provider;
}

static void
set_setting (LanyardAuthorization *authorization, const char *name, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);

  if (g_str_equal (name, "connectors"))
    lanyard_authorization_set_connectors (authorization, (const char *const *)words);
  else if (g_str_equal (name, "scopes"))
    lanyard_authorization_set_scopes (authorization, (const char *const *)words);
  else
    lanyard_authorization_set_setting (authorization, name, value);
}

LanyardAuthContext *
lanyard_test_context_new_for_provider (LanyardProvider *provider,
                                       const char *settings,
                                       const char *credentials)
{
  LanyardMethod *method = lanyard_provider_find_method (provider, NULL);
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardCredentials) secrets = lanyard_credentials_new ();
  g_autoptr (LanyardParams) values = lanyard_params_parse (settings, NULL);
  g_autoptr (LanyardParams) secret_values = lanyard_params_parse (credentials, NULL);

  g_assert_nonnull (values);
  g_assert_nonnull (secret_values);
  lanyard_authorization_set_name (authorization, "Test");
  lanyard_authorization_set_provider_id (authorization, lanyard_provider_get_id (provider));
  lanyard_authorization_set_type_id (authorization, lanyard_method_get_type_id (method));
  if (g_str_equal (lanyard_method_get_type_id (method), "oauth2"))
    lanyard_authorization_set_setting (authorization, "client_id", "app");
  for (guint i = 0; i < lanyard_params_get_length (values); i++)
    set_setting (authorization, lanyard_params_get_nth_name (values, i),
                 lanyard_params_get_nth_value (values, i));
  for (guint i = 0; i < lanyard_params_get_length (secret_values); i++)
    lanyard_credentials_set_text (secrets, lanyard_params_get_nth_name (secret_values, i),
                                  lanyard_params_get_nth_value (secret_values, i));

  return lanyard_auth_context_new (provider, method, authorization, secrets);
}

LanyardAuthContext *
lanyard_test_context_new (const char *method, const char *settings, const char *credentials)
{
  g_autoptr (LanyardProvider) provider = lanyard_test_provider_new (method);

  return lanyard_test_context_new_for_provider (provider, settings, credentials);
}

char *
lanyard_test_quote_json (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static LanyardParams *
parse_strictly (const char *text)
{
  g_autoptr (GError) error = NULL;
  LanyardParams *params = lanyard_params_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_params_find_repeated (params), ==, NULL);
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      g_assert_cmpstr (lanyard_params_get_nth_name (params, i), !=, "");
      g_assert_cmpstr (lanyard_params_get_nth_value (params, i), !=, "");
    }
  return params;
}

LanyardParams *
lanyard_test_parse_query (const char *uri)
{
  const char *start = strchr (uri, '?');

  return parse_strictly (start != NULL ? start + 1 : "");
}

LanyardParams *
lanyard_test_parse_form (const LanyardRequest *request)
{
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_nonnull (request->body);

  return parse_strictly (lanyard_secret_get (request->body));
}

LanyardResponse *
lanyard_test_response_new (guint status, const char *json)
{
  g_autofree char *body = lanyard_test_quote_json (json);

  return lanyard_response_new (status, "application/json", body, -1);
}

void
lanyard_test_flow_feed (LanyardFlow *flow, LanyardStep **step, guint status, const char *json)
{
  g_autoptr (LanyardResponse) response = lanyard_test_response_new (status, json);

  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_REQUEST);
  lanyard_step_free (*step);
  *step = lanyard_flow_feed_response (flow, response, LANYARD_TEST_NOW);
  g_assert_nonnull (*step);
}

void
lanyard_test_flow_answer_consent (LanyardFlow *flow, LanyardStep **step, const char *query)
{
  g_autoptr (LanyardParams) asked = NULL;
  g_autoptr (GString) uri = NULL;
  const char *state;

  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_CONSENT);
  asked = lanyard_test_parse_query ((*step)->uri);
  state = lanyard_params_get (asked, "state");
  uri = g_string_new ((*step)->redirect_uri);
  g_string_append_c (uri, strchr (uri->str, '?') != NULL ? '&' : '?');
  g_string_append (uri, query);
  g_string_replace (uri, "%s", state != NULL ? state : "", 0);

  lanyard_step_free (*step);
  *step = lanyard_flow_feed_redirect (flow, uri->str, LANYARD_TEST_NOW);
  g_assert_nonnull (*step);
}

void
lanyard_test_assert_fit_to_show (const char *message)
{
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (message, -1), <, 700);
  for (const char *p = message; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      g_assert_false (g_unichar_iscntrl (character));
      g_assert_cmpint (g_unichar_type (character), !=, G_UNICODE_FORMAT);
      g_assert_cmpint (g_unichar_type (character), !=, G_UNICODE_LINE_SEPARATOR);
      g_assert_cmpint (g_unichar_type (character), !=, G_UNICODE_PARAGRAPH_SEPARATOR);
    }
}

guint
lanyard_test_count (const char *text, const char *needle)
{
  guint count = 0;

  for (const char *p = strstr (text, needle); p != NULL; p = strstr (p + 1, needle))
    count++;
  return count;
}
