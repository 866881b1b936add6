/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * lanyard_provider_parts_translate:
 * @text: (nullable): a text of a provider's data
 *
 * Returns: (transfer none) (nullable): the same in the person's language where there is a
 *   translation; %NULL for none and for ""
 */
const char *lanyard_provider_parts_translate (const char *text);

/**
 * lanyard_provider_parts_get_text:
 * @object: an object of a provider's data
 * @name: the name of a member
 *
 * Returns: (transfer none) (nullable): a text for people, in the person's language where there is a
 *   translation
 */
const char *lanyard_provider_parts_get_text (JsonObject *object, const char *name);

/**
 * lanyard_provider_parts_copy:
 *
 * Returns: (transfer full): a copy of @object with copies of all that is in it, which
 *   json_node_copy() would share
 */
JsonObject *lanyard_provider_parts_copy (JsonObject *object);

/* Make the parts of a #LanyardProvider from its data, which must outlive them: what is no object,
 * or lacks what makes it one, is left out. */
GPtrArray *lanyard_provider_parts_make_methods (JsonObject *data);
GPtrArray *lanyard_provider_parts_make_inputs (JsonObject *data);
GPtrArray *lanyard_provider_parts_make_scopes (JsonObject *data);
GPtrArray *lanyard_provider_parts_make_connectors (JsonObject *data);

G_END_DECLS
