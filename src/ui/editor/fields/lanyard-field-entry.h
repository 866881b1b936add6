/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-field.h"
#include "lanyard-key-text.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardFieldEntry:
 *
 * One field of a form: the row in which it is entered, drawn from its #LanyardField, and below it a
 * note that is shown when something is wrong with it. Both are preferences rows, to be put one
 * after the other into a list. A secret stays in the row's own buffer, which is not paged out, and
 * is never copied here.
 *
 * Signal `edited`: the person changed the value. Signal `left`: the person went on to another
 * field, so that it is time to say what is wrong.
 */
#define LANYARD_TYPE_FIELD_ENTRY (lanyard_field_entry_get_type ())
G_DECLARE_FINAL_TYPE (LanyardFieldEntry, lanyard_field_entry, LANYARD, FIELD_ENTRY, GObject)

/**
 * lanyard_field_entry_new:
 * @field: (transfer none): the field, which must live as long as the entry
 * @required: whether to say so as long as it is empty
 */
LanyardFieldEntry *lanyard_field_entry_new (const LanyardField *field, gboolean required);

const LanyardField *lanyard_field_entry_get_field (LanyardFieldEntry *self);
GtkWidget *lanyard_field_entry_get_row (LanyardFieldEntry *self);
GtkWidget *lanyard_field_entry_get_note (LanyardFieldEntry *self);

/**
 * lanyard_field_entry_get_key_row:
 *
 * Returns: (transfer none) (nullable): for a field that holds a key, the row that stands in place
 * of the other one as long as there is a key; to be put before the note
 */
GtkWidget *lanyard_field_entry_get_key_row (LanyardFieldEntry *self);

/**
 * lanyard_field_entry_set_key:
 * @state: what is entered, in a field that holds a key
 * @text: (nullable): the same in words
 */
void lanyard_field_entry_set_key (LanyardFieldEntry *self, LanyardKeyState state, const char *text);

/**
 * lanyard_field_entry_get_text:
 *
 * Returns: (transfer none): what is entered, or the id of what is chosen; never %NULL
 */
const char *lanyard_field_entry_get_text (LanyardFieldEntry *self);

/**
 * lanyard_field_entry_set_text:
 *
 * Shows @text, without saying `edited`.
 */
void lanyard_field_entry_set_text (LanyardFieldEntry *self, const char *text);

/**
 * lanyard_field_entry_set_problem:
 * @problem: (nullable): what is wrong with the value, for the person
 */
void lanyard_field_entry_set_problem (LanyardFieldEntry *self, const char *problem);

/**
 * lanyard_field_entry_get_problem:
 *
 * Returns: (transfer none) (nullable): the problem that is shown
 */
const char *lanyard_field_entry_get_problem (LanyardFieldEntry *self);

/**
 * lanyard_field_entry_check:
 * @complete: whether a required field must have a value
 *
 * Checks the value by its field and shows what is wrong with it.
 *
 * Returns: whether nothing is
 */
gboolean lanyard_field_entry_check (LanyardFieldEntry *self, gboolean complete);

gboolean lanyard_field_entry_is_required (LanyardFieldEntry *self);
gboolean lanyard_field_entry_has_focus (LanyardFieldEntry *self);

/* Puts the focus into the row. */
void lanyard_field_entry_focus (LanyardFieldEntry *self);

G_END_DECLS
