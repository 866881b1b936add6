/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardTestClient:
 * @wait_ms: how long to wait before reading, in milliseconds
 * @reply: what came, once it is done
 *
 * A client in a thread of its own that sends bytes as they are, and reads what comes until the
 * connection ends. The main loop runs meanwhile.
 */
typedef struct
{
  guint wait_ms;
  char *reply;

  char *ip;
  guint16 port;
  char *request;
  GThread *thread;
  gboolean is_done;
} LanyardTestClient;

/* Starts a client, whose fields but for the first are 0. */
void lanyard_test_client_start (LanyardTestClient *self,
                                const char *ip,
                                guint16 port,
                                const char *request);

/* Lets the main loop run until the client is done. */
void lanyard_test_client_wait (LanyardTestClient *self);
void lanyard_test_client_clear (LanyardTestClient *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardTestClient, lanyard_test_client_clear)

/* Returns: (transfer full): what is answered to such bytes */
char *lanyard_test_client_send (const char *ip, guint16 port, const char *request);

/* Returns: (transfer full): a connection to 127.0.0.1 of somebody who says something, and then
 *   nothing */
GSocketConnection *lanyard_test_client_connect_and_stay (guint16 port, const char *words);

G_END_DECLS
