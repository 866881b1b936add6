/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-request.h"

#include "lanyard-basic-credentials.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-template.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

/* What the protocol says itself; a person's own parameters must not say it again (RFC 6749
 * section 3.1). */
static const char *const RESERVED[] = {
  "response_type",
  "client_id",
  "client_secret",
  "redirect_uri",
  "scope",
  "state",
  "code",
  "code_verifier",
  "code_challenge",
  "code_challenge_method",
  "grant_type",
  "refresh_token",
  "client_assertion_type",
  "client_assertion",
  "request",
  "request_uri",
  NULL,
};

static char *
form_encode (const char *text)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autofree char *encoded = NULL;
  char *value;

  /* "=text" is the shortest form that holds nothing but the encoded text. */
  lanyard_params_append (params, "", text);
  encoded = lanyard_params_encode (params);
  value = g_strdup (encoded + 1);
  lanyard_secret_wipe_string (g_steal_pointer (&encoded));
  return value;
}

/* RFC 6749 section 2.3.1: identifier and secret are form-encoded before they are joined. Some
 * servers take them raw; their provider's data says so. */
static void
add_basic (LanyardAuthContext *context,
           LanyardRequest *request,
           const char *client_id,
           const char *client_secret)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  gboolean raw = g_strcmp0 (lanyard_method_get_string (method, "token.basic_encoding"), "raw") == 0;
  char *user = raw ? g_strdup (client_id) : form_encode (client_id);
  char *password = raw ? g_strdup (client_secret) : form_encode (client_secret);

  lanyard_basic_credentials_set (request, user, password);
  lanyard_secret_wipe_string (user);
  lanyard_secret_wipe_string (password);
}

/* Exactly one way of client authentication (RFC 6749 section 2.3); a client without a secret names
 * itself. */
static void
authenticate_client (LanyardAuthContext *context, LanyardRequest *request, LanyardParams *params)
{
  g_autofree char *client_id = lanyard_auth_context_dup_value (context, "client_id");
  g_autofree char *auth = lanyard_auth_context_dup_value (context, "token_endpoint_auth_method");
  LanyardSecret *secret =
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "client_secret");

  if (client_id == NULL)
    return;

  if (secret != NULL && g_strcmp0 (auth, "client_secret_basic") == 0)
    {
      add_basic (context, request, client_id, lanyard_secret_get (secret));
      return;
    }

  lanyard_params_append (params, "client_id", client_id);
  if (secret != NULL && g_strcmp0 (auth, "none") != 0)
    lanyard_params_append_secret (params, "client_secret", secret);
}

/* The provider's parameters, then the person's, which win. */
static void
add_extra_params (LanyardAuthContext *context,
                  LanyardParams *params,
                  const char *path,
                  const char *setting)
{
  g_autofree char *text = lanyard_auth_context_dup_value (context, setting);
  g_autofree char *resource = lanyard_auth_context_dup_value (context, "resource");
  g_autoptr (LanyardParams) own = NULL;

  lanyard_template_add_params (
    context, params, lanyard_method_get_object (lanyard_auth_context_get_method (context), path));
  /* RFC 8707 section 2: on the authorization, the token and the refresh request alike. */
  if (resource != NULL)
    lanyard_params_set (params, "resource", resource);

  own = lanyard_params_parse (text, NULL);
  for (guint i = 0; own != NULL && i < lanyard_params_get_length (own); i++)
    lanyard_params_set (params, lanyard_params_get_nth_name (own, i),
                        lanyard_params_get_nth_value (own, i));
}

/* What a provider calls a parameter; null in its data leaves the parameter out. No empty parameters
 * (RFC 6749 section 3.1). */
static LanyardParams *
rename_params (LanyardAuthContext *context, const LanyardParams *params, const char *path)
{
  JsonObject *names = lanyard_method_get_object (lanyard_auth_context_get_method (context), path);
  LanyardParams *renamed = lanyard_params_new ();

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);
      const char *value = lanyard_params_get_nth_value (params, i);

      if (names != NULL && json_object_has_member (names, name))
        name = lanyard_json_get_string (names, name);
      if (name != NULL && *value != '\0')
        lanyard_params_append (renamed, name, value);
    }

  return renamed;
}

static void
add_scopes (LanyardAuthContext *context, LanyardParams *params)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);
  const char *separator = lanyard_method_get_string (method, "authorize.scope.separator");
  const char *name = lanyard_method_get_string (method, "authorize.scope.param");
  g_autofree char *joined = NULL;

  if (name == NULL)
    name = "scope";

  if (lanyard_method_get_boolean (method, "authorize.scope.repeat", FALSE))
    {
      for (char **scope = scopes; *scope != NULL; scope++)
        lanyard_params_append (params, name, *scope);
      return;
    }

  joined = g_strjoinv (separator != NULL ? separator : " ", scopes);
  lanyard_params_append (params, name, joined);
}

gboolean
lanyard_oauth2_request_check_params (const char *text, GError **error)
{
  g_autoptr (LanyardParams) params = lanyard_params_parse (text, error);
  const char *repeated;

  if (params == NULL)
    return FALSE;

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);

      if (*name == '\0' || g_strv_contains (RESERVED, name))
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("“%s” cannot be an additional parameter: Lanyard sets it itself"), name);
          return FALSE;
        }
    }

  repeated = lanyard_params_find_repeated (params);
  if (repeated != NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The parameter “%s” stands twice"), repeated);
      return FALSE;
    }

  return TRUE;
}

