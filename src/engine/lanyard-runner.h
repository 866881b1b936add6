/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"
#include "lanyard-flow.h"
#include "lanyard-transport.h"

G_BEGIN_DECLS

/**
 * LanyardTransportFunc:
 *
 * Returns: (transfer none): the transport, made at the first call; or %NULL with an error
 */
typedef LanyardTransport *(*LanyardTransportFunc) (gpointer user_data, GError **error);

/**
 * lanyard_runner_run_async:
 * @flow: what to carry out
 * @get_transport: asked for the transport at the first request
 * @transport_data: for @get_transport
 * @consent: (nullable): shows consent; a flow that needs it without one fails with
 *   %LANYARD_ERROR_NOT_AUTHORIZED
 * @name: the name of the authorization, for @consent
 * @provider: the name of the provider, for @consent
 *
 * Carries out the steps of a flow until it is done, has failed or is cancelled.
 */
void lanyard_runner_run_async (LanyardFlow *flow,
                               LanyardTransportFunc get_transport,
                               gpointer transport_data,
                               LanyardConsent *consent,
                               const char *name,
                               const char *provider,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * lanyard_runner_run_finish:
 *
 * Returns: (transfer full): what the flow got, or %NULL
 */
LanyardOutcome *lanyard_runner_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
