/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LanyardParams:
 *
 * An ordered list of name and value pairs, in which a name may stand more than once: the form of
 * `application/x-www-form-urlencoded` (RFC 6749 appendix B), of queries and of headers. Values are
 * wiped when they go, since some are secret.
 */
typedef struct _LanyardParams LanyardParams;

LanyardParams *lanyard_params_new (void);
LanyardParams *lanyard_params_copy (const LanyardParams *self);
void lanyard_params_free (LanyardParams *self);

/**
 * lanyard_params_parse:
 * @text: (nullable): form-encoded pairs, without a leading "?"; %NULL and "" give an empty list
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Reads pairs as RFC 6749 appendix B has them: "+" is a space, an escape is decoded once. Refused
 * are broken escapes, text that is not UTF-8 and NUL.
 *
 * Returns: (transfer full): the pairs, or %NULL
 */
LanyardParams *lanyard_params_parse (const char *text, GError **error);

/**
 * lanyard_params_append:
 * @self: the pairs
 * @name: a name
 * @value: a value
 *
 * Adds a pair at the end, also where @name stands already.
 */
void lanyard_params_append (LanyardParams *self, const char *name, const char *value);
void lanyard_params_append_secret (LanyardParams *self, const char *name, LanyardSecret *value);

/**
 * lanyard_params_set:
 * @self: the pairs
 * @name: a name
 * @value: (nullable): a value; %NULL removes
 *
 * Replaces every pair of that name by one, at the place of the first.
 */
void lanyard_params_set (LanyardParams *self, const char *name, const char *value);

/**
 * lanyard_params_get:
 * @self: the pairs
 * @name: a name, compared exactly
 *
 * Returns: (transfer none) (nullable): the first value of @name
 */
const char *lanyard_params_get (const LanyardParams *self, const char *name);

/**
 * lanyard_params_get_ignoring_case:
 *
 * As lanyard_params_get(), with names compared without ASCII case: for header fields.
 */
const char *lanyard_params_get_ignoring_case (const LanyardParams *self, const char *name);

guint lanyard_params_get_length (const LanyardParams *self);
const char *lanyard_params_get_nth_name (const LanyardParams *self, guint index);
const char *lanyard_params_get_nth_value (const LanyardParams *self, guint index);

/**
 * lanyard_params_find_repeated:
 * @self: the pairs
 *
 * Returns: (transfer none) (nullable): a name that stands more than once (RFC 6749 sections 3.1 and
 *   3.2 forbid that), or %NULL
 */
const char *lanyard_params_find_repeated (const LanyardParams *self);

/**
 * lanyard_params_encode:
 * @self: the pairs
 *
 * Returns: (transfer full): the pairs in the form of RFC 6749 appendix B (space is "+"); not for
 *   pairs that hold a secret, for which lanyard_params_encode_secret() is
 */
char *lanyard_params_encode (const LanyardParams *self);
LanyardSecret *lanyard_params_encode_secret (const LanyardParams *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardParams, lanyard_params_free)

G_END_DECLS
