/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_oauth1_escape:
 *
 * Returns: (transfer full): @text escaped as RFC 5849 section 3.6 demands: everything but letters,
 * digits, "-", ".", "_" and "~"
 */
char *lanyard_oauth1_escape (const char *text);

/* How many bytes at the beginning of @text need no escape; all of them in most texts. */
gsize lanyard_oauth1_count_plain (const char *text);

/* So many times as long as the text may be what it is escaped to, once or twice. */
#define LANYARD_OAUTH1_ESCAPED 3
#define LANYARD_OAUTH1_ESCAPED_TWICE 5

/**
 * lanyard_oauth1_write_escaped:
 * @out: where to write, with room for %LANYARD_OAUTH1_ESCAPED times @length
 * @text: (array length=length): what to escape
 *
 * As lanyard_oauth1_escape(), for those who have a place for it; without a NUL at the end.
 *
 * Returns: where the escaped text ends
 */
char *lanyard_oauth1_write_escaped (char *out, const char *text, gsize length);

/**
 * lanyard_oauth1_write_escaped_twice:
 * @out: where to write, with room for %LANYARD_OAUTH1_ESCAPED_TWICE times @length
 *
 * Writes at once what escaping twice gives, which the parameters of a signature base string are
 * (RFC 5849 sections 3.4.1.3.2 and 3.4.1.1).
 *
 * Returns: where the escaped text ends
 */
char *lanyard_oauth1_write_escaped_twice (char *out, const char *text, gsize length);

G_END_DECLS
