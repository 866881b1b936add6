/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LanyardMethod:
 *
 * One way in which a provider authorizes: an authorization type and the data that it needs. The
 * data is the validated JSON object of the provider's file, read by dotted paths
 * (`authorize.scope.separator`).
 */
#define LANYARD_TYPE_METHOD (lanyard_method_get_type ())
G_DECLARE_FINAL_TYPE (LanyardMethod, lanyard_method, LANYARD, METHOD, GObject)

/**
 * lanyard_method_new:
 * @type_id: the id of an authorization type
 * @data: (transfer none): the method's object
 *
 * Returns: (transfer full): a new method; to be called by whoever has checked @data
 */
LanyardMethod *lanyard_method_new (const char *type_id, JsonObject *data);
const char *lanyard_method_get_type_id (LanyardMethod *self);
/* Its id among the methods of its provider: that of its type where the data has none. */
const char *lanyard_method_get_id (LanyardMethod *self);
/* What it is called, and what to know about it, for people, in their language; both nullable. */
const char *lanyard_method_get_label (LanyardMethod *self);
const char *lanyard_method_get_hint (LanyardMethod *self);

/**
 * lanyard_method_get_data:
 *
 * Returns: (transfer none): the method's object
 */
JsonObject *lanyard_method_get_data (LanyardMethod *self);

/**
 * lanyard_method_dup_data:
 *
 * Returns: (transfer full): a copy of the method's object
 */
JsonObject *lanyard_method_dup_data (LanyardMethod *self);

/* What stands at a dotted path, borrowed; a missing member, null and one of another type are all
 * absent: %NULL or @fallback. Lists also read one text as a list of one. */
const char *lanyard_method_get_string (LanyardMethod *self, const char *path);
gboolean lanyard_method_get_boolean (LanyardMethod *self, const char *path, gboolean fallback);
gint64 lanyard_method_get_int64 (LanyardMethod *self, const char *path, gint64 fallback);
char **lanyard_method_dup_strv (LanyardMethod *self, const char *path);
JsonObject *lanyard_method_get_object (LanyardMethod *self, const char *path);
JsonArray *lanyard_method_get_array (LanyardMethod *self, const char *path);

G_END_DECLS
