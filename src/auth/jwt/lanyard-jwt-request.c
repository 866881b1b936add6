/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-request.h"

#include "lanyard-json.h"
#include "lanyard-jwt-signer.h"
#include "lanyard-template.h"

#define GRANT_TYPE "urn:ietf:params:oauth:grant-type:jwt-bearer"

/* Names and templates, as the provider's data has them, from what a person writes as a form. The
 * values are filled in later, so that a "&" in a password is no separator. */
static JsonObject *
read_params (LanyardAuthContext *context, const char *setting, const char *path)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  JsonObject *given = lanyard_method_get_object (method, path);
  g_autofree char *text = lanyard_auth_context_dup_value (context, setting);
  g_autoptr (LanyardParams) params = NULL;
  JsonObject *object;

  if (given != NULL && lanyard_authorization_get_setting (authorization, setting) == NULL)
    return json_object_ref (given);

  object = json_object_new ();
  params = lanyard_params_parse (text, NULL);
  for (guint i = 0; params != NULL && i < lanyard_params_get_length (params); i++)
    json_object_set_string_member (object, lanyard_params_get_nth_name (params, i),
                                   lanyard_params_get_nth_value (params, i));
  return object;
}

/* A request of the provider's data, with what the person entered in its place. */
static LanyardRequest *
make_post (LanyardAuthContext *context,
           const char *path,
           const char *endpoint,
           const char *setting,
           gint64 now,
           GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  g_autoptr (JsonObject) object =
    lanyard_json_copy_object (lanyard_method_get_object (method, path));
  g_autofree char *params = g_strconcat (path, ".params", NULL);
  g_autofree char *body = lanyard_auth_context_dup_value (context, "login_body");
  g_autofree char *uri = lanyard_auth_context_dup_endpoint (context, endpoint, error);
  LanyardTemplateRequest what = {
    .object = object,
    .base = lanyard_method_get_object (method, "token"),
    .uri = uri,
    .method = "POST",
    .body = body,
  };

  if (uri == NULL)
    return NULL;

  if (lanyard_authorization_get_setting (authorization, "login_body") != NULL)
    json_object_set_string_member (object, "body", body);
  json_object_set_object_member (object, "params", read_params (context, setting, params));
  return lanyard_template_build_request (context, &what, now, error);
}

gboolean
lanyard_jwt_request_is_needed (LanyardAuthContext *context, const char *name)
{
  g_autoptr (JsonObject) params = read_params (context, "login_params", "token.params");
  g_autofree char *template = g_strconcat ("{", name, "}", NULL);
  JsonObjectIter iter;
  JsonNode *node;

  json_object_iter_init (&iter, params);
  while (json_object_iter_next (&iter, NULL, &node))
    {
      if (json_node_get_value_type (node) == G_TYPE_STRING &&
          strstr (json_node_get_string (node), template) != NULL)
        return TRUE;
    }

  return FALSE;
}

LanyardRequest *
lanyard_jwt_request_new_login (LanyardAuthContext *context, gint64 now, GError **error)
{
  return make_post (context, "token", "token_endpoint", "login_params", now, error);
}

LanyardRequest *
lanyard_jwt_request_new_refresh (LanyardAuthContext *context, gint64 now)
{
  g_autofree char *uri = lanyard_auth_context_dup_endpoint (context, "refresh_endpoint", NULL);

  if (uri == NULL || *uri == '\0' ||
      lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "refresh_token") ==
        NULL)
    return NULL;

  return make_post (context, "refresh", "refresh_endpoint", "refresh_params", now, NULL);
}

/* RFC 7523 section 2.1, where the provider's data does not say it otherwise. */
static LanyardParams *
make_grant (LanyardAuthContext *context, LanyardSecret *assertion)
{
  LanyardParams *params = lanyard_params_new ();
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);

  lanyard_params_append (params, "grant_type", GRANT_TYPE);
  lanyard_params_append_secret (params, "assertion", assertion);
  if (*scopes != NULL)
    {
      g_autofree char *joined = g_strjoinv (" ", scopes);

      lanyard_params_append (params, "scope", joined);
    }
  return params;
}

LanyardRequest *
lanyard_jwt_request_new_exchange (LanyardAuthContext *context, gint64 now, GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *exchange = lanyard_method_get_object (method, "exchange");
  g_autoptr (LanyardSecret) assertion =
    lanyard_jwt_signer_sign (context, NULL, now, NULL, NULL, error);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthContext) with_assertion = NULL;
  g_autoptr (LanyardParams) params = NULL;
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);
  g_autofree char *joined = g_strjoinv (" ", scopes);
  g_autofree char *uri = NULL;
  LanyardTemplateRequest what = { .method = "POST", .body = "form" };

  if (assertion == NULL)
    return NULL;

  credentials = lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  lanyard_credentials_set (credentials, "assertion", assertion);
  lanyard_credentials_set_text (credentials, "scopes", joined);
  with_assertion = lanyard_auth_context_with_credentials (context, credentials);
  if (exchange == NULL)
    {
      uri = lanyard_auth_context_dup_endpoint (context, "token_endpoint", error);
      if (uri == NULL)
        return NULL;
    }
  what.object = exchange != NULL ? exchange : lanyard_method_get_object (method, "token");
  what.uri = uri;
  if (exchange == NULL || !json_object_has_member (exchange, "params"))
    params = make_grant (context, assertion);
  what.params = params;

  return lanyard_template_build_request (with_assertion, &what, now, error);
}

static void
add_paths (JsonObject *object, const char *name, const char *const *paths)
{
  JsonArray *array;

  if (json_object_has_member (object, name))
    return;

  array = json_array_new ();
  for (; *paths != NULL; paths++)
    json_array_add_string_element (array, *paths);
  json_object_set_array_member (object, name, array);
}

LanyardAuthContext *
lanyard_jwt_request_make_token_context (LanyardAuthContext *context)
{
  static const char *const access[] = {
    "access_token", "access", "token", "jwt", "id_token", NULL
  };
  static const char *const refresh[] = { "refresh_token", "refresh", NULL };
  static const char *const error_text[] = { "error_description", "detail", "message", NULL };
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *use = lanyard_method_get_object (method, "use");
  JsonObject *map = lanyard_json_copy_object (lanyard_method_get_object (method, "response.map"));
  JsonObject *response = lanyard_json_copy_object (lanyard_method_get_object (method, "response"));
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (LanyardMethod) named = NULL;

  add_paths (map, "access_token", access);
  add_paths (map, "refresh_token", refresh);
  add_paths (response, "error_text", error_text);
  json_object_set_object_member (response, "map", map);
  json_object_set_object_member (data, "response", response);
  if (use != NULL)
    json_object_set_object_member (data, "use", json_object_ref (use));
  named = lanyard_method_new (lanyard_method_get_type_id (method), data);

  return lanyard_auth_context_new (lanyard_auth_context_get_provider (context), named,
                                   lanyard_auth_context_get_authorization (context),
                                   lanyard_auth_context_get_credentials (context));
}
