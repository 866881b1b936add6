/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-type.h"

G_BEGIN_DECLS

/**
 * LanyardKeyType:
 *
 * What the authorization types have in common whose credentials the person enters: there is no
 * sign-in and nothing to renew, only fields, and a way to add them to a request. Where an
 * authorization of it has a base URL, its credentials go nowhere else (RFC 7617 section 2.2).
 */
#define LANYARD_TYPE_KEY_TYPE (lanyard_key_type_get_type ())
G_DECLARE_DERIVABLE_TYPE (LanyardKeyType, lanyard_key_type, LANYARD, KEY_TYPE, GObject)

/**
 * LanyardKeyTypeClass:
 * @check: checks what the person entered; without it, the place of the key
 * @sign: adds the credentials to a request that may have them; without it, where the key belongs
 */
struct _LanyardKeyTypeClass
{
  GObjectClass parent_class;

  gboolean (*check) (LanyardAuthContext *context, GError **error);
  gboolean (*sign) (LanyardAuthContext *context, LanyardRequest *request, GError **error);
};

/* What the API key types share: the place of the key, and how to put it there. */
#define LANYARD_KEY_TYPE_PLACEMENT_FIELD(place)                                                 \
  {                                                                                             \
    .name = "placement", .kind = LANYARD_FIELD_TEMPLATE,                                        \
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER, .label = N_ ("Place of the key"), \
    .help =                                                                                     \
      N_ ("Where requests carry the key: header, query, cookie or body, and under which name"), \
    .example = "header:Authorization=ApiKey {api_key}", .default_value = (place),               \
    .path = "placement"                                                                         \
  }

#define LANYARD_KEY_TYPE_BASE_URL_FIELD(required)                                 \
  {                                                                               \
    .name = "base_url", .kind = LANYARD_FIELD_TEXT, .flags = (required),          \
    .label = N_ ("Address of the server"),                                        \
    .help = N_ ("Your own server; the credentials are sent to no other address"), \
    .example = "https://cloud.example.org", .path = "base_url"                    \
  }

extern const LanyardFieldChoice lanyard_key_type_yes_or_no[];

#define LANYARD_KEY_TYPE_ALLOW_HTTP_FIELD                                                \
  {                                                                                      \
    .name = "allow_http", .kind = LANYARD_FIELD_CHOICE, .flags = LANYARD_FIELD_ADVANCED, \
    .label = N_ ("Allow unencrypted connections"),                                       \
    .help = N_ ("Everybody on the way can then read the credentials (http)"),            \
    .default_value = "no", .choices = lanyard_key_type_yes_or_no                         \
  }

G_END_DECLS
