/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-client.h"

#include <string.h>

static gpointer
client_thread (gpointer user_data)
{
  LanyardTestClient *self = user_data;
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) reply = g_string_new (NULL);
  GInputStream *input;
  char buffer[512];
  gssize length;

  address = G_SOCKET_CONNECTABLE (g_inet_socket_address_new_from_string (self->ip, self->port));
  g_socket_client_set_enable_proxy (connector, FALSE);
  g_socket_client_set_timeout (connector, 5);
  connection = g_socket_client_connect (connector, address, NULL, NULL);
  if (connection != NULL)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 self->request, strlen (self->request), NULL, NULL, NULL);
      g_usleep (self->wait_ms * 1000);
      input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
      while ((length = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
        g_string_append_len (reply, buffer, length);
    }
  self->reply = g_string_free (g_steal_pointer (&reply), FALSE);
  g_atomic_int_set (&self->is_done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

void
lanyard_test_client_start (LanyardTestClient *self,
                           const char *ip,
                           guint16 port,
                           const char *request)
{
  self->ip = g_strdup (ip);
  self->port = port;
  self->request = g_strdup (request);
  self->thread = g_thread_new ("client", client_thread, self);
}

void
lanyard_test_client_wait (LanyardTestClient *self)
{
  while (!g_atomic_int_get (&self->is_done))
    g_main_context_iteration (NULL, TRUE);
}

void
lanyard_test_client_clear (LanyardTestClient *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_free (self->ip);
  g_free (self->request);
  g_free (self->reply);
}

char *
lanyard_test_client_send (const char *ip, guint16 port, const char *request)
{
  g_auto (LanyardTestClient) client = { 0 };

  lanyard_test_client_start (&client, ip, port, request);
  lanyard_test_client_wait (&client);
  return g_steal_pointer (&client.reply);
}

GSocketConnection *
lanyard_test_client_connect_and_stay (guint16 port, const char *words)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (connector, FALSE);
  connection = g_socket_client_connect_to_host (connector, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), words,
                             strlen (words), NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}
