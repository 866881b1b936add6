/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-field.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardKeyRow:
 *
 * A row that stands for a key which is entered: it says what kind of key it is, never the key, and
 * lets the person take it away.
 *
 * Signal `removed`: the person took it away.
 */
#define LANYARD_TYPE_KEY_ROW (lanyard_key_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeyRow, lanyard_key_row, LANYARD, KEY_ROW, AdwActionRow)

/**
 * lanyard_key_row_new:
 * @field: (transfer none): the field
 */
GtkWidget *lanyard_key_row_new (const LanyardField *field);

/**
 * lanyard_key_row_set_text:
 * @text: (nullable): what the key is, or what is wrong with it
 */
void lanyard_key_row_set_text (LanyardKeyRow *self, const char *text);

G_END_DECLS
