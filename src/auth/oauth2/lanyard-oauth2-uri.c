/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-request.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-params.h"
#include "lanyard-template-fill.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a provider calls a parameter; null in its data leaves the parameter out. No empty parameters
 * (RFC 6749 section 3.1). */
static LanyardParams *
rename_params (LanyardAuthContext *context, const LanyardParams *params)
{
  JsonObject *names =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "authorize.names");
  LanyardParams *renamed = lanyard_params_new ();

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);
      const char *value = lanyard_params_get_nth_value (params, i);

      if (names != NULL && json_object_has_member (names, name))
        name = lanyard_json_get_string (names, name);
      if (name != NULL && *value != '\0')
        lanyard_params_append (renamed, name, value);
    }

  return renamed;
}

/* The parameters of the provider's data, in place of those that are there already. */
static gboolean
add_given (LanyardAuthContext *context, LanyardParams *params, GError **error)
{
  JsonObject *given =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "authorize.params");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (given == NULL)
    return TRUE;

  json_object_iter_init (&iter, given);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *value =
        lanyard_auth_context_expand_checked (context, json_node_get_string (node), error);

      if (value == NULL || !lanyard_template_check_line (name, value, error))
        return FALSE;
      lanyard_params_set (params, name, value);
    }

  return TRUE;
}

/* The group that the provider's data puts a scope into. */
static const char *
find_group (LanyardAuthContext *context, const char *name)
{
  JsonArray *scopes = lanyard_json_get_array (
    lanyard_provider_get_data (lanyard_auth_context_get_provider (context)), "scopes");

  for (guint i = 0; scopes != NULL && i < json_array_get_length (scopes); i++)
    {
      JsonObject *scope = json_array_get_object_element (scopes, i);

      if (g_strcmp0 (lanyard_json_get_string (scope, "name"), name) == 0)
        return lanyard_json_get_string (scope, "group");
    }

  return NULL;
}

/* The parameter that a scope goes into: that of its group (quirk A3), or that of all. */
static const char *
find_param (LanyardAuthContext *context, const char *scope, const char *fallback)
{
  JsonArray *groups =
    lanyard_method_get_array (lanyard_auth_context_get_method (context), "authorize.scope.groups");
  const char *group = groups != NULL ? find_group (context, scope) : NULL;

  for (guint i = 0; group != NULL && i < json_array_get_length (groups); i++)
    {
      JsonObject *object = json_array_get_object_element (groups, i);

      if (g_strcmp0 (lanyard_json_get_string (object, "group"), group) == 0)
        return lanyard_json_get_string (object, "param");
    }

  return fallback;
}

static const char *
get_separator (LanyardMethod *method)
{
  const char *separator = lanyard_method_get_string (method, "authorize.scope.separator");

  return separator != NULL ? separator : " ";
}

void
lanyard_oauth2_request_add_scopes (LanyardAuthContext *context, LanyardParams *params)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  JsonObject *asked = lanyard_method_get_object (method, "authorize.scope");
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);
  const char *name = lanyard_method_get_string (method, "authorize.scope.param");
  gboolean is_repeated = lanyard_method_get_boolean (method, "authorize.scope.repeat", FALSE);

  /* A null, which is no text, says that there is none (quirk A5). */
  if (name == NULL && asked != NULL && json_object_has_member (asked, "param"))
    return;

  for (char **scope = scopes; *scope != NULL; scope++)
    {
      const char *param = find_param (context, *scope, name != NULL ? name : "scope");
      const char *present = lanyard_params_get (params, param);
      g_autofree char *joined = NULL;

      if (is_repeated || present == NULL)
        {
          lanyard_params_append (params, param, *scope);
          continue;
        }
      joined = g_strconcat (present, get_separator (method), *scope, NULL);
      lanyard_params_set (params, param, joined);
    }
}

static char *
encode (const char *text)
{
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  g_autofree char *encoded = NULL;

  lanyard_params_append (params, "", text);
  encoded = lanyard_params_encode (params);
  return g_strdup (encoded + 1);
}

/* Undoes the encoding of a separator that the provider wants as it is (quirk A2). Only what cannot
 * end the parameter may stand there. Takes @uri. */
