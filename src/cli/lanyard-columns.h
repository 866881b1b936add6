/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardColumns:
 *
 * Rows of cells, laid out in columns for a terminal: characters that are two columns wide, or none,
 * are counted so.
 */
typedef struct _LanyardColumns LanyardColumns;

LanyardColumns *lanyard_columns_new (guint n_columns);
void lanyard_columns_free (LanyardColumns *self);

/**
 * lanyard_columns_add_row:
 * @cells: (array): as many texts as there are columns; %NULL is an empty one. What would disturb a
 *   terminal (control characters) is replaced by spaces.
 */
void lanyard_columns_add_row (LanyardColumns *self, const char *const *cells);

guint lanyard_columns_get_length (LanyardColumns *self);

/**
 * lanyard_columns_format:
 * @width: how wide a line may be; 0 is as wide as it takes
 *
 * Returns: (transfer full): the lines, each ended by a line break, without spaces at its end; cells
 *   that do not fit are cut with an ellipsis, the widest columns first
 */
char *lanyard_columns_format (LanyardColumns *self, guint width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardColumns, lanyard_columns_free)

G_END_DECLS
