/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"

#include "lanyard-captured.h"
#include "lanyard-challenge.h"
#include "lanyard-error.h"
#include "lanyard-params.h"
#include "lanyard-redaction.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

/* In characters: the name of an error, and everything else that a server says. */
#define MAX_NAME 80
#define MAX_QUOTE 200
/* How many elements of a list are looked at. */
#define MAX_ELEMENTS 100

static const char *
provider_name (LanyardAuthContext *context)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
}

/* A form-encoded answer (some servers send one whatever is asked for), as the object that JSON
 * would have been. */
static JsonObject *
parse_form (const char *text)
{
  g_autoptr (LanyardParams) params = lanyard_params_parse (text, NULL);
  g_autoptr (JsonObject) object = NULL;

  if (params == NULL || lanyard_params_find_repeated (params) != NULL)
    return NULL;

  object = json_object_new ();
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    json_object_set_string_member (object, lanyard_params_get_nth_name (params, i),
                                   lanyard_params_get_nth_value (params, i));
  return g_steal_pointer (&object);
}

static gboolean
looks_like_form (const LanyardResponse *response, const char *text)
{
  if (g_strcmp0 (response->content_type, "application/x-www-form-urlencoded") == 0)
    return TRUE;

  return g_strcmp0 (response->content_type, "application/json") != 0 &&
         g_strcmp0 (response->content_type, "text/html") != 0 &&
         (g_str_has_prefix (text, "access_token=") || g_str_has_prefix (text, "error=") ||
          g_str_has_prefix (text, "oauth_token="));
}

/* Some servers answer as to a script (quirk R1): callback( {…} ); */
static gboolean
find_jsonp (const char *text, gsize length, const char **json, gsize *json_length)
{
  gsize name_length =
    strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$.0123456789");
  const char *open = text + name_length + strspn (text + name_length, " ");
  const char *close = text + length;

  while (close > open && strchr (" ;\r\n", close[-1]) != NULL)
    close--;
  if (name_length == 0 || *open != '(' || close <= open || close[-1] != ')')
    return FALSE;

  *json = open + 1;
  *json_length = (gsize)(close - open) - 2;
  return TRUE;
}

/* A list becomes an object whose members are called 0, 1…, as paths name them. */
static JsonObject *
parse_json (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = lanyard_json_parse (text, length, error);
  g_autoptr (JsonObject) object = NULL;
  JsonArray *array;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    /* For its error too. */
    return lanyard_json_parse_object (text, length, error);

  array = json_node_get_array (root);
  object = json_object_new ();
  for (guint i = 0; i < json_array_get_length (array) && i < MAX_ELEMENTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      json_object_set_member (object, name, json_array_dup_element (array, i));
    }
  return g_steal_pointer (&object);
}

static JsonObject *
parse_form_checked (const char *text, GError **error)
{
  JsonObject *object = parse_form (text);

  if (object == NULL)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                         _ ("the form cannot be read"));
  return object;
}

static JsonObject *
parse (const LanyardResponse *response, const char *format, gboolean may_be_list, GError **error)
{
  const char *text = lanyard_secret_get (response->body);
  gsize length = lanyard_secret_get_length (response->body);
  gboolean is_auto = format == NULL || g_str_equal (format, "auto");
  gboolean is_whole = strlen (text) == length;

  if (is_whole && (is_auto ? looks_like_form (response, text) : g_str_equal (format, "form")))
    return parse_form_checked (text, error);
  if (is_whole && (is_auto || g_str_equal (format, "jsonp")))
    find_jsonp (text, length, &text, &length);

  return may_be_list ? parse_json (text, length, error)
                     : lanyard_json_parse_object (text, length, error);
}

JsonObject *
lanyard_answer_parse (const LanyardResponse *response, GError **error)
{
  return parse (response, NULL, FALSE, error);
}

JsonObject *
lanyard_answer_parse_as (const LanyardResponse *response, const char *format, GError **error)
{
  return parse (response, format, TRUE, error);
}

/* A sloppy server may quote what it was sent; its words are then not for the person. What was
 * captured is no secret, and may well be said. Takes @text. */
static char *
drop_secret (LanyardAuthContext *context, char *text)
{
  g_autoptr (LanyardCredentials) secrets =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));

  lanyard_captured_clear (lanyard_auth_context_get_method (context), secrets);
  if (text == NULL || !lanyard_redaction_holds_secret (secrets, text))
    return text;

  lanyard_secret_wipe_string (text);
  return NULL;
}

static gboolean
fulfils (JsonObject *object, const char *path, JsonNode *expected)
{
  g_autofree char *value = lanyard_answer_dup_text (object, path);

  /* An object or a list is there, too. */
  if (value == NULL && lanyard_answer_has (object, path))
    return g_str_equal (json_node_get_string (expected), "*");

  return lanyard_answer_fulfils (value, json_node_get_string (expected));
}

