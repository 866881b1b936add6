/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-peer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib-unix.h>

#include "lanyard-bus-error.h"
#include "lanyard-bus-info.h"
#include "lanyard-bus-names.h"

/* What comes before the fields of a header. */
#define FIXED_SIZE 16

struct _LanyardPeer
{
  /* Owned */
  GByteArray *bytes;
  GDBusMessage *message;
  GCancellable *gone;
  guint watch_id;
  guint patience_id;
  int fd;

  /* Borrowed */
  LanyardPeerFunc called;
  LanyardPeerFunc ended;
  gpointer user_data;

  gsize size;
  gboolean has_ended;
};

static void
clear_peer (gpointer data)
{
  LanyardPeer *self = data;

  g_byte_array_unref (self->bytes);
  g_clear_object (&self->message);
  g_object_unref (self->gone);
}

/* Hangs up. What it was called with stays as long as somebody uses it. */
static void
end (LanyardPeer *self)
{
  self->has_ended = TRUE;
  g_clear_handle_id (&self->watch_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  close (self->fd);
  self->ended (self, self->user_data);
  g_rc_box_release_full (self, clear_peer);
}

/* Whether the message is a call of a method that there is, with what the method takes. */
static gboolean
check_call (LanyardPeer *self)
{
  GDBusMessage *message = self->message;
  const char *member = g_dbus_message_get_member (message);
  GVariant *body = g_dbus_message_get_body (message);
  const GDBusMethodInfo *method = NULL;
  g_autoptr (GString) type = g_string_new ("(");

  if (g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL &&
      g_strcmp0 (g_dbus_message_get_path (message), LANYARD_BUS_SERVICE_PATH) == 0 &&
      g_strcmp0 (g_dbus_message_get_interface (message), LANYARD_BUS_SERVICE_INTERFACE) == 0)
    method = g_dbus_interface_info_lookup_method (
      (GDBusInterfaceInfo *)&lanyard_bus_service1_interface, member);
  if (method == NULL || body == NULL)
    return FALSE;

  for (GDBusArgInfo **in = method->in_args; *in != NULL; in++)
    g_string_append (type, (*in)->signature);
  g_string_append_c (type, ')');
  return g_str_equal (g_variant_get_type_string (body), type->str);
}

/* Whether more must come before there is a whole message; what is none is an error. */
static gboolean
needs_more (LanyardPeer *self, GError **error)
{
  gssize size;

  if (self->bytes->len < FIXED_SIZE)
    return TRUE;

  size = g_dbus_message_bytes_needed (self->bytes->data, self->bytes->len, error);
  if (size < 0)
    return FALSE;
  if (size > LANYARD_PEER_MAX_SIZE || (gsize)size < self->bytes->len)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "");
      return FALSE;
    }

  self->size = (gsize)size;
  return self->bytes->len < self->size;
}

/* Reads what has come; FALSE when the program has hung up. */
static gboolean
receive (LanyardPeer *self)
{
  guchar buffer[4096];
  gssize n_read;

  do
    {
      n_read = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);
      if (n_read > 0)
        g_byte_array_append (self->bytes, buffer, (guint)n_read);
    }
  while (n_read == sizeof buffer && self->bytes->len <= LANYARD_PEER_MAX_SIZE);

  return n_read > 0 || (n_read < 0 && (errno == EAGAIN || errno == EINTR));
}

static void
read_on (LanyardPeer *self)
{
  g_autoptr (GError) error = NULL;

  if (!receive (self))
    {
      end (self);
      return;
    }
  if (needs_more (self, &error))
    return;

  if (error == NULL)
    self->message = g_dbus_message_new_from_blob (self->bytes->data, self->size,
                                                  G_DBUS_CAPABILITY_FLAGS_NONE, NULL);
  if (self->message == NULL || !check_call (self))
    {
      end (self);
      return;
    }

  g_clear_handle_id (&self->patience_id, g_source_remove);
  self->called (self, self->user_data);
}

static gboolean
ready_cb (int fd, GIOCondition condition, gpointer user_data)
{
  LanyardPeer *self = user_data;

  if (self->message == NULL)
    {
      /* This may end the peer, and with it this source. */
      read_on (self);
      return G_SOURCE_CONTINUE;
    }

  /* It has hung up. Whoever says more than one call is not waited for, either. */
  self->watch_id = 0;
  g_cancellable_cancel (self->gone);
  return G_SOURCE_REMOVE;
}

static gboolean
patience_over_cb (gpointer user_data)
{
  LanyardPeer *self = user_data;

  self->patience_id = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

static GDBusMessage *
make_answer (LanyardPeer *self, GVariant *reply, const GError *error)
{
  g_autofree char *name = NULL;
  GDBusMessage *answer;

  if (error != NULL)
    {
      name = g_dbus_error_encode_gerror (error);
      return g_dbus_message_new_method_error_literal (self->message, name, error->message);
    }

  answer = g_dbus_message_new_method_reply (self->message);
  if (reply != NULL)
    g_dbus_message_set_body (answer, reply);
  return answer;
}

/* Most answers are far smaller than what a socket holds. The rest of a larger one is not waited
 * for: who gets a part of it asks again over the bus. */
static void
send_answer (LanyardPeer *self, GDBusMessage *answer)
{
  guchar *bytes;
  gsize size;

  g_dbus_message_set_serial (answer, 1);
  bytes = g_dbus_message_to_blob (answer, &size, G_DBUS_CAPABILITY_FLAGS_NONE, NULL);
  if (bytes == NULL)
    return;

  (void)!send (self->fd, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  explicit_bzero (bytes, size);
  g_free (bytes);
}

LanyardPeer *
lanyard_peer_start (int fd, LanyardPeerFunc called, LanyardPeerFunc ended, gpointer user_data)
{
  LanyardPeer *self = g_rc_box_new0 (LanyardPeer);
  gboolean has_ended;

  self->fd = fd;
  self->called = called;
  self->ended = ended;
  self->user_data = user_data;
  self->bytes = g_byte_array_new ();
  self->gone = g_cancellable_new ();

  /* Who calls says it all at once: mostly it is there, and can be answered, already. */
  g_rc_box_acquire (self);
  read_on (self);
  has_ended = self->has_ended;
  if (!has_ended)
    self->watch_id = g_unix_fd_add (fd, G_IO_IN, ready_cb, self);
  if (!has_ended && self->message == NULL)
    self->patience_id = g_timeout_add (LANYARD_PEER_PATIENCE, patience_over_cb, self);
  g_rc_box_release_full (self, clear_peer);

  return has_ended ? NULL : self;
}

void
lanyard_peer_hang_up (LanyardPeer *self)
{
  if (self->message == NULL)
    end (self);
}

int
lanyard_peer_get_fd (LanyardPeer *self)
{
  return self->fd;
}

GCancellable *
lanyard_peer_get_gone (LanyardPeer *self)
{
  return self->gone;
}

const char *
lanyard_peer_get_method (LanyardPeer *self)
{
  return g_dbus_message_get_member (self->message);
}

GVariant *
lanyard_peer_get_parameters (LanyardPeer *self)
{
  return g_dbus_message_get_body (self->message);
}

void
lanyard_peer_return (LanyardPeer *self, GVariant *reply, GError *error)
{
  g_autoptr (GError) told = error != NULL ? lanyard_bus_error_translate (error) : NULL;
  g_autoptr (GDBusMessage) answer = make_answer (self, reply, told);

  send_answer (self, answer);
  end (self);
}
