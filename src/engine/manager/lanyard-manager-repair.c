/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"

typedef struct
{
  GQueue suspects;
  int changed;
} Repair;

static void restore_next (GTask *task);

static void
repair_free (Repair *repair)
{
  g_queue_clear_full (&repair->suspects, g_free);
  g_free (repair);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Repair *repair = g_task_get_task_data (task);
  g_autofree char *id = g_queue_pop_head (&repair->suspects);
  g_autoptr (GError) error = NULL;
  int changed = lanyard_manager_restore_finish (LANYARD_MANAGER (source), result, &error);

  /* Nothing more can be seen while the keyring is closed. */
  if (error != NULL && lanyard_error_is_transient (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    g_warning ("The authorization %s cannot be repaired: %s", id, error->message);
  else
    repair->changed += changed;

  restore_next (task);
}

static void
restore_next (GTask *task)
{
  Repair *repair = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_queue_is_empty (&repair->suspects))
    {
      g_task_return_int (task, repair->changed);
      return;
    }

  lanyard_manager_restore_async (g_task_get_source_object (task),
                                 g_queue_peek_head (&repair->suspects),
                                 g_task_get_cancellable (task), restored_cb, g_object_ref (task));
}

/* Whoever is authorized and has an item, or is not and has none, is whole as far as can be seen
 * from outside. The others are looked at one by one. */
static void
find_suspects (Repair *repair, char **items, GPtrArray *rows)
{
  g_autoptr (GHashTable) without_row = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key;

  for (char **id = items; *id != NULL; id++)
    {
      if (g_uuid_string_is_valid (*id))
        g_hash_table_add (without_row, *id);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);
      const char *id = lanyard_authorization_get_id (row);
      gboolean is_authorized = lanyard_authorization_get_status (row) == LANYARD_STATUS_AUTHORIZED;

      if (g_hash_table_remove (without_row, id) != is_authorized)
        g_queue_push_tail (&repair->suspects, g_strdup (id));
    }

  g_hash_table_iter_init (&iter, without_row);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_queue_push_tail (&repair->suspects, g_strdup (key));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (GStrv) items = NULL;
  g_autoptr (GError) error = NULL;

  items = lanyard_secret_store_list_finish (LANYARD_SECRET_STORE (source), result, &error);
  lanyard_manager_note_keyring (self, error);
  if (items != NULL)
    rows = lanyard_database_load_all (self->database, &error);
  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  find_suspects (g_task_get_task_data (task), items, rows);
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
