/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-transport-fixture.h"

static void
test_soup_transport_request_refused (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token#part");

  transport_fixture_send (fixture->transport, "POST", uri, &outcome);
  g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, 0);
}

static void
test_soup_transport_connection_refused (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  LanyardTestPeer *gone = lanyard_test_peer_new (NULL);
  g_autofree char *uri = lanyard_test_peer_dup_uri (gone, "127.0.0.1", "/token");

  lanyard_test_peer_free (gone);
  transport_fixture_send (fixture->transport, "POST", uri, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "127.0.0.1:");
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "refused the connection");
}

static void
test_soup_transport_late (TransportFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTransport) transport = transport_fixture_create (IMPATIENCE);
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token");
  const gsize positions[] = { 0, 10, strlen (OK), strlen (OK) + 30 };

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 12\r\n\r\n{\"a\":\"late\"}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      lanyard_test_peer_set_pause (fixture->peer, positions[i], 30);
      transport_fixture_send (transport, "POST", uri, &outcome);
      outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "did not answer in time");
    }
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_soup_transport_lost (TransportFixture *fixture, gconstpointer data)
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
      transport_fixture_post (fixture, &outcome);
      outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
      /* A code works once, so it is never sent twice. */
      g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, i + 1);
    }
}

static void
test_soup_transport_malformed (TransportFixture *fixture, gconstpointer data)
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
      transport_fixture_post (fixture, &outcome);
      outcome_check_error (&outcome, LANYARD_ERROR_PROTOCOL, "http://127.0.0.1:");
    }
}

static void
test_soup_transport_endless_header (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autoptr (GString) reply = g_string_new (OK);

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (reply, "X-Header-%u: %050u\r\n", i, i);
  g_string_append (reply, "Content-Length: 2\r\n\r\n{}");
  lanyard_test_peer_set_reply (fixture->peer, reply->str, (gssize)reply->len);
  transport_fixture_post (fixture, &outcome);
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
test_soup_transport_too_large (TransportFixture *fixture, gconstpointer data)
{
  const gsize size = LANYARD_TRANSPORT_MAX_SIZE;
  g_autofree char *announced =
    g_strdup_printf (OK "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size + 1);
  g_auto (Outcome) outcome = { FALSE };

  reply_with_size (fixture->peer, announced, size + 1);
  transport_fixture_post (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_PROTOCOL, "1 MiB");

  reply_with_size (fixture->peer, "HTTP/1.0 200 OK\r\n\r\n", 20 * size);
  transport_fixture_post (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_PROTOCOL, "1 MiB");
}

static void
test_soup_transport_largest (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  reply_with_size (fixture->peer, "HTTP/1.0 200 OK\r\n\r\n", LANYARD_TRANSPORT_MAX_SIZE);
  transport_fixture_post (fixture, &outcome);
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
test_soup_transport_packed_bomb (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  reply_packed (fixture->peer, 256 * LANYARD_TRANSPORT_MAX_SIZE);
  transport_fixture_post (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_PROTOCOL, "1 MiB");
}

static void
test_soup_transport_packed (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  reply_packed (fixture->peer, 1000);
  transport_fixture_post (fixture, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (lanyard_secret_get_length (outcome.response->body), ==, 1000);
}

static void
test_soup_transport_redirect (TransportFixture *fixture, gconstpointer data)
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
      transport_fixture_post (fixture, &outcome);
      outcome_check_body (&outcome, statuses[i], "no");
      g_assert_cmpstr (lanyard_params_get_ignoring_case (outcome.response->headers, "location"), ==,
                       target);
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (other), ==, 0);
}

static void
test_soup_transport_statuses (TransportFixture *fixture, gconstpointer data)
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
      transport_fixture_post (fixture, &outcome);
      outcome_check_body (&outcome, statuses[i], "{\"error\":\"word\"");
      g_assert_cmpstr (outcome.response->content_type, ==, "application/json");
      /* Nothing is tried again with other credentials. */
      g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, i + 1);
    }
}

static void
test_soup_transport_empty (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_reply (fixture->peer, "HTTP/1.1 204 No Content\r\n\r\n", -1);
  transport_fixture_post (fixture, &outcome);
  outcome_check_body (&outcome, 204, "");
  g_assert_null (outcome.response->content_type);
}

static void
test_soup_transport_binary (TransportFixture *fixture, gconstpointer data)
{
  const char reply[] = OK "Content-Length: 5\r\n\r\na\0b\xff\n";
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_reply (fixture->peer, reply, sizeof reply - 1);
  transport_fixture_post (fixture, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpmem (lanyard_secret_get (outcome.response->body),
                   lanyard_secret_get_length (outcome.response->body), "a\0b\xff\n", 5);
}

static void
test_soup_transport_request (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *request = NULL;

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  transport_fixture_post (fixture, &outcome);
  outcome_check_body (&outcome, 200, "{}");

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
test_soup_transport_cookies (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *second = NULL;

  lanyard_test_peer_set_reply (
    fixture->peer, OK "Set-Cookie: id=1; Path=/\r\nETag: \"1\"\r\nContent-Length: 2\r\n\r\n{}", -1);
  transport_fixture_post (fixture, &outcome);
  transport_fixture_post (fixture, &outcome);
  outcome_check_body (&outcome, 200, "{}");

  second = lanyard_test_peer_dup_request (fixture->peer, 1);
  g_assert_null (strstr (second, "Cookie"));
  g_assert_null (strstr (second, "If-None-Match"));
}

static void
test_soup_transport_cancelled_before (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/");
  g_autoptr (LanyardRequest) request = transport_fixture_create_request ("GET", uri);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  lanyard_transport_send_async (fixture->transport, request, cancellable, outcome_sent_cb,
                                &outcome);
  outcome_wait (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, 0);
}

static void
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_soup_transport_cancelled (TransportFixture *fixture, gconstpointer data)
{
  const gsize positions[] = { 0, strlen (OK) + 25 };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/");
  g_autoptr (LanyardRequest) request = transport_fixture_create_request ("GET", uri);

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 12\r\n\r\n{\"a\":\"late\"}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_auto (Outcome) outcome = { FALSE };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      lanyard_test_peer_set_pause (fixture->peer, positions[i], 30);
      lanyard_transport_send_async (fixture->transport, request, cancellable, outcome_sent_cb,
                                    &outcome);
      g_timeout_add_once (100, cancel_cb, cancellable);
      outcome_wait (&outcome);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_soup_transport_at_once (TransportFixture *fixture, gconstpointer data)
{
  Outcome outcomes[20] = { { FALSE } };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/");
  g_autoptr (LanyardRequest) request = transport_fixture_create_request ("POST", uri);

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lanyard_transport_send_async (fixture->transport, request, NULL, outcome_sent_cb, &outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      outcome_wait (&outcomes[i]);
      outcome_check_body (&outcomes[i], 200, "{}");
      outcome_clear (&outcomes[i]);
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, 20);
}

static void
test_soup_transport_no_name (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  transport_fixture_send (fixture->transport, "POST", "https://nonexistent.invalid/token",
                          &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "nonexistent.invalid");
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "No server is called");
}

/* Whoever answers for names, plain http goes nowhere but to this computer. */
static void
test_soup_transport_localhost (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "localhost", "/token");

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  transport_fixture_send (fixture->transport, "POST", uri, &outcome);
  outcome_check_body (&outcome, 200, "{}");
}

#define ADD(name, certificate, function)                                  \
  g_test_add ("/net/soup-transport/" name, TransportFixture, certificate, \
              transport_fixture_set_up, function, transport_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

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

  return transport_fixture_run ();
}
