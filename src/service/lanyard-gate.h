/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-caller.h"
#include "lanyard-database.h"

G_BEGIN_DECLS

/**
 * LanyardGate:
 *
 * Who may have what: the one place that every method passes, and that decides what a caller sees. A
 * program in no sandbox is trusted, as the keyring trusts it. A sandboxed app sees and gets what
 * the person gave it; for the rest the person is asked, and the answer is kept in the database.
 *
 * Signal `caller-gone` (const char *name): somebody who was watched has left the bus.
 *
 * Signal `permissions-changed`: the person answered, so that somebody may see more or less.
 */
#define LANYARD_TYPE_GATE (lanyard_gate_get_type ())
G_DECLARE_FINAL_TYPE (LanyardGate, lanyard_gate, LANYARD, GATE, GObject)

LanyardGate *lanyard_gate_new (GDBusConnection *connection, LanyardDatabase *database);

/**
 * lanyard_gate_lookup:
 *
 * Returns: (transfer none) (nullable): who has this unique name; %NULL when
 *   lanyard_gate_identify_async() must find out
 */
LanyardCaller *lanyard_gate_lookup (LanyardGate *self, const char *name);

/**
 * lanyard_gate_identify_async:
 * @name: a unique name on the bus
 *
 * Finds out who calls, once for each name.
 */
void lanyard_gate_identify_async (LanyardGate *self,
                                  const char *name,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * lanyard_gate_identify_finish:
 *
 * Returns: (transfer full): the caller; or %NULL with %LANYARD_BUS_ERROR_UNKNOWN_CALLER
 */
LanyardCaller *
lanyard_gate_identify_finish (LanyardGate *self, GAsyncResult *result, GError **error);

/**
 * lanyard_gate_identify_socket:
 * @fd: the private socket, as it is connected to the caller
 * @gone: cancelled when the caller hangs up
 *
 * Returns: (transfer full): the caller; or %NULL with %LANYARD_BUS_ERROR_UNKNOWN_CALLER
 */
LanyardCaller *
lanyard_gate_identify_socket (LanyardGate *self, int fd, GCancellable *gone, GError **error);

/**
 * lanyard_gate_watch:
 *
 * Lets @caller's `gone` be cancelled when it leaves the bus. One at the private socket is watched
 * anyway.
 */
void lanyard_gate_watch (LanyardGate *self, LanyardCaller *caller);

/**
 * lanyard_gate_list_listeners:
 *
 * Returns: (transfer full) (element-type LanyardCaller): who is told of changes
 */
GPtrArray *lanyard_gate_list_listeners (LanyardGate *self);

/**
 * lanyard_gate_list_visible:
 * @ids: (out) (nullable) (transfer full) (element-type utf8): the set of ids that @caller sees;
 * %NULL for all
 *
 * Returns: whether it could be found out
 */
gboolean lanyard_gate_list_visible (LanyardGate *self,
                                    LanyardCaller *caller,
                                    GHashTable **ids,
                                    GError **error);

/**
 * lanyard_gate_can_see:
 *
 * Returns: whether @caller may know of the authorization @id
 */
gboolean lanyard_gate_can_see (LanyardGate *self, LanyardCaller *caller, const char *id);

/**
 * lanyard_gate_is_trusted:
 *
 * Returns: whether @caller may have everything, and be told what there is
 */
gboolean lanyard_gate_is_trusted (LanyardGate *self, LanyardCaller *caller);

/**
 * lanyard_gate_admit_async:
 * @id: an authorization that there is
 *
 * Asks whether @caller may use an authorization; the person, if need be, together with all who wait
 * for the same answer.
 */
void lanyard_gate_admit_async (LanyardGate *self,
                               LanyardCaller *caller,
                               const char *id,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * lanyard_gate_admit_finish:
 *
 * Returns: whether it may; %LANYARD_ERROR_DENIED when it may not
 */
gboolean lanyard_gate_admit_finish (LanyardGate *self, GAsyncResult *result, GError **error);

/**
 * lanyard_gate_note_use:
 *
 * Notes that @caller got something.
 */
void lanyard_gate_note_use (LanyardGate *self, LanyardCaller *caller, const char *id);

/**
 * lanyard_gate_set_denied_error:
 * @caller: who asked
 *
 * Sets what a caller is told of an authorization that is not for it, and of one that is not there:
 * it must not learn which.
 */
void lanyard_gate_set_denied_error (GError **error, LanyardCaller *caller);

G_END_DECLS
