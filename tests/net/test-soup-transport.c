/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-soup-transport.h"
#include "lanyard-test-certificates.h"
#include "lanyard-test-peer.h"

#define SECRET "s3cret-w0rd"
#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

/* Long enough to be sure that it was not met, short enough to wait for it. */
#define PATIENCE_MS 10000
#define IMPATIENCE_MS 300

typedef struct
{
  LanyardTestPeer *peer;
  LanyardTransport *transport;
} Fixture;

/* What came of a request. */
typedef struct
{
  gboolean is_done;
  LanyardResponse *response;
  GError *error;
} Outcome;

static LanyardTransport *
create_transport (guint timeout)
{
  g_autoptr (GTlsDatabase) authority = lanyard_test_certificates_load_authority ();

  return g_object_new (LANYARD_TYPE_SOUP_TRANSPORT, "timeout", timeout, "tls-database", authority,
                       NULL);
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  const char *certificate_name = data;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (certificate_name != NULL)
    certificate = lanyard_test_certificates_load (certificate_name);
  fixture->peer = lanyard_test_peer_new (certificate);
  fixture->transport = create_transport (PATIENCE_MS);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->transport);
  lanyard_test_peer_free (fixture->peer);
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->response, lanyard_response_free);
  g_clear_error (&outcome->error);
  outcome->is_done = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->response =
    lanyard_transport_send_finish (LANYARD_TRANSPORT (source), result, &outcome->error);
  g_assert_true ((outcome->response == NULL) == (outcome->error != NULL));
  outcome->is_done = TRUE;
}

static void
wait_for (Outcome *outcome)
{
  while (!outcome->is_done)
    g_main_context_iteration (NULL, TRUE);
  if (outcome->error != NULL)
    {
      g_test_message ("%s", outcome->error->message);
      /* Whatever goes wrong, no message tells what was sent. */
      g_assert_null (strstr (outcome->error->message, SECRET));
    }
}

/* A request with a secret in each place that can hold one. */
static LanyardRequest *
create_request (const char *method, const char *uri)
{
  LanyardRequest *request = lanyard_request_new (method, uri);

  lanyard_params_append (request->headers, "Authorization", "Bearer " SECRET);
  if (g_str_equal (method, "POST"))
    {
      g_autoptr (LanyardParams) form = lanyard_params_new ();

      lanyard_params_append (form, "code", SECRET);
      lanyard_request_set_form (request, form);
    }
  return request;
}

static void
send (LanyardTransport *transport, const char *method, const char *uri, Outcome *outcome)
{
  g_autoptr (LanyardRequest) request = create_request (method, uri);

  outcome_clear (outcome);
  lanyard_transport_send_async (transport, request, NULL, sent_cb, outcome);
  wait_for (outcome);
}

/* Sends a POST with a secret in its query as well. */
static void
send_to_peer (Fixture *fixture, Outcome *outcome)
{
  g_autofree char *uri =
    lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token?key=" SECRET);

  send (fixture->transport, "POST", uri, outcome);
}

static void
check_error (const Outcome *outcome, LanyardError code, const char *words)
{
  g_assert_error (outcome->error, LANYARD_ERROR, (int)code);
  g_assert_nonnull (strstr (outcome->error->message, words));
}

static void
check_body (const Outcome *outcome, guint status, const char *body)
{
  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->response->status, ==, status);
  g_assert_cmpstr (lanyard_secret_get (outcome->response->body), ==, body);
}

static void
test_soup_transport_request_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token#part");

  send (fixture->transport, "POST", uri, &outcome);
  g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, 0);
}

static void
test_soup_transport_connection_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  LanyardTestPeer *gone = lanyard_test_peer_new (NULL);
  g_autofree char *uri = lanyard_test_peer_dup_uri (gone, "127.0.0.1", "/token");

  lanyard_test_peer_free (gone);
  send (fixture->transport, "POST", uri, &outcome);
  check_error (&outcome, LANYARD_ERROR_NETWORK, "127.0.0.1:");
  check_error (&outcome, LANYARD_ERROR_NETWORK, "refused the connection");
}

