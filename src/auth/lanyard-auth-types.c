/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"

#include "lanyard-api-key-secret.h"
#include "lanyard-api-key-url.h"
#include "lanyard-api-key.h"
#include "lanyard-basic-url.h"
#include "lanyard-basic.h"
#include "lanyard-jwt.h"
#include "lanyard-oauth1.h"
#include "lanyard-oauth2.h"

/* A new type is its files and one row here. */
static const struct
{
  const char *id;
  GType (*get_type) (void);
} TYPES[] = {
  { "oauth1", lanyard_oauth1_get_type },
  { "oauth2", lanyard_oauth2_get_type },
  { "api-key", lanyard_api_key_get_type },
  { "api-key-secret", lanyard_api_key_secret_get_type },
  { "api-key-url", lanyard_api_key_url_get_type },
  { "jwt", lanyard_jwt_get_type },
  { "basic-url", lanyard_basic_url_get_type },
  { "basic", lanyard_basic_get_type },
};

const char *const *
lanyard_auth_types_list (void)
{
  static const char *ids[G_N_ELEMENTS (TYPES) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (TYPES); i++)
    ids[i] = TYPES[i].id;
  return ids;
}

LanyardAuthType *
lanyard_auth_types_lookup (const char *id)
{
  /* The types have no state of their own, so one object of each serves the whole program. */
  static LanyardAuthType *types[G_N_ELEMENTS (TYPES)];

  for (gsize i = 0; i < G_N_ELEMENTS (TYPES); i++)
    {
      if (g_strcmp0 (TYPES[i].id, id) != 0)
        continue;
      if (types[i] == NULL)
        types[i] = g_object_new (TYPES[i].get_type (), NULL);
      return types[i];
    }

  return NULL;
}
