/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-private.h"

const char *const lanyard_grammar_type_ids[] = { "oauth1",         "oauth2",      "api-key",
                                                 "api-key-secret", "api-key-url", "jwt",
                                                 "basic-url",      "basic",       NULL };

static const char *const categories[] = {
  "accounting", "advertising", "ai",        "analytics", "business", "calendar",  "commerce",
  "crm",        "design",      "developer", "education", "finance",  "games",     "health",
  "hosting",    "hr",          "identity",  "mail",      "maps",     "marketing", "media",
  "messaging",  "music",       "notes",     "other",     "payment",  "photos",    "projects",
  "science",    "security",    "social",    "storage",   "support",  "telephony", "travel",
  "video",      NULL,
};
static const char *const confidences[] = { "high", "medium", "low", NULL };
static const char *const input_types[] = { "text", "secret", "url", "choice", "pem", NULL };
static const char *const statuses[] = { "active", "limited", "legacy", NULL };

/* What a template may name beside the provider's inputs and what was captured: what may stand in an
 * address, and what may stand anywhere else, which is mostly secret. */
static const char *const address_names[] = {
  "base_url", "client_id",    "consumer_key", "issuer", "key_id",
  "provider", "redirect_uri", "username",     NULL,
};
static const char *const other_names[] = {
  "access_token",
  "refresh_token",
  "id_token",
  "client_secret",
  "api_key",
  "api_secret",
  "password",
  "code",
  "device_code",
  "user_code",
  "now",
  "now_ms",
  "random",
  "uuid",
  "assertion",
  "consumer_secret",
  "expiry",
  "expiry_ms",
  "key_fingerprint",
  "request_host",
  "request_method",
  "request_path",
  "request_uri",
  "scope_list",
  "scopes",
  "token",
  "token_secret",
  NULL,
};

/* What is kept beside the credentials that templates may name. */
static const char *const kept_names[] = {
  "expires_at",
  "refresh_expires_at",
  "token_type",
  "session_handle",
  "signing_key",
  "signing_key_passphrase",
  "private_key",
  "private_key_passphrase",
  "verification_key",
  "method",
  NULL,
};

static const LanyardGrammar choice_members[] = {
  { "id", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "label", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { .name = NULL },
};

static const LanyardGrammar split_members[] = {
  { "separator", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "names", .kind = LANYARD_GRAMMAR_TEXTS, .required = TRUE },
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
  { "prefix", .kind = LANYARD_GRAMMAR_TEXT },
  { "suffix", .kind = LANYARD_GRAMMAR_TEXT },
  { "split", .kind = LANYARD_GRAMMAR_OBJECT, .members = split_members },
  { "choices", .kind = LANYARD_GRAMMAR_OBJECTS, .members = choice_members, .key = "id" },
  { "required", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "advanced", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { .name = NULL },
};

static const LanyardGrammar scope_members[] = {
  { "name", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "description", .kind = LANYARD_GRAMMAR_TEXT },
  { "group", .kind = LANYARD_GRAMMAR_TEXT },
  { "sensitive", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "implies", .kind = LANYARD_GRAMMAR_TEXTS },
  { .name = NULL },
};

static const LanyardGrammar connector_members[] = {
  { "id", .kind = LANYARD_GRAMMAR_NAME, .required = TRUE },
  { "name", .kind = LANYARD_GRAMMAR_TEXT, .required = TRUE },
  { "description", .kind = LANYARD_GRAMMAR_TEXT },
  { "hint", .kind = LANYARD_GRAMMAR_TEXT },
  { "methods", .kind = LANYARD_GRAMMAR_TEXTS },
  { "scopes", .kind = LANYARD_GRAMMAR_TEXTS },
  { "base_url", .kind = LANYARD_GRAMMAR_ENDPOINT },
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
  { "icon", .kind = LANYARD_GRAMMAR_NAME },
  { "aliases", .kind = LANYARD_GRAMMAR_TEXTS },
  { "category", .kind = LANYARD_GRAMMAR_CHOICE, .choices = categories },
  { "popular", .kind = LANYARD_GRAMMAR_RANK },
  { "status", .kind = LANYARD_GRAMMAR_CHOICE, .choices = statuses },
  { "custom", .kind = LANYARD_GRAMMAR_BOOLEAN },
  { "limits", .kind = LANYARD_GRAMMAR_TEXTS },
  { "inputs", .kind = LANYARD_GRAMMAR_OBJECTS, .members = input_members, .key = "name" },
  { "methods", .kind = LANYARD_GRAMMAR_OBJECTS, .required = TRUE, .key = "id" },
  { "scopes", .kind = LANYARD_GRAMMAR_OBJECTS, .members = scope_members, .key = "name" },
  { "connectors", .kind = LANYARD_GRAMMAR_OBJECTS, .members = connector_members, .key = "id" },
  { "sources", .kind = LANYARD_GRAMMAR_TEXTS },
  { "confidence", .kind = LANYARD_GRAMMAR_CHOICE, .choices = confidences },
  { .name = NULL },
};

static const struct
{
  const char *type_id;
  const LanyardGrammar *members;
} METHODS[] = {
  { "oauth1", lanyard_grammar_oauth1_members },
  { "oauth2", lanyard_grammar_oauth2_members },
  { "jwt", lanyard_grammar_jwt_members },
};

const LanyardGrammar *
lanyard_grammar_get_provider (void)
{
  return provider_members;
}

const LanyardGrammar *
lanyard_grammar_get_method (const char *type_id)
{
  if (type_id == NULL || !g_strv_contains (lanyard_grammar_type_ids, type_id))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    {
      if (g_str_equal (METHODS[i].type_id, type_id))
        return METHODS[i].members;
    }

  return lanyard_grammar_keys_members;
}

gboolean
lanyard_grammar_is_template_name (const char *name, gboolean is_address)
{
  return g_strv_contains (address_names, name) ||
         (!is_address && g_strv_contains (other_names, name));
}

gboolean
lanyard_grammar_is_taken_name (const char *name)
{
  return lanyard_grammar_is_template_name (name, FALSE) || g_strv_contains (kept_names, name);
}
