/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  LanyardAuthorization *row;
  LanyardOutcome *outcome;
  LanyardLock *lock;
} Revoke;

static void
revoke_free (Revoke *revoke)
{
  g_object_unref (revoke->row);
  g_clear_pointer (&revoke->outcome, lanyard_outcome_free);
  g_clear_pointer (&revoke->lock, lanyard_lock_release);
  g_free (revoke);
}

static void
fail (GTask *task, GError *error)
{
  Revoke *revoke = g_task_get_task_data (task);

  g_clear_pointer (&revoke->lock, lanyard_lock_release);
  lanyard_manager_return_error (task, lanyard_authorization_get_name (revoke->row), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Revoke *revoke = g_task_get_task_data (task);
  GError *error = NULL;

  if (!lanyard_manager_write_finish (self, result, &error) ||
      !lanyard_manager_save_status (self, lanyard_authorization_get_id (revoke->row),
                                    LANYARD_STATUS_REVOKED, revoke->outcome, &error))
    {
      fail (task, error);
      return;
    }

  g_clear_pointer (&revoke->lock, lanyard_lock_release);
  g_task_return_boolean (task, TRUE);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);
  GError *error = NULL;

  revoke->outcome = lanyard_runner_run_finish (result, &error);
  if (revoke->outcome == NULL)
    {
      fail (task, error);
      return;
    }

  /* The item says it, too, in case that the database never hears of it. */
  lanyard_authorization_set_status (revoke->row, LANYARD_STATUS_REVOKED);
  lanyard_manager_write_async (self, revoke->row, revoke->outcome->credentials, NULL, written_cb,
                               g_steal_pointer (&task));
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Revoke *revoke = g_task_get_task_data (task);
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardFlow) flow = NULL;
  GError *error = NULL;

  context = lanyard_manager_discover_finish (self, result, &error);
  if (context == NULL)
    {
      fail (task, error);
      return;
    }

  flow = lanyard_auth_type_revoke (
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (revoke->row)), context);
  if (flow == NULL)
    {
      fail (task, g_error_new (
                    LANYARD_ERROR, LANYARD_ERROR_INVALID,
                    _ ("There is nothing that Lanyard can take back at %s; do it on its website"),
                    lanyard_provider_get_name (lanyard_auth_context_get_provider (context))));
      return;
    }

  lanyard_runner_run_async (flow, lanyard_manager_get_transport, self, NULL,
                            lanyard_authorization_get_name (revoke->row),
                            lanyard_provider_get_name (lanyard_auth_context_get_provider (context)),
                            g_task_get_cancellable (task), ran_cb, g_object_ref (task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Revoke *revoke = g_task_get_task_data (task);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthContext) context = NULL;
  GError *error = NULL;

  credentials = lanyard_manager_read_finish (self, result, NULL, &error);
  if (error == NULL)
    context = lanyard_manager_dup_context (self, revoke->row, credentials, &error);
  if (error != NULL)
    fail (task, error);
  else
    lanyard_manager_discover_async (self, context, g_task_get_cancellable (task), discovered_cb,
                                    g_object_ref (task));
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);
  GError *error = NULL;

  revoke->lock = lanyard_lock_acquire_finish (result, &error);
  if (revoke->lock == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_manager_read_async (self, lanyard_authorization_get_id (revoke->row),
                              g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

void
lanyard_manager_revoke_async (LanyardManager *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LanyardAuthorization *row;
  GError *error = NULL;
  Revoke *revoke;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_revoke_async);
  row = lanyard_database_load (self->database, id, &error);
  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  revoke = g_new0 (Revoke, 1);
  revoke->row = row;
  g_task_set_task_data (task, revoke, (GDestroyNotify)revoke_free);
  lanyard_lock_acquire_async (id, cancellable, locked_cb, g_steal_pointer (&task));
}

gboolean
lanyard_manager_revoke_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
