/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An authorization server on loopback that grants everything at once: it takes next to no time of
 * its own. Prints its address; GET /connections says from how many connections requests came. */

#include <libsoup/soup.h>
#include <stdio.h>

static GHashTable *connections;
static guint n_tokens;

static void
respond (SoupServerMessage *message, const char *type, const char *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
token_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  GSocketAddress *peer = soup_server_message_get_remote_address (message);
  g_autofree char *text =
    g_strdup_printf ("{\"access_token\":\"benchmark-token-%09u-0123456789abcdef\","
                     "\"token_type\":\"Bearer\",\"expires_in\":3600,"
                     "\"refresh_token\":\"benchmark-refresh-token\",\"scope\":\"openid\"}",
                     n_tokens++);

  g_hash_table_add (
    connections, GUINT_TO_POINTER (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (peer))));
  respond (message, "application/json", text);
}

static void
connections_cb (SoupServer *server,
                SoupServerMessage *message,
                const char *path,
                GHashTable *query,
                gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("%u", g_hash_table_size (connections));

  g_hash_table_remove_all (connections);
  respond (message, "text/plain", text);
}

static void
metadata_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  const char *base = user_data;
  g_autofree char *text =
    g_strdup_printf ("{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/authorize\","
                     "\"token_endpoint\":\"%s/token\",\"scopes_supported\":[\"openid\"],"
                     "\"grant_types_supported\":[\"authorization_code\",\"refresh_token\"],"
                     "\"response_types_supported\":[\"code\"]}",
                     base, base, base);

  respond (message, "application/json", text);
}

int
main (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *base = NULL;
  GSList *uris;

  connections = g_hash_table_new_full (NULL, NULL, NULL, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL))
    return 1;

  uris = soup_server_get_uris (server);
  base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  soup_server_add_handler (server, "/token", token_cb, NULL, NULL);
  soup_server_add_handler (server, "/connections", connections_cb, NULL, NULL);
  soup_server_add_handler (server, "/.well-known/openid-configuration", metadata_cb, base, NULL);
  printf ("%s\n", base);
  fflush (stdout);
  g_main_loop_run (loop);
  return 0;
}
