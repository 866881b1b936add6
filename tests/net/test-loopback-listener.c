/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#include "lanyard-error.h"
#include "lanyard-loopback-listener.h"
#include "lanyard-test-client.h"

#define CODE "s3cret-c0de"

/* What a wait brought. */
typedef struct
{
  gboolean is_done;
  char *answer;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->answer, g_free);
  g_clear_error (&outcome->error);
  outcome->is_done = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->answer = lanyard_loopback_listener_wait_finish (LANYARD_LOOPBACK_LISTENER (source),
                                                           result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
wait_for (const gboolean *is_done)
{
  while (!*is_done)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: what the listener got, or gets */
static char *
wait_for_answer (LanyardLoopbackListener *listener)
{
  Outcome outcome = { FALSE };

  lanyard_loopback_listener_wait_async (listener, NULL, waited_cb, &outcome);
  wait_for (&outcome.is_done);
  g_assert_no_error (outcome.error);
  return outcome.answer;
}

static LanyardLoopbackListener *
create_listener (const char *redirect_uri)
{
  g_autoptr (GError) error = NULL;
  LanyardLoopbackListener *listener = lanyard_loopback_listener_new (redirect_uri, &error);

  g_assert_no_error (error);
  return listener;
}

static guint16
get_port (LanyardLoopbackListener *listener)
{
  g_autoptr (GUri) uri =
    g_uri_parse (lanyard_loopback_listener_get_redirect_uri (listener), G_URI_FLAGS_NONE, NULL);

  return (guint16)g_uri_get_port (uri);
}

static char *
format_request (LanyardLoopbackListener *listener, const char *line, const char *host)
{
  return g_strdup_printf ("%s HTTP/1.1\r\nHost: %s:%u\r\nConnection: close\r\n\r\n", line, host,
                          get_port (listener));
}

static char *
get (LanyardLoopbackListener *listener, const char *target)
{
  g_autofree char *line = g_strdup_printf ("GET %s", target);
  g_autofree char *request = format_request (listener, line, "127.0.0.1");

  return lanyard_test_client_send ("127.0.0.1", get_port (listener), request);
}

/* Some computers, and many containers, have none. */
static gboolean
has_ipv6 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardLoopbackListener) listener =
    lanyard_loopback_listener_new ("http://[::1]/", &error);

  return listener != NULL;
}

static void
check_refused (const char *redirect_uri, LanyardError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_loopback_listener_new (redirect_uri, &error));
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_test_message ("%s", error->message);
}

