/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-type.h"

#include "lanyard-error.h"
#include "lanyard-placement.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (LanyardKeyType,
                                  lanyard_key_type,
                                  G_TYPE_OBJECT,
                                  G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE,
                                                         auth_type_iface_init))

static const LanyardAuthTypeInfo *
get_info (LanyardAuthType *self)
{
  return LANYARD_KEY_TYPE_GET_CLASS (self)->info;
}

static const LanyardField *
get_fields (LanyardAuthType *self)
{
  return LANYARD_KEY_TYPE_GET_CLASS (self)->fields;
}

static gboolean
validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  g_autofree char *base_url = lanyard_auth_context_dup_value (context, "base_url");

  if (base_url != NULL && *base_url != '\0' &&
      !lanyard_uri_check_endpoint (base_url, _ ("Address of the server"), error))
    return FALSE;

  return LANYARD_KEY_TYPE_GET_CLASS (self)->check (context, error);
}

static gboolean
apply (LanyardAuthType *self, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  g_autofree char *base_url = lanyard_auth_context_dup_value (context, "base_url");

  if (!lanyard_auth_type_validate (self, context, error))
    return FALSE;

  if (base_url != NULL && *base_url != '\0' && !lanyard_uri_is_within (request->uri, base_url))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("Its credentials belong to %s, and are sent to no other address"), base_url);
      return FALSE;
    }

  return LANYARD_KEY_TYPE_GET_CLASS (self)->sign (context, request, error);
}

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->get_info = get_info;
  iface->get_fields = get_fields;
  iface->validate = validate;
  iface->apply = apply;
}

static void
lanyard_key_type_class_init (LanyardKeyTypeClass *klass)
{
  klass->check = lanyard_key_type_check_placement;
  klass->sign = lanyard_key_type_sign_by_placement;
}

static void
lanyard_key_type_init (LanyardKeyType *self)
{
}

gboolean
lanyard_key_type_check_placement (LanyardAuthContext *context, GError **error)
{
  g_autofree char *placement = lanyard_auth_context_dup_value (context, "placement");

  return lanyard_placement_check (placement, error);
}

gboolean
lanyard_key_type_sign_by_placement (LanyardAuthContext *context,
                                    LanyardRequest *request,
                                    GError **error)
{
  g_autofree char *placement = lanyard_auth_context_dup_value (context, "placement");

  return lanyard_placement_apply (placement, "{api_key}", context, request, error);
}
