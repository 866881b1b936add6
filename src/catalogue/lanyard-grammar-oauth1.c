/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

static const char *const verifiers[] = { "required", "optional", NULL };

const LanyardGrammar lanyard_grammar_oauth1_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "verifier", .kind = LANYARD_GRAMMAR_CHOICE, .choices = verifiers },
  { .name = NULL },
};
