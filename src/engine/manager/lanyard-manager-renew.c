/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"
#include "lanyard-waiters.h"

#include <glib/gi18n-lib.h>

/* One renewal of one authorization. Everybody in this program who needs it waits for it; other
 * programs wait for its lock and then find what it stored. */
typedef struct
{
  LanyardManager *manager;
  char *id;
  LanyardSecret *stale;
  LanyardAuthorization *row;
  LanyardCredentials *stored;
  LanyardLock *lock;
  LanyardOutcome *outcome;
  GPtrArray *waiting;
  gboolean is_done;
} Renewal;

/* For the messages of errors, also of those that came before the row was needed. */
static const char *
get_name (Renewal *renewal)
{
  if (renewal->row == NULL)
    renewal->row = lanyard_database_load (renewal->manager->database, renewal->id, NULL);

  return renewal->row != NULL ? lanyard_authorization_get_name (renewal->row) : NULL;
}

/* Tells the programs that wait for the lock now what came of it, so that each of them does not ask
 * the provider too. */
static void
leave_error (Renewal *renewal, const GError *error)
{
  if (error->domain == LANYARD_ERROR && !lanyard_error_is_cancelled (error))
    lanyard_lock_leave_error (renewal->lock, error);
}

/* Tells everybody how the provider was asked in vain, those who ask this program next, too. */
static void
share_failure (Renewal *renewal, const GError *error)
{
  lanyard_manager_note_failure (renewal->manager, renewal->id, error);
  leave_error (renewal, error);
}

/* Ends the renewal for everybody who waits, with either the credentials or the error. */
static void
complete (Renewal *renewal, LanyardCredentials *credentials, GError *error)
{
  const char *name = get_name (renewal);
  g_autoptr (GPtrArray) waiting = lanyard_waiters_take (&renewal->waiting);

  g_clear_pointer (&renewal->lock, lanyard_lock_release);
  g_hash_table_remove (renewal->manager->renewals, renewal->id);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (credentials != NULL)
        g_task_return_pointer (task, lanyard_credentials_ref (credentials),
                               (GDestroyNotify)lanyard_credentials_unref);
      else
        lanyard_manager_return_error (task, name, g_error_copy (error));
    }

  g_clear_error (&error);
  g_clear_object (&renewal->row);
  g_clear_pointer (&renewal->stored, lanyard_credentials_unref);
  g_clear_pointer (&renewal->stale, lanyard_secret_unref);
  g_clear_pointer (&renewal->outcome, lanyard_outcome_free);
  g_object_unref (renewal->manager);
  g_free (renewal->id);
  g_free (renewal);
}

/* Both stores are written before anybody gets the token. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal *renewal = user_data;
  LanyardManager *self = renewal->manager;
  GError *error = NULL;

  if (!lanyard_manager_write_finish (self, result, &error))
    {
      lanyard_manager_keep_unsaved (self, renewal->id, renewal->stored, renewal->outcome);
      g_prefix_error (&error, "%s ", _ ("The renewed token could not be stored yet:"));
      /* The provider did what it should: whoever asks next stores what it gave. */
      leave_error (renewal, error);
      complete (renewal, NULL, error);
      return;
    }

  if (!lanyard_manager_save_status (self, renewal->id, LANYARD_STATUS_AUTHORIZED, renewal->outcome,
                                    &error))
    {
      complete (renewal, NULL, error);
      return;
    }

  lanyard_manager_note_failure (self, renewal->id, NULL);
  lanyard_lock_leave_success (renewal->lock);
  lanyard_manager_remember (self, renewal->id, self->generation, renewal->outcome->credentials);
  complete (renewal, renewal->outcome->credentials, NULL);
}

/* Only the provider's word that the grant is over changes the status. */
static void
note_refusal (Renewal *renewal, const GError *error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED))
    return;
  if (!lanyard_manager_save_status (renewal->manager, renewal->id, LANYARD_STATUS_REFUSED, NULL,
                                    &local_error))
    g_warning ("The status of %s could not be saved: %s", renewal->id, local_error->message);
}

