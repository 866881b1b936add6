/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-device-grant.h"

static gboolean
has_value (LanyardAuthContext *context, const char *name)
{
  g_autofree char *value = lanyard_auth_context_dup_value (context, name);

  return value != NULL && *value != '\0';
}

gboolean
lanyard_device_grant_is_offered (LanyardAuthContext *context)
{
  g_return_val_if_fail (context != NULL, FALSE);

  return has_value (context, "device_authorization_endpoint");
}

gboolean
lanyard_device_grant_is_only_way (LanyardAuthContext *context)
{
  LanyardMethod *method;
  const char *grant;

  g_return_val_if_fail (context != NULL, FALSE);

  method = lanyard_auth_context_get_method (context);
  grant = lanyard_method_get_string (method, "grant");
  if (grant != NULL && !g_str_equal (grant, "authorization_code"))
    return g_str_equal (grant, "device");

  return lanyard_device_grant_is_offered (context) &&
         !has_value (context, "authorization_endpoint");
}
