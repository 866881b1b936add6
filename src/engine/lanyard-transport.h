/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardTransport:
 *
 * Carries out HTTP requests for whoever knows nothing of HTTP. Implemented by the libsoup module
 * and by the tests. Both methods are required. A redirect is never followed, a cookie never kept,
 * an answer larger than %LANYARD_TRANSPORT_MAX_SIZE refused. Errors: %LANYARD_ERROR_NETWORK,
 * %LANYARD_ERROR_TLS, %LANYARD_ERROR_PROTOCOL, %LANYARD_ERROR_INVALID (an address that must not be
 * used), %G_IO_ERROR_CANCELLED; every HTTP status is an answer.
 */
#define LANYARD_TYPE_TRANSPORT (lanyard_transport_get_type ())
G_DECLARE_INTERFACE (LanyardTransport, lanyard_transport, LANYARD, TRANSPORT, GObject)

/* In bytes. */
#define LANYARD_TRANSPORT_MAX_SIZE (1024 * 1024)
/* How long one request may take, in seconds. */
#define LANYARD_TRANSPORT_TIMEOUT 30

struct _LanyardTransportInterface
{
  GTypeInterface parent_iface;

  void (*send_async) (LanyardTransport *self,
                      const LanyardRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  LanyardResponse *(*send_finish) (LanyardTransport *self, GAsyncResult *result, GError **error);
};

void lanyard_transport_send_async (LanyardTransport *self,
                                   const LanyardRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * lanyard_transport_send_finish:
 *
 * Returns: (transfer full): the answer, or %NULL
 */
LanyardResponse *
lanyard_transport_send_finish (LanyardTransport *self, GAsyncResult *result, GError **error);

G_END_DECLS
