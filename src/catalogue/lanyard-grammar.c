/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar.h"

static const char *const auth_methods[] = { "client_secret_basic", "client_secret_post", "none",
                                            NULL };
static const char *const basic_encodings[] = { "form", "raw", NULL };
static const char *const bodies[] = { "form", "json", NULL };
static const char *const confidences[] = { "high", "medium", "low", NULL };
static const char *const input_types[] = { "text", "secret", "url", "choice", NULL };
static const char *const pkce_modes[] = { "auto", "required", "off", NULL };
static const char *const verifiers[] = { "required", "optional", NULL };
static const char *const revoke_auths[] = { "client", "bearer", NULL };
static const char *const type_ids[] = { "oauth1",         "oauth2",      "api-key",
                                        "api-key-secret", "api-key-url", "jwt",
                                        "basic-url",      "basic",       NULL };
static const char *const verify_methods[] = { "GET", "POST", NULL };

/* What a template may name beside the provider's inputs: what may stand in an address, and what may
 * stand anywhere else, which is mostly secret. */
static const char *const address_names[] = { "base_url",     "client_id", "issuer", "provider",
                                             "redirect_uri", "username",  NULL };
static const char *const other_names[] = { "access_token",  "refresh_token", "id_token",
                                           "client_secret", "api_key",       "api_secret",
                                           "password",      "now",           NULL };

static const LanyardGrammar choice_members[] = {
  { "id", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "label", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { .name = NULL },
};

static const LanyardGrammar input_members[] = {
  { "name", .kind = LANYARD_GRAMMAR_NAME, .required = TRUE },
  { "label", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "type", .kind = LANYARD_GRAMMAR_CHOICE, .choices = input_types },
  { "help", .kind = LANYARD_GRAMMAR_TEXT },
  { "example", .kind = LANYARD_GRAMMAR_TEXT },
  { "default", .kind = LANYARD_GRAMMAR_TEXT },
  { "pattern", .kind = LANYARD_GRAMMAR_PATTERN },
  { "choices", .kind = LANYARD_GRAMMAR_OBJECTS, .members = choice_members, .key = "id" },
  { "required", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "advanced", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

static const LanyardGrammar scope_members[] = {
  { "name", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "description", .kind = LANYARD_GRAMMAR_TEXT },
  { .name = NULL },
};

static const LanyardGrammar connector_members[] = {
  { "id", .kind = LANYARD_GRAMMAR_NAME, .required = TRUE },
  { "name", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "description", .kind = LANYARD_GRAMMAR_TEXT },
  { "scopes", .kind = LANYARD_GRAMMAR_TEXTS },
  { .name = NULL },
};

/* The methods are checked by the table of their type. */
static const LanyardGrammar provider_members[] = {
  { "$schema", .kind = LANYARD_GRAMMAR_TEXT },
  { "id", .kind = LANYARD_GRAMMAR_NAME, .required = TRUE },
  { "name", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "website", .kind = LANYARD_GRAMMAR_URL },
  { "docs_url", .kind = LANYARD_GRAMMAR_URL },
  { "registration_url", .kind = LANYARD_GRAMMAR_URL },
  { "hint", .kind = LANYARD_GRAMMAR_TEXT },
  { "color", .kind = LANYARD_GRAMMAR_COLOR },
  { "aliases", .kind = LANYARD_GRAMMAR_TEXTS },
  { "custom", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "inputs", .kind = LANYARD_GRAMMAR_OBJECTS, .members = input_members, .key = "name" },
  { "methods", .kind = LANYARD_GRAMMAR_OBJECTS, .required = TRUE, .key = "type" },
  { "scopes", .kind = LANYARD_GRAMMAR_OBJECTS, .members = scope_members, .key = "name" },
  { "connectors", .kind = LANYARD_GRAMMAR_OBJECTS, .members = connector_members, .key = "id" },
  { "sources", .kind = LANYARD_GRAMMAR_TEXTS },
  { "confidence", .kind = LANYARD_GRAMMAR_CHOICE, .choices = confidences },
  { .name = NULL },
};

static const LanyardGrammar header_members[] = {
  { "name", .kind = LANYARD_GRAMMAR_KEY, .required = TRUE },
  { "value", .kind = LANYARD_GRAMMAR_TEMPLATE, .required = TRUE },
  { .name = NULL },
};

static const LanyardGrammar use_members[] = {
  { "header", .kind = LANYARD_GRAMMAR_OBJECT, .members = header_members },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { .name = NULL },
};

static const LanyardGrammar verify_members[] = {
  { "method", .kind = LANYARD_GRAMMAR_CHOICE, .choices = verify_methods },
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  { "body", .kind = LANYARD_GRAMMAR_CHOICE, .choices = bodies },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "account", .kind = LANYARD_GRAMMAR_PATHS },
  { .name = NULL },
};

/* What every type has. */
static const LanyardGrammar method_members[] = {
  { "type", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE, .choices = type_ids },
  { "label", .kind = LANYARD_GRAMMAR_TEXT },
  { "defaults", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = use_members },
  { "verify", .kind = LANYARD_GRAMMAR_OBJECT, .members = verify_members },
  { .name = NULL },
};

static const LanyardGrammar oauth1_members[] = {
  { "type", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE, .choices = type_ids },
  { "label", .kind = LANYARD_GRAMMAR_TEXT },
  { "defaults", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "verify", .kind = LANYARD_GRAMMAR_OBJECT, .members = verify_members },
  { "verifier", .kind = LANYARD_GRAMMAR_CHOICE, .choices = verifiers },
  { .name = NULL },
};

static const LanyardGrammar asked_scope_members[] = {
  { "param", .kind = LANYARD_GRAMMAR_KEY },
  { "separator", .kind = LANYARD_GRAMMAR_TEXT },
  { "repeat", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "always", .kind = LANYARD_GRAMMAR_TEXTS },
  { .name = NULL },
};

static const LanyardGrammar authorize_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "names", .kind = LANYARD_GRAMMAR_NAME_MAP },
  { "scope", .kind = LANYARD_GRAMMAR_OBJECT, .members = asked_scope_members },
  { .name = NULL },
};

