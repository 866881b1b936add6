/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardNote:
 *
 * A row that says what is wrong with the row above it. It is hidden as long as nothing is.
 */
#define LANYARD_TYPE_NOTE (lanyard_note_get_type ())
G_DECLARE_FINAL_TYPE (LanyardNote, lanyard_note, LANYARD, NOTE, AdwPreferencesRow)

/**
 * lanyard_note_new:
 * @row: (transfer none): the row that it is about
 */
GtkWidget *lanyard_note_new (GtkWidget *row);

const char *lanyard_note_get_text (LanyardNote *self);

/**
 * lanyard_note_set_text:
 * @text: (nullable): what is wrong; not markup
 */
void lanyard_note_set_text (LanyardNote *self, const char *text);

G_END_DECLS
