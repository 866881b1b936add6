/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"

G_BEGIN_DECLS

/**
 * lanyard_device_grant_is_offered:
 *
 * Returns: whether the person can sign in by entering a code on another device (RFC 8628): a
 * `device_authorization_endpoint` was entered, is in the provider's data, or in what the server
 * says of itself
 */
gboolean lanyard_device_grant_is_offered (LanyardAuthContext *context);

/**
 * lanyard_device_grant_is_only_way:
 *
 * Returns: whether the person can sign in by that alone: the provider's data says so (`grant:
 * device`), or there is no page that leads back
 */
gboolean lanyard_device_grant_is_only_way (LanyardAuthContext *context);

G_END_DECLS
