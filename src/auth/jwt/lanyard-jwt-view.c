/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-view.h"

#include "lanyard-json.h"
#include "lanyard-jws.h"
#include "lanyard-jwt-claims.h"

static char *
format_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, TRUE);
}

/* A time that cannot be one is not shown as one; it still stands among the claims. */
static gint64
read_time (JsonObject *claims, const char *name)
{
  gint64 time = 0;

  return lanyard_jwt_claims_get_time (claims, name, &time) ? time : 0;
}

/* The token taken apart, or NULL when it is no JWT. */
static LanyardJwtView *
view_new (const char *credential, const char *token)
{
  g_autoptr (LanyardJws) jws = NULL;
  g_autoptr (JsonObject) claims = NULL;
  LanyardJwtView *self;

  jws = lanyard_jws_parse (token, NULL);
  if (jws != NULL)
    claims = lanyard_jwt_claims_parse (jws->payload, NULL);
  if (claims == NULL)
    return NULL;

  self = g_new0 (LanyardJwtView, 1);
  self->credential = g_strdup (credential);
  self->algorithm = g_strdup (lanyard_json_get_string (jws->header, "alg"));
  self->header = format_object (jws->header);
  self->claims = format_object (claims);
  self->issued_at = read_time (claims, "iat");
  self->not_before = read_time (claims, "nbf");
  self->expires_at = read_time (claims, "exp");
  return self;
}

void
lanyard_jwt_view_free (LanyardJwtView *self)
{
  if (self == NULL)
    return;

  g_free (self->credential);
  g_free (self->algorithm);
  g_free (self->header);
  g_free (self->claims);
  g_free (self);
}

GPtrArray *
lanyard_jwt_view_list (LanyardCredentials *credentials)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_jwt_view_free);
  g_auto (GStrv) names = lanyard_credentials_list_names (credentials);

  for (char **name = names; *name != NULL; name++)
    {
      LanyardJwtView *view = view_new (*name, lanyard_credentials_get_text (credentials, *name));

      if (view != NULL)
        g_ptr_array_add (views, view);
    }

  return views;
}

LanyardJwtValidity
lanyard_jwt_view_get_validity (const LanyardJwtView *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, LANYARD_JWT_UNKNOWN);

  if (self->expires_at != 0 && self->expires_at <= now)
    return LANYARD_JWT_EXPIRED;
  if (self->not_before > now)
    return LANYARD_JWT_NOT_YET_VALID;

  return self->expires_at != 0 ? LANYARD_JWT_VALID : LANYARD_JWT_UNKNOWN;
}
