/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a draft is read, saved, and reconciled with what others saved. */

#include "config.h"

#include "lanyard-draft-private.h"

#include "lanyard-error.h"

void
lanyard_draft_drop_secrets (LanyardDraft *self)
{
  g_clear_pointer (&self->credentials, lanyard_credentials_unref);
  g_clear_pointer (&self->saved_credentials, lanyard_credentials_unref);
  g_clear_pointer (&self->local, lanyard_credentials_unref);
}

void
lanyard_draft_take_no_secrets (LanyardDraft *self)
{
  self->credentials = lanyard_credentials_new ();
  self->saved_credentials = lanyard_credentials_new ();
}

void
lanyard_draft_take_as_saved (LanyardDraft *self, LanyardAuthorization *authorization)
{
  g_clear_pointer (&self->local, lanyard_credentials_unref);
  g_set_object (&self->saved, NULL);
  self->saved = lanyard_authorization_dup (authorization);
  g_hash_table_remove_all (self->left);
}

gboolean
lanyard_draft_has_changed_secrets (LanyardDraft *self)
{
  LanyardAuthType *type = lanyard_draft_get_auth_type (self);
  g_autoptr (GPtrArray) fields = NULL;

  if (type == NULL || self->credentials == NULL)
    return FALSE;

  fields = lanyard_auth_type_list_fields (type, self->provider);
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);

      if (field->kind == LANYARD_FIELD_SECRET &&
          !lanyard_secret_equal (lanyard_credentials_get (self->credentials, field->name),
                                 lanyard_credentials_get (self->saved_credentials, field->name)))
        return TRUE;
    }

  return FALSE;
}

/* Copies the secrets that the person can enter, as they are in the editor. */
static void
copy_entered (LanyardDraft *self, LanyardCredentials *to)
{
  LanyardAuthType *type = lanyard_draft_get_auth_type (self);
  g_autoptr (GPtrArray) fields = NULL;

  if (type == NULL)
    return;

  fields = lanyard_auth_type_list_fields (type, self->provider);
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);

      if (field->kind == LANYARD_FIELD_SECRET)
        lanyard_credentials_set (to, field->name,
                                 lanyard_credentials_get (self->credentials, field->name));
    }
}

/* A keyring that cannot be read cannot keep what a new authorization asks for either. */
static void
give_up_secrets (LanyardDraft *self)
{
  g_auto (GStrv) names = NULL;

  if (!lanyard_draft_is_new (self) || self->credentials == NULL)
    return;

  names = lanyard_credentials_list_names (self->credentials);
  if (*names != NULL)
    return;

  lanyard_draft_drop_secrets (self);
  lanyard_draft_emit_form_changed (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardDraft *self = g_task_get_source_object (task);
  g_autoptr (LanyardCredentials) credentials = NULL;
  gboolean keep;
  GError *error = NULL;

  credentials = lanyard_manager_load_credentials_finish (LANYARD_MANAGER (source), result, &error);
  if (credentials == NULL)
    {
      if (!lanyard_error_is_cancelled (error))
        give_up_secrets (self);
      g_task_return_error (task, error);
      return;
    }

  /* Whatever the person entered while the keyring thought about it stays. */
  keep = lanyard_draft_has_changed_secrets (self);
  g_clear_pointer (&self->local, lanyard_credentials_unref);
  g_clear_pointer (&self->saved_credentials, lanyard_credentials_unref);
  self->saved_credentials = lanyard_credentials_copy (credentials);
  if (!keep)
    {
      g_clear_pointer (&self->credentials, lanyard_credentials_unref);
      self->credentials = g_steal_pointer (&credentials);
    }
  lanyard_draft_emit_form_changed (self);
  g_task_return_boolean (task, TRUE);
}

void
lanyard_draft_load_async (LanyardDraft *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_draft_load_async);
  lanyard_manager_load_credentials_async (self->manager,
                                          lanyard_authorization_get_id (self->authorization),
                                          cancellable, loaded_cb, g_object_ref (task));
}

gboolean
lanyard_draft_load_finish (LanyardDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

LanyardCredentials *
lanyard_draft_dup_entered (LanyardDraft *self)
{
  LanyardCredentials *entered;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  if (self->credentials == NULL ||
      (!lanyard_draft_is_new (self) && lanyard_draft_is_same_service (self) &&
       !lanyard_draft_has_changed_secrets (self)))
    return NULL;

  entered = lanyard_credentials_new ();
  copy_entered (self, entered);
  return entered;
}

static void
mark_saved (LanyardDraft *self, gboolean with_secrets)
{
  lanyard_draft_take_as_saved (self, self->authorization);
  if (with_secrets && self->credentials != NULL)
    {
      g_clear_pointer (&self->saved_credentials, lanyard_credentials_unref);
      self->saved_credentials = lanyard_credentials_copy (self->credentials);
    }
  lanyard_draft_emit_changed (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardDraft *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!lanyard_manager_save_finish (LANYARD_MANAGER (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  mark_saved (self, GPOINTER_TO_INT (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);
}

void
lanyard_draft_save_async (LanyardDraft *self,
                          gboolean with_secrets,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LanyardCredentials) entered = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_draft_save_async);
  g_task_set_task_data (task, GINT_TO_POINTER (with_secrets), NULL);
  if (!lanyard_draft_is_new (self) && !lanyard_draft_is_changed (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (with_secrets)
    entered = lanyard_draft_dup_entered (self);
  lanyard_manager_save_async (self->manager, self->authorization, entered, cancellable, saved_cb,
                              g_steal_pointer (&task));
}

gboolean
lanyard_draft_save_finish (LanyardDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lanyard_draft_mark_saved (LanyardDraft *self)
{
  g_return_if_fail (LANYARD_IS_DRAFT (self));

  mark_saved (self, TRUE);
}

void
lanyard_draft_restore_state (LanyardDraft *self)
{
  g_return_if_fail (LANYARD_IS_DRAFT (self));

  if (lanyard_draft_is_same_service (self))
    lanyard_authorization_copy_state (self->authorization, self->saved);
  else
    lanyard_authorization_reset_state (self->authorization);
  lanyard_draft_emit_changed (self);
}

static LanyardAuthorization *
load_theirs (LanyardDraft *self, GError **error)
{
  return lanyard_database_load (lanyard_manager_get_database (self->manager),
                                lanyard_authorization_get_id (self->authorization), error);
}

gboolean
lanyard_draft_load_theirs (LanyardDraft *self, GError **error)
{
  g_autoptr (LanyardAuthorization) theirs = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  theirs = load_theirs (self, error);
  if (theirs == NULL)
    return FALSE;

  lanyard_authorization_assign (self->authorization, theirs);
  lanyard_draft_take_as_saved (self, theirs);
  lanyard_draft_drop_secrets (self);
  lanyard_draft_resolve (self);
  lanyard_draft_emit_form_changed (self);
  lanyard_draft_load_async (self, NULL, NULL, NULL);

  return TRUE;
}

gboolean
lanyard_draft_keep_mine (LanyardDraft *self, GError **error)
{
  g_autoptr (LanyardAuthorization) theirs = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  theirs = load_theirs (self, &local_error);
  if (theirs == NULL && !g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (theirs == NULL)
    {
      /* It is gone: saving makes it anew, under its old id. */
      theirs = lanyard_authorization_new (lanyard_authorization_get_id (self->authorization));
    }
  lanyard_authorization_set_revision (self->authorization,
                                      lanyard_authorization_get_revision (theirs));
  lanyard_draft_take_as_saved (self, theirs);
  lanyard_draft_emit_changed (self);

  return TRUE;
}
