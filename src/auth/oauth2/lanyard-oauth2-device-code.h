/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth2DeviceCode:
 * @device_code: what the server knows the attempt by; a secret
 * @user_code: what the person enters
 * @verification_uri: where
 * @verification_uri_complete: (nullable): the same with the code in it
 * @expires_at: until when both codes are good, in seconds since 1970
 * @interval: how many seconds lie between two questions at least
 *
 * A device authorization response (RFC 8628 section 3.2).
 */
typedef struct
{
  char *device_code;
  char *user_code;
  char *verification_uri;
  char *verification_uri_complete;
  gint64 expires_at;
  gint64 interval;
} LanyardOAuth2DeviceCode;

/**
 * lanyard_oauth2_device_code_read:
 * @response: the answer of the device authorization endpoint
 * @now: when it came, in seconds since 1970
 * @error: return location for %LANYARD_ERROR_PROVIDER, %LANYARD_ERROR_UNAVAILABLE,
 * %LANYARD_ERROR_PROTOCOL
 *
 * Reads an answer under the names that the provider's data has, and checks that its code and its
 * addresses can be shown to a person and its times make sense.
 *
 * Returns: (transfer full): what it says, or %NULL
 */
LanyardOAuth2DeviceCode *lanyard_oauth2_device_code_read (LanyardAuthContext *context,
                                                          const LanyardResponse *response,
                                                          gint64 now,
                                                          GError **error);
void lanyard_oauth2_device_code_free (LanyardOAuth2DeviceCode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOAuth2DeviceCode, lanyard_oauth2_device_code_free)

G_END_DECLS
