/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What becomes of connections that are kept open for another request. */

#include "config.h"

#include <string.h>

#include "lanyard-transport-fixture.h"

#define ANSWER OK "Content-Length: 2\r\n\r\n{}"

/* Has the peer answer on a connection that it keeps. */
static void
use_connection (TransportFixture *fixture)
{
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_keep (fixture->peer, TRUE);
  lanyard_test_peer_set_reply (fixture->peer, ANSWER, -1);
  transport_fixture_renew (fixture, &outcome);
  outcome_check_body (&outcome, 200, "{}");
}

/* What came in, and on how many connections. */
static void
check_counts (TransportFixture *fixture, guint n_requests, guint n_connections)
{
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, n_requests);
  g_assert_cmpuint (lanyard_test_peer_get_n_connections (fixture->peer), ==, n_connections);
}

/* A code works once: what may not be repeated is sent on a connection of its own. */
static void
test_soup_transport_not_repeatable (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  use_connection (fixture);
  lanyard_test_peer_set_keep (fixture->peer, FALSE);
  lanyard_test_peer_set_reply (fixture->peer, "", 0);
  transport_fixture_post (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
  check_counts (fixture, 2, 2);
}

/* A server that gives no answer on a new connection is not asked again. */
static void
test_soup_transport_lost_at_once (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  transport_fixture_renew (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
  check_counts (fixture, 1, 1);
}

static void
test_soup_transport_lost_twice (TransportFixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { FALSE };

  use_connection (fixture);
  lanyard_test_peer_set_keep (fixture->peer, FALSE);
  lanyard_test_peer_set_reply (fixture->peer, "", 0);
  transport_fixture_renew (fixture, &outcome);
  outcome_check_error (&outcome, LANYARD_ERROR_NETWORK, "was lost");
  check_counts (fixture, 3, 2);
}

/* Whoever began to answer has heard the request. */
static void
test_soup_transport_half_answer (TransportFixture *fixture, gconstpointer data)
{
  const gsize positions[] = { 1, strlen ("HTTP/1.1 20"), strlen (ANSWER) - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      use_connection (fixture);
      lanyard_test_peer_set_break (fixture->peer, positions[i], FALSE);
      transport_fixture_renew (fixture, &outcome);
      g_assert_nonnull (outcome.error);
      check_counts (fixture, 2 * (i + 1), i + 1);
    }
}

static void
check_repeated (TransportFixture *fixture, gboolean reset)
{
  g_auto (Outcome) outcome = { FALSE };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  use_connection (fixture);
  lanyard_test_peer_set_break (fixture->peer, 0, reset);
  transport_fixture_renew (fixture, &outcome);
  outcome_check_body (&outcome, 200, "{}");
  check_counts (fixture, 3, 2);

  first = lanyard_test_peer_dup_request (fixture->peer, 1);
  second = lanyard_test_peer_dup_request (fixture->peer, 2);
  g_assert_cmpstr (first, ==, second);
}

static void
test_soup_transport_closed (TransportFixture *fixture, gconstpointer data)
{
  check_repeated (fixture, FALSE);
}

static void
test_soup_transport_reset (TransportFixture *fixture, gconstpointer data)
{
  check_repeated (fixture, TRUE);
}

/* The end of the connection crosses with the next request, or arrives just before it. */
static void
test_soup_transport_closed_idle (TransportFixture *fixture, gconstpointer data)
{
  lanyard_test_peer_set_reply (fixture->peer, ANSWER, -1);
  for (guint i = 1; i <= 50; i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      transport_fixture_renew (fixture, &outcome);
      outcome_check_body (&outcome, 200, "{}");
      check_counts (fixture, i, i);
    }
}

static void
test_soup_transport_one (TransportFixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 5; i++)
    {
      use_connection (fixture);
      check_counts (fixture, i, 1);
    }
}

static void
get (TransportFixture *fixture, LanyardTransport *transport, Outcome *outcome)
{
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/userinfo");

  transport_fixture_send (transport, "GET", uri, outcome);
  outcome_check_body (outcome, 200, "{}");
}

/* A connection does not wait for another request for ever. */
static void
test_soup_transport_not_for_ever (TransportFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTransport) transport = transport_fixture_create_keeping (100);
  gint64 end;

  lanyard_test_peer_set_keep (fixture->peer, TRUE);
  lanyard_test_peer_set_reply (fixture->peer, ANSWER, -1);
  for (guint i = 1; i <= 3; i++)
    {
      g_auto (Outcome) outcome = { FALSE };

      get (fixture, transport, &outcome);
      g_assert_cmpuint (lanyard_test_peer_get_n_requests (fixture->peer), ==, i);
    }

  end = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_MILLISECOND;
  while (lanyard_test_peer_get_n_running (fixture->peer) > 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (lanyard_test_peer_get_n_running (fixture->peer), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

/* Time goes by unnoticed while the main loop is held up: with a request on its way, the connection
 * that it takes must not be closed for having been idle for too long. */
static void
test_soup_transport_held_up (TransportFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTransport) transport = transport_fixture_create_keeping (1000);
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/userinfo");
  g_autoptr (LanyardRequest) request = transport_fixture_create_request ("GET", uri);
  g_auto (Outcome) before = { FALSE };
  g_auto (Outcome) outcome = { FALSE };

  lanyard_test_peer_set_keep (fixture->peer, TRUE);
  lanyard_test_peer_set_reply (fixture->peer, ANSWER, -1);
  get (fixture, transport, &before);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  lanyard_transport_send_async (transport, request, NULL, outcome_sent_cb, &outcome);
  g_usleep (1100 * G_TIME_SPAN_MILLISECOND);
  outcome_wait (&outcome);
  outcome_check_body (&outcome, 200, "{}");
  g_assert_finalize_object (g_steal_pointer (&transport));
}

#define ADD(name, certificate, function)                                       \
  g_test_add ("/net/soup-transport-kept/" name, TransportFixture, certificate, \
              transport_fixture_set_up, function, transport_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("not-repeatable", NULL, test_soup_transport_not_repeatable);
  ADD ("lost-at-once", NULL, test_soup_transport_lost_at_once);
  ADD ("lost-twice", NULL, test_soup_transport_lost_twice);
  ADD ("half-answer", NULL, test_soup_transport_half_answer);
  ADD ("half-answer-tls", "good", test_soup_transport_half_answer);
  ADD ("closed", NULL, test_soup_transport_closed);
  ADD ("closed-tls", "good", test_soup_transport_closed);
  ADD ("reset", NULL, test_soup_transport_reset);
  ADD ("reset-tls", "good", test_soup_transport_reset);
  ADD ("closed-idle", NULL, test_soup_transport_closed_idle);
  ADD ("one", NULL, test_soup_transport_one);
  ADD ("one-tls", "good", test_soup_transport_one);
  ADD ("not-for-ever", NULL, test_soup_transport_not_for_ever);
  ADD ("held-up", NULL, test_soup_transport_held_up);

  return transport_fixture_run ();
}
