/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-api-key-url.h"

#include <glib/gi18n-lib.h>

struct _LanyardApiKeyUrl
{
  LanyardKeyType parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

/* All else is as in its parent. */
G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardApiKeyUrl,
                               lanyard_api_key_url,
                               LANYARD_TYPE_KEY_TYPE,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "api-key-url",
  .name = N_ ("API key with URL"),
  .description = N_ ("A key for a server of your own; it is sent nowhere else"),
  .primary_secret = "api_key",
};

static const LanyardField FIELDS[] = {
  LANYARD_KEY_TYPE_BASE_URL_FIELD (LANYARD_FIELD_REQUIRED),
  { .name = "api_key",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_REQUIRED,
    .label = N_ ("API key"),
    .help = N_ ("You find it on the website of the provider") },
  LANYARD_KEY_TYPE_PLACEMENT_FIELD ("header:Authorization=Bearer {api_key}"),
  LANYARD_KEY_TYPE_ALLOW_HTTP_FIELD,
  { .name = NULL },
};

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->info = &INFO;
  iface->fields = FIELDS;
}

static void
lanyard_api_key_url_class_init (LanyardApiKeyUrlClass *klass)
{
}

static void
lanyard_api_key_url_init (LanyardApiKeyUrl *self)
{
}
