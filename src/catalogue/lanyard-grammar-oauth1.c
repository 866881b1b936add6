/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

static const char *const callback_places[] = { "request", "authorize", NULL };
static const char *const flows[] = { "three_legged", "manual", "two_legged", NULL };
static const char *const leg_methods[] = { "GET", "POST", NULL };
static const char *const scope_places[] = { "request", "authorize", NULL };
static const char *const signature_methods[] = {
  "HMAC-SHA1",  "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1",
  "RSA-SHA256", "RSA-SHA512",  "PLAINTEXT",   NULL,
};
static const char *const transmissions[] = { "header", "query", "body", NULL };
static const char *const verifiers[] = { "required", "optional", NULL };

/* One of the signed requests of a sign-in; what it carries besides is signed, too. */
static const LanyardGrammar leg_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "method", .kind = LANYARD_GRAMMAR_CHOICE, .choices = leg_methods },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { .name = NULL },
};

static const LanyardGrammar page_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "from_response", .kind = LANYARD_GRAMMAR_KEY },
  { .name = NULL },
};

static const LanyardGrammar asked_scope_members[] = {
  { "on", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE, .choices = scope_places },
  { "param", .kind = LANYARD_GRAMMAR_KEY },
  { "separator", .kind = LANYARD_GRAMMAR_TEXT },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_oauth1_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "flow", .kind = LANYARD_GRAMMAR_CHOICE, .choices = flows },
  { "signature_method", .kind = LANYARD_GRAMMAR_CHOICE, .choices = signature_methods },
  { "transmission", .kind = LANYARD_GRAMMAR_CHOICE, .choices = transmissions },
  { "body_hash", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "realm", .kind = LANYARD_GRAMMAR_TEMPLATE },
  { "header_params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "request_token", .kind = LANYARD_GRAMMAR_OBJECT, .members = leg_members },
  { "authorize", .kind = LANYARD_GRAMMAR_OBJECT, .members = page_members },
  { "access_token", .kind = LANYARD_GRAMMAR_OBJECT, .members = leg_members },
  { "refresh", .kind = LANYARD_GRAMMAR_OBJECT, .members = leg_members },
  { "scope", .kind = LANYARD_GRAMMAR_OBJECT, .members = asked_scope_members },
  { "callback_on", .kind = LANYARD_GRAMMAR_CHOICE, .choices = callback_places },
  { "verifier", .kind = LANYARD_GRAMMAR_CHOICE, .choices = verifiers },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_use_members },
  { .name = NULL },
};