static void
test_soup_transport_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTransport) transport = create_transport (IMPATIENCE_MS);
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token");
  const gsize positions[] = { 0, 10, strlen (OK), strlen (OK) + 30 };

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 12\r\n\r\n{\"a\":\"late\"}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      lanyard_test_peer_set_pause (fixture->peer, positions[i], 30);
      send (transport, "POST", uri, &outcome);
      check_error (&outcome, LANYARD_ERROR_NETWORK, "did not answer in time");
    }
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_soup_transport_lost (Fixture *fixture, gconstpointer data)
{
  const char *const replies[] = {
    "",
    OK "Content-Length: 100\r\n\r\n{\"access_token\":",
    OK "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"access_token\":",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      lanyard_test_peer_set_reply (fixture->peer, replies[i], -1);
      send_to_peer (fixture, &outcome);
      check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
      /* A code or refresh token works once, so it is never sent twice. */
      g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, i + 1);
    }
}

static void
test_soup_transport_malformed (Fixture *fixture, gconstpointer data)
{
  const char *const replies[] = {
    "This is no HTTP at all, but a lot of words that make no sense\r\n\r\n",
    "220 mail.example ESMTP\r\n\r\n",
    "HTTP/1.1 20",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      lanyard_test_peer_set_reply (fixture->peer, replies[i], -1);
      send_to_peer (fixture, &outcome);
      check_error (&outcome, LANYARD_ERROR_PROTOCOL, "http://127.0.0.1:");
    }
}

static void
test_soup_transport_endless_header (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autoptr (GString) reply = g_string_new (OK);

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (reply, "X-Header-%u: %050u\r\n", i, i);
  g_string_append (reply, "Content-Length: 2\r\n\r\n{}");
  lanyard_test_peer_set_reply (fixture->peer, reply->str, (gssize)reply->len);
  send_to_peer (fixture, &outcome);
  g_assert_nonnull (outcome.error);
}

static void
reply_with_size (LanyardTestPeer *peer, const char *head, gsize size)
{
  g_autoptr (GString) reply = g_string_new (head);
  gsize start = reply->len;

  g_string_set_size (reply, start + size);
  memset (reply->str + start, 'x', size);
  lanyard_test_peer_set_reply (peer, reply->str, (gssize)reply->len);
}

static void
test_soup_transport_too_large (Fixture *fixture, gconstpointer data)
{
  const gsize size = LANYARD_TRANSPORT_MAX_SIZE;
  g_autofree char *announced =
    g_strdup_printf (OK "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size + 1);
  g_auto (Outcome) outcome = { FALSE };

  reply_with_size (fixture->peer, announced, size + 1);
  send_to_peer (fixture, &outcome);
  check_error (&outcome, LANYARD_ERROR_PROTOCOL, "1 MiB");

  reply_with_size (fixture->peer, "HTTP/1.0 200 OK\r\n\r\n", 20 * size);
  send_to_peer (fixture, &outcome);
  check_error (&outcome, LANYARD_ERROR_PROTOCOL, "1 MiB");
}

static void
test_soup_transport_largest (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  reply_with_size (fixture->peer, "HTTP/1.0 200 OK\r\n\r\n", LANYARD_TRANSPORT_MAX_SIZE);
  send_to_peer (fixture, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (lanyard_secret_get_length (outcome.response->body), ==,
                    LANYARD_TRANSPORT_MAX_SIZE);
}

/* Packs so many bytes that are all the same. */
static GByteArray *
pack (gsize size)
{
  g_autoptr (GConverter) converter =
               G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) packer = g_converter_output_stream_new (memory, converter);
  g_autofree char *plain = g_malloc0 (size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_output_stream_write_all (packer, plain, size, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (packer, NULL, &error);
  g_assert_no_error (error);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_bytes_unref_to_array (g_steal_pointer (&bytes));
}

static void
reply_packed (LanyardTestPeer *peer, gsize size)
{
  g_autoptr (GByteArray) packed = pack (size);
  g_autoptr (GString) reply = g_string_new (NULL);

  g_string_printf (reply, OK "Content-Encoding: gzip\r\nContent-Length: %u\r\n\r\n", packed->len);
  g_string_append_len (reply, (const char *)packed->data, packed->len);
  lanyard_test_peer_set_reply (peer, reply->str, (gssize)reply->len);
}

static void
test_soup_transport_packed_bomb (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  reply_packed (fixture->peer, 256 * LANYARD_TRANSPORT_MAX_SIZE);
  send_to_peer (fixture, &outcome);
  check_error (&outcome, LANYARD_ERROR_PROTOCOL, "1 MiB");
}

static void
test_soup_transport_packed (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  reply_packed (fixture->peer, 1000);
  send_to_peer (fixture, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (lanyard_secret_get_length (outcome.response->body), ==, 1000);
}

static void
test_soup_transport_redirect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTestPeer) other = lanyard_test_peer_new (NULL);
  g_autofree char *target = lanyard_test_peer_dup_uri (other, "127.0.0.1", "/token");
  const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (Outcome) outcome = { FALSE };
      g_autofree char *reply =
        g_strdup_printf ("HTTP/1.1 %u Elsewhere\r\nLocation: %s\r\nContent-Length: 2\r\n\r\nno",
                         statuses[i], target);

      lanyard_test_peer_set_reply (fixture->peer, reply, -1);
      send_to_peer (fixture, &outcome);
      check_body (&outcome, statuses[i], "no");
      g_assert_cmpstr (lanyard_params_get_ignoring_case (outcome.response->headers, "location"), ==,
                       target);
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (other), ==, 0);
}

static void
test_soup_transport_statuses (Fixture *fixture, gconstpointer data)
{
  const guint statuses[] = { 200, 400, 401, 403, 404, 407, 429, 500, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (Outcome) outcome = { FALSE };
      g_autofree char *reply = g_strdup_printf (
        "HTTP/1.1 %u Words\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Type: "
        "Application/JSON; charset=utf-8\r\nContent-Length: 15\r\n\r\n{\"error\":\"word\"}",
        statuses[i]);

      lanyard_test_peer_set_reply (fixture->peer, reply, -1);
      send_to_peer (fixture, &outcome);
      check_body (&outcome, statuses[i], "{\"error\":\"word\"");
      g_assert_cmpstr (outcome.response->content_type, ==, "application/json");
      /* Nothing is tried again with other credentials. */
      g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, i + 1);
    }
}

