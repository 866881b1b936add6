/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-gate.h"

#include <glib/gi18n.h>

#include "lanyard-error.h"
#include "lanyard-permission.h"
#include "lanyard-questions.h"

/* Of those who were here once: finding out again who they are is not much. */
#define MAX_KNOWN 128

struct _LanyardGate
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  LanyardDatabase *database;
  LanyardQuestions *questions;
  /* By unique name. */
  GHashTable *callers;
  GHashTable *waiting;
};

typedef struct
{
  LanyardCaller *caller;
  char *id;
} Admission;

enum
{
  CALLER_GONE,
  PERMISSIONS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardGate, lanyard_gate, G_TYPE_OBJECT)

static void
admission_free (Admission *admission)
{
  lanyard_caller_unref (admission->caller);
  g_free (admission->id);
  g_free (admission);
}

static gboolean
is_passer_by_cb (gpointer key, gpointer value, gpointer user_data)
{
  LanyardCaller *caller = value;

  return caller->watch_id == 0;
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  LanyardGate *self = LANYARD_GATE (user_data);
  g_autofree char *gone = g_strdup (name);
  LanyardCaller *found = g_hash_table_lookup (self->callers, gone);
  g_autoptr (LanyardCaller) caller = found != NULL ? lanyard_caller_ref (found) : NULL;

  if (caller == NULL)
    return;

  g_hash_table_remove (self->callers, gone);
  caller->is_listening = FALSE;
  g_cancellable_cancel (caller->gone);
  g_signal_emit (self, signals[CALLER_GONE], 0, gone);
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) first = user_data;
  LanyardGate *self = g_task_get_source_object (first);
  const char *name = g_task_get_task_data (first);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCaller) caller = lanyard_caller_identify_finish (result, &error);
  GPtrArray *tasks = NULL;

  g_hash_table_steal_extended (self->waiting, name, NULL, (gpointer *)&tasks);
  if (caller != NULL)
    {
      if (g_hash_table_size (self->callers) >= MAX_KNOWN)
        g_hash_table_foreach_remove (self->callers, is_passer_by_cb, NULL);
      g_hash_table_replace (self->callers, caller->name, lanyard_caller_ref (caller));
    }

  for (guint i = 0; i < tasks->len; i++)
    {
      if (caller != NULL)
        g_task_return_pointer (g_ptr_array_index (tasks, i), lanyard_caller_ref (caller),
                               (GDestroyNotify)lanyard_caller_unref);
      else
        g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
    }
  g_ptr_array_unref (tasks);
}

/* Keeps what the person decided: once, for all who waited for it. */
static void
keep_verdict (LanyardGate *self, Admission *admission, LanyardVerdict verdict)
{
  LanyardVerdict kept = LANYARD_VERDICT_NONE;
  g_autoptr (GError) error = NULL;

  if (lanyard_database_load_verdict (self->database, admission->id, admission->caller->app_id,
                                     &kept, NULL) &&
      kept == verdict)
    return;

  if (!lanyard_database_save_verdict (self->database, admission->id, admission->caller->app_id,
                                      verdict, &error))
    g_warning ("The answer cannot be kept: %s", error->message);
  g_signal_emit (self, signals[PERMISSIONS_CHANGED], 0);
}

