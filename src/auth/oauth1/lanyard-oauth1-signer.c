/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-signer.h"

#include "lanyard-error.h"
#include "lanyard-key-cache.h"
#include "lanyard-oauth1-base-string.h"
#include "lanyard-oauth1-escape.h"
#include "lanyard-oauth1-signature.h"
#include "lanyard-random.h"
#include "lanyard-template.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
/* The parameters that every request may have, and the signature. */
#define N_OWN_PARAMS 8
/* Of a number with 63 bits. */
#define MAX_DIGITS 19

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
  char *header_params; /* in front of the others, and not signed */
  LanyardOAuth1Origin origin;

  LanyardOAuth1Method method;
  Transmission transmission;
  gboolean has_body_hash;
};

/* The protocol parameters of one request; the texts are those that nobody else has. */
typedef struct
{
  /* Owned */
  LanyardOAuth1Param *params;
  char *body_hash;
  char *signature;

  char timestamp[MAX_DIGITS + 1];
  char nonce[LANYARD_NONCE_SIZE];
  guint n_params;
} Protocol;

static void
protocol_clear (Protocol *self)
{
  g_free (self->params);
  g_free (self->body_hash);
  lanyard_secret_wipe_string (self->signature);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Protocol, protocol_clear)

static void
protocol_add (Protocol *self, const char *name, const char *value)
{
  lanyard_oauth1_param_init (&self->params[self->n_params++], name, value);
}

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

/* A realm is a quoted text of HTTP, and is not escaped as the rest is. */
static char *
quote_header_params (const LanyardParams *params)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      g_autofree char *value = g_strescape (lanyard_params_get_nth_value (params, i), NULL);

      g_string_append_printf (text, "%s=\"%s\", ", lanyard_params_get_nth_name (params, i), value);
    }
  return g_string_free (text, FALSE);
}

static void
read_transmission (LanyardOAuth1Signer *self, LanyardAuthContext *context)
{
  g_autofree char *transmission = lanyard_auth_context_dup_value (context, "transmission");
  g_autofree char *body_hash = lanyard_auth_context_dup_value (context, "body_hash");
  g_autofree char *realm = lanyard_auth_context_dup_value (context, "realm");
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  if (g_strcmp0 (transmission, "query") == 0)
    self->transmission = IN_QUERY;
  else if (g_strcmp0 (transmission, "body") == 0)
    self->transmission = IN_BODY;

  self->has_body_hash =
    g_strcmp0 (body_hash, "yes") == 0 ||
    lanyard_method_get_boolean (lanyard_auth_context_get_method (context), "body_hash", FALSE);
  if (realm != NULL && *realm != '\0')
    lanyard_params_append (params, "realm", realm);
  lanyard_template_add_params (
    context, params,
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "header_params"));
  self->header_params = quote_header_params (params);
}

/* From the last digit to the first, at the end of @text. */
static const char *
write_decimal (char text[MAX_DIGITS + 1], gint64 number)
{
  char *digit = text + MAX_DIGITS;

  *digit = '\0';
  do
    *--digit = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  return digit;
}

/* RFC 5849 section 3.1, each parameter once. */
static void
protocol_fill (Protocol *protocol,
               LanyardOAuth1Signer *self,
               const LanyardRequest *request,
               const LanyardParams *extra,
               const char *nonce,
               gint64 now)
{
  guint n_extra = extra != NULL ? lanyard_params_get_length (extra) : 0;

  protocol->params = g_new (LanyardOAuth1Param, N_OWN_PARAMS + n_extra);
  if (nonce == NULL)
    lanyard_random_write_nonce (protocol->nonce);

  protocol_add (protocol, "oauth_consumer_key", self->consumer_key);
  if (self->token != NULL)
    protocol_add (protocol, "oauth_token", lanyard_secret_get (self->token));
  protocol_add (protocol, "oauth_signature_method", lanyard_oauth1_method_get_name (self->method));
  protocol_add (protocol, "oauth_timestamp", write_decimal (protocol->timestamp, now));
  protocol_add (protocol, "oauth_nonce", nonce != NULL ? nonce : protocol->nonce);
  protocol_add (protocol, "oauth_version", "1.0");
  for (guint i = 0; i < n_extra; i++)
    protocol_add (protocol, lanyard_params_get_nth_name (extra, i),
                  lanyard_params_get_nth_value (extra, i));

  /* A form is signed itself, and has no hash. */
  if (self->has_body_hash &&
      (request->body == NULL || request->content_type == NULL ||
       g_ascii_strncasecmp (request->content_type, FORM_TYPE, strlen (FORM_TYPE)) != 0))
    {
      protocol->body_hash = lanyard_oauth1_method_dup_body_hash (
        self->method, request->body != NULL ? lanyard_secret_get (request->body) : "",
        request->body != NULL ? lanyard_secret_get_length (request->body) : 0);
      protocol_add (protocol, "oauth_body_hash", protocol->body_hash);
    }
}

