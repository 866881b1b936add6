/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardProblem:
 * @line: the line in the file, from 1
 * @column: the column in characters, from 1
 * @is_warning: whether the file can be used all the same
 * @path: what it is about: `methods[0].token.url`; "" for the file as a whole
 * @message: what is wrong there, as the rest of a sentence
 *
 * Something that is wrong, or probably so, in a provider's file.
 */
typedef struct
{
  guint line;
  guint column;
  gboolean is_warning;
  char *path;
  char *message;
} LanyardProblem;

void lanyard_problem_free (LanyardProblem *self);

/**
 * lanyard_provider_check:
 * @text: the text of a provider's file
 * @length: its length in bytes
 * @id: the id that the file's name gives it
 *
 * Looks for all that is wrong, where lanyard_provider_reader_read() stops at the first. It finds
 * something that is no warning exactly when the reader refuses the text.
 *
 * Returns: (transfer full) (element-type LanyardProblem): the problems, in the order of the file
 */
GPtrArray *lanyard_provider_check (const char *text, gsize length, const char *id);

/**
 * lanyard_provider_check_explain:
 *
 * Returns: (transfer full): the first problem of a text that the reader refuses, as
 * `line 3, column 5: name: is missing`
 */
char *lanyard_provider_check_explain (const char *text, gsize length, const char *id);

G_END_DECLS
