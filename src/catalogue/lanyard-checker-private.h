/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-checker.h"

G_BEGIN_DECLS

#define LANYARD_CHECKER_MAX_NAME_LENGTH 64

/* What stands for itself as the type of a name that templates may use, beside the types of inputs.
 */
#define LANYARD_CHECKER_CAPTURED "captured"
#define LANYARD_CHECKER_ALLOWED "allowed"

struct _LanyardChecker
{
  /* Owned */
  GString *path;
  GHashTable *inputs;
};

/* The name of a parameter, a header field or a setting. */
gboolean lanyard_checker_check_key (LanyardChecker *self, const char *text, GError **error);
gboolean lanyard_checker_check_name (LanyardChecker *self, const char *text, GError **error);

/* A text, as the kind of @member wants it. */
gboolean lanyard_checker_check_text (LanyardChecker *self,
                                     JsonNode *node,
                                     const LanyardGrammar *member,
                                     GError **error);

/* A text with names in braces; in an address (ENDPOINT, CALL) they are fewer. */
gboolean lanyard_checker_check_template (LanyardChecker *self,
                                         const char *text,
                                         LanyardGrammarKind kind,
                                         GError **error);

G_END_DECLS
