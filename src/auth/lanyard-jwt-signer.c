/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-signer.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jws.h"
#include "lanyard-jwt-claims.h"
#include "lanyard-jwt-key.h"
#include "lanyard-key-cache.h"
#include "lanyard-random.h"

#include <glib/gi18n-lib.h>

/* In seconds. */
#define MAX_LIFETIME 3600
/* 128 bits: nobody makes the same identifier again. */
#define ID_BYTES 16

static JsonNode *expand_node (LanyardAuthContext *context, JsonNode *node, gint64 now);

static JsonObject *
expand_object (LanyardAuthContext *context, JsonObject *object, gint64 now)
{
  JsonObject *expanded = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (expanded, name, expand_node (context, node, now));
  return expanded;
}

static JsonArray *
expand_array (LanyardAuthContext *context, JsonArray *array, gint64 now)
{
  JsonArray *expanded = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (expanded,
                            expand_node (context, json_array_get_element (array, i), now));
  return expanded;
}

/* "{now}" alone is a number, as the times of a token are. */
static JsonNode *
expand_node (LanyardAuthContext *context, JsonNode *node, gint64 now)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_init_object (json_node_alloc (),
                                  expand_object (context, json_node_get_object (node), now));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_init_array (json_node_alloc (),
                                 expand_array (context, json_node_get_array (node), now));
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_copy (node);
  if (g_str_equal (json_node_get_string (node), "{now}"))
    return json_node_init_int (json_node_alloc (), now);

  text = lanyard_auth_context_expand (context, json_node_get_string (node));
  return json_node_init_string (json_node_alloc (), text);
}

/* What a template may name: the settings, the time, a number that nobody else has. No credential: a
 * token is there to be read. */
static LanyardAuthContext *
make_template_context (LanyardAuthContext *context, gint64 now)
{
  g_autoptr (LanyardCredentials) names = lanyard_credentials_new ();
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autofree char *uuid = g_uuid_string_random ();

  lanyard_credentials_set_text (names, "now", time);
  lanyard_credentials_set_text (names, "uuid", uuid);
  return lanyard_auth_context_with_credentials (context, names);
}

static JsonObject *
read_object (LanyardAuthContext *context, const char *name, gint64 now, GError **error)
{
  g_autofree char *text = lanyard_auth_context_dup_value (context, name);
  g_autoptr (LanyardAuthContext) named = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) reason = NULL;

  if (text == NULL || *text == '\0')
    return json_object_new ();

  object = lanyard_json_parse_object (text, strlen (text), &reason);
  if (object == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   /* Translators: “claims” or “headers”, then what is wrong with the JSON */
                   _ ("“%s” must be a JSON object, such as {\"sub\": \"me\"}: %s"), name,
                      reason->message);
      return NULL;
    }

  named = make_template_context (context, now);
  return expand_object (named, object, now);
}

static gboolean
read_lifetime (LanyardAuthContext *context, gint64 *lifetime, GError **error)
{
  g_autofree char *text = lanyard_auth_context_dup_value (context, "lifetime");

  if (text != NULL && g_ascii_string_to_signed (text, 10, 1, MAX_LIFETIME, lifetime, NULL))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("The lifetime must be a number of seconds from 1 to %d"), MAX_LIFETIME);
  return FALSE;
}

static JsonObject *
make_claims (LanyardAuthContext *context, gint64 now, gint64 *expires_at, GError **error)
{
  g_autofree char *endpoint = lanyard_auth_context_dup_value (context, "token_endpoint");
  g_autofree char *id = lanyard_random_token (ID_BYTES);
  g_autoptr (JsonObject) claims = read_object (context, "claims", now, error);
  gint64 lifetime;

  if (claims == NULL || !read_lifetime (context, &lifetime, error))
    return NULL;

  if (endpoint != NULL && *endpoint != '\0' && !json_object_has_member (claims, "aud"))
    json_object_set_string_member (claims, "aud", endpoint);
  if (!json_object_has_member (claims, "iat"))
    json_object_set_int_member (claims, "iat", now);
  if (!json_object_has_member (claims, "exp"))
    json_object_set_int_member (claims, "exp", now + lifetime);
  if (!json_object_has_member (claims, "jti"))
    json_object_set_string_member (claims, "jti", id);
  if (!lanyard_jwt_claims_get_time (claims, "exp", expires_at))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The claim “exp” must be a time in seconds since 1970"));
      return NULL;
    }

  return g_steal_pointer (&claims);
}

static JsonObject *
make_header (LanyardAuthContext *context, LanyardKey *key, gint64 now, GError **error)
{
  g_autofree char *kid = lanyard_auth_context_dup_value (context, "key_id");
  g_autoptr (JsonObject) header = read_object (context, "headers", now, error);

  if (header == NULL)
    return NULL;
  /* The algorithm has a setting of its own; what must be understood, Lanyard would have to do. */
  if (json_object_has_member (header, "alg") || json_object_has_member (header, "crit") ||
      json_object_has_member (header, "b64"))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("“alg”, “crit” and “b64” cannot be among the additional headers"));
      return NULL;
    }

  if (!json_object_has_member (header, "typ"))
    json_object_set_string_member (header, "typ", "JWT");
  if (kid != NULL && *kid != '\0')
    json_object_set_string_member (header, "kid", kid);
  else if (lanyard_key_get_kid (key) != NULL && !json_object_has_member (header, "kid"))
    json_object_set_string_member (header, "kid", lanyard_key_get_kid (key));

  return g_steal_pointer (&header);
}

LanyardSecret *
lanyard_jwt_signer_sign (LanyardAuthContext *context,
                         gint64 now,
                         gint64 *expires_at,
                         char **account,
                         GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  g_autofree char *algorithm = lanyard_auth_context_dup_value (context, "algorithm");
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (JsonObject) header = NULL;
  g_autofree char *payload = NULL;
  gint64 until;

  claims = make_claims (context, now, &until, error);
  if (claims == NULL)
    return NULL;
  key = lanyard_key_cache_get (lanyard_credentials_get (credentials, "signing_key"),
                               lanyard_credentials_get (credentials, "signing_key_passphrase"),
                               lanyard_jwt_key_new, error);
  if (key != NULL)
    header = make_header (context, key, now, error);
  if (header == NULL)
    return NULL;

  if (expires_at != NULL)
    *expires_at = until;
  if (account != NULL)
    *account = lanyard_jwt_claims_dup_account (claims);
  node = json_node_init_object (json_node_alloc (), claims);
  payload = json_to_string (node, FALSE);
  return lanyard_secret_new_take (lanyard_jws_sign (algorithm, key, header, payload, error));
}
