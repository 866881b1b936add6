/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-application.h"

G_BEGIN_DECLS

/**
 * LanyardPerson:
 *
 * What the windows do for the service: they ask the person. It answers
 * `io.github.lanyard.Lanyard.Person1` (see data/io.github.lanyard.Lanyard.Person.xml), to the
 * service alone, and keeps the program as long as a question is open.
 */
#define LANYARD_TYPE_PERSON (lanyard_person_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPerson, lanyard_person, LANYARD, PERSON, GObject)

/**
 * lanyard_person_new:
 * @application: the program, which outlives it
 * @connection: the session bus
 *
 * Returns: (transfer full): the object, exported; %NULL when that failed
 */
LanyardPerson *
lanyard_person_new (LanyardApplication *application, GDBusConnection *connection, GError **error);

G_END_DECLS
