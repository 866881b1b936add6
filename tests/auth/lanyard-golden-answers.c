/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-golden-answers.h"

#include "lanyard-json.h"
#include "lanyard-test-context.h"
#include "lanyard-uri.h"

#include <string.h>

#define LIFETIME 3600

/* {"alg":"HS256"} {"sub":"ada"} */
#define JWT "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl"

/* What has to look like something. */
static const struct
{
  const char *provider;
  const char *name;
  const char *value;
} SAMPLES[] = {
  { "amocrm", "account_host", "example.amocrm.ru" },
  { "deputy", "endpoint", "example.eu.deputy.com" },
  { "gong", "api_base", "https://us-1.api.gong.io" },
  { "mailchimp", "dc", "us1" },
  { "pcloud", "host", "eapi.pcloud.com" },
  { "pipedrive", "api_domain", "https://example.pipedrive.com" },
  { "salesforce", "instance", "https://example.my.salesforce.com" },
  { "salesforce-jwt", "instance", "https://example.my.salesforce.com" },
  { "teamwork", "api_end_point", "https://example.teamwork.com/" },
  { "wrike", "host", "www.wrike.com" },
  { "zoho", "api_domain", "https://www.zohoapis.com" },
};

static char *
dup_sample (LanyardAuthContext *context, const char *name)
{
  const char *provider = lanyard_provider_get_id (lanyard_auth_context_get_provider (context));
  g_autofree char *upper = g_ascii_strup (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (SAMPLES); i++)
    {
      if (g_str_equal (SAMPLES[i].provider, provider) && g_str_equal (SAMPLES[i].name, name))
        return g_strdup (SAMPLES[i].value);
    }

  return g_strdelimit (g_steal_pointer (&upper), "_", '-');
}

/* A condition says a value, any value (*), or any but one (!x). */
static const char *
fulfil (const char *condition)
{
  return *condition == '*' || *condition == '!' ? "fulfilled" : condition;
}

static JsonNode *
make_container (const char *next)
{
  JsonNode *node = json_node_new (g_ascii_isdigit (*next) ? JSON_NODE_ARRAY : JSON_NODE_OBJECT);

  if (JSON_NODE_HOLDS_ARRAY (node))
    json_node_take_array (node, json_array_new ());
  else
    json_node_take_object (node, json_object_new ());
  return node;
}

static JsonNode *
get_child (JsonNode *parent, const char *name)
{
  if (JSON_NODE_HOLDS_OBJECT (parent))
    return json_object_get_member (json_node_get_object (parent), name);
  if (JSON_NODE_HOLDS_ARRAY (parent) && json_array_get_length (json_node_get_array (parent)) > 0)
    return json_array_get_element (json_node_get_array (parent), 0);

  return NULL;
}

static void
add_child (JsonNode *parent, const char *name, JsonNode *child)
{
  if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), name, child);
  else
    json_array_add_element (json_node_get_array (parent), child);
}

/* Puts @value where @path points to; what does not go together with what is there is left out. */
static void
put (JsonNode **root, const char *path, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *parent;

  if (*root == NULL)
    *root = make_container (names[0]);
  parent = *root;
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonNode *child = get_child (parent, names[i]);

      if (JSON_NODE_HOLDS_VALUE (parent) ||
          JSON_NODE_HOLDS_ARRAY (parent) != !!g_ascii_isdigit (*names[i]))
        return;
      if (names[i + 1] == NULL)
        {
          if (child == NULL)
            add_child (parent, names[i], g_steal_pointer (&owned));
          return;
        }
      if (child == NULL)
        {
          child = make_container (names[i + 1]);
          add_child (parent, names[i], child);
        }
      parent = child;
    }
}

static JsonNode *
make_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* A condition on a number or a truth value is met by one. */
static JsonNode *
make_value (const char *text)
{
  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    return json_node_init_boolean (json_node_alloc (), *text == 't');
  if (g_ascii_isdigit (*text) && strspn (text, "0123456789") == strlen (text))
    return json_node_init_int (json_node_alloc (), g_ascii_strtoll (text, NULL, 10));

  return make_text (text);
}