static const LanyardGrammar token_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "auth", .kind = LANYARD_GRAMMAR_CHOICE, .choices = auth_methods },
  { "basic_encoding", .kind = LANYARD_GRAMMAR_CHOICE, .choices = basic_encodings },
  { "body", .kind = LANYARD_GRAMMAR_CHOICE, .choices = bodies },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "names", .kind = LANYARD_GRAMMAR_NAME_MAP },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { .name = NULL },
};

static const LanyardGrammar refresh_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "redirect_uri", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

static const LanyardGrammar revoke_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  { "auth", .kind = LANYARD_GRAMMAR_CHOICE, .choices = revoke_auths },
  { .name = NULL },
};

static const LanyardGrammar map_members[] = {
  { "access_token", .kind = LANYARD_GRAMMAR_PATHS },
  { "refresh_token", .kind = LANYARD_GRAMMAR_PATHS },
  { "id_token", .kind = LANYARD_GRAMMAR_PATHS },
  { "token_type", .kind = LANYARD_GRAMMAR_PATHS },
  { "expires_in", .kind = LANYARD_GRAMMAR_PATHS },
  { "scope", .kind = LANYARD_GRAMMAR_PATHS },
  { .name = NULL },
};

static const LanyardGrammar response_members[] = {
  { "root", .kind = LANYARD_GRAMMAR_KEY },
  { "map", .kind = LANYARD_GRAMMAR_OBJECT, .members = map_members },
  { "scope_separator", .kind = LANYARD_GRAMMAR_TEXT },
  { "error_when", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "ok_when", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { "error", .kind = LANYARD_GRAMMAR_PATHS },
  { "error_text", .kind = LANYARD_GRAMMAR_PATHS },
  { "expires_default", .kind = LANYARD_GRAMMAR_SECONDS },
  { .name = NULL },
};

static const LanyardGrammar callback_members[] = {
  { "token", .kind = LANYARD_GRAMMAR_KEY },
  { "ok_when", .kind = LANYARD_GRAMMAR_TEXT_MAP },
  { .name = NULL },
};

static const LanyardGrammar step_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  { "body", .kind = LANYARD_GRAMMAR_CHOICE, .choices = bodies },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "map", .kind = LANYARD_GRAMMAR_OBJECT, .members = map_members },
  { "expires_in", .kind = LANYARD_GRAMMAR_SECONDS },
  { .name = NULL },
};

