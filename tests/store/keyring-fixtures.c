/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "keyring-fixtures.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-keyring.h"
#include "lanyard-test.h"

struct _Spy
{
  /* Owned */
  GDBusConnection *connection;
  GMutex mutex;
  GPtrArray *calls;
  GByteArray *traffic;
};

char *
lookup (LanyardSecretStore *store, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardSecret) secret = NULL;

  lanyard_secret_store_lookup_async (store, id, NULL, lanyard_test_take_result_cb, &result);
  secret = lanyard_secret_store_lookup_finish (store, lanyard_test_wait_for (&result), error);

  return secret != NULL ? g_strdup (lanyard_secret_get (secret)) : NULL;
}

gboolean
store_text (LanyardSecretStore *store,
            const char *id,
            const char *label,
            const char *text,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (text);

  lanyard_secret_store_store_async (store, id, label, secret, NULL, lanyard_test_take_result_cb,
                                    &result);
  return lanyard_secret_store_store_finish (store, lanyard_test_wait_for (&result), error);
}

gboolean
remove_item (LanyardSecretStore *store, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_secret_store_remove_async (store, id, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_secret_store_remove_finish (store, lanyard_test_wait_for (&result), error);
}

char **
list_ids (LanyardSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_secret_store_list_async (store, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_secret_store_list_finish (store, lanyard_test_wait_for (&result), error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
lookup_all (LanyardSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) secrets = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  lanyard_secret_store_lookup_all_async (store, NULL, lanyard_test_take_result_cb, &result);
  secrets = lanyard_secret_store_lookup_all_finish (store, lanyard_test_wait_for (&result), error);
  if (secrets == NULL)
    return NULL;

  for (guint i = 0; i < secrets->len; i++)
    g_ptr_array_add (texts, (char *)lanyard_secret_get (g_ptr_array_index (secrets, i)));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **)texts->pdata);
}

gboolean
unlock (LanyardSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_secret_store_unlock_async (store, NULL, lanyard_test_take_result_cb, &result);
  return lanyard_secret_store_unlock_finish (store, lanyard_test_wait_for (&result), error);
}

LanyardSecretStore *
make_keyring (guint patience)
{
  return g_object_new (LANYARD_TYPE_KEYRING, "patience", patience, "unlock-patience", patience,
                       NULL);
}

void
assert_holds (LanyardSecretStore *store, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *held = lookup (store, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (held, ==, text);
}

void
assert_error_is (GError **error, int code)
{
  g_assert_error (*error, LANYARD_ERROR, code);
  g_assert_nonnull (strstr ((*error)->message, "eyring"));
  g_assert_null (strstr ((*error)->message, "GDBus"));
  g_assert_null (strstr ((*error)->message, "\n"));
  g_assert_true (g_str_has_suffix ((*error)->message, "."));
  g_clear_error (error);
}

void
assert_all_fail (LanyardSecretStore *store, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (store, ID, &error));
  assert_error_is (&error, code);
  g_assert_null (lookup_all (store, &error));
  assert_error_is (&error, code);
  g_assert_false (store_text (store, ID, "Work", "secret", &error));
  assert_error_is (&error, code);
  g_assert_false (remove_item (store, ID, &error));
  assert_error_is (&error, code);
  g_assert_null (list_ids (store, &error));
  assert_error_is (&error, code);
}

GVariant *
call_service (const char *path, const char *interface, const char *method, GVariant *parameters)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GVariant *reply =
    g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", path, interface, method,
                                 parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return reply;
}

static GDBusMessage *
see_message (GDBusConnection *connection,
             GDBusMessage *message,
             gboolean is_incoming,
             gpointer user_data)
{
  Spy *self = user_data;
  g_autofree guchar *blob = NULL;
  gsize size;

  if (!is_incoming)
    return message;

  blob = g_dbus_message_to_blob (message, &size, G_DBUS_CAPABILITY_FLAGS_NONE, NULL);
  g_mutex_lock (&self->mutex);
  if (blob != NULL)
    g_byte_array_append (self->traffic, blob, size);
  if (g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_ptr_array_add (self->calls, g_strdup_printf ("%s.%s", g_dbus_message_get_interface (message),
                                                   g_dbus_message_get_member (message)));
  g_mutex_unlock (&self->mutex);

  /* A call that got further would be answered by GDBus. */
  if (g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_object_unref (message);
  return NULL;
}

Spy *
spy_new (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  Spy *self = g_new0 (Spy, 1);
  const char *const rules[] = { NULL };

  g_mutex_init (&self->mutex);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->traffic = g_byte_array_new ();
  self->connection = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (self->connection, see_message, self, NULL);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus.Monitoring",
                                       "BecomeMonitor", g_variant_new ("(^asu)", rules, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return self;
}

void
spy_free (Spy *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_ptr_array_unref (self->calls);
  g_byte_array_unref (self->traffic);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* What was called before this has been seen when this was. */
static void
catch_up (Spy *self)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  gboolean is_seen = FALSE;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetId", NULL, NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  while (!is_seen)
    {
      g_mutex_lock (&self->mutex);
      for (guint i = 0; i < self->calls->len && !is_seen; i++)
        {
          is_seen = g_str_equal (self->calls->pdata[i], "org.freedesktop.DBus.GetId");
          if (is_seen)
            g_ptr_array_remove_index (self->calls, i);
        }
      g_mutex_unlock (&self->mutex);
      g_usleep (1000);
    }
}

guint
spy_count (Spy *self, const char *interface, const char *method)
{
  g_autofree char *suffix = g_strconcat (".", method, NULL);
  g_autofree char *name = interface != NULL ? g_strconcat (interface, suffix, NULL) : NULL;
  guint n_calls = 0;

  catch_up (self);
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const char *call = self->calls->pdata[i];

      if (name != NULL ? g_str_equal (call, name) : g_str_has_suffix (call, suffix))
        n_calls++;
    }
  g_mutex_unlock (&self->mutex);

  return n_calls;
}

gboolean
spy_has_seen (Spy *self, const char *text)
{
  gboolean is_there;

  catch_up (self);
  g_mutex_lock (&self->mutex);
  is_there = memmem (self->traffic->data, self->traffic->len, text, strlen (text)) != NULL;
  g_mutex_unlock (&self->mutex);

  return is_there;
}

void
spy_reset (Spy *self)
{
  catch_up (self);
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->calls, 0);
  g_mutex_unlock (&self->mutex);
}

void
spy_print (Spy *self, const char *title)
{
  catch_up (self);
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->calls->len; i++)
    g_test_message ("%s: %s", title, (const char *)self->calls->pdata[i]);
  g_mutex_unlock (&self->mutex);
}
