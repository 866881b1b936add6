/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

static const char *const places[] = { "header", "query", "cookie", "body", "path", NULL };

/* Where a key goes; without a value it is the key alone. */
static const LanyardGrammar place_members[] = {
  { "in", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE, .choices = places },
  { "name", .kind = LANYARD_GRAMMAR_KEY, .required = TRUE },
  { "value", .kind = LANYARD_GRAMMAR_TEMPLATE },
  { .name = NULL },
};

static const LanyardGrammar basic_members[] = {
  { "user", .kind = LANYARD_GRAMMAR_TEMPLATE },
  { "password", .kind = LANYARD_GRAMMAR_TEMPLATE },
  { .name = NULL },
};

/* API keys and Basic. */
const LanyardGrammar lanyard_grammar_keys_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "base_url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "basic", .kind = LANYARD_GRAMMAR_OBJECT, .members = basic_members },
  { "place", .kind = LANYARD_GRAMMAR_OBJECTS, .members = place_members },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_use_members },
  { .name = NULL },
};
