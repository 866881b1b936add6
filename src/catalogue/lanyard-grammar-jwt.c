/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

static const char *const algorithms[] = {
  "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256",
  "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", NULL,
};
static const char *const encodings[] = { "auto", "text", "hex", "base64", NULL };
static const char *const key_parts[] = { "id_first", "secret_first", NULL };

/* Where a login is turned into a token; and what is different where a token is renewed. */
static const LanyardGrammar login_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  LANYARD_GRAMMAR_REQUEST_AUTH,
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { .name = NULL },
};

/* One text that holds both the name of a key and the key. */
static const LanyardGrammar split_members[] = {
  { "separator", .kind = LANYARD_GRAMMAR_TEXT },
  { "length", .kind = LANYARD_GRAMMAR_RANK },
  { "order", .kind = LANYARD_GRAMMAR_CHOICE, .choices = key_parts },
  { .name = NULL },
};

static const LanyardGrammar key_members[] = {
  { "encoding", .kind = LANYARD_GRAMMAR_CHOICE, .choices = encodings },
  { "split", .kind = LANYARD_GRAMMAR_OBJECT, .members = split_members },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_jwt_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "alg", .kind = LANYARD_GRAMMAR_CHOICE, .choices = algorithms },
  { "header", .kind = LANYARD_GRAMMAR_PARAM_MAP },
  { "claims", .kind = LANYARD_GRAMMAR_PARAM_MAP },
  { "key", .kind = LANYARD_GRAMMAR_OBJECT, .members = key_members },
  { "lifetime", .kind = LANYARD_GRAMMAR_SECONDS },
  { "exchange", .kind = LANYARD_GRAMMAR_OBJECT, .members = login_members },
  { "token", .kind = LANYARD_GRAMMAR_OBJECT, .members = login_members },
  { "refresh", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_request_members },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_use_members },
  { .name = NULL },
};
