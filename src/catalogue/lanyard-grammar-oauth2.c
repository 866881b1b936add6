/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

static const char *const auth_methods[] = { "client_secret_basic", "client_secret_post", "none",
                                            NULL };
static const char *const grants[] = { "authorization_code", "client_credentials", "device", NULL };
static const char *const hmac_encodings[] = { "hex", "base64", NULL };
static const char *const pkce_encodings[] = { "base64url", "hex", "hex_base64url", NULL };
static const char *const pkce_modes[] = { "auto", "required", "off", NULL };
static const char *const redirect_kinds[] = { "loopback", "loopback_ip", "https",
                                              "scheme",   "oob",         NULL };
static const char *const refresh_tokens[] = { "refresh_token", "access_token", NULL };
static const char *const step_times[] = { "always", "sign_in", "renewal", NULL };

static const LanyardGrammar scope_group_members[] = {
  { "group", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "param", .kind = LANYARD_GRAMMAR_KEY, .required = TRUE },
  { .name = NULL },
};

static const LanyardGrammar asked_scope_members[] = {
  { "param", .kind = LANYARD_GRAMMAR_KEY_OR_NULL },
  { "separator", .kind = LANYARD_GRAMMAR_TEXT },
  { "raw", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "repeat", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "always", .kind = LANYARD_GRAMMAR_TEXTS },
  { "groups", .kind = LANYARD_GRAMMAR_OBJECTS, .members = scope_group_members, .key = "group" },
  { .name = NULL },
};

static const LanyardGrammar authorize_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "names", .kind = LANYARD_GRAMMAR_NAME_MAP },
  { "scope", .kind = LANYARD_GRAMMAR_OBJECT, .members = asked_scope_members },
  { "fragment", .kind = LANYARD_GRAMMAR_TEXT },
  { "params_in_fragment", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

static const LanyardGrammar token_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "auth", .kind = LANYARD_GRAMMAR_CHOICE, .choices = auth_methods },
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { .name = NULL },
};

static const LanyardGrammar refresh_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_CALL },
  LANYARD_GRAMMAR_REQUEST_AUTH,
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { "none", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "uses", .kind = LANYARD_GRAMMAR_CHOICE, .choices = refresh_tokens },
  { "rotates", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "not_before", .kind = LANYARD_GRAMMAR_SECONDS },
  { "margin", .kind = LANYARD_GRAMMAR_SECONDS },
  { "redirect_uri", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

static const LanyardGrammar hmac_members[] = {
  { "param", .kind = LANYARD_GRAMMAR_KEY, .required = TRUE },
  { "key", .kind = LANYARD_GRAMMAR_TEMPLATE },
  { "encoding", .kind = LANYARD_GRAMMAR_CHOICE, .choices = hmac_encodings },
  { .name = NULL },
};

static const LanyardGrammar callback_members[] = {
  { "code", .kind = LANYARD_GRAMMAR_KEY },
  { "token", .kind = LANYARD_GRAMMAR_KEY },
  { "scope", .kind = LANYARD_GRAMMAR_KEY },
  { "ok_when", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "error", .kind = LANYARD_GRAMMAR_PATHS },
  { "error_text", .kind = LANYARD_GRAMMAR_PATHS },
  { "error_map", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "capture", .kind = LANYARD_GRAMMAR_CAPTURE_MAP },
  { "allow", .kind = LANYARD_GRAMMAR_PATTERN_MAP },
  { "hmac", .kind = LANYARD_GRAMMAR_OBJECT, .members = hmac_members },
  { .name = NULL },
};

static const LanyardGrammar step_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_CALL, .required = TRUE },
  LANYARD_GRAMMAR_REQUEST_AUTH,
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { "when", .kind = LANYARD_GRAMMAR_CHOICE, .choices = step_times },
  { "optional", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

static const LanyardGrammar redirect_members[] = {
  { "embedded", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "kinds", .kind = LANYARD_GRAMMAR_CHOICES, .choices = redirect_kinds },
  { "value", .kind = LANYARD_GRAMMAR_REDIRECT },
  { "sent", .kind = LANYARD_GRAMMAR_TEMPLATE },
  { .name = NULL },
};

static const LanyardGrammar device_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  LANYARD_GRAMMAR_REQUEST_AUTH,
  LANYARD_GRAMMAR_REQUEST_MEMBERS,
  { "grant_type", .kind = LANYARD_GRAMMAR_TEXT },
  { .name = NULL },
};

static const LanyardGrammar userinfo_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  { .name = NULL },
};

const LanyardGrammar lanyard_grammar_oauth2_members[] = {
  LANYARD_GRAMMAR_METHOD_MEMBERS,
  { "grant", .kind = LANYARD_GRAMMAR_CHOICE, .choices = grants },
  { "issuer", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "authorize", .kind = LANYARD_GRAMMAR_OBJECT, .members = authorize_members },
  { "state_in_redirect_uri", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "pkce", .kind = LANYARD_GRAMMAR_CHOICE, .choices = pkce_modes },
  { "pkce_encoding", .kind = LANYARD_GRAMMAR_CHOICE, .choices = pkce_encodings },
  { "redirect", .kind = LANYARD_GRAMMAR_OBJECT, .members = redirect_members },
  { "callback", .kind = LANYARD_GRAMMAR_OBJECT, .members = callback_members },
  { "token", .kind = LANYARD_GRAMMAR_OBJECT, .members = token_members },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_response_members },
  { "refresh", .kind = LANYARD_GRAMMAR_OBJECT, .members = refresh_members },
  { "steps", .kind = LANYARD_GRAMMAR_OBJECTS, .members = step_members },
  { "revoke", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_request_members },
  { "device", .kind = LANYARD_GRAMMAR_OBJECT, .members = device_members },
  { "register", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_request_members },
  { "userinfo", .kind = LANYARD_GRAMMAR_OBJECT, .members = userinfo_members },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = lanyard_grammar_use_members },
  { .name = NULL },
};
