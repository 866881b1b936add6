/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardTestPeer:
 *
 * A server on 127.0.0.1, in threads of its own, that sends each request the same bytes, whatever
 * they are: what well-behaved servers never send is sent as easily as what they do.
 */
typedef struct _LanyardTestPeer LanyardTestPeer;

/**
 * lanyard_test_peer_new:
 * @certificate: (nullable): speaks TLS with this one
 */
LanyardTestPeer *lanyard_test_peer_new (GTlsCertificate *certificate);
void lanyard_test_peer_free (LanyardTestPeer *self);
guint16 lanyard_test_peer_get_port (LanyardTestPeer *self);

/* Returns: (transfer full): an address of the server */
char *lanyard_test_peer_dup_uri (LanyardTestPeer *self, const char *host, const char *path);

/* What is sent to each request; the connection is closed behind it. */
void lanyard_test_peer_set_reply (LanyardTestPeer *self, const char *data, gssize length);

/* With @seconds that are not 0 the server waits so long in the middle of the reply, or until it is
 * freed. */
void lanyard_test_peer_set_pause (LanyardTestPeer *self, gsize position, guint seconds);

/* Whether the connection is kept open for another request. */
void lanyard_test_peer_set_keep (LanyardTestPeer *self, gboolean keep);

/* From now on, a connection that has answered a request breaks at the next one, behind so many
 * bytes of the reply: it is closed, or with @reset thrown away. */
void lanyard_test_peer_set_break (LanyardTestPeer *self, gsize position, gboolean reset);

/* The requests so far, with their bodies, and how many connections they came in on. */
guint lanyard_test_peer_get_n_requests (LanyardTestPeer *self);
guint lanyard_test_peer_get_n_connections (LanyardTestPeer *self);

/* Of these, the ones that are open. */
guint lanyard_test_peer_get_n_running (LanyardTestPeer *self);

char *lanyard_test_peer_dup_request (LanyardTestPeer *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTestPeer, lanyard_test_peer_free)

G_END_DECLS
