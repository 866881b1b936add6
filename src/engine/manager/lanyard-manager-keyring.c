/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"
#include "lanyard-waiters.h"

typedef struct
{
  LanyardCredentials *credentials;
  LanyardAuthorization *authorization;
} Record;

/* One reading of one item, for all who want to know. */
typedef struct
{
  LanyardManager *manager;
  char *id;
  guint generation;
  GPtrArray *waiting;
} Reading;

static void
record_free (Record *record)
{
  g_clear_pointer (&record->credentials, lanyard_credentials_unref);
  g_clear_object (&record->authorization);
  g_free (record);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) secret =
    lanyard_secret_store_lookup_finish (LANYARD_SECRET_STORE (source), result, &error);
  Record *record;

  lanyard_manager_note_keyring (self, error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (secret == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  record = g_new0 (Record, 1);
  record->credentials = lanyard_record_open (secret, &record->authorization, &error);
  /* The credentials of an item whose visible part is damaged are as good as ever. */
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_INVALID))
    {
      g_clear_error (&error);
      record->credentials = lanyard_record_open (secret, NULL, &error);
    }
  if (record->credentials != NULL)
    {
      g_task_return_pointer (task, record, (GDestroyNotify)record_free);
      return;
    }

  record_free (record);
  g_task_return_error (task, g_steal_pointer (&error));
}

void
lanyard_manager_read_async (LanyardManager *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lanyard_manager_read_async);
  lanyard_secret_store_lookup_async (self->secrets, id, cancellable, looked_up_cb,
                                     g_steal_pointer (&task));
}

LanyardCredentials *
lanyard_manager_read_finish (LanyardManager *self,
                             GAsyncResult *result,
                             LanyardAuthorization **authorization,
                             GError **error)
{
  Record *record = g_task_propagate_pointer (G_TASK (result), error);
  LanyardCredentials *credentials;

  if (record == NULL)
    return NULL;

  credentials = lanyard_credentials_ref (record->credentials);
  if (authorization != NULL)
    *authorization = g_steal_pointer (&record->authorization);
  record_free (record);
  return credentials;
}

/* Adds the credentials under the id that stands beside them. Under one that stands beside others
 * too, nothing is found. */
static void
sort_in (GHashTable *all, GHashTable *seen, LanyardSecret *secret)
{
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = lanyard_record_open (secret, &authorization, NULL);
  const char *id;

  if (credentials == NULL || authorization == NULL)
    return;

  id = lanyard_authorization_get_id (authorization);
  if (g_hash_table_add (seen, g_strdup (id)))
    g_hash_table_insert (all, g_strdup (id), g_steal_pointer (&credentials));
  else
    g_hash_table_remove (all, id);
}

static void
looked_all_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GHashTable) all = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) secrets =
    lanyard_secret_store_lookup_all_finish (LANYARD_SECRET_STORE (source), result, &error);

  lanyard_manager_note_keyring (g_task_get_source_object (task), error);
  if (secrets == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                               (GDestroyNotify)lanyard_credentials_unref);
  /* A secret takes locked memory, of which there is little: none is kept twice for long. */
  for (; secrets->len > 0; g_ptr_array_set_size (secrets, (int)secrets->len - 1))
    sort_in (all, seen, g_ptr_array_index (secrets, secrets->len - 1));
  g_task_return_pointer (task, g_steal_pointer (&all), (GDestroyNotify)g_hash_table_unref);
}

void
lanyard_manager_read_all_async (LanyardManager *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lanyard_manager_read_all_async);
  lanyard_secret_store_lookup_all_async (self->secrets, cancellable, looked_all_up_cb,
                                         g_steal_pointer (&task));
}

GHashTable *
lanyard_manager_read_all_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
return_record (GTask *task, const Record *record, const GError *error)
{
  Record *copy;

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  if (record == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  copy = g_new0 (Record, 1);
  copy->credentials = lanyard_credentials_ref (record->credentials);
  if (record->authorization != NULL)
    copy->authorization = g_object_ref (record->authorization);
  g_task_return_pointer (task, copy, (GDestroyNotify)record_free);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (LanyardManager) self = reading->manager;
  g_autoptr (GPtrArray) waiting = lanyard_waiters_take (&reading->waiting);
  g_autoptr (GError) error = NULL;
  Record *record = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_hash_table_lookup (self->readings, reading->id) == reading)
    g_hash_table_remove (self->readings, reading->id);
  for (guint i = 0; i < waiting->len; i++)
    return_record (g_ptr_array_index (waiting, i), record, error);

  g_clear_pointer (&record, record_free);
  g_free (reading->id);
  g_free (reading);
}

void
lanyard_manager_join_read_async (LanyardManager *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Reading *reading = g_hash_table_lookup (self->readings, id);

  g_task_set_source_tag (task, lanyard_manager_join_read_async);
  /* What was asked before something changed may be answered with what was there before. */
  if (reading != NULL && reading->generation == self->generation)
    {
      lanyard_waiters_add (reading->waiting, g_steal_pointer (&task));
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->manager = g_object_ref (self);
  reading->id = g_strdup (id);
  reading->generation = self->generation;
  reading->waiting = lanyard_waiters_new ();
  g_hash_table_replace (self->readings, reading->id, reading);
  lanyard_waiters_add (reading->waiting, g_steal_pointer (&task));

  lanyard_manager_read_async (self, id, NULL, joined_cb, reading);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  lanyard_secret_store_store_finish (LANYARD_SECRET_STORE (source), result, &error);
  lanyard_manager_note_keyring (g_task_get_source_object (task), error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
lanyard_manager_write_async (LanyardManager *self,
                             LanyardAuthorization *authorization,
                             LanyardCredentials *credentials,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (LanyardSecret) sealed = lanyard_record_seal (authorization, credentials);

  g_task_set_source_tag (task, lanyard_manager_write_async);
  lanyard_manager_forget (self, lanyard_authorization_get_id (authorization));
  lanyard_secret_store_store_async (self->secrets, lanyard_authorization_get_id (authorization),
                                    lanyard_authorization_get_name (authorization), sealed,
                                    cancellable, stored_cb, g_steal_pointer (&task));
}

gboolean
lanyard_manager_write_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  LanyardCredentials *credentials =
    lanyard_manager_read_finish (LANYARD_MANAGER (source), result, NULL, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (credentials == NULL)
    credentials = lanyard_credentials_new ();
  g_task_return_pointer (task, credentials, (GDestroyNotify)lanyard_credentials_unref);
}

void
lanyard_manager_load_credentials_async (LanyardManager *self,
                                        const char *id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_load_credentials_async);
  lanyard_manager_read_async (self, id, cancellable, loaded_cb, g_steal_pointer (&task));
}

LanyardCredentials *
lanyard_manager_load_credentials_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  lanyard_secret_store_unlock_finish (LANYARD_SECRET_STORE (source), result, &error);
  lanyard_manager_note_keyring (g_task_get_source_object (task), error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  lanyard_manager_save_unsaved (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

void
lanyard_manager_unlock_async (LanyardManager *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_unlock_async);
  lanyard_secret_store_unlock_async (self->secrets, cancellable, unlocked_cb,
                                     g_steal_pointer (&task));
}

gboolean
lanyard_manager_unlock_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
