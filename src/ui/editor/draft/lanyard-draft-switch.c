/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a draft goes from one provider or type to another. */

#include "config.h"

#include "lanyard-draft-private.h"

/* What was entered for a provider and a type before the person went over to another one. */
typedef struct
{
  LanyardAuthorization *authorization;
  LanyardCredentials *credentials;
} Left;

static void
left_free (Left *left)
{
  g_object_unref (left->authorization);
  g_clear_pointer (&left->credentials, lanyard_credentials_unref);
  g_free (left);
}

static char *
dup_service_key (LanyardAuthorization *authorization)
{
  return g_strconcat (lanyard_authorization_get_provider_id (authorization), "\n",
                      lanyard_authorization_get_type_id (authorization), "\n",
                      lanyard_authorization_get_method_id (authorization), NULL);
}

static void
leave (LanyardDraft *self)
{
  Left *left = g_new0 (Left, 1);

  left->authorization = lanyard_authorization_dup (self->authorization);
  if (self->credentials != NULL)
    left->credentials = lanyard_credentials_copy (self->credentials);
  g_hash_table_replace (self->left, dup_service_key (self->authorization), left);
}

/* Brings back what was entered for the provider and the type that are chosen now. */
static gboolean
come_back (LanyardDraft *self)
{
  g_autofree char *key = dup_service_key (self->authorization);
  Left *left = g_hash_table_lookup (self->left, key);

  if (left == NULL)
    return FALSE;

  lanyard_authorization_set_name (left->authorization,
                                  lanyard_authorization_get_name (self->authorization));
  lanyard_authorization_set_revision (left->authorization,
                                      lanyard_authorization_get_revision (self->authorization));
  lanyard_authorization_assign (self->authorization, left->authorization);
  if (left->credentials != NULL)
    {
      g_clear_pointer (&self->credentials, lanyard_credentials_unref);
      self->credentials = g_steal_pointer (&left->credentials);
    }
  g_hash_table_remove (self->left, key);
  if (lanyard_draft_is_same_service (self))
    lanyard_authorization_copy_state (self->authorization, self->saved);

  return TRUE;
}

static gboolean
is_input (LanyardProvider *provider, const char *name)
{
  GPtrArray *inputs = provider != NULL ? lanyard_provider_list_inputs (provider) : NULL;

  for (guint i = 0; inputs != NULL && i < inputs->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (inputs, i);

      if (g_str_equal (field->name, name))
        return TRUE;
    }

  return FALSE;
}

/* An address that was entered belongs to the provider for which it was entered: it does not fit one
 * whose own data has it, nor does a value that only the old provider asked for. */
static gboolean
setting_fits (LanyardDraft *self, LanyardProvider *old, const char *name)
{
  LanyardAuthType *type = lanyard_draft_get_auth_type (self);
  const LanyardField *field;

  if (type == NULL)
    return FALSE;
  /* Which method it is was chosen just now. */
  if (g_str_equal (name, LANYARD_SETTING_METHOD))
    return TRUE;

  field = lanyard_auth_type_find_field (type, self->provider, name);
  if (field == NULL || field->kind == LANYARD_FIELD_SECRET)
    return FALSE;
  if (old != self->provider && (is_input (old, name) || is_input (self->provider, name)))
    return FALSE;
  if (old != self->provider && (field->flags & LANYARD_FIELD_PROVIDER) != 0 &&
      !lanyard_provider_is_custom (self->provider))
    return FALSE;

  return lanyard_field_check (field, lanyard_authorization_get_setting (self->authorization, name),
                              NULL);
}

static void
keep_settings (LanyardDraft *self, LanyardProvider *old)
{
  g_auto (GStrv) names = lanyard_authorization_list_settings (self->authorization);

  for (char **name = names; *name != NULL; name++)
    {
      if (!setting_fits (self, old, *name))
        lanyard_authorization_set_setting (self->authorization, *name, NULL);
    }
}

