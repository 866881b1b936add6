/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"
#include "lanyard-field-entry.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardEditorFields:
 *
 * The part of the form that the authorization type and the provider ask for, drawn from
 * lanyard_auth_type_list_fields() and from nothing else, so that a new type needs no new window.
 * What is seldom needed, or filled in by the provider's data, is folded away.
 *
 * Signal `unencrypted`: the person has entered an address of her own server that is not encrypted,
 * and was not asked yet.
 */
#define LANYARD_TYPE_EDITOR_FIELDS (lanyard_editor_fields_get_type ())
G_DECLARE_FINAL_TYPE (LanyardEditorFields,
                      lanyard_editor_fields,
                      LANYARD,
                      EDITOR_FIELDS,
                      AdwPreferencesGroup)

void lanyard_editor_fields_set_draft (LanyardEditorFields *self, LanyardDraft *draft);

/**
 * lanyard_editor_fields_check:
 * @complete: whether each required field must have a value
 *
 * Shows what is wrong at the fields of which something is.
 *
 * Returns: (transfer none) (nullable): the first row of which something is wrong
 */
GtkWidget *lanyard_editor_fields_check (LanyardEditorFields *self, gboolean complete);

/**
 * lanyard_editor_fields_find_empty:
 *
 * Returns: (transfer none) (nullable): the row of the first required field without a value
 */
GtkWidget *lanyard_editor_fields_find_empty (LanyardEditorFields *self);

/**
 * lanyard_editor_fields_find:
 * @name: the name of a field
 *
 * Returns: (transfer none) (nullable): its entry, where it is shown
 */
LanyardFieldEntry *lanyard_editor_fields_find (LanyardEditorFields *self, const char *name);

/**
 * lanyard_editor_fields_is_folded:
 *
 * Returns: whether the field of that name is among those that are folded away
 */
gboolean lanyard_editor_fields_is_folded (LanyardEditorFields *self, const char *name);

/* Takes every row away, and with them the secrets in their buffers. */
void lanyard_editor_fields_clear (LanyardEditorFields *self);

G_END_DECLS
