/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-private.h"

#include <glib/gi18n-lib.h>

#include "lanyard-error.h"

#define NO_OBJECT "/"

/* A question that the keyring puts to the person. */
typedef struct
{
  /* Owned */
  GTask *task;
  GDBusConnection *connection;
  char *name;
  GSource *cancelled_source;
  char *path;

  /* Borrowed */
  LanyardKeyringReply next;

  guint signal_id;
  guint watch_id;
} Prompt;

static void
free_prompt (Prompt *prompt)
{
  g_dbus_connection_signal_unsubscribe (prompt->connection, prompt->signal_id);
  g_bus_unwatch_name (prompt->watch_id);
  g_source_destroy (prompt->cancelled_source);
  g_source_unref (prompt->cancelled_source);
  g_object_unref (prompt->connection);
  g_object_unref (prompt->task);
  g_free (prompt->name);
  g_free (prompt->path);
  g_free (prompt);
}

static GError *
make_dismissed_error (void)
{
  return g_error_new_literal (
    LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED,
    _ ("The keyring was not unlocked. Unlock it when you want to go on."));
}

static void
completed_cb (GDBusConnection *connection,
              const char *sender,
              const char *path,
              const char *interface,
              const char *signal,
              GVariant *parameters,
              gpointer user_data)
{
  Prompt *prompt = user_data;
  LanyardKeyringReply next = prompt->next;
  g_autoptr (GTask) task = g_object_ref (prompt->task);
  LanyardKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GVariant) result = NULL;
  gboolean is_dismissed = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    g_variant_get (parameters, "(bv)", &is_dismissed, &result);
  free_prompt (prompt);

  if (call->is_done)
    return;
  if (is_dismissed)
    lanyard_keyring_call_return_error (call, make_dismissed_error ());
  else
    next (call, result);
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Prompt *prompt = user_data;
  g_autoptr (GTask) task = g_object_ref (prompt->task);

  free_prompt (prompt);
  lanyard_keyring_call_return_error (
    g_task_get_task_data (task),
    g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER, "The keyring has gone"));
}

/* The person or the program does not want to wait any more: the question goes away. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Prompt *prompt = user_data;

  g_dbus_connection_call (prompt->connection, prompt->name, prompt->path, LANYARD_SECRETS_PROMPT,
                          "Dismiss", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL,
                          NULL);
  free_prompt (prompt);

  return G_SOURCE_REMOVE;
}

static void
prompted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* The answer comes by a signal. */
  if (reply != NULL || call->is_done)
    return;

  lanyard_keyring_call_return_error (call, g_steal_pointer (&error));
  g_cancellable_cancel (call->cancellable);
}

void
lanyard_keyring_service_prompt (LanyardKeyringCall *call,
                                const char *path,
                                LanyardKeyringReply next)
{
  GDBusProxy *proxy = G_DBUS_PROXY (call->service);
  Prompt *prompt = g_new0 (Prompt, 1);

  prompt->task = g_object_ref (call->task);
  prompt->connection = g_object_ref (g_dbus_proxy_get_connection (proxy));
  prompt->name = g_strdup (g_dbus_proxy_get_name (proxy));
  prompt->path = g_strdup (path);
  prompt->next = next;
  prompt->signal_id = g_dbus_connection_signal_subscribe (
    prompt->connection, prompt->name, LANYARD_SECRETS_PROMPT, "Completed", path, NULL,
    G_DBUS_SIGNAL_FLAGS_NONE, completed_cb, prompt, NULL);
  prompt->watch_id =
    g_bus_watch_name_on_connection (prompt->connection, prompt->name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    NULL, vanished_cb, prompt, NULL);
  prompt->cancelled_source = g_cancellable_source_new (call->cancellable);
  g_source_set_callback (prompt->cancelled_source, G_SOURCE_FUNC (cancelled_cb), prompt, NULL);
  g_source_attach (prompt->cancelled_source, g_task_get_context (call->task));

  g_dbus_connection_call (prompt->connection, prompt->name, path, LANYARD_SECRETS_PROMPT, "Prompt",
                          g_variant_new ("(s)", ""), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          G_MAXINT, call->cancellable, prompted_cb, g_object_ref (call->task));
}

