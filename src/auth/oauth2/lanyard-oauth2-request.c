/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-request.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-template.h"

#include <glib/gi18n-lib.h>

/* RFC 8628 section 3.4. */
#define DEVICE_GRANT_TYPE "urn:ietf:params:oauth:grant-type:device_code"

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
  "device_code",
  "client_assertion_type",
  "client_assertion",
  "request",
  "request_uri",
  NULL,
};

/* RFC 8707 section 2: on the authorization, the token and the refresh request alike. Then the
 * person's own parameters. */
LanyardParams *
lanyard_oauth2_request_make_extra (LanyardAuthContext *context, const char *setting)
{
  g_autofree char *text = lanyard_auth_context_dup_value (context, setting);
  g_autofree char *resource = lanyard_auth_context_dup_value (context, "resource");
  LanyardParams *extra = lanyard_params_new ();
  g_autoptr (LanyardParams) own = lanyard_params_parse (text, NULL);

  if (resource != NULL)
    lanyard_params_set (extra, "resource", resource);
  for (guint i = 0; own != NULL && i < lanyard_params_get_length (own); i++)
    lanyard_params_set (extra, lanyard_params_get_nth_name (own, i),
                        lanyard_params_get_nth_value (own, i));

  return extra;
}

/* How a request authenticates: as its own data says, else as the token request does. */
static char *
dup_auth (LanyardAuthContext *context, JsonObject *object, gboolean is_token)
{
  const char *own = !is_token && object != NULL ? lanyard_json_get_string (object, "auth") : NULL;

  if (own != NULL && !g_str_equal (own, "client"))
    return g_strdup (own);

  return lanyard_auth_context_dup_value (context, "token_endpoint_auth_method");
}

/* Basic needs a secret, or data that says what is sent in its place (quirk T5). */
static gboolean
can_use_basic (LanyardAuthContext *context, const LanyardTemplateRequest *what)
{
  return lanyard_credentials_get (lanyard_auth_context_get_credentials (context),
                                  "client_secret") != NULL ||
         lanyard_template_get_string (what->object, what->base, "user") != NULL ||
         lanyard_template_get_string (what->object, what->base, "password") != NULL;
}

/* A client without a secret names itself (RFC 6749 section 3.2.1). */
static void
add_client (LanyardAuthContext *context, const char *auth, LanyardParams *params)
{
  g_autofree char *client_id = lanyard_auth_context_dup_value (context, "client_id");
  LanyardSecret *secret =
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "client_secret");

  if (client_id == NULL)
    return;

  lanyard_params_append (params, "client_id", client_id);
  if (secret != NULL && g_strcmp0 (auth, "none") != 0)
    lanyard_params_append_secret (params, "client_secret", secret);
}

static gboolean
is_basic (LanyardAuthContext *context, const LanyardTemplateRequest *what, const char *auth)
{
  return g_strcmp0 (auth, "client_secret_basic") == 0 && can_use_basic (context, what);
}

/* Exactly one way of client authentication (RFC 6749 section 2.3). Takes nothing, and gives
 * @params what belongs to it. */
static LanyardRequest *
build (LanyardAuthContext *context,
       LanyardTemplateRequest *what,
       const char *auth,
       gboolean has_client,
       LanyardParams *params,
       gint64 now,
       GError **error)
{
  g_autoptr (LanyardRequest) request = NULL;
  gboolean with_basic = is_basic (context, what, auth);

  if (has_client && !with_basic)
    add_client (context, auth, params);
  what->params = params;
  what->basic_encoding = "form";

  request = lanyard_template_build_request (context, what, now, error);
  if (request == NULL)
    return NULL;
  if (with_basic &&
      !lanyard_template_set_basic (context, what, "{client_id}", "{client_secret}", request, error))
    return NULL;
  if (g_strcmp0 (auth, "bearer") == 0 && !lanyard_oauth2_request_apply (context, request, error))
    return NULL;

  return g_steal_pointer (&request);
}

static JsonObject *
get_data (LanyardAuthContext *context, const char *path)
{
  return lanyard_method_get_object (lanyard_auth_context_get_method (context), path);
}

/* A context in which templates find @value too, as long as the request is made. */
static LanyardAuthContext *
add_credential (LanyardAuthContext *context, const char *name, const char *value)
{
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));

  lanyard_credentials_set_text (credentials, name, value);
  return lanyard_auth_context_with_credentials (context, credentials);
}