static void
test_soup_transport_empty (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_reply (fixture->peer, "HTTP/1.1 204 No Content\r\n\r\n", -1);
  send_to_peer (fixture, &outcome);
  check_body (&outcome, 204, "");
  g_assert_null (outcome.response->content_type);
}

static void
test_soup_transport_binary (Fixture *fixture, gconstpointer data)
{
  const char reply[] = OK "Content-Length: 5\r\n\r\na\0b\xff\n";
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_reply (fixture->peer, reply, sizeof reply - 1);
  send_to_peer (fixture, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpmem (lanyard_secret_get (outcome.response->body),
                   lanyard_secret_get_length (outcome.response->body), "a\0b\xff\n", 5);
}

static void
test_soup_transport_request (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *request = NULL;

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  send_to_peer (fixture, &outcome);
  check_body (&outcome, 200, "{}");

  request = lanyard_test_peer_dup_request (fixture->peer, 0);
  g_assert_true (g_str_has_prefix (request, "POST /token?key=" SECRET " HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer " SECRET "\r\n"));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: Lanyard/" LANYARD_VERSION "\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
  g_assert_null (strstr (request, "Referer"));
  g_assert_null (strstr (request, "Cookie"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\ncode=" SECRET));
}

static void
test_soup_transport_cookies (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *second = NULL;

  lanyard_test_peer_set_reply (
    fixture->peer, OK "Set-Cookie: id=1; Path=/\r\nETag: \"1\"\r\nContent-Length: 2\r\n\r\n{}", -1);
  send_to_peer (fixture, &outcome);
  send_to_peer (fixture, &outcome);
  check_body (&outcome, 200, "{}");

  second = lanyard_test_peer_dup_request (fixture->peer, 1);
  g_assert_null (strstr (second, "Cookie"));
  g_assert_null (strstr (second, "If-None-Match"));
}

static void
test_soup_transport_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/");
  g_autoptr (LanyardRequest) request = create_request ("GET", uri);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  lanyard_transport_send_async (fixture->transport, request, cancellable, sent_cb, &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, 0);
}

static void
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_soup_transport_cancelled (Fixture *fixture, gconstpointer data)
{
  const gsize positions[] = { 0, strlen (OK) + 25 };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/");
  g_autoptr (LanyardRequest) request = create_request ("GET", uri);

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 12\r\n\r\n{\"a\":\"late\"}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_auto (Outcome) outcome = { FALSE };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      lanyard_test_peer_set_pause (fixture->peer, positions[i], 30);
      lanyard_transport_send_async (fixture->transport, request, cancellable, sent_cb, &outcome);
      g_timeout_add_once (100, cancel_cb, cancellable);
      wait_for (&outcome);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_soup_transport_at_once (Fixture *fixture, gconstpointer data)
{
  Outcome outcomes[20] = { { FALSE } };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/");
  g_autoptr (LanyardRequest) request = create_request ("POST", uri);

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lanyard_transport_send_async (fixture->transport, request, NULL, sent_cb, &outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      wait_for (&outcomes[i]);
      check_body (&outcomes[i], 200, "{}");
      outcome_clear (&outcomes[i]);
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, 20);
}

/* The data of these tests is the name of the certificate, and what is said of it. */
static void
check_certificate_refused (Fixture *fixture, const char *words)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "localhost", "/token");

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  send (fixture->transport, "POST", uri, &outcome);
  check_error (&outcome, LANYARD_ERROR_TLS, words);
  check_error (&outcome, LANYARD_ERROR_TLS, "localhost:");
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, 0);
}

static void
test_soup_transport_self_signed (Fixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "self-signed");
}

