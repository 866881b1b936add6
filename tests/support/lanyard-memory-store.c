/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-memory-store.h"

#include "lanyard-error.h"

struct _LanyardMemoryStore
{
  GObject parent_instance;

  /* Owned */
  GHashTable *items;

  guint counts[LANYARD_MEMORY_STORE_N_CALLS];
  LanyardMemoryStoreCall failing_call;
  guint delay;
  gboolean is_locked;
  gboolean is_dismissing;
  gboolean is_absent;
  gboolean is_failing;
};

typedef struct
{
  char *label;
  LanyardSecret *secret;
} Item;

/* What a call does when its time has come. */
typedef struct
{
  LanyardMemoryStoreCall call;
  char *id;
  char *label;
  LanyardSecret *secret;
} Request;

static void lanyard_memory_store_iface_init (LanyardSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardMemoryStore,
                               lanyard_memory_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SECRET_STORE,
                                                      lanyard_memory_store_iface_init))

static void
free_item (Item *item)
{
  g_free (item->label);
  lanyard_secret_unref (item->secret);
  g_free (item);
}

static void
free_request (Request *request)
{
  g_free (request->id);
  g_free (request->label);
  g_clear_pointer (&request->secret, lanyard_secret_unref);
  g_free (request);
}

static void
put_item (LanyardMemoryStore *self, const char *id, const char *label, LanyardSecret *secret)
{
  Item *item = g_new (Item, 1);

  item->label = g_strdup (label);
  item->secret = lanyard_secret_ref (secret);
  g_hash_table_replace (self->items, g_strdup (id), item);
}

/* Returns why a call fails, or NULL. */
static GError *
make_error (LanyardMemoryStore *self, LanyardMemoryStoreCall call)
{
  gboolean needs_key = call != LANYARD_MEMORY_STORE_LIST && call != LANYARD_MEMORY_STORE_UNLOCK;

  if (self->is_absent)
    return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT, "No keyring");
  if (self->is_failing || self->failing_call == call)
    return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_FAILED, "Keyring fails");
  if (self->is_locked && (needs_key || self->is_dismissing) && call != LANYARD_MEMORY_STORE_LIST)
    return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED, "Keyring locked");

  return NULL;
}

static void
store_item (LanyardMemoryStore *self, Request *request)
{
  Item *item = g_hash_table_lookup (self->items, request->id);

  if (item != NULL && g_str_equal (item->label, request->label) &&
      lanyard_secret_equal (item->secret, request->secret))
    return;

  self->counts[LANYARD_MEMORY_STORE_WRITE]++;
  put_item (self, request->id, request->label, request->secret);
}

static GPtrArray *
dup_secrets (LanyardMemoryStore *self)
{
  GPtrArray *secrets = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_secret_unref);
  GHashTableIter iter;
  Item *item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    g_ptr_array_add (secrets, lanyard_secret_ref (item->secret));
  return secrets;
}

/* Carries out a request that cannot fail any more. */
static void
carry_out (LanyardMemoryStore *self, GTask *task, Request *request)
{
  Item *item;

  switch (request->call)
    {
    case LANYARD_MEMORY_STORE_LOOKUP:
      item = g_hash_table_lookup (self->items, request->id);
      g_task_return_pointer (task, item != NULL ? lanyard_secret_ref (item->secret) : NULL,
                             (GDestroyNotify)lanyard_secret_unref);
      break;

    case LANYARD_MEMORY_STORE_LOOKUP_ALL:
      g_task_return_pointer (task, dup_secrets (self), (GDestroyNotify)g_ptr_array_unref);
      break;

    case LANYARD_MEMORY_STORE_STORE:
      store_item (self, request);
      g_task_return_boolean (task, TRUE);
      break;

    case LANYARD_MEMORY_STORE_REMOVE:
      g_hash_table_remove (self->items, request->id);
      g_task_return_boolean (task, TRUE);
      break;

    case LANYARD_MEMORY_STORE_LIST:
      {
        g_autofree const char **ids =
          (const char **)g_hash_table_get_keys_as_array (self->items, NULL);

        g_task_return_pointer (task, g_strdupv ((char **)ids), (GDestroyNotify)g_strfreev);
      }
      break;

    case LANYARD_MEMORY_STORE_UNLOCK:
      self->is_locked = FALSE;
      g_task_return_boolean (task, TRUE);
      break;

    case LANYARD_MEMORY_STORE_WRITE:
    case LANYARD_MEMORY_STORE_PREPARE:
    case LANYARD_MEMORY_STORE_N_CALLS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
request_due_cb (gpointer user_data)
{
  GTask *task = user_data;
  LanyardMemoryStore *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = make_error (self, request->call);

  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    carry_out (self, task, request);

  return G_SOURCE_REMOVE;
}

static void
start_request (gpointer store,
               LanyardMemoryStoreCall call,
               const char *id,
               const char *label,
               LanyardSecret *secret,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  LanyardMemoryStore *self = LANYARD_MEMORY_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GSource) source =
    self->delay > 0 ? g_timeout_source_new (self->delay) : g_idle_source_new ();
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, start_request);
  self->counts[call]++;
  request->call = call;
  request->id = g_strdup (id);
  request->label = g_strdup (label);
  request->secret = secret != NULL ? lanyard_secret_ref (secret) : NULL;
  g_task_set_task_data (task, request, (GDestroyNotify)free_request);

  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_task_attach_source (task, source, request_due_cb);
}

static void
lanyard_memory_store_lookup_async (LanyardSecretStore *store,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  start_request (store, LANYARD_MEMORY_STORE_LOOKUP, id, NULL, NULL, cancellable, callback,
                 user_data);
}

