/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/**
 * LanyardAuthType:
 *
 * One of the ways in which services authorize: OAuth 2.0, an API key… It describes its fields and
 * its flows, and does no I/O. Classes that implement it have no state of their own: all that there
 * is to them stands in the interface. They stand in one table, lanyard_auth_types_lookup().
 */
#define LANYARD_TYPE_AUTH_TYPE (lanyard_auth_type_get_type ())
G_DECLARE_INTERFACE (LanyardAuthType, lanyard_auth_type, LANYARD, AUTH_TYPE, GObject)

/**
 * LANYARD_OUT_OF_BAND:
 *
 * The redirect URI of who cannot be called back (RFC 5849 section 2.1): the provider shows a code
 * to the person, who types it in. A flow then asks for consent without a redirect URI, and is fed
 * what was typed in.
 */
#define LANYARD_OUT_OF_BAND "oob"

/**
 * LANYARD_DEVICE:
 *
 * In place of a redirect URI: the person enters a code on a page of the provider, on whatever
 * device (RFC 8628), and nothing leads back. lanyard_device_grant_is_offered() says whether there
 * is such a page.
 */
#define LANYARD_DEVICE "device"

/**
 * LanyardAuthTypeInfo:
 * @id: its id: `oauth2`
 * @name: its name: "OAuth 2.0"
 * @description: a sentence for the person; marked with N_()
 * @primary_secret: the credential that `lanyard token` hands out: `access_token`, `api_key`
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *description;
  const char *primary_secret;
} LanyardAuthTypeInfo;

/**
 * LanyardAuthTypeInterface:
 * @info: what it is; required
 * @fields: (array zero-terminated=1): what it asks for, in the order in which a person fills it in,
 * up to one with a %NULL name; required
 * @needs_field: whether a required field is missed; without it every one is
 * @validate: checks what lies between fields; without it nothing does
 * @is_local: whether the flows of an authorization ask nobody, so that its credentials can be made
 * whenever they are needed; without it they never are
 * @uses_scopes: whether scopes are asked for; without it none are
 * @authorize: begins the sign-in, with a redirect URI that is %NULL for a type without a field
 * `redirect_uri`, which shows no page; without it the credentials are what the person enters
 * @refresh: begins to renew the credentials, or returns %NULL where nothing is there to do it with;
 * without it nothing can be renewed
 * @revoke: begins to take the authorization back at the provider, or returns %NULL; without it
 * nothing can be taken back
 * @apply: adds the credentials to a request; required
 *
 * What a class sets when it implements the interface. The methods are called by the functions below
 * alone, which check first what every type has in common.
 */
struct _LanyardAuthTypeInterface
{
  GTypeInterface parent_iface;

  const LanyardAuthTypeInfo *info;
  const LanyardField *fields;

  gboolean (*needs_field) (LanyardAuthType *self, LanyardAuthContext *context, const char *name);
  gboolean (*validate) (LanyardAuthType *self, LanyardAuthContext *context, GError **error);
  gboolean (*is_local) (LanyardAuthType *self, LanyardAuthContext *context);
  gboolean (*uses_scopes) (LanyardAuthType *self, LanyardAuthContext *context);
  LanyardFlow *(*authorize) (LanyardAuthType *self,
                             LanyardAuthContext *context,
                             const char *redirect_uri);
  LanyardFlow *(*refresh) (LanyardAuthType *self, LanyardAuthContext *context);
  LanyardFlow *(*revoke) (LanyardAuthType *self, LanyardAuthContext *context);
  gboolean (*apply) (LanyardAuthType *self,
                     LanyardAuthContext *context,
                     LanyardRequest *request,
                     GError **error);
};

const LanyardAuthTypeInfo *lanyard_auth_type_get_info (LanyardAuthType *self);

/**
 * lanyard_auth_type_list_fields:
 * @provider: (nullable): the provider, whose inputs come first
 *
 * Returns: (transfer container) (element-type LanyardField): every field that there is for
 * @provider, in the order in which a person fills them in
 */
GPtrArray *lanyard_auth_type_list_fields (LanyardAuthType *self, LanyardProvider *provider);

/**
 * lanyard_auth_type_find_field:
 *
 * Returns: (transfer none) (nullable): the field of that name
 */
const LanyardField *
lanyard_auth_type_find_field (LanyardAuthType *self, LanyardProvider *provider, const char *name);