static const LanyardGrammar redirect_members[] = {
  { "embedded", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "value", .kind = LANYARD_GRAMMAR_REDIRECT },
  { .name = NULL },
};

static const LanyardGrammar userinfo_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  { .name = NULL },
};

static const LanyardGrammar oauth2_members[] = {
  { "type", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE, .choices = type_ids },
  { "label", .kind = LANYARD_GRAMMAR_TEXT },
  { "defaults", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = use_members },
  { "verify", .kind = LANYARD_GRAMMAR_OBJECT, .members = verify_members },
  { "issuer", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "authorize", .kind = LANYARD_GRAMMAR_OBJECT, .members = authorize_members },
  { "token", .kind = LANYARD_GRAMMAR_OBJECT, .members = token_members },
  { "refresh", .kind = LANYARD_GRAMMAR_OBJECT, .members = refresh_members },
  { "revoke", .kind = LANYARD_GRAMMAR_OBJECT, .members = revoke_members },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = response_members },
  { "callback", .kind = LANYARD_GRAMMAR_OBJECT, .members = callback_members },
  { "steps", .kind = LANYARD_GRAMMAR_OBJECTS, .members = step_members },
  { "pkce", .kind = LANYARD_GRAMMAR_CHOICE, .choices = pkce_modes },
  { "state_in_redirect_uri", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "redirect", .kind = LANYARD_GRAMMAR_OBJECT, .members = redirect_members },
  { "userinfo", .kind = LANYARD_GRAMMAR_OBJECT, .members = userinfo_members },
  { .name = NULL },
};

/* Where a login is turned into a token; and what is different where a token is renewed. */
static const LanyardGrammar login_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT },
  { "body", .kind = LANYARD_GRAMMAR_CHOICE, .choices = bodies },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "headers", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { .name = NULL },
};

static const LanyardGrammar renew_members[] = {
  { "url", .kind = LANYARD_GRAMMAR_ENDPOINT, .required = TRUE },
  { "params", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { .name = NULL },
};

static const LanyardGrammar jwt_members[] = {
  { "type", .kind = LANYARD_GRAMMAR_CHOICE, .required = TRUE, .choices = type_ids },
  { "label", .kind = LANYARD_GRAMMAR_TEXT },
  { "defaults", .kind = LANYARD_GRAMMAR_TEMPLATE_MAP },
  { "use", .kind = LANYARD_GRAMMAR_OBJECT, .members = use_members },
  { "verify", .kind = LANYARD_GRAMMAR_OBJECT, .members = verify_members },
  { "token", .kind = LANYARD_GRAMMAR_OBJECT, .members = login_members },
  { "refresh", .kind = LANYARD_GRAMMAR_OBJECT, .members = renew_members },
  { "response", .kind = LANYARD_GRAMMAR_OBJECT, .members = response_members },
  { .name = NULL },
};

static const struct
{
  const char *type_id;
  const LanyardGrammar *members;
} METHODS[] = {
  { "oauth1", oauth1_members },
  { "oauth2", oauth2_members },
  { "jwt", jwt_members },
};

const LanyardGrammar *
lanyard_grammar_get_provider (void)
{
  return provider_members;
}

const LanyardGrammar *
lanyard_grammar_get_method (const char *type_id)
{
  if (type_id == NULL || !g_strv_contains (type_ids, type_id))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    {
      if (g_str_equal (METHODS[i].type_id, type_id))
        return METHODS[i].members;
    }

  return method_members;
}

gboolean
lanyard_grammar_is_template_name (const char *name, gboolean is_address)
{
  return g_strv_contains (address_names, name) ||
         (!is_address && g_strv_contains (other_names, name));
}
