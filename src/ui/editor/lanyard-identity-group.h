/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardIdentityGroup:
 *
 * The first part of the form: the name, the provider, and the way in which the provider authorizes
 * where there are several.
 */
#define LANYARD_TYPE_IDENTITY_GROUP (lanyard_identity_group_get_type ())
G_DECLARE_FINAL_TYPE (LanyardIdentityGroup,
                      lanyard_identity_group,
                      LANYARD,
                      IDENTITY_GROUP,
                      AdwPreferencesGroup)

void lanyard_identity_group_set_draft (LanyardIdentityGroup *self, LanyardDraft *draft);

/**
 * lanyard_identity_group_check:
 *
 * Shows what is wrong with the name and the provider.
 *
 * Returns: (transfer none) (nullable): the first widget of which something is wrong
 */
GtkWidget *lanyard_identity_group_check (LanyardIdentityGroup *self);

/**
 * lanyard_identity_group_set_name_problem:
 * @problem: (nullable): what is wrong with the name
 */
void lanyard_identity_group_set_name_problem (LanyardIdentityGroup *self, const char *problem);

/* Puts the focus into the name. */
void lanyard_identity_group_focus_name (LanyardIdentityGroup *self);

/* Opens the list of providers. */
void lanyard_identity_group_open_providers (LanyardIdentityGroup *self);

G_END_DECLS
