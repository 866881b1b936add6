/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-peer.h"

#include <string.h>
#include <sys/socket.h>

struct _LanyardTestPeer
{
  GSocketService *service;
  GTlsCertificate *certificate;
  guint16 port;

  /* What follows is shared with the threads of the connections. */
  GMutex mutex;
  GCond changed;
  GBytes *reply;
  gsize pause_position;
  guint pause_seconds;
  gboolean keep;
  gboolean breaks;
  gboolean resets;
  gsize break_position;
  gboolean is_ending;
  guint n_running;
  guint n_connections;
  GPtrArray *requests;
};

static gsize
get_body_length (const char *head)
{
  const char *field = strstr (head, "Content-Length: ");

  return field == NULL ? 0 : g_ascii_strtoull (field + strlen ("Content-Length: "), NULL, 10);
}

/* Returns: a request with its body; %NULL when there is no other */
static char *
read_request (GInputStream *input)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *end = NULL;
  gsize wanted = G_MAXSIZE;

  while (text->len < wanted)
    {
      char byte;

      if (g_input_stream_read (input, &byte, 1, NULL, NULL) != 1)
        return NULL;
      g_string_append_c (text, byte);
      /* A client that wants TLS never sends the end of a request. */
      if (text->str[0] == 0x16)
        return g_strdup ("TLS");
      end = end == NULL ? strstr (text->str, "\r\n\r\n") : end;
      if (end != NULL && wanted == G_MAXSIZE)
        wanted = text->len + get_body_length (text->str);
    }
  return g_strdup (text->str);
}

static gboolean
is_closed (GInputStream *input)
{
  char byte;

  if (!G_IS_POLLABLE_INPUT_STREAM (input))
    return FALSE;
  return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), &byte, 1, NULL,
                                                   NULL) == 0;
}

/* Waits for so long, or until the client or the test has gone. */
static void
pause_reply (LanyardTestPeer *self, GInputStream *input, guint seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;

  g_mutex_lock (&self->mutex);
  while (!self->is_ending && g_get_monotonic_time () < end && !is_closed (input))
    g_cond_wait_until (&self->changed, &self->mutex,
                       g_get_monotonic_time () + 10 * G_TIME_SPAN_MILLISECOND);
  g_mutex_unlock (&self->mutex);
}

/* Returns whether the connection is kept: as it was when the reply began, because once that is out
 * the test goes on, and may want something else. */
static gboolean
write_reply (LanyardTestPeer *self, GIOStream *stream)
{
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autoptr (GBytes) reply = NULL;
  gsize size;
  gsize first;
  guint seconds;
  gboolean keep;
  const char *data;

  g_mutex_lock (&self->mutex);
  reply = g_bytes_ref (self->reply);
  first = self->pause_position;
  seconds = self->pause_seconds;
  keep = self->keep;
  g_mutex_unlock (&self->mutex);

  data = g_bytes_get_data (reply, &size);
  if (seconds == 0)
    first = size;
  g_output_stream_write_all (output, data, first, NULL, NULL, NULL);
  if (seconds > 0)
    pause_reply (self, g_io_stream_get_input_stream (stream), seconds);
  g_output_stream_write_all (output, data + first, size - first, NULL, NULL, NULL);
  return keep;
}

/* Ends a connection in the middle of a reply, if that is what the test wants. */
static gboolean
break_off (LanyardTestPeer *self, GSocketConnection *connection, GIOStream *stream)
{
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  g_autoptr (GBytes) reply = NULL;
  gboolean resets;

  g_mutex_lock (&self->mutex);
  if (self->breaks)
    reply = g_bytes_new_from_bytes (self->reply, 0, self->break_position);
  resets = self->resets;
  g_mutex_unlock (&self->mutex);
  if (reply == NULL)
    return FALSE;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), g_bytes_get_data (reply, NULL),
                             g_bytes_get_size (reply), NULL, NULL, NULL);
  /* What is not sent yet is thrown away, too, and the other side told so. */
  if (resets)
    g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger), ==, 0);
  return TRUE;
}

