/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-response.h"

#include "lanyard-answer.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>

/* No token lives longer; a larger number is a server's way to say never, or nonsense. In seconds.
 */
#define MAX_LIFETIME (G_GINT64_CONSTANT (10) * 365 * 24 * 3600)
/* In bytes. */
#define MAX_TOKEN_LENGTH (64 * 1024)
#define MAX_SCOPE_LENGTH 200
#define MAX_SCOPES 200

static const char *
provider_name (LanyardAuthContext *context)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
}

/* The request that turns a long-lived token into an access token; there is one when it was sent. */
static JsonObject *
get_step (LanyardMethod *method)
{
  return json_array_get_object_element (lanyard_method_get_array (method, "steps"), 0);
}

static JsonObject *
get_root (LanyardAuthContext *context, JsonObject *object)
{
  const char *root =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "response.root");
  JsonObject *inner = root != NULL ? lanyard_json_get_object (object, root) : NULL;

  return inner != NULL ? inner : object;
}

/* The path or paths under which the provider answers with @name; its own name where the data is
 * silent. The second request of a provider may have names of its own. */
static char **
dup_paths (LanyardAuthContext *context, LanyardOAuth2Exchange exchange, const char *name)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autofree char *key = g_strconcat ("response.map.", name, NULL);
  g_autofree char *step_key = g_strconcat ("response.map.", name, NULL);
  const char *fallback[] = { name, NULL };
  char **paths = NULL;

  if (exchange == LANYARD_OAUTH2_EXCHANGE_STEP)
    paths = lanyard_json_dup_strv (get_step (method), step_key);
  if (paths == NULL)
    paths = lanyard_method_dup_strv (method, key);

  return paths != NULL ? paths : g_strdupv ((char **)fallback);
}

static const char *
get_mapped (LanyardAuthContext *context,
            LanyardOAuth2Exchange exchange,
            JsonObject *object,
            const char *name)
{
  g_auto (GStrv) paths = dup_paths (context, exchange, name);

  return lanyard_answer_find_string (object, paths);
}

/* Whether the answer is a refusal, by its status or by what the provider's data says of HTTP 200
 * (quirk R9). */
static gboolean
is_refusal (LanyardAuthContext *context,
            LanyardOAuth2Exchange exchange,
            const LanyardResponse *response,
            JsonObject *object)
{
  if (response->status < 200 || response->status > 299)
    return TRUE;
  if (object == NULL)
    return FALSE;
  if (lanyard_answer_is_refusal (context, object))
    return TRUE;

  /* A member called error beside no token: some servers answer 200 to everything. */
  return get_mapped (context, exchange, get_root (context, object), "access_token") == NULL &&
         lanyard_json_get_string (object, "error") != NULL;
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
                 _ ("%s answered with a web page instead of a token; check the token endpoint, and whether this network "
                    "wants a sign-in of its own"),
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

/* Zero, negative and absurd lifetimes count as unknown: the token is used until the server refuses
 * it. */
static gint64
read_expires_at (LanyardAuthContext *context,
                 LanyardOAuth2Exchange exchange,
                 JsonObject *object,
                 gint64 now)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_auto (GStrv) paths = dup_paths (context, exchange, "expires_in");
  gint64 lifetime = lanyard_method_get_int64 (method, "response.expires.default", 0);

  for (char **path = paths; *path != NULL; path++)
    {
      if (lanyard_json_get_int64 (object, *path, &lifetime))
        break;
    }
  if (exchange == LANYARD_OAUTH2_EXCHANGE_STEP && lifetime == 0)
    lanyard_json_get_int64 (get_step (method), "response.expires.default", &lifetime);

  return lifetime > 0 && lifetime < MAX_LIFETIME ? now + lifetime : 0;
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
  const char *text = lanyard_json_get_string (object, path);
  g_auto (GStrv) parts = text != NULL
                           ? g_strsplit_set (text, separator != NULL ? separator : " ", -1)
                           : lanyard_json_dup_strv (object, path);
  g_autoptr (GPtrArray) scopes = NULL;

  if (parts == NULL)
    return NULL;

  scopes = g_ptr_array_new_with_free_func (g_free);
  for (char **part = parts; *part != NULL; part++)
    add_scope (scopes, g_strstrip (*part));
  g_ptr_array_add (scopes, NULL);
  return (char **)g_ptr_array_steal (scopes, NULL);
}

/* RFC 6749 section 5.1: no scope means as requested. After a refresh, where nothing was requested,
 * it means no change. */
static char **
read_granted (LanyardAuthContext *context, LanyardOAuth2Exchange exchange, JsonObject *object)
{
  g_auto (GStrv) paths = dup_paths (context, exchange, "scope");

  for (char **path = paths; *path != NULL; path++)
    {
      char **scopes = dup_scopes (context, object, *path);

      if (scopes != NULL)
        return scopes;
    }

  return exchange == LANYARD_OAUTH2_EXCHANGE_CODE ? lanyard_auth_context_dup_scopes (context)
                                                  : NULL;
}

static LanyardOutcome *
read_tokens (LanyardAuthContext *context,
             LanyardOAuth2Exchange exchange,
             JsonObject *object,
             gint64 now,
             GError **error)
{
  g_autoptr (LanyardCredentials) credentials =
               lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  const char *access_token = get_mapped (context, exchange, object, "access_token");
  const char *refresh_token = get_mapped (context, exchange, object, "refresh_token");
  const char *id_token = get_mapped (context, exchange, object, "id_token");
  const char *token_type = get_mapped (context, exchange, object, "token_type");
  LanyardOutcome *outcome;

  if (access_token == NULL || !is_token_text (access_token) ||
      (refresh_token != NULL && !is_token_text (refresh_token)))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   _ ("%s answered without a token that can be used"), provider_name (context));
      return NULL;
    }
  if (!check_token_type (context, token_type, error))
    return NULL;

  /* A new sign-in has nothing to do with the tokens of the last one, maybe somebody else's. */
  if (exchange == LANYARD_OAUTH2_EXCHANGE_CODE)
    {
      lanyard_credentials_set (credentials, "refresh_token", NULL);
      lanyard_credentials_set (credentials, "id_token", NULL);
    }
  lanyard_credentials_set_text (credentials, "access_token", access_token);
  lanyard_credentials_set_text (credentials, "token_type", token_type);
  lanyard_credentials_set_expires_at (credentials,
                                      read_expires_at (context, exchange, object, now));
  if (refresh_token != NULL)
    lanyard_credentials_set_text (credentials, "refresh_token", refresh_token);
  if (id_token != NULL && strlen (id_token) <= MAX_TOKEN_LENGTH)
    lanyard_credentials_set_text (credentials, "id_token", id_token);

  outcome = lanyard_outcome_new (credentials);
  outcome->granted_scopes = read_granted (context, exchange, object);
  outcome->renewable = lanyard_credentials_get (credentials, "refresh_token") != NULL;
  return outcome;
}

LanyardOutcome *
lanyard_oauth2_response_read_tokens (LanyardAuthContext *context,
                                     LanyardOAuth2Exchange exchange,
                                     const LanyardResponse *response,
                                     gint64 now,
                                     GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonObject) object = lanyard_answer_parse (response, &reason);

  if (is_refusal (context, exchange, response, object))
    {
      set_token_refusal (context, exchange, response, object, error);
      return NULL;
    }
  if (object == NULL)
    {
      set_not_a_token (context, response, reason, error);
      return NULL;
    }

  return read_tokens (context, exchange, get_root (context, object), now, error);
}
