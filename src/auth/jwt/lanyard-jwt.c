/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt.h"

#include "lanyard-error.h"
#include "lanyard-jwt-flow.h"
#include "lanyard-jwt-request.h"
#include "lanyard-jwt-signer.h"
#include "lanyard-jwt-verifier.h"
#include "lanyard-oauth2-request.h"

#include <glib/gi18n-lib.h>

struct _LanyardJwt
{
  GObject parent_instance;
};

/* How the token comes about, which follows from what the person entered. */
typedef enum
{
  WAY_FETCH,
  WAY_SIGN,
  WAY_EXCHANGE,
} Way;

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardJwt,
                               lanyard_jwt,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "jwt",
  .name = "JWT",
  .description = N_ ("A signed token that says who you are: fetched with user name and password, "
                     "or signed with a key of yours"),
  .primary_secret = "access_token",
};

static const LanyardFieldChoice BODIES[] = {
  { "json", "JSON" },
  { "form", N_ ("Form") },
  { NULL, NULL },
};

static const LanyardFieldChoice ALGORITHMS[] = {
  { "HS256", "HS256" }, { "HS384", "HS384" }, { "HS512", "HS512" }, { "RS256", "RS256" },
  { "RS384", "RS384" }, { "RS512", "RS512" }, { "PS256", "PS256" }, { "PS384", "PS384" },
  { "PS512", "PS512" }, { "ES256", "ES256" }, { "ES384", "ES384" }, { "ES512", "ES512" },
  { "EdDSA", "EdDSA" }, { NULL, NULL },
};

static const LanyardField FIELDS[] = {
  { .name = "token_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_PROVIDER,
    .label = N_ ("Token endpoint"),
    .help = N_ ("Where user name and password, or a token that you sign, are turned into a token"),
    .example = "https://example.org/api/token",
    .path = "token.url" },
  { .name = "username", .kind = LANYARD_FIELD_TEXT, .label = N_ ("User name") },
  { .name = "password", .kind = LANYARD_FIELD_SECRET, .label = N_ ("Password") },
  { .name = "signing_key",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_FILE,
    .label = N_ ("Signing key"),
    .help = N_ ("Instead of user name and password: a private key in PEM form or as a JWK, or a "
                "shared secret, also after “hex:” or “base64:”") },
  { .name = "signing_key_passphrase",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Passphrase of the signing key") },
  { .name = "algorithm",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Signature algorithm"),
    .default_value = "RS256",
    .choices = ALGORITHMS,
    .path = "alg" },
  { .name = "key_id",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_ADVANCED,
    .label = N_ ("Key ID"),
    .help = N_ ("The name of the key at the provider (kid)") },
  { .name = "claims",
    .kind = LANYARD_FIELD_TEMPLATE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Claims"),
    .help = N_ ("What the signed token says, as a JSON object; {now}, {uuid} and names of settings "
                "are filled in"),
    .example = "{\"iss\": \"{key_id}\", \"sub\": \"me\"}" },
  { .name = "headers",
    .kind = LANYARD_FIELD_TEMPLATE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Additional headers of the token"),
    .help = N_ ("A JSON object; seldom needed"),
    .example = "{\"typ\": \"JWT\"}" },
  { .name = "lifetime",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Lifetime of a signed token in seconds"),
    .example = "300",
    .default_value = "300",
    .pattern = "[0-9]{1,4}" },
  { .name = "login_body",
    .kind = LANYARD_FIELD_CHOICE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Form of the login request"),
    .default_value = "json",
    .choices = BODIES,
    .path = "token.body" },
  { .name = "login_params",
    .kind = LANYARD_FIELD_TEMPLATE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Names in the login request"),
    .help = N_ ("What the server calls user name and password"),
    .example = "email={username}&password={password}",
    .default_value = "username={username}&password={password}" },
  { .name = "refresh_endpoint",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Refresh endpoint"),
    .help = N_ ("Where a token is renewed; without it, Lanyard logs in again"),
    .example = "https://example.org/api/token/refresh",
    .path = "refresh.url" },
  { .name = "refresh_params",
    .kind = LANYARD_FIELD_TEMPLATE,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Names in the refresh request"),
    .example = "refresh_token={refresh_token}",
    .default_value = "refresh={refresh_token}" },
  { .name = "jwks_uri",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Address of the public keys"),
    .help = N_ ("With it, the signature of each token that is fetched is checked (JWKS)"),
    .example = "https://example.org/.well-known/jwks.json" },
  { .name = "verification_key",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_FILE,
    .label = N_ ("Verification key"),
    .help = N_ ("Instead of that address: the public key, in PEM form or as a JWK") },
  { .name = "verification_algorithms",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Allowed signature algorithms"),
    .help = N_ ("A token that is signed in another way is refused"),
    .default_value = "RS256 RS384 RS512 PS256 PS384 "
                     "PS512 ES256 ES384 ES512 EdDSA" },
  { .name = "issuer",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Issuer"),
    .help = N_ ("A token that is fetched must name it (iss)"),
    .example = "https://example.org" },
  { .name = "audience",
    .kind = LANYARD_FIELD_TEXT,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Audience"),
    .help = N_ ("A token that is fetched must be meant for it (aud)"),
    .example = "https://api.example.org" },
  { .name = NULL },
};

static Way
get_way (LanyardAuthContext *context)
{
  JsonObject *exchange =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "exchange");
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "token_endpoint");

  if (lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "signing_key") ==
      NULL)
    return WAY_FETCH;

  return exchange != NULL || (endpoint != NULL && *endpoint != '\0') ? WAY_EXCHANGE : WAY_SIGN;
}

