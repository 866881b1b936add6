/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-private.h"

#include "lanyard-error.h"

/* The keyring of a sandbox: a file of libsecret's, whose password the Secret portal keeps for the
 * app. It is never locked once it is open. libsecret offers it by the same interface as the Secret
 * Service; its functions for passwords lead there, but always to the one instance that they keep,
 * so the methods are called here on ours. */

static const SecretSchema schema = {
  .name = LANYARD_SECRET_SCHEMA,
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "id", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static SecretBackendInterface *
get_iface (LanyardKeyringCall *call)
{
  return G_TYPE_INSTANCE_GET_INTERFACE (call->backend, SECRET_TYPE_BACKEND, SecretBackendInterface);
}

/* The attributes of the item, or with a NULL id those that all have. */
static GHashTable *
get_attributes (LanyardKeyringCall *call)
{
  if (call->attributes == NULL)
    {
      call->attributes = g_hash_table_new (g_str_hash, g_str_equal);
      if (call->id != NULL)
        g_hash_table_insert (call->attributes, (char *)"id", call->id);
    }

  return call->attributes;
}

static void
return_done (LanyardKeyringCall *call)
{
  lanyard_keyring_call_return (call, GINT_TO_POINTER (TRUE), NULL);
}

/* What fails is a file: its own words are the best there are. Where another program has written it
 * meanwhile, the call begins again with what is there now. */
static void
return_error (LanyardKeyringCall *call, GError *error)
{
  g_autoptr (GError) owned_error = error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG) &&
      lanyard_keyring_call_retry (call))
    return;

  lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_failed_error (error->message));
}

static LanyardSecret *
take_secret (SecretValue *value)
{
  LanyardSecret *secret;
  const char *text;
  gsize length;

  if (value == NULL)
    return NULL;

  text = secret_value_get (value, &length);
  secret = lanyard_secret_new_bytes (text, length);
  secret_value_unref (value);

  return secret;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  LanyardSecret *secret =
    take_secret (get_iface (call)->lookup_finish (SECRET_BACKEND (source), result, &error));

  if (error != NULL)
    return_error (call, error);
  else
    lanyard_keyring_call_return (call, secret, (GDestroyNotify)lanyard_secret_unref);
}

/* None of these is cancelled: they take a moment, and libsecret does not always survive it. A call
 * that was cancelled has ended by itself, and drops what comes. */
static void
lookup (LanyardKeyringCall *call)
{
  get_iface (call)->lookup (call->backend, &schema, get_attributes (call), NULL, looked_up_cb,
                            g_object_ref (call->task));
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_stored = get_iface (call)->store_finish (SECRET_BACKEND (source), result, &error);

  lanyard_keyring_drop_file (g_task_get_source_object (task));
  if (is_stored)
    return_done (call);
  else
    return_error (call, error);
}

static void
write_item (LanyardKeyringCall *call)
{
  SecretValue *value =
    secret_value_new (lanyard_secret_get (call->secret),
                      (gssize)lanyard_secret_get_length (call->secret), "application/json");

  get_iface (call)->store (call->backend, &schema, get_attributes (call), NULL, call->label, value,
                           NULL, stored_cb, g_object_ref (call->task));
  secret_value_unref (value);
}

static void
retrieved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  SecretRetrievable *item = SECRET_RETRIEVABLE (source);
  g_autofree char *label = secret_retrievable_get_label (item);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSecret) secret =
    take_secret (secret_retrievable_retrieve_secret_finish (item, result, &error));

  if (call->is_done)
    return;

  if (g_strcmp0 (label, call->label) == 0 && lanyard_secret_equal (secret, call->secret))
    return_done (call);
  else
    write_item (call);
}

static void
store_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  GList *items = get_iface (call)->search_finish (SECRET_BACKEND (source), result, &error);

  if (error != NULL)
    return_error (call, error);
  else if (!call->is_done && items != NULL)
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (items->data), NULL, retrieved_cb,
                                        g_object_ref (task));
  else if (!call->is_done)
    write_item (call);

  g_list_free_full (items, g_object_unref);
}

static void
search (LanyardKeyringCall *call, GAsyncReadyCallback callback)
{
  get_iface (call)->search (call->backend, &schema, get_attributes (call), SECRET_SEARCH_ALL, NULL,
                            callback, g_object_ref (call->task));
}

static void
store (LanyardKeyringCall *call)
{
  search (call, store_found_cb);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  /* FALSE without an error says that there was nothing to remove. */
  get_iface (call)->clear_finish (SECRET_BACKEND (source), result, &error);
  lanyard_keyring_drop_file (g_task_get_source_object (task));
  if (error != NULL)
    return_error (call, error);
  else
    return_done (call);
}

static void
remove_item (LanyardKeyringCall *call)
{
  get_iface (call)->clear (call->backend, &schema, get_attributes (call), NULL, removed_cb,
                           g_object_ref (call->task));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GError *error = NULL;
  GList *items = get_iface (call)->search_finish (SECRET_BACKEND (source), result, &error);

  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr (GHashTable) attributes =
        secret_retrievable_get_attributes (SECRET_RETRIEVABLE (l->data));
      const char *id = g_hash_table_lookup (attributes, "id");

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  g_list_free_full (items, g_object_unref);

  if (error != NULL)
    return_error (call, error);
  else
    lanyard_keyring_call_return (call, g_strv_builder_end (ids), (GDestroyNotify)g_strfreev);
}

static void read_next (LanyardKeyringCall *call);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  LanyardSecret *secret = take_secret (
    secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, NULL));

  if (secret != NULL)
    g_ptr_array_add (call->secrets, secret);
  if (!call->is_done)
    read_next (call);
}

static void
read_next (LanyardKeyringCall *call)
{
  g_autoptr (GObject) item = g_queue_pop_head (call->items);

  if (item != NULL)
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (item), NULL, read_cb,
                                        g_object_ref (call->task));
  else
    lanyard_keyring_call_return (call, g_steal_pointer (&call->secrets),
                                 (GDestroyNotify)g_ptr_array_unref);
}

static void
all_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  GList *items = get_iface (call)->search_finish (SECRET_BACKEND (source), result, &error);

  if (error != NULL)
    {
      return_error (call, error);
      return;
    }

  call->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_secret_unref);
  call->items = g_queue_new ();
  for (GList *l = items; l != NULL; l = l->next)
    g_queue_push_tail (call->items, l->data);
  g_list_free (items);
  if (!call->is_done)
    read_next (call);
}

static void
lookup_all (LanyardKeyringCall *call)
{
  search (call, all_found_cb);
}

static void
list (LanyardKeyringCall *call)
{
  search (call, listed_cb);
}

const LanyardKeyringActions lanyard_keyring_file_actions = {
  .lookup = lookup,
  .lookup_all = lookup_all,
  .store = store,
  .remove = remove_item,
  .list = list,
  .unlock = return_done,
};