char *
lanyard_oauth2_request_dup_authorization_uri (LanyardAuthContext *context,
                                              const char *redirect_uri,
                                              const char *state,
                                              const char *code_challenge)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "authorization_endpoint");
  g_autofree char *client_id = lanyard_auth_context_dup_value (context, "client_id");
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autoptr (LanyardParams) renamed = NULL;

  lanyard_params_append (params, "response_type", "code");
  lanyard_params_append (params, "client_id", client_id != NULL ? client_id : "");
  lanyard_params_append (params, "redirect_uri", redirect_uri);
  add_scopes (context, params);
  if (!lanyard_method_get_boolean (method, "state_in_redirect_uri", FALSE))
    lanyard_params_append (params, "state", state);
  if (code_challenge != NULL)
    {
      lanyard_params_append (params, "code_challenge", code_challenge);
      lanyard_params_append (params, "code_challenge_method", "S256");
    }
  add_extra_params (context, params, "authorize.params", "authorization_params");

  renamed = rename_params (context, params, "authorize.names");
  return lanyard_uri_append_params (endpoint, renamed);
}

static void
set_json (LanyardRequest *request, const LanyardParams *params)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    json_object_set_string_member (object, lanyard_params_get_nth_name (params, i),
                                   lanyard_params_get_nth_value (params, i));
  lanyard_request_set_json (request, object);
}

/* A POST to the token endpoint or a relative of it, with everything that the provider wants. Takes
 * @request. */
static LanyardRequest *
finish_post (LanyardAuthContext *context, LanyardRequest *request, const LanyardParams *params)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (LanyardParams) renamed = rename_params (context, params, "token.names");

  lanyard_params_set (request->headers, "Accept", "application/json");
  lanyard_template_add_params (context, request->headers,
                               lanyard_method_get_object (method, "token.headers"));
  if (g_strcmp0 (lanyard_method_get_string (method, "token.body"), "json") == 0)
    set_json (request, renamed);
  else
    lanyard_request_set_form (request, renamed);

  return request;
}

LanyardRequest *
lanyard_oauth2_request_new_token (LanyardAuthContext *context,
                                  const char *code,
                                  const char *redirect_uri,
                                  const char *code_verifier)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "token_endpoint");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", endpoint);
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  lanyard_params_append (params, "grant_type", "authorization_code");
  lanyard_params_append (params, "code", code);
  lanyard_params_append (params, "redirect_uri", redirect_uri);
  if (code_verifier != NULL)
    lanyard_params_append (params, "code_verifier", code_verifier);
  authenticate_client (context, request, params);
  add_extra_params (context, params, "token.params", "token_params");

  return finish_post (context, g_steal_pointer (&request), params);
}

LanyardRequest *
lanyard_oauth2_request_new_refresh (LanyardAuthContext *context)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *template = lanyard_method_get_string (method, "refresh.url");
  g_autofree char *endpoint = template != NULL
                                ? lanyard_auth_context_expand (context, template)
                                : lanyard_auth_context_dup_value (context, "token_endpoint");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", endpoint);
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  lanyard_params_append (params, "grant_type", "refresh_token");
  lanyard_params_append_secret (
    params, "refresh_token",
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "refresh_token"));
  if (lanyard_method_get_boolean (method, "refresh.redirect_uri", FALSE))
    {
      g_autofree char *redirect_uri = lanyard_auth_context_dup_value (context, "redirect_uri");

      lanyard_params_append (params, "redirect_uri", redirect_uri);
    }
  authenticate_client (context, request, params);
  add_extra_params (context, params, "refresh.params", "refresh_params");

  return finish_post (context, g_steal_pointer (&request), params);
}

LanyardRequest *
lanyard_oauth2_request_new_step (LanyardAuthContext *context, gint64 now)
{
  JsonArray *steps = lanyard_method_get_array (lanyard_auth_context_get_method (context), "steps");
  g_autofree char *uri = NULL;
  JsonObject *step;

  if (steps == NULL || json_array_get_length (steps) == 0)
    return NULL;

  step = json_array_get_object_element (steps, 0);
  uri = lanyard_auth_context_expand (context, lanyard_json_get_string (step, "url"));
  return lanyard_template_new_request (context, step, uri, "POST", now);
}

LanyardRequest *
lanyard_oauth2_request_new_revoke (LanyardAuthContext *context, const char *token)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "revocation_endpoint");
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", endpoint);
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  if (g_strcmp0 (lanyard_method_get_string (method, "revoke.auth"), "bearer") == 0)
    {
      lanyard_oauth2_request_apply (context, request);
      return g_steal_pointer (&request);
    }

  lanyard_params_append_secret (
    params, "token",
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), token));
  lanyard_params_append (params, "token_type_hint", token);
  authenticate_client (context, request, params);
  lanyard_params_set (request->headers, "Accept", "application/json");
  lanyard_request_set_form (request, params);

  return g_steal_pointer (&request);
}

void
lanyard_oauth2_request_apply (LanyardAuthContext *context, LanyardRequest *request)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *name = lanyard_method_get_string (method, "use.header.name");
  const char *template = lanyard_method_get_string (method, "use.header.value");
  char *value =
    lanyard_auth_context_expand (context, template != NULL ? template : "Bearer {access_token}");
  g_autoptr (LanyardParams) others = lanyard_params_new ();

  lanyard_request_set_header (request, name != NULL ? name : "Authorization", value);
  lanyard_secret_wipe_string (value);
  lanyard_template_add_params (context, others, lanyard_method_get_object (method, "use.headers"));
  for (guint i = 0; i < lanyard_params_get_length (others); i++)
    lanyard_request_set_header (request, lanyard_params_get_nth_name (others, i),
                                lanyard_params_get_nth_value (others, i));
}
