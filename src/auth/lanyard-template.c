/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-template.h"

#include "lanyard-json.h"
#include "lanyard-uri.h"

#define NOW "{now}"

/* The template of a member, or NULL for one that is no text. */
static const char *
get_template (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

void
lanyard_template_add_params (LanyardAuthContext *context, LanyardParams *params, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *template = get_template (node);
      char *value;

      if (template == NULL)
        continue;
      value = lanyard_auth_context_expand (context, template);
      lanyard_params_set (params, name, value);
      lanyard_secret_wipe_string (value);
    }
}

static JsonObject *
expand_object (LanyardAuthContext *context, JsonObject *object, gint64 now)
{
  JsonObject *expanded = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *template = get_template (node);
      char *value;

      if (template == NULL)
        json_object_set_member (expanded, name, json_node_copy (node));
      else if (g_str_equal (template, NOW))
        json_object_set_int_member (expanded, name, now);
      else
        {
          value = lanyard_auth_context_expand (context, template);
          json_object_set_string_member (expanded, name, value);
          lanyard_secret_wipe_string (value);
        }
    }

  return expanded;
}

static LanyardAuthContext *
add_now (LanyardAuthContext *context, gint64 now)
{
  g_autoptr (LanyardCredentials) credentials =
               lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, now);

  lanyard_credentials_set_text (credentials, "now", text);
  return lanyard_auth_context_with_credentials (context, credentials);
}

LanyardRequest *
lanyard_template_new_request (LanyardAuthContext *context,
                              JsonObject *object,
                              const char *uri,
                              const char *method,
                              gint64 now)
{
  const char *own_method = object != NULL ? lanyard_json_get_string (object, "method") : NULL;
  JsonObject *params = object != NULL ? lanyard_json_get_object (object, "params") : NULL;
  LanyardRequest *request = lanyard_request_new (own_method != NULL ? own_method : method, uri);
  g_autoptr (LanyardAuthContext) with_now = add_now (context, now);

  lanyard_params_set (request->headers, "Accept", "application/json");
  if (object != NULL)
    lanyard_template_add_params (with_now, request->headers,
                                 lanyard_json_get_object (object, "headers"));
  if (params == NULL)
    return request;

  if (g_strcmp0 (lanyard_json_get_string (object, "body"), "json") == 0)
    {
      g_autoptr (JsonObject) expanded = expand_object (with_now, params, now);

      lanyard_request_set_json (request, expanded);
    }
  else
    {
      g_autoptr (LanyardParams) form = lanyard_params_new ();

      lanyard_template_add_params (with_now, form, params);
      lanyard_request_set_form (request, form);
    }

  return request;
}

/* What the provider's data says of its own request does not fit an address that the person chose.
 */
static JsonObject *
get_verify (LanyardAuthContext *context, const char *uri)
{
  g_autofree char *given = lanyard_auth_context_dup_given (context, "test_url");

  return g_strcmp0 (uri, given) == 0
           ? lanyard_method_get_object (lanyard_auth_context_get_method (context), "verify")
           : NULL;
}

LanyardRequest *
lanyard_template_new_probe (LanyardAuthContext *context, gint64 now)
{
  g_autofree char *uri = lanyard_auth_context_dup_value (context, "test_url");

  if (uri != NULL)
    return lanyard_template_new_request (context, get_verify (context, uri), uri, "GET", now);

  uri = lanyard_auth_context_dup_value (context, "userinfo_endpoint");
  return uri != NULL ? lanyard_template_new_request (context, NULL, uri, "GET", now) : NULL;
}
