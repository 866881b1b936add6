/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-draft-private.h"

#include "lanyard-error.h"
#include "lanyard-text.h"

#include <glib/gi18n.h>

enum
{
  CHANGED,
  FORM_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardDraft, lanyard_draft, G_TYPE_OBJECT)

static LanyardAuthorization *
find_live (LanyardDraft *self)
{
  GListModel *list = lanyard_manager_get_authorizations (self->manager, NULL);
  const char *id = lanyard_authorization_get_id (self->authorization);
  guint n = list != NULL ? g_list_model_get_n_items (list) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LanyardAuthorization) item = g_list_model_get_item (list, i);

      if (g_str_equal (lanyard_authorization_get_id (item), id))
        return g_steal_pointer (&item);
    }

  return NULL;
}

static void
follow (LanyardDraft *self, LanyardAuthorization *live)
{
  if (lanyard_authorization_get_revision (live) !=
        lanyard_authorization_get_revision (self->saved) &&
      !lanyard_draft_is_changed (self))
    {
      /* Somebody else saved it and there is nothing to lose here. What is secret about it may have
       * changed as well. */
      lanyard_authorization_assign (self->authorization, live);
      lanyard_draft_take_as_saved (self, live);
      lanyard_draft_drop_secrets (self);
      lanyard_draft_resolve (self);
      lanyard_draft_emit_form_changed (self);
      lanyard_draft_load_async (self, NULL, NULL, NULL);
      return;
    }

  lanyard_authorization_copy_state (self->saved, live);
  if (lanyard_draft_is_same_service (self))
    lanyard_authorization_copy_state (self->authorization, live);
  lanyard_draft_emit_changed (self);
}

static void
live_changed_cb (LanyardDraft *self)
{
  g_autoptr (LanyardAuthorization) live = g_signal_group_dup_target (self->live_signals);

  if (live != NULL)
    follow (self, live);
}

static void
list_changed_cb (LanyardDraft *self)
{
  g_autoptr (LanyardAuthorization) old = g_signal_group_dup_target (self->live_signals);
  g_autoptr (LanyardAuthorization) live = find_live (self);

  if (old == live)
    return;

  g_signal_group_set_target (self->live_signals, live);
  if (live != NULL)
    follow (self, live);
}

