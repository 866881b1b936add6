/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_text_quote:
 * @text: (nullable): text from a server, in whatever state
 * @max_chars: how many characters to show at most
 *
 * Makes server text fit to show: valid UTF-8, control, bidirectional and line characters become
 * spaces, runs of space one, cut with an ellipsis, in quotation marks of the person's language. It
 * is not escaped as markup: the caller shows it as text.
 *
 * Returns: (transfer full) (nullable): the quotation; %NULL when nothing is left
 */
char *lanyard_text_quote (const char *text, guint max_chars);

/**
 * lanyard_text_check_name:
 * @name: a name that a person gave an authorization
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks a name: UTF-8, not only space, at most 200 characters, no control or line characters.
 * Right-to-left text is fine.
 *
 * Returns: whether the name can be used
 */
gboolean lanyard_text_check_name (const char *name, GError **error);

/**
 * lanyard_text_dup_key:
 * @text: a text
 *
 * Returns: (transfer full): the text without case, normalised (NFKC) and stripped, by which two
 * names are the same and by which one is searched
 */
char *lanyard_text_dup_key (const char *text);

G_END_DECLS