static LanyardParams *
protocol_to_params (const Protocol *self)
{
  LanyardParams *params = lanyard_params_new ();

  for (guint i = 0; i < self->n_params; i++)
    lanyard_params_append (params, self->params[i].name, self->params[i].value);
  return params;
}

/* RFC 5849 section 3.5.1. */
static void
set_header (LanyardOAuth1Signer *self, LanyardRequest *request, const Protocol *protocol)
{
  gsize size = strlen ("OAuth ") + strlen (self->header_params) + 1;
  char *header;
  char *out;

  for (guint i = 0; i < protocol->n_params; i++)
    size += protocol->params[i].name_length +
            LANYARD_OAUTH1_ESCAPED * protocol->params[i].value_length + strlen ("=\"\", ");

  header = g_malloc (size);
  out = stpcpy (stpcpy (header, "OAuth "), self->header_params);
  for (guint i = 0; i < protocol->n_params; i++)
    {
      const LanyardOAuth1Param *param = &protocol->params[i];

      if (i > 0)
        out = mempcpy (out, ", ", 2);
      out = mempcpy (out, param->name, param->name_length);
      out = mempcpy (out, "=\"", 2);
      out = param->is_plain ? mempcpy (out, param->value, param->value_length)
                            : lanyard_oauth1_write_escaped (out, param->value, param->value_length);
      *out++ = '"';
    }
  *out = '\0';
  lanyard_params_set (request->headers, "Authorization", header);
  lanyard_secret_wipe_string (header);
}

/* RFC 5849 section 3.5.2: the body must be a form, or not there yet. */
static gboolean
append_to_body (LanyardRequest *request, const Protocol *protocol, GError **error)
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

  for (guint i = 0; i < protocol->n_params; i++)
    lanyard_params_append (form, protocol->params[i].name, protocol->params[i].value);
  lanyard_request_set_form (request, form);
  return TRUE;
}

static gboolean
transmit (LanyardOAuth1Signer *self,
          LanyardRequest *request,
          const Protocol *protocol,
          GError **error)
{
  g_autoptr (LanyardParams) params = NULL;
  char *uri;

  switch (self->transmission)
    {
    case IN_BODY:
      return append_to_body (request, protocol, error);
    case IN_QUERY:
      params = protocol_to_params (protocol);
      uri = lanyard_uri_append_params (request->uri, params);
      lanyard_secret_wipe_string (request->uri);
      request->uri = uri;
      return TRUE;
    case IN_HEADER:
    default:
      set_header (self, request, protocol);
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
  g_free (self->header_params);
  lanyard_oauth1_origin_clear (&self->origin);
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
  g_auto (Protocol) protocol = { NULL };
  char *base_string;

  if (self->method == LANYARD_OAUTH1_PLAINTEXT &&
      !lanyard_uri_check_endpoint (request->uri, _ ("address"), error))
    return FALSE;

  protocol_fill (&protocol, self, request, extra, nonce, now);
  base_string = lanyard_oauth1_base_string_dup (request, protocol.params, protocol.n_params,
                                                &self->origin, error);
  if (base_string == NULL)
    return FALSE;
  protocol.signature = lanyard_oauth1_signature_make (self->method, base_string, self->key, error);
  lanyard_secret_wipe_string (base_string);
  if (protocol.signature == NULL)
    return FALSE;

  protocol_add (&protocol, "oauth_signature", protocol.signature);
  return transmit (self, request, &protocol, error);
}