static gboolean
take_request (LanyardTestPeer *self, GIOStream *stream)
{
  char *request = read_request (g_io_stream_get_input_stream (stream));

  if (request == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, request);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static void
count_running (LanyardTestPeer *self, int change)
{
  g_mutex_lock (&self->mutex);
  self->n_connections += change > 0 ? 1 : 0;
  self->n_running += (guint)change;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  LanyardTestPeer *self = user_data;
  g_autoptr (GIOStream) stream = NULL;
  gboolean has_served = FALSE;

  /* Tests end at once: no read waits longer than this for a client that keeps its connection. */
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 5);
  count_running (self, 1);
  if (self->certificate != NULL)
    stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    stream = G_IO_STREAM (g_object_ref (connection));

  while (take_request (self, stream) && !(has_served && break_off (self, connection, stream)) &&
         write_reply (self, stream))
    has_served = TRUE;
  g_io_stream_close (stream, NULL, NULL);
  count_running (self, -1);
  return TRUE;
}

LanyardTestPeer *
lanyard_test_peer_new (GTlsCertificate *certificate)
{
  LanyardTestPeer *self = g_new0 (LanyardTestPeer, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->reply = g_bytes_new_static ("", 0);
  self->service = g_threaded_socket_service_new (16);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return self;
}

void
lanyard_test_peer_free (LanyardTestPeer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->mutex);
  self->is_ending = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->n_running > 0)
    {
      /* Clients close their connections in the main loop. */
      g_main_context_iteration (NULL, FALSE);
      g_cond_wait_until (&self->changed, &self->mutex,
                         g_get_monotonic_time () + 5 * G_TIME_SPAN_MILLISECOND);
    }
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_bytes_unref (self->reply);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

guint16
lanyard_test_peer_get_port (LanyardTestPeer *self)
{
  return self->port;
}

char *
lanyard_test_peer_dup_uri (LanyardTestPeer *self, const char *host, const char *path)
{
  return g_strdup_printf ("%s://%s:%u%s", self->certificate != NULL ? "https" : "http", host,
                          self->port, path);
}

void
lanyard_test_peer_set_reply (LanyardTestPeer *self, const char *data, gssize length)
{
  g_mutex_lock (&self->mutex);
  g_bytes_unref (self->reply);
  self->reply = g_bytes_new (data, length < 0 ? strlen (data) : (gsize)length);
  g_mutex_unlock (&self->mutex);
}

void
lanyard_test_peer_set_pause (LanyardTestPeer *self, gsize position, guint seconds)
{
  g_mutex_lock (&self->mutex);
  self->pause_position = position;
  self->pause_seconds = seconds;
  g_mutex_unlock (&self->mutex);
}

void
lanyard_test_peer_set_keep (LanyardTestPeer *self, gboolean keep)
{
  g_mutex_lock (&self->mutex);
  self->keep = keep;
  g_mutex_unlock (&self->mutex);
}

void
lanyard_test_peer_set_break (LanyardTestPeer *self, gsize position, gboolean reset)
{
  g_mutex_lock (&self->mutex);
  self->breaks = TRUE;
  self->resets = reset;
  self->break_position = position;
  g_mutex_unlock (&self->mutex);
}

guint
lanyard_test_peer_get_n_requests (LanyardTestPeer *self)
{
  guint n_requests;

  g_mutex_lock (&self->mutex);
  n_requests = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return n_requests;
}

guint
lanyard_test_peer_get_n_connections (LanyardTestPeer *self)
{
  guint n_connections;

  g_mutex_lock (&self->mutex);
  n_connections = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n_connections;
}

guint
lanyard_test_peer_get_n_running (LanyardTestPeer *self)
{
  guint n_running;

  g_mutex_lock (&self->mutex);
  n_running = self->n_running;
  g_mutex_unlock (&self->mutex);
  return n_running;
}

char *
lanyard_test_peer_dup_request (LanyardTestPeer *self, guint index)
{
  char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_strdup (g_ptr_array_index (self->requests, index));
  g_mutex_unlock (&self->mutex);
  return request;
}