static void
done_cb (LanyardKeyringCall *call, GVariant *reply)
{
  lanyard_keyring_call_return (call, GINT_TO_POINTER (TRUE), NULL);
}

static void
answered_cb (LanyardKeyringCall *call, GVariant *reply)
{
  call->after_check (call);
}

static void
unlock_cb (LanyardKeyringCall *call, GVariant *reply)
{
  const char *prompt;

  g_variant_get_child (reply, 1, "&o", &prompt);
  if (g_str_equal (prompt, NO_OBJECT))
    call->after_check (call);
  else
    lanyard_keyring_service_prompt (call, prompt, answered_cb);
}

static void
unlock_objects (LanyardKeyringCall *call, GVariant *paths, LanyardKeyringStep next)
{
  call->after_check = next;
  lanyard_keyring_call_send (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "Unlock",
                             g_variant_new ("(@ao)", paths), "(aoo)", unlock_cb);
}

static void
search_items (LanyardKeyringCall *call, LanyardKeyringReply next)
{
  GVariantBuilder attributes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", LANYARD_SECRET_SCHEMA);
  lanyard_keyring_call_send (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "SearchItems",
                             g_variant_new ("(a{ss})", &attributes), "(aoao)", next);
}

static void
checked_items_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) locked = g_variant_get_child_value (reply, 1);

  if (g_variant_n_children (locked) > 0)
    lanyard_keyring_call_return_error (call, make_dismissed_error ());
  else
    done_cb (call, reply);
}

static void
check_items (LanyardKeyringCall *call)
{
  search_items (call, checked_items_cb);
}

/* Our items may be in other keyrings, or be locked each by itself (KeePassXC asks for each whether
 * this program may read it). */
static void
found_items_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) locked = g_variant_get_child_value (reply, 1);

  if (g_variant_n_children (locked) > 0)
    unlock_objects (call, locked, check_items);
  else
    done_cb (call, reply);
}

static void
default_lock_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value))
    lanyard_keyring_call_return_error (call, make_dismissed_error ());
  else
    search_items (call, found_items_cb);
}

static void
check_default (LanyardKeyringCall *call)
{
  lanyard_keyring_call_get_property (call, call->path, LANYARD_SECRETS_COLLECTION, "Locked",
                                     default_lock_cb);
}

static void
created_cb (LanyardKeyringCall *call, GVariant *reply)
{
  const char *collection;
  const char *prompt;

  g_variant_get (reply, "(&o&o)", &collection, &prompt);
  if (g_str_equal (collection, NO_OBJECT) && !g_str_equal (prompt, NO_OBJECT))
    lanyard_keyring_service_prompt (call, prompt, done_cb);
  else
    done_cb (call, reply);
}

/* The first secret of all: the keyring asks the person for a password for a new one. */
static void
create_default (LanyardKeyringCall *call)
{
  GVariantBuilder properties = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&properties, "{sv}", LANYARD_SECRETS_COLLECTION ".Label",
                         /* Translators: what programs for passwords call the keyring */
                         g_variant_new_string (_ ("Default keyring")));
  lanyard_keyring_call_send (
    call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "CreateCollection",
    g_variant_new ("(a{sv}s)", &properties, SECRET_COLLECTION_DEFAULT), "(oo)", created_cb);
}

static void
default_alias_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_clear_pointer (&call->path, g_free);
  g_variant_get (reply, "(o)", &call->path);
  if (g_str_equal (call->path, NO_OBJECT))
    create_default (call);
  else
    unlock_objects (call, g_variant_new_objv ((const char *const *)&call->path, 1), check_default);
}

void
lanyard_keyring_service_unlock (LanyardKeyringCall *call)
{
  lanyard_keyring_call_send (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "ReadAlias",
                             g_variant_new ("(s)", SECRET_COLLECTION_DEFAULT), "(o)",
                             default_alias_cb);
}
