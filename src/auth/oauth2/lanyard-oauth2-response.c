/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-response.h"

#include "lanyard-answer.h"
#include "lanyard-captured.h"
#include "lanyard-oauth2-expiry.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>

/* In bytes. */
#define MAX_TOKEN_LENGTH (64 * 1024)
#define MAX_SCOPE_LENGTH 200
#define MAX_SCOPES 200

static const char *
provider_name (LanyardAuthContext *context)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
}

JsonObject *
lanyard_oauth2_response_get_root (LanyardAuthContext *context, JsonObject *object)
{
  const char *root =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "response.root");
  JsonObject *inner = root != NULL ? lanyard_answer_get_object (object, root) : NULL;

  return inner != NULL ? inner : object;
}

char **
lanyard_oauth2_response_dup_paths (LanyardAuthContext *context, const char *name)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autofree char *key = g_strconcat ("response.map.", name, NULL);
  const char *fallback[] = { name, NULL };
  char **paths = lanyard_method_dup_strv (method, key);

  return paths != NULL ? paths : g_strdupv ((char **)fallback);
}

static const char *
get_mapped (LanyardAuthContext *context, JsonObject *object, const char *name)
{
  g_auto (GStrv) paths = lanyard_oauth2_response_dup_paths (context, name);

  return lanyard_answer_find_string (object, paths);
}

/* Whether the answer is a refusal, by its status or by what the provider's data says of HTTP 200
 * (quirk R9). */
static gboolean
is_refusal (LanyardAuthContext *context, const LanyardResponse *response, JsonObject *object)
{
  if (response->status < 200 || response->status > 299)
    return TRUE;
  if (object == NULL)
    return FALSE;
  if (lanyard_answer_is_refusal (context, object))
    return TRUE;

  /* A member called error beside no token: some servers answer 200 to everything. */
  return get_mapped (context, lanyard_oauth2_response_get_root (context, object), "access_token") ==
           NULL &&
         json_object_has_member (object, "error") && !json_object_get_null_member (object, "error");
}

/* Only invalid_grant says that a refresh token is dead (RFC 6749 section 5.2). Some servers say it
 * with an empty 400; a page of HTML is somebody else's answer and says nothing. */
static gboolean
is_grant_refused (LanyardAuthContext *context,
                  LanyardOAuth2Exchange exchange,
                  const LanyardResponse *response,
                  JsonObject *object)
{
  g_autofree char *name = object != NULL ? lanyard_answer_dup_error (context, object) : NULL;

  if (g_strcmp0 (name, "invalid_grant") == 0)
    return TRUE;

  return exchange == LANYARD_OAUTH2_EXCHANGE_REFRESH && response->status == 400 &&
         lanyard_secret_get_length (response->body) == 0;
}

static void
set_token_refusal (LanyardAuthContext *context,
                   LanyardOAuth2Exchange exchange,
                   const LanyardResponse *response,
                   JsonObject *object,
                   GError **error)
{
  if (lanyard_answer_is_unavailable (response))
    lanyard_answer_set_unavailable (context, response, error);
  else if (!is_grant_refused (context, exchange, response, object))
    lanyard_answer_set_refusal (context, response, object, LANYARD_ERROR_PROVIDER, error);
  else if (exchange == LANYARD_OAUTH2_EXCHANGE_CODE)
    lanyard_answer_set_refusal (context, response, object, LANYARD_ERROR_NOT_AUTHORIZED, error);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                 _ ("%s no longer accepts the sign-in; authorize it again"),
                 provider_name (context));
}

static void
set_not_a_token (LanyardAuthContext *context,
                 const LanyardResponse *response,
                 const GError *reason,
                 GError **error)
{
  if (g_strcmp0 (response->content_type, "text/html") == 0)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 _ ("%s answered with a web page instead of a token; check the token endpoint, and "
                    "whether this network wants a sign-in of its own"),
                 provider_name (context));
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 _ ("%s answered with something that is not a token: %s"), provider_name (context),
                 reason->message);
}

/* RFC 6749 appendix A.12: visible ASCII and space. Anything else could break out of a header field,
 * and no server takes one that is longer. */
static gboolean
is_token_text (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p < 0x20 || *p > 0x7e)
        return FALSE;
    }

  return *text != '\0' && strlen (text) <= MAX_TOKEN_LENGTH;
}

/* The type is compared without case (RFC 6749 section 5.1). A missing one is taken for bearer, and
 * one that the provider's data says how to use is not looked at (quirk R8). */