static gboolean
fulfils_any (JsonObject *object, JsonObject *conditions)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *node;

  json_object_iter_init (&iter, conditions);
  while (json_object_iter_next (&iter, &path, &node))
    {
      if (fulfils (object, path, node))
        return TRUE;
    }

  return FALSE;
}

static gboolean
fulfils_all (JsonObject *object, JsonObject *conditions)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *node;

  json_object_iter_init (&iter, conditions);
  while (json_object_iter_next (&iter, &path, &node))
    {
      if (!fulfils (object, path, node))
        return FALSE;
    }

  return TRUE;
}

gboolean
lanyard_answer_is_refusal (LanyardAuthContext *context, JsonObject *object)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *error_when = lanyard_method_get_object (method, "response.error_when");
  JsonObject *ok_when = lanyard_method_get_object (method, "response.ok_when");

  return (error_when != NULL && fulfils_any (object, error_when)) ||
         (ok_when != NULL && !fulfils_all (object, ok_when));
}

static char *
dup_mapped (LanyardAuthContext *context, JsonObject *object, const char *path, const char *fallback)
{
  g_auto (GStrv) paths = lanyard_method_dup_strv (lanyard_auth_context_get_method (context), path);
  char *text = NULL;

  for (char **p = paths; p != NULL && *p != NULL && text == NULL; p++)
    text = lanyard_answer_dup_text (object, *p);

  return text != NULL ? text : lanyard_json_dup_text (object, fallback);
}

char *
lanyard_answer_dup_error (LanyardAuthContext *context, JsonObject *object)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *map = lanyard_method_get_object (method, "response.error_map");
  g_autofree char *name = dup_mapped (context, object, "response.error", "error");

  if (name != NULL && map != NULL && json_object_has_member (map, name))
    return g_strdup (lanyard_json_get_string (map, name));

  return g_steal_pointer (&name);
}

char *
lanyard_answer_dup_reason (const char *name, const char *text, const char *uri)
{
  g_autofree char *quoted_name = lanyard_text_quote (name, MAX_NAME);
  g_autofree char *quoted_text = lanyard_text_quote (text, MAX_QUOTE);
  g_autofree char *quoted_uri = NULL;
  g_autofree char *reason = NULL;

  if (quoted_name != NULL && quoted_text != NULL)
    /* Translators: an error's name and its description, both in quotation marks */
    reason = g_strdup_printf (_ ("%s, %s"), quoted_name, quoted_text);
  else
    reason = g_strdup (quoted_text != NULL ? quoted_text : quoted_name);

  /* Only what a person could safely open. */
  if (uri != NULL && lanyard_uri_check_endpoint (uri, "", NULL))
    quoted_uri = lanyard_text_quote (uri, MAX_QUOTE);
  if (reason == NULL || quoted_uri == NULL)
    return g_steal_pointer (&reason);

  /* Translators: what a server said, and the address where it says more, in quotation marks */
  return g_strdup_printf (_ ("%s (see %s)"), reason, quoted_uri);
}

void
lanyard_answer_set_unavailable (LanyardAuthContext *context,
                                const LanyardResponse *response,
                                GError **error)
{
  g_autofree char *quoted =
    lanyard_text_quote (lanyard_params_get_ignoring_case (response->headers, "Retry-After"), 40);

  if (quoted != NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                 _ ("%s cannot answer now (HTTP %u); it asks to try again after %s"),
                 provider_name (context), response->status, quoted);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                 _ ("%s cannot answer now (HTTP %u); try again later"), provider_name (context),
                 response->status);
}

void
lanyard_answer_set_refusal (LanyardAuthContext *context,
                            const LanyardResponse *response,
                            JsonObject *object,
                            LanyardError code,
                            GError **error)
{
  g_autofree char *name =
    object != NULL ? drop_secret (context, lanyard_answer_dup_error (context, object)) : NULL;
  g_autofree char *text =
    object != NULL ? drop_secret (context, dup_mapped (context, object, "response.error_text",
                                                       "error_description"))
                   : NULL;
  g_autofree char *uri =
    object != NULL ? drop_secret (context, lanyard_json_dup_text (object, "error_uri")) : NULL;
  g_autofree char *reason = lanyard_answer_dup_reason (name, text, uri);

  if (g_strcmp0 (name, "invalid_client") == 0 || g_strcmp0 (name, "unauthorized_client") == 0)
    g_set_error (error, LANYARD_ERROR, code,
                 _ ("%s does not accept the client (%s); check client ID and client secret"),
                 provider_name (context), reason);
  else if (reason != NULL)
    g_set_error (error, LANYARD_ERROR, code, _ ("%s refused the request: %s"),
                 provider_name (context), reason);
  else
    g_set_error (error, LANYARD_ERROR, code,
                 _ ("%s refused the request without saying why (HTTP %u)"), provider_name (context),
                 response->status);
}

