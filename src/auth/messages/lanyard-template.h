/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardTemplateRequest:
 * @object: (nullable): the request of the provider's data
 * @base: (nullable): another one, whose `headers`, `names`, `body`, `method`, `user`, `password`
 * and `basic_encoding` count where @object has none
 * @uri: (nullable): its address, filled in; %NULL for the `url` of @object
 * @method: (nullable): the HTTP method, where the data names none: `POST`
 * @body: (nullable): how parameters are sent, where the data says nothing: `form`; `query` for
 * methods without a body
 * @basic_encoding: (nullable): how user and password are encoded, where the data says nothing:
 * `raw`
 * @params: (nullable): parameters of the protocol; those of the data, then @extra, win over them
 * @extra: (nullable): what the person added
 *
 * What lanyard_template_build_request() makes a request of.
 */
typedef struct
{
  JsonObject *object;
  JsonObject *base;
  const char *uri;
  const char *method;
  const char *body;
  const char *basic_encoding;
  const LanyardParams *params;
  const LanyardParams *extra;
} LanyardTemplateRequest;

/**
 * lanyard_template_build_request:
 * @now: seconds since 1970, for `{now}`, which in JSON is a number where it stands alone
 * @error: return location for %LANYARD_ERROR_INVALID, %LANYARD_ERROR_PROTOCOL: the address is none
 * that credentials may go to, a value would break the request, or a template cannot be filled in
 *
 * Makes a request: `method`, `url`, `body`, `params`, `names` and `headers` as the provider's data
 * has them; with `auth: basic`, `user` and `password` too. Parameters that come out empty are left
 * out.
 *
 * Returns: (transfer full): the request, or %NULL
 */
LanyardRequest *lanyard_template_build_request (LanyardAuthContext *context,
                                                const LanyardTemplateRequest *what,
                                                gint64 now,
                                                GError **error);

/**
 * lanyard_template_get_string:
 * @object: (nullable): a request of a provider's data
 * @base: (nullable): where what @object lacks is looked for
 *
 * Returns: (transfer none) (nullable): the text of a member
 */
const char *lanyard_template_get_string (JsonObject *object, JsonObject *base, const char *name);

/**
 * lanyard_template_set_basic:
 * @what: of which `user`, `password` and `basic_encoding` count
 * @user: the template of the user, where the data has none: `{client_id}`
 * @password: the template of the password
 *
 * Adds `Authorization: Basic` to @request (RFC 7617). With `basic_encoding: form`, both are
 * form-encoded first (RFC 6749 section 2.3.1).
 */
gboolean lanyard_template_set_basic (LanyardAuthContext *context,
                                     const LanyardTemplateRequest *what,
                                     const char *user,
                                     const char *password,
                                     LanyardRequest *request,
                                     GError **error);

/**
 * lanyard_template_add_headers:
 * @object: (nullable): names and templates
 *
 * Sets header fields. One that comes out empty is left out.
 */
gboolean lanyard_template_add_headers (LanyardAuthContext *context,
                                       LanyardRequest *request,
                                       JsonObject *object,
                                       GError **error);

/**
 * lanyard_template_add_query:
 * @object: (nullable): names and templates
 *
 * Adds parameters to the address of @request. A name that stands there already would leave open
 * which one counts, and is an error.
 */
gboolean lanyard_template_add_query (LanyardAuthContext *context,
                                     LanyardRequest *request,
                                     JsonObject *object,
                                     GError **error);

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
 * As lanyard_template_build_request(), for data in which nothing can be wrong: what cannot be
 * filled in gives a request without it.
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
