/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth1Signer:
 *
 * Signs requests with the consumer and the token of one authorization (RFC 5849 section 3). What
 * the settings say is read once, for as many requests as there are.
 */
typedef struct _LanyardOAuth1Signer LanyardOAuth1Signer;

/**
 * lanyard_oauth1_signer_new:
 * @error: return location for %LANYARD_ERROR_INVALID: the method is unknown, or its key missing or
 * broken
 *
 * Returns: (transfer full): a signer for the settings and credentials of @context, or %NULL
 */
LanyardOAuth1Signer *lanyard_oauth1_signer_new (LanyardAuthContext *context, GError **error);
void lanyard_oauth1_signer_free (LanyardOAuth1Signer *self);

/**
 * lanyard_oauth1_signer_sign:
 * @request: the request to sign
 * @extra: (nullable): more protocol parameters: `oauth_callback`, `oauth_verifier`
 * @nonce: (nullable): the nonce; %NULL makes a new one
 * @now: seconds since 1970
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Adds the protocol parameters and the signature to @request (RFC 5849 section 3.1), in the header,
 * the query or the body, as the setting `transmission` says (section 3.5). PLAINTEXT is refused
 * where the secrets could be read on the way (section 3.4.4).
 */
gboolean lanyard_oauth1_signer_sign (LanyardOAuth1Signer *self,
                                     LanyardRequest *request,
                                     const LanyardParams *extra,
                                     const char *nonce,
                                     gint64 now,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOAuth1Signer, lanyard_oauth1_signer_free)

G_END_DECLS
