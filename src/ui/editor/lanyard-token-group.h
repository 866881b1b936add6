/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardTokenGroup:
 *
 * What the tokens of an authorization say, of whatever type it is: each one that is a JWT, taken
 * apart on this computer. It is not shown when there is none.
 */
#define LANYARD_TYPE_TOKEN_GROUP (lanyard_token_group_get_type ())
G_DECLARE_FINAL_TYPE (LanyardTokenGroup,
                      lanyard_token_group,
                      LANYARD,
                      TOKEN_GROUP,
                      AdwPreferencesGroup)

void lanyard_token_group_set_draft (LanyardTokenGroup *self, LanyardDraft *draft);

G_END_DECLS
