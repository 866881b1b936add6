/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-type.h"

#include "lanyard-base-url.h"
#include "lanyard-error.h"
#include "lanyard-placement.h"
#include "lanyard-template.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (LanyardKeyType,
                                  lanyard_key_type,
                                  G_TYPE_OBJECT,
                                  G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE,
                                                         auth_type_iface_init))

/* The address that the credentials belong to: what the person entered, or what the provider's data
 * makes of it, where a part of the key may name the server (quirk F16). NULL where there is none.
 */
static gboolean
read_base_url (LanyardAuthContext *context, char **base_url, GError **error)
{
  g_autoptr (GError) reason = NULL;

  *base_url = lanyard_auth_context_dup_endpoint (context, "base_url", &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (*base_url != NULL && **base_url == '\0')
    g_clear_pointer (base_url, g_free);

  return *base_url == NULL ||
         lanyard_base_url_check (*base_url, lanyard_auth_context_allows_http (context), error);
}

static gboolean
validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  g_autofree char *base_url = NULL;

  return read_base_url (context, &base_url, error) &&
         LANYARD_KEY_TYPE_GET_CLASS (self)->check (context, error);
}

static gboolean
check_placement (LanyardAuthContext *context, GError **error)
{
  g_autofree char *placement = lanyard_auth_context_dup_value (context, "placement");

  return lanyard_placement_check (placement, error);
}

static gboolean
sign_by_placement (LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  JsonArray *places = lanyard_method_get_array (lanyard_auth_context_get_method (context), "place");
  g_autofree char *placement = NULL;

  if (places != NULL && lanyard_authorization_get_setting (authorization, "placement") == NULL)
    return lanyard_placement_apply_places (places, "{api_key}", context, request, error);

  placement = lanyard_auth_context_dup_value (context, "placement");
  return lanyard_placement_apply (placement, "{api_key}", context, request, error);
}

static gboolean
add_companions (LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);

  return lanyard_template_add_headers (context, request,
                                       lanyard_method_get_object (method, "use.headers"), error) &&
         lanyard_template_add_query (context, request,
                                     lanyard_method_get_object (method, "use.query"), error);
}

static gboolean
apply (LanyardAuthType *self, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  g_autofree char *base_url = NULL;
  g_autoptr (LanyardRequest) signed_request = NULL;
  LanyardRequest unsigned_request;

  if (!lanyard_auth_type_validate (self, context, error) ||
      !read_base_url (context, &base_url, error))
    return FALSE;

  if (base_url != NULL && !lanyard_uri_is_within (request->uri, base_url))
    {
      g_autofree char *origin = lanyard_uri_redact (base_url);

      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("Its credentials belong to %s, and are sent to no other address"), origin);
      return FALSE;
    }

  /* A request that is refused is as it was, however many places there are. */
  signed_request = lanyard_request_copy (request);
  if (!LANYARD_KEY_TYPE_GET_CLASS (self)->sign (context, signed_request, error) ||
      !add_companions (context, signed_request, error))
    return FALSE;

  unsigned_request = *request;
  *request = *signed_request;
  *signed_request = unsigned_request;
  return TRUE;
}

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->validate = validate;
  iface->apply = apply;
}

static void
lanyard_key_type_class_init (LanyardKeyTypeClass *klass)
{
  klass->check = check_placement;
  klass->sign = sign_by_placement;
}

static void
lanyard_key_type_init (LanyardKeyType *self)
{
}

const LanyardFieldChoice lanyard_key_type_yes_or_no[] = {
  { "no", N_ ("No") },
  { "yes", N_ ("Yes") },
  { NULL, NULL },
};
