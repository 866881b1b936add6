/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

G_BEGIN_DECLS

/**
 * LanyardService:
 *
 * The service as a whole: its name and its objects on the bus, the calls that are on their way, and
 * when it is time to end. It ends when nobody has called for a while, nobody follows what changes,
 * and nothing would be lost; and when the bus goes away or gives the name to somebody else.
 *
 * Signal `ended`: the program can end.
 */
#define LANYARD_TYPE_SERVICE (lanyard_service_get_type ())
G_DECLARE_FINAL_TYPE (LanyardService, lanyard_service, LANYARD, SERVICE, GObject)

/**
 * lanyard_service_new:
 * @idle_timeout: after how many seconds without a call it ends
 */
LanyardService *
lanyard_service_new (GDBusConnection *connection, LanyardManager *manager, guint idle_timeout);

/**
 * lanyard_service_start:
 *
 * Puts the objects on the bus and asks for the name.
 *
 * Returns: whether it could
 */
gboolean lanyard_service_start (LanyardService *self, GError **error);

/**
 * lanyard_service_stop:
 *
 * Gives the name back, answers what is on its way, and ends.
 */
void lanyard_service_stop (LanyardService *self);

G_END_DECLS
