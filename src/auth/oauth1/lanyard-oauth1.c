/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1.h"

#include "lanyard-error.h"
#include "lanyard-oauth1-flow.h"
#include "lanyard-oauth1-request.h"
#include "lanyard-oauth1-signature.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

struct _LanyardOAuth1
{
  GObject parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardOAuth1,
                               lanyard_oauth1,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "oauth1",
  .name = "OAuth 1.0",
  .description = N_ ("You sign in at the provider; each request is signed with what it gives"),
  .primary_secret = "token",
};

static const LanyardFieldChoice SIGNATURE_METHODS[] = {
  { "HMAC-SHA1", "HMAC-SHA1" },     { "HMAC-SHA256", "HMAC-SHA256" },
  { "HMAC-SHA512", "HMAC-SHA512" }, { "RSA-SHA1", "RSA-SHA1" },
  { "RSA-SHA256", "RSA-SHA256" },   { "RSA-SHA512", "RSA-SHA512" },
  { "PLAINTEXT", "PLAINTEXT" },     { NULL, NULL },
};

static const LanyardFieldChoice TRANSMISSIONS[] = {
  { "header", N_ ("In the header") },
  { "query", N_ ("In the query") },
  { "body", N_ ("In the body") },
  { NULL, NULL },
};

static const LanyardFieldChoice REQUEST_METHODS[] = {
  { "POST", "POST" },
  { "GET", "GET" },
  { NULL, NULL },
};

static const LanyardFieldChoice FLOWS[] = {
  { "three_legged", N_ ("By signing in at the provider") },
  { "manual", N_ ("With a token that the provider shows") },
  { "two_legged", N_ ("Without a token") },
  { NULL, NULL },
};

static const LanyardFieldChoice YES_OR_NO[] = {
  { "no", N_ ("No") },
  { "yes", N_ ("Yes") },
  { NULL, NULL },
};

static const LanyardField FIELDS[] = {
  { .name = "request_token_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_PROVIDER,
    .label = N_ ("Request token endpoint"),
    .help = N_ ("Where a sign-in begins"),
    .example = "https://example.org/oauth/request_token",
    .path = "request_token.url" },
  { .name = "authorization_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_PROVIDER,
    .label = N_ ("Authorization endpoint"),
    .help = N_ ("The page where you sign in"),
    .example = "https://example.org/oauth/authorize",
    .path = "authorize.url" },
  { .name = "access_token_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_PROVIDER,
    .label = N_ ("Access token endpoint"),
    .help = N_ ("Where the sign-in is turned into a token"),
    .example = "https://example.org/oauth/access_token",
    .path = "access_token.url" },
  { .name = "redirect_uri",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_COPY,
    .label = N_ ("Callback URL"),
    .help = N_ ("Enter it at the provider when you register the client; “oob” where the provider "
                "shows a code that you type in"),
    .default_value = "http://127.0.0.1:8400/callback/{provider}",
    .pattern = "oob|[A-Za-z][A-Za-z0-9+.-]*:.+" },
  { .name = "consumer_key",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_REQUIRED,
    .label = N_ ("Consumer key"),
    .help = N_ ("The provider gives it to you when you register the client") },
  { .name = "consumer_secret",
    .kind = LANYARD_FIELD_SECRET,
    .label = N_ ("Consumer secret"),
    .help = N_ ("Leave it empty when you sign with a private key") },
  { .name = "signature_method",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_PROVIDER,
    .label = N_ ("Signature method"),
    .default_value = "HMAC-SHA1",
    .choices = SIGNATURE_METHODS,
    .path = "signature_method" },
  { .name = "private_key",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_FILE,
    .label = N_ ("Private key"),
    .help = N_ ("For the RSA methods, in PEM form; the provider has the public key") },
  { .name = "private_key_passphrase",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Passphrase of the private key") },
  { .name = "realm",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Realm"),
    .help = N_ ("Only where the documentation of the provider names one"),
    .path = "realm" },
  { .name = "transmission",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Place of the signature"),
    .default_value = "header",
    .choices = TRANSMISSIONS,
    .path = "transmission" },
  { .name = "body_hash",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Sign the hash of other content"),
    .help = N_ ("For what is no form; only where the provider checks it (oauth_body_hash)"),
    .default_value = "no",
    .choices = YES_OR_NO },
  { .name = "request_method",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Method of the sign-in requests"),
    .default_value = "POST",
    .choices = REQUEST_METHODS },
  { .name = "authorization_params",
    .kind = LANYARD_FIELD_PARAMS,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Additional parameters for signing in"),
    .example = "scope=read&expiration=never" },
  { .name = "refresh_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Refresh endpoint"),
    .help = N_ ("Where a token is renewed; without it, at the access token endpoint"),
    .example = "https://example.org/oauth/renew",
    .path = "refresh.url" },
  { .name = "flow",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("How access is given"),
    .default_value = "three_legged",
    .choices = FLOWS,
    .path = "flow" },
  { .name = "token",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Token"),
    .help =
      N_ ("Only where the provider shows token and secret on its website, instead of a sign-in") },
  { .name = "token_secret",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Token secret") },
  { .name = NULL },
};

static const char *const ENDPOINTS[] = { "request_token_endpoint", "authorization_endpoint",
                                         "access_token_endpoint" };

/* Tokens that no sign-in brought, or that none could bring: the person has entered them. */
static gboolean
has_entered_tokens (LanyardAuthContext *context)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  g_autofree char *uri = NULL;

  if (lanyard_credentials_get (credentials, "token") == NULL ||
      lanyard_credentials_get (credentials, "token_secret") == NULL)
    return FALSE;
  if (lanyard_authorization_get_authorized_at (authorization) == 0)
    return TRUE;

  uri = lanyard_auth_context_dup_value (context, "request_token_endpoint");
  return uri == NULL || *uri == '\0';
}

