/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-redirect.h"

#include "lanyard-answer.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-params.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

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

static gboolean
check_error (LanyardAuthContext *context, const LanyardParams *params, GError **error)
{
  const char *name = lanyard_params_get (params, "error");
  g_autofree char *reason = NULL;

  if (name == NULL)
    return TRUE;

  reason = lanyard_answer_dup_reason (name, lanyard_params_get (params, "error_description"),
                                      lanyard_params_get (params, "error_uri"));
  if (g_str_equal (name, "access_denied"))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
                 _ ("%s was not allowed to give access: %s"), provider_name (context), reason);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER,
                 _ ("%s ended the sign-in: %s"), provider_name (context),
                    reason != NULL ? reason : "“”");
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
      if (g_strcmp0 (lanyard_params_get (params, name), json_node_get_string (node)) == 0)
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
                   _ ("%s was not allowed to give access"), provider_name (context));
      return FALSE;
    }

  return TRUE;
}

char *
lanyard_oauth2_redirect_read (LanyardAuthContext *context,
                              const char *uri,
                              const char *redirect_uri,
                              const char *state,
                              gboolean *token,
                              GError **error)
{
  const char *token_name =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "callback.token");
  g_autoptr (LanyardParams) params = NULL;
  const char *value;

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
      !check_error (context, params, error) || !check_ok (context, params, error))
    return NULL;

  *token = token_name != NULL;
  value = lanyard_params_get (params, token_name != NULL ? token_name : "code");
  if (value == NULL || *value == '\0')
    {
      refuse (context, _ ("the code is missing"), error);
      return NULL;
    }

  return g_strdup (value);
}
