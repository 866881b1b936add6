/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-session.h"

#include "lanyard-cipher.h"
#include "lanyard-key-exchange.h"
#include "lanyard-keyring-call.h"

#define PLAIN "plain"
#define ENCRYPTED "dh-ietf1024-sha256-aes128-cbc-pkcs7"

struct _LanyardKeyringSession
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  char *path;
  /* NULL where secrets travel as they are. */
  LanyardSecret *key;
};

G_DEFINE_FINAL_TYPE (LanyardKeyringSession, lanyard_keyring_session, G_TYPE_OBJECT)

static GVariant *
build_bytes (gconstpointer bytes, gsize length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* Returns what the service answers to @input. */
static GVariant *
call_open (LanyardKeyringSession *self,
           const char *algorithm,
           GVariant *input,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  GVariant *output = NULL;

  g_main_context_push_thread_default (context);
  g_dbus_connection_call (self->connection, LANYARD_SECRETS_NAME, LANYARD_SECRETS_PATH,
                          LANYARD_SECRETS_SERVICE, "OpenSession",
                          g_variant_new ("(sv)", algorithm, input), G_VARIANT_TYPE ("(vo)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, cancellable, take_result_cb, &result);
  /* The service computes for some milliseconds now. */
  if (g_str_equal (algorithm, ENCRYPTED))
    lanyard_key_exchange_warm_up ();
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  reply = g_dbus_connection_call_finish (self->connection, result, error);
  if (reply != NULL)
    g_variant_get (reply, "(vo)", &output, &self->path);
  return output;
}

static gboolean
open_plain (LanyardKeyringSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) output =
               call_open (self, PLAIN, g_variant_new_string (""), cancellable, error);

  return output != NULL;
}

static gboolean
open_encrypted (LanyardKeyringSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (LanyardKeyExchange) exchange = lanyard_key_exchange_new ();
  g_autoptr (GBytes) public_key = lanyard_key_exchange_dup_public_key (exchange);
  g_autoptr (GVariant) output = NULL;
  gconstpointer peer;
  gsize length;

  output =
    call_open (self, ENCRYPTED,
               build_bytes (g_bytes_get_data (public_key, NULL), g_bytes_get_size (public_key)),
               cancellable, error);
  if (output == NULL)
    return FALSE;

  if (g_variant_is_of_type (output, G_VARIANT_TYPE_BYTESTRING))
    {
      peer = g_variant_get_fixed_array (output, &length, 1);
      self->key = lanyard_key_exchange_derive (exchange, peer, length);
    }
  if (self->key == NULL)
    {
      g_propagate_error (
        error, lanyard_keyring_call_make_failed_error ("it does not exchange keys as it should"));
      return FALSE;
    }
  return TRUE;
}

static void
lanyard_keyring_session_finalize (GObject *object)
{
  LanyardKeyringSession *self = LANYARD_KEYRING_SESSION (object);

  g_clear_object (&self->connection);
  g_free (self->path);
  g_clear_pointer (&self->key, lanyard_secret_unref);

  G_OBJECT_CLASS (lanyard_keyring_session_parent_class)->finalize (object);
}

static void
lanyard_keyring_session_class_init (LanyardKeyringSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_keyring_session_finalize;
}

static void
lanyard_keyring_session_init (LanyardKeyringSession *self)
{
}

LanyardKeyringSession *
lanyard_keyring_session_open (GCancellable *cancellable, GError **error)
{
  g_autoptr (LanyardKeyringSession) self = g_object_new (LANYARD_TYPE_KEYRING_SESSION, NULL);
  GError *own_error = NULL;

  self->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, error);
  if (self->connection == NULL)
    return NULL;

  if (open_encrypted (self, cancellable, &own_error))
    return g_steal_pointer (&self);
  if (!g_error_matches (own_error, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED))
    {
      g_propagate_error (error, own_error);
      return NULL;
    }

  g_error_free (own_error);
  return open_plain (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

GDBusConnection *
lanyard_keyring_session_get_connection (LanyardKeyringSession *self)
{
  return self->connection;
}

const char *
lanyard_keyring_session_get_path (LanyardKeyringSession *self)
{
  return self->path;
}

GVariant *
lanyard_keyring_session_encode (LanyardKeyringSession *self,
                                LanyardSecret *secret,
                                const char *content_type)
{
  guchar iv[LANYARD_CIPHER_IV_SIZE];
  g_autoptr (GBytes) encrypted = NULL;

  if (self->key == NULL)
    return g_variant_new (
      "(o@ay@ays)", self->path, build_bytes (NULL, 0),
      build_bytes (lanyard_secret_get (secret), lanyard_secret_get_length (secret)), content_type);

  encrypted = lanyard_cipher_encrypt (self->key, secret, iv);
  return g_variant_new (
    "(o@ay@ays)", self->path, build_bytes (iv, sizeof iv),
    build_bytes (g_bytes_get_data (encrypted, NULL), g_bytes_get_size (encrypted)), content_type);
}

LanyardSecret *
lanyard_keyring_session_decode (LanyardKeyringSession *self, GVariant *encoded)
{
  g_autoptr (GVariant) parameters = NULL;
  g_autoptr (GVariant) value = NULL;
  const char *path;
  gconstpointer iv;
  gconstpointer bytes;
  gsize iv_length;
  gsize length;

  g_variant_get (encoded, "(&o@ay@ays)", &path, &parameters, &value, NULL);
  iv = g_variant_get_fixed_array (parameters, &iv_length, 1);
  bytes = g_variant_get_fixed_array (value, &length, 1);

  if (!g_str_equal (path, self->path))
    return NULL;
  if (self->key == NULL)
    return iv_length == 0 ? lanyard_secret_new_bytes (bytes, length) : NULL;
  if (iv_length != LANYARD_CIPHER_IV_SIZE)
    return NULL;
  return lanyard_cipher_decrypt (self->key, iv, bytes, length);
}