/* Who enters both tokens has said how access is given, and need not find the setting for it. */
static gboolean
has_flow (LanyardAuthContext *context, const char *name)
{
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  g_autofree char *flow = lanyard_auth_context_dup_value (context, "flow");
  gboolean is_three_legged = flow == NULL || g_str_equal (flow, "three_legged");

  if (is_three_legged && lanyard_authorization_get_setting (authorization, "flow") == NULL &&
      has_entered_tokens (context))
    return g_str_equal (name, "manual");

  return g_str_equal (is_three_legged ? "three_legged" : flow, name);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return FALSE;
}

/* The addresses of a sign-in. Where the first answer brings that of the page, there is no other. */
static gboolean
check_endpoints (LanyardAuthContext *context, GError **error)
{
  const char *from_response = lanyard_method_get_string (lanyard_auth_context_get_method (context),
                                                         "authorize.from_response");
  g_autofree char *redirect_uri = lanyard_auth_context_dup_value (context, "redirect_uri");

  for (gsize i = 0; i < G_N_ELEMENTS (ENDPOINTS); i++)
    {
      g_autofree char *uri = lanyard_auth_context_dup_value (context, ENDPOINTS[i]);
      const char *label = lanyard_field_get_label (lanyard_field_find (FIELDS, ENDPOINTS[i]));

      if (from_response != NULL && g_str_equal (ENDPOINTS[i], "authorization_endpoint"))
        continue;
      if (uri == NULL || *uri == '\0')
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("“%s” is missing; enter it first"), label);
          return FALSE;
        }
      if (!lanyard_uri_check_endpoint (uri, label, error))
        return FALSE;
    }

  return redirect_uri == NULL || g_str_equal (redirect_uri, LANYARD_OUT_OF_BAND) ||
         lanyard_uri_check_redirect (redirect_uri, error);
}

static gboolean
validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  g_autofree char *name = lanyard_auth_context_dup_value (context, "signature_method");
  LanyardOAuth1Method method;

  if (has_flow (context, "three_legged") && !check_endpoints (context, error))
    return FALSE;
  if (has_flow (context, "manual") && lanyard_credentials_get (credentials, "token") == NULL)
    return refuse (error, _ ("The token is missing; enter it first"));

  if (!lanyard_oauth1_method_from_name (name, &method))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("“%s” is no signature method of OAuth 1.0"), name);
      return FALSE;
    }
  if (lanyard_oauth1_method_is_rsa (method) &&
      lanyard_credentials_get (credentials, "private_key") == NULL)
    return refuse (error, _ ("The private key is missing; enter it first"));
  if (!lanyard_oauth1_method_is_rsa (method) &&
      lanyard_credentials_get (credentials, "consumer_secret") == NULL)
    return refuse (error, _ ("The consumer secret is missing; enter it first"));

  return TRUE;
}

/* Who enters a token, or needs none, has nothing to sign in to. */
static gboolean
is_local (LanyardAuthType *self, LanyardAuthContext *context)
{
  return !has_flow (context, "three_legged");
}

/* The protocol knows none: only a provider whose data names a place for them does (quirk O3). */
static gboolean
uses_scopes (LanyardAuthType *self, LanyardAuthContext *context)
{
  return lanyard_method_get_object (lanyard_auth_context_get_method (context), "scope") != NULL;
}

static LanyardFlow *
authorize (LanyardAuthType *self, LanyardAuthContext *context, const char *redirect_uri)
{
  return is_local (self, context) ? lanyard_oauth1_flow_new_given (context)
                                  : lanyard_oauth1_flow_new_authorize (context, redirect_uri);
}

static LanyardFlow *
refresh (LanyardAuthType *self, LanyardAuthContext *context)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);

  if (is_local (self, context))
    return lanyard_oauth1_flow_new_given (context);

  return lanyard_credentials_get (credentials, "session_handle") != NULL &&
             lanyard_credentials_get (credentials, "token") != NULL
           ? lanyard_oauth1_flow_new_renew (context)
           : NULL;
}

/* Some providers take what the sign-in brings as if it were a key (quirk O8). */
static gboolean
is_used_unsigned (LanyardAuthContext *context)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);

  return lanyard_method_get_object (method, "use.header") != NULL ||
         lanyard_method_get_object (method, "use.query") != NULL;
}

static gboolean
apply (LanyardAuthType *self, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  if (!has_flow (context, "two_legged") &&
      lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "token") == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("There is no token yet; authorize it first"));
      return FALSE;
    }
  if (is_used_unsigned (context))
    return lanyard_oauth2_request_apply (context, request, error);

  return lanyard_oauth1_request_sign (context, request, g_get_real_time () / G_USEC_PER_SEC, error);
}

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->info = &INFO;
  iface->fields = FIELDS;
  iface->validate = validate;
  iface->is_local = is_local;
  iface->uses_scopes = uses_scopes;
  iface->authorize = authorize;
  iface->refresh = refresh;
  iface->apply = apply;
}

static void
lanyard_oauth1_class_init (LanyardOAuth1Class *klass)
{
}

static void
lanyard_oauth1_init (LanyardOAuth1 *self)
{
}
