/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * lanyard_captured_is_name:
 *
 * Returns: whether @name is one under which the provider's data keeps a value that came with a
 * redirect or an answer: such a value is no secret
 */
gboolean lanyard_captured_is_name (LanyardMethod *method, const char *name);

/**
 * lanyard_captured_is_used:
 *
 * Returns: whether @template names such a value
 */
gboolean lanyard_captured_is_used (LanyardMethod *method, const char *template);

/**
 * lanyard_captured_check:
 * @name: the name of a value that becomes part of a host
 * @error: return location for %LANYARD_ERROR_PROTOCOL
 *
 * Returns: whether @value may be that: it was not captured, or it matches the pattern that the
 * provider's data has for it under `allow`
 */
gboolean lanyard_captured_check (LanyardAuthContext *context,
                                 const char *name,
                                 const char *value,
                                 GError **error);

/**
 * lanyard_captured_clear:
 *
 * Forgets what was captured when somebody, maybe somebody else, signed in before.
 */
void lanyard_captured_clear (LanyardMethod *method, LanyardCredentials *credentials);

/**
 * lanyard_captured_store:
 * @capture: (nullable): names and the paths in @source where the values are
 * @source: what came
 * @credentials: where the values are kept
 * @error: return location for %LANYARD_ERROR_PROTOCOL: a value is not allowed
 *
 * Keeps what the provider's data wants to be kept. What is not there is left as it is.
 *
 * Returns: whether it is all fit to be kept
 */
gboolean lanyard_captured_store (LanyardAuthContext *context,
                                 JsonObject *capture,
                                 JsonObject *source,
                                 LanyardCredentials *credentials,
                                 GError **error);

G_END_DECLS
