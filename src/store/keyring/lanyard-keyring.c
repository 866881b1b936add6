/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring.h"

#include <sys/stat.h>

#include "lanyard-keyring-open.h"
#include "lanyard-keyring-private.h"

/* In milliseconds. */
#define PATIENCE (25 * 1000)
#define UNLOCK_PATIENCE (5 * 60 * 1000)

struct _LanyardKeyring
{
  GObject parent_instance;

  /* Owned */
  LanyardOpenKeyring *keyring;
  GCancellable *opening;
  /* By id, what was read of an item. */
  GHashTable *known_items;
  GPtrArray *waiting;
  char *file_etag;

  guint patience;
  guint unlock_patience;
  gboolean is_file_stale;
};

/* Belongs to the callback, not to the task, which the thread may let go of last. */
typedef struct
{
  LanyardKeyring *self;
  GCancellable *opening;
} Opening;

/* Where an item was found, and which secret it held then: a digest, so that no secret is kept. */
typedef struct
{
  char *path;
  char *digest;
} KnownItem;

typedef enum
{
  PROP_PATIENCE = 1,
  PROP_UNLOCK_PATIENCE,
  N_PROPS
} Property;

static GParamSpec *properties[N_PROPS];

static void lanyard_keyring_iface_init (LanyardSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardKeyring,
                               lanyard_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SECRET_STORE,
                                                      lanyard_keyring_iface_init))

static void
known_item_free (KnownItem *item)
{
  g_free (item->path);
  g_free (item->digest);
  g_free (item);
}

static char *
make_digest (LanyardSecret *secret)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      (const guchar *)lanyard_secret_get (secret),
                                      lanyard_secret_get_length (secret));
}

/* What changes whenever libsecret's file is written, NULL while there is none. Not by GFile, whose
 * start-up (it looks for modules) would be a good part of what the first secret costs. */
static char *
read_file_etag (void)
{
  g_autofree char *path =
    g_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring", NULL);
  struct stat info;

  if (stat (path, &info) == -1)
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ":%" G_GUINT64_FORMAT,
                          (gint64)info.st_mtim.tv_sec, (gint64)info.st_mtim.tv_nsec,
                          (guint64)info.st_ino);
}

static void
drop_keyring (LanyardKeyring *self)
{
  self->is_file_stale = self->keyring != NULL && self->keyring->file != NULL;
  g_clear_pointer (&self->keyring, lanyard_open_keyring_free);
  g_hash_table_remove_all (self->known_items);
}

static void
run_call (LanyardKeyring *self, GTask *task)
{
  LanyardKeyringCall *call = g_task_get_task_data (task);
  const LanyardKeyringActions *actions;
  LanyardKeyringStep step;

  g_set_object (&call->service, self->keyring->service);
  g_set_object (&call->backend, self->keyring->file);
  actions =
    call->service != NULL ? &lanyard_keyring_service_actions : &lanyard_keyring_file_actions;
  step = G_STRUCT_MEMBER (LanyardKeyringStep, actions, call->action);
  step (call);
}

static void start_call (LanyardKeyring *self, GTask *task);

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Opening *data = user_data;
  g_autoptr (LanyardKeyring) self = data->self;
  g_autoptr (GCancellable) opening = data->opening;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardOpenKeyring) keyring = lanyard_open_keyring_finish (result, &error);
  g_autoptr (GPtrArray) waiting = NULL;

  /* Nobody waited for it any more. */
  if (self->opening != opening)
    return;

  g_clear_object (&self->opening);
  self->keyring = g_steal_pointer (&keyring);
  waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error == NULL)
        start_call (self, task);
      else
        lanyard_keyring_call_return_error (g_task_get_task_data (task), g_error_copy (error));
    }
}

