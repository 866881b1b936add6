/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-type.h"

#include "lanyard-base-url.h"
#include "lanyard-error.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (LanyardAuthType, lanyard_auth_type, G_TYPE_OBJECT)

/* What every type asks for, after its own fields. */
static const LanyardField COMMON_FIELDS[] = {
  { .name = "test_url",
    .kind = LANYARD_FIELD_URL,
    .flags = LANYARD_FIELD_ADVANCED | LANYARD_FIELD_PROVIDER,
    .label = N_ ("Test address"),
    .help = N_ ("An address that answers when the authorization works"),
    .example = "https://api.example.org/me",
    .path = "verify.url" },
  { .name = NULL },
};

static void
add_fields (GPtrArray *all, const LanyardField *fields)
{
  for (const LanyardField *field = fields; field->name != NULL; field++)
    g_ptr_array_add (all, (gpointer)field);
}

/* The catalogue lets no provider pass whose data lacks an address that its way of signing in needs;
 * what is not there is not needed, as the token endpoint where the token comes with the redirect.
 * Only who is a custom one, or is found by its issuer, has them from elsewhere. */
static gboolean
is_left_to_data (LanyardAuthContext *context, const LanyardField *field)
{
  return (field->flags & LANYARD_FIELD_PROVIDER) != 0 &&
         !lanyard_provider_is_custom (lanyard_auth_context_get_provider (context)) &&
         lanyard_method_get_string (lanyard_auth_context_get_method (context), "issuer") == NULL;
}

static gboolean
check_required (LanyardAuthType *self,
                LanyardAuthContext *context,
                const LanyardField *field,
                GError **error)
{
  g_autofree char *value = NULL;

  if ((field->flags & LANYARD_FIELD_REQUIRED) == 0 || is_left_to_data (context, field) ||
      !lanyard_auth_type_needs_field (self, context, field->name))
    return TRUE;

  if (field->kind == LANYARD_FIELD_SECRET)
    {
      if (lanyard_credentials_get (lanyard_auth_context_get_credentials (context), field->name) !=
          NULL)
        return TRUE;
    }
  else
    {
      value = lanyard_auth_context_dup_value (context, field->name);
      if (value != NULL && *value != '\0')
        return TRUE;
    }

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("“%s” is missing; enter it first"),
               lanyard_field_get_label (field));
  return FALSE;
}

static void
lanyard_auth_type_default_init (LanyardAuthTypeInterface *iface)
{
}

const LanyardAuthTypeInfo *
lanyard_auth_type_get_info (LanyardAuthType *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), NULL);

  return LANYARD_AUTH_TYPE_GET_IFACE (self)->info;
}

GPtrArray *
lanyard_auth_type_list_fields (LanyardAuthType *self, LanyardProvider *provider)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), NULL);

  if (provider != NULL)
    g_ptr_array_extend (fields, lanyard_provider_list_inputs (provider), NULL, NULL);
  add_fields (fields, LANYARD_AUTH_TYPE_GET_IFACE (self)->fields);
  add_fields (fields, COMMON_FIELDS);

  return g_steal_pointer (&fields);
}

const LanyardField *
lanyard_auth_type_find_field (LanyardAuthType *self, LanyardProvider *provider, const char *name)
{
  const LanyardField *field;

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), NULL);

  for (guint i = 0; provider != NULL && i < lanyard_provider_list_inputs (provider)->len; i++)
    {
      field = g_ptr_array_index (lanyard_provider_list_inputs (provider), i);
      if (g_strcmp0 (field->name, name) == 0)
        return field;
    }

  field = lanyard_field_find (LANYARD_AUTH_TYPE_GET_IFACE (self)->fields, name);
  return field != NULL ? field : lanyard_field_find (COMMON_FIELDS, name);
}

gboolean
lanyard_auth_type_check_settings (LanyardAuthType *self,
                                  LanyardAuthContext *context,
                                  GError **error)
{
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  g_auto (GStrv) names = lanyard_authorization_list_settings (authorization);

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);

  for (char **name = names; *name != NULL; name++)
    {
      const LanyardField *field =
        lanyard_auth_type_find_field (self, lanyard_auth_context_get_provider (context), *name);

      if (g_str_equal (*name, LANYARD_SETTING_METHOD))
        continue;
      if (field == NULL || field->kind == LANYARD_FIELD_SECRET)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("%s has no setting called “%s”"), lanyard_auth_type_get_info (self)->name,
                       *name);
          return FALSE;
        }
      if (!lanyard_field_check (field, lanyard_authorization_get_setting (authorization, *name),
                                error))
        return FALSE;
    }

  return TRUE;
}

gboolean
lanyard_auth_type_needs_field (LanyardAuthType *self, LanyardAuthContext *context, const char *name)
{
  LanyardAuthTypeInterface *iface = LANYARD_AUTH_TYPE_GET_IFACE (self);

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), TRUE);
  g_return_val_if_fail (context != NULL && name != NULL, TRUE);

  return iface->needs_field == NULL || iface->needs_field (self, context, name);
}

