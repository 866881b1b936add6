/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-basic-url.h"

#include "lanyard-basic-credentials.h"

#include <glib/gi18n-lib.h>

struct _LanyardBasicUrl
{
  LanyardKeyType parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

/* All else is as in its parent. */
G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardBasicUrl,
                               lanyard_basic_url,
                               LANYARD_TYPE_KEY_TYPE,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "basic-url",
  .name = N_ ("Basic with URL"),
  .description = N_ ("User name and password for a server of your own; they are sent nowhere else"),
  .primary_secret = "password",
};

static const LanyardField FIELDS[] = {
  LANYARD_KEY_TYPE_BASE_URL_FIELD (LANYARD_FIELD_REQUIRED),
  { .name = "username", .kind = LANYARD_FIELD_TEXT, .label = N_ ("User name") },
  { .name = "password",
    .kind = LANYARD_FIELD_SECRET,
    .label = N_ ("Password"),
    .help = N_ ("Some providers want an app password here, which you make on their website") },
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
lanyard_basic_url_class_init (LanyardBasicUrlClass *klass)
{
  LanyardKeyTypeClass *key_class = LANYARD_KEY_TYPE_CLASS (klass);

  key_class->check = lanyard_basic_credentials_check;
  key_class->sign = lanyard_basic_credentials_sign;
}

static void
lanyard_basic_url_init (LanyardBasicUrl *self)
{
}
