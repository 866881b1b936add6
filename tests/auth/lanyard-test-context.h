/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/* What a context has where a test does not say otherwise. */
#define LANYARD_TEST_AUTHORIZATION_ENDPOINT "https://id.example.org/authorize"
#define LANYARD_TEST_TOKEN_ENDPOINT "https://id.example.org/token"
#define LANYARD_TEST_REVOCATION_ENDPOINT "https://id.example.org/revoke"
#define LANYARD_TEST_REDIRECT_URI "http://127.0.0.1:8400/callback/example"
/* When the tests play, in seconds since 1970. */
#define LANYARD_TEST_NOW G_GINT64_CONSTANT (1767225600)

/**
 * lanyard_test_provider_new:
 * @method: (nullable): members of the OAuth 2.0 method, as JSON without the outer braces and with
 * single quotation marks: `'pkce': 'off'`; they replace those that a test provider has, null
 * removes one;
 * `custom`, `inputs`, `scopes` and `connectors` are members of the provider
 *
 * Returns: (transfer full): a provider called Example, read by the catalogue's own reader, with a
 * connector `mail` of the scopes `mail.read mail.send`
 */
LanyardProvider *lanyard_test_provider_new (const char *method);

/**
 * lanyard_test_context_new:
 * @method: as for lanyard_test_provider_new()
 * @settings: (nullable): form-encoded settings, beside which `connectors` and `scopes` are lists
 *   joined by spaces; `client_id` is "app" where it is not among them
 * @credentials: (nullable): form-encoded credentials
 *
 * Returns: (transfer full): what an authorization type is told
 */
LanyardAuthContext *
lanyard_test_context_new (const char *method, const char *settings, const char *credentials);

/**
 * lanyard_test_context_new_for_provider:
 *
 * As lanyard_test_context_new(), for any provider.
 */
LanyardAuthContext *lanyard_test_context_new_for_provider (LanyardProvider *provider,
                                                           const char *settings,
                                                           const char *credentials);

/**
 * lanyard_test_quote_json:
 *
 * Returns: (transfer full): @text with its single quotation marks made double ones
 */
char *lanyard_test_quote_json (const char *text);

/**
 * lanyard_test_parse_query:
 *
 * Returns: (transfer full): the query of @uri, in which no name stands twice and none has an empty
 *   value
 */
LanyardParams *lanyard_test_parse_query (const char *uri);

/**
 * lanyard_test_parse_form:
 *
 * Returns: (transfer full): the form that @request posts, in which no name stands twice and none
 *   has an empty value
 */
LanyardParams *lanyard_test_parse_form (const LanyardRequest *request);

/**
 * lanyard_test_response_new:
 * @status: the HTTP status
 * @json: the body, with single quotation marks
 */
LanyardResponse *lanyard_test_response_new (guint status, const char *json);

/**
 * lanyard_test_flow_feed:
 * @step: (inout): the last step, which is freed and replaced
 * @json: a body, with single quotation marks
 *
 * Answers a request of @flow.
 */
void lanyard_test_flow_feed (LanyardFlow *flow, LanyardStep **step, guint status, const char *json);

/**
 * lanyard_test_flow_answer_consent:
 * @step: (inout): the last step, a consent, which is freed and replaced
 * @query: what the provider adds to the redirect URI; "%s" in it is the state of the attempt
 *
 * Brings back the redirect.
 */
void lanyard_test_flow_answer_consent (LanyardFlow *flow, LanyardStep **step, const char *query);

/**
 * lanyard_test_assert_fit_to_show:
 *
 * Checks that a message can be shown to a person, whatever a server put into it: valid, on one
 * line, without characters that cannot be seen, and no longer than a few sentences.
 */
void lanyard_test_assert_fit_to_show (const char *message);

/* How often @needle is in @text. */
guint lanyard_test_count (const char *text, const char *needle);

G_END_DECLS
