/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_template_add_params:
 * @params: pairs to add to; a name that stands there already gets the new value
 * @object: (nullable): names and templates, as a provider's data has them
 *
 * Adds the pairs of @object with its `{names}` filled in.
 */
void lanyard_template_add_params (LanyardAuthContext *context,
                                  LanyardParams *params,
                                  JsonObject *object);

/**
 * lanyard_template_new_request:
 * @object: (nullable): a request of a provider's data: `method`, `body` (`form` or `json`),
 * `params`, `headers`
 * @uri: its address, filled in
 * @method: the HTTP method, where @object names none
 * @now: seconds since 1970, for `{now}`, which in JSON is a number
 *
 * Returns: (transfer full): the request
 */
LanyardRequest *lanyard_template_new_request (LanyardAuthContext *context,
                                              JsonObject *object,
                                              const char *uri,
                                              const char *method,
                                              gint64 now);

/**
 * lanyard_template_new_probe:
 * @now: seconds since 1970
 *
 * Returns: (transfer full) (nullable): the request that shows whether the authorization works and
 * who it is, without credentials yet: to the setting `test_url` or what the provider's data has
 * under `verify`, else to its `userinfo_endpoint`; %NULL when none is known
 */
LanyardRequest *lanyard_template_new_probe (LanyardAuthContext *context, gint64 now);

G_END_DECLS