static char *
keep_separator (LanyardAuthContext *context, char *uri)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *separator = get_separator (method);
  const char *name = lanyard_method_get_string (method, "authorize.scope.param");
  g_autofree char *marker = g_strdup_printf ("&%s=", name != NULL ? name : "scope");
  g_autofree char *encoded = encode (separator);
  g_autofree char *value = NULL;
  g_autofree char *joined = NULL;
  g_auto (GStrv) parts = NULL;
  char *start = strstr (uri, marker);
  char *kept;
  gsize length;

  if (start == NULL || !lanyard_method_get_boolean (method, "authorize.scope.raw", FALSE) ||
      strpbrk (separator, "&#=% ?") != NULL)
    return uri;

  start += strlen (marker);
  length = strcspn (start, "&#");
  value = g_strndup (start, length);
  parts = g_strsplit (value, encoded, -1);
  joined = g_strjoinv (separator, parts);
  kept = g_strdup_printf ("%.*s%s%s", (int)(start - uri), uri, joined, start + length);
  g_free (uri);
  return kept;
}

/* What belongs behind the address: a mark that the page looks for, or the route of a page that
 * reads its parameters there (quirk A15). */
static char *
add_params (LanyardAuthContext *context, const char *endpoint, const LanyardParams *params)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *fragment = lanyard_method_get_string (method, "authorize.fragment");
  g_autofree char *escaped = NULL;
  g_autofree char *query = NULL;
  char *uri;

  if (fragment == NULL)
    return keep_separator (context, lanyard_uri_append_params (endpoint, params));

  escaped = g_uri_escape_string (fragment, "/!$'()*+,;:@?=", FALSE);
  if (lanyard_method_get_boolean (method, "authorize.params_in_fragment", FALSE))
    {
      query = lanyard_params_encode (params);
      return g_strdup_printf ("%s#%s?%s", endpoint, escaped, query);
    }

  query = keep_separator (context, lanyard_uri_append_params (endpoint, params));
  uri = g_strdup_printf ("%s#%s", query, escaped);
  return uri;
}

/* What the provider is told as the redirect URI; it may be a name that it gave to it (quirk A21).
 */
char *
lanyard_oauth2_request_dup_sent_redirect_uri (LanyardAuthContext *context, const char *redirect_uri)
{
  const char *template =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "redirect.sent");

  return template != NULL ? lanyard_auth_context_expand (context, template)
                          : g_strdup (redirect_uri);
}

static LanyardParams *
make_params (LanyardAuthContext *context,
             const char *redirect_uri,
             const char *state,
             const char *code_challenge)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autofree char *client_id = lanyard_auth_context_dup_value (context, "client_id");
  g_autofree char *sent = lanyard_oauth2_request_dup_sent_redirect_uri (context, redirect_uri);
  LanyardParams *params = lanyard_params_new ();

  lanyard_params_append (params, "response_type", "code");
  lanyard_params_append (params, "client_id", client_id != NULL ? client_id : "");
  lanyard_params_append (params, "redirect_uri", sent);
  lanyard_oauth2_request_add_scopes (context, params);
  if (!lanyard_method_get_boolean (method, "state_in_redirect_uri", FALSE))
    lanyard_params_append (params, "state", state);
  if (code_challenge != NULL)
    {
      lanyard_params_append (params, "code_challenge", code_challenge);
      lanyard_params_append (params, "code_challenge_method", "S256");
    }

  return params;
}

char *
lanyard_oauth2_request_dup_authorization_uri (LanyardAuthContext *context,
                                              const char *redirect_uri,
                                              const char *state,
                                              const char *code_challenge,
                                              GError **error)
{
  g_autofree char *endpoint =
    lanyard_auth_context_dup_endpoint (context, "authorization_endpoint", error);
  g_autoptr (LanyardParams) params = NULL;
  g_autoptr (LanyardParams) extra = NULL;
  g_autoptr (LanyardParams) renamed = NULL;

  if (endpoint == NULL ||
      !lanyard_uri_check_endpoint (endpoint, _ ("Authorization endpoint"), error))
    return NULL;

  params = make_params (context, redirect_uri, state, code_challenge);
  if (!add_given (context, params, error))
    return NULL;
  extra = lanyard_oauth2_request_make_extra (context, "authorization_params");
  for (guint i = 0; i < lanyard_params_get_length (extra); i++)
    lanyard_params_set (params, lanyard_params_get_nth_name (extra, i),
                        lanyard_params_get_nth_value (extra, i));

  renamed = rename_params (context, params);
  return add_params (context, endpoint, renamed);
}