static gboolean
check_params (LanyardAuthContext *context, const char *name, GError **error)
{
  g_autofree char *text = lanyard_auth_context_dup_value (context, name);
  g_autoptr (LanyardParams) params = lanyard_params_parse (text, error);

  if (params != NULL)
    return TRUE;

  g_prefix_error (error, "%s: ", lanyard_field_get_label (lanyard_field_find (FIELDS, name)));
  return FALSE;
}

static gboolean
check_login (LanyardAuthContext *context, GError **error)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "token_endpoint");
  g_autofree char *username = lanyard_auth_context_dup_value (context, "username");
  gboolean has_password =
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "password") != NULL;

  if (endpoint == NULL || *endpoint == '\0')
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("Enter a token endpoint with user name and password, or a signing "
                              "key"));
      return FALSE;
    }
  if (lanyard_jwt_request_is_needed (context, "username") &&
      (username == NULL || *username == '\0'))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The user name is missing; enter it first"));
      return FALSE;
    }
  if (lanyard_jwt_request_is_needed (context, "password") && !has_password)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The password is missing; enter it first"));
      return FALSE;
    }

  return check_params (context, "login_params", error) &&
         check_params (context, "refresh_params", error);
}

/* Whether a key fits its algorithm, and claims make sense, shows when a token is made. */
static gboolean
check_signing (LanyardAuthContext *context, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardSecret) token = lanyard_jwt_signer_sign (context, NULL, now, NULL, NULL, error);

  return token != NULL;
}

static gboolean
validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  if (!lanyard_jwt_verifier_validate (context, error))
    return FALSE;

  return get_way (context) == WAY_FETCH ? check_login (context, error)
                                        : check_signing (context, error);
}

static gboolean
is_local (LanyardAuthType *self, LanyardAuthContext *context)
{
  return get_way (context) == WAY_SIGN;
}

/* Scopes go along where a token that is signed here is exchanged for another. The key need not be
 * at hand: without a user name it is what the token endpoint is for. */
static gboolean
uses_scopes (LanyardAuthType *self, LanyardAuthContext *context)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "token_endpoint");
  g_autofree char *username = lanyard_auth_context_dup_value (context, "username");

  return endpoint != NULL && *endpoint != '\0' &&
         (get_way (context) == WAY_EXCHANGE || username == NULL || *username == '\0');
}

static LanyardFlow *
authorize (LanyardAuthType *self, LanyardAuthContext *context, const char *redirect_uri)
{
  return get_way (context) == WAY_SIGN ? lanyard_jwt_flow_new_sign (context)
                                       : lanyard_jwt_flow_new_fetch (context, FALSE);
}

static LanyardFlow *
refresh (LanyardAuthType *self, LanyardAuthContext *context)
{
  return get_way (context) == WAY_SIGN ? lanyard_jwt_flow_new_sign (context)
                                       : lanyard_jwt_flow_new_fetch (context, TRUE);
}

/* A token that names its request is made when the request is there (quirk K7). */
static gboolean
apply_for_request (LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardSecret) token =
    lanyard_jwt_signer_sign (context, request, now, NULL, NULL, error);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthContext) with_token = NULL;

  if (token == NULL)
    return FALSE;

  credentials = lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  lanyard_credentials_set (credentials, "access_token", token);
  with_token = lanyard_auth_context_with_credentials (context, credentials);
  return lanyard_oauth2_request_apply (with_token, request, error);
}

static gboolean
apply (LanyardAuthType *self, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  if (get_way (context) == WAY_SIGN && lanyard_jwt_signer_is_for_request (context))
    return apply_for_request (context, request, error);

  if (lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "access_token") ==
      NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("There is no token yet; authorize it first"));
      return FALSE;
    }

  return lanyard_oauth2_request_apply (context, request, error);
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
lanyard_jwt_class_init (LanyardJwtClass *klass)
{
}

static void
lanyard_jwt_init (LanyardJwt *self)
{
}