static LanyardRequest *
new_grant (LanyardAuthContext *context, LanyardParams *params, gint64 now, GError **error)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_endpoint (context, "token_endpoint", error);
  g_autoptr (LanyardParams) extra = lanyard_oauth2_request_make_extra (context, "token_params");
  LanyardTemplateRequest what = {
    .object = get_data (context, "token"),
    .uri = endpoint,
    .extra = extra,
  };
  g_autofree char *auth = dup_auth (context, what.object, TRUE);

  return endpoint != NULL ? build (context, &what, auth, TRUE, params, now, error) : NULL;
}

/* A POST is repeated only when that does no harm, or it is known that the first one was not heard
 * (RFC 9110 section 9.2.2). When the server closed an idle connection, it was not. When it did
 * renew before the connection broke, the new refresh token is lost whatever is done now: what
 * follows presents the old one again, at once as much as after the pause of a transient failure,
 * and at once is when servers that rotate them forgive it. A code is for one request (RFC 6749
 * section 4.1.2), and a second one may take back what the first one gave: it is never repeated. */
static LanyardRequest *
make_repeatable (LanyardRequest *request)
{
  if (request != NULL)
    request->is_repeatable = TRUE;
  return request;
}

LanyardRequest *
lanyard_oauth2_request_new_token (LanyardAuthContext *context,
                                  const char *code,
                                  const char *redirect_uri,
                                  const char *code_verifier,
                                  gint64 now,
                                  GError **error)
{
  g_autoptr (LanyardAuthContext) with_code = add_credential (context, "code", code);
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  lanyard_params_append (params, "grant_type", "authorization_code");
  lanyard_params_append (params, "code", code);
  lanyard_params_append (params, "redirect_uri", redirect_uri);
  if (code_verifier != NULL)
    lanyard_params_append (params, "code_verifier", code_verifier);

  return new_grant (with_code, params, now, error);
}

LanyardRequest *
lanyard_oauth2_request_new_client_credentials (LanyardAuthContext *context,
                                               gint64 now,
                                               GError **error)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  lanyard_params_append (params, "grant_type", "client_credentials");
  lanyard_oauth2_request_add_scopes (context, params);

  return make_repeatable (new_grant (context, params, now, error));
}

LanyardRequest *
lanyard_oauth2_request_new_device (LanyardAuthContext *context, gint64 now, GError **error)
{
  g_autofree char *endpoint =
    lanyard_auth_context_dup_endpoint (context, "device_authorization_endpoint", error);
  g_autofree char *client_id = lanyard_auth_context_dup_value (context, "client_id");
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autoptr (LanyardParams) extra =
    lanyard_oauth2_request_make_extra (context, "authorization_params");
  LanyardTemplateRequest what = {
    .object = get_data (context, "device"),
    .uri = endpoint,
    .extra = extra,
  };
  g_autofree char *auth = dup_auth (context, what.object, FALSE);

  if (endpoint == NULL)
    return NULL;

  lanyard_oauth2_request_add_scopes (context, params);
  /* The request has the client's id in any case: not every server looks into the header. */
  if (is_basic (context, &what, auth) && client_id != NULL)
    lanyard_params_append (params, "client_id", client_id);

  return build (context, &what, auth, TRUE, params, now, error);
}

LanyardRequest *
lanyard_oauth2_request_new_device_token (LanyardAuthContext *context,
                                         const char *device_code,
                                         const char *user_code,
                                         gint64 now,
                                         GError **error)
{
  g_autoptr (LanyardAuthContext) with_code = add_credential (context, "device_code", device_code);
  g_autoptr (LanyardAuthContext) with_codes = add_credential (with_code, "user_code", user_code);
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  const char *grant_type =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "device.grant_type");

  lanyard_params_append (params, "grant_type", grant_type != NULL ? grant_type : DEVICE_GRANT_TYPE);
  lanyard_params_append (params, "device_code", device_code);

  return new_grant (with_codes, params, now, error);
}

/* With providers that renew an access token by itself (quirk F4), that takes the place of the
 * refresh token. */
static LanyardSecret *
get_renewed (LanyardAuthContext *context)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  gboolean uses_itself =
    g_strcmp0 (lanyard_method_get_string (method, "refresh.uses"), "access_token") == 0;

  return lanyard_credentials_get (lanyard_auth_context_get_credentials (context),
                                  uses_itself ? "access_token" : "refresh_token");
}

