/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The methods that hand out credentials: from memory where they are fresh, by way of the manager
 * where they are not. What they answer is never logged. */

#include "config.h"

#include "lanyard-methods.h"

#include <string.h>

#include <glib/gi18n.h>

#include "lanyard-base-url.h"
#include "lanyard-error.h"

/* The largest body that can be signed, in bytes. */
#define MAX_BODY (8 * 1024 * 1024)

/* What a name of a header field is made of (RFC 9110 section 5.6.2). */
#define TOKEN_CHARACTERS \
  "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

#define CONTENT_TYPE "Content-Type"

static const LanyardAuthTypeInfo *
get_type_info (LanyardCall *call)
{
  const char *type_id = lanyard_authorization_get_type_id (call->authorization);
  LanyardAuthType *type = lanyard_auth_types_lookup (type_id);

  return type != NULL ? lanyard_auth_type_get_info (type) : NULL;
}

/* A key has no type, a token has one even where the provider keeps quiet about it. */
static const char *
get_token_type (LanyardCredentials *credentials, const LanyardAuthTypeInfo *info)
{
  const char *token_type = lanyard_credentials_get_text (credentials, "token_type");

  if (token_type != NULL)
    return token_type;

  return g_str_equal (info->primary_secret, "access_token") ? "Bearer" : "";
}

static void
return_token (LanyardCall *call, LanyardCredentials *credentials)
{
  const LanyardAuthTypeInfo *info = get_type_info (call);
  const char *token =
    info != NULL ? lanyard_credentials_get_text (credentials, info->primary_secret) : NULL;

  if (token == NULL)
    {
      lanyard_call_return_error (
        call, g_error_new (LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("%s: there is nothing to hand out yet; enter it or sign in first"),
                           lanyard_authorization_get_name (call->authorization)));
      return;
    }

  lanyard_call_return (call, g_variant_new ("(ssx)", token, get_token_type (credentials, info),
                                            lanyard_credentials_get_expires_at (credentials)));
}

static void
got_credentials_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_get_credentials_finish (LANYARD_MANAGER (source), result, &error);

  if (credentials != NULL)
    return_token (call, credentials);
  else
    lanyard_call_return_error (call, error);
}

static gboolean
read_min_valid (LanyardCall *call, guint *min_valid, GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (call->options, "min-valid", NULL);

  *min_valid = 0;
  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The option min-valid must be a number of seconds"));
      return FALSE;
    }

  *min_valid = g_variant_get_uint32 (value);
  return TRUE;
}

static void
return_invalid (LanyardCall *call, const char *message)
{
  lanyard_call_return_error (
    call, g_error_new (LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s: %s",
                       lanyard_authorization_get_name (call->authorization), message));
}

/* a(ss) */
static GVariant *
make_headers (const LanyardRequest *request, gboolean has_body)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  if (has_body && request->content_type != NULL)
    g_variant_builder_add (&builder, "(ss)", CONTENT_TYPE, request->content_type);
  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    g_variant_builder_add (&builder, "(ss)", lanyard_params_get_nth_name (request->headers, i),
                           lanyard_params_get_nth_value (request->headers, i));

  return g_variant_builder_end (&builder);
}

static void
return_headers (LanyardCall *call, const LanyardRequest *request)
{
  if (lanyard_params_get_length (request->headers) == 0 ||
      !g_str_equal (request->uri, call->request->uri))
    {
      return_invalid (call, _ ("the credentials do not go into a header here; sign the request"));
      return;
    }

  lanyard_call_return (call, g_variant_new ("(@a(ss))", make_headers (request, FALSE)));
}

static void
return_request (LanyardCall *call, const LanyardRequest *request)
{
  const char *body = request->body != NULL ? lanyard_secret_get (request->body) : "";
  gsize length = request->body != NULL ? lanyard_secret_get_length (request->body) : 0;

  lanyard_call_return (
    call, g_variant_new ("(s@a(ss)@ay)", request->uri, make_headers (request, TRUE),
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, body, length, 1)));
}

static void
return_applied (LanyardCall *call, const LanyardRequest *request)
{
  if (g_str_equal (call->method, "GetHeaders"))
    return_headers (call, request);
  else
    return_request (call, request);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;
  g_autoptr (LanyardRequest) request =
    lanyard_manager_apply_finish (LANYARD_MANAGER (source), result, NULL, &error);

  if (request != NULL)
    return_applied (call, request);
  else
    lanyard_call_return_error (call, error);
}

