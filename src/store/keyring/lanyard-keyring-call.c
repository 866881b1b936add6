/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-call.h"

#include <glib/gi18n-lib.h>

#include "lanyard-error.h"
#include "lanyard-keyring-private.h"
#include "lanyard-text.h"

#define MAX_QUOTED 200

/* What the bus says when the keyring that was spoken to is not there any more, and the keyring when
 * it has forgotten its sessions, or when another program has just removed an item. */
static const char *const stale_errors[] = {
  "org.freedesktop.Secret.Error.NoSession",
  "org.freedesktop.Secret.Error.NoSuchObject",
  "org.freedesktop.DBus.Error.Disconnected",
  "org.freedesktop.DBus.Error.NameHasNoOwner",
  "org.freedesktop.DBus.Error.NoReply",
  "org.freedesktop.DBus.Error.ServiceUnknown",
  "org.freedesktop.DBus.Error.UnknownMethod",
  "org.freedesktop.DBus.Error.UnknownObject",
  NULL,
};

/* Of what a bus can say: that there is something, and it does not do what was asked for. */
static const char *const refusals[] = {
  "org.freedesktop.DBus.Error.Failed",
  "org.freedesktop.DBus.Error.InvalidArgs",
  "org.freedesktop.DBus.Error.LimitsExceeded",
  "org.freedesktop.DBus.Error.NotSupported",
  "org.freedesktop.DBus.Error.UnknownMethod",
  "org.freedesktop.DBus.Error.UnknownObject",
  NULL,
};

static void
clear_items (LanyardKeyringCall *call)
{
  if (call->items != NULL)
    g_queue_free_full (call->items, g_object_unref);
  call->items = NULL;
}

/* What was asked ahead by one try of a call is of no use to the next. */
typedef struct
{
  GTask *task;
  guint number;
} Ahead;

static void
clear_ahead (LanyardKeyringCall *call)
{
  g_clear_pointer (&call->path_ahead, g_free);
  g_clear_pointer (&call->reply_ahead, g_variant_unref);
  call->after_ahead = NULL;
  call->is_ahead_pending = FALSE;
  call->n_ahead++;
}

static void
free_call (LanyardKeyringCall *call)
{
  g_free (call->id);
  g_free (call->label);
  g_free (call->path);
  clear_ahead (call);
  g_clear_pointer (&call->secret, lanyard_secret_unref);
  g_clear_pointer (&call->paths, g_variant_unref);
  g_clear_pointer (&call->secrets, g_ptr_array_unref);
  clear_items (call);
  g_clear_pointer (&call->ids, g_hash_table_unref);
  g_clear_pointer (&call->attributes, g_hash_table_unref);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->service);
  g_clear_object (&call->backend);
  g_free (call);
}

static gboolean
is_stale (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  /* The bus itself may have gone, and another one be there. */
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
         (name != NULL && g_strv_contains (stale_errors, name));
}

static gboolean
is_locked_error (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_strcmp0 (name, "org.freedesktop.Secret.Error.IsLocked") == 0;
}

/* Whether a keyring answered, rather than nobody. */
static gboolean
is_answer (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name == NULL)
    return error->domain == SECRET_ERROR;

  return !g_str_has_prefix (name, "org.freedesktop.DBus.") || g_strv_contains (refusals, name);
}

/* Turns what went wrong into what the person can do about it. */
static GError *
translate_error (const GError *error)
{
  g_autoptr (GError) words = NULL;

  if (error->domain == LANYARD_ERROR || lanyard_error_is_cancelled (error))
    return g_error_copy (error);

  if (is_locked_error (error))
    return lanyard_keyring_call_make_locked_error ();

  if (!is_answer (error))
    return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT,
                                _ ("No keyring answers. Start one, such as GNOME Keyring, and try "
                                   "again."));

  words = g_error_copy (error);
  g_dbus_error_strip_remote_error (words);
  return lanyard_keyring_call_make_failed_error (words->message);
}

/* Ends a call: whatever is still under way for it is not waited for. */
static gboolean
end_call (LanyardKeyringCall *call)
{
  if (call->is_done)
    return FALSE;

  call->is_done = TRUE;
  g_source_destroy (call->patience_source);
  g_clear_pointer (&call->patience_source, g_source_unref);
  if (call->cancelled_source != NULL)
    g_source_destroy (call->cancelled_source);
  g_clear_pointer (&call->cancelled_source, g_source_unref);

  return TRUE;
}

/* Ends a call before its time. The caller holds a reference to the task. */
static void
abort_call (LanyardKeyringCall *call, GError *error)
{
  g_autoptr (GTask) task = g_object_ref (call->task);

  if (end_call (call))
    {
      g_task_return_error (task, error);
      lanyard_keyring_forget (g_task_get_source_object (task), task);
      g_cancellable_cancel (call->cancellable);
    }
}

static gboolean
patience_over_cb (gpointer user_data)
{
  abort_call (user_data,
              g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT,
                                   _ ("The keyring does not answer. Perhaps it waits for you in "
                                      "another window; if not, start it anew and try again.")));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  abort_call (user_data, error);

  return G_SOURCE_REMOVE;
}