gboolean
lanyard_auth_type_validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  g_autoptr (GPtrArray) fields = NULL;
  LanyardAuthTypeInterface *iface;

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);

  if (!lanyard_auth_type_check_settings (self, context, error))
    return FALSE;

  fields = lanyard_auth_type_list_fields (self, lanyard_auth_context_get_provider (context));
  for (guint i = 0; i < fields->len; i++)
    {
      if (!check_required (self, context, g_ptr_array_index (fields, i), error))
        return FALSE;
    }

  iface = LANYARD_AUTH_TYPE_GET_IFACE (self);
  return iface->validate == NULL || iface->validate (self, context, error);
}

gboolean
lanyard_auth_type_needs_consent (LanyardAuthType *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);

  return LANYARD_AUTH_TYPE_GET_IFACE (self)->authorize != NULL;
}

gboolean
lanyard_auth_type_has_redirect (LanyardAuthType *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);

  return lanyard_auth_type_find_field (self, NULL, "redirect_uri") != NULL;
}

gboolean
lanyard_auth_type_can_be_local (LanyardAuthType *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);

  return LANYARD_AUTH_TYPE_GET_IFACE (self)->is_local != NULL;
}

gboolean
lanyard_auth_type_is_local (LanyardAuthType *self, LanyardAuthContext *context)
{
  LanyardAuthTypeInterface *iface = LANYARD_AUTH_TYPE_GET_IFACE (self);

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);
  g_return_val_if_fail (context != NULL, FALSE);

  return iface->is_local != NULL && iface->is_local (self, context);
}

gboolean
lanyard_auth_type_uses_scopes (LanyardAuthType *self, LanyardAuthContext *context)
{
  LanyardAuthTypeInterface *iface = LANYARD_AUTH_TYPE_GET_IFACE (self);

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);
  g_return_val_if_fail (context != NULL, FALSE);

  return iface->uses_scopes != NULL && iface->uses_scopes (self, context);
}

LanyardCredentials *
lanyard_auth_type_make_credentials (LanyardAuthType *self,
                                    LanyardAuthContext *context,
                                    gint64 now,
                                    GError **error)
{
  g_autoptr (LanyardFlow) flow = NULL;
  g_autoptr (LanyardStep) step = NULL;

  g_return_val_if_fail (lanyard_auth_type_is_local (self, context), NULL);

  flow = lanyard_auth_type_refresh (self, context, error);
  if (flow == NULL)
    return NULL;

  step = lanyard_flow_begin (flow, now);
  if (step->kind == LANYARD_STEP_FAILED)
    {
      g_propagate_error (error, g_steal_pointer (&step->error));
      return NULL;
    }

  g_assert (step->kind == LANYARD_STEP_DONE);
  return lanyard_credentials_ref (step->outcome->credentials);
}

LanyardFlow *
lanyard_auth_type_authorize (LanyardAuthType *self,
                             LanyardAuthContext *context,
                             const char *redirect_uri,
                             GError **error)
{
  g_return_val_if_fail (lanyard_auth_type_needs_consent (self), NULL);
  g_return_val_if_fail (redirect_uri != NULL || !lanyard_auth_type_has_redirect (self), NULL);

  if (!lanyard_auth_type_validate (self, context, error))
    return NULL;
  if (redirect_uri != NULL && !g_str_equal (redirect_uri, LANYARD_OUT_OF_BAND) &&
      !g_str_equal (redirect_uri, LANYARD_DEVICE) &&
      !lanyard_uri_check_redirect (redirect_uri, error))
    return NULL;

  return LANYARD_AUTH_TYPE_GET_IFACE (self)->authorize (self, context, redirect_uri);
}

LanyardFlow *
lanyard_auth_type_refresh (LanyardAuthType *self, LanyardAuthContext *context, GError **error)
{
  LanyardAuthTypeInterface *iface = LANYARD_AUTH_TYPE_GET_IFACE (self);
  LanyardFlow *flow = NULL;

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), NULL);

  /* A setting may have gone since the sign-in, and the refresh token must go nowhere else. */
  if (!lanyard_auth_type_validate (self, context, error))
    return NULL;

  if (iface->refresh != NULL)
    flow = iface->refresh (self, context);
  if (flow == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                 _ ("%s gave nothing to renew the authorization with; authorize it again"),
                 lanyard_provider_get_name (lanyard_auth_context_get_provider (context)));
  return flow;
}

LanyardFlow *
lanyard_auth_type_revoke (LanyardAuthType *self, LanyardAuthContext *context)
{
  LanyardAuthTypeInterface *iface = LANYARD_AUTH_TYPE_GET_IFACE (self);

  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), NULL);

  return iface->revoke != NULL ? iface->revoke (self, context) : NULL;
}

gboolean
lanyard_auth_type_apply (LanyardAuthType *self,
                         LanyardAuthContext *context,
                         LanyardRequest *request,
                         GError **error)
{
  g_return_val_if_fail (LANYARD_IS_AUTH_TYPE (self), FALSE);
  g_return_val_if_fail (request != NULL, FALSE);

  request->allows_http = lanyard_auth_context_allows_http (context);
  if (!lanyard_base_url_check_address (request->uri, request->allows_http, _ ("address"), error))
    return FALSE;

  return LANYARD_AUTH_TYPE_GET_IFACE (self)->apply (self, context, request, error);
}
