/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-transport-fixture.h"

/* The data of these tests is the name of the certificate, and what is said of it. */
static void
check_certificate_refused (TransportFixture *fixture, const char *words)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "localhost", "/token");

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  transport_fixture_send (fixture->transport, "POST", uri, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_TLS, words);
  outcome_check_error (&outcome, LANYARD_ERROR_TLS, "localhost:");
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, 0);
}

static void
test_soup_transport_self_signed (TransportFixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "self-signed");
}

static void
test_soup_transport_wrong_host (TransportFixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "“other.example”");
}

static void
test_soup_transport_expired (TransportFixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "expired on");
}

static void
test_soup_transport_not_yet (TransportFixture *fixture, gconstpointer data)
{
  check_certificate_refused (fixture, "not valid before");
}

static void
test_soup_transport_unknown_issuer (TransportFixture *fixture, gconstpointer data)
{
  /* The authorities of the system do not know ours. */
  g_clear_object (&fixture->transport);
  fixture->transport = g_object_new (LANYARD_TYPE_SOUP_TRANSPORT, NULL);
  check_certificate_refused (fixture, "“CN=Test Authority”");
}

static void
test_soup_transport_not_tls (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri =
    g_strdup_printf ("https://127.0.0.1:%u/token", lanyard_test_peer_get_port (fixture->peer));

  lanyard_test_peer_set_reply (fixture->peer, "HTTP/1.1 400 Bad Request\r\n\r\n\r\n\r\n", -1);
  transport_fixture_send (fixture->transport, "POST", uri, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_TLS, "No secure connection to 127.0.0.1:");
}

static void
test_soup_transport_secure (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "localhost", "/token");

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  lanyard_test_peer_set_keep (fixture->peer, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      transport_fixture_send (fixture->transport, "GET", uri, &outcome);
      outcome_check_body (&outcome, 200, "{}");
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, 1);
}

static void
test_soup_transport_secure_lost (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 100\r\n\r\n{\"a\":", -1);
  transport_fixture_post (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
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

  transport_fixture_send (transport, "POST", uri, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, words);
}

static void
test_soup_transport_proxy_refuses (TransportFixture *fixture, gconstpointer data)
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
test_soup_transport_proxy_spared (TransportFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTestPeer) proxy = lanyard_test_peer_new (NULL);
  g_autoptr (LanyardTransport) transport = create_proxied_transport (proxy);
  const char *const hosts[] = { "127.0.0.1", "localhost", "LOCALHOST" };

  lanyard_test_peer_set_reply (fixture->peer, OK "Content-Length: 2\r\n\r\n{}", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_auto (Outcome) outcome = { FALSE };
      g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, hosts[i], "/token");

      transport_fixture_send (transport, "POST", uri, &outcome);
      outcome_check_body (&outcome, 200, "{}");
    }
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (proxy), ==, 0);
}

#define ADD(name, certificate, function)                                      \
  g_test_add ("/net/soup-transport-tls/" name, TransportFixture, certificate, \
              transport_fixture_set_up, function, transport_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("not-tls", NULL, test_soup_transport_not_tls);
  ADD ("self-signed", "self-signed", test_soup_transport_self_signed);
  ADD ("wrong-host", "wrong-host", test_soup_transport_wrong_host);
  ADD ("expired", "expired", test_soup_transport_expired);
  ADD ("not-yet", "not-yet", test_soup_transport_not_yet);
  ADD ("unknown-issuer", "good", test_soup_transport_unknown_issuer);
  ADD ("secure", "good", test_soup_transport_secure);
  ADD ("secure-lost", "good", test_soup_transport_secure_lost);
  ADD ("proxy-refuses", NULL, test_soup_transport_proxy_refuses);
  ADD ("proxy-spared", NULL, test_soup_transport_proxy_spared);

  return transport_fixture_run ();
}