static void
test_soup_transport_wrong_host (Fixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "“other.example”");
}

static void
test_soup_transport_expired (Fixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "expired on");
}

static void
test_soup_transport_not_yet (Fixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "not valid before");
}

static void
test_soup_transport_unknown_issuer (Fixture *fixture, gconstpointer data)
{
  /* The authorities of the system do not know ours. */
  g_clear_object (&fixture->transport);
  fixture->transport = g_object_new (LANYARD_TYPE_SOUP_TRANSPORT, NULL);
  check_certificate_refused (fixture, "“CN=Test Authority”");
}

static void
test_soup_transport_not_tls (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri =
    g_strdup_printf ("https://127.0.0.1:%u/token", lanyard_test_peer_get_port (fixture->peer));

  lanyard_test_peer_set_reply (fixture->peer, "HTTP/1.1 400 Bad Request\r\n\r\n\r\n\r\n", -1);
  send (fixture->transport, "POST", uri, &outcome);
  check_error (&outcome, LANYARD_ERROR_TLS, "No secure connection to 127.0.0.1:");
}

static void
test_soup_transport_secure (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "localhost", "/token");

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  lanyard_test_peer_set_keep (fixture->peer, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      send (fixture->transport, "GET", uri, &outcome);
      check_body (&outcome, 200, "{}");
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, 1);
}

static void
test_soup_transport_secure_lost (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 100\r\n\r\n{\"a\":", -1);
  send_to_peer (fixture, &outcome);
  check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
}

static LanyardTransport *
create_proxied_transport (LanyardTestPeer *proxy)
{
  g_autofree char *address = lanyard_test_peer_dup_uri (proxy, "127.0.0.1", "");
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (address, NULL);

  return g_object_new (LANYARD_TYPE_SOUP_TRANSPORT, "proxy-resolver", resolver, NULL);
}

static void
check_proxy (LanyardTransport *transport, const char *uri, const char *words)
{
  g_auto (Outcome) outcome = { FALSE };

  send (transport, "POST", uri, &outcome);
  check_error (&outcome, LANYARD_ERROR_NETWORK, words);
}

static void
test_soup_transport_proxy_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTransport) transport = create_proxied_transport (fixture->peer);
  g_autofree char *request = NULL;

  lanyard_test_peer_set_reply (
    fixture->peer,
    "HTTP/1.1 407 Sign in\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
    "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"access_token\":\"x\"}",
    -1);
  check_proxy (transport, "https://login.example/token", "wants a user name");
  lanyard_test_peer_set_reply (
    fixture->peer,
    "HTTP/1.1 403 No\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", -1);
  check_proxy (transport, "https://login.example/token", "The proxy does not let you reach");

  /* The proxy learns the host and nothing else. */
  request = lanyard_test_peer_dup_request (fixture->peer, 0);
  g_assert_true (g_str_has_prefix (request, "CONNECT login.example:443 "));
  g_assert_null (strstr (request, SECRET));
  g_assert_null (strstr (request, "/token"));
}

