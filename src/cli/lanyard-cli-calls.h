/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cli.h"

G_BEGIN_DECLS

/* Calls of the manager that several commands make, each waited for. */

/**
 * lanyard_cli_check_uri:
 * @authorization: whose credentials they are
 * @uri: an address, as the person typed it
 * @error: return location for %LANYARD_ERROR_USAGE
 *
 * Returns: whether credentials may be sent there at all: https, or http to this computer, or to
 *   anywhere where the person confirmed that
 */
gboolean
lanyard_cli_check_uri (LanyardAuthorization *authorization, const char *uri, GError **error);

/**
 * lanyard_cli_apply:
 * @request: what is to be sent, to an address for which lanyard_cli_check_uri() is true
 * @credentials: (out) (optional): return location for what the request was signed with
 *
 * Returns: (transfer full): the request with the credentials, renewed where they had to be; or
 * %NULL
 */
LanyardRequest *lanyard_cli_apply (LanyardCli *cli,
                                   LanyardAuthorization *authorization,
                                   const LanyardRequest *request,
                                   LanyardCredentials **credentials,
                                   GError **error);

/**
 * lanyard_cli_is_signed:
 * @request: what lanyard_cli_apply() gave
 *
 * Returns: whether the credentials in it are a signature (RFC 5849 section 3.5.1), which is good
 * for this request alone
 */
gboolean lanyard_cli_is_signed (const LanyardRequest *request);

/**
 * lanyard_cli_get_credentials:
 * @min_valid: for how many seconds the access token must be valid yet
 *
 * Returns: (transfer full): credentials that can be used now, renewed where they had to be; or
 * %NULL
 */
LanyardCredentials *lanyard_cli_get_credentials (LanyardCli *cli,
                                                 LanyardAuthorization *authorization,
                                                 guint min_valid,
                                                 GError **error);

/**
 * lanyard_cli_renew:
 * @refused: (nullable): credentials that a service refused; where others are there already, these
 *   are good
 *
 * Renews the credentials, whether they have expired or not.
 */
gboolean lanyard_cli_renew (LanyardCli *cli,
                            LanyardAuthorization *authorization,
                            LanyardCredentials *refused,
                            GError **error);

G_END_DECLS
