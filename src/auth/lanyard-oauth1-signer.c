/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-signer.h"

#include "lanyard-error.h"
#include "lanyard-key-cache.h"
#include "lanyard-oauth1-signature.h"
#include "lanyard-random.h"
#include "lanyard-template.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
#define NONCE_BYTES 16

typedef enum
{
  IN_HEADER,
  IN_QUERY,
  IN_BODY,
} Transmission;

struct _LanyardOAuth1Signer
{
  /* Owned */
  char *consumer_key;
  LanyardSecret *token;
  LanyardKey *key;
  LanyardParams *header_params; /* in front of the others, and not signed */

  LanyardOAuth1Method method;
  Transmission transmission;
  gboolean has_body_hash;
};

static gboolean
read_method (LanyardOAuth1Signer *self, LanyardAuthContext *context, GError **error)
{
  g_autofree char *name = lanyard_auth_context_dup_value (context, "signature_method");

  if (lanyard_oauth1_method_from_name (name, &self->method))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("“%s” is no signature method of OAuth 1.0"), name != NULL ? name : "");
  return FALSE;
}

static gboolean
read_key (LanyardOAuth1Signer *self, LanyardAuthContext *context, GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  LanyardSecret *pem = lanyard_credentials_get (credentials, "private_key");
  LanyardSecret *consumer_secret = lanyard_credentials_get (credentials, "consumer_secret");
  LanyardSecret *token_secret = lanyard_credentials_get (credentials, "token_secret");
  g_autoptr (LanyardSecret) none = NULL;

  if (!lanyard_oauth1_method_is_rsa (self->method))
    {
      /* A secret may be empty, and the "&" is there all the same (RFC 5849 section 3.4.2). */
      if (consumer_secret == NULL)
        none = lanyard_secret_new ("");
      self->key = lanyard_key_cache_get (none != NULL ? none : consumer_secret, token_secret,
                                         lanyard_oauth1_signature_new_shared_key, error);
    }
  else if (pem != NULL)
    self->key =
      lanyard_key_cache_get (pem, lanyard_credentials_get (credentials, "private_key_passphrase"),
                             lanyard_key_new_legacy_pem, error);
  else
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                         _ ("The private key is missing; enter it first"));

  return self->key != NULL;
}

static void
read_transmission (LanyardOAuth1Signer *self, LanyardAuthContext *context)
{
  g_autofree char *transmission = lanyard_auth_context_dup_value (context, "transmission");
  g_autofree char *body_hash = lanyard_auth_context_dup_value (context, "body_hash");
  g_autofree char *realm = lanyard_auth_context_dup_value (context, "realm");

  if (g_strcmp0 (transmission, "query") == 0)
    self->transmission = IN_QUERY;
  else if (g_strcmp0 (transmission, "body") == 0)
    self->transmission = IN_BODY;

  self->has_body_hash =
    g_strcmp0 (body_hash, "yes") == 0 ||
    lanyard_method_get_boolean (lanyard_auth_context_get_method (context), "body_hash", FALSE);
  self->header_params = lanyard_params_new ();
  if (realm != NULL && *realm != '\0')
    lanyard_params_append (self->header_params, "realm", realm);
  lanyard_template_add_params (
    context, self->header_params,
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "header_params"));
}

/* RFC 5849 section 3.1, each parameter once. */
static LanyardParams *
new_oauth_params (LanyardOAuth1Signer *self,
                  const LanyardRequest *request,
                  const LanyardParams *extra,
                  const char *nonce,
                  gint64 now)
{
  LanyardParams *oauth = lanyard_params_new ();
  g_autofree char *new_nonce = nonce == NULL ? lanyard_random_token (NONCE_BYTES) : NULL;
  char timestamp[24];

  g_snprintf (timestamp, sizeof timestamp, "%" G_GINT64_FORMAT, now);
  lanyard_params_append (oauth, "oauth_consumer_key", self->consumer_key);
  if (self->token != NULL)
    lanyard_params_append_secret (oauth, "oauth_token", self->token);
  lanyard_params_append (oauth, "oauth_signature_method",
                         lanyard_oauth1_method_get_name (self->method));
  lanyard_params_append (oauth, "oauth_timestamp", timestamp);
  lanyard_params_append (oauth, "oauth_nonce", nonce != NULL ? nonce : new_nonce);
  lanyard_params_append (oauth, "oauth_version", "1.0");
  for (guint i = 0; extra != NULL && i < lanyard_params_get_length (extra); i++)
    lanyard_params_append (oauth, lanyard_params_get_nth_name (extra, i),
                           lanyard_params_get_nth_value (extra, i));

  /* A form is signed itself, and has no hash. */
  if (self->has_body_hash && (request->body == NULL || request->content_type == NULL ||
                              !g_str_has_prefix (request->content_type, FORM_TYPE)))
    {
      g_autofree char *hash = lanyard_oauth1_method_dup_body_hash (
        self->method, request->body != NULL ? lanyard_secret_get (request->body) : "",
        request->body != NULL ? lanyard_secret_get_length (request->body) : 0);

      lanyard_params_append (oauth, "oauth_body_hash", hash);
    }
  return oauth;
}