static void
test_soup_transport_proxy_spared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTestPeer) proxy = lanyard_test_peer_new (NULL);
  g_autoptr (LanyardTransport) transport = create_proxied_transport (proxy);
  const char *const hosts[] = { "127.0.0.1", "localhost", "LOCALHOST" };

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_auto (Outcome) outcome = { FALSE };
      g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, hosts[i], "/token");

      send (transport, "POST", uri, &outcome);
      check_body (&outcome, 200, "{}");
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (proxy), ==, 0);
}

static void
test_soup_transport_no_name (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  send (fixture->transport, "POST", "https://nonexistent.invalid/token", &outcome);
  check_error (&outcome, LANYARD_ERROR_NETWORK, "nonexistent.invalid");
  check_error (&outcome, LANYARD_ERROR_NETWORK, "No server is called");
}

/* Whoever answers for names, plain http goes nowhere but to this computer. */
static void
test_soup_transport_localhost (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "localhost", "/token");

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  send (fixture->transport, "POST", uri, &outcome);
  check_body (&outcome, 200, "{}");
}

/* The tests do not depend on a name server: names are unknown, but for one that lies. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
test_resolver_lookup_async (GResolver *resolver,
                            const char *name,
                            GResolverNameLookupFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_assert_cmpstr (name, !=, "localhost");
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Unknown name");
}

static GList *
test_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

#define ADD(name, certificate, function)                                                   \
  g_test_add ("/net/soup-transport/" name, Fixture, certificate, fixture_set_up, function, \
              fixture_tear_down)

static void
add_plain_tests (void)
{
  ADD ("request-refused", NULL, test_soup_transport_request_refused);
  ADD ("no-name", NULL, test_soup_transport_no_name);
  ADD ("connection-refused", NULL, test_soup_transport_connection_refused);
  ADD ("late", NULL, test_soup_transport_late);
  ADD ("lost", NULL, test_soup_transport_lost);
  ADD ("malformed", NULL, test_soup_transport_malformed);
  ADD ("endless-header", NULL, test_soup_transport_endless_header);
  ADD ("too-large", NULL, test_soup_transport_too_large);
  ADD ("largest", NULL, test_soup_transport_largest);
  ADD ("packed-bomb", NULL, test_soup_transport_packed_bomb);
  ADD ("packed", NULL, test_soup_transport_packed);
  ADD ("redirect", NULL, test_soup_transport_redirect);
  ADD ("statuses", NULL, test_soup_transport_statuses);
  ADD ("empty", NULL, test_soup_transport_empty);
  ADD ("binary", NULL, test_soup_transport_binary);
  ADD ("request", NULL, test_soup_transport_request);
  ADD ("cookies", NULL, test_soup_transport_cookies);
  ADD ("cancelled-before", NULL, test_soup_transport_cancelled_before);
  ADD ("cancelled", NULL, test_soup_transport_cancelled);
  ADD ("at-once", NULL, test_soup_transport_at_once);
  ADD ("localhost", NULL, test_soup_transport_localhost);
  ADD ("proxy-refuses", NULL, test_soup_transport_proxy_refuses);
  ADD ("proxy-spared", NULL, test_soup_transport_proxy_spared);
}

static void
add_secure_tests (void)
{
  ADD ("not-tls", NULL, test_soup_transport_not_tls);
  ADD ("self-signed", "self-signed", test_soup_transport_self_signed);
  ADD ("wrong-host", "wrong-host", test_soup_transport_wrong_host);
  ADD ("expired", "expired", test_soup_transport_expired);
  ADD ("not-yet", "not-yet", test_soup_transport_not_yet);
  ADD ("unknown-issuer", "good", test_soup_transport_unknown_issuer);
  ADD ("secure", "good", test_soup_transport_secure);
  ADD ("secure-lost", "good", test_soup_transport_secure_lost);
}

int
main (int argc, char **argv)
{
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  int result;

  g_test_init (&argc, &argv, NULL);
  g_resolver_set_default (resolver);
  lanyard_test_certificates_make ();
  add_plain_tests ();
  add_secure_tests ();

  result = g_test_run ();
  lanyard_test_certificates_remove ();
  return result;
}
