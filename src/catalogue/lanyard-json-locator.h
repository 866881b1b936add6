/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_json_locator_find:
 * @text: a JSON text, which was parsed before
 * @length: its length in bytes
 * @path: a path as messages have it: `methods[0].token.url`
 *
 * Returns: where in @text the value of @path begins, in bytes; of one that is missing, the deepest
 * object or list on the way to it that is there
 */
gsize lanyard_json_locator_find (const char *text, gsize length, const char *path);

/**
 * lanyard_json_locator_count:
 * @line: (out): the line of @offset, from 1
 * @column: (out): its column in characters, from 1
 */
void lanyard_json_locator_count (const char *text, gsize offset, guint *line, guint *column);

G_END_DECLS