static gboolean
check_token_type (LanyardAuthContext *context, const char *type, GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autofree char *quoted = NULL;

  if (type == NULL || g_ascii_strcasecmp (type, "bearer") == 0 ||
      lanyard_method_get_string (method, "use.header.value") != NULL)
    return TRUE;

  quoted = lanyard_text_quote (type, 40);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               _ ("%s gave a token of the type %s, which Lanyard cannot use"),
               provider_name (context), quoted != NULL ? quoted : "“”");
  return FALSE;
}

/* Granted scopes are stored and shown: each once, only what can be seen, and not without end. */
static void
add_scope (GPtrArray *scopes, const char *scope)
{
  if (scopes->len < MAX_SCOPES && strlen (scope) <= MAX_SCOPE_LENGTH &&
      lanyard_text_check_name (scope, NULL) &&
      !g_ptr_array_find_with_equal_func (scopes, scope, g_str_equal, NULL))
    g_ptr_array_add (scopes, g_strdup (scope));
}

static char **
dup_scopes (LanyardAuthContext *context, JsonObject *object, const char *path)
{
  const char *separator = lanyard_method_get_string (lanyard_auth_context_get_method (context),
                                                     "response.scope_separator");
  const char *single[] = { path, NULL };
  const char *text = lanyard_answer_find_string (object, (char **)single);
  g_auto (GStrv) parts = text != NULL
                           ? g_strsplit_set (text, separator != NULL ? separator : " ", -1)
                           : lanyard_answer_dup_strv (object, path);
  g_autoptr (GPtrArray) scopes = NULL;

  if (parts == NULL)
    return NULL;

  scopes = g_ptr_array_new_with_free_func (g_free);
  for (char **part = parts; *part != NULL; part++)
    add_scope (scopes, g_strstrip (*part));
  g_ptr_array_add (scopes, NULL);
  return (char **)g_ptr_array_steal (scopes, NULL);
}

static char **
find_scopes (LanyardAuthContext *context, JsonObject *object)
{
  g_auto (GStrv) paths = lanyard_oauth2_response_dup_paths (context, "scope");
  char **scopes = NULL;

  for (char **path = paths; *path != NULL && scopes == NULL; path++)
    scopes = dup_scopes (context, object, *path);

  return scopes;
}

/* RFC 6749 section 5.1: no scope means as requested. After a refresh, where nothing was requested,
 * it means no change. */
static char **
read_granted (LanyardAuthContext *context, LanyardOAuth2Exchange exchange, JsonObject *object)
{
  char **scopes = find_scopes (context, object);

  if (scopes != NULL)
    return scopes;

  return exchange == LANYARD_OAUTH2_EXCHANGE_CODE ? lanyard_auth_context_dup_scopes (context)
                                                  : NULL;
}

/* When a token ends, and the one that renews it. */
static void
read_times (LanyardAuthContext *context,
            JsonObject *object,
            LanyardCredentials *credentials,
            gint64 now)
{
  g_auto (GStrv) paths = lanyard_oauth2_response_dup_paths (context, "expires_in");
  const char *refresh_paths[] = { "refresh_token_expires_in", "refresh_expires_in", NULL };
  gint64 refresh_expires_at = lanyard_oauth2_expiry_read (
    context, "refresh_expires", (char **)refresh_paths, object, NULL, now);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, refresh_expires_at);

  lanyard_credentials_set_expires_at (
    credentials,
    lanyard_oauth2_expiry_read (context, "expires", paths, object,
                                lanyard_credentials_get_text (credentials, "access_token"), now));
  if (refresh_expires_at > 0)
    lanyard_credentials_set_text (credentials, LANYARD_OAUTH2_REFRESH_EXPIRES_AT, text);
}

/* A new sign-in has nothing to do with the tokens of the last one, maybe somebody else's. What came
 * with the redirect of this one was kept in their place already. */
static void
forget (LanyardCredentials *credentials)
{
  lanyard_credentials_set (credentials, "refresh_token", NULL);
  lanyard_credentials_set (credentials, "id_token", NULL);
  lanyard_credentials_set (credentials, LANYARD_OAUTH2_REFRESH_EXPIRES_AT, NULL);
}

static gboolean
check_tokens (LanyardAuthContext *context,
              const char *access_token,
              const char *refresh_token,
              GError **error)
{
  if (access_token != NULL && is_token_text (access_token) &&
      (refresh_token == NULL || is_token_text (refresh_token)))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               _ ("%s answered without a token that can be used"), provider_name (context));
  return FALSE;
}