/* What a refusal says: its body, or the challenge of a service that is asked with a token. */
static JsonObject *
parse_refusal (const LanyardResponse *response)
{
  static const char *const members[] = { "error", "error_description", "error_uri" };
  JsonObject *object = lanyard_answer_parse (response, NULL);

  if (object != NULL)
    return object;

  object = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *value = lanyard_challenge_dup_param (response, members[i]);

      if (value != NULL)
        json_object_set_string_member (object, members[i], value);
    }
  return object;
}

/* RFC 6750 section 3.1: the token is good, but not for this. */
static gboolean
set_missing_scope (LanyardAuthContext *context, const LanyardResponse *response, GError **error)
{
  g_autofree char *name = lanyard_challenge_dup_param (response, "error");
  g_autofree char *scope = lanyard_challenge_dup_param (response, "scope");
  g_autofree char *quoted = lanyard_text_quote (scope, MAX_QUOTE);

  if (g_strcmp0 (name, "insufficient_scope") != 0)
    return FALSE;

  if (quoted != NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER,
                 _ ("%s wants the scope %s for this; add it and authorize again"),
                 provider_name (context), quoted);
  else
    g_set_error (
      error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER,
      _ ("%s wants more scopes for this than were granted; add them and authorize again"),
      provider_name (context));
  return TRUE;
}

gboolean
lanyard_answer_is_unavailable (const LanyardResponse *response)
{
  return response->status >= 500 || response->status == 429 || response->status == 408;
}

void
lanyard_answer_set_error (LanyardAuthContext *context,
                          const LanyardResponse *response,
                          GError **error)
{
  g_autoptr (JsonObject) object = NULL;

  if (lanyard_answer_is_unavailable (response))
    {
      lanyard_answer_set_unavailable (context, response, error);
      return;
    }

  if (set_missing_scope (context, response, error))
    return;

  object = parse_refusal (response);
  lanyard_answer_set_refusal (context, response, object, LANYARD_ERROR_PROVIDER, error);
}

LanyardAuthContext *
lanyard_answer_make_context (LanyardAuthContext *context, JsonObject *request)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *own = request != NULL ? lanyard_json_get_object (request, "response") : NULL;
  g_autoptr (JsonObject) data = NULL;
  g_autoptr (LanyardMethod) merged = NULL;
  JsonObject *response;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (own == NULL)
    return lanyard_auth_context_ref (context);

  data = lanyard_method_dup_data (method);
  response = lanyard_json_copy_object (lanyard_method_get_object (method, "response"));
  json_object_iter_init (&iter, own);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (response, name, json_node_ref (node));
  json_object_set_object_member (data, "response", response);
  merged = lanyard_method_new (lanyard_method_get_type_id (method), data);

  return lanyard_auth_context_with_method (context, merged);
}

char *
lanyard_answer_dup_account (LanyardAuthContext *context, const LanyardResponse *response)
{
  static const char *const COMMON[] = { "name", "email", "preferred_username", "login", "username",
                                        "sub",  NULL };
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (JsonObject) object = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *account = NULL;

  if (response->status < 200 || response->status > 299)
    return NULL;
  object = lanyard_answer_parse_as (
    response, lanyard_method_get_string (method, "verify.response.format"), NULL);
  if (object == NULL)
    return NULL;

  /* Where the data names a number, that is who it is; elsewhere a number is no name. */
  paths = lanyard_method_dup_strv (method, "verify.account");
  if (paths == NULL)
    account = g_strdup (lanyard_answer_find_string (object, (char **)COMMON));
  for (char **path = paths; path != NULL && *path != NULL && account == NULL; path++)
    {
      account = lanyard_answer_dup_text (object, *path);
      if (account != NULL && *account == '\0')
        g_clear_pointer (&account, g_free);
    }

  /* What fits for the name of an authorization fits here: one short line that can be seen. */
  return account != NULL && lanyard_text_check_name (account, NULL) ? g_steal_pointer (&account)
                                                                    : NULL;
}

gboolean
lanyard_answer_check_verified (LanyardAuthContext *context,
                               const LanyardResponse *response,
                               GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (LanyardAuthContext) verifying =
    lanyard_answer_make_context (context, lanyard_method_get_object (method, "verify"));
  g_autoptr (JsonObject) object = NULL;

  object = lanyard_answer_parse_as (
    response, lanyard_method_get_string (method, "verify.response.format"), NULL);
  /* What a test address answers may be anything; only what the data knows can be a refusal. */
  if (object == NULL || !lanyard_answer_is_refusal (verifying, object))
    return TRUE;

  lanyard_answer_set_refusal (verifying, response, object, LANYARD_ERROR_PROVIDER, error);
  return FALSE;
}
