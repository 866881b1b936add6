/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardApplication:
 *
 * The program: one instance, which the bus may start. It opens the list, and one editor for each
 * authorization that is asked for.
 *
 * Actions: `quit`, `about`, `preferences`, `shortcuts`, `new-authorization` (also `add`, as the
 * desktop file calls it), `open-authorization` (s: the id), `try-again` (opens the database again).
 */
#define LANYARD_TYPE_APPLICATION (lanyard_application_get_type ())
G_DECLARE_FINAL_TYPE (LanyardApplication, lanyard_application, LANYARD, APPLICATION, AdwApplication)

LanyardApplication *lanyard_application_new (void);

G_END_DECLS
