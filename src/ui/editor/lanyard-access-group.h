/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardAccessGroup:
 *
 * The part of the form that says what became of the sign-in: who it is, what was granted, until
 * when it is good (counted down as long as it is on the screen), when it was made; with the button
 * that takes it back (`editor.revoke`). Hidden as long as nobody signed in.
 */
#define LANYARD_TYPE_ACCESS_GROUP (lanyard_access_group_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAccessGroup,
                      lanyard_access_group,
                      LANYARD,
                      ACCESS_GROUP,
                      AdwPreferencesGroup)

void lanyard_access_group_set_draft (LanyardAccessGroup *self, LanyardDraft *draft);

G_END_DECLS
