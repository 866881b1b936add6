/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

typedef struct
{
  char *id;
  LanyardRequest *request;
  LanyardCredentials *credentials;
} Apply;

static void
apply_free (Apply *apply)
{
  g_free (apply->id);
  g_clear_pointer (&apply->request, lanyard_request_free);
  g_clear_pointer (&apply->credentials, lanyard_credentials_unref);
  g_free (apply);
}

static gboolean
apply_credentials (LanyardManager *self,
                   LanyardAuthorization *row,
                   LanyardCredentials *credentials,
                   LanyardRequest *request,
                   GError **error)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (self, row, credentials, error);

  return context != NULL && lanyard_auth_type_apply (
                              lanyard_auth_types_lookup (lanyard_authorization_get_type_id (row)),
                              context, request, error);
}

/* The settings are read after the credentials, which getting them may have brought up to date. */
static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Apply *apply = g_task_get_task_data (task);
  g_autoptr (LanyardAuthorization) row = NULL;
  GError *error = NULL;

  apply->credentials = lanyard_manager_get_credentials_finish (self, result, &error);
  if (apply->credentials != NULL)
    row = lanyard_database_load (self->database, apply->id, &error);
  if (row == NULL)
    g_task_return_error (task, error);
  else if (!apply_credentials (self, row, apply->credentials, apply->request, &error))
    lanyard_manager_return_error (task, lanyard_authorization_get_name (row), error);
  else
    g_task_return_pointer (task, g_steal_pointer (&apply->request),
                           (GDestroyNotify)lanyard_request_free);
}

void
lanyard_manager_apply_async (LanyardManager *self,
                             const char *id,
                             const LanyardRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Apply *apply;

  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (request != NULL);

  apply = g_new0 (Apply, 1);
  apply->id = g_strdup (id);
  apply->request = lanyard_request_copy (request);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_apply_async);
  g_task_set_task_data (task, apply, (GDestroyNotify)apply_free);
  lanyard_manager_get_credentials_async (self, id, 0, cancellable, got_cb, g_steal_pointer (&task));
}

LanyardRequest *
lanyard_manager_apply_finish (LanyardManager *self,
                              GAsyncResult *result,
                              LanyardCredentials **credentials,
                              GError **error)
{
  LanyardRequest *request;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  request = g_task_propagate_pointer (G_TASK (result), error);
  if (request != NULL && credentials != NULL)
    {
      Apply *apply = g_task_get_task_data (G_TASK (result));

      *credentials = g_steal_pointer (&apply->credentials);
    }
  return request;
}
