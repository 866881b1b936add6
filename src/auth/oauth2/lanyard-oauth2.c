/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2.h"

#include "lanyard-captured.h"
#include "lanyard-device-grant.h"
#include "lanyard-error.h"
#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

struct _LanyardOAuth2
{
  GObject parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardOAuth2,
                               lanyard_oauth2,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "oauth2",
  .name = "OAuth 2.0",
  .description =
    N_ ("You sign in at the provider; the short-lived token it gives is renewed by itself"),
  .primary_secret = "access_token",
};

static const LanyardFieldChoice AUTH_METHODS[] = {
  { "client_secret_basic", N_ ("In the header (Basic)") },
  { "client_secret_post", N_ ("In the body") },
  { "none", N_ ("None (public client)") },
  { NULL, NULL },
};

static const LanyardField FIELDS[] = {
  { .name = "authorization_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_REQUIRED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Authorization endpoint"),
    .help = N_ ("The page where you sign in"),
    .example = "https://example.org/oauth/authorize",
    .path = "authorize.url" },
  { .name = "token_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_REQUIRED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Token endpoint"),
    .help = N_ ("Where the sign-in is turned into a token"),
    .example = "https://example.org/oauth/token",
    .path = "token.url" },
  { .name = "redirect_uri",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_COPY,
    .label = N_ ("Callback URL"),
    .help = N_ ("Enter it at the provider when you register the client"),
    .default_value = "http://127.0.0.1:8400/callback/{provider}",
    .path = "redirect.value" },
  { .name = "client_id",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_REQUIRED,
    .label = N_ ("Client ID"),
    .help = N_ ("The provider gives it to you when you register the client") },
  { .name = "client_secret",
    .kind = LANYARD_FIELD_SECRET,
    .label = N_ ("Client secret"),
    .help = N_ ("Leave it empty when the provider gave you none") },
  { .name = "token_endpoint_auth_method",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Client authentication"),
    .help = N_ ("How the client secret is sent to the token endpoint"),
    .default_value = "client_secret_basic",
    .choices = AUTH_METHODS,
    .path = "token.auth" },
  { .name = "device_authorization_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Device authorization endpoint"),
    .help = N_ ("Where a code is asked for that you enter on another device (RFC 8628)"),
    .example = "https://example.org/oauth/device",
    .path = "device.url" },
  { .name = "revocation_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Revocation endpoint"),
    .help = N_ ("Where a token is taken back"),
    .example = "https://example.org/oauth/revoke",
    .path = "revoke.url" },
  { .name = "userinfo_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("User information endpoint"),
    .help = N_ ("Where the name of the account is read"),
    .example = "https://example.org/userinfo",
    .path = "userinfo.url" },
  { .name = "issuer",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Issuer"),
    .help = N_ ("What the provider calls itself; the answer of a sign-in must say the same"),
    .example = "https://example.org",
    .path = "issuer" },
  { .name = "authorization_params",
    .kind = LANYARD_FIELD_PARAMS,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Additional parameters for signing in"),
    .example = "prompt=consent&audience=x" },
  { .name = "token_params",
    .kind = LANYARD_FIELD_PARAMS,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Additional parameters for the token request"),
    .example = "audience=x" },
  { .name = "refresh_params",
    .kind = LANYARD_FIELD_PARAMS,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Additional parameters for renewing"),
    .example = "audience=x" },
  { .name = "resource",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Resource"),
    .help = N_ ("The service that the token is for, where a provider serves several (RFC 8707)"),
    .example = "https://api.example.org" },
  { .name = NULL },
};

static const char *const ENDPOINTS[] = {
  "authorization_endpoint", "token_endpoint",    "device_authorization_endpoint",
  "revocation_endpoint",    "userinfo_endpoint", NULL,
};
static const char *const PARAMS[] = { "authorization_params", "token_params", "refresh_params",
                                      NULL };

/* What is known only once somebody signed in (quirk C2) is checked when it is used. */
static gboolean
is_left_open (LanyardAuthContext *context, const LanyardField *field)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *template = lanyard_method_get_string (method, field->path);

  return lanyard_authorization_get_setting (lanyard_auth_context_get_authorization (context),
                                            field->name) == NULL &&
         template != NULL && lanyard_captured_is_used (method, template);
}