/* Adds what is remembered; FALSE when nothing is. */
static gboolean
apply_remembered (LanyardCall *call)
{
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_recall_credentials (call->manager, call->authorization, 0);
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (call->authorization));
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardRequest) request = NULL;

  if (credentials == NULL)
    return FALSE;

  context = lanyard_manager_dup_context (call->manager, call->authorization, credentials, NULL);
  request = lanyard_request_copy (call->request);
  /* What is wrong is told by the manager, which asks once more. */
  if (context == NULL || !lanyard_auth_type_apply (type, context, request, NULL))
    return FALSE;

  return_applied (call, request);
  return TRUE;
}

static void
apply (LanyardCall *call)
{
  if (!apply_remembered (call))
    lanyard_manager_apply_async (call->manager, lanyard_authorization_get_id (call->authorization),
                                 call->request, lanyard_call_begin_waiting (call), applied_cb,
                                 call);
}

/* Where a request goes whose address was not given: credentials that do not depend on it are asked
 * for, so it is enough that they may go there. */
static char *
dup_any_uri (LanyardCall *call)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (call->manager, call->authorization, NULL, NULL);
  char *base_url = context != NULL ? lanyard_auth_context_dup_value (context, "base_url") : NULL;

  return base_url != NULL ? base_url : g_strdup ("https://localhost/");
}

static gboolean
check_request (LanyardCall *call, const char *method, const char *uri, GError **error)
{
  const char *allowed = lanyard_authorization_get_setting (call->authorization, "allow_http");

  if (*method == '\0' || method[strspn (method, TOKEN_CHARACTERS)] != '\0')
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("That is no method of a request"));
      return FALSE;
    }

  return lanyard_base_url_check_address (uri, g_strcmp0 (allowed, "yes") == 0, _ ("Address"),
                                         error);
}

static gboolean
set_headers (LanyardRequest *request, GVariant *headers, GError **error)
{
  GVariantIter iter;
  const char *name;
  const char *value;

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    {
      if (*name == '\0' || name[strspn (name, TOKEN_CHARACTERS)] != '\0' ||
          strpbrk (value, "\r\n") != NULL)
        {
          g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                               _ ("A header field of the request is not valid"));
          return FALSE;
        }

      if (g_ascii_strcasecmp (name, CONTENT_TYPE) != 0)
        {
          lanyard_params_append (request->headers, name, value);
          continue;
        }
      g_free (request->content_type);
      request->content_type = g_strdup (value);
    }

  return TRUE;
}

static gboolean
set_body (LanyardRequest *request, GVariant *body, GError **error)
{
  gsize length;
  gconstpointer data = g_variant_get_fixed_array (body, &length, 1);

  if (length > MAX_BODY)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The body of the request is too large to be signed"));
      return FALSE;
    }

  if (length > 0)
    request->body = lanyard_secret_new_bytes (data, length);
  return TRUE;
}

void
lanyard_method_get_access_token (LanyardCall *call)
{
  g_autoptr (LanyardCredentials) credentials = NULL;
  GError *error = NULL;
  guint min_valid;

  if (!read_min_valid (call, &min_valid, &error))
    {
      lanyard_call_return_error (call, error);
      return;
    }

  credentials = lanyard_manager_recall_credentials (call->manager, call->authorization, min_valid);
  if (credentials != NULL)
    {
      return_token (call, credentials);
      return;
    }

  lanyard_manager_get_credentials_async (
    call->manager, lanyard_authorization_get_id (call->authorization), min_valid,
    lanyard_call_begin_waiting (call), got_credentials_cb, call);
}

void
lanyard_method_get_headers (LanyardCall *call)
{
  const char *type_id = lanyard_authorization_get_type_id (call->authorization);
  g_autofree char *any_uri = NULL;
  const char *method;
  const char *uri;
  GError *error = NULL;

  g_variant_get (call->parameters, "(&s&s&s@a{sv})", NULL, &method, &uri, NULL);
  if (*uri == '\0' && g_strcmp0 (type_id, "oauth1") == 0)
    {
      return_invalid (call, _ ("each request is signed; say its method and its address"));
      return;
    }

  if (*uri == '\0')
    uri = any_uri = dup_any_uri (call);
  if (*method == '\0')
    method = "GET";
  if (!check_request (call, method, uri, &error))
    {
      lanyard_call_return_error (call, error);
      return;
    }

  call->request = lanyard_request_new (method, uri);
  apply (call);
}

void
lanyard_method_sign_request (LanyardCall *call)
{
  g_autoptr (GVariant) headers = NULL;
  g_autoptr (GVariant) body = NULL;
  const char *method;
  const char *uri;
  GError *error = NULL;

  g_variant_get (call->parameters, "(&s&s&s@a(ss)@ay@a{sv})", NULL, &method, &uri, &headers, &body,
                 NULL);
  call->request = lanyard_request_new (method, uri);
  if (check_request (call, method, uri, &error) && set_headers (call->request, headers, &error) &&
      set_body (call->request, body, &error))
    apply (call);
  else
    lanyard_call_return_error (call, error);
}
