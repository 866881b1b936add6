/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-loopback-listener.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <sys/socket.h>

#include "lanyard-error.h"
#include "lanyard-redirect-page.h"
#include "lanyard-secret.h"
#include "lanyard-uri.h"

struct _LanyardLoopbackListener
{
  GObject parent_instance;

  /* Owned */
  SoupServer *server;
  char *redirect_uri;
  /* The redirect URI as libsoup writes addresses, with escapes normalised. */
  char *pattern;
  char *host;
  guint16 port;
  /* What came in, and whether the browser has its page. */
  char *answer;
  gboolean is_answer_sent;
  GTask *waiting;
  GSource *cancel_source;
};

G_DEFINE_FINAL_TYPE (LanyardLoopbackListener, lanyard_loopback_listener, G_TYPE_OBJECT)

/* How often to look for a port that is free for IPv4 and IPv6 alike. */
#define MAX_ATTEMPTS 16

/* Closing a connection on our side first would keep the port busy for a minute, and without
 * SO_REUSEADDR the next attempt on the same port would fail. With this option, which accepted
 * sockets inherit, it is free at once; what was written before still reaches the browser, since on
 * loopback it is in the browser's buffer by then. */
static gboolean
set_linger (GSocket *socket)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  return setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0;
}

/* RFC 8252 appendix B.5: GLib and libsoup would let the address be reused, so they are not asked.
 */
static GSocket *
open_socket (const char *ip, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (ip, port);
  g_autoptr (GSocket) socket = NULL;

  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error))
    return NULL;
  if (!set_linger (socket))
    g_debug ("The port of the redirect may stay busy for a while");
  if (!g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static guint16
get_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* The addresses that a browser may reach the host at. Both families share one port. */
static GPtrArray *
open_sockets (const char *const *ips, guint16 port, GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) first_error = NULL;

  for (gsize i = 0; ips[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      GSocket *socket = open_socket (ips[i], port, &local_error);

      if (socket != NULL)
        {
          port = get_port (socket);
          g_ptr_array_add (sockets, socket);
        }
      /* A computer may lack a family, but a port that somebody else has there would get the answers
       * of some browsers. */
      else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      else if (first_error == NULL)
        first_error = g_steal_pointer (&local_error);
    }

  if (sockets->len > 0)
    return g_steal_pointer (&sockets);
  g_propagate_error (error, g_steal_pointer (&first_error));
  return NULL;
}

static void
set_socket_error (GError **error, const GError *cause, guint16 port)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 _ ("Another program uses port %u of this computer, where the answer of the "
                    "browser is to arrive. Close that program, or choose another port in the "
                    "callback URL."),
                 port);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 _ ("Port %u of this computer is reserved for the system. Choose one above 1023 in "
                    "the callback URL."),
                 port);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 /* Translators: what the system says */
                 _ ("This computer does not let Lanyard wait for the answer of the browser (%s). "
                    "Sign in inside Lanyard instead."),
                 cause->message);
}

static GPtrArray *
open_host (const char *host, guint16 port, GError **error)
{
  const char *const localhost[] = { "127.0.0.1", "::1", NULL };
  const char *const literal[] = { host, NULL };
  gboolean is_localhost = g_ascii_strcasecmp (host, "localhost") == 0;
  g_autoptr (GPtrArray) sockets = NULL;
  g_autoptr (GError) cause = NULL;
  guint attempts = port == 0 ? MAX_ATTEMPTS : 1;

  for (guint i = 0; i < attempts && sockets == NULL; i++)
    {
      g_clear_error (&cause);
      sockets = open_sockets (is_localhost ? localhost : literal, port, &cause);
    }
  if (sockets == NULL)
    set_socket_error (error, cause, port);
  return g_steal_pointer (&sockets);
}

static char *
format_authority (const char *host, guint16 port)
{
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);
}

/* Puts the port into the redirect URI and leaves the rest of it as it was registered. */
static char *
format_redirect_uri (const char *redirect_uri, const char *authority)
{
  const char *rest = strstr (redirect_uri, "//") + 2;

  return g_strdup_printf ("http://%s%s", authority, rest + strcspn (rest, "/?"));
}

/* A page somewhere that makes its own name point to this computer would reach the listener under
 * that name (DNS rebinding). */
static gboolean
is_own_authority (LanyardLoopbackListener *self, const char *authority)
{
  g_autofree char *own = format_authority (self->host, self->port);
  gsize length;

  if (authority == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (authority, own) == 0)
    return TRUE;

  /* A browser leaves the default port out. */
  length = strlen (own) - strlen (":80");
  return self->port == 80 && strlen (authority) == length &&
         g_ascii_strncasecmp (authority, own, length) == 0;
}

/* Returns: the address of a request that is an answer of the browser, otherwise %NULL */
static char *
dup_answer (LanyardLoopbackListener *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *uri = NULL;

  if (!g_str_equal (soup_server_message_get_method (message), "GET") ||
      !is_own_authority (self, soup_message_headers_get_list (headers, "Host")))
    return NULL;

  uri = g_uri_to_string (soup_server_message_get_uri (message));
  return lanyard_uri_matches_redirect (uri, self->pattern) ? g_steal_pointer (&uri) : NULL;
}

