/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-template.h"

#include "lanyard-base-url.h"
#include "lanyard-basic-credentials.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-template-fill.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

/* Names of members of a request. */
#define BODY "body"
#define METHOD "method"

/* Whether @template is a time alone, which in JSON is a number. */
static gboolean
is_time (const char *template)
{
  return g_str_equal (template, "{now}") || g_str_equal (template, "{now_ms}");
}

/* The template of a member, or NULL for one that is no text. */
static const char *
get_template (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
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

const char *
lanyard_template_get_string (JsonObject *object, JsonObject *base, const char *name)
{
  const char *text = object != NULL ? lanyard_json_get_string (object, name) : NULL;

  return text == NULL && base != NULL ? lanyard_json_get_string (base, name) : text;
}

static JsonObject *
get_object (const LanyardTemplateRequest *what, const char *name)
{
  JsonObject *object = what->object != NULL ? lanyard_json_get_object (what->object, name) : NULL;

  return object == NULL && what->base != NULL ? lanyard_json_get_object (what->base, name) : object;
}

/* The value of a parameter; what is neither empty nor a text stays what it is. */
static gboolean
set_param (LanyardAuthContext *context,
           JsonObject *params,
           const char *name,
           JsonNode *node,
           GError **error)
{
  const char *template = get_template (node);
  char *value;

  if (template == NULL)
    {
      json_object_set_member (params, name, json_node_copy (node));
      return TRUE;
    }

  value = lanyard_auth_context_expand_checked (context, template, error);
  if (value == NULL)
    return FALSE;
  if (is_time (template))
    json_object_set_int_member (params, name, g_ascii_strtoll (value, NULL, 10));
  else
    json_object_set_string_member (params, name, value);
  lanyard_secret_wipe_string (value);
  return TRUE;
}

static gboolean
fill_params (LanyardAuthContext *context, JsonObject *params, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return TRUE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (!set_param (context, params, name, node, error))
        return FALSE;
    }

  return TRUE;
}

static void
add_texts (JsonObject *params, const LanyardParams *texts)
{
  for (guint i = 0; texts != NULL && i < lanyard_params_get_length (texts); i++)
    json_object_set_string_member (params, lanyard_params_get_nth_name (texts, i),
                                   lanyard_params_get_nth_value (texts, i));
}

/* A null among the names leaves out what the protocol would say; the data's own parameter of that
 * name is meant. */
static void
leave_out (JsonObject *params, JsonObject *names)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (names == NULL)
    return;

  json_object_iter_init (&iter, names);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (JSON_NODE_HOLDS_NULL (node) && json_object_has_member (params, name))
        json_object_remove_member (params, name);
    }
}

/* Everything under the provider's own names, without what is empty (RFC 6749 section 3.1). */
static JsonObject *
rename_params (JsonObject *params, JsonObject *names)
{
  JsonObject *renamed = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, params);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *text = get_template (node);

      const char *own = names != NULL ? lanyard_json_get_string (names, name) : NULL;

      if (text == NULL || *text != '\0')
        json_object_set_member (renamed, own != NULL ? own : name, json_node_copy (node));
    }

  return renamed;
}

static LanyardParams *
make_form (JsonObject *object)
{
  LanyardParams *form = lanyard_params_new ();
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      char *text = lanyard_json_dup_text (object, name);

      if (text != NULL)
        lanyard_params_append (form, name, text);
      lanyard_secret_wipe_string (text);
    }

  return form;
}

static const char *
get_body (const LanyardTemplateRequest *what, const char *method)
{
  const char *body = lanyard_template_get_string (what->object, what->base, BODY);

  if (body != NULL)
    return body;
  if (g_str_equal (method, "GET") || g_str_equal (method, "HEAD"))
    return "query";

  return what->body != NULL ? what->body : "form";
}

static void
set_params (LanyardRequest *request, const char *body, JsonObject *params)
{
  g_autoptr (LanyardParams) form = NULL;
  char *uri;

  if (json_object_get_size (params) == 0 || g_str_equal (body, "none"))
    return;

  if (g_str_equal (body, "json"))
    {
      lanyard_request_set_json (request, params);
      return;
    }

  form = make_form (params);
  if (!g_str_equal (body, "query"))
    {
      lanyard_request_set_form (request, form);
      return;
    }

  uri = lanyard_uri_append_params (request->uri, form);
  lanyard_secret_wipe_string (request->uri);
  request->uri = uri;
}

static LanyardRequest *
begin_request (LanyardAuthContext *context, const LanyardTemplateRequest *what, GError **error)
{
  const char *method = lanyard_template_get_string (what->object, what->base, METHOD);
  g_autofree char *uri = g_strdup (what->uri);

  if (uri == NULL)
    uri = lanyard_auth_context_expand_address (
      context, lanyard_json_get_string (what->object, "url"), error);
  /* Once more, since what was filled in may have made another address of it. */
  if (uri == NULL || !lanyard_base_url_check_address (
                       uri, lanyard_auth_context_allows_http (context), _ ("Address"), error))
    return NULL;

  if (method == NULL)
    method = what->method != NULL ? what->method : "POST";
  return lanyard_request_new (method, uri);
}

