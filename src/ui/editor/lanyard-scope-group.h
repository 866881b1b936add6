/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardScopeGroup:
 *
 * The part of the form that says which permissions are asked for, why, and which of them the
 * provider granted; with a button that adds some of one's own. Hidden where nobody signs in.
 */
#define LANYARD_TYPE_SCOPE_GROUP (lanyard_scope_group_get_type ())
G_DECLARE_FINAL_TYPE (LanyardScopeGroup,
                      lanyard_scope_group,
                      LANYARD,
                      SCOPE_GROUP,
                      AdwPreferencesGroup)

void lanyard_scope_group_set_draft (LanyardScopeGroup *self, LanyardDraft *draft);

/**
 * lanyard_scope_group_add_text:
 * @text: the names of scopes, as a person types or pastes them: with spaces or commas between them
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Adds scopes of one's own.
 *
 * Returns: whether each is a name that a scope can have (RFC 6749 section 3.3)
 */
gboolean lanyard_scope_group_add_text (LanyardScopeGroup *self, const char *text, GError **error);

G_END_DECLS