static void
reply_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (call->is_done)
    {
      g_clear_error (&error);
      return;
    }

  if (reply != NULL)
    {
      call->next (call, reply);
      return;
    }

  if (is_stale (error) && lanyard_keyring_call_retry (call))
    g_error_free (error);
  else
    lanyard_keyring_call_return_error (call, error);
}

/* Whatever went wrong will go wrong again when it is asked in its turn. */
static void
ahead_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Ahead *ahead = user_data;
  g_autoptr (GTask) task = ahead->task;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (call->is_done || ahead->number != call->n_ahead)
    return;

  call->is_ahead_pending = FALSE;
  call->reply_ahead = g_steal_pointer (&reply);
  if (call->after_ahead != NULL)
    call->after_ahead (call);
}

GTask *
lanyard_keyring_call_new (gpointer keyring,
                          gsize action,
                          guint patience,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (keyring, cancellable, callback, user_data);
  LanyardKeyringCall *call = g_new0 (LanyardKeyringCall, 1);

  g_task_set_task_data (task, call, (GDestroyNotify)free_call);
  call->task = task;
  call->action = action;
  call->cancellable = g_cancellable_new ();

  call->patience_source = g_timeout_source_new (patience);
  g_source_set_callback (call->patience_source, patience_over_cb, call, NULL);
  g_source_attach (call->patience_source, g_task_get_context (task));

  if (cancellable != NULL)
    {
      call->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (call->cancelled_source, G_SOURCE_FUNC (cancelled_cb), call, NULL);
      g_source_attach (call->cancelled_source, g_task_get_context (task));
    }

  return task;
}

void
lanyard_keyring_call_return (LanyardKeyringCall *call, gpointer result, GDestroyNotify free_result)
{
  if (end_call (call))
    g_task_return_pointer (call->task, result, free_result);
  else if (free_result != NULL && result != NULL)
    free_result (result);
}

void
lanyard_keyring_call_return_error (LanyardKeyringCall *call, GError *error)
{
  if (end_call (call))
    g_task_return_error (call->task, translate_error (error));
  g_error_free (error);
}

gboolean
lanyard_keyring_call_retry (LanyardKeyringCall *call)
{
  if (call->is_second_try)
    return FALSE;

  call->is_second_try = TRUE;
  call->position = 0;
  clear_ahead (call);
  g_clear_pointer (&call->path, g_free);
  g_clear_pointer (&call->paths, g_variant_unref);
  g_clear_pointer (&call->secrets, g_ptr_array_unref);
  clear_items (call);
  g_clear_pointer (&call->ids, g_hash_table_unref);
  lanyard_keyring_restart (g_task_get_source_object (call->task), call->task);

  return TRUE;
}

GError *
lanyard_keyring_call_make_locked_error (void)
{
  return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED,
                              _ ("The keyring is locked. Unlock it and try again."));
}

GError *
lanyard_keyring_call_make_failed_error (const char *words)
{
  g_autofree char *quoted = lanyard_text_quote (words, MAX_QUOTED);

  return g_error_new (LANYARD_ERROR, LANYARD_ERROR_FAILED,
                      /* Translators: what the keyring says, in quotation marks */
                      _ ("The keyring failed: %s. Try again, or look at it with a program for "
                         "passwords and keys."),
                      quoted != NULL ? quoted : "?");
}

void
lanyard_keyring_call_send (LanyardKeyringCall *call,
                           const char *path,
                           const char *interface,
                           const char *method,
                           GVariant *parameters,
                           const char *reply_type,
                           LanyardKeyringReply next)
{
  GDBusProxy *proxy = G_DBUS_PROXY (call->service);

  call->next = next;
  /* The patience is that of the whole call. */
  g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy), path,
                          interface, method, parameters, G_VARIANT_TYPE (reply_type),
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, call->cancellable, reply_cb,
                          g_object_ref (call->task));
}

void
lanyard_keyring_call_ask_ahead (LanyardKeyringCall *call,
                                const char *path,
                                const char *interface,
                                const char *method,
                                GVariant *parameters,
                                const char *reply_type)
{
  GDBusProxy *proxy = G_DBUS_PROXY (call->service);
  Ahead *ahead = g_new (Ahead, 1);

  ahead->task = g_object_ref (call->task);
  ahead->number = call->n_ahead;
  call->is_ahead_pending = TRUE;
  g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy), path,
                          interface, method, parameters, G_VARIANT_TYPE (reply_type),
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, call->cancellable, ahead_cb, ahead);
}

void
lanyard_keyring_call_await_ahead (LanyardKeyringCall *call, LanyardKeyringStep next)
{
  if (call->is_ahead_pending)
    call->after_ahead = next;
  else
    next (call);
}

void
lanyard_keyring_call_get_property (LanyardKeyringCall *call,
                                   const char *path,
                                   const char *interface,
                                   const char *property,
                                   LanyardKeyringReply next)
{
  lanyard_keyring_call_send (call, path, LANYARD_SECRETS_PROPERTIES, "Get",
                             g_variant_new ("(ss)", interface, property), "(v)", next);
}