static void
start_opening (LanyardKeyring *self)
{
  Opening *data = g_new (Opening, 1);

  self->opening = g_cancellable_new ();
  data->self = g_object_ref (self);
  data->opening = g_object_ref (self->opening);

  /* Before it is read: what is written while it is read will be noticed. */
  g_free (self->file_etag);
  self->file_etag = read_file_etag ();
  lanyard_open_keyring_async (self->is_file_stale, self->opening, opened_cb, data);
}

static void
start_call (LanyardKeyring *self, GTask *task)
{
  if (self->keyring != NULL && self->keyring->file != NULL)
    {
      g_autofree char *etag = read_file_etag ();

      if (g_strcmp0 (etag, self->file_etag) != 0)
        drop_keyring (self);
    }

  if (self->keyring != NULL)
    {
      run_call (self, task);
      return;
    }

  g_ptr_array_add (self->waiting, g_object_ref (task));
  if (self->opening == NULL)
    start_opening (self);
}

static GTask *
make_call (LanyardSecretStore *store,
           gsize action,
           const char *id,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  LanyardKeyring *self = LANYARD_KEYRING (store);
  gboolean is_unlock = action == G_STRUCT_OFFSET (LanyardKeyringActions, unlock);
  GTask *task;
  LanyardKeyringCall *call;

  task = lanyard_keyring_call_new (self, action, is_unlock ? self->unlock_patience : self->patience,
                                   cancellable, callback, user_data);
  g_task_set_source_tag (task, make_call);
  call = g_task_get_task_data (task);
  call->id = g_strdup (id);

  return task;
}

static gpointer
finish_pointer (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error) != NULL;
}

static void
lanyard_keyring_lookup_async (LanyardSecretStore *store,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = make_call (store, G_STRUCT_OFFSET (LanyardKeyringActions, lookup), id,
                                      cancellable, callback, user_data);

  start_call (LANYARD_KEYRING (store), task);
}

static LanyardSecret *
lanyard_keyring_lookup_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_keyring_lookup_all_async (LanyardSecretStore *store,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = make_call (store, G_STRUCT_OFFSET (LanyardKeyringActions, lookup_all),
                                      NULL, cancellable, callback, user_data);

  start_call (LANYARD_KEYRING (store), task);
}

static GPtrArray *
lanyard_keyring_lookup_all_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_keyring_store_async (LanyardSecretStore *store,
                             const char *id,
                             const char *label,
                             LanyardSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = make_call (store, G_STRUCT_OFFSET (LanyardKeyringActions, store), id,
                                      cancellable, callback, user_data);
  LanyardKeyringCall *call = g_task_get_task_data (task);

  call->label = g_strdup (label);
  call->secret = lanyard_secret_ref (secret);
  start_call (LANYARD_KEYRING (store), task);
}

static void
lanyard_keyring_remove_async (LanyardSecretStore *store,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = make_call (store, G_STRUCT_OFFSET (LanyardKeyringActions, remove), id,
                                      cancellable, callback, user_data);

  start_call (LANYARD_KEYRING (store), task);
}

static void
lanyard_keyring_list_async (LanyardSecretStore *store,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = make_call (store, G_STRUCT_OFFSET (LanyardKeyringActions, list), NULL,
                                      cancellable, callback, user_data);

  start_call (LANYARD_KEYRING (store), task);
}

static char **
lanyard_keyring_list_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_keyring_unlock_async (LanyardSecretStore *store,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = make_call (store, G_STRUCT_OFFSET (LanyardKeyringActions, unlock), NULL,
                                      cancellable, callback, user_data);

  start_call (LANYARD_KEYRING (store), task);
}

static void
lanyard_keyring_prepare (LanyardSecretStore *store)
{
  LanyardKeyring *self = LANYARD_KEYRING (store);

  if (self->keyring == NULL && self->opening == NULL)
    start_opening (self);
}

