/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1.h"

#include "lanyard-error.h"
#include "lanyard-oauth1-flow.h"
#include "lanyard-oauth1-request.h"
#include "lanyard-oauth1-signature.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

struct _LanyardOAuth1
{
  GObject parent_instance;
};

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
      { "body", N_ ("In the body") }, { NULL, NULL },
    };

static const LanyardFieldChoice REQUEST_METHODS[] = {
  { "POST", "POST" },
  { "GET", "GET" },
  { NULL, NULL },
};

static const LanyardField FIELDS[] = {
  { .name = "request_token_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_REQUIRED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Request token endpoint"),
                 .help = N_ ("Where a sign-in begins"),
                             .example = "https://example.org/oauth/request_token" },
    { .name = "authorization_endpoint",
      .kind = LANYARD_FIELD_URL,
      .flags = LANYARD_FIELD_REQUIRED | LANYARD_FIELD_PROVIDER,
      .label = N_ ("Authorization endpoint"),
                   .help = N_ ("The page where you sign in"),
                               .example = "https://example.org/oauth/authorize" },
      { .name = "access_token_endpoint",
        .kind = LANYARD_FIELD_URL,
        .flags = LANYARD_FIELD_REQUIRED | LANYARD_FIELD_PROVIDER,
        .label = N_ ("Access token endpoint"),
                     .help = N_ ("Where the sign-in is turned into a token"),
                                 .example = "https://example.org/oauth/access_token" },
        { .name = "redirect_uri",
          .kind = LANYARD_FIELD_URL,
          .flags = LANYARD_FIELD_COPY,
          .label = N_ ("Callback URL"),
                       .help = N_ ("Enter it at the provider when you register the client"),
                                   .default_value = "http://127.0.0.1:8400/callback/{provider}" },
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
                             .choices = SIGNATURE_METHODS },
                { .name = "private_key",
                  .kind = LANYARD_FIELD_SECRET,
                  .flags = LANYARD_FIELD_ADVANCED,
                  .label = N_ ("Private key"),
                    .help =
                      N_ ("For the RSA methods, in PEM form; the provider has the public key") },
                  { .name = "private_key_passphrase",
                    .kind = LANYARD_FIELD_SECRET,
                    .flags = LANYARD_FIELD_ADVANCED,
                    .label = N_ ("Passphrase of the private key") },
                    { .name = "realm",
                      .kind = LANYARD_FIELD_TEXT,
                      .flags = LANYARD_FIELD_ADVANCED,
                      .label =
                        N_ ("Realm"),
                            .help = N_ ("Only where the documentation of the provider names one") },
                      { .name = "transmission",
                        .kind = LANYARD_FIELD_CHOICE,
                        .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
                        .label = N_ ("Place of the signature"),
                                     .default_value = "header",
                                     .choices = TRANSMISSIONS },
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
                            { .name = "token",
                              .kind = LANYARD_FIELD_SECRET,
                              .flags = LANYARD_FIELD_ADVANCED,
                              .label =
                                N_ ("Token"),
                                    .help = N_ ("Only where the provider shows token and secret on its website, instead of a sign-in") },
                              { .name = "token_secret",
                                .kind = LANYARD_FIELD_SECRET,
                                .flags = LANYARD_FIELD_ADVANCED,
                                .label = N_ ("Token secret") },
                                { .name = NULL },
                              };

static const char *const ENDPOINTS[] = { "request_token_endpoint", "authorization_endpoint",
                                         "access_token_endpoint" };

static const LanyardAuthTypeInfo *
get_info (LanyardAuthType *self)
{
  return &INFO;
}

static const LanyardField *
get_fields (LanyardAuthType *self)
{
  return FIELDS;
}

static gboolean
validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  g_autofree char *name = lanyard_auth_context_dup_value (context, "signature_method");
  LanyardOAuth1Method method;

  for (gsize i = 0; i < G_N_ELEMENTS (ENDPOINTS); i++)
    {
      g_autofree char *uri = lanyard_auth_context_dup_value (context, ENDPOINTS[i]);

      if (!lanyard_uri_check_endpoint (uri, lanyard_field_get_label (&FIELDS[i]), error))
        return FALSE;
    }

  if (!lanyard_oauth1_method_from_name (name, &method))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("“%s” is no signature method of OAuth 1.0"), name);
      return FALSE;
    }
  if (lanyard_oauth1_method_is_rsa (method) &&
      lanyard_credentials_get (credentials, "private_key") == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The private key is missing; enter it first"));
      return FALSE;
    }
  if (!lanyard_oauth1_method_is_rsa (method) &&
      lanyard_credentials_get (credentials, "consumer_secret") == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The consumer secret is missing; enter it first"));
      return FALSE;
    }

  return TRUE;
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
  return lanyard_oauth1_flow_new_authorize (context, redirect_uri);
}

static gboolean
apply (LanyardAuthType *self, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  if (lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "token") == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("There is no token yet; authorize it first"));
      return FALSE;
    }

  return lanyard_oauth1_request_sign (context, request, NULL, NULL,
                                      g_get_real_time () / G_USEC_PER_SEC, error);
}

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->get_info = get_info;
  iface->get_fields = get_fields;
  iface->validate = validate;
  iface->uses_scopes = uses_scopes;
  iface->authorize = authorize;
  iface->apply = apply;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardOAuth1,
                               lanyard_oauth1,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static void
lanyard_oauth1_class_init (LanyardOAuth1Class *klass)
{
}

static void
lanyard_oauth1_init (LanyardOAuth1 *self)
{
}