static void
return_denied (GTask *task, LanyardCaller *caller)
{
  GError *error = NULL;

  lanyard_gate_set_denied_error (&error, caller);
  g_task_return_error (task, error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardGate *self = g_task_get_source_object (task);
  Admission *admission = g_task_get_task_data (task);
  GError *error = NULL;
  LanyardAccess access = lanyard_questions_ask_finish (LANYARD_QUESTIONS (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (access == LANYARD_ACCESS_ALWAYS)
    keep_verdict (self, admission, LANYARD_VERDICT_ALLOW);
  if (access == LANYARD_ACCESS_NO)
    keep_verdict (self, admission, LANYARD_VERDICT_DENY);

  if (access == LANYARD_ACCESS_ALWAYS || access == LANYARD_ACCESS_ONCE)
    g_task_return_boolean (task, TRUE);
  else
    return_denied (task, admission->caller);
}

static void
lanyard_gate_dispose (GObject *object)
{
  LanyardGate *self = LANYARD_GATE (object);

  g_hash_table_remove_all (self->callers);

  G_OBJECT_CLASS (lanyard_gate_parent_class)->dispose (object);
}

static void
lanyard_gate_finalize (GObject *object)
{
  LanyardGate *self = LANYARD_GATE (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->database);
  g_clear_object (&self->questions);
  g_clear_pointer (&self->callers, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_hash_table_unref);

  G_OBJECT_CLASS (lanyard_gate_parent_class)->finalize (object);
}

static void
lanyard_gate_class_init (LanyardGateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_gate_dispose;
  object_class->finalize = lanyard_gate_finalize;

  /**
   * LanyardGate::caller-gone:
   * @name: its unique name
   *
   * Somebody who was watched has left the bus.
   */
  signals[CALLER_GONE] = g_signal_new ("caller-gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * LanyardGate::permissions-changed:
   *
   * The person answered.
   */
  signals[PERMISSIONS_CHANGED] =
    g_signal_new ("permissions-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_gate_init (LanyardGate *self)
{
  self->callers =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lanyard_caller_unref);
  self->waiting =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

LanyardGate *
lanyard_gate_new (GDBusConnection *connection, LanyardDatabase *database)
{
  LanyardGate *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (LANYARD_IS_DATABASE (database), NULL);

  self = g_object_new (LANYARD_TYPE_GATE, NULL);
  self->connection = g_object_ref (connection);
  self->database = g_object_ref (database);
  self->questions = lanyard_questions_new (connection);
  return self;
}

LanyardCaller *
lanyard_gate_lookup (LanyardGate *self, const char *name)
{
  g_return_val_if_fail (LANYARD_IS_GATE (self), NULL);

  return g_hash_table_lookup (self->callers, name);
}

void
lanyard_gate_identify_async (LanyardGate *self,
                             const char *name,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GPtrArray *tasks;
  GTask *task;

  g_return_if_fail (LANYARD_IS_GATE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lanyard_gate_identify_async);
  g_task_set_task_data (task, g_strdup (name), g_free);

  tasks = g_hash_table_lookup (self->waiting, name);
  if (tasks != NULL)
    {
      g_ptr_array_add (tasks, task);
      return;
    }

  tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (tasks, task);
  g_hash_table_insert (self->waiting, g_strdup (name), tasks);
  lanyard_caller_identify_async (self->connection, name, identified_cb, g_object_ref (task));
}

LanyardCaller *
lanyard_gate_identify_finish (LanyardGate *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

LanyardCaller *
lanyard_gate_identify_socket (LanyardGate *self, int fd, GCancellable *gone, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_GATE (self), NULL);

  return lanyard_caller_identify_socket (fd, gone, error);
}

void
lanyard_gate_watch (LanyardGate *self, LanyardCaller *caller)
{
  g_return_if_fail (LANYARD_IS_GATE (self));

  if (caller->watch_id != 0 || caller->name == NULL)
    return;

  /* It may have been dropped as a passer-by meanwhile. */
  g_hash_table_replace (self->callers, caller->name, lanyard_caller_ref (caller));
  caller->watch_id = g_bus_watch_name_on_connection (
    self->connection, caller->name, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, vanished_cb, self, NULL);
}

GPtrArray *
lanyard_gate_list_listeners (LanyardGate *self)
{
  GPtrArray *listeners = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_caller_unref);
  GHashTableIter iter;
  LanyardCaller *caller;

  g_hash_table_iter_init (&iter, self->callers);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&caller))
    if (caller->is_listening)
      g_ptr_array_add (listeners, lanyard_caller_ref (caller));

  return listeners;
}

gboolean
lanyard_gate_list_visible (LanyardGate *self,
                           LanyardCaller *caller,
                           GHashTable **ids,
                           GError **error)
{
  g_autoptr (GPtrArray) permissions = NULL;

  *ids = NULL;
  if (lanyard_gate_is_trusted (self, caller))
    return TRUE;

  permissions = lanyard_database_list_permissions (self->database, NULL, caller->app_id, error);
  if (permissions == NULL)
    return FALSE;

  *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < permissions->len; i++)
    {
      LanyardPermission *permission = g_ptr_array_index (permissions, i);

      if (lanyard_permission_get_verdict (permission) == LANYARD_VERDICT_ALLOW)
        g_hash_table_add (*ids, g_strdup (lanyard_permission_get_authorization_id (permission)));
    }
  return TRUE;
}

gboolean
lanyard_gate_can_see (LanyardGate *self, LanyardCaller *caller, const char *id)
{
  LanyardVerdict verdict;

  return lanyard_gate_is_trusted (self, caller) ||
         (lanyard_database_load_verdict (self->database, id, caller->app_id, &verdict, NULL) &&
          verdict == LANYARD_VERDICT_ALLOW);
}

gboolean
lanyard_gate_is_trusted (LanyardGate *self, LanyardCaller *caller)
{
  return caller->app_id == NULL;
}

void
lanyard_gate_admit_async (LanyardGate *self,
                          LanyardCaller *caller,
                          const char *id,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LanyardVerdict verdict = LANYARD_VERDICT_ALLOW;
  Admission *admission;
  GError *error = NULL;

  g_return_if_fail (LANYARD_IS_GATE (self));
  g_return_if_fail (caller != NULL && id != NULL);

  task = g_task_new (self, caller->gone, callback, user_data);
  g_task_set_source_tag (task, lanyard_gate_admit_async);
  if (!lanyard_gate_is_trusted (self, caller) &&
      !lanyard_database_load_verdict (self->database, id, caller->app_id, &verdict, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (verdict == LANYARD_VERDICT_ALLOW)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (verdict == LANYARD_VERDICT_DENY)
    {
      return_denied (task, caller);
      return;
    }

  admission = g_new0 (Admission, 1);
  admission->caller = lanyard_caller_ref (caller);
  admission->id = g_strdup (id);
  g_task_set_task_data (task, admission, (GDestroyNotify)admission_free);
  lanyard_gate_watch (self, caller);
  lanyard_questions_ask_async (self->questions, caller->app_id, id, caller->gone, asked_cb,
                               g_steal_pointer (&task));
}

gboolean
lanyard_gate_admit_finish (LanyardGate *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lanyard_gate_note_use (LanyardGate *self, LanyardCaller *caller, const char *id)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  if (!lanyard_gate_is_trusted (self, caller) &&
      !lanyard_database_note_use (self->database, id, caller->app_id, now, &error))
    g_warning ("The last use by %s cannot be noted: %s", caller->app_id, error->message);
}

void
lanyard_gate_set_denied_error (GError **error, LanyardCaller *caller)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
               /* Translators: the id of an app */
               _ ("%s may not use this, since you did not allow it. Lanyard asks you in a window; "
                  "you can change your answer in the editor of the authorization."),
               caller->app_id != NULL ? caller->app_id : "");
}
