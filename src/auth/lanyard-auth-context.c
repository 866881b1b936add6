/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-context.h"

#include "lanyard-auth-types.h"
#include "lanyard-base-url.h"

struct _LanyardAuthContext
{
  gatomicrefcount ref_count;

  /* Owned */
  LanyardProvider *provider;
  LanyardMethod *method;
  LanyardAuthorization *authorization;
  LanyardCredentials *credentials;
  LanyardServerMetadata *metadata;
};

/* What the server itself says; its metadata calls things as the fields are called. */
static const char *
get_discovered (LanyardAuthContext *self, const char *name)
{
  if (self->metadata == NULL || g_str_equal (name, "issuer"))
    return NULL;
  if (g_str_equal (name, "token_endpoint_auth_method"))
    return lanyard_server_metadata_choose_auth_method (self->metadata);

  return lanyard_server_metadata_get_string (self->metadata, name);
}

/* One spelling for all that use it. What is no address stays, for the check to refuse it. */
static void
normalize_base_url (LanyardAuthorization *authorization)
{
  const char *entered = lanyard_authorization_get_setting (authorization, "base_url");
  g_autofree char *normal = entered != NULL ? lanyard_base_url_normalize (entered) : NULL;

  if (normal != NULL)
    lanyard_authorization_set_setting (authorization, "base_url", normal);
}

LanyardAuthContext *
lanyard_auth_context_new (LanyardProvider *provider,
                          LanyardMethod *method,
                          LanyardAuthorization *authorization,
                          LanyardCredentials *credentials)
{
  LanyardAuthContext *self;

  g_return_val_if_fail (LANYARD_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (LANYARD_IS_METHOD (method), NULL);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);

  self = g_new0 (LanyardAuthContext, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->provider = g_object_ref (provider);
  self->method = g_object_ref (method);
  self->authorization = lanyard_authorization_dup (authorization);
  normalize_base_url (self->authorization);
  self->credentials =
    credentials != NULL ? lanyard_credentials_copy (credentials) : lanyard_credentials_new ();
  return self;
}

LanyardAuthContext *
lanyard_auth_context_with_credentials (LanyardAuthContext *self, LanyardCredentials *credentials)
{
  LanyardAuthContext *other =
    lanyard_auth_context_new (self->provider, self->method, self->authorization, credentials);

  if (self->metadata != NULL)
    other->metadata = lanyard_server_metadata_ref (self->metadata);
  return other;
}

LanyardAuthContext *
lanyard_auth_context_with_metadata (LanyardAuthContext *self, LanyardServerMetadata *metadata)
{
  LanyardAuthContext *other =
    lanyard_auth_context_new (self->provider, self->method, self->authorization, self->credentials);

  if (metadata != NULL)
    other->metadata = lanyard_server_metadata_ref (metadata);
  return other;
}

LanyardAuthContext *
lanyard_auth_context_ref (LanyardAuthContext *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lanyard_auth_context_unref (LanyardAuthContext *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->provider);
  g_object_unref (self->method);
  g_object_unref (self->authorization);
  lanyard_credentials_unref (self->credentials);
  g_clear_pointer (&self->metadata, lanyard_server_metadata_unref);
  g_free (self);
}

LanyardProvider *
lanyard_auth_context_get_provider (LanyardAuthContext *self)
{
  return self->provider;
}

LanyardMethod *
lanyard_auth_context_get_method (LanyardAuthContext *self)
{
  return self->method;
}

LanyardAuthorization *
lanyard_auth_context_get_authorization (LanyardAuthContext *self)
{
  return self->authorization;
}

LanyardCredentials *
lanyard_auth_context_get_credentials (LanyardAuthContext *self)
{
  return self->credentials;
}

LanyardServerMetadata *
lanyard_auth_context_get_metadata (LanyardAuthContext *self)
{
  return self->metadata;
}

const LanyardField *
lanyard_auth_context_find_field (LanyardAuthContext *self, const char *name)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_method_get_type_id (self->method));

  return type != NULL ? lanyard_auth_type_find_field (type, self->provider, name) : NULL;
}

/* Where the value of a setting comes from that the person did not enter; @is_final tells whether it
 * is one already, with braces that begin no name. */
static const char *
get_given (LanyardAuthContext *self, const char *name, gboolean *is_final)
{
  g_autofree char *defaults = g_strconcat ("defaults.", name, NULL);
  const LanyardField *field = lanyard_auth_context_find_field (self, name);
  const char *template = lanyard_method_get_string (self->method, defaults);

  *is_final = field != NULL && field->kind == LANYARD_FIELD_TEMPLATE;
  if (template == NULL && field != NULL && field->path != NULL)
    template = lanyard_method_get_string (self->method, field->path);
  /* An address that was discovered is taken as it is: a brace in it begins no name. */
  if (template == NULL && get_discovered (self, name) != NULL)
    {
      *is_final = TRUE;
      return get_discovered (self, name);
    }

  return template == NULL && field != NULL ? field->default_value : template;
}

char *
lanyard_auth_context_dup_given (LanyardAuthContext *self, const char *name)
{
  gboolean is_final;
  const char *template = get_given (self, name, &is_final);

  return template == NULL || is_final ? g_strdup (template)
                                      : lanyard_auth_context_expand_shown (self, template);
}

char *
lanyard_auth_context_dup_value (LanyardAuthContext *self, const char *name)
{
  const char *entered = lanyard_authorization_get_setting (self->authorization, name);

  return entered != NULL ? g_strdup (entered) : lanyard_auth_context_dup_given (self, name);
}

char *
lanyard_auth_context_dup_endpoint (LanyardAuthContext *self, const char *name, GError **error)
{
  const char *entered = lanyard_authorization_get_setting (self->authorization, name);
  gboolean is_final = TRUE;
  const char *template = entered != NULL ? entered : get_given (self, name, &is_final);

  return template == NULL || is_final ? g_strdup (template)
                                      : lanyard_auth_context_expand_address (self, template, error);
}

gboolean
lanyard_auth_context_allows_http (LanyardAuthContext *self)
{
  return lanyard_auth_context_find_field (self, "allow_http") != NULL &&
         g_strcmp0 (lanyard_authorization_get_setting (self->authorization, "allow_http"), "yes") ==
           0;
}

LanyardAuthContext *
lanyard_auth_context_with_method (LanyardAuthContext *self, LanyardMethod *method)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_auth_context_new (self->provider, method, self->authorization, self->credentials);

  return lanyard_auth_context_with_metadata (context, self->metadata);
}

char **
lanyard_auth_context_dup_scopes (LanyardAuthContext *self)
{
  return lanyard_provider_collect_scopes (
    self->provider, self->method, lanyard_authorization_get_connectors (self->authorization),
    lanyard_authorization_get_scopes (self->authorization));
}
