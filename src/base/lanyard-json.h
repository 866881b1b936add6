/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What comes from outside is at most so large (bytes) and so deep (arrays and objects in each
 * other). */
#define LANYARD_JSON_MAX_SIZE (1024 * 1024)
#define LANYARD_JSON_MAX_DEPTH 32

/**
 * lanyard_json_parse:
 * @data: the text; need not end in NUL
 * @length: its length in bytes
 * @error: return location for %LANYARD_ERROR_INVALID, with the line where one is known; the message
 *   never quotes the text, which may hold secrets
 *
 * Reads one JSON text by the grammar of RFC 8259 and nothing beyond it. Refused are, too: more than
 * %LANYARD_JSON_MAX_SIZE bytes, deeper than %LANYARD_JSON_MAX_DEPTH, NUL (also an escaped one),
 * text that is not UTF-8, half a pair of surrogates, two members of the same name in one object. A
 * byte order mark in front is passed over.
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *lanyard_json_parse (const char *data, gsize length, GError **error);

/**
 * lanyard_json_parse_at:
 * @offset: (out): where the text is broken, in bytes from its beginning; 0 when it is not, or as a
 *   whole
 *
 * As lanyard_json_parse().
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *lanyard_json_parse_at (const char *data, gsize length, gsize *offset, GError **error);

/**
 * lanyard_json_parse_object:
 * @data: the text
 * @length: its length in bytes
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * As lanyard_json_parse(), where anything but an object is an error.
 *
 * Returns: (transfer full): the object, or %NULL
 */
JsonObject *lanyard_json_parse_object (const char *data, gsize length, GError **error);

/**
 * lanyard_json_lookup:
 * @object: an object
 * @path: names of members, joined by dots: `authorize.scope.separator`
 *
 * Returns: (transfer none) (nullable): the node there; %NULL where a member is missing, or null, or
 * a step on the way is not an object
 */
JsonNode *lanyard_json_lookup (JsonObject *object, const char *path);

/**
 * lanyard_json_get_string:
 *
 * Returns: (transfer none) (nullable): the text at @path; a node of another type counts as absent
 */
const char *lanyard_json_get_string (JsonObject *object, const char *path);

/**
 * lanyard_json_dup_text:
 *
 * Returns: (transfer full) (nullable): the text, number or truth value at @path as text
 */
char *lanyard_json_dup_text (JsonObject *object, const char *path);

/**
 * lanyard_json_get_int64:
 * @value: (out): the number
 *
 * Reads a number, also one that is written as a text (as many servers do) or with a fraction, which
 * is cut.
 *
 * Returns: whether there is one that fits
 */
gboolean lanyard_json_get_int64 (JsonObject *object, const char *path, gint64 *value);

/**
 * lanyard_json_get_boolean:
 *
 * Returns: the truth value at @path, or @fallback where there is none
 */
gboolean lanyard_json_get_boolean (JsonObject *object, const char *path, gboolean fallback);

/**
 * lanyard_json_dup_strv:
 *
 * Returns: (transfer full) (nullable): the texts of an array at @path, or one text as a list of
 * one; members that are no text are left out
 */
char **lanyard_json_dup_strv (JsonObject *object, const char *path);

/* What is at @path, borrowed; %NULL where it is missing or of another type. */
JsonObject *lanyard_json_get_object (JsonObject *object, const char *path);
JsonArray *lanyard_json_get_array (JsonObject *object, const char *path);

/**
 * lanyard_json_copy_object:
 * @object: (nullable): an object
 *
 * Returns: (transfer full): a new object with the members of @object, or without any; they can be
 *   replaced, but what is deeper is that of @object
 */
JsonObject *lanyard_json_copy_object (JsonObject *object);

G_END_DECLS