static gboolean
check_endpoints (LanyardAuthContext *context, GError **error)
{
  for (gsize i = 0; ENDPOINTS[i] != NULL; i++)
    {
      g_autofree char *uri = lanyard_auth_context_dup_value (context, ENDPOINTS[i]);
      const LanyardField *field = lanyard_field_find (FIELDS, ENDPOINTS[i]);

      if (uri != NULL && *uri != '\0' && !is_left_open (context, field) &&
          !lanyard_uri_check_endpoint (uri, lanyard_field_get_label (field), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_of_kind (const char *redirect_uri, const char *kind)
{
  gboolean is_loopback = lanyard_uri_is_loopback (redirect_uri);

  if (g_str_equal (kind, "https"))
    return g_ascii_strncasecmp (redirect_uri, "https:", 6) == 0;
  if (g_str_equal (kind, "loopback"))
    return is_loopback;
  if (g_str_equal (kind, "loopback_ip"))
    return is_loopback && g_ascii_strncasecmp (redirect_uri, "http://localhost", 16) != 0;

  return g_ascii_strncasecmp (redirect_uri, "http", 4) != 0;
}

/* A provider may take only some redirect URIs (quirk A21), which is better said before it is asked.
 */
static gboolean
check_redirect (LanyardAuthContext *context, const char *redirect_uri, GError **error)
{
  g_auto (GStrv) kinds =
    lanyard_method_dup_strv (lanyard_auth_context_get_method (context), "redirect.kinds");

  if (!lanyard_uri_check_redirect (redirect_uri, error))
    return FALSE;
  if (kinds == NULL || kinds[0] == NULL)
    return TRUE;

  for (char **kind = kinds; *kind != NULL; kind++)
    {
      if (is_of_kind (redirect_uri, *kind))
        return TRUE;
    }

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("%s does not take this callback URL; choose another one, as its help says"),
               lanyard_provider_get_name (lanyard_auth_context_get_provider (context)));
  return FALSE;
}

/* Who enters a code elsewhere needs no page that leads back. */
static gboolean
needs_field (LanyardAuthType *self, LanyardAuthContext *context, const char *name)
{
  return !g_str_equal (name, "authorization_endpoint") ||
         !lanyard_device_grant_is_offered (context);
}

static gboolean
validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  g_autofree char *redirect_uri = lanyard_auth_context_dup_value (context, "redirect_uri");

  if (!check_endpoints (context, error) || !check_redirect (context, redirect_uri, error))
    return FALSE;

  for (gsize i = 0; PARAMS[i] != NULL; i++)
    {
      g_autofree char *text = lanyard_auth_context_dup_value (context, PARAMS[i]);

      if (!lanyard_oauth2_request_check_params (text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
uses_scopes (LanyardAuthType *self, LanyardAuthContext *context)
{
  JsonObject *asked =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "authorize.scope");

  /* A null says that rights are chosen elsewhere (quirk A5). */
  return asked == NULL || !json_object_has_member (asked, "param") ||
         !json_object_get_null_member (asked, "param");
}

static LanyardFlow *
authorize (LanyardAuthType *self, LanyardAuthContext *context, const char *redirect_uri)
{
  return lanyard_oauth2_flow_new_authorize (context, redirect_uri);
}

static LanyardFlow *
refresh (LanyardAuthType *self, LanyardAuthContext *context)
{
  if (!lanyard_oauth2_response_is_renewable (context,
                                             lanyard_auth_context_get_credentials (context)))
    return NULL;

  return lanyard_oauth2_flow_new_refresh (context);
}

static LanyardFlow *
revoke_tokens (LanyardAuthType *self, LanyardAuthContext *context)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  g_autofree char *endpoint =
    lanyard_auth_context_dup_endpoint (context, "revocation_endpoint", NULL);
  gboolean is_own = lanyard_oauth2_request_has_own_revocation (context);

  if (endpoint == NULL || !lanyard_uri_check_endpoint (endpoint, "", NULL))
    return NULL;
  /* A request of the provider's own names the access token, or is signed with it. */
  if (lanyard_credentials_get (credentials, "access_token") == NULL &&
      (is_own || lanyard_credentials_get (credentials, "refresh_token") == NULL))
    return NULL;

  return lanyard_oauth2_flow_new_revoke (context);
}

static gboolean
apply (LanyardAuthType *self, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  if (lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "access_token") ==
      NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("There is no access token yet; authorize it first"));
      return FALSE;
    }

  return lanyard_oauth2_request_apply (context, request, error);
}

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->info = &INFO;
  iface->fields = FIELDS;
  iface->needs_field = needs_field;
  iface->validate = validate;
  iface->uses_scopes = uses_scopes;
  iface->authorize = authorize;
  iface->refresh = refresh;
  iface->revoke = revoke_tokens;
  iface->apply = apply;
}

static void
lanyard_oauth2_class_init (LanyardOAuth2Class *klass)
{
}

static void
lanyard_oauth2_init (LanyardOAuth2 *self)
{
}
