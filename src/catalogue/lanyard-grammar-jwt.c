/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

/* Where a login is turned into a token; and what is different where a token is renewed. */
static const LanyardGrammar login_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  LANYARD_GRAMMAR_REQUEST_AUTH,
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_jwt_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "token", .kind = LANYARD_GRAMMAR_OBJECT, .members = login_members },
  { "refresh", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_request_members },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_use_members },
  { .name = NULL },
};
