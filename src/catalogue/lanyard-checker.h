/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-grammar.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LanyardChecker:
 *
 * Walks a provider's data by the tables of its grammar, and knows where it is, so that a message
 * can begin with the path of what is wrong: `methods[0].token.url: should be a text`.
 */
typedef struct _LanyardChecker LanyardChecker;

LanyardChecker *lanyard_checker_new (void);
void lanyard_checker_free (LanyardChecker *self);

/**
 * lanyard_checker_collect_names:
 * @root: a provider's data, whatever it is like
 *
 * Notes the names that its templates may use: those of its inputs and of what is captured.
 */
void lanyard_checker_collect_names (LanyardChecker *self, JsonObject *root);

/**
 * lanyard_checker_push_name:
 *
 * Goes one step down: to a member, or with lanyard_checker_push_index() to an element.
 *
 * Returns: what lanyard_checker_pop() needs to come back
 */
gsize lanyard_checker_push_name (LanyardChecker *self, const char *name);
gsize lanyard_checker_push_index (LanyardChecker *self, guint index);
void lanyard_checker_pop (LanyardChecker *self, gsize length);
const char *lanyard_checker_get_path (LanyardChecker *self);

/**
 * lanyard_checker_refuse:
 * @error: return location for %LANYARD_ERROR_INVALID
 * @message: what is wrong at the path, as the rest of a sentence
 *
 * Returns: %FALSE
 */
gboolean lanyard_checker_refuse (LanyardChecker *self, GError **error, const char *message);

/**
 * lanyard_checker_check_object:
 * @object: the data at the path
 * @members: what it may have
 * @error: return location for %LANYARD_ERROR_INVALID; the path is then where the error is
 *
 * Returns: whether @object has only members that are known and right, and all that are required
 */
gboolean lanyard_checker_check_object (LanyardChecker *self,
                                       JsonObject *object,
                                       const LanyardGrammar *members,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChecker, lanyard_checker_free)

G_END_DECLS