static void
keep_choices (LanyardDraft *self)
{
  g_autoptr (GStrvBuilder) connectors = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) scopes = g_strv_builder_new ();
  g_auto (GStrv) kept_connectors = NULL;
  g_auto (GStrv) kept_scopes = NULL;
  const char *const *name;

  for (name = lanyard_authorization_get_connectors (self->authorization); *name != NULL; name++)
    {
      if (lanyard_provider_find_connector (self->provider, *name) != NULL)
        g_strv_builder_add (connectors, *name);
    }
  for (name = lanyard_authorization_get_scopes (self->authorization); *name != NULL; name++)
    {
      /* A custom provider knows no scopes: any may be one of its. */
      if (lanyard_provider_is_custom (self->provider) ||
          lanyard_provider_find_scope (self->provider, *name) != NULL)
        g_strv_builder_add (scopes, *name);
    }

  kept_connectors = g_strv_builder_end (connectors);
  kept_scopes = g_strv_builder_end (scopes);
  lanyard_authorization_set_connectors (self->authorization, (const char *const *)kept_connectors);
  lanyard_authorization_set_scopes (self->authorization, (const char *const *)kept_scopes);
}

/* What the provider gave (tokens) stays behind; what the person entered comes along where the new
 * type asks for it. */
static void
keep_secrets (LanyardDraft *self)
{
  LanyardAuthType *type = lanyard_draft_get_auth_type (self);
  g_autoptr (LanyardCredentials) kept = lanyard_credentials_new ();
  g_autoptr (GPtrArray) fields = NULL;

  if (self->credentials == NULL)
    return;

  if (type != NULL)
    fields = lanyard_auth_type_list_fields (type, NULL);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);

      if (field->kind == LANYARD_FIELD_SECRET)
        lanyard_credentials_set (kept, field->name,
                                 lanyard_credentials_get (self->credentials, field->name));
    }

  lanyard_credentials_unref (self->credentials);
  self->credentials = g_steal_pointer (&kept);
}

static void
make_name (LanyardDraft *self)
{
  const char *name = lanyard_authorization_get_name (self->authorization);
  const char *base = lanyard_provider_get_name (self->provider);
  g_autofree char *made = g_strdup (base);

  if (*name != '\0' && g_strcmp0 (name, self->made_name) != 0)
    return;

  for (guint number = 2;; number++)
    {
      g_autofree char *taken = lanyard_draft_find_name (self, made);

      if (taken == NULL)
        break;
      g_free (made);
      made = g_strdup_printf ("%s %u", base, number);
    }

  lanyard_authorization_set_name (self->authorization, made);
  g_free (self->made_name);
  self->made_name = g_steal_pointer (&made);
}

/* The method of the type that is in use, where the new provider has it; else the first of a type
 * that is known. */
static LanyardMethod *
pick_method (LanyardDraft *self, LanyardProvider *provider)
{
  const char *type_id = lanyard_authorization_get_type_id (self->authorization);
  GPtrArray *methods = lanyard_provider_list_methods (provider);
  LanyardMethod *method = lanyard_provider_find_method (provider, type_id);

  if (method != NULL)
    return method;

  for (guint i = 0; i < methods->len; i++)
    {
      method = g_ptr_array_index (methods, i);
      if (lanyard_auth_types_lookup (lanyard_method_get_type_id (method)) != NULL)
        return method;
    }

  return g_ptr_array_index (methods, 0);
}

static void
go_to (LanyardDraft *self, LanyardProvider *provider, LanyardMethod *method)
{
  g_autoptr (LanyardProvider) old = self->provider != NULL ? g_object_ref (self->provider) : NULL;

  leave (self);
  g_set_object (&self->provider, provider);
  lanyard_provider_use_method (provider, method, self->authorization);
  if (!come_back (self))
    {
      keep_settings (self, old);
      keep_choices (self);
      keep_secrets (self);
      lanyard_authorization_reset_state (self->authorization);
    }

  if (old != provider)
    make_name (self);
  lanyard_draft_emit_form_changed (self);
}

void
lanyard_draft_choose_provider (LanyardDraft *self, LanyardProvider *provider)
{
  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (LANYARD_IS_PROVIDER (provider));

  if (provider == self->provider)
    return;

  go_to (self, provider, pick_method (self, provider));
}

void
lanyard_draft_choose_method (LanyardDraft *self, LanyardMethod *method)
{
  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (self->provider != NULL);
  g_return_if_fail (LANYARD_IS_METHOD (method));

  if (method == lanyard_draft_get_method (self))
    return;

  go_to (self, self->provider, method);
}

gboolean
lanyard_draft_is_same_service (LanyardDraft *self)
{
  g_autofree char *now = dup_service_key (self->authorization);
  g_autofree char *before = dup_service_key (self->saved);

  return g_str_equal (now, before);
}

GHashTable *
lanyard_draft_make_left (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)left_free);
}
