/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"
#include "lanyard-objects.h"

G_BEGIN_DECLS

/**
 * LanyardAttentionWatch:
 *
 * Tells the person, by the windows, when an active authorization needs her: its provider refuses
 * it, or it has expired and cannot be renewed. Once for each time that this happens, however often
 * the service comes and goes meanwhile, and not before the computer is online. When it is settled,
 * whoever settled it, or when it is deactivated or removed, what was told is taken back.
 */
#define LANYARD_TYPE_ATTENTION_WATCH (lanyard_attention_watch_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAttentionWatch,
                      lanyard_attention_watch,
                      LANYARD,
                      ATTENTION_WATCH,
                      GObject)

/**
 * lanyard_attention_watch_new:
 * @connection: the bus, on which the service has its name: the windows heed nobody else
 * @database: where it is noted what the person was told
 * @objects: tells when something has changed
 * @rows: the authorizations
 */
LanyardAttentionWatch *lanyard_attention_watch_new (GDBusConnection *connection,
                                                    LanyardDatabase *database,
                                                    LanyardObjects *objects,
                                                    GListModel *rows);

/**
 * lanyard_attention_watch_is_pending:
 *
 * Returns: whether it is yet to look at what has changed, or to note what it told: the program must
 *   not end before
 */
gboolean lanyard_attention_watch_is_pending (LanyardAttentionWatch *self);

G_END_DECLS
