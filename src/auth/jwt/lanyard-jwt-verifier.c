/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-verifier.h"

#include "lanyard-answer.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwk.h"
#include "lanyard-jws.h"
#include "lanyard-jwt-claims.h"
#include "lanyard-jwt-key.h"
#include "lanyard-key-cache.h"

#include <glib/gi18n-lib.h>

static LanyardSecret *
get_key_text (LanyardAuthContext *context)
{
  return lanyard_credentials_get (lanyard_auth_context_get_credentials (context),
                                  "verification_key");
}

static char **
dup_algorithms (LanyardAuthContext *context)
{
  g_autofree char *text = lanyard_auth_context_dup_value (context, "verification_algorithms");
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " ,", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    {
      if (**word != '\0')
        g_strv_builder_add (builder, *word);
    }
  return g_strv_builder_end (builder);
}

gboolean
lanyard_jwt_verifier_validate (LanyardAuthContext *context, GError **error)
{
  g_auto (GStrv) algorithms = dup_algorithms (context);
  LanyardSecret *text = get_key_text (context);
  g_autoptr (LanyardKey) key = NULL;

  for (char **algorithm = algorithms; *algorithm != NULL; algorithm++)
    {
      if (lanyard_jws_is_algorithm (*algorithm))
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("“%s” is no algorithm for signatures; write names such as RS256, with spaces "
                      "between them"),
                   *algorithm);
      return FALSE;
    }

  if (text != NULL)
    key = lanyard_key_cache_get (text, NULL, lanyard_jwt_key_new, error);
  return text == NULL || key != NULL;
}

gboolean
lanyard_jwt_verifier_is_asked_for (LanyardAuthContext *context)
{
  g_autofree char *uri = lanyard_auth_context_dup_value (context, "jwks_uri");

  return get_key_text (context) != NULL || (uri != NULL && *uri != '\0');
}

LanyardRequest *
lanyard_jwt_verifier_new_request (LanyardAuthContext *context)
{
  g_autofree char *uri = lanyard_auth_context_dup_value (context, "jwks_uri");
  LanyardRequest *request;

  if (get_key_text (context) != NULL || uri == NULL || *uri == '\0')
    return NULL;

  request = lanyard_request_new ("GET", uri);
  lanyard_request_set_header (request, "Accept", "application/json");
  return request;
}

static GPtrArray *
read_key_set (LanyardAuthContext *context, const LanyardResponse *response, GError **error)
{
  const char *name = lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
  g_autoptr (JsonObject) set = NULL;

  if (response->status < 200 || response->status > 299)
    {
      lanyard_answer_set_error (context, response, error);
      g_prefix_error (error, "%s: ", _ ("The keys that check the token could not be fetched"));
      return NULL;
    }

  set = lanyard_answer_parse (response, NULL);
  if (set == NULL || lanyard_json_get_array (set, "keys") == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   _ ("%s answered with something that is no set of keys; check the address of the "
                      "keys (jwks_uri)"),
                   name);
      return NULL;
    }

  return lanyard_jwk_read_set (set);
}

static GPtrArray *
list_keys (LanyardAuthContext *context, const LanyardResponse *response, GError **error)
{
  LanyardSecret *text = get_key_text (context);
  g_autoptr (GPtrArray) keys = NULL;
  LanyardKey *key;

  if (text == NULL)
    return read_key_set (context, response, error);

  key = lanyard_key_cache_get (text, NULL, lanyard_jwt_key_new, error);
  if (key == NULL)
    return NULL;

  keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  g_ptr_array_add (keys, key);
  return g_steal_pointer (&keys);
}

/* A token without a signature is refused even where nothing could check one (RFC 8725 section
 * 3.2). */
static gboolean
is_unsigned (const LanyardJws *jws)
{
  const char *algorithm = lanyard_json_get_string (jws->header, "alg");

  return algorithm == NULL || g_ascii_strcasecmp (algorithm, "none") == 0;
}

static JsonObject *
check_claims (LanyardAuthContext *context, const LanyardJws *jws, gint64 now, GError **error)
{
  g_autofree char *issuer = lanyard_auth_context_dup_value (context, "issuer");
  g_autofree char *audience = lanyard_auth_context_dup_value (context, "audience");
  g_autoptr (JsonObject) claims = lanyard_jwt_claims_parse (jws->payload, error);

  if (claims == NULL || !lanyard_jwt_claims_check (claims, issuer, audience, now, error))
    return NULL;

  return g_steal_pointer (&claims);
}

static JsonObject *
check_jws (LanyardAuthContext *context,
           const char *token,
           GPtrArray *keys,
           gint64 now,
           GError **error)
{
  g_autoptr (LanyardJws) jws = lanyard_jws_parse (token, error);
  g_auto (GStrv) algorithms = dup_algorithms (context);

  if (jws == NULL)
    return NULL;
  if (is_unsigned (jws))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("The token is not accepted: %s"),
                   _ ("it is not signed"));
      return NULL;
    }
  if (keys != NULL && !lanyard_jws_verify (jws, keys, (const char *const *)algorithms, error))
    return NULL;

  return check_claims (context, jws, now, error);
}

JsonObject *
lanyard_jwt_verifier_check (LanyardAuthContext *context,
                            const char *token,
                            const LanyardResponse *response,
                            gint64 now,
                            GError **error)
{
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) reason = NULL;
  JsonObject *claims;

  g_return_val_if_fail (token != NULL, NULL);

  if (lanyard_jwt_verifier_is_asked_for (context))
    {
      keys = list_keys (context, response, error);
      if (keys == NULL)
        return NULL;
    }

  claims = check_jws (context, token, keys, now, &reason);
  if (claims == NULL)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL, reason->message);
  return claims;
}
