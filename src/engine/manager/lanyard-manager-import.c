/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-export.h"

#include "lanyard-error.h"
#include "lanyard-manager-private.h"
#include "lanyard-text.h"

/* The row of @id, and the one that is called @name; each NULL where there is none. */
static gboolean
find_rows (LanyardManager *self,
           LanyardAuthorization *authorization,
           LanyardAuthorization **by_id,
           LanyardAuthorization **by_name,
           GError **error)
{
  g_autoptr (GPtrArray) rows = lanyard_database_load_all (self->database, error);
  g_autofree char *key = lanyard_text_dup_key (lanyard_authorization_get_name (authorization));

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);
      g_autofree char *row_key = lanyard_text_dup_key (lanyard_authorization_get_name (row));

      if (g_str_equal (lanyard_authorization_get_id (row),
                       lanyard_authorization_get_id (authorization)))
        g_set_object (by_id, row);
      else if (g_str_equal (row_key, key))
        g_set_object (by_name, row);
    }
  return TRUE;
}

gboolean
lanyard_manager_find_clash (LanyardManager *self,
                            const LanyardArchiveEntry *entry,
                            LanyardAuthorization **existing,
                            GError **error)
{
  g_autoptr (LanyardAuthorization) by_id = NULL;
  g_autoptr (LanyardAuthorization) by_name = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  if (!find_rows (self, entry->authorization, &by_id, &by_name, error))
    return FALSE;
  *existing = by_id != NULL ? g_steal_pointer (&by_id) : g_steal_pointer (&by_name);
  return TRUE;
}

/* “Name 2”, or the first number that is free. */
static gboolean
rename_draft (LanyardManager *self, LanyardAuthorization *draft, GError **error)
{
  g_autofree char *name = g_strdup (lanyard_authorization_get_name (draft));

  for (guint i = 2;; i++)
    {
      g_autoptr (LanyardAuthorization) by_id = NULL;
      g_autoptr (LanyardAuthorization) by_name = NULL;
      g_autofree char *numbered = g_strdup_printf ("%s %u", name, i);

      lanyard_authorization_set_name (draft, numbered);
      if (!find_rows (self, draft, &by_id, &by_name, error))
        return FALSE;
      if (by_name == NULL)
        return TRUE;
    }
}

/* The same under another id. */
static LanyardAuthorization *
dup_with_id (LanyardAuthorization *authorization, const char *id)
{
  LanyardAuthorization *copy = lanyard_authorization_new (id);

  lanyard_authorization_assign (copy, authorization);
  lanyard_authorization_set_revision (copy, 0);
  return copy;
}

/* What is to be saved; NULL without an error when nothing is. */
static LanyardAuthorization *
new_draft (LanyardManager *self,
           const LanyardArchiveEntry *entry,
           LanyardImportMode mode,
           GError **error)
{
  g_autoptr (LanyardAuthorization) draft = NULL;
  g_autoptr (LanyardAuthorization) by_id = NULL;
  g_autoptr (LanyardAuthorization) by_name = NULL;
  LanyardAuthorization *existing;

  if (!find_rows (self, entry->authorization, &by_id, &by_name, error))
    return NULL;

  existing = by_id != NULL ? by_id : by_name;
  if (existing == NULL)
    return dup_with_id (entry->authorization, lanyard_authorization_get_id (entry->authorization));

  switch (mode)
    {
    case LANYARD_IMPORT_SKIP:
      return NULL;
    case LANYARD_IMPORT_REPLACE:
      draft = dup_with_id (entry->authorization, lanyard_authorization_get_id (existing));
      lanyard_authorization_set_revision (draft, lanyard_authorization_get_revision (existing));
      /* Its name belongs to a third one meanwhile. */
      if (by_id != NULL && by_name != NULL)
        lanyard_authorization_set_name (draft, lanyard_authorization_get_name (by_id));
      return g_steal_pointer (&draft);
    case LANYARD_IMPORT_RENAME:
      draft =
        dup_with_id (entry->authorization,
                     by_id != NULL ? NULL : lanyard_authorization_get_id (entry->authorization));
      return rename_draft (self, draft, error) ? g_steal_pointer (&draft) : NULL;
    }

  g_return_val_if_reached (NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lanyard_manager_save_finish (LANYARD_MANAGER (source), result, &error))
    g_task_return_pointer (task, g_object_ref (g_task_get_task_data (task)), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lanyard_manager_import_async (LanyardManager *self,
                              const LanyardArchiveEntry *entry,
                              LanyardImportMode mode,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LanyardAuthorization) draft = NULL;
  GError *error = NULL;

  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (entry != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_import_async);
  draft = new_draft (self, entry, mode, &error);
  if (draft == NULL)
    {
      if (error != NULL)
        lanyard_manager_return_error (task, lanyard_authorization_get_name (entry->authorization),
                                      error);
      else
        g_task_return_pointer (task, NULL, NULL);
      return;
    }

  g_task_set_task_data (task, g_object_ref (draft), g_object_unref);
  if (entry->credentials != NULL)
    lanyard_manager_save_whole_async (self, draft, entry->credentials, cancellable, saved_cb,
                                      g_steal_pointer (&task));
  else
    {
      /* What became of it elsewhere means nothing without its credentials. */
      lanyard_authorization_reset_state (draft);
      lanyard_manager_save_async (self, draft, NULL, cancellable, saved_cb,
                                  g_steal_pointer (&task));
    }
}

LanyardAuthorization *
lanyard_manager_import_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