/**
 * lanyard_auth_type_check_settings:
 *
 * Checks that what is entered can be stored: each value fits its field, and there is no value
 * without a field.
 */
gboolean lanyard_auth_type_check_settings (LanyardAuthType *self,
                                           LanyardAuthContext *context,
                                           GError **error);

/**
 * lanyard_auth_type_needs_field:
 * @name: the name of a required field
 *
 * Returns: whether @context cannot be authorized without it; another field may take its place
 */
gboolean lanyard_auth_type_needs_field (LanyardAuthType *self,
                                        LanyardAuthContext *context,
                                        const char *name);

/**
 * lanyard_auth_type_validate:
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks that everything is there that it takes to authorize: what
 * lanyard_auth_type_check_settings() checks, the required fields, and what the type says.
 */
gboolean
lanyard_auth_type_validate (LanyardAuthType *self, LanyardAuthContext *context, GError **error);

/**
 * lanyard_auth_type_needs_consent:
 *
 * Returns: whether there is something to authorize: what the person enters is not yet what requests
 * carry
 */
gboolean lanyard_auth_type_needs_consent (LanyardAuthType *self);

/**
 * lanyard_auth_type_has_redirect:
 *
 * Returns: whether the person signs in on a page of the provider, which then leads back to a
 * redirect URI
 */
gboolean lanyard_auth_type_has_redirect (LanyardAuthType *self);

/**
 * lanyard_auth_type_can_be_local:
 *
 * Returns: whether it is worth asking lanyard_auth_type_is_local(), which wants a context
 */
gboolean lanyard_auth_type_can_be_local (LanyardAuthType *self);

/**
 * lanyard_auth_type_is_local:
 *
 * Returns: whether the credentials of @context are made here, without asking anybody, so that there
 * is no need to authorize first
 */
gboolean lanyard_auth_type_is_local (LanyardAuthType *self, LanyardAuthContext *context);

/**
 * lanyard_auth_type_uses_scopes:
 * @context: what is entered; its credentials need not be there
 *
 * Returns: whether the scopes of @context are sent to anybody, so that it makes sense to show and
 * choose them
 */
gboolean lanyard_auth_type_uses_scopes (LanyardAuthType *self, LanyardAuthContext *context);

/**
 * lanyard_auth_type_make_credentials:
 * @context: one for which lanyard_auth_type_is_local() holds
 * @now: seconds since 1970
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): credentials that are good now, or %NULL
 */
LanyardCredentials *lanyard_auth_type_make_credentials (LanyardAuthType *self,
                                                        LanyardAuthContext *context,
                                                        gint64 now,
                                                        GError **error);

/**
 * lanyard_auth_type_authorize:
 * @redirect_uri: (nullable): the redirect URI that whoever shows the consent can catch, or
 * %LANYARD_OUT_OF_BAND or %LANYARD_DEVICE; %NULL for a type that has none
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): a flow, or %NULL
 */
LanyardFlow *lanyard_auth_type_authorize (LanyardAuthType *self,
                                          LanyardAuthContext *context,
                                          const char *redirect_uri,
                                          GError **error);

/**
 * lanyard_auth_type_refresh:
 * @error: return location for %LANYARD_ERROR_NOT_AUTHORIZED when nothing can be renewed,
 * %LANYARD_ERROR_INVALID when a setting that it takes is missing
 *
 * Returns: (transfer full): a flow, or %NULL
 */
LanyardFlow *
lanyard_auth_type_refresh (LanyardAuthType *self, LanyardAuthContext *context, GError **error);

/**
 * lanyard_auth_type_revoke:
 *
 * Returns: (transfer full) (nullable): a flow, or %NULL when the provider has no way to take an
 * authorization back, or there is nothing to take back
 */
LanyardFlow *lanyard_auth_type_revoke (LanyardAuthType *self, LanyardAuthContext *context);

/**
 * lanyard_auth_type_apply:
 * @request: a request to the provider's service
 * @error: return location for %LANYARD_ERROR_NOT_AUTHORIZED, %LANYARD_ERROR_INVALID (an address
 * that the credentials must not go to)
 *
 * Adds the credentials to @request, in one way only (RFC 6750 section 2).
 */
gboolean lanyard_auth_type_apply (LanyardAuthType *self,
                                  LanyardAuthContext *context,
                                  LanyardRequest *request,
                                  GError **error);

G_END_DECLS
