/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-application.h"

#include <glib/gi18n.h>

#include "lanyard-editor.h"
#include "lanyard-error.h"
#include "lanyard-sign-in.h"

/* An editor in which the person enters what is missing. */
typedef struct
{
  LanyardAuthorization *authorization;
  GtkWidget *editor;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_object (&waiting->authorization);
  g_clear_object (&waiting->editor);
  g_free (waiting);
}

static void
stop_waiting (GTask *task)
{
  Waiting *waiting = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (waiting->authorization, task);
  g_signal_handlers_disconnect_by_data (waiting->editor, task);
}

static void
status_cb (LanyardAuthorization *authorization, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (lanyard_authorization_get_status (authorization) != LANYARD_STATUS_AUTHORIZED)
    {
      g_steal_pointer (&task);
      return;
    }

  stop_waiting (task);
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GtkWidget *editor, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  stop_waiting (task);
  g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_CANCELLED,
                           _ ("The window was closed before it was authorized"));
}

static GtkWidget *
find_editor (LanyardApplication *self, const char *id)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (LANYARD_IS_EDITOR (l->data) &&
        g_strcmp0 (lanyard_editor_get_authorization_id (l->data), id) == 0)
      return l->data;
  return NULL;
}

/* There is no page to sign in on: what is missing is entered. */
static void
wait_for_editor (GTask *task, LanyardAuthorization *authorization)
{
  LanyardApplication *self = g_task_get_source_object (task);
  const char *id = lanyard_authorization_get_id (authorization);
  Waiting *waiting;
  GtkWidget *editor;

  if (lanyard_authorization_get_status (authorization) == LANYARD_STATUS_AUTHORIZED)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_action_group_activate_action (G_ACTION_GROUP (self), "open-authorization",
                                  g_variant_new_string (id));
  editor = find_editor (self, id);
  if (editor == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                               _ ("The window could not be opened"));
      return;
    }

  waiting = g_new0 (Waiting, 1);
  waiting->authorization = g_object_ref (authorization);
  waiting->editor = g_object_ref (editor);
  g_task_set_task_data (task, waiting, (GDestroyNotify)waiting_free);
  /* Whichever comes first takes the task. */
  g_signal_connect (authorization, "notify::status", G_CALLBACK (status_cb), task);
  g_signal_connect (editor, "unrealize", G_CALLBACK (closed_cb), task);
  g_object_ref (task);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lanyard_sign_in_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lanyard_application_authorize_async (LanyardApplication *self,
                                     const char *id,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardAuthorization) draft = NULL;
  LanyardManager *manager;
  GError *error = NULL;

  g_task_set_source_tag (task, lanyard_application_authorize_async);
  manager = lanyard_application_get_manager (self, &error);
  if (manager != NULL)
    authorization = lanyard_application_find_authorization (self, id, &error);
  if (authorization == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!lanyard_sign_in_is_offered (manager, authorization))
    {
      wait_for_editor (task, authorization);
      return;
    }

  draft = lanyard_authorization_dup (authorization);
  lanyard_sign_in_async (NULL, manager, draft, NULL, LANYARD_SIGN_IN_DEFAULT, NULL, signed_in_cb,
                         g_steal_pointer (&task));
}

gboolean
lanyard_application_authorize_finish (LanyardApplication *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
