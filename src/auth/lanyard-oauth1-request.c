/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-request.h"

#include "lanyard-error.h"
#include "lanyard-oauth1-signature.h"
#include "lanyard-random.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

#define NONCE_BYTES 16

static void
append_value (LanyardAuthContext *context,
              LanyardParams *oauth,
              const char *name,
              const char *setting)
{
  g_autofree char *value = lanyard_auth_context_dup_value (context, setting);

  lanyard_params_append (oauth, name, value != NULL ? value : "");
}

/* RFC 5849 section 3.1, each parameter once. */
static LanyardParams *
new_oauth_params (LanyardAuthContext *context,
                  LanyardOAuth1Method method,
                  const LanyardParams *extra,
                  const char *nonce,
                  gint64 now)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  LanyardParams *oauth = lanyard_params_new ();
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autofree char *new_nonce = nonce == NULL ? lanyard_random_token (NONCE_BYTES) : NULL;

  append_value (context, oauth, "oauth_consumer_key", "consumer_key");
  if (lanyard_credentials_get (credentials, "token") != NULL)
    lanyard_params_append_secret (oauth, "oauth_token",
                                  lanyard_credentials_get (credentials, "token"));
  lanyard_params_append (oauth, "oauth_signature_method", lanyard_oauth1_method_get_name (method));
  lanyard_params_append (oauth, "oauth_timestamp", timestamp);
  lanyard_params_append (oauth, "oauth_nonce", nonce != NULL ? nonce : new_nonce);
  lanyard_params_append (oauth, "oauth_version", "1.0");
  for (guint i = 0; extra != NULL && i < lanyard_params_get_length (extra); i++)
    lanyard_params_append (oauth, lanyard_params_get_nth_name (extra, i),
                           lanyard_params_get_nth_value (extra, i));

  return oauth;
}

/* RFC 5849 section 3.5.1. */
static void
set_header (LanyardAuthContext *context, LanyardRequest *request, const LanyardParams *oauth)
{
  g_autofree char *realm = lanyard_auth_context_dup_value (context, "realm");
  GString *header = g_string_new ("OAuth ");
  char *text;

  if (realm != NULL)
    {
      g_autofree char *escaped = g_strescape (realm, NULL);

      g_string_append_printf (header, "realm=\"%s\", ", escaped);
    }
  for (guint i = 0; i < lanyard_params_get_length (oauth); i++)
    {
      g_autofree char *name = lanyard_oauth1_escape (lanyard_params_get_nth_name (oauth, i));
      char *value = lanyard_oauth1_escape (lanyard_params_get_nth_value (oauth, i));

      g_string_append_printf (header, "%s%s=\"%s\"", i > 0 ? ", " : "", name, value);
      lanyard_secret_wipe_string (value);
    }

  text = g_string_free (header, FALSE);
  lanyard_params_set (request->headers, "Authorization", text);
  lanyard_secret_wipe_string (text);
}

/* RFC 5849 section 3.5.2: the body must be a form, or not there yet. */
static gboolean
append_to_body (LanyardRequest *request, const LanyardParams *oauth, GError **error)
{
  g_autoptr (LanyardParams) form = NULL;

  if (request->body != NULL &&
      g_strcmp0 (request->content_type, "application/x-www-form-urlencoded") != 0)
    {
      g_set_error_literal (
        error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
        _ ("The signature belongs into the body of the request, which must be a form for it"));
      return FALSE;
    }

  form =
    lanyard_params_parse (request->body != NULL ? lanyard_secret_get (request->body) : NULL, error);
  if (form == NULL)
    return FALSE;

  for (guint i = 0; i < lanyard_params_get_length (oauth); i++)
    lanyard_params_append (form, lanyard_params_get_nth_name (oauth, i),
                           lanyard_params_get_nth_value (oauth, i));
  lanyard_request_set_form (request, form);
  return TRUE;
}

static gboolean
transmit (LanyardAuthContext *context,
          LanyardRequest *request,
          const LanyardParams *oauth,
          GError **error)
{
  g_autofree char *transmission = lanyard_auth_context_dup_value (context, "transmission");
  char *uri;

  if (g_strcmp0 (transmission, "body") == 0)
    return append_to_body (request, oauth, error);
  if (g_strcmp0 (transmission, "query") != 0)
    {
      set_header (context, request, oauth);
      return TRUE;
    }

  uri = lanyard_uri_append_params (request->uri, oauth);
  lanyard_secret_wipe_string (request->uri);
  request->uri = uri;
  return TRUE;
}

static LanyardKey *
dup_key (LanyardCredentials *credentials, GError **error)
{
  LanyardSecret *pem = lanyard_credentials_get (credentials, "private_key");

  if (pem != NULL)
    return lanyard_key_new_legacy_pem (
      pem, lanyard_credentials_get (credentials, "private_key_passphrase"), error);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The private key is missing; enter it first"));
  return NULL;
}

gboolean
lanyard_oauth1_request_sign (LanyardAuthContext *context,
                             LanyardRequest *request,
                             const LanyardParams *extra,
                             const char *nonce,
                             gint64 now,
                             GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  g_autofree char *name = lanyard_auth_context_dup_value (context, "signature_method");
  g_autoptr (LanyardParams) oauth = NULL;
  g_autoptr (LanyardKey) key = NULL;
  g_autofree char *base_string = NULL;
  LanyardOAuth1Method method;
  char *signature;

  if (!lanyard_oauth1_method_from_name (name, &method))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("“%s” is no signature method of OAuth 1.0"), name != NULL ? name : "");
      return FALSE;
    }
  if (lanyard_oauth1_method_is_rsa (method))
    {
      key = dup_key (credentials, error);
      if (key == NULL)
        return FALSE;
    }

  oauth = new_oauth_params (context, method, extra, nonce, now);
  base_string = lanyard_oauth1_signature_dup_base_string (request, oauth, error);
  if (base_string == NULL)
    return FALSE;
  signature = lanyard_oauth1_signature_make (
    method, base_string, lanyard_credentials_get (credentials, "consumer_secret"),
    lanyard_credentials_get (credentials, "token_secret"), key, error);
  if (signature == NULL)
    return FALSE;

  lanyard_params_append (oauth, "oauth_signature", signature);
  lanyard_secret_wipe_string (signature);
  return transmit (context, request, oauth, error);
}

static LanyardRequest *
new_leg (LanyardAuthContext *context,
         const char *endpoint,
         const LanyardParams *extra,
         gint64 now,
         GError **error)
{
  g_autofree char *uri = lanyard_auth_context_dup_value (context, endpoint);
  g_autofree char *verb = lanyard_auth_context_dup_value (context, "request_method");
  g_autoptr (LanyardRequest) request = lanyard_request_new (verb != NULL ? verb : "POST", uri);

  if (!lanyard_oauth1_request_sign (context, request, extra, NULL, now, error))
    return NULL;

  return g_steal_pointer (&request);
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
  lanyard_params_append (extra, "oauth_callback", redirect_uri);

  return new_leg (without_token, "request_token_endpoint", extra, now, error);
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

  return new_leg (context, "access_token_endpoint", extra, now, error);
}

char *
lanyard_oauth1_request_dup_authorization_uri (LanyardAuthContext *context, const char *token)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "authorization_endpoint");
  g_autofree char *text = lanyard_auth_context_dup_value (context, "authorization_params");
  g_autoptr (LanyardParams) params = lanyard_params_parse (text, NULL);

  if (params == NULL)
    params = lanyard_params_new ();
  lanyard_params_set (params, "oauth_token", token);

  return lanyard_uri_append_params (endpoint, params);
}
