/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-soup-transport.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lanyard-deadline.h"
#include "lanyard-error.h"
#include "lanyard-network-error.h"
#include "lanyard-soup-message.h"
#include "lanyard-uri.h"

struct _LanyardSoupTransport
{
  GObject parent_instance;

  /* Owned */
  GTlsDatabase *tls_database;
  GProxyResolver *proxy_resolver;
  /* Each made at its first request. Loopback has one of its own, since no proxy may see it. */
  SoupSession *session;
  SoupSession *loopback_session;

  guint timeout;
  guint keep_time;
  guint keep_id;
  guint n_running;
};

enum
{
  PROP_TIMEOUT = 1,
  PROP_KEEP_TIME,
  PROP_TLS_DATABASE,
  PROP_PROXY_RESOLVER,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void lanyard_soup_transport_iface_init (LanyardTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardSoupTransport,
                               lanyard_soup_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_TRANSPORT,
                                                      lanyard_soup_transport_iface_init))

/* For how many milliseconds connections wait for another request. Servers close idle ones after
 * five seconds at the earliest. */
#define KEEP_TIME 3000

/* One byte more than is allowed tells an answer that is too large. */
#define BUFFER_SIZE (LANYARD_TRANSPORT_MAX_SIZE + 1)

/* One request on its way: the data of its task. */
typedef struct
{
  LanyardSoupTransport *transport;
  LanyardRequest *request;
  SoupMessage *message;
  LanyardDeadline *deadline;
  char *buffer;
  gsize length;
  gboolean is_second_try;
} Exchange;

static gboolean
keep_time_over_cb (gpointer user_data)
{
  LanyardSoupTransport *self = user_data;

  self->keep_id = 0;
  g_clear_object (&self->session);
  g_clear_object (&self->loopback_session);
  return G_SOURCE_REMOVE;
}

static void
begin_use (LanyardSoupTransport *self)
{
  self->n_running++;
  g_clear_handle_id (&self->keep_id, g_source_remove);
}

/* Idle connections go with their session. */
static void
end_use (LanyardSoupTransport *self)
{
  self->n_running--;
  if (self->n_running == 0)
    self->keep_id = g_timeout_add (self->keep_time, keep_time_over_cb, self);
}

static Exchange *
exchange_new (LanyardSoupTransport *transport,
              const LanyardRequest *request,
              SoupMessage *message,
              LanyardDeadline *deadline)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->transport = g_object_ref (transport);
  begin_use (transport);
  self->request = lanyard_request_copy (request);
  self->message = g_object_ref (message);
  self->deadline = deadline;
  /* Memory that is not touched is not taken, so that a short answer takes little of it. */
  self->buffer = g_malloc (BUFFER_SIZE);
  return self;
}

static void
exchange_free (Exchange *self)
{
  lanyard_deadline_free (self->deadline);
  lanyard_soup_message_forget (self->message);
  g_clear_object (&self->message);
  explicit_bzero (self->buffer, self->length);
  g_clear_pointer (&self->buffer, g_free);
  lanyard_request_free (self->request);
  end_use (self->transport);
  g_object_unref (self->transport);
  g_free (self);
}

