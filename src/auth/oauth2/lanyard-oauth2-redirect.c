/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-redirect.h"

#include "lanyard-answer.h"
#include "lanyard-captured.h"
#include "lanyard-error.h"
#include "lanyard-hmac.h"
#include "lanyard-json.h"
#include "lanyard-params.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SCOPES 200

static const char *
provider_name (LanyardAuthContext *context)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
}

static gboolean
refuse (LanyardAuthContext *context, const char *reason, GError **error)
{
  g_set_error (
    error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
    _ ("The answer of %s was not accepted: %s. Nothing was saved; try to authorize again"),
    provider_name (context), reason);
  return FALSE;
}

/* The query; a fragment such as the "#_" of some providers does not belong to it. */
static LanyardParams *
parse_query (const char *uri, GError **error)
{
  g_autofree char *query = NULL;
  const char *start = strchr (uri, '?');

  if (start == NULL)
    return lanyard_params_new ();

  query = g_strndup (start + 1, strcspn (start + 1, "#"));
  return lanyard_params_parse (query, error);
}

static gboolean
is_same_text (const char *a, const char *b)
{
  g_autoptr (LanyardSecret) first = lanyard_secret_new (a);
  g_autoptr (LanyardSecret) second = lanyard_secret_new (b);

  return lanyard_secret_equal (first, second);
}

static gboolean
check_state (LanyardAuthContext *context,
             const LanyardParams *params,
             const char *state,
             GError **error)
{
  const char *received = lanyard_params_get (params, "state");

  if (received == NULL)
    return refuse (context, _ ("the state that belongs to this attempt is missing"), error);
  if (!is_same_text (received, state))
    return refuse (context, _ ("it belongs to another attempt (its state is wrong)"), error);

  return TRUE;
}

/* RFC 9207 section 2.4. Without a known issuer there is nothing to compare with; state and PKCE
 * protect then. A server that promised to name itself must do so. */
static gboolean
check_issuer (LanyardAuthContext *context, const LanyardParams *params, GError **error)
{
  g_autofree char *issuer = lanyard_auth_context_dup_value (context, "issuer");
  LanyardServerMetadata *metadata = lanyard_auth_context_get_metadata (context);
  const char *received = lanyard_params_get (params, "iss");

  if (received == NULL && metadata != NULL &&
      lanyard_server_metadata_get_boolean (metadata,
                                           "authorization_response_iss_parameter_supported"))
    return refuse (context, _ ("it does not say which issuer it comes from"), error);
  if (issuer == NULL || received == NULL || g_str_equal (issuer, received))
    return TRUE;

  return refuse (context, _ ("it comes from another issuer than the one that was asked"), error);
}

/* The first of the parameters that the provider's data names, or the standard's. */
static const char *
find_param (LanyardAuthContext *context,
            const LanyardParams *params,
            const char *path,
            const char *standard)
{
  g_auto (GStrv) names = lanyard_method_dup_strv (lanyard_auth_context_get_method (context), path);
  const char *value = NULL;

  for (char **name = names; name != NULL && *name != NULL && value == NULL; name++)
    value = lanyard_params_get (params, *name);

  return value != NULL ? value : lanyard_params_get (params, standard);
}

static const char *
translate_error (LanyardAuthContext *context, const char *name)
{
  JsonObject *map =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "callback.error_map");

  return map != NULL && json_object_has_member (map, name) ? lanyard_json_get_string (map, name)
                                                           : name;
}

static gboolean
check_error (LanyardAuthContext *context, const LanyardParams *params, GError **error)
{
  const char *name = find_param (context, params, "callback.error", "error");
  g_autofree char *reason = NULL;

  if (name == NULL)
    return TRUE;

  reason = lanyard_answer_dup_reason (
    name, find_param (context, params, "callback.error_text", "error_description"),
    lanyard_params_get (params, "error_uri"));
  if (g_str_equal (translate_error (context, name), "access_denied"))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
                 _ ("%s was not allowed to give access: %s"), provider_name (context), reason);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER, _ ("%s ended the sign-in: %s"),
                 provider_name (context), reason != NULL ? reason : "“”");
  return FALSE;
}

static gboolean
check_ok (LanyardAuthContext *context, const LanyardParams *params, GError **error)
{
  JsonObject *conditions =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "callback.ok_when");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (conditions == NULL)
    return TRUE;

  json_object_iter_init (&iter, conditions);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (lanyard_answer_fulfils (lanyard_params_get (params, name), json_node_get_string (node)))
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
                   _ ("%s was not allowed to give access"), provider_name (context));
      return FALSE;
    }

  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* What a redirect is signed over: its other parameters, sorted, decoded, joined by & (quirk C6). */
static char *
make_signed_text (const LanyardParams *params, const char *signature)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);

      if (!g_str_equal (name, signature))
        g_ptr_array_add (lines,
                         g_strconcat (name, "=", lanyard_params_get_nth_value (params, i), NULL));
    }
  g_ptr_array_sort (lines, compare_names);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("&", (char **)lines->pdata);
}