static char *
add_prefix (const char *prefix, const char *path)
{
  return prefix != NULL ? g_strconcat (prefix, ".", path, NULL) : g_strdup (path);
}

/* The first of the alternatives that @object has under @name, below @prefix. */
static void
put_first (JsonNode **root,
           JsonObject *object,
           const char *name,
           const char *prefix,
           JsonNode *value)
{
  g_auto (GStrv) paths = object != NULL ? lanyard_json_dup_strv (object, name) : NULL;
  g_autoptr (JsonNode) owned = value;
  g_autofree char *path = NULL;

  if (paths == NULL || *paths == NULL)
    return;
  path = add_prefix (prefix, *paths);
  put (root, path, g_steal_pointer (&owned));
}

static JsonNode *
make_expiry (JsonObject *expires)
{
  const char *kind = lanyard_json_get_string (expires, "kind");
  gboolean is_ms = g_strcmp0 (lanyard_json_get_string (expires, "unit"), "ms") == 0;
  gint64 time = g_strcmp0 (kind, "at") == 0 ? LANYARD_TEST_NOW + LIFETIME : LIFETIME;

  if (g_strcmp0 (kind, "iso") == 0)
    return make_text ("2026-01-01T01:00:00Z");

  return json_node_init_int (json_node_alloc (), is_ms ? time * 1000 : time);
}

static void
put_captured (LanyardAuthContext *context, JsonNode **root, JsonObject *response)
{
  JsonObject *capture = lanyard_json_get_object (response, "capture");
  const char *prefix = lanyard_json_get_string (response, "root");
  JsonObjectIter iter;
  const char *name;

  if (capture == NULL)
    return;
  json_object_iter_init (&iter, capture);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      g_autofree char *sample = dup_sample (context, name);

      put_first (root, capture, name, prefix, make_text (sample));
    }
}

static void
put_conditions (JsonNode **root, JsonObject *response)
{
  JsonObject *ok_when = lanyard_json_get_object (response, "ok_when");
  JsonObjectIter iter;
  const char *path;
  JsonNode *value;

  if (ok_when == NULL)
    return;
  json_object_iter_init (&iter, ok_when);
  while (json_object_iter_next (&iter, &path, &value))
    put (root, path, make_value (fulfil (json_node_get_string (value))));
}

static void
put_tokens (JsonNode **root, JsonObject *response, const char *access_token)
{
  const struct
  {
    const char *name;
    const char *value;
  } tokens[] = {
    { "access_token", access_token },
    { "refresh_token", "REFRESH-TOKEN" },
    { "device_code", "DEVICE-CODE" },
    { "user_code", "USER-CODE" },
    { "verification_uri", "https://example.org/device" },
  };
  JsonObject *map = lanyard_json_get_object (response, "map");
  JsonObject *expires = lanyard_json_get_object (response, "expires");
  const char *prefix = lanyard_json_get_string (response, "root");

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *path = prefix != NULL ? g_strdup_printf ("%s.%s", prefix, tokens[i].name)
                                             : g_strdup (tokens[i].name);

      if (map != NULL && json_object_has_member (map, tokens[i].name))
        put_first (root, map, tokens[i].name, prefix, make_text (tokens[i].value));
      else
        put (root, path, make_text (tokens[i].value));
    }
  if (expires != NULL)
    put_first (root, expires, "path", prefix, make_expiry (expires));
  else
    put (root, "expires_in", json_node_init_int (json_node_alloc (), LIFETIME));
}

/* How the answer to one request of the method is read: `token`, `steps.0`. */
static JsonObject *
find_response (JsonObject *data, const char *path)
{
  JsonArray *steps = lanyard_json_get_array (data, "steps");
  g_autofree char *own_path = NULL;

  if (path == NULL)
    return NULL;
  if (g_str_has_prefix (path, "steps."))
    return lanyard_json_get_object (
      json_array_get_object_element (steps, atoi (path + strlen ("steps."))), "response");

  own_path = g_strconcat (path, ".response", NULL);
  return lanyard_json_get_object (data, own_path);
}