static void
watch_live (LanyardDraft *self)
{
  GListModel *list = lanyard_manager_get_authorizations (self->manager, NULL);
  g_autoptr (LanyardAuthorization) live = find_live (self);

  self->live_signals = g_signal_group_new (LANYARD_TYPE_AUTHORIZATION);
  g_signal_group_connect_swapped (self->live_signals, "notify", G_CALLBACK (live_changed_cb), self);
  g_signal_group_connect_swapped (self->live_signals, "settings-changed",
                                  G_CALLBACK (live_changed_cb), self);
  g_signal_group_set_target (self->live_signals, live);
  if (list != NULL)
    g_signal_connect_object (list, "items-changed", G_CALLBACK (list_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static LanyardAuthContext *
dup_context (LanyardDraft *self)
{
  return lanyard_manager_dup_context (self->manager, self->authorization, self->credentials, NULL);
}

static void
lanyard_draft_dispose (GObject *object)
{
  LanyardDraft *self = LANYARD_DRAFT (object);

  g_clear_object (&self->live_signals);
  g_clear_object (&self->provider);
  /* The secrets go as soon as the window does, whoever still holds the draft. */
  g_clear_pointer (&self->credentials, lanyard_credentials_unref);
  g_clear_pointer (&self->saved_credentials, lanyard_credentials_unref);
  g_clear_pointer (&self->local, lanyard_credentials_unref);
  g_hash_table_remove_all (self->left);
  g_hash_table_remove_all (self->keys);

  G_OBJECT_CLASS (lanyard_draft_parent_class)->dispose (object);
}

static void
lanyard_draft_finalize (GObject *object)
{
  LanyardDraft *self = LANYARD_DRAFT (object);

  g_clear_object (&self->manager);
  g_clear_object (&self->authorization);
  g_clear_object (&self->saved);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->keys);
  g_free (self->made_name);

  G_OBJECT_CLASS (lanyard_draft_parent_class)->finalize (object);
}

static void
lanyard_draft_class_init (LanyardDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_draft_dispose;
  object_class->finalize = lanyard_draft_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FORM_CHANGED] = g_signal_new ("form-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_draft_init (LanyardDraft *self)
{
  self->left = lanyard_draft_make_left ();
  self->keys = lanyard_draft_make_keys ();
}

LanyardDraft *
lanyard_draft_new (LanyardManager *manager, LanyardAuthorization *authorization)
{
  LanyardDraft *self;

  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);
  g_return_val_if_fail (authorization == NULL || LANYARD_IS_AUTHORIZATION (authorization), NULL);

  self = g_object_new (LANYARD_TYPE_DRAFT, NULL);
  self->manager = g_object_ref (manager);
  if (authorization != NULL)
    {
      self->authorization = lanyard_authorization_dup (authorization);
    }
  else
    {
      self->authorization = lanyard_authorization_new (NULL);
      /* Nothing is in the keyring yet, so that there is nothing to wait for. */
      if (lanyard_manager_get_keyring_error (manager) == NULL)
        lanyard_draft_take_no_secrets (self);
    }
  self->saved = lanyard_authorization_dup (self->authorization);
  lanyard_draft_resolve (self);
  watch_live (self);

  return self;
}

LanyardManager *
lanyard_draft_get_manager (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  return self->manager;
}

LanyardAuthorization *
lanyard_draft_get_authorization (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  return self->authorization;
}

LanyardProvider *
lanyard_draft_get_provider (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  return self->provider;
}

LanyardAuthType *
lanyard_draft_get_auth_type (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  return lanyard_auth_types_lookup (lanyard_authorization_get_type_id (self->authorization));
}

LanyardMethod *
lanyard_draft_get_method (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  if (self->provider == NULL)
    return NULL;

  return lanyard_provider_find_method_of (self->provider, self->authorization);
}

gboolean
lanyard_draft_is_new (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  return lanyard_authorization_get_revision (self->authorization) == 0;
}

gboolean
lanyard_draft_is_changed (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  return !lanyard_authorization_equal (self->authorization, self->saved) ||
         lanyard_draft_has_changed_secrets (self);
}

gboolean
lanyard_draft_has_secrets (LanyardDraft *self)
{
  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  return self->credentials != NULL;
}

void
lanyard_draft_set_name (LanyardDraft *self, const char *name)
{
  g_return_if_fail (LANYARD_IS_DRAFT (self));

  if (g_strcmp0 (lanyard_authorization_get_name (self->authorization), name) == 0)
    return;

  lanyard_authorization_set_name (self->authorization, name);
  lanyard_draft_emit_changed (self);
}

gboolean
lanyard_draft_check_name (LanyardDraft *self, GError **error)
{
  const char *name;
  g_autofree char *other = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  name = lanyard_authorization_get_name (self->authorization);
  if (!lanyard_text_check_name (name, error))
    return FALSE;

  other = lanyard_draft_find_name (self, name);
  if (other == NULL)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS,
               _ ("There is another authorization called “%s”; choose a different name"), other);
  return FALSE;
}

char *
lanyard_draft_dup_given (LanyardDraft *self, const LanyardField *field)
{
  g_autoptr (LanyardAuthContext) context = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (field != NULL && field->kind != LANYARD_FIELD_SECRET, NULL);

  context = dup_context (self);
  if (context == NULL)
    return g_strdup (field->default_value);

  return lanyard_auth_context_dup_given (context, field->name);
}

char *
lanyard_draft_dup_text (LanyardDraft *self, const LanyardField *field)
{
  const char *setting;
  char *given;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (field != NULL && field->kind != LANYARD_FIELD_SECRET, NULL);

  setting = lanyard_authorization_get_setting (self->authorization, field->name);
  if (setting != NULL)
    return g_strdup (setting);

  given = lanyard_draft_dup_given (self, field);
  return given != NULL ? given : g_strdup ("");
}

const char *
lanyard_draft_get_secret (LanyardDraft *self, const LanyardField *field)
{
  const char *text;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (field != NULL && field->kind == LANYARD_FIELD_SECRET, NULL);

  text = lanyard_credentials_get_text (self->credentials, field->name);
  return text != NULL ? text : "";
}

void
lanyard_draft_set_text (LanyardDraft *self, const LanyardField *field, const char *text)
{
  g_autofree char *given = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (field != NULL);

  if (field->kind == LANYARD_FIELD_SECRET)
    {
      if (self->credentials == NULL)
        return;
      lanyard_credentials_set_text (self->credentials, field->name, text);
    }
  else
    {
      /* What the provider gives anyway is not a setting: when its data changes, so does this. */
      given = lanyard_draft_dup_given (self, field);
      if (g_strcmp0 (text, given) == 0)
        text = NULL;
      lanyard_authorization_set_setting (self->authorization, field->name, text);
    }

  lanyard_draft_emit_changed (self);
}

gboolean
lanyard_draft_needs_field (LanyardDraft *self, const LanyardField *field)
{
  g_autoptr (LanyardAuthContext) context = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  if ((field->flags & LANYARD_FIELD_REQUIRED) == 0)
    return FALSE;

  context = lanyard_manager_dup_context (self->manager, self->authorization, NULL, NULL);
  return context == NULL ||
         lanyard_auth_type_needs_field (lanyard_draft_get_auth_type (self), context, field->name);
}

gboolean
lanyard_draft_validate (LanyardDraft *self, GError **error)
{
  g_autoptr (LanyardAuthContext) context = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  context =
    lanyard_manager_dup_context (self->manager, self->authorization, self->credentials, error);
  if (context == NULL)
    return FALSE;

  return lanyard_auth_type_validate (lanyard_draft_get_auth_type (self), context, error);
}

gboolean
lanyard_draft_needs_sign_in (LanyardDraft *self)
{
  LanyardAuthType *type;
  g_autoptr (LanyardAuthContext) context = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  type = lanyard_draft_get_auth_type (self);
  if (type == NULL || !lanyard_auth_type_needs_consent (type))
    return FALSE;
  if (!lanyard_auth_type_can_be_local (type))
    return TRUE;

  context = dup_context (self);
  return context == NULL || !lanyard_auth_type_is_local (type, context);
}

void
lanyard_draft_emit_changed (LanyardDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lanyard_draft_emit_form_changed (LanyardDraft *self)
{
  g_signal_emit (self, signals[FORM_CHANGED], 0);
  lanyard_draft_emit_changed (self);
}

void
lanyard_draft_resolve (LanyardDraft *self)
{
  const char *id = lanyard_authorization_get_provider_id (self->authorization);
  LanyardProvider *provider = NULL;

  if (id != NULL && *id != '\0')
    provider = lanyard_catalogue_lookup (lanyard_manager_get_catalogue (self->manager), id, NULL);
  g_set_object (&self->provider, provider);
}

char *
lanyard_draft_find_name (LanyardDraft *self, const char *name)
{
  GListModel *list = lanyard_manager_get_authorizations (self->manager, NULL);
  const char *id = lanyard_authorization_get_id (self->authorization);
  g_autofree char *key = lanyard_text_dup_key (name);
  guint n = list != NULL ? g_list_model_get_n_items (list) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LanyardAuthorization) item = g_list_model_get_item (list, i);
      g_autofree char *other = lanyard_text_dup_key (lanyard_authorization_get_name (item));

      if (g_str_equal (key, other) && !g_str_equal (id, lanyard_authorization_get_id (item)))
        return g_strdup (lanyard_authorization_get_name (item));
    }

  return NULL;
}
