/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_search_key_fold:
 * @text: a text, or what a person types
 *
 * Returns: (transfer full): the words of @text without case, accents and punctuation, with one
 * space between them
 */
char *lanyard_search_key_fold (const char *text);

/**
 * lanyard_search_key_new:
 * @name: the name of a thing
 * @others: (nullable) (array zero-terminated=1): other texts by which it can be found
 *
 * Makes the key by which a thing is found: a line for each text, the name first. A name of several
 * words is there in one piece, too, so that "acton" finds "Act-On".
 *
 * Returns: (transfer full): the key
 */
char *lanyard_search_key_new (const char *name, const char *const *others);

/**
 * lanyard_search_key_rank:
 * @key: a key
 * @words: what is searched, as lanyard_search_key_fold() makes it
 *
 * Returns: how well each of @words fits: 0 when one of them does not; most where the name is what
 * was typed, then where a text begins with it, where words begin with the words, where the words
 * are somewhere inside
 */
guint lanyard_search_key_rank (const char *key, const char *words);

G_END_DECLS
