/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-signer.h"

#include "lanyard-error.h"
#include "lanyard-hmac.h"
#include "lanyard-json.h"
#include "lanyard-jws.h"
#include "lanyard-jwt-claims.h"
#include "lanyard-jwt-key.h"
#include "lanyard-random.h"

#include <glib/gi18n-lib.h>

/* In seconds. */
#define MAX_LIFETIME 3600
/* In the year 5138; what is later counts milliseconds. */
#define MAX_SECONDS G_GINT64_CONSTANT (100000000000)
/* 128 bits: nobody makes the same identifier again. */
#define ID_BYTES 16

static JsonNode *expand_node (LanyardAuthContext *context, JsonNode *node, gint64 now);

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

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

static JsonArray *
make_scope_list (LanyardAuthContext *context)
{
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);
  JsonArray *array = json_array_new ();

  for (char **scope = scopes; *scope != NULL; scope++)
    json_array_add_string_element (array, *scope);
  return array;
}

/* What stands alone and is no text: the times of a token, and the list of scopes. */
static JsonNode *
expand_alone (LanyardAuthContext *context, const char *template)
{
  static const char *const NUMBERS[] = { "{now}", "{now_ms}", "{expiry}", "{expiry_ms}", NULL };
  g_autofree char *number = NULL;

  if (g_str_equal (template, "{scope_list}"))
    return take_array (make_scope_list (context));
  if (!g_strv_contains (NUMBERS, template))
    return NULL;

  number = lanyard_auth_context_expand (context, template);
  return json_node_init_int (json_node_alloc (), g_ascii_strtoll (number, NULL, 10));
}

static JsonNode *
expand_node (LanyardAuthContext *context, JsonNode *node, gint64 now)
{
  g_autofree char *text = NULL;
  JsonNode *alone;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return take_object (expand_object (context, json_node_get_object (node), now));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return take_array (expand_array (context, json_node_get_array (node), now));
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_copy (node);
  alone = expand_alone (context, json_node_get_string (node));
  if (alone != NULL)
    return alone;

  text = lanyard_auth_context_expand (context, json_node_get_string (node));
  return json_node_init_string (json_node_alloc (), text);
}

static void
set_number (LanyardCredentials *names, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  lanyard_credentials_set_text (names, name, text);
}

static void
name_key (LanyardCredentials *names, LanyardKey *key, const char *id)
{
  g_autoptr (GBytes) der = lanyard_key_dup_public_der (key);
  guchar digest[LANYARD_HASH_MAX_SIZE];
  g_autofree char *fingerprint = NULL;
  gsize length;

  if (id != NULL)
    lanyard_credentials_set_text (names, "key_id", id);
  if (der == NULL)
    return;

  length = lanyard_hash_digest (LANYARD_HASH_SHA256, g_bytes_get_data (der, NULL),
                                g_bytes_get_size (der), digest);
  fingerprint = g_base64_encode (digest, length);
  lanyard_credentials_set_text (names, "key_fingerprint", fingerprint);
}

static void
name_request (LanyardCredentials *names, const LanyardRequest *request)
{
  g_autoptr (GUri) uri =
    request != NULL ? g_uri_parse (request->uri, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri == NULL)
    return;

  lanyard_credentials_set_text (names, "request_method", request->method);
  lanyard_credentials_set_text (names, "request_uri", request->uri);
  lanyard_credentials_set_text (names, "request_host", g_uri_get_host (uri));
  lanyard_credentials_set_text (names, "request_path",
                                *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");
}

/* What a template may name: the settings, the times, the key's name and fingerprint, the request.
 * No credential: a token is there to be read. */
static LanyardAuthContext *
make_template_context (LanyardAuthContext *context,
                       LanyardKey *key,
                       const char *id,
                       const LanyardRequest *request,
                       gint64 now,
                       gint64 lifetime)
{
  g_autoptr (LanyardCredentials) names = lanyard_credentials_new ();
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);
  g_autofree char *joined = g_strjoinv (" ", scopes);

  set_number (names, "now", now);
  set_number (names, "expiry", now + lifetime);
  set_number (names, "expiry_ms", (now + lifetime) * 1000);
  lanyard_credentials_set_text (names, "scopes", joined);
  name_key (names, key, id);
  name_request (names, request);
  return lanyard_auth_context_with_credentials (context, names);
}

/* As parameters: what comes out empty is left out. */
static JsonObject *
expand_given (LanyardAuthContext *named, JsonObject *given, gint64 now)
{
  JsonObject *expanded = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, given);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      JsonNode *value = expand_node (named, node, now);

      if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING &&
          *json_node_get_string (value) == '\0')
        json_node_unref (value);
      else
        json_object_set_member (expanded, name, value);
    }
  return expanded;
}

