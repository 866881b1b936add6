/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_placement_check:
 * @text: where credentials go, one place a line (or between "; "): `header:X-Api-Key`,
 * `query:api_key`, `cookie:session`, `body:key`, each with "=" and a template where it is not the
 * key alone: `header:Authorization=ApiKey {api_key}`. `path:KEY=bot{api_key}` puts it in the place
 * of the part of the path that is called KEY; where there is none, in front of the path
 * @error: return location for %LANYARD_ERROR_INVALID, which names the place
 *
 * Returns: whether the text can be read
 */
gboolean lanyard_placement_check (const char *text, GError **error);

/**
 * lanyard_placement_apply:
 * @text: where credentials go, as above
 * @template: what goes there, where the place does not say: `{api_key}`
 * @error: return location for %LANYARD_ERROR_INVALID, for a body that a key cannot be added to, or
 * a value that would break the request
 *
 * Puts the credentials of @context into @request.
 */
gboolean lanyard_placement_apply (const char *text,
                                  const char *template,
                                  LanyardAuthContext *context,
                                  LanyardRequest *request,
                                  GError **error);

/**
 * lanyard_placement_apply_places:
 * @places: the same as a list of objects, as a provider's data has it: `in`, `name`, `value`
 *
 * Puts the credentials of @context into @request.
 */
gboolean lanyard_placement_apply_places (JsonArray *places,
                                         const char *template,
                                         LanyardAuthContext *context,
                                         LanyardRequest *request,
                                         GError **error);

G_END_DECLS
