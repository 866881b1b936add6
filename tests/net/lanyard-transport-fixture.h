/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-error.h"
#include "lanyard-soup-transport.h"
#include "lanyard-test-peer.h"

G_BEGIN_DECLS

/* What no message ever tells. */
#define SECRET "s3cret-w0rd"
#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

/* Long enough to be sure that it was not met, short enough to wait for it; in milliseconds. */
#define PATIENCE 10000
#define IMPATIENCE 300

/**
 * TransportFixture:
 *
 * A transport that trusts the authority of the tests alone, and a peer to send to. The data of a
 * test is the name of the certificate of the peer; without one it speaks plain HTTP. Names are
 * unknown to the resolver of the process, but that of this computer.
 */
typedef struct
{
  LanyardTestPeer *peer;
  LanyardTransport *transport;
} TransportFixture;

void transport_fixture_set_up (TransportFixture *fixture, gconstpointer data);
void transport_fixture_tear_down (TransportFixture *fixture, gconstpointer data);
LanyardTransport *transport_fixture_create (guint timeout);

/* One whose connections wait so many milliseconds for another request. */
LanyardTransport *transport_fixture_create_keeping (guint keep_time);

/* What came of a request. */
typedef struct
{
  gboolean is_done;
  LanyardResponse *response;
  GError *error;
} Outcome;

void outcome_clear (Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* A GAsyncReadyCallback whose data is the outcome. */
void outcome_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void outcome_wait (Outcome *outcome);
void outcome_check_error (const Outcome *outcome, LanyardError code, const char *words);
void outcome_check_body (const Outcome *outcome, guint status, const char *body);

/* Returns: (transfer full): a request with a secret in each place that can hold one */
LanyardRequest *transport_fixture_create_request (const char *method, const char *uri);

/* Sends a request and waits. */
void transport_fixture_send (LanyardTransport *transport,
                             const char *method,
                             const char *uri,
                             Outcome *outcome);

/* Sends a POST with a secret in its query as well to the peer. */
void transport_fixture_post (TransportFixture *fixture, Outcome *outcome);

/* Sends a POST that may be repeated. */
void transport_fixture_renew (TransportFixture *fixture, Outcome *outcome);

/* Runs the tests with certificates and a resolver. */
int transport_fixture_run (void);

G_END_DECLS