static void
write_outcome (Renewal *renewal)
{
  /* The item can bring back a row that is lost: with what the renewal made of it. */
  lanyard_manager_take_outcome (renewal->row, renewal->outcome);
  lanyard_manager_write_async (renewal->manager, renewal->row, renewal->outcome->credentials, NULL,
                               written_cb, renewal);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal *renewal = user_data;
  GError *error = NULL;

  renewal->outcome = lanyard_runner_run_finish (result, &error);
  if (renewal->outcome == NULL)
    {
      note_refusal (renewal, error);
      share_failure (renewal, error);
      complete (renewal, NULL, error);
      return;
    }

  write_outcome (renewal);
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal *renewal = user_data;
  LanyardManager *self = renewal->manager;
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardFlow) flow = NULL;
  GError *error = NULL;

  context = lanyard_manager_discover_finish (self, result, &error);
  if (context != NULL)
    flow = lanyard_auth_type_refresh (
      lanyard_auth_types_lookup (lanyard_authorization_get_type_id (renewal->row)), context,
      &error);
  if (flow == NULL)
    {
      share_failure (renewal, error);
      complete (renewal, NULL, error);
      return;
    }

  lanyard_runner_run_async (
    flow, lanyard_manager_get_transport, self, NULL, lanyard_authorization_get_name (renewal->row),
    lanyard_provider_get_name (lanyard_auth_context_get_provider (context)), NULL, ran_cb, renewal);
}

static void
ask_provider (Renewal *renewal)
{
  LanyardManager *self = renewal->manager;
  g_autoptr (LanyardAuthContext) context = NULL;
  GError *error = NULL;

  context = lanyard_manager_dup_context (self, renewal->row, renewal->stored, &error);
  if (context == NULL)
    {
      complete (renewal, NULL, error);
      return;
    }

  renewal->outcome = lanyard_manager_take_unsaved (self, renewal->id, context, renewal->stored);
  if (renewal->outcome != NULL)
    write_outcome (renewal);
  else
    lanyard_manager_discover_async (self, context, NULL, discovered_cb, renewal);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal *renewal = user_data;
  g_autoptr (LanyardAuthorization) sealed = NULL;
  gboolean is_changed;
  LanyardSecret *token;
  GError *error = NULL;

  renewal->stored = lanyard_manager_read_finish (renewal->manager, result, &sealed, &error);
  if (error == NULL)
    renewal->row = lanyard_database_load (renewal->manager->database, renewal->id, &error);
  if (error == NULL && renewal->stored == NULL)
    g_set_error_literal (&error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                         _ ("Its credentials are no longer in the keyring; authorize it again"));
  if (error == NULL && sealed != NULL)
    lanyard_manager_reconcile (renewal->manager, &renewal->row, sealed, renewal->stored,
                               &is_changed, &error);
  /* Whoever had the lock before may have been told that it is over. */
  if (error == NULL)
    lanyard_manager_check_row (renewal->row, &error);
  if (error != NULL)
    {
      complete (renewal, NULL, error);
      return;
    }

  /* Or it may have done the work. */
  token = lanyard_credentials_get (renewal->stored, "access_token");
  if (renewal->stale != NULL && token != NULL && !lanyard_secret_equal (token, renewal->stale))
    renewal->is_done = TRUE;
  if (renewal->is_done)
    complete (renewal, renewal->stored, NULL);
  else
    ask_provider (renewal);
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal *renewal = user_data;
  GError *error = NULL;

  renewal->lock = lanyard_lock_acquire_finish (result, &error);
  /* Another program may have done it, or failed at it, while this one was waiting. */
  if (renewal->lock != NULL)
    {
      error = lanyard_lock_dup_error (renewal->lock);
      renewal->is_done = lanyard_lock_is_done (renewal->lock);
    }
  if (error != NULL)
    complete (renewal, NULL, error);
  else
    lanyard_manager_read_async (renewal->manager, renewal->id, NULL, read_cb, renewal);
}

void
lanyard_manager_renew_async (LanyardManager *self,
                             const char *id,
                             LanyardSecret *stale,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Renewal *renewal = g_hash_table_lookup (self->renewals, id);

  g_task_set_source_tag (task, lanyard_manager_renew_async);
  if (renewal != NULL)
    {
      lanyard_waiters_add (renewal->waiting, g_steal_pointer (&task));
      return;
    }

  renewal = g_new0 (Renewal, 1);
  renewal->manager = g_object_ref (self);
  renewal->id = g_strdup (id);
  renewal->stale = stale != NULL ? lanyard_secret_ref (stale) : NULL;
  renewal->waiting = lanyard_waiters_new ();
  g_hash_table_insert (self->renewals, renewal->id, renewal);
  lanyard_waiters_add (renewal->waiting, g_steal_pointer (&task));

  lanyard_lock_acquire_async (id, NULL, locked_cb, renewal);
}

LanyardCredentials *
lanyard_manager_renew_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
lanyard_manager_has_unsaved (LanyardManager *self)
{
  g_return_val_if_fail (LANYARD_IS_MANAGER (self), FALSE);

  if (g_hash_table_size (self->unsaved) == 0)
    return FALSE;

  lanyard_manager_save_unsaved (self);
  return TRUE;
}

gboolean
lanyard_manager_is_renewing (LanyardManager *self)
{
  g_return_val_if_fail (LANYARD_IS_MANAGER (self), FALSE);

  return g_hash_table_size (self->renewals) > 0;
}