LanyardRequest *
lanyard_template_build_request (LanyardAuthContext *context,
                                const LanyardTemplateRequest *what,
                                gint64 now,
                                GError **error)
{
  g_autoptr (LanyardAuthContext) with_now = add_now (context, now);
  g_autoptr (LanyardRequest) request = begin_request (with_now, what, error);
  g_autoptr (JsonObject) params = json_object_new ();
  g_autoptr (JsonObject) renamed = NULL;

  if (request == NULL)
    return NULL;

  lanyard_params_set (request->headers, "Accept", "application/json");
  if (!lanyard_template_add_headers (with_now, request, get_object (what, "headers"), error))
    return NULL;
  if (g_strcmp0 (lanyard_template_get_string (what->object, NULL, "auth"), "basic") == 0 &&
      !lanyard_template_set_basic (with_now, what, "{username}", "{password}", request, error))
    return NULL;

  add_texts (params, what->params);
  leave_out (params, get_object (what, "names"));
  if (!fill_params (with_now, params,
                    what->object != NULL ? lanyard_json_get_object (what->object, "params") : NULL,
                    error))
    return NULL;
  add_texts (params, what->extra);
  renamed = rename_params (params, get_object (what, "names"));
  set_params (request, get_body (what, request->method), renamed);

  return g_steal_pointer (&request);
}

/* "=text" is the shortest form that holds nothing but the encoded text. Takes @text. */
static char *
form_encode (char *text)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  char *encoded;
  char *value;

  lanyard_params_append (params, "", text);
  encoded = lanyard_params_encode (params);
  value = g_strdup (encoded + 1);
  lanyard_secret_wipe_string (encoded);
  lanyard_secret_wipe_string (text);
  return value;
}

gboolean
lanyard_template_set_basic (LanyardAuthContext *context,
                            const LanyardTemplateRequest *what,
                            const char *user,
                            const char *password,
                            LanyardRequest *request,
                            GError **error)
{
  const char *own_user = lanyard_template_get_string (what->object, what->base, "user");
  const char *own_password = lanyard_template_get_string (what->object, what->base, "password");
  const char *encoding = lanyard_template_get_string (what->object, what->base, "basic_encoding");
  char *user_text =
    lanyard_auth_context_expand_checked (context, own_user != NULL ? own_user : user, error);
  char *password_text = NULL;

  if (user_text != NULL)
    password_text = lanyard_auth_context_expand_checked (
      context, own_password != NULL ? own_password : password, error);
  if (password_text == NULL)
    {
      lanyard_secret_wipe_string (user_text);
      return FALSE;
    }

  if (g_strcmp0 (encoding != NULL ? encoding : what->basic_encoding, "form") == 0)
    {
      user_text = form_encode (user_text);
      password_text = form_encode (password_text);
    }
  lanyard_basic_credentials_set (request, user_text, password_text);
  lanyard_secret_wipe_string (user_text);
  lanyard_secret_wipe_string (password_text);
  return TRUE;
}

gboolean
lanyard_template_add_headers (LanyardAuthContext *context,
                              LanyardRequest *request,
                              JsonObject *object,
                              GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return TRUE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      char *value = lanyard_auth_context_expand_checked (context, get_template (node), error);
      gboolean is_good = value != NULL && lanyard_template_check_line (name, value, error);

      if (is_good && *value != '\0')
        lanyard_request_set_header (request, name, value);
      lanyard_secret_wipe_string (value);
      if (!is_good)
        return FALSE;
    }

  return TRUE;
}

static LanyardParams *
parse_query (const char *uri, GError **error)
{
  const char *start = strchr (uri, '?');
  g_autofree char *query = start != NULL ? g_strndup (start + 1, strcspn (start + 1, "#")) : NULL;

  return lanyard_params_parse (query, error);
}

gboolean
lanyard_template_add_query (LanyardAuthContext *context,
                            LanyardRequest *request,
                            JsonObject *object,
                            GError **error)
{
  g_autoptr (JsonObject) params = json_object_new ();
  g_autoptr (LanyardParams) present = NULL;
  JsonObjectIter iter;
  const char *name;

  if (object == NULL)
    return TRUE;

  present = parse_query (request->uri, error);
  if (present == NULL || !fill_params (context, params, object, error))
    return FALSE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (lanyard_params_get (present, name) == NULL)
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The address has a parameter “%s” already; leave it out, Lanyard adds it"),
                   name);
      return FALSE;
    }

  set_params (request, "query", params);
  return TRUE;
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
      char *value = template != NULL ? lanyard_auth_context_expand (context, template)
                                     : lanyard_json_dup_text (object, name);

      if (value != NULL)
        lanyard_params_set (params, name, value);
      lanyard_secret_wipe_string (value);
    }
}

LanyardRequest *
lanyard_template_new_request (LanyardAuthContext *context,
                              JsonObject *object,
                              const char *uri,
                              const char *method,
                              gint64 now)
{
  LanyardTemplateRequest what = { .object = object, .uri = uri, .method = method };
  LanyardRequest *request = lanyard_template_build_request (context, &what, now, NULL);

  return request != NULL ? request : lanyard_request_new (method, uri);
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
  g_autofree char *shown = lanyard_auth_context_dup_value (context, "test_url");
  g_autofree char *uri = lanyard_auth_context_dup_endpoint (context, "test_url", NULL);

  if (uri != NULL)
    return lanyard_template_new_request (context, get_verify (context, shown), uri, "GET", now);

  uri = lanyard_auth_context_dup_endpoint (context, "userinfo_endpoint", NULL);
  return uri != NULL ? lanyard_template_new_request (context, NULL, uri, "GET", now) : NULL;
}
