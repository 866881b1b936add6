/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_answer_parse:
 * @response: an answer of a provider
 * @error: return location for %LANYARD_ERROR_INVALID, %LANYARD_ERROR_PROTOCOL
 *
 * Reads an answer as an object: JSON, or a form, which some servers send whatever is asked for.
 *
 * Returns: (transfer full): the object, or %NULL
 */
JsonObject *lanyard_answer_parse (const LanyardResponse *response, GError **error);

/**
 * lanyard_answer_parse_as:
 * @format: (nullable): `json`, `form`, `jsonp`, or `auto` for whatever it is
 *
 * As lanyard_answer_parse(), where the format is known. A list becomes an object whose members are
 * called 0, 1…
 */
JsonObject *
lanyard_answer_parse_as (const LanyardResponse *response, const char *format, GError **error);

/**
 * lanyard_answer_make_context:
 * @request: (nullable): a request of the provider's data
 *
 * Returns: (transfer full): @context, in which `response` says what @request says of its own answer
 * in place of what the method says of all
 */
LanyardAuthContext *lanyard_answer_make_context (LanyardAuthContext *context, JsonObject *request);

/**
 * lanyard_answer_fulfils:
 * @value: (nullable): a value that came
 * @expected: the value of a condition: `*` is any, `!x` is any but `x`
 *
 * Returns: whether @value is what is expected
 */
gboolean lanyard_answer_fulfils (const char *value, const char *expected);

/* What is at a path of members and elements (`errors.0.message`), as leniently as lanyard_json_…().
 */
gboolean lanyard_answer_has (JsonObject *object, const char *path);
char *lanyard_answer_dup_text (JsonObject *object, const char *path);
char **lanyard_answer_dup_strv (JsonObject *object, const char *path);
gboolean lanyard_answer_get_int64 (JsonObject *object, const char *path, gint64 *value);
JsonObject *lanyard_answer_get_object (JsonObject *object, const char *path);

/**
 * lanyard_answer_find_string:
 * @paths: dotted paths, of which the first counts that leads to a text that is not empty
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *lanyard_answer_find_string (JsonObject *object, char **paths);

/**
 * lanyard_answer_dup_account:
 *
 * Returns: (transfer full) (nullable): who is signed in, from the answer to the provider's `verify`
 *   request; %NULL where it does not say
 */
char *lanyard_answer_dup_account (LanyardAuthContext *context, const LanyardResponse *response);

/**
 * lanyard_answer_is_refusal:
 *
 * Returns: whether an answer that looks like success is none, by what the provider's data says
 * under `response.error_when` and `response.ok_when` (quirk R9)
 */
gboolean lanyard_answer_is_refusal (LanyardAuthContext *context, JsonObject *object);

/**
 * lanyard_answer_dup_error:
 *
 * Returns: (transfer full) (nullable): the name of the error in an answer, from where the
 * provider's data says or from `error`; as the server wrote it, and not for the person
 */
char *lanyard_answer_dup_error (LanyardAuthContext *context, JsonObject *object);

/**
 * lanyard_answer_dup_reason:
 * @name: (nullable): the name of an error: `invalid_scope`
 * @text: (nullable): its description
 * @uri: (nullable): a page about it
 *
 * Returns: (transfer full) (nullable): the server's words, quoted and cut (RFC 6749 sections
 * 4.1.2.1 and 5.2), without a page that is no address to open; %NULL when nothing was said
 */
char *lanyard_answer_dup_reason (const char *name, const char *text, const char *uri);

/**
 * lanyard_answer_is_unavailable:
 *
 * Returns: whether the server says that it cannot answer now, so that the request may be made again
 */
gboolean lanyard_answer_is_unavailable (const LanyardResponse *response);
void lanyard_answer_set_unavailable (LanyardAuthContext *context,
                                     const LanyardResponse *response,
                                     GError **error);

/**
 * lanyard_answer_set_refusal:
 * @object: (nullable): the answer as an object
 * @code: the code of @error
 *
 * Sets @error to what a refusing answer says, with the server's words quoted, unless they hold one
 * of the authorization's secrets.
 */
void lanyard_answer_set_refusal (LanyardAuthContext *context,
                                 const LanyardResponse *response,
                                 JsonObject *object,
                                 LanyardError code,
                                 GError **error);

/**
 * lanyard_answer_set_error:
 *
 * Sets @error for an answer that is no success: %LANYARD_ERROR_UNAVAILABLE or
 * %LANYARD_ERROR_PROVIDER.
 */
void lanyard_answer_set_error (LanyardAuthContext *context,
                               const LanyardResponse *response,
                               GError **error);

/**
 * lanyard_answer_check_verified:
 * @response: a successful answer to the request that lanyard_template_new_probe() made
 * @error: return location for %LANYARD_ERROR_PROVIDER
 *
 * Some servers say in an answer with HTTP status 200 that they refuse (quirk R9).
 *
 * Returns: whether the answer is no refusal, by what the provider's data says of it
 */
gboolean lanyard_answer_check_verified (LanyardAuthContext *context,
                                        const LanyardResponse *response,
                                        GError **error);

G_END_DECLS
