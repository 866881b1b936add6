/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-context.h"

#include "lanyard-auth-types.h"

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

static const LanyardField *
find_field (LanyardAuthContext *self, const char *name)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_method_get_type_id (self->method));

  return type != NULL ? lanyard_auth_type_find_field (type, self->provider, name) : NULL;
}

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

char *
lanyard_auth_context_dup_given (LanyardAuthContext *self, const char *name)
{
  g_autofree char *defaults = g_strconcat ("defaults.", name, NULL);
  const LanyardField *field = find_field (self, name);
  const char *template = lanyard_method_get_string (self->method, defaults);

  if (template == NULL && field != NULL && field->path != NULL)
    template = lanyard_method_get_string (self->method, field->path);
  /* An address that was discovered is taken as it is: a brace in it begins no name. */
  if (template == NULL && get_discovered (self, name) != NULL)
    return g_strdup (get_discovered (self, name));
  if (template == NULL && field != NULL)
    template = field->default_value;

  if (template == NULL || (field != NULL && field->kind == LANYARD_FIELD_TEMPLATE))
    return g_strdup (template);

  return lanyard_auth_context_expand (self, template);
}

char *
lanyard_auth_context_dup_value (LanyardAuthContext *self, const char *name)
{
  const char *entered = lanyard_authorization_get_setting (self->authorization, name);

  return entered != NULL ? g_strdup (entered) : lanyard_auth_context_dup_given (self, name);
}

/* A setting is looked up before a credential, so that no setting can be mistaken for a secret. The
 * default of an input is taken as it is: a template that names itself must not go round in circles.
 */
static const char *
look_up_name (LanyardAuthContext *self, const char *name)
{
  const char *value = lanyard_authorization_get_setting (self->authorization, name);
  const LanyardField *field;

  if (value != NULL)
    return value;
  if (g_str_equal (name, "provider"))
    return lanyard_provider_get_id (self->provider);

  value = lanyard_credentials_get_text (self->credentials, name);
  if (value != NULL)
    return value;

  field = find_field (self, name);
  return field != NULL ? field->default_value : NULL;
}

char *
lanyard_auth_context_expand (LanyardAuthContext *self, const char *template)
{
  g_autoptr (GString) expanded = NULL;
  const char *rest = template;

  g_return_val_if_fail (self != NULL && template != NULL, NULL);

  expanded = g_string_new (NULL);
  while (*rest != '\0')
    {
      const char *open = strchr (rest, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      g_autofree char *name = NULL;
      const char *value;

      if (close == NULL)
        break;
      g_string_append_len (expanded, rest, open - rest);
      name = g_strndup (open + 1, close - open - 1);
      value = look_up_name (self, name);
      if (value != NULL)
        g_string_append (expanded, value);
      rest = close + 1;
    }
  g_string_append (expanded, rest);

  return g_string_free (g_steal_pointer (&expanded), FALSE);
}

char **
lanyard_auth_context_dup_scopes (LanyardAuthContext *self)
{
  return lanyard_provider_collect_scopes (
    self->provider, self->method, lanyard_authorization_get_connectors (self->authorization),
    lanyard_authorization_get_scopes (self->authorization));
}
