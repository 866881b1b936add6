/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-grammar.h"

G_BEGIN_DECLS

/* The tables that the methods share, and the tables of the methods. */

extern const char *const lanyard_grammar_bodies[];
extern const char *const lanyard_grammar_http_methods[];
extern const char *const lanyard_grammar_basic_encodings[];
extern const char *const lanyard_grammar_request_auths[];
extern const char *const lanyard_grammar_type_ids[];

extern const LanyardGrammar lanyard_grammar_response_members[];
extern const LanyardGrammar lanyard_grammar_request_members[];
extern const LanyardGrammar lanyard_grammar_use_members[];
extern const LanyardGrammar lanyard_grammar_verify_members[];

extern const LanyardGrammar lanyard_grammar_oauth1_members[];
extern const LanyardGrammar lanyard_grammar_oauth2_members[];
extern const LanyardGrammar lanyard_grammar_keys_members[];
extern const LanyardGrammar lanyard_grammar_jwt_members[];

/* What every method has. */
#define LANYARD_GRAMMAR_METHOD_MEMBERS                                                     \
  { "type", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE,                              \
    .choices = lanyard_grammar_type_ids },                                                 \
    { "id", .kind = LANYARD_GRAMMAR_NAME }, { "label", .kind = LANYARD_GRAMMAR_TEXT },     \
    { "hint", .kind = LANYARD_GRAMMAR_TEXT }, { "docs_url", .kind = LANYARD_GRAMMAR_URL }, \
    { "registration_url", .kind = LANYARD_GRAMMAR_URL },                                   \
    { "limits", .kind = LANYARD_GRAMMAR_TEXTS },                                           \
    { "defaults", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },                                  \
  {                                                                                        \
    "verify", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_verify_members    \
  }

/* What every request has beside its address and its way to authenticate. */
#define LANYARD_GRAMMAR_REQUEST_MEMBERS                                                     \
  { "method", .kind = LANYARD_GRAMMAR_CHOICE, .choices = lanyard_grammar_http_methods },    \
    { "user", .kind = LANYARD_GRAMMAR_TEMPLATE },                                           \
    { "password", .kind = LANYARD_GRAMMAR_TEMPLATE },                                       \
    { "basic_encoding", .kind = LANYARD_GRAMMAR_CHOICE,                                     \
      .choices = lanyard_grammar_basic_encodings },                                         \
    { "body", .kind = LANYARD_GRAMMAR_CHOICE, .choices = lanyard_grammar_bodies },          \
    { "params", .kind = LANYARD_GRAMMAR_PARAM_MAP },                                        \
    { "names", .kind = LANYARD_GRAMMAR_NAME_MAP },                                          \
    { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },                                    \
  {                                                                                         \
    "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members \
  }

/* How a request authenticates that is not the token request itself. */
#define LANYARD_GRAMMAR_REQUEST_AUTH                                                 \
  {                                                                                  \
    "auth", .kind = LANYARD_GRAMMAR_CHOICE, .choices = lanyard_grammar_request_auths \
  }

G_END_DECLS