LanyardResponse *
lanyard_golden_answers_new_response (LanyardAuthContext *context, const char *path)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (JsonObject) data = lanyard_method_dup_data (method);
  JsonObject *own = find_response (data, path);
  JsonObject *common = lanyard_json_get_object (data, "response");
  g_autoptr (JsonObject) nothing = json_object_new ();
  gboolean is_jwt = g_str_equal (lanyard_method_get_type_id (method), "jwt");
  const char *token = is_jwt ? JWT : "ACCESS-TOKEN";
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (own != NULL)
    {
      put_captured (context, &root, own);
      put_tokens (&root, own, token);
      put_conditions (&root, own);
    }
  if (common != NULL)
    {
      put_captured (context, &root, common);
      put_conditions (&root, common);
    }
  put_tokens (&root, common != NULL ? common : nothing, token);
  put_first (&root, data, "verify.account", NULL, make_text ("ACCOUNT"));

  text = json_to_string (root, FALSE);
  return lanyard_response_new (200, "application/json", text, -1);
}

static void
append_captured (LanyardAuthContext *context, LanyardParams *params, JsonObject *capture)
{
  JsonObjectIter iter;
  const char *name;

  if (capture == NULL)
    return;
  json_object_iter_init (&iter, capture);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      g_auto (GStrv) names = lanyard_json_dup_strv (capture, name);
      g_autofree char *sample = dup_sample (context, name);

      lanyard_params_set (params, names[0], sample);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The parameters as Shopify signs them: sorted, without the signature. */
static void
append_hmac (LanyardAuthContext *context, LanyardParams *params, JsonObject *hmac)
{
  g_autofree char *key = NULL;
  g_autofree char *message = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);

  if (hmac == NULL)
    return;
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    g_ptr_array_add (pairs, g_strdup_printf ("%s=%s", lanyard_params_get_nth_name (params, i),
                                             lanyard_params_get_nth_value (params, i)));
  g_ptr_array_sort (pairs, compare);
  g_ptr_array_add (pairs, NULL);
  message = g_strjoinv ("&", (char **)pairs->pdata);
  key = lanyard_auth_context_expand (context, lanyard_json_get_string (hmac, "key"));
  digest =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)key, strlen (key), message, -1);
  lanyard_params_append (params, lanyard_json_get_string (hmac, "param"), digest);
}

char *
lanyard_golden_answers_dup_redirect (LanyardAuthContext *context,
                                     const char *redirect_uri,
                                     const char *state)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *ok_when = lanyard_method_get_object (method, "callback.ok_when");
  const char *token = lanyard_method_get_string (method, "callback.token");
  const char *code = lanyard_method_get_string (method, "callback.code");
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (g_str_equal (lanyard_method_get_type_id (method), "oauth1"))
    {
      lanyard_params_append (params, "oauth_token", "TEMPORARY-TOKEN");
      lanyard_params_append (params, "oauth_verifier", "VERIFIER");
      return lanyard_uri_append_params (redirect_uri, params);
    }

  if (token != NULL)
    lanyard_params_append (params, token, "LONG-TOKEN");
  else
    lanyard_params_append (params, code != NULL ? code : "code", "CODE");
  if (state != NULL)
    lanyard_params_append (params, "state", state);
  append_captured (context, params, lanyard_method_get_object (method, "callback.capture"));
  if (ok_when != NULL)
    {
      json_object_iter_init (&iter, ok_when);
      while (json_object_iter_next (&iter, &name, &value))
        lanyard_params_set (params, name, fulfil (json_node_get_string (value)));
    }
  append_hmac (context, params, lanyard_method_get_object (method, "callback.hmac"));

  return lanyard_uri_append_params (redirect_uri, params);
}
