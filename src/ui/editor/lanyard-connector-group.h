/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardConnectorGroup:
 *
 * The part of the form that says what the person wants to do with the provider: the chosen
 * connectors, and a button that opens the list of all of them. Hidden where the provider has none.
 */
#define LANYARD_TYPE_CONNECTOR_GROUP (lanyard_connector_group_get_type ())
G_DECLARE_FINAL_TYPE (LanyardConnectorGroup,
                      lanyard_connector_group,
                      LANYARD,
                      CONNECTOR_GROUP,
                      AdwPreferencesGroup)

void lanyard_connector_group_set_draft (LanyardConnectorGroup *self, LanyardDraft *draft);

G_END_DECLS