LanyardRequest *
lanyard_oauth2_request_new_refresh (LanyardAuthContext *context, gint64 now, GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *template = lanyard_method_get_string (method, "refresh.url");
  g_autofree char *endpoint =
    template != NULL ? lanyard_auth_context_expand_address (context, template, error)
                     : lanyard_auth_context_dup_endpoint (context, "token_endpoint", error);
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autoptr (LanyardParams) extra = lanyard_oauth2_request_make_extra (context, "refresh_params");
  LanyardTemplateRequest what = {
    .object = get_data (context, "refresh"),
    .base = get_data (context, "token"),
    .uri = endpoint,
    .extra = extra,
  };
  g_autofree char *auth = dup_auth (context, what.object, FALSE);

  if (endpoint == NULL)
    return NULL;

  lanyard_params_append (params, "grant_type", "refresh_token");
  lanyard_params_append_secret (params, "refresh_token", get_renewed (context));
  if (lanyard_method_get_boolean (method, "refresh.redirect_uri", FALSE))
    {
      g_autofree char *redirect_uri = lanyard_auth_context_dup_value (context, "redirect_uri");

      lanyard_params_append (params, "redirect_uri", redirect_uri);
    }

  return make_repeatable (build (context, &what, auth, TRUE, params, now, error));
}

LanyardRequest *
lanyard_oauth2_request_new_step (LanyardAuthContext *context,
                                 JsonObject *step,
                                 gint64 now,
                                 GError **error)
{
  LanyardTemplateRequest what = { .object = step };
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  const char *own = lanyard_json_get_string (step, "auth");
  g_autofree char *auth = own != NULL ? dup_auth (context, step, FALSE) : g_strdup ("none");
  gboolean has_client =
    g_str_equal (auth, "client_secret_basic") || g_str_equal (auth, "client_secret_post");

  return build (context, &what, auth, has_client, params, now, error);
}

/* Whether a token is taken back as the provider's data describes it, not by RFC 7009. */
gboolean
lanyard_oauth2_request_has_own_revocation (LanyardAuthContext *context)
{
  JsonObject *revoke = get_data (context, "revoke");

  return revoke != NULL &&
         (g_strcmp0 (lanyard_json_get_string (revoke, "auth"), "bearer") == 0 ||
          json_object_has_member (revoke, "params") || json_object_has_member (revoke, "body") ||
          json_object_has_member (revoke, "method"));
}

LanyardRequest *
lanyard_oauth2_request_new_revoke (LanyardAuthContext *context,
                                   const char *token,
                                   gint64 now,
                                   GError **error)
{
  g_autofree char *endpoint =
    lanyard_auth_context_dup_endpoint (context, "revocation_endpoint", error);
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  LanyardTemplateRequest what = { .object = get_data (context, "revoke"), .uri = endpoint };
  gboolean is_own = lanyard_oauth2_request_has_own_revocation (context);
  g_autofree char *auth = dup_auth (context, what.object, FALSE);

  if (endpoint == NULL)
    return NULL;

  if (!is_own)
    {
      lanyard_params_append_secret (
        params, "token",
        lanyard_credentials_get (lanyard_auth_context_get_credentials (context), token));
      lanyard_params_append (params, "token_type_hint", token);
    }

  return build (context, &what, auth,
                !is_own || g_str_equal (auth, "client_secret_basic") ||
                  g_str_equal (auth, "client_secret_post"),
                params, now, error);
}

gboolean
lanyard_oauth2_request_apply (LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *name = lanyard_method_get_string (method, "use.header.name");
  const char *template = lanyard_method_get_string (method, "use.header.value");
  JsonObject *query = lanyard_method_get_object (method, "use.query");
  g_autoptr (JsonObject) header = json_object_new ();

  /* A token in the address takes the place of that in the header. */
  if (query == NULL || template != NULL)
    json_object_set_string_member (header, name != NULL ? name : "Authorization",
                                   template != NULL ? template : "Bearer {access_token}");

  return lanyard_template_add_headers (context, request, header, error) &&
         lanyard_template_add_headers (context, request,
                                       lanyard_method_get_object (method, "use.headers"), error) &&
         lanyard_template_add_query (context, request, query, error);
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