static void
test_loopback_listener_uri_refused (void)
{
  const char *const uris[] = {
    "https://example.org/callback",        "https://localhost:8400/callback",
    "http://example.org/callback",         "http://0.0.0.0:8400/callback",
    "http://192.168.1.1:8400/callback",    "io.github.lanyard:/callback",
    "urn:ietf:wg:oauth:2.0:oob",           "http://127.0.0.1:8400/callback#part",
    "http://name@127.0.0.1:8400/callback", "http://127.0.0.1:0/callback",
    "http://127.0.0.1:70000/callback",     "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    check_refused (uris[i], LANYARD_ERROR_INVALID);
}

static void
test_loopback_listener_port_taken (void)
{
  const char *const addresses[] = { "127.0.0.1", "localhost", "[::1]" };
  gsize n_addresses = has_ipv6 () ? 3 : 2;

  for (gsize i = 0; i < n_addresses; i++)
    {
      g_autofree char *free_uri = g_strdup_printf ("http://%s/callback", addresses[i]);
      g_autoptr (LanyardLoopbackListener) first = create_listener (free_uri);

      check_refused (lanyard_loopback_listener_get_redirect_uri (first), LANYARD_ERROR_NETWORK);
    }
}

/* Whoever listens on one family would get some of the answers to “localhost”. */
static void
test_loopback_listener_family_taken (void)
{
  const char *const literals[] = { "127.0.0.1", "[::1]" };
  gsize n_literals = has_ipv6 () ? 2 : 1;

  for (gsize i = 0; i < n_literals; i++)
    {
      g_autofree char *free_uri = g_strdup_printf ("http://%s/callback", literals[i]);
      g_autoptr (LanyardLoopbackListener) other = create_listener (free_uri);
      g_autofree char *uri = g_strdup_printf ("http://localhost:%u/callback", get_port (other));

      check_refused (uri, LANYARD_ERROR_NETWORK);
    }
}

static void
test_loopback_listener_not_shared (void)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autoptr (GSocketAddress) address =
    g_inet_socket_address_new_from_string ("127.0.0.1", get_port (listener));
  g_autoptr (GSocket) thief = NULL;
  g_autoptr (GError) error = NULL;

  /* Another program that asks for the port with every option that shares it. */
  thief = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_socket_set_option (thief, SOL_SOCKET, SO_REUSEPORT, 1, NULL);
  g_assert_false (g_socket_bind (thief, address, TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

/* Sends a request that must be passed over, and then the right one. */
static void
check_passed_over (const char *redirect_uri, const char *line, const char *host)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener (redirect_uri);
  g_autofree char *request = format_request (listener, line, host);
  g_autofree char *reply = lanyard_test_client_send ("127.0.0.1", get_port (listener), request);
  g_autofree char *page = NULL;
  g_autofree char *answer = NULL;

  g_test_message ("%s", line);
  /* What the person sees has no word of ours, and nothing of the request. */
  g_assert_true (g_str_has_prefix (reply, "HTTP/1.1 404") ||
                 g_str_has_prefix (reply, "HTTP/1.1 400"));
  g_assert_null (strstr (reply, CODE));
  g_assert_null (strstr (reply, "Lanyard"));

  page = get (listener, "/callback?code=1");
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
  answer = wait_for_answer (listener);
  g_assert_true (g_str_has_suffix (answer, "/callback?code=1"));
}

static void
test_loopback_listener_passed_over (void)
{
  const char *const lines[] = {
    "GET /?code=" CODE,
    "GET /callback/?code=" CODE,
    "GET /callback2?code=" CODE,
    "GET /call?code=" CODE,
    "GET //callback?code=" CODE,
    "GET /Callback?code=" CODE,
    "GET /other%2F..%2Fcallback?code=" CODE,
    "GET /callback%00?code=" CODE,
    "GET /favicon.ico",
    "GET https://127.0.0.1/callback?code=" CODE,
    "GET http://name@127.0.0.1/callback?code=" CODE,
    "HEAD /callback?code=" CODE,
    "POST /callback?code=" CODE,
    "PUT /callback?code=" CODE,
    "OPTIONS /callback?code=" CODE,
    "get /callback?code=" CODE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    check_passed_over ("http://127.0.0.1/callback", lines[i], "127.0.0.1");
}

static void
test_loopback_listener_foreign_host (void)
{
  const char *const hosts[] = {
    "localhost", "[::1]", "evil.example", "127.0.0.1.evil.example", "127.0.0.2", "name@127.0.0.1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    check_passed_over ("http://127.0.0.1/callback", "GET /callback?code=" CODE, hosts[i]);
}

static void
test_loopback_listener_broken_hosts (void)
{
  const char *const heads[] = {
    "",
    "Host: 127.0.0.1\r\n",
    "Host: 127.0.0.1:1\r\n",
    "Host: \r\n",
    "Host: 127.0.0.1:99999\r\nHost: evil.example\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
      g_autofree char *request =
        g_strdup_printf ("GET /callback?code=1 HTTP/1.1\r\n%sConnection: close\r\n\r\n", heads[i]);
      g_autofree char *reply = lanyard_test_client_send ("127.0.0.1", get_port (listener), request);

      g_assert_true (g_str_has_prefix (reply, "HTTP/1.1 4"));
    }
}

static void
test_loopback_listener_slow_clients (void)
{
  const char *const words[] = { "", "hello\r\n\r\n", "GET\r\n\r\n", "\x16\x03\x01", "GET /callba" };
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *page = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_add (connections,
                     lanyard_test_client_connect_and_stay (get_port (listener), words[i]));
  page = get (listener, "/callback?code=1");
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
}

static void
test_loopback_listener_large_request (void)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autofree char *code = g_strnfill (6000, 'x');
  g_autofree char *target = g_strdup_printf ("/callback?code=%s", code);
  g_autofree char *page = get (listener, target);
  g_autofree char *answer = wait_for_answer (listener);

  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
  g_assert_true (g_str_has_suffix (answer, code));
}

static void
check_page (const char *page)
{
  const char *const heads[] = {
    "\r\nContent-Type: text/html; charset=utf-8\r\n",
    "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; ",
    "frame-ancestors 'none'\r\n",
    "\r\nReferrer-Policy: no-referrer\r\n",
    "\r\nCache-Control: no-store\r\n",
    "\r\nX-Content-Type-Options: nosniff\r\n",
  };
  const char *const unwanted[] = { CODE,       "<script", "<a ",     "href", "src=",   "http://",
                                   "https://", "url(",    "@import", "@t",   "Server:" };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    g_assert_nonnull (strstr (page, heads[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_assert_null (strstr (page, unwanted[i]));
  g_assert_true (g_str_has_suffix (page, "</html>\n"));
}

static void
test_loopback_listener_answer (void)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autofree char *expected = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *answer = NULL;
  g_auto (Outcome) outcome = { FALSE };

  lanyard_loopback_listener_wait_async (listener, NULL, waited_cb, &outcome);
  first = get (listener, "/callback?code=" CODE "&state=%2B%20x");
  wait_for (&outcome.is_done);
  g_assert_no_error (outcome.error);
  expected = g_strconcat (lanyard_loopback_listener_get_redirect_uri (listener),
                          "?code=" CODE "&state=%2B%20x", NULL);
  g_assert_cmpstr (outcome.answer, ==, expected);
  g_assert_true (g_str_has_prefix (first, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (first, "You can close this tab and go back to Lanyard."));
  check_page (first);

  /* RFC 6749 section 4.1.2: only the first counts. */
  second = get (listener, "/callback?code=other");
  g_assert_true (g_str_has_prefix (second, "HTTP/1.1 410"));
  g_assert_nonnull (strstr (second, "only once"));
  check_page (second);
  answer = wait_for_answer (listener);
  g_assert_cmpstr (answer, ==, expected);
}

/* The page is complete although the listener goes as soon as it has the answer, and although the
 * browser takes its time to read. */
static void
test_loopback_listener_page_complete (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
      g_autofree char *request = format_request (listener, "GET /callback?code=1", "127.0.0.1");
      g_auto (LanyardTestClient) client = { .wait_ms = (i % 4) * 50 };
      g_auto (Outcome) outcome = { FALSE };

      lanyard_test_client_start (&client, "127.0.0.1", get_port (listener), request);
      lanyard_loopback_listener_wait_async (listener, NULL, waited_cb, &outcome);
      wait_for (&outcome.is_done);
      g_assert_finalize_object (g_steal_pointer (&listener));
      lanyard_test_client_wait (&client);
      check_page (client.reply);
    }
}

static void
test_loopback_listener_at_once (void)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autofree char *request = format_request (listener, "GET /callback?code=1", "127.0.0.1");
  LanyardTestClient clients[10] = { { 0 } };
  guint n_first = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    lanyard_test_client_start (&clients[i], "127.0.0.1", get_port (listener), request);
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      lanyard_test_client_wait (&clients[i]);
      n_first += g_str_has_prefix (clients[i].reply, "HTTP/1.1 200") ? 1 : 0;
      check_page (clients[i].reply);
      lanyard_test_client_clear (&clients[i]);
    }
  g_assert_cmpuint (n_first, ==, 1);
}

/* A port that the person chose is free for the next attempt at once, whoever closed first. */
static void
test_loopback_listener_again (void)
{
  g_autofree char *uri = g_strdup ("http://localhost/callback");
  const char *other = has_ipv6 () ? "::1" : "127.0.0.1";

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (LanyardLoopbackListener) listener = create_listener (uri);
      g_autofree char *request = format_request (listener, "GET /callback?code=1", "localhost");
      g_autofree char *first = lanyard_test_client_send ("127.0.0.1", get_port (listener), request);
      g_autofree char *second = lanyard_test_client_send (other, get_port (listener), request);
      g_autoptr (GSocketConnection) idle =
        lanyard_test_client_connect_and_stay (get_port (listener), "");
      g_autofree char *third = lanyard_test_client_send (other, get_port (listener), request);

      g_assert_true (g_str_has_prefix (first, "HTTP/1.1 200"));
      g_assert_true (g_str_has_prefix (second, "HTTP/1.1 410"));
      g_assert_true (g_str_has_prefix (third, "HTTP/1.1 410"));
      g_free (uri);
      uri = g_strdup (lanyard_loopback_listener_get_redirect_uri (listener));
      g_assert_finalize_object (g_steal_pointer (&listener));
    }
}

static void
check_reached (const char *redirect_uri, const char *ip, const char *host, const char *target)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener (redirect_uri);
  g_autofree char *line = g_strdup_printf ("GET %s", target);
  g_autofree char *request = format_request (listener, line, host);
  g_autofree char *page = lanyard_test_client_send (ip, get_port (listener), request);
  g_autofree char *expected = g_strdup_printf ("http://%s:%u%s", host, get_port (listener), target);
  g_autofree char *answer = wait_for_answer (listener);

  g_test_message ("%s", expected);
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
  g_assert_cmpstr (answer, ==, expected);
}

static void
test_loopback_listener_hosts (void)
{
  check_reached ("http://127.0.0.1", "127.0.0.1", "127.0.0.1", "/?code=1");
  check_reached ("http://127.0.0.1/", "127.0.0.1", "127.0.0.1", "/?code=1");
  check_reached ("http://127.4.5.6/callback", "127.4.5.6", "127.4.5.6", "/callback?code=1");
  check_reached ("http://localhost/callback", "127.0.0.1", "LocalHost", "/callback?code=1");
  check_reached ("http://127.0.0.1/callback?tenant=a+b", "127.0.0.1", "127.0.0.1",
                 "/callback?tenant=a+b&code=1");
  check_reached ("http://127.0.0.1/call%2Fback%20here", "127.0.0.1", "127.0.0.1",
                 "/call%2Fback%20here?code=1");
  check_reached ("http://127.0.0.1/callback", "127.0.0.1", "127.0.0.1", "/callback?error=denied");
}

static void
test_loopback_listener_ipv6 (void)
{
  if (!has_ipv6 ())
    {
      g_test_skip ("This computer has no IPv6");
      return;
    }
  check_reached ("http://[::1]/callback", "::1", "[::1]", "/callback?code=1");
  check_reached ("http://localhost/callback", "::1", "localhost", "/callback?code=1");
}

static void
test_loopback_listener_port_put_in (void)
{
  static const struct
  {
    const char *redirect_uri;
    const char *before;
    const char *after;
  } cases[] = {
    { "http://127.0.0.1/a%2Fb?c=%7e", "http://127.0.0.1", "/a%2Fb?c=%7e" },
    { "http://localhost?a=b", "http://localhost", "?a=b" },
    { "http://127.0.0.1:/callback", "http://127.0.0.1", "/callback" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardLoopbackListener) listener = create_listener (cases[i].redirect_uri);
      g_autofree char *expected =
        g_strdup_printf ("%s:%u%s", cases[i].before, get_port (listener), cases[i].after);

      g_assert_cmpuint (get_port (listener), >, 1023);
      g_assert_cmpstr (lanyard_loopback_listener_get_redirect_uri (listener), ==, expected);
    }
}

static void
test_loopback_listener_cancelled (void)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { FALSE };
  g_auto (Outcome) other = { FALSE };

  lanyard_loopback_listener_wait_async (listener, cancellable, waited_cb, &outcome);
  lanyard_loopback_listener_wait_async (listener, NULL, waited_cb, &other);
  wait_for (&other.is_done);
  g_assert_error (other.error, G_IO_ERROR, G_IO_ERROR_PENDING);

  g_cancellable_cancel (cancellable);
  wait_for (&outcome.is_done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  outcome_clear (&outcome);
  lanyard_loopback_listener_wait_async (listener, cancellable, waited_cb, &outcome);
  wait_for (&outcome.is_done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (g_steal_pointer (&listener));
}

static void
test_loopback_listener_closed (void)
{
  g_autoptr (LanyardLoopbackListener) listener = create_listener ("http://127.0.0.1/callback");
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = get_port (listener);

  g_assert_finalize_object (g_steal_pointer (&listener));
  g_socket_client_set_enable_proxy (connector, FALSE);
  g_assert_null (g_socket_client_connect_to_host (connector, "127.0.0.1", port, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

#define ADD(name, function) g_test_add_func ("/net/loopback-listener/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("uri-refused", test_loopback_listener_uri_refused);
  ADD ("port-taken", test_loopback_listener_port_taken);
  ADD ("family-taken", test_loopback_listener_family_taken);
  ADD ("not-shared", test_loopback_listener_not_shared);
  ADD ("passed-over", test_loopback_listener_passed_over);
  ADD ("foreign-host", test_loopback_listener_foreign_host);
  ADD ("broken-hosts", test_loopback_listener_broken_hosts);
  ADD ("slow-clients", test_loopback_listener_slow_clients);
  ADD ("large-request", test_loopback_listener_large_request);
  ADD ("answer", test_loopback_listener_answer);
  ADD ("page-complete", test_loopback_listener_page_complete);
  ADD ("at-once", test_loopback_listener_at_once);
  ADD ("again", test_loopback_listener_again);
  ADD ("hosts", test_loopback_listener_hosts);
  ADD ("ipv6", test_loopback_listener_ipv6);
  ADD ("port-put-in", test_loopback_listener_port_put_in);
  ADD ("cancelled", test_loopback_listener_cancelled);
  ADD ("closed", test_loopback_listener_closed);

  return g_test_run ();
}
