/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-export.h"

#include "lanyard-error.h"
#include "lanyard-manager-private.h"
#include "lanyard-sealed-box.h"

#include <glib/gi18n-lib.h>

/* Reading a secret by itself takes about so many times as long as reading it among all. */
#define PRICE_OF_ONE 8

typedef struct
{
  /* What is yet to be read, the first one first. */
  GQueue rows;
  /* By id, what was read at once; NULL where little is wanted. */
  GHashTable *credentials;
  GPtrArray *entries;
  LanyardSecret *passphrase;

  guint n_all;
} Export;

typedef struct
{
  GBytes *content;
  LanyardSecret *passphrase;
} Opening;

static void read_next (GTask *task);

static void
export_free (Export *export)
{
  g_queue_clear_full (&export->rows, g_object_unref);
  g_clear_pointer (&export->credentials, g_hash_table_unref);
  g_ptr_array_unref (export->entries);
  g_clear_pointer (&export->passphrase, lanyard_secret_unref);
  g_free (export);
}

static void
opening_free (Opening *opening)
{
  g_bytes_unref (opening->content);
  g_clear_pointer (&opening->passphrase, lanyard_secret_unref);
  g_free (opening);
}

/* Making the key of a passphrase takes its time, on purpose. The thread has a task of its own,
 * which knows no manager: the last to let go of an object must be the main thread. */
static void
run_in_thread (GTask *task, GAsyncReadyCallback callback, GTaskThreadFunc func)
{
  g_autoptr (GTask) part =
    g_task_new (NULL, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, func);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *content = g_task_propagate_pointer (G_TASK (result), &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr (LanyardSecret) text = lanyard_archive_write (export->entries);
  GError *error = NULL;
  GBytes *content;

  if (export->passphrase != NULL)
    content = lanyard_sealed_box_seal (text, export->passphrase, LANYARD_SEALED_BOX_COST, &error);
  else
    content = g_bytes_new (lanyard_secret_get (text), lanyard_secret_get_length (text));

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (LanyardAuthorization) row = g_queue_pop_head (&export->rows);
  g_autoptr (LanyardCredentials) credentials = NULL;
  GError *error = NULL;

  credentials = lanyard_manager_load_credentials_finish (LANYARD_MANAGER (source), result, &error);
  if (credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_add (export->entries, lanyard_archive_entry_new (row, credentials));
  read_next (task);
}

/* Takes the next one, if it was read among all. */
static gboolean
take_next (Export *export)
{
  LanyardAuthorization *row = g_queue_peek_head (&export->rows);
  LanyardCredentials *credentials = NULL;

  if (row != NULL && export->credentials != NULL)
    credentials = g_hash_table_lookup (export->credentials, lanyard_authorization_get_id (row));
  if (credentials == NULL)
    return FALSE;

  g_ptr_array_add (export->entries, lanyard_archive_entry_new (row, credentials));
  g_object_unref (g_queue_pop_head (&export->rows));
  return TRUE;
}

static void
read_next (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  LanyardAuthorization *row;

  while (take_next (export))
    ;
  row = g_queue_peek_head (&export->rows);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (row == NULL)
    run_in_thread (task, written_cb, write_thread);
  else
    lanyard_manager_load_credentials_async (
      g_task_get_source_object (task), lanyard_authorization_get_id (row),
      g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
read_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->credentials = lanyard_manager_read_all_finish (LANYARD_MANAGER (source), result, &error);
  if (export->credentials == NULL)
    g_task_return_error (task, error);
  else
    read_next (task);
}

static void
read_rows (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);

  if (export->rows.length > 1 && export->rows.length >= export->n_all / PRICE_OF_ONE)
    lanyard_manager_read_all_async (self, g_task_get_cancellable (task), read_all_cb,
                                    g_object_ref (task));
  else
    read_next (task);
}

/* Finds what is to be exported. What became of an authorization means nothing without its
 * credentials. */
static gboolean
choose (LanyardManager *self, Export *export, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) rows = lanyard_database_load_all (self->database, error);

  if (rows == NULL)
    return FALSE;

  export->n_all = rows->len;
  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);

      if (ids != NULL && !g_strv_contains (ids, lanyard_authorization_get_id (row)))
        continue;
      if (export->passphrase != NULL)
        {
          g_queue_push_tail (&export->rows, g_object_ref (row));
          continue;
        }
      lanyard_authorization_reset_state (row);
      g_ptr_array_add (export->entries, lanyard_archive_entry_new (row, NULL));
    }
  return TRUE;
}

void
lanyard_manager_export_async (LanyardManager *self,
                              const char *const *ids,
                              LanyardSecret *passphrase,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Export *export;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_export_async);
  export = g_new0 (Export, 1);
  g_queue_init (&export->rows);
  export->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_archive_entry_free);
  export->passphrase = passphrase != NULL ? lanyard_secret_ref (passphrase) : NULL;
  g_task_set_task_data (task, export, (GDestroyNotify)export_free);

  /* Before the keyring is asked: nobody wants to unlock it for nothing. */
  if ((passphrase == NULL || lanyard_sealed_box_check_passphrase (passphrase, &error)) &&
      choose (self, export, ids, &error))
    read_rows (task);
  else
    g_task_return_error (task, error);
}

GBytes *
lanyard_manager_export_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autoptr (LanyardSecret) text = NULL;
  GPtrArray *entries = NULL;
  GError *error = NULL;
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (opening->content, &length);

  if (!lanyard_sealed_box_is_sealed (data, length))
    text = lanyard_secret_new_bytes (data, length);
  else if (opening->passphrase != NULL)
    text = lanyard_sealed_box_open (opening->content, opening->passphrase, &error);
  else
    g_set_error_literal (&error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
                         _ ("This export is encrypted; give the passphrase it was made with"));

  if (text != NULL)
    entries = lanyard_archive_read (text, &error);
  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *entries = g_task_propagate_pointer (G_TASK (result), &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
lanyard_manager_open_export_async (LanyardManager *self,
                                   GBytes *content,
                                   LanyardSecret *passphrase,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (content != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_open_export_async);
  if (g_bytes_get_size (content) > LANYARD_ARCHIVE_MAX_SIZE)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                               _ ("This file is too large to be an export of Lanyard"));
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->content = g_bytes_ref (content);
  opening->passphrase = passphrase != NULL ? lanyard_secret_ref (passphrase) : NULL;
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  run_in_thread (task, opened_cb, open_thread);
}

GPtrArray *
lanyard_manager_open_export_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
