/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-claims.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>

/* In characters, of what a token says itself. */
#define MAX_QUOTE 80

static gboolean
fail (GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("The token is not accepted: %s"),
               message);
  return FALSE;
}

JsonObject *
lanyard_jwt_claims_parse (GBytes *payload, GError **error)
{
  JsonObject *claims;

  g_return_val_if_fail (payload != NULL, NULL);

  claims =
    lanyard_json_parse_object (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), NULL);
  if (claims == NULL)
    fail (error, _ ("its claims cannot be read"));
  return claims;
}

gboolean
lanyard_jwt_claims_get_time (JsonObject *claims, const char *name, gint64 *time)
{
  JsonNode *node = json_object_get_member (claims, name);

  *time = 0;
  if (node == NULL)
    return TRUE;
  /* Only a number is one: servers that are so careless as to send text are not to be trusted with
   * the rest. */
  if (!JSON_NODE_HOLDS_VALUE (node) || (json_node_get_value_type (node) != G_TYPE_INT64 &&
                                        json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;

  return lanyard_json_get_int64 (claims, name, time) && *time >= 0;
}

static gboolean
check_times (JsonObject *claims, gint64 now, GError **error)
{
  gint64 expires_at;
  gint64 not_before;

  if (!lanyard_jwt_claims_get_time (claims, "exp", &expires_at) ||
      !lanyard_jwt_claims_get_time (claims, "nbf", &not_before))
    return fail (error, _ ("a time in it (exp, nbf) is no number"));
  if (json_object_has_member (claims, "exp") && expires_at <= now - LANYARD_JWT_LEEWAY)
    return fail (error, _ ("it has expired (exp); check the clock of this computer"));
  if (not_before > now + LANYARD_JWT_LEEWAY)
    return fail (error, _ ("it is not valid yet (nbf); check the clock of this computer"));

  return TRUE;
}

static gboolean
check_issuer (JsonObject *claims, const char *issuer, GError **error)
{
  const char *found = lanyard_json_get_string (claims, "iss");
  g_autofree char *quoted = lanyard_text_quote (found, MAX_QUOTE);
  g_autofree char *message = NULL;

  if (g_strcmp0 (found, issuer) == 0)
    return TRUE;
  if (quoted == NULL)
    return fail (error, _ ("it does not say who issued it (iss)"));

  message = g_strdup_printf (_ ("it was issued by %s (iss)"), quoted);
  return fail (error, message);
}

static gboolean
check_audience (JsonObject *claims, const char *audience, GError **error)
{
  g_auto (GStrv) found = lanyard_json_dup_strv (claims, "aud");

  if (found != NULL && g_strv_contains ((const char *const *)found, audience))
    return TRUE;

  return fail (error, _ ("it is meant for another service (aud)"));
}

gboolean
lanyard_jwt_claims_check (JsonObject *claims,
                          const char *issuer,
                          const char *audience,
                          gint64 now,
                          GError **error)
{
  g_return_val_if_fail (claims != NULL, FALSE);

  return check_times (claims, now, error) &&
         (issuer == NULL || *issuer == '\0' || check_issuer (claims, issuer, error)) &&
         (audience == NULL || *audience == '\0' || check_audience (claims, audience, error));
}

char *
lanyard_jwt_claims_dup_account (JsonObject *claims)
{
  static const char *const NAMES[] = { "name", "email", "preferred_username", "sub" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      const char *value = lanyard_json_get_string (claims, NAMES[i]);

      if (value != NULL && lanyard_text_check_name (value, NULL))
        return g_strdup (value);
    }

  return NULL;
}