static gboolean
read_captured (LanyardAuthContext *context,
               JsonObject *object,
               LanyardCredentials *credentials,
               GError **error)
{
  JsonObject *capture =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "response.capture");

  /* What is in the root counts more than what is beside it. */
  return lanyard_captured_store (context, capture, object, credentials, error) &&
         lanyard_captured_store (context, capture,
                                 lanyard_oauth2_response_get_root (context, object), credentials,
                                 error);
}

static LanyardOutcome *
read_tokens (LanyardAuthContext *context,
             LanyardOAuth2Exchange exchange,
             JsonObject *answer,
             gint64 now,
             GError **error)
{
  JsonObject *object = lanyard_oauth2_response_get_root (context, answer);
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  const char *access_token = get_mapped (context, object, "access_token");
  const char *refresh_token = get_mapped (context, object, "refresh_token");
  const char *id_token = get_mapped (context, object, "id_token");
  const char *token_type = get_mapped (context, object, "token_type");
  LanyardOutcome *outcome;

  if (!check_tokens (context, access_token, refresh_token, error) ||
      !check_token_type (context, token_type, error) ||
      !read_captured (context, answer, credentials, error))
    return NULL;

  if (exchange == LANYARD_OAUTH2_EXCHANGE_CODE)
    forget (credentials);
  lanyard_credentials_set_text (credentials, "access_token", access_token);
  lanyard_credentials_set_text (credentials, "token_type", token_type);
  if (refresh_token != NULL)
    lanyard_credentials_set_text (credentials, "refresh_token", refresh_token);
  if (id_token != NULL && strlen (id_token) <= MAX_TOKEN_LENGTH)
    lanyard_credentials_set_text (credentials, "id_token", id_token);
  read_times (context, object, credentials, now);

  outcome = lanyard_outcome_new (credentials);
  outcome->granted_scopes = read_granted (context, exchange, object);
  outcome->renewable = lanyard_oauth2_response_is_renewable (context, credentials);
  return outcome;
}

static JsonObject *
parse (LanyardAuthContext *context, const LanyardResponse *response, GError **error)
{
  const char *format =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "response.format");

  return lanyard_answer_parse_as (response, format, error);
}

char *
lanyard_oauth2_response_dup_refusal (LanyardAuthContext *context, const LanyardResponse *response)
{
  g_autoptr (JsonObject) object = parse (context, response, NULL);

  return object != NULL && is_refusal (context, response, object)
           ? lanyard_answer_dup_error (context, object)
           : NULL;
}

gboolean
lanyard_oauth2_response_has_scopes (LanyardAuthContext *context, const LanyardResponse *response)
{
  g_autoptr (JsonObject) object = parse (context, response, NULL);
  g_auto (GStrv) scopes =
    object != NULL ? find_scopes (context, lanyard_oauth2_response_get_root (context, object))
                   : NULL;

  return scopes != NULL;
}

gboolean
lanyard_oauth2_response_is_renewable (LanyardAuthContext *context, LanyardCredentials *credentials)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);

  if (lanyard_method_get_boolean (method, "refresh.none", FALSE))
    return FALSE;
  if (g_strcmp0 (lanyard_method_get_string (method, "grant"), "client_credentials") == 0)
    return TRUE;
  if (g_strcmp0 (lanyard_method_get_string (method, "refresh.uses"), "access_token") == 0)
    return lanyard_credentials_get (credentials, "access_token") != NULL;

  return lanyard_credentials_get (credentials, "refresh_token") != NULL;
}

LanyardOutcome *
lanyard_oauth2_response_read_tokens (LanyardAuthContext *context,
                                     LanyardOAuth2Exchange exchange,
                                     const LanyardResponse *response,
                                     gint64 now,
                                     GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonObject) object = parse (context, response, &reason);

  if (is_refusal (context, response, object))
    {
      set_token_refusal (context, exchange, response, object, error);
      return NULL;
    }
  if (object == NULL)
    {
      set_not_a_token (context, response, reason, error);
      return NULL;
    }

  return read_tokens (context, exchange, object, now, error);
}

gboolean
lanyard_oauth2_response_read_captured (LanyardAuthContext *context,
                                       const LanyardResponse *response,
                                       LanyardCredentials *credentials,
                                       GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonObject) object = parse (context, response, &reason);

  if (response->status < 200 || response->status > 299 ||
      (object != NULL && lanyard_answer_is_refusal (context, object)))
    {
      set_token_refusal (context, LANYARD_OAUTH2_EXCHANGE_STEP, response, object, error);
      return FALSE;
    }
  if (object == NULL)
    {
      set_not_a_token (context, response, reason, error);
      return FALSE;
    }

  return read_captured (context, object, credentials, error);
}
