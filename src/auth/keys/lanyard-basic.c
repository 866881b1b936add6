/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-basic.h"

#include "lanyard-basic-credentials.h"

#include <glib/gi18n-lib.h>

struct _LanyardBasic
{
  LanyardKeyType parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

/* All else is as in its parent. */
G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardBasic,
                               lanyard_basic,
                               LANYARD_TYPE_KEY_TYPE,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = {
  .id = "basic",
  .name = N_ ("Basic"),
  .description = N_ ("User name and password, sent to the provider"),
  .primary_secret = "password",
};

static const LanyardField FIELDS[] = {
  { .name = "username", .kind = LANYARD_FIELD_TEXT, .label = N_ ("User name") },
  { .name = "password",
    .kind = LANYARD_FIELD_SECRET,
    .label = N_ ("Password"),
    .help = N_ ("Some providers want an app password here, which you make on their website") },
  LANYARD_KEY_TYPE_BASE_URL_FIELD (LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER),
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
lanyard_basic_class_init (LanyardBasicClass *klass)
{
  LanyardKeyTypeClass *key_class = LANYARD_KEY_TYPE_CLASS (klass);

  key_class->check = lanyard_basic_credentials_check;
  key_class->sign = lanyard_basic_credentials_sign;
}

static void
lanyard_basic_init (LanyardBasic *self)
{
}