static SoupSession *
create_session (LanyardSoupTransport *self)
{
  g_autoptr (SoupSession) session = soup_session_new ();

  /* How long it may take is ours to say: it counts over the whole request. */
  soup_session_set_timeout (session, 0);
  /* libsoup's timer of an idle connection can go off in the very turn of the main loop in which a
   * request takes that connection, which is then freed under the request (seen with libsoup 3.2
   * when the loop was held up: a call to address 0). So that one is off. */
  soup_session_set_idle_timeout (session, 0);
  soup_session_set_user_agent (session, "Lanyard/" LANYARD_VERSION);
  /* Credentials come from the request and from nowhere else: no stored ones, no dialog. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->tls_database != NULL)
    soup_session_set_tls_database (session, self->tls_database);
  if (self->proxy_resolver != NULL)
    soup_session_set_proxy_resolver (session, self->proxy_resolver);
  return g_steal_pointer (&session);
}

static SoupSession *
get_session (LanyardSoupTransport *self, const char *uri)
{
  if (lanyard_uri_is_loopback (uri))
    {
      if (self->loopback_session == NULL)
        {
          self->loopback_session = create_session (self);
          soup_session_set_proxy_resolver (self->loopback_session, NULL);
        }
      return self->loopback_session;
    }
  if (self->session == NULL)
    self->session = create_session (self);
  return self->session;
}

/* What a server sends that is no HTTP, or that does not unpack. */
static gboolean
is_malformed (const GError *error)
{
  return error->domain == SOUP_SESSION_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
fail (GTask *task, const GError *cause)
{
  const Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *origin = lanyard_uri_dup_origin (exchange->request->uri);
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (exchange->message);

  if (lanyard_deadline_is_over (exchange->deadline))
    g_task_return_error (task, lanyard_network_error_new_timeout (exchange->request->uri));
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_task_return_error (task, lanyard_network_error_new_certificate (
                                 certificate,
                                 soup_message_get_tls_peer_certificate_errors (exchange->message),
                                 exchange->request->uri));
  else if (is_malformed (cause))
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                             /* Translators: scheme and host of a server */
                             _ ("What %s answered cannot be read. Check that the address is the "
                                "right one."),
                             origin);
  else
    g_task_return_error (task, lanyard_network_error_new (cause, exchange->request->uri));
}

static void
fail_too_large (GTask *task)
{
  const Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *origin = lanyard_uri_dup_origin (exchange->request->uri);

  g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                           /* Translators: scheme and host of a server */
                           _ ("%s answered with more than 1 MiB, which is more than Lanyard reads. "
                              "Check that the address is the right one."),
                           origin);
}

/* An https server always shows a certificate; without one it was a proxy that answered the request
 * for a tunnel, and its words are not the server's. */
static gboolean
is_from_proxy (SoupMessage *message)
{
  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https") &&
         soup_message_get_tls_peer_certificate (message) == NULL;
}

static void
fail_at_proxy (GTask *task)
{
  const Exchange *exchange = g_task_get_task_data (task);
  guint status = soup_message_get_status (exchange->message);
  g_autoptr (GError) cause = g_error_new_literal (
    G_IO_ERROR,
    status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED ? G_IO_ERROR_PROXY_NEED_AUTH
                                                        : G_IO_ERROR_PROXY_FAILED,
    "");

  g_task_return_error (task, lanyard_network_error_new (cause, exchange->request->uri));
}

/* A connection that was to be closed anyway ends the answer for libsoup, however much of it was
 * announced. Half a token looks like a whole one. */
static gboolean
is_cut_off (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         (guint64)soup_message_headers_get_content_length (headers) >
           soup_message_metrics_get_response_body_bytes_received (metrics);
}

static void
fail_cut_off (GTask *task)
{
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "");

  fail (task, cause);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &exchange->length, &error))
    fail (task, error);
  else if (exchange->length > LANYARD_TRANSPORT_MAX_SIZE)
    fail_too_large (task);
  else if (is_cut_off (exchange->message))
    fail_cut_off (task);
  else
    g_task_return_pointer (
      task,
      lanyard_soup_message_dup_response (exchange->message, exchange->buffer, exchange->length),
      (GDestroyNotify)lanyard_response_free);
}

/* Whether a connection that had served before was gone when the server was to answer. */
static gboolean
was_lost_unanswered (const Exchange *exchange)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);

  return soup_message_metrics_get_request_start (metrics) != 0 &&
         soup_message_metrics_get_connect_start (metrics) == 0 &&
         soup_message_metrics_get_response_header_bytes_received (metrics) == 0;
}

static gboolean
may_try_again (const Exchange *exchange)
{
  return exchange->request->is_repeatable && !exchange->is_second_try &&
         !g_cancellable_is_cancelled (lanyard_deadline_get_cancellable (exchange->deadline)) &&
         was_lost_unanswered (exchange);
}

static void send_message (GTask *task);