/* Whoever waits holds the listener, so the wait must let go of both. */
static GTask *
stop_waiting (LanyardLoopbackListener *self)
{
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  return g_steal_pointer (&self->waiting);
}

static void
return_answer (LanyardLoopbackListener *self)
{
  g_autoptr (GTask) task = stop_waiting (self);

  if (task != NULL)
    g_task_return_pointer (task, g_strdup (self->answer), g_free);
}

/* The page is out, or the browser gone: whoever waits may end the listener now. */
static void
answer_sent_cb (LanyardLoopbackListener *self)
{
  self->is_answer_sent = TRUE;
  return_answer (self);
}

/* Called when the headers are there; whatever else a client sends is thrown away unread. */
static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  LanyardLoopbackListener *self = user_data;
  g_autofree char *answer = dup_answer (self, message);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (answer == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  lanyard_redirect_page_answer (message, self->answer == NULL);
  if (self->answer != NULL)
    return;

  self->answer = g_steal_pointer (&answer);
  g_signal_connect_object (message, "finished", G_CALLBACK (answer_sent_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "disconnected", G_CALLBACK (answer_sent_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
wait_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = stop_waiting (user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
lanyard_loopback_listener_dispose (GObject *object)
{
  LanyardLoopbackListener *self = LANYARD_LOOPBACK_LISTENER (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (lanyard_loopback_listener_parent_class)->dispose (object);
}

static void
lanyard_loopback_listener_finalize (GObject *object)
{
  LanyardLoopbackListener *self = LANYARD_LOOPBACK_LISTENER (object);

  g_free (self->redirect_uri);
  g_free (self->pattern);
  g_free (self->host);
  lanyard_secret_wipe_string (self->answer);

  G_OBJECT_CLASS (lanyard_loopback_listener_parent_class)->finalize (object);
}

static void
lanyard_loopback_listener_class_init (LanyardLoopbackListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_loopback_listener_dispose;
  object_class->finalize = lanyard_loopback_listener_finalize;
}

static void
lanyard_loopback_listener_init (LanyardLoopbackListener *self)
{
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->server, NULL, request_cb, self, NULL);
}

static gboolean
check_redirect_uri (const char *redirect_uri, GError **error)
{
  if (!lanyard_uri_check_redirect (redirect_uri, error))
    return FALSE;
  if (g_ascii_strncasecmp (redirect_uri, "http:", strlen ("http:")) == 0)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               /* Translators: an address */
               _ ("The browser cannot bring the answer back to %s. Choose a callback URL on this "
                  "computer, such as http://127.0.0.1/callback, or sign in inside Lanyard."),
               redirect_uri);
  return FALSE;
}

static gboolean
add_sockets (LanyardLoopbackListener *self, GPtrArray *sockets, GError **error)
{
  for (guint i = 0; i < sockets->len; i++)
    if (!soup_server_listen_socket (self->server, g_ptr_array_index (sockets, i), 0, error))
      return FALSE;
  self->port = get_port (g_ptr_array_index (sockets, 0));
  return TRUE;
}

LanyardLoopbackListener *
lanyard_loopback_listener_new (const char *redirect_uri, GError **error)
{
  g_autoptr (LanyardLoopbackListener) self = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) pattern = NULL;
  g_autoptr (GPtrArray) sockets = NULL;
  g_autofree char *authority = NULL;

  g_return_val_if_fail (redirect_uri != NULL, NULL);

  if (!check_redirect_uri (redirect_uri, error))
    return NULL;

  uri = g_uri_parse (redirect_uri, G_URI_FLAGS_ENCODED, error);
  if (uri == NULL)
    return NULL;
  sockets = open_host (g_uri_get_host (uri), MAX (g_uri_get_port (uri), 0), error);
  if (sockets == NULL)
    return NULL;

  self = g_object_new (LANYARD_TYPE_LOOPBACK_LISTENER, NULL);
  if (!add_sockets (self, sockets, error))
    return NULL;

  self->host = g_strdup (g_uri_get_host (uri));
  authority = format_authority (self->host, self->port);
  self->redirect_uri = format_redirect_uri (redirect_uri, authority);
  pattern = g_uri_parse (self->redirect_uri, SOUP_HTTP_URI_FLAGS, NULL);
  self->pattern = g_uri_to_string (pattern);
  return g_steal_pointer (&self);
}

const char *
lanyard_loopback_listener_get_redirect_uri (LanyardLoopbackListener *self)
{
  g_return_val_if_fail (LANYARD_IS_LOOPBACK_LISTENER (self), NULL);

  return self->redirect_uri;
}

void
lanyard_loopback_listener_wait_async (LanyardLoopbackListener *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LANYARD_IS_LOOPBACK_LISTENER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_loopback_listener_wait_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->waiting != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               _ ("The answer of the browser is being waited for already."));
      return;
    }

  if (cancellable != NULL)
    {
      self->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (wait_cancelled_cb), self, NULL);
      g_source_attach (self->cancel_source, g_task_get_context (task));
    }
  self->waiting = g_steal_pointer (&task);
  if (self->is_answer_sent)
    return_answer (self);
}

char *
lanyard_loopback_listener_wait_finish (LanyardLoopbackListener *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
