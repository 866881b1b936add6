/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  /* The caller's, and the copy that is saved. */
  LanyardAuthorization *original;
  LanyardAuthorization *draft;
  LanyardCredentials *entered;
  LanyardCredentials *merged;
  LanyardLock *lock;
  GError *reason;
  /* Whether the draft's state and the credentials come from an export, and are saved as they are.
   */
  gboolean is_whole;
  gboolean was_new;
  gboolean is_moved;
  gboolean is_written;
  /* Whether the keyring is read for the status alone. */
  gboolean is_look;
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->original);
  g_object_unref (save->draft);
  g_clear_pointer (&save->entered, lanyard_credentials_unref);
  g_clear_pointer (&save->merged, lanyard_credentials_unref);
  g_clear_pointer (&save->lock, lanyard_lock_release);
  g_clear_error (&save->reason);
  g_free (save);
}

static void
fail (GTask *task, GError *error)
{
  Save *save = g_task_get_task_data (task);

  g_clear_pointer (&save->lock, lanyard_lock_release);
  lanyard_manager_return_error (task, lanyard_authorization_get_name (save->draft), error);
}

/* A type without consent is authorized by what the person entered, as soon as all of it is there;
 * so is one whose credentials are made here whenever they are needed. */
static void
update_status (LanyardManager *self, LanyardAuthorization *draft, LanyardCredentials *credentials)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_authorization_get_type_id (draft));
  g_autoptr (LanyardAuthContext) context = NULL;
  const char *primary_secret = lanyard_auth_type_get_info (type)->primary_secret;
  gboolean needs_consent = lanyard_auth_type_needs_consent (type);
  gboolean is_complete;

  if (needs_consent && !lanyard_auth_type_can_be_local (type))
    return;

  context = lanyard_manager_dup_context (self, draft, credentials, NULL);
  if (needs_consent && (context == NULL || !lanyard_auth_type_is_local (type, context)))
    return;

  is_complete = context != NULL && lanyard_auth_type_validate (type, context, NULL);
  /* A token from before does not say what the settings say now, but for one that is entered. */
  if (needs_consent && lanyard_auth_type_find_field (type, NULL, primary_secret) == NULL)
    lanyard_credentials_set (credentials, primary_secret, NULL);
  lanyard_credentials_set_expires_at (credentials, 0);
  lanyard_authorization_set_expires_at (draft, 0);
  lanyard_authorization_set_renewable (draft, needs_consent);
  lanyard_authorization_set_status (draft,
                                    is_complete ? LANYARD_STATUS_AUTHORIZED : LANYARD_STATUS_NEW);
}

/* Settings alone may be what was missing to one that was never authorized, where nobody signs in.
 */
static gboolean
can_be_mended (LanyardAuthorization *draft)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_authorization_get_type_id (draft));

  return lanyard_authorization_get_revision (draft) != 0 &&
         lanyard_authorization_get_status (draft) == LANYARD_STATUS_NEW &&
         (!lanyard_auth_type_needs_consent (type) || lanyard_auth_type_can_be_local (type));
}

/* An editor changes settings. What became of the authorization while it was open, a refusal, a
 * renewal, being switched off, is newer than what it was opened with. */
static gboolean
settle_state (LanyardManager *self, Save *save, GError **error)
{
  g_autoptr (LanyardAuthorization) row = NULL;

  if (save->is_whole)
    return TRUE;

  if (!save->was_new)
    {
      row =
        lanyard_database_load (self->database, lanyard_authorization_get_id (save->draft), error);
      if (row == NULL)
        return FALSE;
      lanyard_authorization_copy_state (save->draft, row);
    }
  if (save->is_moved)
    lanyard_authorization_reset_state (save->draft);
  if (save->merged != NULL)
    update_status (self, save->draft, save->merged);

  return TRUE;
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!lanyard_secret_store_remove_finish (LANYARD_SECRET_STORE (source), result, &error))
    g_message ("An item without an authorization stays in the keyring until the next repair: %s",
               error->message);
  /* What went wrong first is what the person must know. */
  fail (task, g_steal_pointer (&save->reason));
}

