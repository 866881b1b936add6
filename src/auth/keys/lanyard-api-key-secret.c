/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-api-key-secret.h"

#include <glib/gi18n-lib.h>

struct _LanyardApiKeySecret
{
  LanyardKeyType parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

/* All else is as in its parent. */
G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardApiKeySecret,
                               lanyard_api_key_secret,
                               LANYARD_TYPE_KEY_TYPE,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "api-key-secret",
  .name = N_ ("API key and secret"),
  .description = N_ ("A key and a secret that belong together"),
  .primary_secret = "api_key",
};

static const LanyardField FIELDS[] = {
  { .name = "api_key",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_REQUIRED,
    .label = N_ ("API key"),
    .help = N_ ("You find it on the website of the provider") },
  { .name = "api_secret",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_REQUIRED,
    .label = N_ ("API secret"),
    .help = N_ ("It came together with the key; many providers show it only once") },
  LANYARD_KEY_TYPE_PLACEMENT_FIELD ("header:X-Api-Key={api_key}; header:X-Api-Secret={api_secret}"),
  LANYARD_KEY_TYPE_BASE_URL_FIELD (LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER),
  { .name = NULL },
};

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->info = &INFO;
  iface->fields = FIELDS;
}

static void
lanyard_api_key_secret_class_init (LanyardApiKeySecretClass *klass)
{
}

static void
lanyard_api_key_secret_init (LanyardApiKeySecret *self)
{
}
