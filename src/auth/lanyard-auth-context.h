/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-credentials.h"
#include "lanyard-provider.h"
#include "lanyard-server-metadata.h"

G_BEGIN_DECLS

/**
 * LanyardAuthContext:
 *
 * What an authorization type is told about the authorization that it works for: the provider, the
 * method, the settings, the credentials. Immutable once made; flows keep a reference.
 */
typedef struct _LanyardAuthContext LanyardAuthContext;

/**
 * lanyard_auth_context_new:
 * @provider: the provider
 * @method: the method of the provider that is used
 * @authorization: the authorization, of which a copy is kept
 * @credentials: (nullable): its credentials, of which a copy is kept
 */
LanyardAuthContext *lanyard_auth_context_new (LanyardProvider *provider,
                                              LanyardMethod *method,
                                              LanyardAuthorization *authorization,
                                              LanyardCredentials *credentials);
LanyardAuthContext *lanyard_auth_context_ref (LanyardAuthContext *self);
void lanyard_auth_context_unref (LanyardAuthContext *self);

LanyardProvider *lanyard_auth_context_get_provider (LanyardAuthContext *self);
LanyardMethod *lanyard_auth_context_get_method (LanyardAuthContext *self);
LanyardAuthorization *lanyard_auth_context_get_authorization (LanyardAuthContext *self);
LanyardCredentials *lanyard_auth_context_get_credentials (LanyardAuthContext *self);

/**
 * lanyard_auth_context_find_field:
 *
 * Returns: (transfer none) (nullable): the field of that name
 */
const LanyardField *lanyard_auth_context_find_field (LanyardAuthContext *self, const char *name);

/**
 * lanyard_auth_context_dup_value:
 * @name: the name of a setting: `token_endpoint`
 *
 * Returns: (transfer full) (nullable): what the person entered; else what the provider's data has
 * under `defaults`, or at the path of the field, with those of its `{names}` filled in that are no
 * secrets, so that it may be shown; else what the server says of itself
 * (lanyard_auth_context_with_metadata()); else the field's default; %NULL when there is none
 */
char *lanyard_auth_context_dup_value (LanyardAuthContext *self, const char *name);

/**
 * lanyard_auth_context_dup_given:
 *
 * Returns: (transfer full) (nullable): as lanyard_auth_context_dup_value(), without what the person
 *   entered: what an empty entry stands for
 */
char *lanyard_auth_context_dup_given (LanyardAuthContext *self, const char *name);

/**
 * lanyard_auth_context_dup_endpoint:
 * @name: the name of a setting that is an address: `token_endpoint`
 * @error: return location for %LANYARD_ERROR_INVALID, %LANYARD_ERROR_PROTOCOL: a value that belongs
 * into the name of the host does not fit there, or is not allowed there
 *
 * As lanyard_auth_context_dup_value(), but for sending: what the provider's data has may hold
 * secrets behind its host.
 *
 * Returns: (transfer full) (nullable): the address; %NULL without @error where there is none
 */
char *
lanyard_auth_context_dup_endpoint (LanyardAuthContext *self, const char *name, GError **error);

/**
 * lanyard_auth_context_expand:
 * @template: a text with `{names}` and `{calls(of,functions)}`
 *
 * Returns: (transfer full): @template with each name replaced by the setting, the credential, the
 * captured value or the field's default of that name, or what is made for it (`{provider}`,
 * `{now}`, `{random}`…); an unknown or empty one becomes "", and so does a template that cannot be
 * filled in. It may hold secrets: lanyard_secret_wipe_string() frees it.
 */
char *lanyard_auth_context_expand (LanyardAuthContext *self, const char *template);

/**
 * lanyard_auth_context_expand_shown:
 *
 * As lanyard_auth_context_expand(), where secrets count as unknown, so that it may be shown.
 */
char *lanyard_auth_context_expand_shown (LanyardAuthContext *self, const char *template);

/**
 * lanyard_auth_context_expand_checked:
 * @error: return location for %LANYARD_ERROR_INVALID: why @template cannot be filled in
 *
 * As lanyard_auth_context_expand(), with an error in place of an empty text.
 */
char *lanyard_auth_context_expand_checked (LanyardAuthContext *self,
                                           const char *template,
                                           GError **error);

/**
 * lanyard_auth_context_expand_address:
 * @error: as for lanyard_auth_context_dup_endpoint()
 *
 * As lanyard_auth_context_expand_checked(), for the template of an address.
 */
char *lanyard_auth_context_expand_address (LanyardAuthContext *self,
                                           const char *template,
                                           GError **error);

/**
 * lanyard_auth_context_allows_http:
 *
 * Returns: whether the person confirmed that credentials may go over http to a server of their own;
 *   only a type that asks for it can be confirmed, and no provider's data can do it
 */
gboolean lanyard_auth_context_allows_http (LanyardAuthContext *self);

/**
 * lanyard_auth_context_with_credentials:
 *
 * Returns: (transfer full): the same with other credentials
 */
LanyardAuthContext *lanyard_auth_context_with_credentials (LanyardAuthContext *self,
                                                           LanyardCredentials *credentials);

/**
 * lanyard_auth_context_with_method:
 *
 * Returns: (transfer full): the same with another method
 */
LanyardAuthContext *lanyard_auth_context_with_method (LanyardAuthContext *self,
                                                      LanyardMethod *method);

/**
 * lanyard_auth_context_with_metadata:
 * @metadata: (nullable): what the server says of itself
 *
 * Returns: (transfer full): the same, where @metadata fills in what is neither entered nor in the
 *   provider's data
 */
LanyardAuthContext *lanyard_auth_context_with_metadata (LanyardAuthContext *self,
                                                        LanyardServerMetadata *metadata);
LanyardServerMetadata *lanyard_auth_context_get_metadata (LanyardAuthContext *self);

/**
 * lanyard_auth_context_dup_scopes:
 *
 * Returns: (transfer full): the scopes to ask for
 */
char **lanyard_auth_context_dup_scopes (LanyardAuthContext *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardAuthContext, lanyard_auth_context_unref)

G_END_DECLS