static void
lanyard_keyring_iface_init (LanyardSecretStoreInterface *iface)
{
  iface->lookup_async = lanyard_keyring_lookup_async;
  iface->lookup_finish = lanyard_keyring_lookup_finish;
  iface->lookup_all_async = lanyard_keyring_lookup_all_async;
  iface->lookup_all_finish = lanyard_keyring_lookup_all_finish;
  iface->store_async = lanyard_keyring_store_async;
  iface->store_finish = finish_boolean;
  iface->remove_async = lanyard_keyring_remove_async;
  iface->remove_finish = finish_boolean;
  iface->list_async = lanyard_keyring_list_async;
  iface->list_finish = lanyard_keyring_list_finish;
  iface->unlock_async = lanyard_keyring_unlock_async;
  iface->unlock_finish = finish_boolean;
  iface->prepare = lanyard_keyring_prepare;
}

static void
lanyard_keyring_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  LanyardKeyring *self = LANYARD_KEYRING (object);

  switch ((Property)property_id)
    {
    case PROP_PATIENCE:
      self->patience = g_value_get_uint (value);
      break;

    case PROP_UNLOCK_PATIENCE:
      self->unlock_patience = g_value_get_uint (value);
      break;

    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
lanyard_keyring_finalize (GObject *object)
{
  LanyardKeyring *self = LANYARD_KEYRING (object);

  g_clear_pointer (&self->keyring, lanyard_open_keyring_free);
  g_clear_object (&self->opening);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->known_items);
  g_free (self->file_etag);

  G_OBJECT_CLASS (lanyard_keyring_parent_class)->finalize (object);
}

static void
lanyard_keyring_class_init (LanyardKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lanyard_keyring_set_property;
  object_class->finalize = lanyard_keyring_finalize;

  properties[PROP_PATIENCE] =
    g_param_spec_uint ("patience", NULL, NULL, 0, G_MAXINT, PATIENCE, flags);
  properties[PROP_UNLOCK_PATIENCE] =
    g_param_spec_uint ("unlock-patience", NULL, NULL, 0, G_MAXINT, UNLOCK_PATIENCE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lanyard_keyring_init (LanyardKeyring *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->known_items =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)known_item_free);
}

LanyardSecretStore *
lanyard_keyring_new (void)
{
  return g_object_new (LANYARD_TYPE_KEYRING, NULL);
}

void
lanyard_keyring_restart (LanyardKeyring *self, GTask *task)
{
  LanyardKeyringCall *call = g_task_get_task_data (task);

  /* Another call may have opened it anew already. */
  if (self->keyring != NULL && self->keyring->service == call->service &&
      self->keyring->file == call->backend)
    drop_keyring (self);

  start_call (self, task);
}

void
lanyard_keyring_know_item (LanyardKeyring *self,
                           const char *id,
                           const char *path,
                           LanyardSecret *secret)
{
  KnownItem *item = g_new (KnownItem, 1);

  item->path = g_strdup (path);
  item->digest = make_digest (secret);
  g_hash_table_replace (self->known_items, g_strdup (id), item);
}

void
lanyard_keyring_forget_item (LanyardKeyring *self, const char *id)
{
  g_hash_table_remove (self->known_items, id);
}

const char *
lanyard_keyring_get_path (LanyardKeyring *self, const char *id)
{
  const KnownItem *item = g_hash_table_lookup (self->known_items, id);

  return item != NULL ? item->path : NULL;
}

const char *
lanyard_keyring_find_other (LanyardKeyring *self, const char *id, LanyardSecret *secret)
{
  const KnownItem *item = g_hash_table_lookup (self->known_items, id);
  g_autofree char *digest = NULL;

  if (item == NULL)
    return NULL;

  digest = make_digest (secret);
  return g_str_equal (digest, item->digest) ? NULL : item->path;
}

void
lanyard_keyring_drop_file (LanyardKeyring *self)
{
  if (self->keyring != NULL && self->keyring->file != NULL)
    drop_keyring (self);
}

void
lanyard_keyring_forget (LanyardKeyring *self, GTask *task)
{
  if (g_ptr_array_remove (self->waiting, task) && self->waiting->len == 0)
    {
      g_cancellable_cancel (self->opening);
      g_clear_object (&self->opening);
    }
}