/* The last step. A new item whose row could not be written must not stay behind. */
static void
save_row (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (settle_state (self, save, &error) &&
      lanyard_database_save (self->database, save->draft, &error))
    {
      g_clear_pointer (&save->lock, lanyard_lock_release);
      lanyard_manager_note_saved (save->original, save->draft);
      lanyard_manager_show (self, save->draft);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!save->was_new || !save->is_written)
    {
      fail (task, error);
      return;
    }

  save->reason = error;
  lanyard_secret_store_remove_async (self->secrets, lanyard_authorization_get_id (save->draft),
                                     NULL, discarded_cb, g_object_ref (task));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  save->is_written = lanyard_manager_write_finish (LANYARD_MANAGER (source), result, &error);
  if (save->is_written)
    save_row (task);
  else
    fail (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Save *save = g_task_get_task_data (task);
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardCredentials) stored = NULL;
  g_auto (GStrv) names = NULL;
  GError *error = NULL;

  stored = lanyard_manager_read_finish (self, result, NULL, &error);
  /* No secret is saved, so that a keyring that cannot be read is no reason not to save. */
  if (error != NULL && save->is_look && !lanyard_error_is_cancelled (error))
    {
      g_message ("The status of %s stays as it is: %s", lanyard_authorization_get_id (save->draft),
                 error->message);
      g_error_free (error);
      save_row (task);
      return;
    }
  if (error == NULL && lanyard_manager_check_draft (self, save->draft, &error))
    context = lanyard_manager_dup_context (self, save->draft, NULL, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  if (save->is_whole)
    save->merged = lanyard_credentials_ref (save->entered);
  else
    save->merged =
      lanyard_manager_merge_entered (context, save->is_moved ? NULL : stored, save->entered);
  if (!settle_state (self, save, &error))
    {
      fail (task, error);
      return;
    }

  names = lanyard_credentials_list_names (save->merged);
  if (stored == NULL && *names == NULL)
    {
      save_row (task);
      return;
    }

  lanyard_manager_write_async (self, save->draft, save->merged, g_task_get_cancellable (task),
                               written_cb, g_object_ref (task));
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  save->lock = lanyard_lock_acquire_finish (result, &error);
  if (save->lock == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_manager_read_async (self, lanyard_authorization_get_id (save->draft),
                              g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
begin (LanyardManager *self,
       LanyardAuthorization *draft,
       LanyardCredentials *credentials,
       gboolean is_whole,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, lanyard_manager_save_async);
  save->is_whole = is_whole;
  save->original = g_object_ref (draft);
  save->draft = lanyard_authorization_dup (draft);
  save->entered = credentials != NULL ? lanyard_credentials_copy (credentials) : NULL;
  save->was_new = lanyard_authorization_get_revision (draft) == 0;
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);

  if (!lanyard_manager_check_draft (self, draft, &error) ||
      !lanyard_manager_is_moved (self, draft, &save->is_moved, &error))
    {
      fail (task, error);
      return;
    }

  save->is_look = credentials == NULL && !save->is_moved && can_be_mended (draft);
  if (credentials == NULL && !save->is_moved && !save->is_look)
    save_row (task);
  else
    lanyard_lock_acquire_async (lanyard_authorization_get_id (draft), cancellable, locked_cb,
                                g_steal_pointer (&task));
}

void
lanyard_manager_save_async (LanyardManager *self,
                            LanyardAuthorization *draft,
                            LanyardCredentials *credentials,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (draft));

  begin (self, draft, credentials, FALSE, cancellable, callback, user_data);
}

void
lanyard_manager_save_whole_async (LanyardManager *self,
                                  LanyardAuthorization *draft,
                                  LanyardCredentials *credentials,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (credentials != NULL);

  begin (self, draft, credentials, TRUE, cancellable, callback, user_data);
}

gboolean
lanyard_manager_save_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  lanyard_secret_store_remove_finish (LANYARD_SECRET_STORE (source), result, &error);
  lanyard_manager_note_keyring (self, error);
  if (error != NULL ||
      !lanyard_database_remove (self->database, lanyard_authorization_get_id (save->draft), &error))
    {
      fail (task, error);
      return;
    }

  lanyard_manager_hide (self, lanyard_authorization_get_id (save->draft));
  g_task_return_boolean (task, TRUE);
}

static void
locked_for_removal_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  save->lock = lanyard_lock_acquire_finish (result, &error);
  if (save->lock == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_secret_store_remove_async (self->secrets, lanyard_authorization_get_id (save->draft),
                                     g_task_get_cancellable (task), removed_cb,
                                     g_object_ref (task));
}

void
lanyard_manager_remove_async (LanyardManager *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LanyardAuthorization *row;
  GError *error = NULL;
  Save *save;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_remove_async);
  row = lanyard_database_load (self->database, id, &error);
  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  save = g_new0 (Save, 1);
  save->draft = row;
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);
  lanyard_lock_acquire_async (id, cancellable, locked_for_removal_cb, g_steal_pointer (&task));
}

gboolean
lanyard_manager_remove_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
