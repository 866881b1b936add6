/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-request.h"

#include "lanyard-json.h"
#include "lanyard-oauth1-signer.h"
#include "lanyard-template.h"
#include "lanyard-uri.h"

#include <string.h>

static LanyardMethod *
get_method (LanyardAuthContext *context)
{
  return lanyard_auth_context_get_method (context);
}

static gboolean
has_callback_on (LanyardAuthContext *context, const char *place)
{
  const char *on = lanyard_method_get_string (get_method (context), "callback_on");

  return g_str_equal (on != NULL ? on : "request", place);
}

/* Adds the scopes where they are wanted at @place. */
static void
add_scopes (LanyardAuthContext *context, LanyardParams *params, const char *place)
{
  LanyardMethod *method = get_method (context);
  const char *name = lanyard_method_get_string (method, "scope.param");
  const char *separator = lanyard_method_get_string (method, "scope.separator");
  g_auto (GStrv) scopes = NULL;
  g_autofree char *joined = NULL;

  if (g_strcmp0 (lanyard_method_get_string (method, "scope.on"), place) != 0)
    return;

  scopes = lanyard_auth_context_dup_scopes (context);
  if (*scopes == NULL)
    return;

  joined = g_strjoinv (separator != NULL ? separator : " ", scopes);
  lanyard_params_set (params, name != NULL ? name : "scope", joined);
}

/* What the person entered comes before what the provider's data says of the one request. */
static char *
dup_verb (LanyardAuthContext *context, JsonObject *leg)
{
  const char *entered = lanyard_authorization_get_setting (
    lanyard_auth_context_get_authorization (context), "request_method");
  const char *given = leg != NULL ? lanyard_json_get_string (leg, "method") : NULL;
  char *verb;

  if (entered != NULL)
    return g_strdup (entered);
  if (given != NULL)
    return g_strdup (given);

  verb = lanyard_auth_context_dup_value (context, "request_method");
  return verb != NULL ? verb : g_strdup ("POST");
}

/* What a request carries besides belongs to what is signed: into the form of a POST, or into the
 * address. */
static void
add_params (LanyardRequest *request, const LanyardParams *params)
{
  char *uri;

  if (lanyard_params_get_length (params) == 0)
    return;
  if (g_str_equal (request->method, "POST"))
    {
      lanyard_request_set_form (request, params);
      return;
    }

  uri = lanyard_uri_append_params (request->uri, params);
  g_free (request->uri);
  request->uri = uri;
}

static LanyardRequest *
new_leg (LanyardAuthContext *context,
         const char *name,
         const char *endpoint,
         const LanyardParams *extra,
         gint64 now,
         GError **error)
{
  JsonObject *leg = lanyard_method_get_object (get_method (context), name);
  g_autofree char *uri = lanyard_auth_context_dup_value (context, endpoint);
  g_autofree char *verb = dup_verb (context, leg);
  g_autoptr (LanyardRequest) request = lanyard_request_new (verb, uri);
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autoptr (LanyardOAuth1Signer) signer = lanyard_oauth1_signer_new (context, error);

  if (signer == NULL)
    return NULL;

  if (leg != NULL)
    {
      lanyard_template_add_params (context, params, lanyard_json_get_object (leg, "params"));
      lanyard_template_add_params (context, request->headers,
                                   lanyard_json_get_object (leg, "headers"));
    }
  if (g_str_equal (name, "request_token"))
    add_scopes (context, params, "request");
  add_params (request, params);
  if (!lanyard_oauth1_signer_sign (signer, request, extra, NULL, now, error))
    return NULL;

  return g_steal_pointer (&request);
}

gboolean
lanyard_oauth1_request_sign (LanyardAuthContext *context,
                             LanyardRequest *request,
                             gint64 now,
                             GError **error)
{
  g_autoptr (LanyardOAuth1Signer) signer = lanyard_oauth1_signer_new (context, error);

  return signer != NULL && lanyard_oauth1_signer_sign (signer, request, NULL, NULL, now, error);
}

LanyardRequest *
lanyard_oauth1_request_new_temporary (LanyardAuthContext *context,
                                      const char *redirect_uri,
                                      gint64 now,
                                      GError **error)
{
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  g_autoptr (LanyardAuthContext) without_token = NULL;
  g_autoptr (LanyardParams) extra = lanyard_params_new ();

  /* The secret of a token counts as empty here (RFC 5849 section 2.1), also when there is an old
   * one. */
  lanyard_credentials_set (credentials, "token", NULL);
  lanyard_credentials_set (credentials, "token_secret", NULL);
  without_token = lanyard_auth_context_with_credentials (context, credentials);
  if (has_callback_on (context, "request"))
    lanyard_params_append (extra, "oauth_callback", redirect_uri);

  return new_leg (without_token, "request_token", "request_token_endpoint", extra, now, error);
}

LanyardRequest *
lanyard_oauth1_request_new_token (LanyardAuthContext *context,
                                  const char *verifier,
                                  gint64 now,
                                  GError **error)
{
  g_autoptr (LanyardParams) extra = lanyard_params_new ();

  if (verifier != NULL)
    lanyard_params_append (extra, "oauth_verifier", verifier);

  return new_leg (context, "access_token", "access_token_endpoint", extra, now, error);
}

LanyardRequest *
lanyard_oauth1_request_new_renewal (LanyardAuthContext *context, gint64 now, GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  g_autofree char *own = lanyard_auth_context_dup_value (context, "refresh_endpoint");
  g_autoptr (LanyardParams) extra = lanyard_params_new ();

  lanyard_params_append_secret (extra, "oauth_session_handle",
                                lanyard_credentials_get (credentials, "session_handle"));
  return new_leg (context, "refresh",
                  own != NULL && *own != '\0' ? "refresh_endpoint" : "access_token_endpoint", extra,
                  now, error);
}

char *
lanyard_oauth1_request_dup_authorization_uri (LanyardAuthContext *context,
                                              const char *page,
                                              const char *token,
                                              const char *redirect_uri)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "authorization_endpoint");
  g_autofree char *text = lanyard_auth_context_dup_value (context, "authorization_params");
  g_autoptr (LanyardParams) entered = lanyard_params_parse (text, NULL);
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  /* A page that the provider made for this attempt has all in its address. */
  if (page != NULL)
    return g_strdup (page);

  add_scopes (context, params, "authorize");
  lanyard_template_add_params (
    context, params, lanyard_method_get_object (get_method (context), "authorize.params"));
  for (guint i = 0; entered != NULL && i < lanyard_params_get_length (entered); i++)
    lanyard_params_set (params, lanyard_params_get_nth_name (entered, i),
                        lanyard_params_get_nth_value (entered, i));
  if (has_callback_on (context, "authorize"))
    lanyard_params_set (params, "oauth_callback", redirect_uri);
  lanyard_params_set (params, "oauth_token", token);

  return lanyard_uri_append_params (endpoint, params);
}
