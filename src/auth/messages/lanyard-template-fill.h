/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardTemplateLookup:
 * @name: a name in braces
 * @is_cut: whether only what is `before` or `after` a separator in the value is used
 * @data: the caller's
 *
 * Returns: (transfer full) (nullable): what stands for @name; %NULL for nothing
 */
typedef char *(*LanyardTemplateLookup) (const char *name, gboolean is_cut, gpointer data);

/**
 * LanyardTemplateCheck:
 * @name: a name in braces
 * @value: what stands for it
 * @data: the caller's
 * @error: return location for why not
 *
 * Returns: whether @value may be part of the host of an address
 */
typedef gboolean (*LanyardTemplateCheck) (const char *name,
                                          const char *value,
                                          gpointer data,
                                          GError **error);

/**
 * lanyard_template_fill:
 * @template: a text with `{names}` and `{calls(of,functions)}`, as the grammar of providers has it
 * @lookup: finds the values
 * @data: for @lookup
 * @error: return location for %LANYARD_ERROR_INVALID: it cannot be read, grows too large, or gives
 * bytes that are no text
 *
 * Fills a template in. What is filled in is not looked at again, so that no value can name another
 * one.
 *
 * Returns: (transfer full): the text, which may hold secrets: lanyard_secret_wipe_string() frees
 * it; %NULL for an error
 */
char *lanyard_template_fill (const char *template,
                             LanyardTemplateLookup lookup,
                             gpointer data,
                             GError **error);

/**
 * lanyard_template_fill_address:
 * @check: (nullable): checks a value that becomes part of the host
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Fills in the template of an address. A value may bring a path, a query or a user name only behind
 * the host; a whole address only at the beginning.
 *
 * Returns: (transfer full): the address, or %NULL
 */
char *lanyard_template_fill_address (const char *template,
                                     LanyardTemplateLookup lookup,
                                     LanyardTemplateCheck check,
                                     gpointer data,
                                     GError **error);

/**
 * lanyard_template_check_line:
 * @value: what becomes part of a header field or an address
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: whether @value is free of line breaks and other control characters, which could begin
 * another header field
 */
gboolean lanyard_template_check_line (const char *name, const char *value, GError **error);

G_END_DECLS
