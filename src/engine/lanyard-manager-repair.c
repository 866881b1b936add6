/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GQueue orphans;
  LanyardLock *lock;
  int changed;
} Repair;

static void restore_next (GTask *task);

static void
repair_free (Repair *repair)
{
  g_queue_clear_full (&repair->orphans, g_free);
  g_clear_pointer (&repair->lock, lanyard_lock_release);
  g_free (repair);
}

/* Another one may have taken the name since. */
static gboolean
save_restored (LanyardManager *self, LanyardAuthorization *authorization, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;

  lanyard_authorization_set_revision (authorization, 0);
  if (lanyard_database_save (self->database, authorization, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* Translators: the name of an authorization that was restored after a crash, when its name was
   * taken meanwhile */
  name = g_strdup_printf (_ ("%s (restored %.8s)"), lanyard_authorization_get_name (authorization),
                             lanyard_authorization_get_id (authorization));
  lanyard_authorization_set_name (authorization, name);
  return lanyard_database_save (self->database, authorization, error);
}

static gboolean
has_row (LanyardManager *self, const char *id)
{
  g_autoptr (LanyardAuthorization) row = lanyard_database_load (self->database, id, NULL);

  return row != NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Repair *repair = g_task_get_task_data (task);
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_queue_pop_head (&repair->orphans);

  /* Under the lock: another program may just have been between the keyring and the database. */
  credentials = lanyard_manager_read_finish (self, result, &authorization, &error);
  if (credentials != NULL && authorization != NULL && !has_row (self, id) &&
      save_restored (self, authorization, &error))
    {
      lanyard_manager_show (self, authorization);
      repair->changed++;
    }
  if (error != NULL)
    g_warning ("The keyring's item %s cannot be restored: %s", id, error->message);

  g_clear_pointer (&repair->lock, lanyard_lock_release);
  restore_next (task);
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Repair *repair = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  repair->lock = lanyard_lock_acquire_finish (result, &error);
  if (repair->lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  lanyard_manager_read_async (self, g_queue_peek_head (&repair->orphans),
                              g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
restore_next (GTask *task)
{
  Repair *repair = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_queue_is_empty (&repair->orphans))
    {
      g_task_return_int (task, repair->changed);
      return;
    }

  lanyard_lock_acquire_async (g_queue_peek_head (&repair->orphans), g_task_get_cancellable (task),
                              locked_cb, g_object_ref (task));
}

/* A row says authorized, and its credentials are gone: somebody deleted them in the keyring's own
 * program. */
static void
mark_incomplete (LanyardManager *self, Repair *repair, GPtrArray *rows, GHashTable *items)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);
      const char *id = lanyard_authorization_get_id (row);
      g_autoptr (GError) error = NULL;

      if (g_hash_table_contains (items, id) ||
          lanyard_authorization_get_status (row) != LANYARD_STATUS_AUTHORIZED)
        continue;
      if (lanyard_manager_save_status (self, id, LANYARD_STATUS_INCOMPLETE, NULL, &error))
        repair->changed++;
      else
        g_warning ("The status of %s could not be saved: %s", id, error->message);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Repair *repair = g_task_get_task_data (task);
  g_autoptr (GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;

  ids = lanyard_secret_store_list_finish (LANYARD_SECRET_STORE (source), result, &error);
  lanyard_manager_note_keyring (self, error);
  if (ids != NULL)
    rows = lanyard_database_load_all (self->database, &error);
  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (char **id = ids; *id != NULL; id++)
    {
      g_hash_table_add (items, *id);
      if (g_uuid_string_is_valid (*id) && !has_row (self, *id))
        g_queue_push_tail (&repair->orphans, g_strdup (*id));
    }
  mark_incomplete (self, repair, rows, items);
  restore_next (task);
}

void
lanyard_manager_repair_async (LanyardManager *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_repair_async);
  g_task_set_task_data (task, g_new0 (Repair, 1), (GDestroyNotify)repair_free);
  lanyard_secret_store_list_async (self->secrets, cancellable, listed_cb, g_steal_pointer (&task));
}

int
lanyard_manager_repair_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
