/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

/* API keys and Basic. */
const LanyardGrammar lanyard_grammar_keys_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_use_members },
  { .name = NULL },
};