/* RFC 5849 section 3.5.1. A realm is a quoted text of HTTP, and is not escaped as the rest is. */
static void
set_header (LanyardOAuth1Signer *self, LanyardRequest *request, const LanyardParams *oauth)
{
  GString *header = g_string_sized_new (512);
  char *text;

  g_string_append (header, "OAuth ");
  for (guint i = 0; i < lanyard_params_get_length (self->header_params); i++)
    {
      g_autofree char *value =
        g_strescape (lanyard_params_get_nth_value (self->header_params, i), NULL);

      g_string_append_printf (header, "%s=\"%s\", ",
                              lanyard_params_get_nth_name (self->header_params, i), value);
    }
  for (guint i = 0; i < lanyard_params_get_length (oauth); i++)
    {
      if (i > 0)
        g_string_append (header, ", ");
      lanyard_oauth1_append_escaped (header, lanyard_params_get_nth_name (oauth, i));
      g_string_append (header, "=\"");
      lanyard_oauth1_append_escaped (header, lanyard_params_get_nth_value (oauth, i));
      g_string_append_c (header, '"');
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

  if (request->body != NULL && g_strcmp0 (request->content_type, FORM_TYPE) != 0)
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
transmit (LanyardOAuth1Signer *self,
          LanyardRequest *request,
          const LanyardParams *oauth,
          GError **error)
{
  char *uri;

  switch (self->transmission)
    {
    case IN_BODY:
      return append_to_body (request, oauth, error);
    case IN_QUERY:
      uri = lanyard_uri_append_params (request->uri, oauth);
      lanyard_secret_wipe_string (request->uri);
      request->uri = uri;
      return TRUE;
    case IN_HEADER:
    default:
      set_header (self, request, oauth);
      return TRUE;
    }
}

LanyardOAuth1Signer *
lanyard_oauth1_signer_new (LanyardAuthContext *context, GError **error)
{
  g_autoptr (LanyardOAuth1Signer) self = g_new0 (LanyardOAuth1Signer, 1);
  LanyardSecret *token =
    lanyard_credentials_get (lanyard_auth_context_get_credentials (context), "token");

  if (!read_method (self, context, error) || !read_key (self, context, error))
    return NULL;

  read_transmission (self, context);
  self->token = token != NULL ? lanyard_secret_ref (token) : NULL;
  self->consumer_key = lanyard_auth_context_dup_value (context, "consumer_key");
  if (self->consumer_key == NULL)
    self->consumer_key = g_strdup ("");
  return g_steal_pointer (&self);
}

void
lanyard_oauth1_signer_free (LanyardOAuth1Signer *self)
{
  if (self == NULL)
    return;

  g_free (self->consumer_key);
  g_clear_pointer (&self->token, lanyard_secret_unref);
  g_clear_pointer (&self->key, lanyard_key_unref);
  g_clear_pointer (&self->header_params, lanyard_params_free);
  g_free (self);
}

gboolean
lanyard_oauth1_signer_sign (LanyardOAuth1Signer *self,
                            LanyardRequest *request,
                            const LanyardParams *extra,
                            const char *nonce,
                            gint64 now,
                            GError **error)
{
  g_autoptr (LanyardParams) oauth = NULL;
  char *base_string;
  char *signature;

  if (self->method == LANYARD_OAUTH1_PLAINTEXT &&
      !lanyard_uri_check_endpoint (request->uri, _ ("address"), error))
    return FALSE;

  oauth = new_oauth_params (self, request, extra, nonce, now);
  base_string = lanyard_oauth1_signature_dup_base_string (request, oauth, error);
  if (base_string == NULL)
    return FALSE;
  signature = lanyard_oauth1_signature_make (self->method, base_string, self->key, error);
  lanyard_secret_wipe_string (base_string);
  if (signature == NULL)
    return FALSE;

  lanyard_params_append (oauth, "oauth_signature", signature);
  lanyard_secret_wipe_string (signature);
  return transmit (self, request, oauth, error);
}
