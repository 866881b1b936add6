/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-transport.h"

G_DEFINE_INTERFACE (LanyardTransport, lanyard_transport, G_TYPE_OBJECT)

static void
lanyard_transport_default_init (LanyardTransportInterface *iface)
{
}

void
lanyard_transport_send_async (LanyardTransport *self,
                              const LanyardRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  LANYARD_TRANSPORT_GET_IFACE (self)->send_async (self, request, cancellable, callback, user_data);
}

LanyardResponse *
lanyard_transport_send_finish (LanyardTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_TRANSPORT (self), NULL);

  return LANYARD_TRANSPORT_GET_IFACE (self)->send_finish (self, result, error);
}
