/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardAppsGroup:
 *
 * The part of the form that lists the sandboxed apps which asked for the authorization: what the
 * person answered, when they last used it, and a button that takes the answer back, so that the app
 * has to ask again. It follows what other programs change. Hidden as long as no answer was kept.
 */
#define LANYARD_TYPE_APPS_GROUP (lanyard_apps_group_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAppsGroup,
                      lanyard_apps_group,
                      LANYARD,
                      APPS_GROUP,
                      AdwPreferencesGroup)

void lanyard_apps_group_set_draft (LanyardAppsGroup *self, LanyardDraft *draft);

G_END_DECLS
