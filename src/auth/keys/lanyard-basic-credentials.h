/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_basic_credentials_check:
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks the user name and the password of @context (RFC 7617 section 2): no colon in the user
 * name, no control character in either; a password may be empty.
 */
gboolean lanyard_basic_credentials_check (LanyardAuthContext *context, GError **error);

/**
 * lanyard_basic_credentials_sign:
 *
 * Adds `Authorization: Basic` to @request: UTF-8, the user name normalised (NFC), or what the
 * provider's data says under `basic` (a key in the place of the user name, for instance).
 */
gboolean lanyard_basic_credentials_sign (LanyardAuthContext *context,
                                         LanyardRequest *request,
                                         GError **error);

/**
 * lanyard_basic_credentials_set:
 * @user: the user name, without a colon
 * @password: the password, possibly empty
 *
 * Sets the header field `Authorization: Basic` (RFC 7617 section 2) to both as they are.
 */
void
lanyard_basic_credentials_set (LanyardRequest *request, const char *user, const char *password);

G_END_DECLS
