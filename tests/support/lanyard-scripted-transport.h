/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-error.h"
#include "lanyard-transport.h"

G_BEGIN_DECLS

/**
 * LanyardScriptedTransport:
 *
 * A network for tests, without any: it answers requests in the order in which it was told how,
 * from the main loop as a real one does, and keeps what it was sent. A request that nothing was
 * scripted for fails with %LANYARD_ERROR_NETWORK.
 */
#define LANYARD_TYPE_SCRIPTED_TRANSPORT (lanyard_scripted_transport_get_type ())
G_DECLARE_FINAL_TYPE (LanyardScriptedTransport,
                      lanyard_scripted_transport,
                      LANYARD,
                      SCRIPTED_TRANSPORT,
                      GObject)

/**
 * LanyardScriptedTransportFunc:
 * @is_answer: %FALSE when a request arrives, %TRUE right before its answer is given
 */
typedef void (*LanyardScriptedTransportFunc) (const LanyardRequest *request,
                                              gboolean is_answer,
                                              gpointer user_data);

LanyardScriptedTransport *lanyard_scripted_transport_new (void);

/**
 * lanyard_scripted_transport_add_answer:
 * @status: the HTTP status
 * @json: the body, with single quotation marks in place of double ones
 */
void lanyard_scripted_transport_add_answer (LanyardScriptedTransport *self,
                                            guint status,
                                            const char *json);

/**
 * lanyard_scripted_transport_add_response:
 * @response: (transfer full): an answer
 */
void lanyard_scripted_transport_add_response (LanyardScriptedTransport *self,
                                              LanyardResponse *response);
void lanyard_scripted_transport_add_error (LanyardScriptedTransport *self, LanyardError code);

/**
 * lanyard_scripted_transport_set_held:
 *
 * While it is held, requests wait for their answers.
 */
void lanyard_scripted_transport_set_held (LanyardScriptedTransport *self, gboolean is_held);

/**
 * lanyard_scripted_transport_set_func:
 * @func: (nullable) (scope forever): called for each request and each answer
 */
void lanyard_scripted_transport_set_func (LanyardScriptedTransport *self,
                                          LanyardScriptedTransportFunc func,
                                          gpointer user_data);

/* How many requests came, and what they were. */
guint lanyard_scripted_transport_count (LanyardScriptedTransport *self);
const LanyardRequest *lanyard_scripted_transport_get_request (LanyardScriptedTransport *self,
                                                              guint index);

G_END_DECLS