static gpointer
finish_pointer (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static LanyardSecret *
lanyard_memory_store_lookup_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_memory_store_lookup_all_async (LanyardSecretStore *store,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  start_request (store, LANYARD_MEMORY_STORE_LOOKUP_ALL, NULL, NULL, NULL, cancellable, callback,
                 user_data);
}

static GPtrArray *
lanyard_memory_store_lookup_all_finish (LanyardSecretStore *store,
                                        GAsyncResult *result,
                                        GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_memory_store_store_async (LanyardSecretStore *store,
                                  const char *id,
                                  const char *label,
                                  LanyardSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  start_request (store, LANYARD_MEMORY_STORE_STORE, id, label, secret, cancellable, callback,
                 user_data);
}

static gboolean
finish_boolean (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lanyard_memory_store_remove_async (LanyardSecretStore *store,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  start_request (store, LANYARD_MEMORY_STORE_REMOVE, id, NULL, NULL, cancellable, callback,
                 user_data);
}

static void
lanyard_memory_store_list_async (LanyardSecretStore *store,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  start_request (store, LANYARD_MEMORY_STORE_LIST, NULL, NULL, NULL, cancellable, callback,
                 user_data);
}

static char **
lanyard_memory_store_list_finish (LanyardSecretStore *store, GAsyncResult *result, GError **error)
{
  return finish_pointer (store, result, error);
}

static void
lanyard_memory_store_unlock_async (LanyardSecretStore *store,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  start_request (store, LANYARD_MEMORY_STORE_UNLOCK, NULL, NULL, NULL, cancellable, callback,
                 user_data);
}

static void
lanyard_memory_store_prepare (LanyardSecretStore *store)
{
  LANYARD_MEMORY_STORE (store)->counts[LANYARD_MEMORY_STORE_PREPARE]++;
}

static void
lanyard_memory_store_iface_init (LanyardSecretStoreInterface *iface)
{
  iface->lookup_async = lanyard_memory_store_lookup_async;
  iface->lookup_finish = lanyard_memory_store_lookup_finish;
  iface->lookup_all_async = lanyard_memory_store_lookup_all_async;
  iface->lookup_all_finish = lanyard_memory_store_lookup_all_finish;
  iface->store_async = lanyard_memory_store_store_async;
  iface->store_finish = finish_boolean;
  iface->remove_async = lanyard_memory_store_remove_async;
  iface->remove_finish = finish_boolean;
  iface->list_async = lanyard_memory_store_list_async;
  iface->list_finish = lanyard_memory_store_list_finish;
  iface->unlock_async = lanyard_memory_store_unlock_async;
  iface->unlock_finish = finish_boolean;
  iface->prepare = lanyard_memory_store_prepare;
}

static void
lanyard_memory_store_finalize (GObject *object)
{
  LanyardMemoryStore *self = LANYARD_MEMORY_STORE (object);

  g_hash_table_unref (self->items);

  G_OBJECT_CLASS (lanyard_memory_store_parent_class)->finalize (object);
}

static void
lanyard_memory_store_class_init (LanyardMemoryStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lanyard_memory_store_finalize;
}

static void
lanyard_memory_store_init (LanyardMemoryStore *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)free_item);
  self->failing_call = LANYARD_MEMORY_STORE_N_CALLS;
}

LanyardMemoryStore *
lanyard_memory_store_new (void)
{
  return g_object_new (LANYARD_TYPE_MEMORY_STORE, NULL);
}

void
lanyard_memory_store_set_locked (LanyardMemoryStore *self, gboolean is_locked)
{
  self->is_locked = is_locked;
}

gboolean
lanyard_memory_store_is_locked (LanyardMemoryStore *self)
{
  return self->is_locked;
}

void
lanyard_memory_store_set_dismissing (LanyardMemoryStore *self, gboolean is_dismissing)
{
  self->is_dismissing = is_dismissing;
}

void
lanyard_memory_store_set_absent (LanyardMemoryStore *self, gboolean is_absent)
{
  self->is_absent = is_absent;
}

void
lanyard_memory_store_set_failing (LanyardMemoryStore *self, gboolean is_failing)
{
  self->is_failing = is_failing;
}

void
lanyard_memory_store_set_failing_call (LanyardMemoryStore *self, LanyardMemoryStoreCall call)
{
  self->failing_call = call;
}

void
lanyard_memory_store_set_delay (LanyardMemoryStore *self, guint milliseconds)
{
  self->delay = milliseconds;
}

guint
lanyard_memory_store_count (LanyardMemoryStore *self, LanyardMemoryStoreCall call)
{
  g_return_val_if_fail (call < LANYARD_MEMORY_STORE_N_CALLS, 0);

  return self->counts[call];
}

void
lanyard_memory_store_reset_counts (LanyardMemoryStore *self)
{
  for (guint i = 0; i < LANYARD_MEMORY_STORE_N_CALLS; i++)
    self->counts[i] = 0;
}

void
lanyard_memory_store_put (LanyardMemoryStore *self,
                          const char *id,
                          const char *label,
                          const char *text)
{
  g_autoptr (LanyardSecret) secret = text != NULL ? lanyard_secret_new (text) : NULL;

  if (secret != NULL)
    put_item (self, id, label, secret);
  else
    g_hash_table_remove (self->items, id);
}

const char *
lanyard_memory_store_peek (LanyardMemoryStore *self, const char *id)
{
  Item *item = g_hash_table_lookup (self->items, id);

  return item != NULL ? lanyard_secret_get (item->secret) : NULL;
}

const char *
lanyard_memory_store_peek_label (LanyardMemoryStore *self, const char *id)
{
  Item *item = g_hash_table_lookup (self->items, id);

  return item != NULL ? item->label : NULL;
}
