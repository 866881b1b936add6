/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-objects.h"

G_BEGIN_DECLS

/**
 * LanyardAttentionWatch:
 *
 * Tells the person, by the windows, when an authorization that worked needs her: its provider
 * refuses it, or it has expired and cannot be renewed. Once for each time that this happens, and
 * not while the computer is offline. When it is settled, whoever settled it, or when it is
 * deactivated or removed, what was told is taken back.
 *
 * What needed the person before the service started is not told again.
 */
#define LANYARD_TYPE_ATTENTION_WATCH (lanyard_attention_watch_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAttentionWatch,
                      lanyard_attention_watch,
                      LANYARD,
                      ATTENTION_WATCH,
                      GObject)

/**
 * lanyard_attention_watch_new:
 * @objects: tells when something has changed
 * @rows: the authorizations
 */
LanyardAttentionWatch *lanyard_attention_watch_new (GDBusConnection *connection,
                                                    LanyardObjects *objects,
                                                    GListModel *rows);

/**
 * lanyard_attention_watch_is_pending:
 *
 * Returns: whether it is yet to look at what has changed: the program must not end before
 */
gboolean lanyard_attention_watch_is_pending (LanyardAttentionWatch *self);

G_END_DECLS