static char *
sign (LanyardAuthContext *context, JsonObject *hmac, const char *text)
{
  const char *template = lanyard_json_get_string (hmac, "key");
  const char *encoding = lanyard_json_get_string (hmac, "encoding");
  char *key =
    lanyard_auth_context_expand (context, template != NULL ? template : "{client_secret}");
  g_autoptr (GBytes) mac =
    lanyard_hmac_sign (LANYARD_HASH_SHA256, key, strlen (key), text, strlen (text));
  gboolean has_key = *key != '\0';
  gsize length;
  const guint8 *data = g_bytes_get_data (mac, &length);
  GString *hex;

  lanyard_secret_wipe_string (key);
  if (!has_key)
    return NULL;
  if (g_strcmp0 (encoding, "base64") == 0)
    return g_base64_encode (data, length);

  hex = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}

static gboolean
check_signature (LanyardAuthContext *context, const LanyardParams *params, GError **error)
{
  JsonObject *hmac =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "callback.hmac");
  const char *name = hmac != NULL ? lanyard_json_get_string (hmac, "param") : NULL;
  const char *received = name != NULL ? lanyard_params_get (params, name) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (hmac == NULL)
    return TRUE;
  if (received == NULL)
    return refuse (context, _ ("it is not signed"), error);

  text = make_signed_text (params, name);
  expected = sign (context, hmac, text);
  if (expected == NULL || !is_same_text (received, expected))
    return refuse (context, _ ("its signature is wrong; check the client secret"), error);

  return TRUE;
}

/* What came, as an object, so that it is captured as from an answer. */
static JsonObject *
make_object (const LanyardParams *params)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    json_object_set_string_member (object, lanyard_params_get_nth_name (params, i),
                                   lanyard_params_get_nth_value (params, i));
  return object;
}

static gboolean
read_captured (LanyardAuthContext *context,
               const LanyardParams *params,
               LanyardCredentials *credentials,
               GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (JsonObject) source = make_object (params);

  lanyard_captured_clear (method, credentials);
  return lanyard_captured_store (context, lanyard_method_get_object (method, "callback.capture"),
                                 source, credentials, error);
}

/* The scopes that were granted, where the redirect says so (quirk C8). */
static char **
read_scopes (LanyardMethod *method, const LanyardParams *params)
{
  const char *name = lanyard_method_get_string (method, "callback.scope");
  const char *text = name != NULL ? lanyard_params_get (params, name) : NULL;
  g_auto (GStrv) parts = text != NULL ? g_strsplit_set (text, " ,", -1) : NULL;
  g_autoptr (GPtrArray) scopes = NULL;

  if (parts == NULL)
    return NULL;

  scopes = g_ptr_array_new_with_free_func (g_free);
  for (char **part = parts; *part != NULL && scopes->len < MAX_SCOPES; part++)
    {
      if (lanyard_text_check_name (*part, NULL))
        g_ptr_array_add (scopes, g_strdup (*part));
    }
  g_ptr_array_add (scopes, NULL);
  return (char **)g_ptr_array_steal (scopes, NULL);
}

static LanyardParams *
read_params (LanyardAuthContext *context,
             const char *uri,
             const char *redirect_uri,
             const char *state,
             GError **error)
{
  g_autoptr (LanyardParams) params = NULL;

  if (!lanyard_uri_matches_redirect (uri, redirect_uri))
    {
      refuse (context, _ ("it came to another address than the callback URL"), error);
      return NULL;
    }
  params = parse_query (uri, NULL);
  if (params == NULL || lanyard_params_find_repeated (params) != NULL)
    {
      refuse (context, _ ("it cannot be read, or says something twice"), error);
      return NULL;
    }
  if (!check_state (context, params, state, error) || !check_issuer (context, params, error) ||
      !check_error (context, params, error) || !check_ok (context, params, error) ||
      !check_signature (context, params, error))
    return NULL;

  return g_steal_pointer (&params);
}

void
lanyard_oauth2_redirect_free (LanyardOAuth2Redirect *self)
{
  lanyard_secret_wipe_string (self->code);
  g_strfreev (self->scopes);
  lanyard_credentials_unref (self->credentials);
  g_free (self);
}

LanyardOAuth2Redirect *
lanyard_oauth2_redirect_read (LanyardAuthContext *context,
                              const char *uri,
                              const char *redirect_uri,
                              const char *state,
                              GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *token_name = lanyard_method_get_string (method, "callback.token");
  const char *code_name = lanyard_method_get_string (method, "callback.code");
  g_autoptr (LanyardParams) params = read_params (context, uri, redirect_uri, state, error);
  g_autoptr (LanyardCredentials) credentials = NULL;
  LanyardOAuth2Redirect *redirect;
  const char *value;

  if (params == NULL)
    return NULL;

  if (token_name != NULL)
    code_name = token_name;
  value = lanyard_params_get (params, code_name != NULL ? code_name : "code");
  if (value == NULL || *value == '\0')
    {
      refuse (context, _ ("the code is missing"), error);
      return NULL;
    }
  credentials = lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  if (!read_captured (context, params, credentials, error))
    return NULL;

  redirect = g_new0 (LanyardOAuth2Redirect, 1);
  redirect->code = g_strdup (value);
  redirect->is_token = token_name != NULL;
  redirect->scopes = read_scopes (method, params);
  redirect->credentials = g_steal_pointer (&credentials);
  return redirect;
}
