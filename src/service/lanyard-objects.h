/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-gate.h"
#include "lanyard-manager.h"

G_BEGIN_DECLS

/**
 * LanyardObjects:
 *
 * What the service shows on the bus: one object for each authorization, to each caller those that
 * the gate lets it see.
 *
 * On D-Bus everybody hears what is broadcast, so nothing is: a signal goes to each of those who
 * have asked what there is and may see it.
 *
 * Signal `changed`: an authorization was added, changed or removed, whoever did it; once for each
 * thing that changed.
 */
#define LANYARD_TYPE_OBJECTS (lanyard_objects_get_type ())
G_DECLARE_FINAL_TYPE (LanyardObjects, lanyard_objects, LANYARD, OBJECTS, GObject)

/**
 * lanyard_objects_new:
 *
 * Returns: (transfer full): the objects; or %NULL when the database cannot be read
 */
LanyardObjects *lanyard_objects_new (GDBusConnection *connection,
                                     LanyardManager *manager,
                                     LanyardGate *gate,
                                     GError **error);

/**
 * lanyard_objects_find:
 * @id: a whole id, or the last part of an object's path
 *
 * Returns: (transfer none) (nullable): the authorization as it is now
 */
LanyardAuthorization *lanyard_objects_find (LanyardObjects *self, const char *id);

/**
 * lanyard_objects_note_name:
 * @name: a name, or the beginning of an id
 * @row: the only authorization that is called so, from this list
 *
 * Lets lanyard_objects_find_called() know.
 */
void lanyard_objects_note_name (LanyardObjects *self, const char *name, LanyardAuthorization *row);

/**
 * lanyard_objects_find_called:
 * @name: as a person calls it
 *
 * Whoever calls it by its name does so again and again, and it is found without the database until
 * something in that changes, whoever changes it.
 *
 * Returns: (transfer none) (nullable): the authorization as it is now; %NULL when the database has
 *   to be asked
 */
LanyardAuthorization *lanyard_objects_find_called (LanyardObjects *self, const char *name);

/**
 * lanyard_objects_get_properties:
 *
 * Returns: (transfer full): the properties of an authorization: a{sv}
 */
GVariant *lanyard_objects_get_properties (LanyardObjects *self, LanyardAuthorization *row);

/**
 * lanyard_objects_get_managed:
 *
 * Returns: (transfer full): the answer of GetManagedObjects to @caller, who is told of changes from
 *   then on; or %NULL
 */
GVariant *lanyard_objects_get_managed (LanyardObjects *self, LanyardCaller *caller, GError **error);

G_END_DECLS