/* What the person entered, or what the provider's data has at @path; @named fills it in. */
static JsonObject *
read_object (LanyardAuthContext *context,
             LanyardAuthContext *named,
             const char *name,
             const char *path,
             gint64 now,
             GError **error)
{
  JsonObject *given = lanyard_method_get_object (lanyard_auth_context_get_method (context), path);
  g_autofree char *text = lanyard_auth_context_dup_value (context, name);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) reason = NULL;

  if (text == NULL || *text == '\0')
    return given != NULL ? expand_given (named, given, now) : json_object_new ();

  object = lanyard_json_parse_object (text, strlen (text), &reason);
  if (object == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   /* Translators: “claims” or “headers”, then what is wrong with the JSON */
                   _ ("“%s” must be a JSON object, such as {\"sub\": \"me\"}: %s"), name,
                   reason->message);
      return NULL;
    }

  return expand_object (named, object, now);
}

static gboolean
read_lifetime (LanyardAuthContext *context, gint64 *lifetime, GError **error)
{
  gint64 given =
    lanyard_method_get_int64 (lanyard_auth_context_get_method (context), "lifetime", 0);
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  g_autofree char *text = lanyard_auth_context_dup_value (context, "lifetime");

  if (given > 0 && lanyard_authorization_get_setting (authorization, "lifetime") == NULL)
    {
      *lifetime = MIN (given, MAX_LIFETIME);
      return TRUE;
    }
  if (text != NULL && g_ascii_string_to_signed (text, 10, 1, MAX_LIFETIME, lifetime, NULL))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("The lifetime must be a number of seconds from 1 to %d"), MAX_LIFETIME);
  return FALSE;
}

/* Some providers count in milliseconds (quirk K7); no token lives until the year 5000. */
static gint64
to_seconds (gint64 time)
{
  return time > MAX_SECONDS ? time / 1000 : time;
}

/* Who the token is for, where it is for a token endpoint (RFC 7523 section 3), and the provider's
 * data does not know better. */
static char *
dup_audience (LanyardAuthContext *context)
{
  if (lanyard_method_get_object (lanyard_auth_context_get_method (context), "exchange") != NULL)
    return NULL;

  return lanyard_auth_context_dup_endpoint (context, "token_endpoint", NULL);
}

static JsonObject *
make_claims (LanyardAuthContext *context,
             LanyardAuthContext *named,
             gint64 now,
             gint64 lifetime,
             gint64 *expires_at,
             GError **error)
{
  g_autofree char *audience = dup_audience (context);
  g_autofree char *id = lanyard_random_token (ID_BYTES);
  g_autoptr (JsonObject) claims = read_object (context, named, "claims", "claims", now, error);

  if (claims == NULL)
    return NULL;

  if (audience != NULL && *audience != '\0' && !json_object_has_member (claims, "aud"))
    json_object_set_string_member (claims, "aud", audience);
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

  *expires_at = to_seconds (*expires_at);
  return g_steal_pointer (&claims);
}

static JsonObject *
make_header (LanyardAuthContext *context,
             LanyardAuthContext *named,
             LanyardKey *key,
             const char *id,
             gint64 now,
             GError **error)
{
  g_autofree char *entered = lanyard_auth_context_dup_value (context, "key_id");
  const char *kid = entered != NULL && *entered != '\0' ? entered : id;
  g_autoptr (JsonObject) header = read_object (context, named, "headers", "header", now, error);

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
  if (kid != NULL)
    json_object_set_string_member (header, "kid", kid);
  else if (lanyard_key_get_kid (key) != NULL && !json_object_has_member (header, "kid"))
    json_object_set_string_member (header, "kid", lanyard_key_get_kid (key));

  return g_steal_pointer (&header);
}

gboolean
lanyard_jwt_signer_is_for_request (LanyardAuthContext *context)
{
  JsonObject *given =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "claims");
  g_autofree char *text = lanyard_auth_context_dup_value (context, "claims");
  g_autoptr (JsonNode) node = NULL;

  if ((text == NULL || *text == '\0') && given != NULL)
    {
      node = json_node_init_object (json_node_alloc (), given);
      g_free (text);
      text = json_to_string (node, FALSE);
    }

  return text != NULL && strstr (text, "request_") != NULL;
}

LanyardSecret *
lanyard_jwt_signer_sign (LanyardAuthContext *context,
                         const LanyardRequest *request,
                         gint64 now,
                         gint64 *expires_at,
                         char **account,
                         GError **error)
{
  g_autofree char *algorithm = lanyard_auth_context_dup_value (context, "algorithm");
  g_autofree char *id = NULL;
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (LanyardAuthContext) named = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (JsonObject) header = NULL;
  g_autofree char *payload = NULL;
  gint64 lifetime;
  gint64 until;

  if (!read_lifetime (context, &lifetime, error))
    return NULL;
  key = lanyard_jwt_key_find (context, &id, error);
  if (key == NULL)
    return NULL;

  named = make_template_context (context, key, id, request, now, lifetime);
  claims = make_claims (context, named, now, lifetime, &until, error);
  if (claims == NULL)
    return NULL;
  header = make_header (context, named, key, id, now, error);
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
