/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

const char *const lanyard_grammar_bodies[] = { "form", "json", "query", "none", NULL };
const char *const lanyard_grammar_http_methods[] = { "GET",    "POST", "PUT", "PATCH",
                                                     "DELETE", "HEAD", NULL };
const char *const lanyard_grammar_basic_encodings[] = { "form", "raw", NULL };
const char *const lanyard_grammar_request_auths[] = {
  "none", "client", "client_secret_basic", "client_secret_post", "basic", "bearer", NULL,
};

static const char *const formats[] = { "auto", "json", "form", "jsonp", NULL };
static const char *const expiry_kinds[] = { "in", "at", "iso", "jwt", NULL };
static const char *const expiry_units[] = { "s", "ms", "min", NULL };

static const LanyardGrammar map_members[] = {
  { "access_token", .kind = LANYARD_GRAMMAR_PATHS },
  { "refresh_token", .kind = LANYARD_GRAMMAR_PATHS },
  { "id_token", .kind = LANYARD_GRAMMAR_PATHS },
  { "token_type", .kind = LANYARD_GRAMMAR_PATHS },
  { "expires_in", .kind = LANYARD_GRAMMAR_PATHS },
  { "scope", .kind = LANYARD_GRAMMAR_PATHS },
  { "device_code", .kind = LANYARD_GRAMMAR_PATHS },
  { "user_code", .kind = LANYARD_GRAMMAR_PATHS },
  { "verification_uri", .kind = LANYARD_GRAMMAR_PATHS },
  { "verification_uri_complete", .kind = LANYARD_GRAMMAR_PATHS },
  { "interval", .kind = LANYARD_GRAMMAR_PATHS },
  { "client_id", .kind = LANYARD_GRAMMAR_PATHS },
  { "client_secret", .kind = LANYARD_GRAMMAR_PATHS },
  { .name = NULL },
};

static const LanyardGrammar expires_members[] = {
  { "path", .kind = LANYARD_GRAMMAR_PATHS },
  { "kind", .kind = LANYARD_GRAMMAR_CHOICE, .choices = expiry_kinds },
  { "unit", .kind = LANYARD_GRAMMAR_CHOICE, .choices = expiry_units },
  { "default", .kind = LANYARD_GRAMMAR_SECONDS },
  { "zero_is_never", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_response_members[] = {
  { "format", .kind = LANYARD_GRAMMAR_CHOICE, .choices = formats },
  { "root", .kind = LANYARD_GRAMMAR_KEY },
  { "map", .kind = LANYARD_GRAMMAR_OBJECT, .members = map_members },
  { "scope_separator", .kind = LANYARD_GRAMMAR_TEXT },
  { "expires", .kind = LANYARD_GRAMMAR_OBJECT, .members = expires_members },
  { "refresh_expires", .kind = LANYARD_GRAMMAR_OBJECT, .members = expires_members },
  { "ok_when", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "error_when", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "error", .kind = LANYARD_GRAMMAR_PATHS },
  { "error_text", .kind = LANYARD_GRAMMAR_PATHS },
  { "error_map", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "capture", .kind = LANYARD_GRAMMAR_CAPTURE_MAP },
  { "allow", .kind = LANYARD_GRAMMAR_PATTERN_MAP },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_request_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_CALL, .required = TRUE },
  LANYARD_GRAMMAR_REQUEST_AUTH,
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { .name = NULL },
};

static const LanyardGrammar header_members[] = {
  { "name", .kind = LANYARD_GRAMMAR_KEY, .required = TRUE },
  { "value", .kind = LANYARD_GRAMMAR_TEMPLATE, .required = TRUE },
  { .name = NULL },
};

static const LanyardGrammar git_members[] = {
  { "hosts", .kind = LANYARD_GRAMMAR_TEXTS, .required = TRUE },
  { "username", .kind = LANYARD_GRAMMAR_TEXT },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_use_members[] = {
  { "header", .kind = LANYARD_GRAMMAR_OBJECT, .members = header_members },
  { "query", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "base_url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "env", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "git", .kind = LANYARD_GRAMMAR_OBJECT, .members = git_members },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_verify_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { "account", .kind = LANYARD_GRAMMAR_PATHS },
  { .name = NULL },
};