/* Sends the same once more, on a connection of its own. */
static void
try_again (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  exchange->is_second_try = TRUE;
  lanyard_soup_message_forget (exchange->message);
  g_object_unref (exchange->message);
  exchange->message = lanyard_soup_message_new (exchange->request, NULL);
  send_message (task);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (stream == NULL && may_try_again (exchange))
    try_again (task);
  else if (stream == NULL)
    fail (task, error);
  else if (is_from_proxy (exchange->message))
    fail_at_proxy (task);
  else
    /* What is read is what came out of the decoder, so that a small answer that unpacks to a large
     * one meets the limit too. */
    g_input_stream_read_all_async (stream, exchange->buffer, BUFFER_SIZE, G_PRIORITY_DEFAULT,
                                   lanyard_deadline_get_cancellable (exchange->deadline), read_cb,
                                   g_steal_pointer (&task));
}

/* libsoup opens a connection for each POST, unless it is told that it is idempotent; whether to
 * send one again, it decides by the method alone. */
static void
send_message (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  SoupMessageFlags flags = SOUP_MESSAGE_COLLECT_METRICS;

  if (exchange->is_second_try)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  else if (exchange->request->is_repeatable)
    flags |= SOUP_MESSAGE_IDEMPOTENT;

  soup_message_add_flags (exchange->message, flags);
  soup_session_send_async (get_session (exchange->transport, exchange->request->uri),
                           exchange->message, G_PRIORITY_DEFAULT,
                           lanyard_deadline_get_cancellable (exchange->deadline), sent_cb,
                           g_object_ref (task));
}

static void
lanyard_soup_transport_send_async (LanyardTransport *transport,
                                   const LanyardRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  LanyardSoupTransport *self = LANYARD_SOUP_TRANSPORT (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = NULL;
  Exchange *exchange;

  g_task_set_source_tag (task, lanyard_soup_transport_send_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  message = lanyard_soup_message_new (request, &error);
  if (message == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  exchange = exchange_new (self, request, message, lanyard_deadline_new (task, self->timeout));
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);
  send_message (task);
}

static LanyardResponse *
lanyard_soup_transport_send_finish (LanyardTransport *transport,
                                    GAsyncResult *result,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_soup_transport_iface_init (LanyardTransportInterface *iface)
{
  iface->send_async = lanyard_soup_transport_send_async;
  iface->send_finish = lanyard_soup_transport_send_finish;
}

static void
lanyard_soup_transport_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  LanyardSoupTransport *self = LANYARD_SOUP_TRANSPORT (object);

  switch (id)
    {
    case PROP_TIMEOUT:
      self->timeout = g_value_get_uint (value);
      break;
    case PROP_KEEP_TIME:
      self->keep_time = g_value_get_uint (value);
      break;
    case PROP_TLS_DATABASE:
      self->tls_database = g_value_dup_object (value);
      break;
    case PROP_PROXY_RESOLVER:
      self->proxy_resolver = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_soup_transport_dispose (GObject *object)
{
  LanyardSoupTransport *self = LANYARD_SOUP_TRANSPORT (object);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->loopback_session);
  g_clear_object (&self->tls_database);
  g_clear_object (&self->proxy_resolver);

  G_OBJECT_CLASS (lanyard_soup_transport_parent_class)->dispose (object);
}

static void
lanyard_soup_transport_class_init (LanyardSoupTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lanyard_soup_transport_set_property;
  object_class->dispose = lanyard_soup_transport_dispose;

  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXUINT,
                                                LANYARD_TRANSPORT_TIMEOUT * 1000, flags);
  properties[PROP_KEEP_TIME] =
    g_param_spec_uint ("keep-time", NULL, NULL, 1, G_MAXUINT, KEEP_TIME, flags);
  properties[PROP_TLS_DATABASE] =
    g_param_spec_object ("tls-database", NULL, NULL, G_TYPE_TLS_DATABASE, flags);
  properties[PROP_PROXY_RESOLVER] =
    g_param_spec_object ("proxy-resolver", NULL, NULL, G_TYPE_PROXY_RESOLVER, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lanyard_soup_transport_init (LanyardSoupTransport *self)
{
}
