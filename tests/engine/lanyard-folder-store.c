/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-folder-store.h"

#include <glib/gstdio.h>

struct _LanyardFolderStore
{
  GObject parent_instance;

  /* Owned */
  char *folder;

  /* Borrowed */
  LanyardFolderStoreFunc func;
  gpointer func_data;
};

static void lanyard_folder_store_iface_init (LanyardSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardFolderStore,
                               lanyard_folder_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SECRET_STORE,
                                                      lanyard_folder_store_iface_init))

static void
tell (LanyardFolderStore *self, const char *event)
{
  if (self->func != NULL)
    self->func (event, self->func_data);
}

static void
lanyard_folder_store_lookup_async (LanyardSecretStore *store,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  LanyardFolderStore *self = LANYARD_FOLDER_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_build_filename (self->folder, id, NULL);
  char *text = NULL;

  tell (self, "lookup");
  g_file_get_contents (path, &text, NULL, NULL);
  g_task_return_pointer (task, lanyard_secret_new_take (text),
                         (GDestroyNotify)lanyard_secret_unref);
}

static gpointer
finish_pointer (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static LanyardSecret *
lanyard_folder_store_lookup_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_folder_store_lookup_all_async (LanyardSecretStore *store,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  LanyardFolderStore *self = LANYARD_FOLDER_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  GPtrArray *secrets = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_secret_unref);
  const char *name;

  tell (self, "lookup-all");
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        g_ptr_array_add (secrets, lanyard_secret_new_take (text));
    }
  g_task_return_pointer (task, secrets, (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
lanyard_folder_store_lookup_all_finish (LanyardSecretStore *store,
                                        GAsyncResult *result,
                                        GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_folder_store_store_async (LanyardSecretStore *store,
                                  const char *id,
                                  const char *label,
                                  LanyardSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LanyardFolderStore *self = LANYARD_FOLDER_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_build_filename (self->folder, id, NULL);

  tell (self, "store");
  /* In place of the old one or not at all, as a keyring does it. */
  g_assert_true (g_file_set_contents (path, lanyard_secret_get (secret),
                                      (gssize)lanyard_secret_get_length (secret), NULL));
  tell (self, "stored");
  g_task_return_boolean (task, TRUE);
}

static void
lanyard_folder_store_remove_async (LanyardSecretStore *store,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  LanyardFolderStore *self = LANYARD_FOLDER_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_build_filename (self->folder, id, NULL);

  tell (self, "remove");
  g_remove (path);
  tell (self, "removed");
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish_boolean (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lanyard_folder_store_list_async (LanyardSecretStore *store,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  LanyardFolderStore *self = LANYARD_FOLDER_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *name;

  tell (self, "list");
  while ((name = g_dir_read_name (dir)) != NULL)
    g_strv_builder_add (builder, name);
  g_task_return_pointer (task, g_strv_builder_end (builder), (GDestroyNotify)g_strfreev);
}

static char **
lanyard_folder_store_list_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_folder_store_unlock_async (LanyardSecretStore *store,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
lanyard_folder_store_iface_init (LanyardSecretStoreInterface *iface)
{
  iface->lookup_async = lanyard_folder_store_lookup_async;
  iface->lookup_finish = lanyard_folder_store_lookup_finish;
  iface->lookup_all_async = lanyard_folder_store_lookup_all_async;
  iface->lookup_all_finish = lanyard_folder_store_lookup_all_finish;
  iface->store_async = lanyard_folder_store_store_async;
  iface->store_finish = finish_boolean;
  iface->remove_async = lanyard_folder_store_remove_async;
  iface->remove_finish = finish_boolean;
  iface->list_async = lanyard_folder_store_list_async;
  iface->list_finish = lanyard_folder_store_list_finish;
  iface->unlock_async = lanyard_folder_store_unlock_async;
  iface->unlock_finish = finish_boolean;
}

static void
lanyard_folder_store_finalize (GObject *object)
{
  g_free (LANYARD_FOLDER_STORE (object)->folder);

  G_OBJECT_CLASS (lanyard_folder_store_parent_class)->finalize (object);
}

static void
lanyard_folder_store_class_init (LanyardFolderStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_folder_store_finalize;
}

static void
lanyard_folder_store_init (LanyardFolderStore *self)
{
}

LanyardFolderStore *
lanyard_folder_store_new (const char *folder, LanyardFolderStoreFunc func, gpointer user_data)
{
  LanyardFolderStore *self = g_object_new (LANYARD_TYPE_FOLDER_STORE, NULL);

  self->folder = g_strdup (folder);
  self->func = func;
  self->func_data = user_data;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return self;
}
